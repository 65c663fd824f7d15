using DuckDB.NET.Native;
using LocalOpinions.Store.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace LocalOpinions.Store.Chunks;

/// <summary>A logical type, read once into plain data so that no native handle outlives its reading.</summary>
sealed class ColumnType
{
    static readonly Dictionary<DuckDBType, string> Names = new()
    {
        [DuckDBType.Boolean] = "BOOLEAN",
        [DuckDBType.TinyInt] = "TINYINT",
        [DuckDBType.SmallInt] = "SMALLINT",
        [DuckDBType.Integer] = "INTEGER",
        [DuckDBType.BigInt] = "BIGINT",
        [DuckDBType.UnsignedTinyInt] = "UTINYINT",
        [DuckDBType.UnsignedSmallInt] = "USMALLINT",
        [DuckDBType.UnsignedInteger] = "UINTEGER",
        [DuckDBType.UnsignedBigInt] = "UBIGINT",
        [DuckDBType.HugeInt] = "HUGEINT",
        [DuckDBType.UnsignedHugeInt] = "UHUGEINT",
        [DuckDBType.Float] = "FLOAT",
        [DuckDBType.Double] = "DOUBLE",
        [DuckDBType.Varchar] = "VARCHAR",
        [DuckDBType.Blob] = "BLOB",
        [DuckDBType.Date] = "DATE",
        [DuckDBType.Time] = "TIME",
        [DuckDBType.Timestamp] = "TIMESTAMP",
        [DuckDBType.TimestampS] = "TIMESTAMP_S",
        [DuckDBType.TimestampMs] = "TIMESTAMP_MS",
        [DuckDBType.TimestampTz] = "TIMESTAMP WITH TIME ZONE",
        [DuckDBType.Uuid] = "UUID",
        [DuckDBType.SqlNull] = "NULL",
    };

    public required DuckDBType Id { get; init; }

    /// <summary>As DuckDB prints it; empty for a type that is not read natively.</summary>
    public required string Name { get; init; }

    /// <summary>False where a value can only be had by casting it to text.</summary>
    public bool IsReadable { get; init; } = true;

    /// <summary>Whether a value is one truth, number or text, which everybody writes alike.</summary>
    public bool IsPlain => Id is not (DuckDBType.Blob or DuckDBType.Date or DuckDBType.Time or DuckDBType.Timestamp or DuckDBType.TimestampS
        or DuckDBType.TimestampMs or DuckDBType.TimestampTz) && !IsNested;

    /// <summary>Whether a value holds others.</summary>
    public bool IsNested => Id is DuckDBType.List or DuckDBType.Array or DuckDBType.Map or DuckDBType.Struct;

    /// <summary>How a decimal or an enum is stored.</summary>
    public DuckDBType Storage { get; init; }

    /// <summary>Digits after the point of a decimal.</summary>
    public byte Scale { get; init; }

    /// <summary>Members of an enum, or the field names of a struct.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Element of a list or an array, key and value of a map, fields of a struct.</summary>
    public IReadOnlyList<ColumnType> Children { get; init; } = [];

    /// <summary>Elements per row of an array.</summary>
    public int ArraySize { get; init; }

    /// <summary>Reads a type and destroys its handle.</summary>
    public static ColumnType Take(DuckDBLogicalType handle)
    {
        using (handle)
            return Read(handle);
    }

    static ColumnType Read(DuckDBLogicalType handle)
    {
        var id = LogicalType.DuckDBGetTypeId(handle);
        switch (id)
        {
            case DuckDBType.Decimal:
                var scale = LogicalType.DuckDBDecimalScale(handle);
                var digits = $"DECIMAL({LogicalType.DuckDBDecimalWidth(handle)},{scale})";
                return new() { Id = id, Name = digits, Storage = LogicalType.DuckDBDecimalInternalType(handle), Scale = scale };
            case DuckDBType.Enum:
                var members = new string[LogicalType.DuckDBEnumDictionarySize(handle)];
                for (var i = 0; i < members.Length; i++)
                    members[i] = LogicalType.DuckDBEnumDictionaryValue(handle, i);
                var storage = LogicalType.DuckDBEnumInternalType(handle);
                return new() { Id = id, Name = Unbound.Alias(handle) ?? "ENUM", Storage = storage, Members = members };
            case DuckDBType.List:
                return Nested(id, [Take(LogicalType.DuckDBListTypeChildType(handle))], c => $"{c[0].Name}[]");
            case DuckDBType.Array:
                var size = checked((int)LogicalType.DuckDBArrayVectorGetSize(handle));
                return Nested(id, [Take(LogicalType.DuckDBArrayTypeChildType(handle))], c => $"{c[0].Name}[{size}]", arraySize: size);
            case DuckDBType.Map:
                var (key, value) = (Take(LogicalType.DuckDBMapTypeKeyType(handle)), Take(LogicalType.DuckDBMapTypeValueType(handle)));
                return Nested(id, [key, value], c => $"MAP({c[0].Name}, {c[1].Name})");
            case DuckDBType.Struct:
                return ReadStruct(handle);
            default:
                return Names.TryGetValue(id, out var name)
                    ? new() { Id = id, Name = Unbound.Alias(handle) ?? name }
                    : new() { Id = id, Name = "", IsReadable = false };
        }
    }

    static ColumnType ReadStruct(DuckDBLogicalType handle)
    {
        var count = (int)LogicalType.DuckDBStructTypeChildCount(handle);
        var names = new string[count];
        var fields = new ColumnType[count];
        for (var i = 0; i < count; i++)
        {
            names[i] = LogicalType.DuckDBStructTypeChildName(handle, i);
            fields[i] = Take(LogicalType.DuckDBStructTypeChildType(handle, i));
        }

        return Nested(DuckDBType.Struct, fields, c => $"STRUCT({string.Join(", ", names.Zip(c, (n, t) => $"{n} {t.Name}"))})", names);
    }

    static ColumnType Nested(
        DuckDBType id, ColumnType[] children, Func<ColumnType[], string> name, string[]? members = null, int arraySize = 0) => new()
        {
            Id = id,
            Name = name(children),
            IsReadable = children.All(c => c.IsReadable),
            Members = members ?? [],
            Children = children,
            ArraySize = arraySize,
        };
}
