using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Formats;

/// <summary>The language that a file names.</summary>
static class LanguageField
{
    /// <summary>A tag of BCP 47; null where there is none.</summary>
    /// <exception cref="SurveyException">It is no such tag.</exception>
    public static string? Read(YamlPart? part) =>
        part is not { } there ? null : LanguageTag.IsOne(there.Text("language")) ? there.Text("language")
            : throw there.Wrong($"\"{there.Node}\" is no language tag", LanguageTag.Remedy);
}
