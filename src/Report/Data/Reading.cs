using LocalOpinions.Store;

namespace LocalOpinions.Report.Data;

static class Reading
{
    /// <summary>All rows of a query that has few.</summary>
    public static List<object?[]> Rows(this ResultsFile results, string sql)
    {
        using var query = results.Query(sql);
        return [.. query.Rows];
    }

    /// <summary>A share or similarity in thousandths, rounded as it is printed.</summary>
    public static ushort Thousandths(double value) => (ushort)Math.Round(Math.Clamp(value, 0, 1) * 1000, MidpointRounding.AwayFromZero);

    public static ushort Short(object? value) => value is int number && number is >= 0 and < ColumnBlock.None ? (ushort)number
        : ColumnBlock.None;

    public static double Number(object? value) => value is double number ? number : double.NaN;
}
