using Spectre.Console;

namespace LocalOpinions.Runner.Terminal;

/// <summary>How wide a table's columns are where they have all the room, and how wide at least.</summary>
sealed class ColumnWidths
{
    const int NarrowestText = 12, NarrowestBar = 8, WidestBar = 30;

    readonly int[] _natural, _least;
    readonly int _gap;

    public ColumnWidths(IReadOnlyList<Column> columns, IReadOnlyList<TableCell[]> rows, int gap)
    {
        (_natural, _least, _gap) = (new int[columns.Count], new int[columns.Count], gap);
        for (var i = 0; i < columns.Count; i++)
        {
            var (header, kind) = (columns[i].Name.Split('\n').Max(l => l.GetCellWidth()), columns[i].Kind);
            var content = kind == ColumnKind.Bar ? WidestBar : rows.Count == 0 ? 0 : rows.Max(r => Content(r[i].Text, kind));
            _natural[i] = Math.Max(header, content);
            _least[i] = Math.Min(_natural[i], kind switch
            {
                ColumnKind.Number => Math.Max(content, NarrowestText),
                ColumnKind.Bar => NarrowestBar,
                _ => NarrowestText,
            });
        }
    }

    /// <summary>How many of the first columns have room.</summary>
    public int Shown(int width)
    {
        var shown = _least.Length;
        while (shown > 1 && Sum(_least[..shown]) > width)
            shown--;
        return shown;
    }

    /// <summary>Natural widths, the widest cut to one common width where they do not fit.</summary>
    public int[] Fit(int shown, int width)
    {
        var (natural, least) = (_natural[..shown], _least[..shown]);
        for (var cap = natural.Max(); ; cap--)
        {
            var widths = natural.Select((w, i) => Math.Max(least[i], Math.Min(w, cap))).ToArray();
            if (Sum(widths) <= width || cap <= 1)
                return [.. widths.Select(w => Math.Min(w, width))];
        }
    }

    int Sum(int[] widths) => widths.Sum() + _gap * (widths.Length - 1);

    static int Content(string text, ColumnKind kind) =>
        kind == ColumnKind.Prose ? text.Split('\n').Max(l => l.GetCellWidth()) : text.GetCellWidth();
}
