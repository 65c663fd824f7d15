namespace LocalOpinions.Store.Mapping;

/// <summary>The values of a query that has one column.</summary>
static class SingleColumn
{
    /// <exception cref="InvalidOperationException">There is more than one column, or a value is no <typeparamref name="T"/>.</exception>
    public static List<T> Of<T>(IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        if (columns is not [var column])
            throw new InvalidOperationException($"A query for single values has one column, not {string.Join(", ", columns)}.");
        var target = new CellTarget(typeof(T), column, column);
        return [.. rows.Select(row => (T)target.Of(row[0])!)];
    }
}
