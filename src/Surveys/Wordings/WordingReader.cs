using System.Text.RegularExpressions;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Wordings;

/// <summary>Reads one wording, and refuses what no prompt could be made of.</summary>
static partial class WordingReader
{
    // What parts the turns of the plain layout.
    const string Turn = "\nAssistant: ";

    static readonly string s_line = $"a line with {WordingPlaces.Label} and {WordingPlaces.Option}, as ({WordingPlaces.Label}) "
        + WordingPlaces.Option;

    public static (OwnWording Wording, YamlPart Name) Read(YamlPart part)
    {
        var fields = part.Fields("a wording",
            "name", "version", "system", "system_for", "message", "message_for", "opening", "opening_for");
        var name = fields.Required("name");
        var text = name.Text("name");
        if (!Name().IsMatch(text))
            throw name.Wrong($"the name is \"{text}\"",
                "Use up to 40 letters, digits, hyphens, dots and underscores, the first a letter or a digit");
        var wording = new OwnWording(text, fields["version"]?.Whole("version") ?? 1, Message(fields.Required("message"), named: false),
            Opening(fields.Required("opening"), named: false))
        {
            MessageFor = fields["message_for"] is { } m ? Message(m, named: true) : null,
            OpeningFor = fields["opening_for"] is { } o ? Opening(o, named: true) : null,
            System = fields["system"] is { } s ? Around(s, "system", named: false) : null,
            SystemFor = fields["system_for"] is { } f ? Around(f, "system_for", named: true) : null,
        };
        if (TemplateFamilies.Names.Contains(text) && wording != BuiltInWordings.Of(TemplateFamilies.Named(text)))
            throw name.Wrong($"the name {text} is that of a wording in the program, which reads otherwise", "Give yours another name");
        return (wording, name);
    }

    static string Message(YamlPart part, bool named)
    {
        var what = named ? "message_for" : "message";
        var text = Known(part, what, named, WordingPlaces.Question, WordingPlaces.Label, WordingPlaces.Option);
        if (!text.Contains(WordingPlaces.Question))
            throw part.Wrong($"{what} lacks {WordingPlaces.Question}", "Write it where the question's text is to stand");
        var lines = text.Split('\n');
        List<(string Item, int Index)> listing = [.. lines.Index()
            .Where(l => l.Item.Contains(WordingPlaces.Label) || l.Item.Contains(WordingPlaces.Option)).Select(l => (l.Item, l.Index))];
        if (listing.Count != 1 || !ListsOnce(listing[0].Item))
            throw part.Wrong($"{what} has {(listing.Count == 0 ? "no line that lists the options"
                : listing.Count > 1 ? $"{listing.Count} lines that list the options"
                : $"the line \"{listing[0].Item}\", which does not list an option with its label")}",
                $"Write {s_line}, on a line of its own: it comes once per option");
        return listing[0].Index > 0 ? text
            : throw part.Wrong($"{what} begins with the line that lists the options", "Write the question, or another line, above it");
    }

    static bool ListsOnce(string line) => WordingPlaces.Pieces(line).Where(p => p.StartsWith('{')).ToList() is [_, _] places
        && places.Contains(WordingPlaces.Label) && places.Contains(WordingPlaces.Option);

    static string Opening(YamlPart part, bool named)
    {
        var what = named ? "opening_for" : "opening";
        var text = Known(part, what, named);
        return text.Contains('\n') ? throw part.Wrong($"{what} has several lines", "Write one line: the answer goes on behind it") : text;
    }

    static string Around(YamlPart part, string what, bool named)
    {
        var text = Known(part, what, named);
        return text.Contains("Human: ") ? throw part.Wrong($"{what} holds \"Human: \", with which the message begins",
            "Word it otherwise") : text;
    }

    /// <summary>A text whose places are all known, without blanks around it and with line feeds alone.</summary>
    static string Known(YamlPart part, string what, bool named, params string[] also)
    {
        var text = part.Text(what).ReplaceLineEndings("\n").Trim();
        string[] known = !named ? also : [.. also, WordingPlaces.Country, WordingPlaces.Somebody, WordingPlaces.Persona];
        foreach (var piece in WordingPlaces.Pieces(text))
        {
            if (!piece.AsSpan().ContainsAny("{}") || known.Contains(piece))
                continue;
            throw part.Wrong(
                WordingPlaces.All.Contains(piece) ? $"{what} holds {piece}, which has no place there"
                    : $"{what} holds {Shown(piece)}, which is no place that is filled",
                WordingPlaces.All.Contains(piece) && !named && !also.Contains(piece) && piece is not WordingPlaces.Question
                    and not WordingPlaces.Label and not WordingPlaces.Option
                    ? $"Prompts in {what} name nobody: write {piece} in {what}_for"
                    : known.Length == 0 ? "Braces mark places, and there are none here"
                    : $"Braces mark places; here they are {string.Join(", ", known)}");
        }
        return text.Contains(Turn) ? throw part.Wrong($"{what} holds a line that begins with \"Assistant: \", with which the answer begins",
            "Word it otherwise") : text;
    }

    static string Shown(string piece) => piece.Length <= 40 ? $"\"{piece}\"" : $"\"{piece[..40]}...\"";

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}._-]{0,39}$")]
    private static partial Regex Name();
}
