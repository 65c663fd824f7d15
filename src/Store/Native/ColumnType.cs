namespace LocalOpinions.Store.Native;

/// <summary>A logical type, read once into plain data so that no native handle outlives its reading.</summary>
sealed class ColumnType
{
    static readonly Dictionary<DuckDbType, string> Names = new()
    {
        [DuckDbType.Boolean] = "BOOLEAN",
        [DuckDbType.TinyInt] = "TINYINT",
        [DuckDbType.SmallInt] = "SMALLINT",
        [DuckDbType.Integer] = "INTEGER",
        [DuckDbType.BigInt] = "BIGINT",
        [DuckDbType.UTinyInt] = "UTINYINT",
        [DuckDbType.USmallInt] = "USMALLINT",
        [DuckDbType.UInteger] = "UINTEGER",
        [DuckDbType.UBigInt] = "UBIGINT",
        [DuckDbType.HugeInt] = "HUGEINT",
        [DuckDbType.UHugeInt] = "UHUGEINT",
        [DuckDbType.Float] = "FLOAT",
        [DuckDbType.Double] = "DOUBLE",
        [DuckDbType.Varchar] = "VARCHAR",
        [DuckDbType.Blob] = "BLOB",
        [DuckDbType.Date] = "DATE",
        [DuckDbType.Time] = "TIME",
        [DuckDbType.Timestamp] = "TIMESTAMP",
        [DuckDbType.TimestampSeconds] = "TIMESTAMP_S",
        [DuckDbType.TimestampMilliseconds] = "TIMESTAMP_MS",
        [DuckDbType.TimestampTz] = "TIMESTAMP WITH TIME ZONE",
        [DuckDbType.Uuid] = "UUID",
        [DuckDbType.SqlNull] = "NULL",
    };

    public required DuckDbType Id { get; init; }

    /// <summary>As DuckDB prints it; empty for a type that is not read natively.</summary>
    public required string Name { get; init; }

    /// <summary>False where a value can only be had by casting it to text.</summary>
    public bool IsReadable { get; init; } = true;

    /// <summary>How a decimal or an enum is stored.</summary>
    public DuckDbType Storage { get; init; }

    /// <summary>Digits after the point of a decimal.</summary>
    public byte Scale { get; init; }

    /// <summary>Members of an enum, or the field names of a struct.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Element of a list or an array, key and value of a map, fields of a struct.</summary>
    public IReadOnlyList<ColumnType> Children { get; init; } = [];

    /// <summary>Elements per row of an array.</summary>
    public int ArraySize { get; init; }

    /// <summary>Reads a type and destroys its handle.</summary>
    public static ColumnType Take(LogicalTypeHandle handle)
    {
        try
        {
            return Read(handle);
        }
        finally
        {
            DuckDb.DestroyType(ref handle);
        }
    }

    static ColumnType Read(LogicalTypeHandle handle)
    {
        var id = DuckDb.TypeId(handle);
        switch (id)
        {
            case DuckDbType.Decimal:
                var scale = DuckDb.DecimalScale(handle);
                return new() { Id = id, Name = $"DECIMAL({DuckDb.DecimalWidth(handle)},{scale})", Storage = DuckDb.DecimalStorage(handle), Scale = scale };
            case DuckDbType.Enum:
                var members = new string[DuckDb.EnumSize(handle)];
                for (var i = 0; i < members.Length; i++)
                    members[i] = NativeText.Owned(DuckDb.EnumValue(handle, (ulong)i)) ?? "";
                return new() { Id = id, Name = NativeText.Owned(DuckDb.TypeAlias(handle)) ?? "ENUM", Storage = DuckDb.EnumStorage(handle), Members = members };
            case DuckDbType.List:
                return Nested(id, [Take(DuckDb.ListChildType(handle))], c => $"{c[0].Name}[]");
            case DuckDbType.Array:
                var size = checked((int)DuckDb.ArraySize(handle));
                return Nested(id, [Take(DuckDb.ArrayChildType(handle))], c => $"{c[0].Name}[{size}]", arraySize: size);
            case DuckDbType.Map:
                return Nested(id, [Take(DuckDb.MapKeyType(handle)), Take(DuckDb.MapValueType(handle))], c => $"MAP({c[0].Name}, {c[1].Name})");
            case DuckDbType.Struct:
                return ReadStruct(handle);
            default:
                return Names.TryGetValue(id, out var name)
                    ? new() { Id = id, Name = NativeText.Owned(DuckDb.TypeAlias(handle)) ?? name }
                    : new() { Id = id, Name = "", IsReadable = false };
        }
    }

    static ColumnType ReadStruct(LogicalTypeHandle handle)
    {
        var count = (int)DuckDb.StructSize(handle);
        var names = new string[count];
        var fields = new ColumnType[count];
        for (var i = 0; i < count; i++)
        {
            names[i] = NativeText.Owned(DuckDb.StructChildName(handle, (ulong)i)) ?? "";
            fields[i] = Take(DuckDb.StructChildType(handle, (ulong)i));
        }

        return Nested(DuckDbType.Struct, fields, c => $"STRUCT({string.Join(", ", names.Zip(c, (n, t) => $"{n} {t.Name}"))})", names);
    }

    static ColumnType Nested(DuckDbType id, ColumnType[] children, Func<ColumnType[], string> name, string[]? members = null, int arraySize = 0) => new()
    {
        Id = id,
        Name = name(children),
        IsReadable = children.All(c => c.IsReadable),
        Members = members ?? [],
        Children = children,
        ArraySize = arraySize,
    };
}
