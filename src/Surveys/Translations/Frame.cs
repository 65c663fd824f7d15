using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Translations;

/// <summary>The prompt's own words, around question and options, in one language. "Human:" and "Assistant:" mark turns and stay.</summary>
/// <param name="Language">A BCP 47 tag; a bare language serves all its scripts and regions that have no frame of their own.</param>
/// <param name="Provenance">Who put them into this language.</param>
/// <param name="Options">The line above the options.</param>
/// <param name="Faithful">The last words of the faithful template, before the option's letter.</param>
/// <param name="Shareable">The last words of the shareable template, before the option's letter.</param>
/// <param name="Corrected">The last words of the corrected template; those of the faithful one where they need no correction.</param>
public sealed record Frame(
    string Language, Provenance Provenance, string Options, string Faithful, string Shareable, string Corrected);

/// <summary>The frames that come with the program: the embedded frames.yaml.</summary>
public static class Frames
{
    static readonly IReadOnlyList<Frame> s_all = Read();

    /// <summary>The original.</summary>
    internal static Frame English { get; } = s_all.First(f => f.Language == "en");

    /// <summary>Every frame, by language tag; English, the original, is among them.</summary>
    public static IReadOnlyList<Frame> All => s_all;

    /// <summary>Gives the frame for a language: that of the tag itself, or of its language.</summary>
    /// <param name="tag">A BCP 47 tag, for example pt-BR.</param>
    /// <returns>Null where there is none.</returns>
    public static Frame? For(string tag) => s_all.FirstOrDefault(f => f.Language == tag)
        ?? s_all.FirstOrDefault(f => f.Language == LanguageTag.Primary(tag));

    static List<Frame> Read() => [.. YamlFile.Read(SurveyStarter.Bytes("frames.yaml"), "frames.yaml").Entries("the frames")
        .Select(e => Read(e.Name.Text("a language"), e.Value))];

    internal static Frame Read(string language, YamlPart part)
    {
        var fields = part.Fields("a frame", "provenance", "options", "faithful", "shareable", "corrected");
        var provenance = fields.Word("provenance", "human", "machine") == "human" ? Provenance.Human : Provenance.Machine;
        return new(language, provenance, Line("options"), Line("faithful"), Line("shareable"),
            Line(fields["corrected"] is null ? "faithful" : "corrected"));

        string Line(string name)
        {
            var text = fields.Text(name);
            return text.AsSpan().ContainsAny("{}\r\n")
                ? throw fields.Required(name).Wrong($"{name} holds a brace or a line break", "Write it as one line of plain words")
                : text;
        }
    }
}
