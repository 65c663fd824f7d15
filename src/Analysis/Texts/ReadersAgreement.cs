using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Analysis.Texts;

/// <summary>How far two readers of a run's texts agree, where each says which option a text gives, or none or several.</summary>
public sealed record ReadersAgreement
{
    /// <summary>"classifier" or "rule".</summary>
    public required string First { get; init; }

    /// <summary>"rule", or the path of a coded sheet.</summary>
    public required string Second { get; init; }

    /// <summary>Texts that both read.</summary>
    public required int Texts { get; init; }

    /// <summary>Their questions.</summary>
    public required int Questions { get; init; }

    /// <summary>The share of texts that both read alike.</summary>
    public required double Agreement { get; init; }

    /// <summary>Cohen's kappa, with the options' places in the survey and "none" as codes (<see cref="CohenKappa"/>).</summary>
    public required double Kappa { get; init; }

    /// <summary>Lower end of its 95 % interval over questions (jackknife, Student's t); NaN where there is none.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double High { get; init; }

    const int NoOption = -1;
    static readonly string[] s_noOption = ["none", "several", "refusal"];

    /// <summary>Tells whether sheets are ones of this file.</summary>
    /// <exception cref="InputException">One is not, or one is given twice.</exception>
    public static void Require(ResultsFile results, IReadOnlyList<string> sheets)
    {
        if (sheets.Count > 0)
            CodingSheet.Read(sheets, WrittenText.Read(results));
    }

    /// <summary>Of the classes that a model gave a run's texts, the rule's reading and people's sheets, every two.</summary>
    /// <param name="results">The file.</param>
    /// <param name="runId">The run.</param>
    /// <param name="classifier">The model that classified.</param>
    /// <param name="sheets">Coded sheets: the words of an option, or none, several or refusal. Texts of other runs are left out.</param>
    /// <exception cref="InputException">A sheet does not fit, or has another code.</exception>
    public static IReadOnlyList<ReadersAgreement> Of(
        ResultsFile results, int runId, TextClassifier classifier, IReadOnlyList<string> sheets)
    {
        var texts = results.Read<StoredReading>(
            $"""
            SELECT {WrittenText.SqlId} AS id, g.source_row, c.option_index AS classified, t.option_index AS ruled
            FROM text_classes AS c JOIN text_readings AS t USING (run_id, source_row, sequence)
                JOIN generations AS g USING (run_id, source_row, sequence) JOIN runs AS r USING (run_id)
            WHERE c.run_id = ? AND c.classifier_sha256 = ? AND c.wording_sha256 = ? ORDER BY g.source_row, g.sequence
            """, runId, classifier.Sha256, classifier.WordingSha256);
        if (texts.Count == 0)
            return [];
        List<ReadersAgreement> all = [Between("classifier", "rule", texts.Select(t => (t, t.Classified, t.Ruled)))];
        var options = sheets.Count == 0 ? null : results.Read<StoredOption>(
            """
            SELECT o.source_row, o.option_index, o.text FROM options AS o JOIN runs AS r USING (survey_id)
            WHERE r.run_id = ? ORDER BY o.option_index
            """, runId).ToLookup(o => o.SourceRow);
        var known = sheets.Count == 0 ? [] : WrittenText.Read(results).ToDictionary(t => t.Id);
        foreach (var sheet in sheets)
        {
            var codes = CodingSheet.Codes(sheet, known);
            var coded = texts.Where(t => codes.ContainsKey(t.Id))
                .Select(t => (Text: t, Code: CodeOf(sheet, t.Id, codes[t.Id], options![t.SourceRow]))).ToList();
            if (coded.Count == 0)
                continue;
            all.Add(Between("classifier", sheet, coded.Select(c => (c.Text, c.Text.Classified, c.Code))));
            all.Add(Between("rule", sheet, coded.Select(c => (c.Text, c.Text.Ruled, c.Code))));
        }
        return all;

        ReadersAgreement Between(string first, string second, IEnumerable<(StoredReading Text, int? First, int? Second)> read)
        {
            var kappa = CohenKappa.Of([.. read.Select(r => (r.Text.SourceRow, r.First ?? NoOption, r.Second ?? NoOption))]);
            var half = kappa.Clusters < 2 ? double.NaN
                : results.ReadValues<double>("SELECT CAST(t_975(?) AS DOUBLE)", kappa.Clusters - 1).Single() * kappa.StandardError;
            return new()
            {
                First = first,
                Second = second,
                Texts = kappa.Units,
                Questions = kappa.Clusters,
                Agreement = kappa.Agreement,
                Kappa = kappa.Kappa,
                Low = kappa.Kappa - half,
                High = kappa.Kappa + half,
            };
        }
    }

    static int? CodeOf(string sheet, string id, string code, IEnumerable<StoredOption> options)
    {
        if (options.FirstOrDefault(o => string.Equals(o.Text.Trim(), code, StringComparison.OrdinalIgnoreCase)) is { } option)
            return option.OptionIndex;
        return s_noOption.Contains(code, StringComparer.OrdinalIgnoreCase) ? null
            : throw new InputException($"{sheet}: the text {id} is coded {code}, which is no option of its question. Code the words of an "
                + $"option, or one of {string.Join(", ", s_noOption)}.");
    }

    sealed record StoredReading(string Id, int SourceRow, int? Classified, int? Ruled);

    sealed record StoredOption(int SourceRow, int OptionIndex, string Text);
}
