using System.Text.Json;
using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Formats;

/// <summary>
/// Reads the counts by group of a wave that comes without its people: NONE_data.json for everybody, POLPARTY_data.json and so on.
/// </summary>
static class OpinionQaCounts
{
    const string Everybody = "NONE";

    public static Dictionary<string, List<DistributionDraft>> Read(
        OpinionQaFiles files, string wave, IReadOnlyList<OpinionQaQuestion> questions, OpinionQaAttributes attributes, out string weighting)
    {
        weighting = "unweighted counts";
        var tables = questions.ToDictionary(q => q.Key, q => new OpinionQaTable(q));
        var found = false;
        foreach (var (key, values) in attributes.All.Prepend((Key: Everybody, Values: null)))
        {
            var path = Path.Combine(wave, $"{key}_data.json");
            if (!File.Exists(path))
                continue;
            found = true;
            try
            {
                using var json = JsonDocument.Parse(files.Read(path));
                Add(json.RootElement, key, values, tables);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                var line = (e as JsonException)?.LineNumber + 1;
                throw new SurveyException(new(path, Line: (int?)line), $"these are no counts by group ({e.Message})",
                    "Take the file as OpinionQA publishes it", e);
            }
        }
        if (!found)
            throw new SurveyException(new(wave), "neither responses.csv nor counts such as POLPARTY_data.json are here",
                "Put the wave's responses.csv beside info.csv");
        return tables.ToDictionary(t => t.Key, t => t.Value.Distributions(new(wave)));
    }

    /// <summary>A question's entry holds its text, its options and one object of counts per group.</summary>
    static void Add(JsonElement root, string key, IReadOnlySet<string>? values, Dictionary<string, OpinionQaTable> tables)
    {
        foreach (var question in root.EnumerateObject())
        {
            if (!tables.TryGetValue(question.Name, out var table))
                continue;
            foreach (var group in question.Value.EnumerateObject().Where(g => g.Value.ValueKind == JsonValueKind.Object))
            {
                var wanted = key == Everybody || (values?.Contains(group.Name) ?? !OptionWording.IsRefusal(group.Name));
                foreach (var count in wanted ? group.Value.EnumerateObject() : default)
                {
                    var label = key == Everybody ? OpinionQa.Everybody : OpinionQaAttributes.Label(key, group.Name);
                    table.Add(count.Name, [label], count.Value.GetDouble(), (int)count.Value.GetDouble());
                }
            }
        }
    }
}
