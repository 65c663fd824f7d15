namespace LocalOpinions.Surveys;

/// <summary>What a program can offer as the way to a remedy, where it has words of its own for it.</summary>
public enum SurveyStep
{
    /// <summary>Nothing besides what the remedy says.</summary>
    None,

    /// <summary>Start a survey file from the one that <see cref="Formats.SurveyStarter"/> writes.</summary>
    StartSurvey,

    /// <summary>Start a file of wordings from the one that <see cref="Wordings.WordingStarter"/> writes.</summary>
    StartWordings,

    /// <summary>Pull the survey of that name, if there is one to pull.</summary>
    PullSurvey,

    /// <summary>Write the survey in the project's own format.</summary>
    ConvertSurvey,

    /// <summary>Export the survey's texts for a translator.</summary>
    ExportTexts,

    /// <summary>Name a file with a translation.</summary>
    NameTranslation,

    /// <summary>Import a sheet as a machine's translation.</summary>
    ImportAsMachine,

    /// <summary>Name the countries that prompts are about.</summary>
    NameCountries,

    /// <summary>Ask with the template shareable.</summary>
    UseShareable,
}

/// <summary>
/// A survey file cannot be read, or what was named does not exist. The message names the file and the place where there is one, what is
/// wrong and the remedy.
/// </summary>
public sealed class SurveyException : Exception
{
    internal SurveyException(SurveyPlace place, string problem, string remedy, Exception? cause = null)
        : base($"{place}: {problem}. {remedy}", cause)
    {
        Remedy = remedy;
        File = place.File;
        Row = place.Row;
        Line = place.Line;
        Column = place.Column;
    }

    internal SurveyException(string problem, string remedy)
        : base($"{problem}. {remedy}") => (Remedy, File) = (remedy, "");

    /// <summary>What to do about it, a sentence.</summary>
    public string Remedy { get; }

    /// <summary>What a program can offer as the way to it.</summary>
    public SurveyStep Step { get; init; }

    /// <summary>The file as it was named by the caller; empty where the error is in none.</summary>
    public string File { get; }

    /// <summary>The 0-based source row, where the error is in one.</summary>
    public int? Row { get; }

    /// <summary>The 1-based line of the file on which the row begins, where known.</summary>
    public int? Line { get; }

    /// <summary>The column's name, or in a YAML or JSON file the 1-based character of the line; where the error is in one.</summary>
    public string? Column { get; }
}

/// <summary>A place in a survey file, as narrow as is known.</summary>
readonly record struct SurveyPlace(string File, int? Row = null, int? Line = null, string? Column = null)
{
    public SurveyPlace In(string column) => this with { Column = column };

    public override string ToString()
    {
        var text = File.Length > 0 ? File : "survey";
        if (Row is { } row)
            text += $", row {row}";
        if (Line is { } line)
            text += Row is null ? $", line {line}" : $" (line {line})";
        if (Column is { } column)
            text += $", column {column}";
        return text;
    }
}
