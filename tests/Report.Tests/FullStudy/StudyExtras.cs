using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests.FullStudy;

/// <summary>
/// What scoring and looking store besides similarities. The figures are rough (normal intervals): the page computes none of them, it shows
/// what the file holds.
/// </summary>
static class StudyExtras
{
    static readonly string[] s_statements =
    [
        """
        INSERT INTO country_intervals BY NAME
        WITH means AS (
            SELECT run_id, country_id, count(*) AS n, avg(similarity_bits) AS bits,
                2 * stddev_samp(similarity_bits) / sqrt(count(*)) AS reach,
                   any_value(sample_kind) <> 'non-national' AND count(*) >= any_value(thin_below) AS ranked
            FROM similarities_long JOIN thin_limits USING (run_id) GROUP BY run_id, country_id)
        SELECT m.run_id, m.country_id, m.n, (m.n + 2) // 3 AS families, m.bits - m.reach AS low_bits, m.bits + m.reach AS high_bits,
            m.bits - m.reach AS bca_low_bits, m.bits + m.reach AS bca_high_bits,
               CASE WHEN m.ranked THEN 1 + count(*) FILTER (WHERE o.ranked AND o.bits > m.bits) END AS rank,
               CASE WHEN m.ranked THEN 1 + count(*) FILTER (WHERE o.ranked AND o.bits - o.reach / 2 > m.bits + m.reach / 2) END AS rank_low,
               CASE WHEN m.ranked THEN greatest(1, count(*) FILTER (WHERE o.ranked
                   AND o.bits + o.reach / 2 > m.bits - m.reach / 2)) END AS rank_high, 1000 AS resamples
        FROM means AS m JOIN means AS o ON o.run_id = m.run_id
        GROUP BY m.run_id, m.country_id, m.n, m.bits, m.reach, m.ranked
        """,
        """
        INSERT INTO country_adjusted BY NAME
        WITH means AS (
            SELECT run_id, country_id, count(*) AS n, avg(similarity_bits) AS bits, avg(uniform_similarity_bits) AS uniform,
                2 * stddev_samp(similarity_bits) / sqrt(count(*)) AS reach, count(*) >= any_value(thin_below) AS ranked
            FROM similarities_long JOIN thin_limits USING (run_id) WHERE sample_kind <> 'non-national' GROUP BY run_id, country_id),
        beyond AS (SELECT *, bits - uniform AS beyond FROM means)
        SELECT m.run_id, m.country_id, m.n, (m.n + 2) // 3 AS families, m.bits AS adjusted_bits, m.bits - m.reach AS low_bits,
            m.bits + m.reach AS high_bits, m.uniform AS uniform_adjusted_bits, m.beyond AS beyond_bits,
            m.beyond - m.reach AS beyond_low_bits, m.beyond + m.reach AS beyond_high_bits,
            CASE WHEN m.ranked THEN exp(-2 * pow(m.beyond / m.reach, 2)) END AS p,
            CASE WHEN m.ranked THEN least(1, 30 * exp(-2 * pow(m.beyond / m.reach, 2))) END AS p_holm,
            CASE WHEN m.ranked THEN 1 + count(*) FILTER (WHERE o.ranked AND o.beyond > m.beyond) END AS rank,
            CASE WHEN m.ranked THEN 1 + count(*) FILTER (WHERE o.ranked
                AND o.beyond - o.reach / 2 > m.beyond + m.reach / 2) END AS rank_low,
            CASE WHEN m.ranked THEN greatest(1, count(*) FILTER (WHERE o.ranked
                AND o.beyond + o.reach / 2 > m.beyond - m.reach / 2)) END AS rank_high, 1000 AS resamples
        FROM beyond AS m JOIN beyond AS o ON o.run_id = m.run_id
        GROUP BY m.run_id, m.country_id, m.n, m.bits, m.uniform, m.beyond, m.reach, m.ranked
        """,
        """
        INSERT INTO country_lines BY NAME
        WITH pairs AS (
            SELECT h.survey_id, h.country_id, o.country_id AS other_id, count(*) AS n, avg(similarity_bits(h.probabilities,
                o.probabilities)) AS bits, avg(1 - sqrt(h.uniform_js_bits)) AS uniform
            FROM human_distributions AS h JOIN human_distributions AS o ON o.survey_id = h.survey_id AND o.source_row = h.source_row
                AND o.country_id <> h.country_id
            JOIN countries AS c ON c.country_id = h.country_id JOIN countries AS d ON d.country_id = o.country_id
            WHERE d.sample_kind <> 'non-national' AND d.iso3 IS DISTINCT FROM c.iso3
            GROUP BY ALL),
        lines AS (
            SELECT survey_id, country_id, sum(n * bits) / sum(n) AS average_other, arg_max(other_id,
                bits) FILTER (WHERE n >= 5) AS nearest_id, max(bits) FILTER (WHERE n >= 5) AS nearest,
                   arg_max(n, bits) FILTER (WHERE n >= 5) AS nearest_n, arg_max(uniform, bits) FILTER (WHERE n >= 5) AS uniform,
                   arg_min(other_id, bits) FILTER (WHERE n >= 5) AS farthest_id, min(bits) FILTER (WHERE n >= 5) AS farthest, arg_min(n,
                       bits) FILTER (WHERE n >= 5) AS farthest_n
            FROM pairs GROUP BY ALL)
        SELECT r.run_id, l.country_id, 50 AS others_n, l.average_other + 0.04 AS world_mean_bits, l.average_other AS average_other_bits,
            l.nearest_id, l.nearest_n, l.nearest AS nearest_bits,
               (SELECT avg(s.similarity_bits) FROM similarities_long AS s
                   WHERE s.run_id = r.run_id AND s.country_id = l.country_id) AS nearest_model_bits, l.uniform AS nearest_uniform_bits,
               l.farthest_id, l.farthest_n, l.farthest AS farthest_bits
        FROM runs AS r JOIN lines AS l ON l.survey_id = r.survey_id
        """,
        """
        INSERT INTO paired_differences BY NAME
        WITH both_runs AS (
            SELECT a.run_id, b.run_id AS other_run_id, 'conditions' AS comparison FROM runs AS a
                JOIN runs AS b ON b.model_id = a.model_id AND b.run_id <> a.run_id
            WHERE b.condition = 'default' AND b.option_order = 'faithful' AND b.control = 'none'
            UNION ALL
            SELECT a.run_id, b.run_id, 'models' FROM runs AS a JOIN runs AS b ON b.model_id > a.model_id AND b.condition = a.condition
                AND b.option_order = a.option_order
                AND b.prompted_country IS NOT DISTINCT FROM a.prompted_country AND b.language IS NOT DISTINCT
                    FROM a.language AND b.control = a.control),
        means AS (
            SELECT p.run_id, p.other_run_id, p.comparison, a.country_id, count(*) AS n,
                avg(sqrt(b.js_bits) - sqrt(a.js_bits)) AS difference,
                2 * stddev_samp(sqrt(b.js_bits) - sqrt(a.js_bits)) / sqrt(count(*)) AS reach
            FROM both_runs AS p JOIN similarities AS a ON a.run_id = p.run_id
            JOIN similarities AS b ON b.run_id = p.other_run_id AND b.source_row = a.source_row AND b.country_id = a.country_id
            GROUP BY GROUPING SETS ((p.run_id, p.other_run_id, p.comparison, a.country_id), (p.run_id, p.other_run_id, p.comparison)))
        SELECT run_id, other_run_id, comparison, country_id, n, (n + 2) // 3 AS families, difference AS difference_bits,
            difference - reach AS low_bits, difference + reach AS high_bits,
               exp(-2 * pow(difference / reach, 2)) AS p, least(1, 30 * exp(-2 * pow(difference / reach, 2))) AS p_holm, 1000 AS resamples
        FROM means WHERE n > 1 AND reach > 0
        """,
        """
        INSERT INTO group_intervals BY NAME
        WITH labelled AS (
            SELECT s.run_id, s.source_row, s.country_id, s.similarity_bits AS bits, s.uniform_similarity_bits AS uniform,
                'region' AS grouping, s.region AS name FROM similarities_long AS s WHERE s.sample_kind <> 'non-national'
            UNION ALL
            SELECT s.run_id, s.source_row, s.country_id, s.similarity_bits, s.uniform_similarity_bits, 'topic', t.topic
            FROM similarities_long AS s JOIN runs AS r ON r.run_id = s.run_id
                JOIN question_topics AS t ON t.survey_id = r.survey_id AND t.source_row = s.source_row WHERE s.sample_kind <> 'non-national'
            UNION ALL
            SELECT s.run_id, s.source_row, s.country_id, s.similarity_bits, s.uniform_similarity_bits, 'source', q.source
            FROM similarities_long AS s JOIN runs AS r ON r.run_id = s.run_id
                JOIN questions AS q ON q.survey_id = r.survey_id AND q.source_row = s.source_row WHERE s.sample_kind <> 'non-national')
        SELECT run_id, grouping, name, count(DISTINCT source_row) AS n, count(DISTINCT source_row) AS families,
            count(DISTINCT country_id) AS countries, avg(bits) AS mean_bits, avg(uniform) AS uniform_mean_bits,
            avg(bits) - 0.01 AS low_bits, avg(bits) + 0.01 AS high_bits, avg(bits) - 0.01 AS bca_low_bits,
            avg(bits) + 0.01 AS bca_high_bits, 1000 AS resamples
        FROM labelled WHERE name IS NOT NULL GROUP BY ALL
        """,
        """
        INSERT INTO generations BY NAME
        SELECT r.run_id, q.source_row, s.sequence, 42 + s.sequence AS seed, 0.7 AS temperature, 0.95 AS top_p,
            'Human: ' || q.text AS prompt,
            'I would say that ' || lower(o.text) || ', because that is what I was made to say.' AS text,
            CASE WHEN s.sequence = 0 THEN 'stop' ELSE 'length' END AS finish,
            CASE s.sequence WHEN 0 THEN true WHEN 1 THEN false END AS agrees
        FROM runs AS r JOIN questions AS q ON q.survey_id = r.survey_id AND q.source_row IN (1, 4)
            CROSS JOIN (SELECT unnest([0, 1, 2])::INTEGER AS sequence) AS s
            JOIN options AS o ON o.survey_id = q.survey_id AND o.source_row = q.source_row AND o.option_index = s.sequence % 2
        """,
    ];

    public static void Add(ResultsFile file)
    {
        foreach (var statement in s_statements.Concat(StudyFound.Statements))
            file.Query(statement).Dispose();
    }
}
