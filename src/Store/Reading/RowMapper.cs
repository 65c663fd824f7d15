using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace LocalOpinions.Store.Reading;

/// <summary>Makes records of a query's rows by the names of columns and properties: <c>run_id</c> is <c>RunId</c>.</summary>
/// <remarks>
/// Strict: a column without its property, and a property without its column, are a mistake of whoever wrote the query. NULL becomes null,
/// and NaN where a double cannot be null.
/// </remarks>
/// <typeparam name="T">A record, positional or with init properties, of numbers, text, times, and lists of numbers.</typeparam>
static class RowMapper<T> where T : class
{
    static readonly ConstructorInfo s_constructor = typeof(T)
        .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(c => c.GetParameters() is not [{ ParameterType: var only }] || only != typeof(T)).MaxBy(c => c.GetParameters().Length)!;

    static readonly ParameterInfo[] s_parameters = s_constructor.GetParameters();

    // Of a positional record all else is derived from its positions, or set by whoever makes it; and so are parts that are records.
    static readonly PropertyInfo[] s_properties = s_parameters.Length > 0
        ? []
        : [.. typeof(T).GetProperties().Where(p => p.CanWrite
            && (p.PropertyType.IsValueType || p.PropertyType.IsArray || p.PropertyType == typeof(string)))];

    public static IEnumerable<T> Read(QueryResult query)
    {
        var columns = query.Columns.Index().ToDictionary(c => c.Item.Name, c => c.Index);
        int[] places = [.. s_parameters.Select(p => Place(p.Name!)), .. s_properties.Select(p => Place(p.Name))];
        if (places.Length < columns.Count)
        {
            var known = s_parameters.Select(p => ColumnOf(p.Name!)).Concat(s_properties.Select(p => ColumnOf(p.Name)));
            throw new InvalidOperationException(
                $"{typeof(T).Name} has no property for the columns {string.Join(", ", columns.Keys.Except(known))}.");
        }
        return query.Rows.Select(row => Make(row, places));

        int Place(string name) => columns.TryGetValue(ColumnOf(name), out var place)
            ? place
            : throw new InvalidOperationException(
                $"{typeof(T).Name}.{name} needs a column {ColumnOf(name)}, which the query does not have.");
    }

    static T Make(object?[] row, int[] places)
    {
        var made = (T)s_constructor.Invoke([.. s_parameters.Select((p, i) => Cell.As(row[places[i]], p.ParameterType, p.Name!))]);
        for (var i = 0; i < s_properties.Length; i++)
            s_properties[i].SetValue(made, Cell.As(row[places[s_parameters.Length + i]], s_properties[i].PropertyType,
                s_properties[i].Name));
        return made;
    }

    static string ColumnOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}

/// <summary>Cells as values of a wanted type.</summary>
static class Cell
{
    public static object? As(object? cell, Type type, string name)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        return cell switch
        {
            null when wanted == typeof(double) && wanted == type => double.NaN,
            null when type.IsValueType && wanted == type => throw new InvalidOperationException($"{name} cannot be NULL."),
            null => null,
            _ when wanted.IsInstanceOfType(cell) => cell,
            object?[] list when wanted.IsArray => List(list, wanted.GetElementType()!, name),
            // Whole numbers and fractions of whatever width, where they fit.
            IConvertible number when wanted.IsPrimitive && cell is not string =>
                Convert.ChangeType(number, wanted, CultureInfo.InvariantCulture),
            IFormattable large when wanted == typeof(long) =>
                long.Parse(large.ToString(null, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"{name} is a {cell.GetType().Name}, not a {wanted.Name}."),
        };
    }

    static Array List(object?[] list, Type element, string name)
    {
        var array = Array.CreateInstance(element, list.Length);
        for (var i = 0; i < list.Length; i++)
            array.SetValue(As(list[i], element, name), i);
        return array;
    }
}
