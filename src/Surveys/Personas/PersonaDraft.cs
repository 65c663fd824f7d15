using System.Globalization;
using System.Text.RegularExpressions;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Personas;

/// <summary>One persona as its file has it: a text per field, where there is one.</summary>
sealed partial record PersonaDraft(SurveyPlace Place, Func<string, string?> Cell)
{
    const int LongestWords = 500;

    public SurveyException Wrong(string problem, string remedy) => new(Place, problem, remedy);

    public Persona Read()
    {
        var name = Field("name") ?? throw Wrong("a persona lacks a name", "Give each a short name: results tell them apart by it");
        if (!Name().IsMatch(name))
            throw Wrong($"the name is \"{name}\"",
                "Use up to 40 letters, digits, hyphens, dots and underscores, the first a letter or a digit");
        var words = Field("words") ?? Composed()
            ?? throw Wrong($"the persona {name} has neither words nor age, gender, education or place", "Say who it is, in words");
        if (words.Length > LongestWords || words.AsSpan().ContainsAny("{}\r\n"))
            throw Wrong($"the words of the persona {name} hold a brace or a line break, or more than {LongestWords} characters",
                "Write one line of plain words that fit \"How would someone from Brazil, ..., answer\"");
        return new(name, words) { Country = Field("country"), Weight = Field("weight") is { } weight ? Weight(weight, name) : 1 };
    }

    /// <summary>"a 34-year-old woman with a university degree who lives in a village", of what is there.</summary>
    string? Composed()
    {
        var (age, gender, education, place) = (Field("age"), Field("gender"), Field("education"), Field("place"));
        if (age is null && gender is null && education is null && place is null)
            return null;
        var who = gender ?? "person";
        var aged = age is null ? who : age.All(char.IsAsciiDigit) ? $"{age}-year-old {who}" : $"{who} aged {age}";
        return $"{Article(aged)} {aged}{(education is null ? "" : $" with {education}")}{(place is null ? "" : $" who lives in {place}")}";
    }

    // By sound, of numbers: an 8-, 11-, 18- or 80-year-old.
    static string Article(string noun) =>
        noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' or '8' || noun.StartsWith("11-", StringComparison.Ordinal)
            || noun.StartsWith("18-", StringComparison.Ordinal) ? "an" : "a";

    double Weight(string text, string name) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && double.IsFinite(weight) && weight > 0
            ? weight
            : throw Wrong($"the weight of the persona {name} is \"{text}\"", "Write a number above 0, with a point");

    string? Field(string name) => Cell(name)?.Trim() is { Length: > 0 } text ? text : null;

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}._-]{0,39}$")]
    private static partial Regex Name();
}
