using System.Globalization;
using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Formats;

/// <summary>Reads responses.csv: one row per person. Groups get the weighted shares and the unweighted number of people.</summary>
static class OpinionQaResponses
{
    public static Dictionary<string, List<DistributionDraft>> Read(
        OpinionQaFiles files, string wave, IReadOnlyList<OpinionQaQuestion> questions, OpinionQaAttributes attributes,
        SurveyBuilder builder, int firstRow, out string weighting)
    {
        var path = Path.Combine(wave, "responses.csv");
        var bytes = files.Read(path);
        var header = CsvTable.Header(bytes, path);
        var weight = header.FirstOrDefault(c => c.StartsWith("WEIGHT", StringComparison.Ordinal));
        weighting = weight is null ? "unweighted" : $"weighted by {weight}";
        (string Key, IReadOnlySet<string>? Values)[] present = [.. attributes.All.Where(a => header.Contains(a.Key))];
        string[] weights = weight is null ? [] : [weight];
        string[] columns = [.. questions.Select(q => q.Key), .. present.Select(a => a.Key), .. weights];

        var tables = questions.Select(q => new OpinionQaTable(q)).ToArray();
        foreach (var row in CsvTable.Read(bytes, path, columns))
        {
            var w = weight is null ? 1 : Weight(row, columns.Length - 1, weight);
            List<string> groups = [OpinionQa.Everybody];
            for (var a = 0; a < present.Length; a++)
            {
                var value = row[questions.Count + a];
                if (value.Length > 0 && (present[a].Values?.Contains(value) ?? !OptionWording.IsRefusal(value)))
                    groups.Add(OpinionQaAttributes.Label(present[a].Key, value));
            }
            for (var q = 0; q < tables.Length; q++)
            {
                // Empty: this person was not asked.
                if (row[q].Length > 0 && !tables[q].Add(row[q], groups, w))
                    builder.NoteForeignAnswer(firstRow + q);
            }
        }
        return tables.ToDictionary(t => t.Question.Key, t => t.Distributions(new(path)));
    }

    static double Weight(TableRow row, int column, string name) =>
        double.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var w) && double.IsFinite(w) && w >= 0
            ? w
            : throw new SurveyException(row.Place.In(name), $"\"{row[column]}\" is no weight", "A weight is a number, 0 or more");
}

/// <summary>The answers to one question by group, while people are counted.</summary>
sealed class OpinionQaTable(OpinionQaQuestion question)
{
    readonly Dictionary<string, int> _options = question.Options.Select((o, i) => (o.Text, i)).DistinctBy(o => o.Text)
        .ToDictionary(o => o.Text, o => o.i);
    readonly OrderedDictionary<string, (double[] Weights, int People)> _groups = [];

    public OpinionQaQuestion Question => question;

    /// <returns>False where the answer is none of the options.</returns>
    public bool Add(string answer, List<string> groups, double weight, int people = 1)
    {
        if (!_options.TryGetValue(answer, out var option))
            return false;
        foreach (var group in groups)
        {
            var (weights, count) = _groups.TryGetValue(group, out var known) ? known : (new double[question.Options.Count], 0);
            weights[option] += weight;
            _groups[group] = (weights, count + people);
        }
        return true;
    }

    public List<DistributionDraft> Distributions(SurveyPlace place) =>
        [.. _groups.Select(g => new DistributionDraft(g.Key, g.Value.Weights, place, g.Value.People > 0 ? g.Value.People : null,
            AreCounts: true))];
}
