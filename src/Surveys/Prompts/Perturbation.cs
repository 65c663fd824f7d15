using System.Globalization;
using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Prompts;

/// <summary>
/// A change of a prompt by rule that no person's answer should depend on: other labels, another order, typing mistakes. What answers
/// change by it is the prompt's doing.
/// </summary>
public sealed class Perturbation
{
    /// <summary>The option that <c>middle-added</c> adds.</summary>
    public const string MiddleText = "Somewhere in the middle";

    /// <summary>The rate of typing mistakes where none is named.</summary>
    public const double DefaultRate = 0.05;

    const string TyposName = "typos";

    // A smaller scale has no two sides with steps between which a middle could stand.
    const int FewestForMiddle = 4;

    readonly Kind _kind;
    readonly double _rate;

    Perturbation(Kind kind, string name, double rate = 0) => (_kind, Name, _rate) = (kind, name, rate);

    enum Kind
    {
        OptionsReversed,
        ScaleReversed,
        LabelsNumbers,
        LabelsLower,
        LabelsRoman,
        Typos,
        QuestionRepeated,
        MiddleAdded,
    }

    /// <summary>All names, without rates.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<Kind>().Select(NameOf)];

    /// <summary>The text that <see cref="Parse"/> reads back, as <c>labels-roman</c> or <c>typos:0.05</c>.</summary>
    public string Name { get; }

    /// <summary>What stands for it in a template's hash. A change of a rule is another number.</summary>
    internal string Identity => $"perturbation {Name}/1";

    /// <summary>Whether options that the survey does not have are listed.</summary>
    public bool AddsOption => _kind == Kind.MiddleAdded;

    /// <summary>Whether what changes is the list of options: a prompt that lists none stays as it is.</summary>
    public bool ChangesList => _kind is not (Kind.Typos or Kind.QuestionRepeated);

    /// <summary>Reads a name.</summary>
    /// <param name="text">One of <see cref="Names"/>; behind <c>typos</c> a colon and a rate from 0.001 to 0.5 may stand.</param>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static Perturbation Parse(string text)
    {
        var parts = text.Split(':');
        if (parts[0] == TyposName && parts.Length <= 2 && Rate(parts.ElementAtOrDefault(1)) is { } rate)
            return new(Kind.Typos, string.Create(CultureInfo.InvariantCulture, $"{TyposName}:{rate}"), rate);
        return Names.Contains(text) && text != TyposName
            ? new(Enum.GetValues<Kind>()[Names.Index().First(n => n.Item == text).Index], text)
            : throw new FormatException($"\"{text}\" is no perturbation: give {string.Join(", ", Names)}; typos may have a rate "
                + "from 0.001 to 0.5, as in typos:0.1");
    }

    /// <summary>Why a question cannot be asked so; null where it can.</summary>
    internal string? WhyNot(Question question)
    {
        var scale = OptionScale.Points(question);
        return _kind switch
        {
            Kind.ScaleReversed when scale.Length < OptionLimits.Fewest || !OptionScale.IsOne(question) =>
                "its options are no scale to reverse",
            Kind.MiddleAdded when scale.Length < FewestForMiddle || scale.Length % 2 != 0 || !OptionScale.IsOne(question) =>
                $"its options are no scale with an even number of {FewestForMiddle} or more points, to which a middle could be added",
            Kind.QuestionRepeated or Kind.Typos when string.IsNullOrWhiteSpace(question.Text) => "it has no text",
            _ => null,
        };
    }

    /// <summary>Per position the option that stands there; -1 for the one that is added.</summary>
    internal int[] Arranged(Question question, ReadOnlySpan<int> order)
    {
        int[] arranged = [.. order];
        switch (_kind)
        {
            case Kind.OptionsReversed:
                Array.Reverse(arranged);
                break;
            case Kind.ScaleReversed:
                // Refusals stay where they are.
                int[] places = [.. Enumerable.Range(0, arranged.Length).Where(i => question.Kinds[arranged[i]] == OptionKind.Ordered)];
                int[] points = [.. places.Select(i => arranged[i]).Reverse()];
                for (var i = 0; i < places.Length; i++)
                    arranged[places[i]] = points[i];
                break;
            case Kind.MiddleAdded:
                // Behind its lower neighbour, wherever that stands.
                var scale = OptionScale.Points(question);
                var at = Array.IndexOf(arranged, scale[scale.Length / 2 - 1]) + 1;
                return [.. arranged[..at], -1, .. arranged[at..]];
        }
        return arranged;
    }

    /// <summary>The labels of the first positions; null where they stay what they are.</summary>
    internal IReadOnlyList<string>? Labels(int count) => _kind switch
    {
        Kind.LabelsNumbers => [.. Enumerable.Range(1, count).Select(n => n.ToString(CultureInfo.InvariantCulture))],
        Kind.LabelsLower => [.. OptionLetters.First(count).Select(l => l.ToLowerInvariant())],
        Kind.LabelsRoman => [.. Enumerable.Range(1, count).Select(RomanNumeral.Of)],
        _ => null,
    };

    /// <summary>The question's text as it is asked.</summary>
    internal string Asked(string text, int sourceRow) => _kind switch
    {
        Kind.Typos => Typos.In(text, _rate, (ulong)sourceRow),
        Kind.QuestionRepeated => $"{text}\n{text}",
        _ => text,
    };

    static double? Rate(string? text) => text is null ? DefaultRate
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.001 and <= 0.5
            ? rate : null;

    static string NameOf(Kind kind) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
