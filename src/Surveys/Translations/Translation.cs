using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Translations;

/// <summary>Who made a translation. Results of the two are never mixed.</summary>
public enum Provenance
{
    /// <summary>A person translated it, or checked every text of a machine's draft.</summary>
    Human,
    /// <summary>A machine's draft that nobody has checked whole.</summary>
    Machine,
}

/// <summary>A survey's questions and options in another language, aligned with the survey and checked.</summary>
public sealed class Translation
{
    readonly IReadOnlyDictionary<string, TranslatedQuestion> _questions;

    internal Translation(string language, Provenance provenance, string translator, string sha256, Frame frame,
        IReadOnlyList<string>? labels, IReadOnlyDictionary<string, TranslatedQuestion> questions)
    {
        Language = language;
        Provenance = provenance;
        Translator = translator;
        Sha256 = sha256;
        Frame = frame;
        Labels = labels;
        _questions = questions;
    }

    /// <summary>The language, a BCP 47 tag.</summary>
    public string Language { get; }

    /// <summary>Who made it.</summary>
    public Provenance Provenance { get; }

    /// <summary>The translator's name, or the machine's and how it was used.</summary>
    public string Translator { get; }

    /// <summary>SHA-256 of the file's bytes, 64 lower-case hexadecimal digits: the translation's identity.</summary>
    public string Sha256 { get; }

    /// <summary>The prompt's own words in this language.</summary>
    public Frame Frame { get; }

    /// <summary>
    /// The letters before options, one for each position; null where they stay A, B, ... as in the survey's own language.
    /// </summary>
    public IReadOnlyList<string>? Labels { get; }

    /// <summary>How many questions are translated.</summary>
    public int Count => _questions.Count;

    /// <summary>Tells whether a question is translated.</summary>
    public bool Has(Question question) => _questions.ContainsKey(question.Id);

    /// <summary>Gives a question with its text and options translated; all else stays, above all the order of options.</summary>
    /// <exception cref="ArgumentException">The question is not translated.</exception>
    public Question Of(Question question) => _questions.TryGetValue(question.Id, out var translated)
        ? question with { Text = translated.Text, Options = [.. question.Options.Select(o => translated.Options[o])] }
        : throw new ArgumentException($"the question {question.Id} has no translation into {Language}", nameof(question));

    /// <summary>Loads a translation of a survey and checks it against the survey, text by text.</summary>
    /// <param name="path">A YAML or JSON file in the format of docs/surveys.md.</param>
    /// <param name="survey">The survey as it was loaded.</param>
    /// <exception cref="SurveyException">The file cannot be read, or a text does not fit the survey's; the message names line, column and
    /// remedy.</exception>
    public static Translation Load(string path, Survey survey) => Read(SurveyFile.Read(path), path, survey);

    /// <summary>Whether the program has the prompt's own words in a language; a translation into any other needs a field frame.</summary>
    /// <param name="language">A BCP 47 tag.</param>
    public static bool HasFrame(string language) => Frames.For(language) is not null;

    /// <summary>The same of bytes that are in no file yet.</summary>
    /// <param name="utf8">A translation's bytes.</param>
    /// <param name="path">The file that they are of, for messages.</param>
    /// <param name="survey">The survey as it was loaded.</param>
    /// <exception cref="SurveyException">A text does not fit the survey's.</exception>
    public static Translation Read(byte[] utf8, string path, Survey survey) => TranslationReader.Read(utf8, path, survey);
}

/// <summary>One question in another language: its text, and its options by those of the survey.</summary>
sealed record TranslatedQuestion(string Text, IReadOnlyDictionary<string, string> Options);
