using System.Globalization;
using System.Text;
using System.Text.Json;
using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.Texts;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Store.Schema;
using LocalOpinions.Study.Findings;

namespace LocalOpinions.Study;

/// <summary>
/// One page about a study: what was asked and how, what was found, every convention and caveat with its numbers. Made from the results file
/// alone.
/// </summary>
public static class StudyCard
{
    /// <summary>Writes the page.</summary>
    /// <param name="results">The file.</param>
    /// <param name="study">The study's number in it; null for the last one.</param>
    /// <returns>Markdown.</returns>
    /// <exception cref="InputException">The file holds no such study.</exception>
    public static string Of(ResultsFile results, int? study)
    {
        var found = Find(results, study);
        var id = found.StudyId;
        var findings = Findings(results, id);
        if (findings.Count == 0)
            throw new InputException($"{results.FullPath} does not hold what study {id} found: it was merged in without it, or its "
                + "runs have gained answers since.", Remedy.RepeatStudy, results.FullPath);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# Study {id} of {Path.GetFileName(results.FullPath)}\n\nBegun "
            + $"{found.StartedAt:yyyy-MM-dd} with LocalOpinions {found.ToolVersion}.\n\n## What was asked\n\n");
        Runs(results, id, page);
        page.Append("\n## What was found\n");
        foreach (var model in findings.Where(f => f.Model is not null).GroupBy(f => f.Model))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {Cell(model.Key!)}\n\n");
            foreach (var line in StudySentences.Of([.. model.Select(f => f.Row)]))
                page.Append(CultureInfo.InvariantCulture, $"{(line.StartsWith(' ') ? "  " : "")}- {Cell(line.Trim())}\n");
            Table(page, model.Select(f => f.Row).Where(f => f.Topic is not CountFindings.Topic));
        }
        page.Append("\n## Counts\n\n| model | part | about | what | count | note |\n|---|---|---|---|--:|---|\n");
        foreach (var (model, row) in findings.Where(f => f.Row.Topic == CountFindings.Topic && f.Row.Value > 0))
            page.Append(CultureInfo.InvariantCulture, $"| {Cell(model!)} | {Cell(row.Part)} | {Cell(row.Subject ?? "")} | "
                + $"{Cell(row.Measure)} | {row.Value:N0} | {Cell(row.Note ?? "")} |\n");
        page.Append("\n## Controls of the scoring path\n\n");
        foreach (var (_, row) in findings.Where(f => f.Model is null))
            page.Append(CultureInfo.InvariantCulture, $"- {row.Part}{(row.Subject is null ? "" : $" ({Cell(row.Subject)})")}: "
                + $"{row.Measure} {row.Value:R} on {row.N:N0} questions, {row.Note}\n");
        Conventions(results, id, page);
        page.Append("\n## The declaration\n\n```json\n").Append(Pretty(found.Declaration)).Append("\n```\n");
        return page.ToString();
    }

    static StoredStudy Find(ResultsFile results, int? study) => results.Read<StoredStudy>(
        """
        SELECT study_id, declaration, started_at, tool_version FROM studies WHERE study_id = coalesce(?, study_id)
        ORDER BY study_id DESC LIMIT 1
        """, study).SingleOrDefault()
        ?? throw (study is null
            ? new InputException($"{results.FullPath} holds no study.", Remedy.MakeStudy, results.FullPath)
            : new InputException($"{results.FullPath} holds no study {study}.", Remedy.ListStudies, results.FullPath));

    static List<(string? Model, FindingRow Row)> Findings(ResultsFile results, int id) =>
        [.. results.Read<StoredFinding>(
            $"""
            SELECT m.model, f.model_id, f.topic, f.part, f.subject, f.measure, f.n, f.families, f.value, f.low, f.high, f.p,
                f.p_holm, f.verdict, f.note
            FROM study_findings AS f LEFT JOIN ({ModelLabels.Query}) AS m USING (model_id) WHERE f.study_id = ? ORDER BY f.finding_index
            """, id).Select(f => (f.Model, f.ToRow()))];

    static void Runs(ResultsFile results, int id, StringBuilder page)
    {
        var parts = results.Read<StoredPart>(
            $"""
            SELECT m.model, any_value(m.sha256) AS model_sha256, p.part,
                any_value(CASE o.origin WHEN 'import' THEN o.template ELSE o.template || ', ' || o.ending END) AS wording,
                any_value(o.option_order) AS option_order, count(*) AS runs, any_value(o.answered) AS answered,
                avg(o.mean_off_menu) AS off_menu, max(o.noise_max_similarity) AS noise,
                any_value(CASE o.origin WHEN 'import' THEN 'its answers were imported'
                    ELSE o.engine_build || ', ' || o.device END) AS machine
            FROM study_runs AS p JOIN run_overview AS o USING (run_id) JOIN runs AS r USING (run_id)
                JOIN ({ModelLabels.Query}) AS m USING (model_id)
            WHERE p.study_id = ? GROUP BY m.model, p.part ORDER BY min(p.run_id)
            """, id);
        page.Append("| model | part | template, ending | orders | runs | questions | off-menu mass | noise floor "
            + "|\n|---|---|---|---|--:|--:|--:|--:|\n");
        HashSet<string> models = [];
        foreach (var p in parts)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {Cell(p.Model)} | {Cell(p.Part)} | {Cell(p.Wording)} | {Cell(p.OptionOrder)} | "
                + $"{p.Runs} | {p.Answered:N0} | {p.OffMenu:P1} | {p.Noise?.ToString("F4", CultureInfo.InvariantCulture) ?? "-"} |\n");
            models.Add($"{Cell(p.Model)}: SHA-256 `{p.ModelSha256}`, {p.Machine}");
        }
        page.Append("\nNoise floor: the most that the arithmetic moves the similarity of one question and country.\n\n");
        foreach (var model in models)
            page.Append(CultureInfo.InvariantCulture, $"- {model}\n");
        foreach (var s in results.Read<StoredSurvey>("SELECT DISTINCT s.name, s.sha256, s.notice FROM study_runs JOIN runs USING (run_id) "
            + "JOIN surveys AS s USING (survey_id) WHERE study_id = ?", id))
            page.Append(
                CultureInfo.InvariantCulture,
                $"- Survey {Cell(s.Name)}: SHA-256 `{s.Sha256}`{(s.Notice is null ? "" : $". {Cell(s.Notice)}")}\n");
    }

    static void Table(StringBuilder page, IEnumerable<FindingRow> findings)
    {
        page.Append("\n| topic | part | about | measure | n | value | 95 % | p (Holm) | verdict | note "
            + "|\n|---|---|---|---|--:|--:|---|--:|---|---|\n");
        foreach (var f in findings)
            page.Append(CultureInfo.InvariantCulture, $"| {f.Topic} | {Cell(f.Part)} | {Cell(f.Subject ?? "")} | {Cell(f.Measure)} | "
                + $"{f.N:N0} | {FindingText.Number(f.Value)} | {FindingText.Interval(f)} | "
                + $"{(double.IsNaN(f.PHolm) ? "" : f.PHolm.ToString("F4", CultureInfo.InvariantCulture))} | {f.Verdict} | "
                + $"{Cell(f.Note ?? "")} |\n");
    }

    static void Conventions(ResultsFile results, int id, StringBuilder page)
    {
        var u = results.Read<UniformMeans>(
            """
            SELECT avg(1 - sqrt(greatest(h.uniform_js_bits, 0))) AS bits, avg(1 - sqrt(greatest(h.uniform_js_bits, 0) * ln(2))) AS nats,
                count(*) AS pairs, count(DISTINCT h.source_row) AS questions, count(DISTINCT h.country_id) AS countries
            FROM human_distributions AS h WHERE survey_id IN (SELECT survey_id FROM study_runs JOIN runs USING (run_id) WHERE study_id = ?)
            """, id).Single();
        page.Append(CultureInfo.InvariantCulture, $"""

            ## Conventions and caveats

            - **Similarity** is 1 - sqrt(JSD), the divergence in bits: 0 = nothing in common, 1 = equal. With natural logarithms, as most
              published numbers have it, the same divergence gives 1 - sqrt(JSD ln 2). A *uniform answerer*, who knows nothing, has
              {u.Bits:F3} in bits and {u.Nats:F3} in nats, the mean over the {u.Pairs:N0} pairs of {u.Questions:N0} questions and
              {u.Countries:N0} country labels with data: read every similarity against it.
            - **Answers** are next-token probabilities of option labels, renormalised over the labels; the table above shows how much lies
              outside (off-menu mass). What a model would write may differ: let it write, and compare.
            - **Intervals** (95 %, percentile) come from a bootstrap that draws whole item families of questions. They say what another
              choice of questions would change. They do not hold the sampling of respondents (the survey file has no sample sizes), of
              prompts or of templates; the spread over templates stands beside them.
            - **Tests** are two-sided, Holm-corrected within a measure. Below {Verdict.FewestQuestions} questions nothing is concluded.
            - **Own change** is measured against the same template's default condition. **Own beyond others** compares different countries,
              and is 0 for a model that ignores the name only if they are equally far from it; the **wrong-country difference** compares
              prompts that name countries, at equal sharpness, on the people named and on all others, and is the one to rely on. It does not
              rule out a name that draws answers to the world's average more than other names do.
            - **Nearest** goes by adjusted similarity beyond the uniform answerer: as if every country had been asked every question. Plain
              means, as published, depend on which questions those were. Samples that are not national are not ranked.
            - **Off the options**: a part whose mean off-menu mass is above the declaration's most_off_menu (one half where it has none) is
              measured and not judged.
            - **Don't-know options** count as answers like any other. Surveys are years old.
            - A high similarity says that distributions of answers look alike, and nothing about why. Entropy alone makes some countries
              near: see the findings on entropy.

            """);
    }

    static string Pretty(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json), StudyFile.Readable);

    // Text from files: it must end no cell and open no markup.
    static string Cell(string text) => PlainText.Clean(text).ReplaceLineEndings(" ").Replace("|", "\\|").Replace("<", "&lt;")
        .Replace("`", "'");

    sealed record StoredStudy(int StudyId, string Declaration, DateTime StartedAt, string ToolVersion);

    sealed record StoredSurvey(string Name, string Sha256, string? Notice);

    sealed record UniformMeans(double Bits, double Nats, long Pairs, long Questions, long Countries);

    sealed record StoredPart
    {
        public required string Model { get; init; }

        public required string ModelSha256 { get; init; }

        public required string Part { get; init; }

        public required string Wording { get; init; }

        public required string OptionOrder { get; init; }

        public required long Runs { get; init; }

        public required long Answered { get; init; }

        public required double? OffMenu { get; init; }

        public required double? Noise { get; init; }

        public required string Machine { get; init; }
    }

    sealed record StoredFinding
    {
        public required string? Model { get; init; }

        public required int? ModelId { get; init; }

        public required string Topic { get; init; }

        public required string Part { get; init; }

        public required string? Subject { get; init; }

        public required string Measure { get; init; }

        public required int N { get; init; }

        public required int? Families { get; init; }

        public required double Value { get; init; }

        public required double Low { get; init; }

        public required double High { get; init; }

        public required double P { get; init; }

        public required double PHolm { get; init; }

        public required string? Verdict { get; init; }

        public required string? Note { get; init; }

        public FindingRow ToRow() => new(ModelId, Topic, Part, Subject, Measure, N, Value)
        {
            Families = Families,
            Low = Low,
            High = High,
            P = P,
            PHolm = PHolm,
            Verdict = Verdict,
            Note = Note,
        };
    }
}
