using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Wordings;

/// <summary>The wordings in the program as one's own could be: prompts made of them are the same to the last byte.</summary>
public static class BuiltInWordings
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<OwnWording> All { get; } = [.. Enum.GetValues<TemplateFamily>().Select(Of)];

    /// <summary>The wording of a family.</summary>
    /// <param name="family">The family.</param>
    public static OwnWording Of(TemplateFamily family)
    {
        var (message, opening) = Parted(TemplateWordings.Of(family, crossNational: false));
        var (messageFor, openingFor) = Parted(TemplateWordings.Somebody(TemplateWordings.Of(family, crossNational: true)));
        return new(TemplateFamilies.NameOf(family), 1, message, opening)
        {
            MessageFor = messageFor == message ? null : messageFor,
            OpeningFor = openingFor == opening ? null : openingFor,
        };
    }

    static (string Message, string Opening) Parted(string turns)
    {
        const string person = "Human: ", answer = "\n\nAssistant: ";
        var at = turns.LastIndexOf(answer, StringComparison.Ordinal);
        return (turns[person.Length..at], turns[(at + answer.Length)..]);
    }
}
