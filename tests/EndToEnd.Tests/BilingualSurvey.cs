using System.Globalization;
using System.Text;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>
/// 208 real questions in English and Spanish: 26 public services in each of 8 forms, with made-up figures of five countries.
/// </summary>
static class BilingualSurvey
{
    public const int Questions = 208;

    // Each form takes every service as it stands: in Spanish behind prepositions that do not merge with the article.
    static readonly (string English, string Spanish, (string English, string Spanish)[] Options)[] s_forms =
    [
        ("How much confidence do you have in {0}?", "¿Cuánta confianza tiene usted en {0}?",
            [("A great deal", "Mucha"), ("Quite a lot", "Bastante"), ("Not very much", "Poca"), ("None at all", "Ninguna")]),
        ("How satisfied are you with {0}?", "¿En qué medida está usted satisfecho con {0}?",
            [("Very satisfied", "Muy satisfecho"), ("Fairly satisfied", "Bastante satisfecho"), ("Not very satisfied", "Poco satisfecho"),
                ("Not at all satisfied", "Nada satisfecho"), ("Don't know", "No sabe")]),
        ("How much do you worry about {0}?", "¿Cuánta preocupación siente usted por {0}?",
            [("A great deal", "Mucha"), ("Quite a lot", "Bastante"), ("Not very much", "Poca"), ("None at all", "Ninguna")]),
        ("How often do you talk about {0} with other people?", "¿Con qué frecuencia habla usted sobre {0} con otras personas?",
            [("Every day", "Todos los días"), ("Every week", "Todas las semanas"), ("Less often", "Con menos frecuencia"),
                ("Never", "Nunca")]),
        ("How much public money should be spent on {0}?", "¿Cuánto dinero público debería gastarse en {0}?",
            [("Much more than now", "Mucho más que ahora"), ("Somewhat more than now", "Algo más que ahora"),
                ("As much as now", "Tanto como ahora"), ("Less than now", "Menos que ahora"), ("Don't know", "No sabe")]),
        ("How well informed do you feel about {0}?", "¿En qué medida se siente usted informado sobre {0}?",
            [("Very well informed", "Muy bien informado"), ("Fairly well informed", "Bastante bien informado"),
                ("Not very well informed", "Poco informado"), ("Not at all informed", "Nada informado")]),
        ("Do you expect improvements in {0} over the next 5 years?", "¿Espera usted mejoras en {0} durante los próximos 5 años?",
            [("Certainly", "Seguro que sí"), ("Probably", "Probablemente sí"), ("Probably not", "Probablemente no"),
                ("Certainly not", "Seguro que no")]),
        ("Who should have the most say over {0}?", "¿Quién debería tener la última palabra sobre {0}?",
            [("The national government", "El Gobierno nacional"), ("The local authorities", "Las autoridades locales"),
                ("The citizens themselves", "Los propios ciudadanos"), ("Private companies", "Las empresas privadas"),
                ("Don't know", "No sabe")]),
    ];

    static readonly (string English, string Spanish)[] s_services =
    [
        ("public schools", "las escuelas públicas"), ("hospitals", "los hospitales"), ("the railways", "los ferrocarriles"),
        ("the buses in your town", "los autobuses de su ciudad"),
        ("the police", "la policía"), ("the courts", "los tribunales"), ("the armed forces", "las fuerzas armadas"),
        ("public libraries", "las bibliotecas públicas"),
        ("public television", "la televisión pública"), ("universities", "las universidades"),
        ("the water supply", "el suministro de agua"), ("the electricity supply", "el suministro eléctrico"),
        ("waste collection", "la recogida de basuras"), ("the fire service", "el servicio de bomberos"),
        ("social housing", "la vivienda social"), ("care for the elderly", "la atención a las personas mayores"),
        ("nursery schools", "las escuelas infantiles"), ("vocational training", "la formación profesional"),
        ("the pension system", "el sistema de pensiones"), ("unemployment benefits", "las prestaciones por desempleo"),
        ("the roads in your region", "las carreteras de su región"), ("national parks", "los parques nacionales"),
        ("museums", "los museos"), ("scientific research", "la investigación científica"),
        ("the postal service", "el servicio de correos"), ("public health campaigns", "las campañas de salud pública"),
    ];

    static readonly string[] s_countries = ["Spain", "Mexico", "Kenya", "Japan", "France"];

    public static void Write(string survey, string translation, int seed = 1)
    {
        var random = new Random(seed);
        var original = new StringBuilder("format: localopinions-survey/1\nname: public services\nquestions:\n");
        var translated = new StringBuilder("format: localopinions-translation/1\nlanguage: es\nprovenance: machine\ntranslator: composed "
            + "from forms and services\nquestions:\n");
        // All forms of a service before the next service, so that a survey cut short still holds every form.
        foreach (var (service, spoken) in s_services)
        {
            foreach (var (form, (english, spanish, options)) in s_forms.Index())
            {
                var (id, text) = ($"{service}, {form}", string.Format(CultureInfo.InvariantCulture, english, service));
                original.Append(CultureInfo.InvariantCulture, $"  - id: \"{id}\"\n    text: \"{text}\"\n    options: "
                    + $"[{string.Join(", ", options.Select(o => $"\"{o.English}\""))}]\n    answers:\n");
                foreach (var country in s_countries)
                    original.Append(CultureInfo.InvariantCulture,
                        $"      {country}: {{counts: [{string.Join(", ", options.Select(_ => random.Next(1, 500)))}]}}\n");
                translated.Append(CultureInfo.InvariantCulture, $"  - id: \"{id}\"\n    source: \"{text}\"\n    text: "
                    + $"\"{string.Format(CultureInfo.InvariantCulture, spanish, spoken)}\"\n");
                translated.Append(CultureInfo.InvariantCulture,
                    $"    options: [{string.Join(", ", options.Select(o => $"{{source: \"{o.English}\", text: \"{o.Spanish}\"}}"))}]\n");
            }
        }
        File.WriteAllText(survey, original.ToString());
        File.WriteAllText(translation, translated.ToString());
    }
}
