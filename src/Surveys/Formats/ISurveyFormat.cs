namespace LocalOpinions.Surveys.Formats;

/// <summary>One format that surveys come in. <see cref="SurveyLoader"/> holds the list of all.</summary>
interface ISurveyFormat
{
    /// <summary>The format's name, as in docs/surveys.md.</summary>
    string Name { get; }

    /// <summary>What a survey in this format is, in words that a help text can list: "a folder of ...".</summary>
    string Description { get; }

    /// <summary>Whether this format reads the input: it then answers for it, and says what is wrong with it.</summary>
    bool Recognises(SurveyInput input);

    /// <summary>Whether what is there is meant as a survey of this format, be it with mistakes.</summary>
    bool Marks(SurveyInput input) => Recognises(input);

    /// <summary>Loads what it recognised.</summary>
    /// <exception cref="SurveyException">The input cannot be read or is not in the format.</exception>
    Survey Load(SurveyInput input);
}
