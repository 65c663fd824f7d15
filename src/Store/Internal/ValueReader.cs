using System.Buffers.Binary;
using System.Text;
using LocalOpinions.Store.Native;

namespace LocalOpinions.Store;

/// <summary>Turns one cell of a vector into a .NET value.</summary>
static unsafe class ValueReader
{
    const long MicrosecondsPerDay = 86_400_000_000;

    public static object? Read(ColumnType type, VectorHandle vector, ulong row, string column)
    {
        if (!IsValid(vector, row))
            return null;
        var data = DuckDb.VectorData(vector);
        return type.Id switch
        {
            DuckDbType.Boolean => data[row] != 0,
            DuckDbType.TinyInt => ((sbyte*)data)[row],
            DuckDbType.UTinyInt => data[row],
            DuckDbType.SmallInt => ((short*)data)[row],
            DuckDbType.USmallInt => ((ushort*)data)[row],
            DuckDbType.Integer => ((int*)data)[row],
            DuckDbType.UInteger => ((uint*)data)[row],
            DuckDbType.BigInt => ((long*)data)[row],
            DuckDbType.UBigInt => ((ulong*)data)[row],
            DuckDbType.HugeInt => HugeInt(data, row),
            DuckDbType.UHugeInt => new UInt128(((ulong*)data)[2 * row + 1], ((ulong*)data)[2 * row]),
            DuckDbType.Float => ((float*)data)[row],
            DuckDbType.Double => ((double*)data)[row],
            DuckDbType.Decimal => Decimal(type, Integer(type.Storage, data, row)),
            DuckDbType.Varchar => Encoding.UTF8.GetString(StringData.Bytes((StringData*)data + row)),
            DuckDbType.Blob => StringData.Bytes((StringData*)data + row).ToArray(),
            DuckDbType.Date => Date(((int*)data)[row], column),
            DuckDbType.Time => Time(((long*)data)[row]),
            DuckDbType.Timestamp => Timestamp(((long*)data)[row], 1, column),
            DuckDbType.TimestampMilliseconds => Timestamp(((long*)data)[row], 1_000, column),
            DuckDbType.TimestampSeconds => Timestamp(((long*)data)[row], 1_000_000, column),
            DuckDbType.TimestampTz => Timestamp(((long*)data)[row], 1, column) is DateTime t ? new DateTimeOffset(t) : Infinity(((long*)data)[row] > 0),
            DuckDbType.Uuid => Uuid(data, row),
            DuckDbType.Enum => type.Members[(int)Integer(type.Storage, data, row)],
            DuckDbType.List => List(type, vector, data, row, column),
            DuckDbType.Array => Elements(type.Children[0], DuckDb.ArrayChild(vector), row * (ulong)type.ArraySize, type.ArraySize, column),
            DuckDbType.Map => Map(type, vector, data, row, column),
            DuckDbType.Struct => Struct(type, vector, row, column),
            DuckDbType.SqlNull => null,
            _ => throw new StoreException(StoreError.Sql, $"Column {column} has a type that cannot be shown; cast it to VARCHAR in the query."),
        };
    }

    static bool IsValid(VectorHandle vector, ulong row)
    {
        var validity = DuckDb.VectorValidity(vector);
        return validity == null || (validity[row / 64] >> (int)(row % 64) & 1) != 0;
    }

    static Int128 HugeInt(byte* data, ulong row) => new(((ulong*)data)[2 * row + 1], ((ulong*)data)[2 * row]);

    static Int128 Integer(DuckDbType storage, byte* data, ulong row) => storage switch
    {
        DuckDbType.UTinyInt => data[row],
        DuckDbType.SmallInt => ((short*)data)[row],
        DuckDbType.USmallInt => ((ushort*)data)[row],
        DuckDbType.Integer => ((int*)data)[row],
        DuckDbType.UInteger => ((uint*)data)[row],
        DuckDbType.BigInt => ((long*)data)[row],
        DuckDbType.HugeInt => HugeInt(data, row),
        _ => throw new InvalidOperationException($"No decimal or enum is stored as {storage}."),
    };

    // System.Decimal holds 96 bits; a longer number keeps all its digits as text.
    static object Decimal(ColumnType type, Int128 unscaled)
    {
        var magnitude = UInt128.CreateChecked(Int128.Abs(unscaled));
        if (type.Scale <= 28 && magnitude < (UInt128.One << 96))
            return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), Int128.IsNegative(unscaled), type.Scale);
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

    static object?[] List(ColumnType type, VectorHandle vector, byte* data, ulong row, string column)
    {
        var entry = ((ListEntry*)data)[row];
        return Elements(type.Children[0], DuckDb.ListChild(vector), entry.Offset, checked((int)entry.Length), column);
    }

    static object?[] Elements(ColumnType type, VectorHandle child, ulong offset, int count, string column)
    {
        var elements = new object?[count];
        for (var i = 0; i < count; i++)
            elements[i] = Read(type, child, offset + (ulong)i, column);
        return elements;
    }

    // A map is a list of key-value structs.
    static KeyValuePair<object, object?>[] Map(ColumnType type, VectorHandle vector, byte* data, ulong row, string column)
    {
        var entry = ((ListEntry*)data)[row];
        var pairs = DuckDb.ListChild(vector);
        var (keys, values) = (DuckDb.StructChild(pairs, 0), DuckDb.StructChild(pairs, 1));
        var map = new KeyValuePair<object, object?>[checked((int)entry.Length)];
        for (var i = 0; i < map.Length; i++)
            map[i] = new(Read(type.Children[0], keys, entry.Offset + (ulong)i, column)!, Read(type.Children[1], values, entry.Offset + (ulong)i, column));
        return map;
    }

    static KeyValuePair<string, object?>[] Struct(ColumnType type, VectorHandle vector, ulong row, string column)
    {
        var fields = new KeyValuePair<string, object?>[type.Members.Count];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = new(type.Members[i], Read(type.Children[i], DuckDb.StructChild(vector, (ulong)i), row, column));
        return fields;
    }

    static StoreException OutOfRange(string column) =>
        new(StoreError.Sql, $"Column {column} holds a date outside the years 1 to 9999; cast it to VARCHAR in the query.");
}
