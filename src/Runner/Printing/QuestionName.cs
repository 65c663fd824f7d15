using System.Globalization;

namespace LocalOpinions.Runner.Printing;

/// <summary>What a question is called where people read it.</summary>
static class QuestionName
{
    /// <summary>"tea (row 3)", or "row 3" where the survey gives it no name.</summary>
    public static string Of(string id, int sourceRow) =>
        id == sourceRow.ToString(CultureInfo.InvariantCulture) ? $"row {sourceRow}" : $"{id} (row {sourceRow})";
}
