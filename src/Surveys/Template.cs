using System.Text;

namespace LocalOpinions.Surveys;

/// <summary>A wording that turns questions into prompts: named, versioned and identified by its hash.</summary>
/// <remarks>
/// The wording is a text with placeholders. The one line that holds <c>{option}</c> is written once per option. The
/// wording is taken apart once, before any survey text is put in, so survey text that looks like a placeholder stays
/// what it is.
/// </remarks>
public sealed class Template
{
    /// <summary>The fewest options a question can be asked with.</summary>
    public const int FewestOptions = 2;

    /// <summary>The most options a question can be asked with: one per letter from A to Z.</summary>
    public const int MostOptions = 26;

    const string DefaultWording =
        "Human: {question}\n" +
        "\n" +
        "Here are the options:\n" +
        "({label}) {option}\n" +
        "\n" +
        "Assistant: If had to select one of the options, my answer would be";

    static readonly string[] Letters = [.. Enumerable.Range('A', MostOptions).Select(c => ((char)c).ToString())];

    readonly string[] _head;
    readonly string[] _option;
    readonly string[] _tail;

    internal Template(string name, int version, string condition, string wording, PromptEnding ending)
    {
        Name = name;
        Version = version;
        Condition = condition;
        Ending = ending;
        Wording = ending == PromptEnding.Paren ? wording + " (" : wording;
        Sha256 = SurveyFile.Sha256(Encoding.UTF8.GetBytes(Wording));

        var at = Wording.IndexOf("{option}", StringComparison.Ordinal);
        var from = Wording.LastIndexOf('\n', at) + 1;
        var to = Wording.IndexOf('\n', at) + 1;
        _head = Pieces(Wording[..from]);
        _option = Pieces(Wording[from..to]);
        _tail = Pieces(Wording[to..]);
    }

    /// <summary>The name of the wording; templates of the same name differ at most in version and ending.</summary>
    public string Name { get; }

    /// <summary>The version of the wording, from 1.</summary>
    public int Version { get; }

    /// <summary>The condition that the wording puts the question under: <c>default</c>.</summary>
    public string Condition { get; }

    /// <summary>Where the prompt stops.</summary>
    public PromptEnding Ending { get; }

    /// <summary>The wording with its placeholders and its ending; lines end with a line feed.</summary>
    public string Wording { get; }

    /// <summary>SHA-256 of <see cref="Wording"/> in UTF-8, 64 lower-case hexadecimal digits: the template's identity.</summary>
    public string Sha256 { get; }

    /// <summary>The default condition: the question alone, in the wording of the published study.</summary>
    /// <param name="ending">Where the prompt stops.</param>
    public static Template Default(PromptEnding ending) => new("if-had", 1, "default", DefaultWording, ending);

    /// <summary>Tells whether the template can ask a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="reason">Why it cannot; null where it can.</param>
    public bool CanAsk(Question question, out string? reason)
    {
        var count = question.Options.Count;
        reason = count switch
        {
            < FewestOptions => $"{count} option{(count == 1 ? "" : "s")}: there is nothing to choose",
            > MostOptions => $"{count} options: there are labels for {MostOptions}",
            _ => null,
        };
        return reason is null;
    }

    /// <summary>Puts a question into the wording, its text and options verbatim and in the survey's order.</summary>
    /// <param name="question">A question that <see cref="CanAsk"/> accepts.</param>
    /// <exception cref="ArgumentException">The question cannot be asked.</exception>
    public Prompt Build(Question question)
    {
        if (!CanAsk(question, out var reason))
            throw new ArgumentException($"row {question.SourceRow} cannot be asked: {reason}", nameof(question));
        var labels = Letters[..question.Options.Count];
        var text = new StringBuilder();
        Fill(text, _head, question.Text, "", "");
        for (var i = 0; i < labels.Length; i++)
            Fill(text, _option, question.Text, labels[i], question.Options[i]);
        Fill(text, _tail, question.Text, "", "");
        return new(question.SourceRow, text.ToString(), labels);
    }

    static void Fill(StringBuilder text, string[] pieces, string question, string label, string option)
    {
        foreach (var piece in pieces)
            text.Append(piece switch
            {
                "{question}" => question,
                "{label}" => label,
                "{option}" => option,
                _ => piece,
            });
    }

    /// <summary>Cuts before each opening and behind each closing brace.</summary>
    static string[] Pieces(string wording) => wording.Replace("{", "\0{").Replace("}", "}\0").Split('\0');
}
