namespace LocalOpinions.Analysis;

/// <summary>What can be done about an error, where a program that calls these rooms has words of its own for it.</summary>
public enum Remedy
{
    /// <summary>Nothing besides what the message says.</summary>
    None,

    /// <summary>Name a file with the survey's translation, made beforehand.</summary>
    NameTranslation,

    /// <summary>Make a run first that asks the same, or store nothing.</summary>
    RunFirst,

    /// <summary>Make the results file with a run.</summary>
    MakeRun,

    /// <summary>Score the results file's answers.</summary>
    Score,

    /// <summary>Import a model's answers first.</summary>
    ImportAnswers,

    /// <summary>Let a model write texts first.</summary>
    WriteTexts,

    /// <summary>Let a model write its answers first.</summary>
    WriteAnswers,

    /// <summary>Make a study first.</summary>
    MakeStudy,

    /// <summary>Run the study again on the results file, where it asks nothing anew.</summary>
    RepeatStudy,

    /// <summary>Look up which studies there are.</summary>
    ListStudies,

    /// <summary>Make a coding sheet.</summary>
    MakeSheet,

    /// <summary>Declare a study.</summary>
    DeclareStudy,

    /// <summary>Look at the schema of study files.</summary>
    ShowStudySchema,

    /// <summary>Have the file replaced that is there.</summary>
    ReplaceFile,

    /// <summary>Say in the survey which language it is in, or name another one.</summary>
    NameLanguage,

    /// <summary>Name a question that the survey has.</summary>
    NameQuestion,

    /// <summary>Name a model that the file has, or give it a name that it can have.</summary>
    NameModel,

    /// <summary>Name the countries that prompts are about.</summary>
    NameCountries,

    /// <summary>Name a file of wordings of one's own.</summary>
    NameWordings,
}

/// <summary>A file that is there does not hold what is asked of it; the message says what is wrong and the remedy.</summary>
/// <param name="message">What is wrong, with the place, as sentences.</param>
/// <param name="remedy">What can be done about it besides.</param>
/// <param name="subject">What the remedy is about, as a file's path; null where it is about nothing.</param>
public sealed class InputException(string message, Remedy remedy = Remedy.None, string? subject = null) : Exception(message)
{
    /// <summary>What can be done about it.</summary>
    public Remedy Remedy => remedy;

    /// <summary>What the remedy is about.</summary>
    public string? Subject => subject;
}
