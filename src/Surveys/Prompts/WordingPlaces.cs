namespace LocalOpinions.Surveys.Prompts;

/// <summary>The places in a wording that are filled per prompt.</summary>
static class WordingPlaces
{
    public const string Question = "{question}", Label = "{label}", Option = "{option}", Country = "{country}", Somebody = "{somebody}",
        Persona = "{persona}";

    public static IReadOnlyList<string> All { get; } = [Question, Label, Option, Country, Somebody, Persona];

    /// <summary>Cuts a wording before each opening and behind each closing brace.</summary>
    public static string[] Pieces(string wording) => wording.Replace("{", "\0{").Replace("}", "}\0").Split('\0');
}
