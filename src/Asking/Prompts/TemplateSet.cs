using LocalOpinions.Analysis;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Personas;
using LocalOpinions.Surveys.Prompts;
using LocalOpinions.Surveys.Translations;
using LocalOpinions.Surveys.Wordings;

namespace LocalOpinions.Asking.Prompts;

/// <summary>The templates of a way of asking: wordings, by whom prompts name, by personas, by what is perturbed.</summary>
static class TemplateSet
{
    /// <summary>The most templates asked together: a question's prompts are planned and stored together.</summary>
    const int MostTemplates = 20_000;

    /// <param name="choice">The way of asking.</param>
    /// <param name="survey">The survey as it was loaded.</param>
    /// <param name="nameOrPath">Where it came from.</param>
    /// <param name="named">Whom prompts name, apart from personas' own countries.</param>
    /// <param name="translation">The translation; null for none.</param>
    /// <exception cref="SurveyException">A file cannot be used.</exception>
    /// <exception cref="InputException">What is chosen does not go together.</exception>
    public static IReadOnlyList<Template> Of(DesignChoice choice, Survey survey, string nameOrPath, IReadOnlyList<Country> named,
        Translation? translation)
    {
        var cast = choice.Personas is { } file ? Cast(file, survey, nameOrPath, named)
            : named.Count == 0 ? [(null, null)] : [.. named.Select(c => ((Country?)c, (Persona?)null))];
        var worded = choice.Wordings is { } wordings
            ? WordingFile.Load(wordings).SelectMany(w => cast.Select(c => Own(w, wordings, c.Country, c.Persona)))
            : cast.Select(c => BuiltIn(c.Country, c.Persona));
        var changed = choice.Perturbations.Select(Perturbation.Parse).ToList();
        if (translation is not null && changed.Exists(p => p.AddsOption))
            throw new InputException($"The option \"{Perturbation.MiddleText}\" that middle-added adds is English: it goes with the "
                + "survey's own language only.");
        if (choice.System is { } system)
            worded = worded.Select(t => t.Behind(system));
        if (choice.Reading == AnswerReading.Written && changed.Exists(p => p.AddsOption))
            throw new InputException($"An answer of texts has no place for the option \"{Perturbation.MiddleText}\" that middle-added "
                + "adds. Read labels, or leave it out.");
        List<Template> all = [.. worded.Select(t => t.Under(choice.Control, survey))
            .SelectMany(t => changed.Select(t.With).Prepend(t))];
        return all.Count <= MostTemplates ? all
            : throw new InputException($"That is {all.Count:N0} ways of asking at once; {MostTemplates:N0} is the most. Ask for fewer "
                + "countries, personas or wordings in one run.");

        Template BuiltIn(Country? country, Persona? persona)
        {
            if (choice.Reading == AnswerReading.Verbalised)
                return Template.CreateVerbalised(country);
            if (translation is null)
                return As(Template.Create(choice.Family, choice.Ending, country, choice.Listing == OptionListing.Listed), persona);
            return persona is null ? Template.Create(choice.Family, choice.Ending, translation)
                : throw new InputException($"The wordings in the program name personas in English only. Write one in "
                    + $"{translation.Language}.", Remedy.NameWordings);
        }

        Template Own(OwnWording wording, string path, Country? country, Persona? persona)
        {
            if (choice.Listing == OptionListing.Unlisted)
                throw new InputException($"{path}: the wording {wording.Name} lists the options; it cannot be asked without them.");
            if (country is not null && !wording.CanName(country, persona, out var problem))
                throw new InputException($"{path}: the wording {wording.Name} {problem}.");
            return As(Template.Create(wording, choice.Ending, country, translation), persona);
        }

        static Template As(Template template, Persona? persona) => persona is null ? template : template.As(persona);
    }

    /// <summary>By country, its personas.</summary>
    static List<(Country? Country, Persona? Persona)> Cast(string file, Survey survey, string nameOrPath, IReadOnlyList<Country> named)
    {
        var personas = PersonaFile.Load(file);
        var own = personas.Where(p => p.Country is not null).Select(p => p.Country!).Distinct()
            .ToDictionary(c => c, c => PromptedGroups.Named(c, survey, nameOrPath));
        if (named.Count == 0)
        {
            if (personas.FirstOrDefault(p => p.Country is null) is { } anywhere)
                throw new InputException($"{file}: the persona {anywhere.Name} is of no country, and no countries are named. Name them, or "
                    + "give each persona one.", Remedy.NameCountries);
            named = [.. own.Values.DistinctBy(c => c.Somebody)];
        }
        List<(Country? Country, Persona? Persona)> cast = [];
        foreach (var country in named)
        {
            List<Persona> of = [.. personas.Where(p => p.Country is null || own[p.Country].Somebody == country.Somebody)];
            if (of.Count == 0)
                throw new InputException($"{file} has no persona of {country.PromptedAs}. Leave that country out, or add some.");
            cast.AddRange(of.Select(p => ((Country?)country, (Persona?)p)));
        }
        return cast;
    }
}
