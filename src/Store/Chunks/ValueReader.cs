using System.Buffers.Binary;
using System.Text;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace LocalOpinions.Store.Chunks;

/// <summary>Turns one cell of a vector into a .NET value.</summary>
static unsafe class ValueReader
{
    const long MicrosecondsPerDay = 86_400_000_000;

    public static object? Read(ColumnType type, nint vector, ulong row, string column)
    {
        if (!IsValid(vector, row))
            return null;
        var data = (byte*)Vectors.DuckDBVectorGetData(vector);
        return type.Id switch
        {
            DuckDBType.Boolean => data[row] != 0,
            DuckDBType.TinyInt => ((sbyte*)data)[row],
            DuckDBType.UnsignedTinyInt => data[row],
            DuckDBType.SmallInt => ((short*)data)[row],
            DuckDBType.UnsignedSmallInt => ((ushort*)data)[row],
            DuckDBType.Integer => ((int*)data)[row],
            DuckDBType.UnsignedInteger => ((uint*)data)[row],
            DuckDBType.BigInt => ((long*)data)[row],
            DuckDBType.UnsignedBigInt => ((ulong*)data)[row],
            DuckDBType.HugeInt => HugeInt(data, row),
            DuckDBType.UnsignedHugeInt => new UInt128(((ulong*)data)[2 * row + 1], ((ulong*)data)[2 * row]),
            DuckDBType.Float => ((float*)data)[row],
            DuckDBType.Double => ((double*)data)[row],
            DuckDBType.Decimal => Decimal(type, Integer(type.Storage, data, row)),
            DuckDBType.Varchar => Encoding.UTF8.GetString(Bytes((DuckDBString*)data + row)),
            DuckDBType.Blob => Bytes((DuckDBString*)data + row).ToArray(),
            DuckDBType.Date => Date(((int*)data)[row], column),
            DuckDBType.Time => Time(((long*)data)[row]),
            DuckDBType.Timestamp => Timestamp(((long*)data)[row], 1, column),
            DuckDBType.TimestampMs => Timestamp(((long*)data)[row], 1_000, column),
            DuckDBType.TimestampS => Timestamp(((long*)data)[row], 1_000_000, column),
            DuckDBType.TimestampTz => Timestamp(((long*)data)[row], 1, column) is DateTime t
                ? new DateTimeOffset(t)
                : Infinity(((long*)data)[row] > 0),
            DuckDBType.Uuid => Uuid(data, row),
            DuckDBType.Enum => type.Members[(int)Integer(type.Storage, data, row)],
            DuckDBType.List => List(type, vector, data, row, column),
            DuckDBType.Array => Array(type, vector, row, column),
            DuckDBType.Map => Map(type, vector, data, row, column),
            DuckDBType.Struct => Struct(type, vector, row, column),
            DuckDBType.SqlNull => null,
            _ => throw new StoreException(StoreError.Sql,
                $"Column {column} has a type that cannot be shown; cast it to VARCHAR in the query."),
        };
    }

    static bool IsValid(nint vector, ulong row)
    {
        var validity = Vectors.DuckDBVectorGetValidity(vector);
        return validity == null || (validity[row / 64] >> (int)(row % 64) & 1) != 0;
    }

    // Up to 12 bytes lie in the string itself, so it must be read where it lies. Borrowed from the vector.
    static ReadOnlySpan<byte> Bytes(DuckDBString* text) => new(text->Data, text->Length);

    static Int128 HugeInt(byte* data, ulong row) => new(((ulong*)data)[2 * row + 1], ((ulong*)data)[2 * row]);

    static Int128 Integer(DuckDBType storage, byte* data, ulong row) => storage switch
    {
        DuckDBType.UnsignedTinyInt => data[row],
        DuckDBType.SmallInt => ((short*)data)[row],
        DuckDBType.UnsignedSmallInt => ((ushort*)data)[row],
        DuckDBType.Integer => ((int*)data)[row],
        DuckDBType.UnsignedInteger => ((uint*)data)[row],
        DuckDBType.BigInt => ((long*)data)[row],
        DuckDBType.HugeInt => HugeInt(data, row),
        _ => throw new InvalidOperationException($"No decimal or enum is stored as {storage}."),
    };

