using System.Reflection;

namespace LocalOpinions.Store.Mapping;

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

    static readonly CellTarget[] s_parameters =
        [.. s_constructor.GetParameters()
            .Select(p => new CellTarget(p.ParameterType, $"{typeof(T).Name}.{p.Name}", ColumnName.Of(p.Name!)))];

    // Of a positional record all else is derived from its positions, or set by whoever makes it; and so are parts that are records.
    static readonly PropertyInfo[] s_properties = s_parameters.Length > 0
        ? []
        : [.. typeof(T).GetProperties().Where(p => p.CanWrite
            && (p.PropertyType.IsValueType || p.PropertyType.IsArray || p.PropertyType == typeof(string)))];

    static readonly CellTarget[] s_targets =
        [.. s_parameters, .. s_properties.Select(p => new CellTarget(p.PropertyType, $"{typeof(T).Name}.{p.Name}", ColumnName.Of(p.Name)))];

    // Invokers of one constructor and its setters cost little more than a call; reflection's own Invoke ten times as much.
    static readonly ConstructorInvoker s_make = ConstructorInvoker.Create(s_constructor);

    static readonly MethodInvoker[] s_setters = [.. s_properties.Select(p => MethodInvoker.Create(p.SetMethod!))];

    /// <summary>What makes a record of each row that has these columns.</summary>
    /// <exception cref="InvalidOperationException">The columns and <typeparamref name="T"/> do not fit.</exception>
    public static Func<object?[], T> Of(IReadOnlyList<string> columns)
    {
        Dictionary<string, int> places = [];
        for (var i = 0; i < columns.Count; i++)
        {
            if (!places.TryAdd(columns[i], i))
                throw new InvalidOperationException(
                    $"The query has two columns {columns[i]}; {typeof(T).Name} cannot tell which is meant.");
        }
        int[] cells = [.. s_targets.Select(t => places.TryGetValue(t.Column, out var place) ? place : throw new InvalidOperationException(
            $"{t.Name} needs a column {t.Column}, which the query does not have."))];
        return cells.Length == places.Count ? row => Make(row, cells) : throw new InvalidOperationException(
            $"{typeof(T).Name} has no property for the columns {string.Join(", ", places.Keys.Except(s_targets.Select(t => t.Column)))}.");
    }

    static T Make(object?[] row, int[] cells)
    {
        var arguments = s_parameters.Length > 0 ? new object?[s_parameters.Length] : [];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = s_parameters[i].Of(row[cells[i]]);
        var made = s_make.Invoke(arguments.AsSpan());
        for (var i = 0; i < s_setters.Length; i++)
            s_setters[i].Invoke(made, s_targets[arguments.Length + i].Of(row[cells[arguments.Length + i]]));
        return (T)made;
    }
}
