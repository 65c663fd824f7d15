using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalOpinions.Endpoints;

/// <summary>Reads what a server may or may not say, and writes what it is asked.</summary>
static class Json
{
    /// <summary>A text; empty where there is none.</summary>
    public static string Text(this JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()! : "";

    /// <summary>A whole number; 0 where there is none.</summary>
    public static long Whole(this JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number) ? number : 0;

    /// <summary>A number; NaN where there is none.</summary>
    public static double Number(this JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble() : double.NaN;

    /// <summary>Something inside it; an undefined element where there is none.</summary>
    public static JsonElement Inside(this JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : default;

    /// <summary>An entry of a list, counted from its end where negative; an undefined element where there is none.</summary>
    public static JsonElement At(this JsonElement of, int place) => of.ValueKind != JsonValueKind.Array ? default
        : (place < 0 ? of.GetArrayLength() + place : place) is var i && i >= 0 && i < of.GetArrayLength() ? of[i] : default;

    /// <summary>The entries of a list; none where it is no list.</summary>
    public static IEnumerable<JsonElement> Entries(this JsonElement of) =>
        of.ValueKind == JsonValueKind.Array ? of.EnumerateArray() : [];

    /// <summary>A list of numbers.</summary>
    public static JsonArray Of(IEnumerable<int> numbers) => new([.. numbers.Select(n => (JsonNode)n)]);
}