    // System.Decimal holds 96 bits; a longer number keeps all its digits as text.
    static object Decimal(ColumnType type, Int128 unscaled)
    {
        var magnitude = UInt128.CreateChecked(Int128.Abs(unscaled));
        if (type.Scale <= 28 && magnitude < (UInt128.One << 96))
            return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64),
                Int128.IsNegative(unscaled), type.Scale);
        var digits = magnitude.ToString().PadLeft(type.Scale + 1, '0');
        var sign = Int128.IsNegative(unscaled) ? "-" : "";
        return type.Scale == 0 ? sign + digits : $"{sign}{digits[..^type.Scale]}.{digits[^type.Scale..]}";
    }

    static string Infinity(bool positive) => positive ? "infinity" : "-infinity";

    static object Date(int days, string column)
    {
        if (days is int.MaxValue or -int.MaxValue)
            return Infinity(days > 0);
        var number = days + (long)DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)number) : throw OutOfRange(column);
    }

    // DuckDB knows 24:00:00, .NET does not.
    static object Time(long microseconds) =>
        microseconds < MicrosecondsPerDay ? new TimeOnly(microseconds * TimeSpan.TicksPerMicrosecond) : "24:00:00";

    static object Timestamp(long value, long microsecondsPerUnit, string column)
    {
        if (value is long.MaxValue or -long.MaxValue)
            return Infinity(value > 0);
        var ticks = (Int128)value * microsecondsPerUnit * TimeSpan.TicksPerMicrosecond + DateTime.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime((long)ticks, DateTimeKind.Utc) : throw OutOfRange(column);
    }

    // Stored as a signed number with the top bit flipped, so that it sorts like its text.
    static Guid Uuid(byte* data, ulong row)
    {
        var bytes = (Span<byte>)stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong*)data)[2 * row + 1] ^ (1UL << 63));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], ((ulong*)data)[2 * row]);
        return new Guid(bytes, bigEndian: true);
    }

    static object?[] List(ColumnType type, nint vector, byte* data, ulong row, string column)
    {
        var entry = ((DuckDBListEntry*)data)[row];
        return Elements(type.Children[0], Vectors.DuckDBListVectorGetChild(vector), entry.Offset, checked((int)entry.Length), column);
    }

    static object?[] Array(ColumnType type, nint vector, ulong row, string column) =>
        Elements(type.Children[0], Vectors.DuckDBArrayVectorGetChild(vector), row * (ulong)type.ArraySize, type.ArraySize, column);

    static object?[] Elements(ColumnType type, nint child, ulong offset, int count, string column)
    {
        var elements = new object?[count];
        for (var i = 0; i < count; i++)
            elements[i] = Read(type, child, offset + (ulong)i, column);
        return elements;
    }

    // A map is a list of key-value structs.
    static KeyValuePair<object, object?>[] Map(ColumnType type, nint vector, byte* data, ulong row, string column)
    {
        var entry = ((DuckDBListEntry*)data)[row];
        var pairs = Vectors.DuckDBListVectorGetChild(vector);
        var (keys, values) = (Vectors.DuckDBStructVectorGetChild(pairs, 0), Vectors.DuckDBStructVectorGetChild(pairs, 1));
        var map = new KeyValuePair<object, object?>[checked((int)entry.Length)];
        for (var i = 0; i < map.Length; i++)
            map[i] = new(Read(type.Children[0], keys, entry.Offset + (ulong)i, column)!,
                Read(type.Children[1], values, entry.Offset + (ulong)i, column));
        return map;
    }

    static KeyValuePair<string, object?>[] Struct(ColumnType type, nint vector, ulong row, string column)
    {
        var fields = new KeyValuePair<string, object?>[type.Members.Count];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = new(type.Members[i], Read(type.Children[i], Vectors.DuckDBStructVectorGetChild(vector, i), row, column));
        return fields;
    }

    static StoreException OutOfRange(string column) =>
        new(StoreError.Sql, $"Column {column} holds a date outside the years 1 to 9999; cast it to VARCHAR in the query.");
}
