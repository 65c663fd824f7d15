-- After SynthBench's subgroup consistency (1 less the coefficient of variation over groups) and SimBench's strata of people's entropy.
CREATE VIEW evenness AS
SELECT r.model, r.condition, r.prompted_country, e.measure, CAST(e.countries AS BIGINT) AS countries, e.mean, e.sd, 1 - e.sd / e.mean AS evenness,
       1 - e.sd / e.mean - t_975(e.families - 1) * e.standard_error AS low, 1 - e.sd / e.mean + t_975(e.families - 1) * e.standard_error AS high,
       1 - e.uniform_sd / e.uniform_mean AS uniform_evenness, CAST(e.families AS BIGINT) AS families,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, e.run_id
FROM run_evenness AS e
JOIN run_labels AS r ON r.run_id = e.run_id;
COMMENT ON VIEW evenness IS 'Whether a run is as near to all countries: one row per run and measure, over its ranked national samples, after what each question does to everybody is taken out. Samples of people and of questions make countries differ too, so that nobody reaches 1.';
COMMENT ON COLUMN evenness.measure IS 'The measure, see nearness_long.';
COMMENT ON COLUMN evenness.countries IS 'Ranked national samples.';
COMMENT ON COLUMN evenness.mean IS 'Mean over these countries of their nearness.';
COMMENT ON COLUMN evenness.sd IS 'Its standard deviation over them.';
COMMENT ON COLUMN evenness.evenness IS '1 - sd / mean: 1 where the run is as near to all of them.';
COMMENT ON COLUMN evenness.low IS 'Lower end of its 95 % interval, by the delta method over item families.';
COMMENT ON COLUMN evenness.high IS 'Upper end of that interval.';
COMMENT ON COLUMN evenness.uniform_evenness IS 'The same for an answerer who finds every option equally likely.';
COMMENT ON COLUMN evenness.families IS 'Item families of the questions.';
COMMENT ON COLUMN evenness.run_id IS 'The run.';

CREATE VIEW entropy_strata AS
WITH
    strata AS (
        SELECT survey_id, source_row, country_id, entropy_fifth(probabilities) AS stratum FROM human_distributions),
    families AS (
        SELECT n.run_id, n.measure, s.stratum, n.family, count(*) AS pairs, sum(n.nearness) AS nearness, sum(1 - n.nearness) AS distance,
               sum(1 - n.uniform_nearness) AS uniform_distance
        FROM nearness_long AS n
        JOIN runs AS r ON r.run_id = n.run_id
        JOIN strata AS s ON s.survey_id = r.survey_id AND s.source_row = n.source_row AND s.country_id = n.country_id
        WHERE n.sample_kind <> 'non-national'
        GROUP BY GROUPING SETS ((n.run_id, n.measure, s.stratum, n.family), (n.run_id, n.measure, n.family))),
    means AS (
        SELECT run_id, measure, stratum, CAST(sum(pairs) AS BIGINT) AS pairs, count(*) AS families, sum(nearness) / sum(pairs) AS nearness,
               family_half_width(nearness, pairs) AS half_width, 1 - sum(uniform_distance) / sum(pairs) AS uniform_nearness,
               1 - sum(distance) / nullif(sum(uniform_distance), 0) AS skill,
               CASE WHEN sum(uniform_distance) > 0 THEN family_half_width(distance, uniform_distance) END AS skill_half_width
        FROM families GROUP BY ALL)
SELECT r.model, r.condition, r.prompted_country, m.measure, m.stratum / 5 AS entropy_from, (m.stratum + 1) / 5 AS entropy_to, m.pairs, m.families,
       m.nearness, from_0_to_1(m.nearness - m.half_width) AS low, from_0_to_1(m.nearness + m.half_width) AS high, m.uniform_nearness,
       m.skill, m.skill - m.skill_half_width AS skill_low, m.skill + m.skill_half_width AS skill_high,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, m.run_id
