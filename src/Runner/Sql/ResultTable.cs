using System.Globalization;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;
using LocalOpinions.Store.Output;

namespace LocalOpinions.Runner.Sql;

/// <summary>A query's rows as a table for a terminal of a given width.</summary>
/// <remarks>Numbers are rounded to six digits, which the other formats do not do.</remarks>
sealed class ResultTable(IReadOnlyList<QueryColumn> columns, int width)
{
    readonly TextTable _table = new([.. columns.Select(c => new Column(
        Screen.Clean(c.Name.ReplaceLineEndings("↵").Replace('\t', ' ')), c.IsNumber ? ColumnKind.Number : ColumnKind.Text))]);

    public void Add(object?[] row) => _table.Add([.. row.Select((cell, i) => (TableCell)Cell(cell, columns[i]))]);

    public void Write(TextWriter output) => _table.Write(output, width);

    static string Cell(object? cell, QueryColumn column) => cell switch
    {
        null => "NULL",
        float or double when column.IsNumber => ((IFormattable)cell).ToString("G6", CultureInfo.InvariantCulture),
        _ => CellText.Of(cell),
    };
}
