using System.Text.Json;

namespace LocalOpinions.Store.Mapping;

/// <summary>What a property's column is called: <c>RunId</c> is <c>run_id</c>.</summary>
static class ColumnName
{
    public static string Of(string property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property);
}
