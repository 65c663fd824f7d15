using System.Text.Json;

namespace LocalOpinions.Endpoints;

/// <summary>Reads what a server may or may not say.</summary>
static class JsonReading
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
}
