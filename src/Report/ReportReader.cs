using System.Globalization;
using LocalOpinions.Store;

namespace LocalOpinions.Report;

/// <summary>Reads the views of a results file into the page's records.</summary>
static class ReportReader
{
    // The casts settle every column's .NET type here, whatever the views compute with.
    const string RunQuery = """
        SELECT o.run_id::BIGINT, o.model, o.model_sha256, o.survey, o.survey_sha256, s.notice, o.condition, o.prompted_country,
               o.template, o.template_version, o.ending, o.option_order, o.exact, o.engine_build, o.device,
               strftime(o.started_at, '%Y-%m-%d'), o.status,
               o.questions::BIGINT, o.answered::BIGINT, o.unanswered::BIGINT, o.mean_off_menu::DOUBLE, o.thin_below::BIGINT,
               o.noise_prompts::BIGINT, o.noise_mean_prob::DOUBLE, o.noise_max_prob::DOUBLE, o.noise_mean_similarity::DOUBLE, o.noise_max_similarity::DOUBLE
        FROM run_overview AS o JOIN surveys AS s ON s.sha256 = o.survey_sha256
        ORDER BY o.started_at DESC, o.run_id DESC
        """;

    const string CountryQuery = """
        SELECT run_id::BIGINT, country, iso3, sample_kind <> 'non-national', n::BIGINT,
               similarity_bits::DOUBLE, similarity_nats::DOUBLE, uniform_similarity_bits::DOUBLE, uniform_similarity_nats::DOUBLE
        FROM country_similarity
        ORDER BY run_id, similarity_bits DESC, country
        """;

    public static ReportData Read(ResultsFile results)
    {
        var countries = ReadCountries(results).ToLookup(entry => entry.RunId, entry => entry.Country);
        var runs = new List<ReportRun>();
        var unscored = 0;
        using var query = results.Query(RunQuery);
        foreach (var row in query.Rows)
        {
            var id = (long)row[0]!;
            if (countries.Contains(id))
                runs.Add(ReadRun(id, row, [.. countries[id]]));
            else
                unscored++;
        }
        return new ReportData(runs, unscored);
    }

    static ReportRun ReadRun(long id, object?[] row, IReadOnlyList<ReportCountry> countries) => new(
        id.ToString(CultureInfo.InvariantCulture),
        Model: (string)row[1]!,
        ModelSha256: (string)row[2]!,
        Survey: (string)row[3]!,
        SurveySha256: (string)row[4]!,
        Notice: (string?)row[5],
        Condition: (string)row[6]!,
        PromptedCountry: (string?)row[7],
        Template: (string)row[8]!,
        TemplateVersion: (string)row[9]!,
        Ending: (string)row[10]!,
        OptionOrder: (string)row[11]!,
        Exact: (bool)row[12]!,
        EngineBuild: (string)row[13]!,
        Device: (string)row[14]!,
        Date: (string)row[15]!,
        Status: (string)row[16]!,
        Questions: (long)row[17]!,
        Answered: (long)row[18]!,
        Unanswered: (long)row[19]!,
        OffMenu: (double?)row[20],
        ThinBelow: (long)(row[21] ?? 0L),
        Noise: row[22] is long prompts ? new ReportNoise(prompts, (double)row[23]!, (double)row[24]!, (double?)row[25], (double?)row[26]) : null,
        Countries: countries);

    static IEnumerable<(long RunId, ReportCountry Country)> ReadCountries(ResultsFile results)
    {
        using var query = results.Query(CountryQuery);
        foreach (var row in query.Rows)
        {
            var country = new ReportCountry((string)row[1]!, (string?)row[2], (bool)row[3]!, (long)row[4]!,
                Finite(row, 5), Finite(row, 6), Finite(row, 7), Finite(row, 8));
            yield return ((long)row[0]!, country);
        }
    }

    static double Finite(object?[] row, int column) => row[column] is double value && double.IsFinite(value)
        ? value
        : throw new ReportException($"Run {row[0]} holds a similarity to {row[1]} that is not a number. Run `localopinions score FILE` again.");
}
