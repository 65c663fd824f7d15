using System.Globalization;

namespace LocalOpinions.Surveys.Checks;

/// <summary>Counts what is met, by kind, and says it in words at the end.</summary>
sealed class OddityLog
{
    readonly SortedDictionary<OddityKind, (SortedSet<int> Rows, int Count)> _met = [];
    readonly Dictionary<OddityKind, List<string>> _examples = [];

    public void Note(OddityKind kind, int row, int count = 1) => Note(kind, [row], count);

    public void Note(OddityKind kind, IEnumerable<int> rows, int count = 1, string? example = null)
    {
        if (count == 0)
            return;
        var (known, before) = _met.TryGetValue(kind, out var entry) ? entry : ([], 0);
        known.UnionWith(rows);
        _met[kind] = (known, before + count);
        if (example is not null)
            (_examples.TryGetValue(kind, out var list) ? list : _examples[kind] = []).Add(example);
    }

    public IReadOnlyList<Oddity> ToList(double lowestSum, double highestSum) =>
        [.. _met.Select(m => new Oddity(m.Key, Describe(m.Key, lowestSum, highestSum) + Examples(m.Key), [.. m.Value.Rows],
            m.Value.Count))];

    string Examples(OddityKind kind)
    {
        const int shown = 10;
        if (!_examples.TryGetValue(kind, out var all))
            return "";
        return $" ({string.Join("; ", all.Take(shown))}{(all.Count > shown ? "; ..." : "")})";
    }

    static string Describe(OddityKind kind, double lowestSum, double highestSum) => kind switch
    {
        OddityKind.EmptyText => "Questions without text: asked with an empty question",
        OddityKind.NotAskable =>
            $"Questions with fewer than {OptionLimits.Fewest} or more than {OptionLimits.Most} options: kept, never asked",
        OddityKind.MoreOptionsThanLetters =>
            $"Questions with {OptionLimits.MostLabelled + 1} to {OptionLimits.Most} options: asked only where their whole texts are read",
        OddityKind.NoHumans => "Questions that no country has data for: can be asked, compared with nobody",
        OddityKind.SingleCountry => "Questions that a single country has data for: kept",
        OddityKind.SumNotOne => string.Create(
            CultureInfo.InvariantCulture,
            $"Human distributions that do not sum to 1 (sums from {lowestSum:0.####} to {highestSum:0.####}): divided by their sum"),
        OddityKind.AllZero => "Human distributions of zeros only: missing data, left out",
        OddityKind.NonNationalSample => "Human distributions of samples that are not national: kept under their own label",
        OddityKind.UnknownCountry => "Human distributions under labels that are in no country table: kept, without a place on the map",
        OddityKind.LeakedTotal => "Options that are the total of the source's table: kept, as in the published file",
        OddityKind.OptionWithoutMass => "Options that nobody chose in any country: kept",
        OddityKind.NumericOption => "Options that are numbers: printed without a needless .0",
        OddityKind.RefusalOption => "Options for don't know, refused, no answer or missing: kept as ordinary options",
        OddityKind.SeveralRefusalOptions => "Questions with more than one option for don't know, refused, no answer or missing: kept",
        OddityKind.UnmarkedRefusal => "Options worded as don't know or refused that are not marked so: taken as answers like any other",
        OddityKind.ForeignAnswer => "Answers of people that are none of the question's options: left out",
        OddityKind.PunctuatedOption => "Options with a comma, quotation mark, apostrophe or backslash: kept verbatim",
        OddityKind.NonAsciiOption => "Options with characters outside ASCII: kept verbatim",
        OddityKind.RepeatedOption => "Options that are the same as another of their question: kept",
        OddityKind.BlankAroundOption => "Options with blanks or line breaks at an end: kept verbatim",
        OddityKind.SharedScaleValue => "Options of a scale that have the same place as another: kept",
        OddityKind.BlankAroundLabel => "Human distributions under labels with blanks at an end: kept under that label",
        OddityKind.ControlCharacter => "Questions and options with control characters: kept verbatim",
        OddityKind.MissingValueAsText =>
            "Questions, options and labels that read like a missing value (nan, null): kept, but look where they come from",
        OddityKind.UnreadColumn => "Columns of the file that are not read",
        OddityKind.NonAsciiText => "Question texts with characters outside ASCII: kept verbatim",
        OddityKind.LineBreakInText => "Question texts with line breaks: kept verbatim",
        OddityKind.BlankAroundText => "Question texts with blanks or line breaks at an end: kept verbatim",
        OddityKind.GapInText => "Question texts with a gap (____): kept verbatim",
        OddityKind.EllipsisInText => "Question texts with an ellipsis: kept verbatim",
        OddityKind.DuplicateText => "Groups of question texts that differ at most in blanks around them: all kept",
        OddityKind.NearDuplicateText => "Groups of question texts that differ at most in case, punctuation and blanks: all kept",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
