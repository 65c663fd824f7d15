using System.Globalization;
using System.Numerics;

namespace LocalOpinions.Store.Mapping;

/// <summary>What a cell is to become: a value of one type.</summary>
/// <param name="type">int, long or double, of a number of any width that fits; bool, text, a time; nullable ones of these; an array of
/// numbers, of a list.</param>
/// <param name="name">Who wants it, for messages.</param>
/// <param name="column">The column that it comes from.</param>
sealed class CellTarget(Type type, string name, string column)
{
    readonly Type _wanted = Nullable.GetUnderlyingType(type) ?? type;
    readonly bool _takesNull = !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    public string Name => name;

    public string Column => column;

    /// <exception cref="InvalidOperationException">The cell is NULL where that cannot be, or of another type, or does not fit.</exception>
    public object? Of(object? cell)
    {
        if (cell is null)
            return _takesNull ? null : type == typeof(double) ? double.NaN : throw new InvalidOperationException($"{name} cannot be NULL.");
        return cell.GetType() == _wanted ? cell : Converted(cell);
    }

    object Converted(object cell) => cell switch
    {
        object?[] list when _wanted == typeof(double[]) => Array.ConvertAll(list, c => c is double d ? d : Element<double>(c)),
        object?[] list when _wanted == typeof(int[]) => Array.ConvertAll(list, c => c is int i ? i : Element<int>(c)),
        _ when _wanted == typeof(int) => (int)Whole(cell, int.MinValue, int.MaxValue),
        _ when _wanted == typeof(long) => (long)Whole(cell, long.MinValue, long.MaxValue),
        float or decimal when _wanted == typeof(double) => Convert.ToDouble(cell, CultureInfo.InvariantCulture),
        _ when _wanted == typeof(double) => (double)Whole(cell, Int128.MinValue, Int128.MaxValue),
        _ => throw Misfit(cell),
    };

    T Element<T>(object? cell) => (T)new CellTarget(typeof(T), name, column).Of(cell)!;

    Int128 Whole(object cell, Int128 least, Int128 most)
    {
        var whole = cell switch
        {
            sbyte n => n,
            byte n => n,
            short n => n,
            ushort n => n,
            int n => n,
            uint n => n,
            long n => n,
            ulong n => n,
            Int128 n => n,
            UInt128 n when n <= (UInt128)Int128.MaxValue => (Int128)n,
            // What DuckDB.NET makes of a HUGEINT.
            BigInteger n when n >= (BigInteger)least && n <= (BigInteger)most => (Int128)n,
            _ => throw Misfit(cell),
        };
        return whole >= least && whole <= most ? whole : throw Misfit(cell);
    }

    InvalidOperationException Misfit(object cell) => new(string.Create(CultureInfo.InvariantCulture,
        $"{name} is a {_wanted.Name}; {cell}, a {cell.GetType().Name}, does not fit into it."));
}
