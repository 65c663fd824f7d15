using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LocalOpinions.Store.Output;

/// <summary>Writes a result as a JSON array with one object per row.</summary>
public static class JsonOutput
{
    static readonly JsonWriterOptions Options = new()
    {
        // The output is a document of its own, never part of a page; text stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// UTF-8. Numbers are JSON numbers with all their digits; NaN and the infinities, which JSON lacks, are null; structs and maps
    /// are objects, a map's keys as text; lists are arrays; everything else is text as in <see cref="CellText"/>. A
    /// column name that comes again gets <c>_2</c>, <c>_3</c> and so on.
    /// </summary>
    public static void Write(QueryResult result, Stream output)
    {
        var names = UniqueNames(result.Columns);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartArray();
            foreach (var row in result.Rows)
            {
                json.WriteStartObject();
                for (var i = 0; i < row.Length; i++)
                {
                    json.WritePropertyName(names[i]);
                    WriteValue(json, row[i]);
                }

                json.WriteEndObject();
                if (json.BytesPending > 1 << 16)
                    json.Flush();
            }

            json.WriteEndArray();
        }

        output.Write("\n"u8);
    }

    static void WriteValue(Utf8JsonWriter json, object? cell)
    {
        switch (cell)
        {
            case null:
            case double d when !double.IsFinite(d):
            case float f when !float.IsFinite(f):
                json.WriteNullValue();
                break;
            case bool b:
                json.WriteBooleanValue(b);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or float or double or decimal:
                json.WriteRawValue(((IFormattable)cell).ToString(null, CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case object?[] list:
                json.WriteStartArray();
                foreach (var element in list)
                    WriteValue(json, element);
                json.WriteEndArray();
                break;
            case KeyValuePair<string, object?>[] fields:
                json.WriteStartObject();
                foreach (var (name, value) in fields)
                {
                    json.WritePropertyName(name);
                    WriteValue(json, value);
                }

                json.WriteEndObject();
                break;
            case KeyValuePair<object, object?>[] map:
                json.WriteStartObject();
                foreach (var (key, value) in map)
                {
                    json.WritePropertyName(CellText.Of(key));
                    WriteValue(json, value);
                }

                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue(CellText.Of(cell));
                break;
        }
    }

    static string[] UniqueNames(IReadOnlyList<QueryColumn> columns)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        return [.. columns.Select(column =>
        {
            var name = column.Name;
            for (var i = 2; !used.Add(name); i++)
                name = $"{column.Name}_{i}";
            return name;
        })];
    }
}