FROM means AS m
JOIN run_labels AS r ON r.run_id = m.run_id;
COMMENT ON VIEW entropy_strata IS 'How near a run is where people agree and where they do not: one row per run, measure and fifth of the scale of people''s normalised entropy, and one for all, over the pairs of question and national sample. SimBench''s score is 100 * skill with measure = ''total_variation''.';
COMMENT ON COLUMN entropy_strata.measure IS 'The measure, see nearness_long.';
COMMENT ON COLUMN entropy_strata.entropy_from IS 'People''s normalised entropy, entropy_norm(probabilities), from here: 0 is all of one mind, 1 evenly spread; NULL for all pairs.';
COMMENT ON COLUMN entropy_strata.entropy_to IS 'To below here; 1 is in the last. NULL for all pairs.';
COMMENT ON COLUMN entropy_strata.pairs IS 'Pairs of question and country.';
COMMENT ON COLUMN entropy_strata.families IS 'Item families of the questions.';
COMMENT ON COLUMN entropy_strata.nearness IS 'Mean nearness over these pairs.';
COMMENT ON COLUMN entropy_strata.low IS 'Lower end of its 95 % interval by the cluster-robust t test; NULL where there are fewer than two item families.';
COMMENT ON COLUMN entropy_strata.high IS 'Upper end of that interval.';
COMMENT ON COLUMN entropy_strata.uniform_nearness IS 'The same mean for an answerer who finds every option equally likely.';
COMMENT ON COLUMN entropy_strata.skill IS '1 - (mean distance) / (the uniform answerer''s mean distance), with distance = 1 - nearness: 1 is perfect, 0 no nearer than the uniform answerer, below 0 farther.';
COMMENT ON COLUMN entropy_strata.skill_low IS 'Lower end of its 95 % interval, of a ratio, by the same test.';
COMMENT ON COLUMN entropy_strata.skill_high IS 'Upper end of that interval.';
COMMENT ON COLUMN entropy_strata.run_id IS 'The run.';

CREATE MACRO stratum_differences(one_run, other_run) AS TABLE
WITH
    pairs AS (
        SELECT n.measure, entropy_fifth(h.probabilities) AS stratum, n.family, n.nearness, o.nearness AS other_nearness
        FROM nearness_long AS n
        JOIN nearness_long AS o ON o.measure = n.measure AND o.source_row = n.source_row AND o.country_id = n.country_id
        JOIN runs AS r ON r.run_id = one_run
        JOIN human_distributions AS h ON h.survey_id = r.survey_id AND h.source_row = n.source_row AND h.country_id = n.country_id
        WHERE n.run_id = one_run AND o.run_id = other_run AND n.sample_kind <> 'non-national'),
    families AS (
        SELECT measure, stratum, family, count(*) AS pairs, sum(nearness) AS nearness, sum(other_nearness) AS other_nearness
        FROM pairs GROUP BY GROUPING SETS ((measure, stratum, family), (measure, family))),
    means AS (
        SELECT measure, stratum, CAST(sum(pairs) AS BIGINT) AS pairs, count(*) AS families, sum(nearness) / sum(pairs) AS nearness,
               sum(other_nearness) / sum(pairs) AS other_nearness, family_half_width(nearness - other_nearness, pairs) AS half_width
        FROM families GROUP BY measure, stratum)
SELECT measure, stratum / 5 AS entropy_from, (stratum + 1) / 5 AS entropy_to, pairs, families, nearness, other_nearness, nearness - other_nearness AS difference,
       nearness - other_nearness - half_width AS low, nearness - other_nearness + half_width AS high
FROM means;
COMMENT ON MACRO TABLE stratum_differences IS 'stratum_differences(one_run, other_run): a table, FROM stratum_differences(2, 1), of how much nearer the first run is to people than the second, on the same pairs of question and national sample: by measure and by fifth of people''s normalised entropy (entropy_from NULL: all), with the 95 % interval of the cluster-robust t test. For a tuned model and its base it shows whether tuning helped where people agree and harmed where they do not.';
