using System.Globalization;

namespace LocalOpinions.Store.Output;

/// <summary>A cell of a <see cref="QueryResult"/> as text, the same on every machine.</summary>
public static class CellText
{
    /// <summary>
    /// Numbers in their shortest exact form with a point, dates as ISO 8601, bytes as DuckDB casts them (<c>\x00</c>, printable ASCII as
    /// it is), lists as <c>[1, 2]</c>, structs and maps as <c>{a: 1}</c>; null as empty text.
    /// </summary>
    public static string Of(object? cell) => cell switch
    {
        null => "",
        string s => s,
        bool b => b ? "true" : "false",
        byte[] bytes => string.Concat(bytes.Select(ByteText)),
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly t => t.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateTime t => t.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset t => t.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture),
        object?[] list => $"[{string.Join(", ", list.Select(Nested))}]",
        KeyValuePair<string, object?>[] fields => $"{{{string.Join(", ", fields.Select(f => $"{f.Key}: {Nested(f.Value)}"))}}}",
        KeyValuePair<object, object?>[] map => $"{{{string.Join(", ", map.Select(p => $"{Nested(p.Key)}: {Nested(p.Value)}"))}}}",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A {cell.GetType().Name} is no cell of a query.", nameof(cell)),
    };

    // As DuckDB casts it, and casts it back.
    static string ByteText(byte value) =>
        value is >= 32 and <= 126 && (char)value is not ('\\' or '\'' or '"') ? $"{(char)value}" : $"\\x{value:X2}";

    // Inside a list an absent value must not look like empty text.
    static string Nested(object? cell) => cell is null ? "NULL" : Of(cell);
}
