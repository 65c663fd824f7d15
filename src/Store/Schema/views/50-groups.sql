-- The means are stored because a mean of means over half a million pairs takes longer than a reader should wait.
CREATE VIEW region_similarity AS
SELECT r.model, r.condition, r.prompted_country, g.name AS region, g.n, g.countries,
       g.mean_bits AS similarity_bits, nats_of_bits(g.mean_bits) AS similarity_nats,
       g.uniform_mean_bits AS uniform_similarity_bits, nats_of_bits(g.uniform_mean_bits) AS uniform_similarity_nats,
       g.low_bits AS low, g.high_bits AS high, g.bca_low_bits AS bca_low, g.bca_high_bits AS bca_high, g.families,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, g.run_id
FROM group_intervals AS g
JOIN run_labels AS r ON r.run_id = g.run_id
WHERE g.grouping = 'region';
COMMENT ON VIEW region_similarity IS 'One row per run and region of the UN M49 list. Samples that are not national are left out.';
COMMENT ON COLUMN region_similarity.region IS 'The region.';
COMMENT ON COLUMN region_similarity.n IS 'Questions.';
COMMENT ON COLUMN region_similarity.countries IS 'Country labels that answered any of them.';
COMMENT ON COLUMN region_similarity.similarity_bits IS 'Mean over the questions of the mean similarity over these countries. Each question counts once, however many countries were asked.';
COMMENT ON COLUMN region_similarity.similarity_nats IS 'The same on the scale of similarity_nats.';
COMMENT ON COLUMN region_similarity.uniform_similarity_bits IS 'The same mean, in bits, for a uniform answerer.';
COMMENT ON COLUMN region_similarity.uniform_similarity_nats IS 'The same mean, in nats, for a uniform answerer.';
COMMENT ON COLUMN region_similarity.low IS 'Lower end of the 95 % percentile interval of similarity_bits; NULL where it was not computed or there are fewer than two item families.';
COMMENT ON COLUMN region_similarity.high IS 'Upper end of that interval.';
COMMENT ON COLUMN region_similarity.bca_low IS 'Lower end of the 95 % bias-corrected and accelerated interval.';
COMMENT ON COLUMN region_similarity.bca_high IS 'Upper end of that interval.';
COMMENT ON COLUMN region_similarity.families IS 'Item families of the questions.';
COMMENT ON COLUMN region_similarity.run_id IS 'The run.';

CREATE VIEW topic_similarity AS
SELECT r.model, r.condition, r.prompted_country, g.name AS topic, g.n, g.countries,
       g.mean_bits AS similarity_bits, nats_of_bits(g.mean_bits) AS similarity_nats,
       g.uniform_mean_bits AS uniform_similarity_bits, nats_of_bits(g.uniform_mean_bits) AS uniform_similarity_nats,
       g.low_bits AS low, g.high_bits AS high, g.bca_low_bits AS bca_low, g.bca_high_bits AS bca_high, g.families,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, g.run_id
FROM group_intervals AS g
JOIN run_labels AS r ON r.run_id = g.run_id
WHERE g.grouping = 'topic';
COMMENT ON VIEW topic_similarity IS 'One row per run and topic (question_topics). Samples that are not national are left out.';
COMMENT ON COLUMN topic_similarity.topic IS 'The topic; other where no keyword fits.';
COMMENT ON COLUMN topic_similarity.n IS 'Questions.';
COMMENT ON COLUMN topic_similarity.countries IS 'Country labels that answered any of them.';
COMMENT ON COLUMN topic_similarity.similarity_bits IS 'Mean over the questions of the mean similarity over these countries. Each question counts once, however many countries were asked.';
COMMENT ON COLUMN topic_similarity.similarity_nats IS 'The same on the scale of similarity_nats.';
COMMENT ON COLUMN topic_similarity.uniform_similarity_bits IS 'The same mean, in bits, for a uniform answerer.';
COMMENT ON COLUMN topic_similarity.uniform_similarity_nats IS 'The same mean, in nats, for a uniform answerer.';
COMMENT ON COLUMN topic_similarity.low IS 'Lower end of the 95 % percentile interval of similarity_bits; NULL where it was not computed or there are fewer than two item families.';
COMMENT ON COLUMN topic_similarity.high IS 'Upper end of that interval.';
COMMENT ON COLUMN topic_similarity.bca_low IS 'Lower end of the 95 % bias-corrected and accelerated interval.';
COMMENT ON COLUMN topic_similarity.bca_high IS 'Upper end of that interval.';
COMMENT ON COLUMN topic_similarity.families IS 'Item families of the questions.';
COMMENT ON COLUMN topic_similarity.run_id IS 'The run.';

CREATE VIEW source_similarity AS
SELECT r.model, r.condition, r.prompted_country, g.name AS source, g.n, g.countries,
       g.mean_bits AS similarity_bits, nats_of_bits(g.mean_bits) AS similarity_nats,
       g.uniform_mean_bits AS uniform_similarity_bits, nats_of_bits(g.uniform_mean_bits) AS uniform_similarity_nats,
       g.low_bits AS low, g.high_bits AS high, g.bca_low_bits AS bca_low, g.bca_high_bits AS bca_high, g.families,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, g.run_id
FROM group_intervals AS g
JOIN run_labels AS r ON r.run_id = g.run_id
WHERE g.grouping = 'source';
COMMENT ON VIEW source_similarity IS 'One row per run and study that questions come from. Samples that are not national are left out.';
COMMENT ON COLUMN source_similarity.source IS 'The study.';
COMMENT ON COLUMN source_similarity.n IS 'Questions.';
COMMENT ON COLUMN source_similarity.countries IS 'Country labels that answered any of them.';
COMMENT ON COLUMN source_similarity.similarity_bits IS 'Mean over the questions of the mean similarity over these countries. Each question counts once, however many countries were asked.';
COMMENT ON COLUMN source_similarity.similarity_nats IS 'The same on the scale of similarity_nats.';
COMMENT ON COLUMN source_similarity.uniform_similarity_bits IS 'The same mean, in bits, for a uniform answerer.';
COMMENT ON COLUMN source_similarity.uniform_similarity_nats IS 'The same mean, in nats, for a uniform answerer.';
COMMENT ON COLUMN source_similarity.low IS 'Lower end of the 95 % percentile interval of similarity_bits; NULL where it was not computed or there are fewer than two item families.';
COMMENT ON COLUMN source_similarity.high IS 'Upper end of that interval.';
COMMENT ON COLUMN source_similarity.bca_low IS 'Lower end of the 95 % bias-corrected and accelerated interval.';
COMMENT ON COLUMN source_similarity.bca_high IS 'Upper end of that interval.';
COMMENT ON COLUMN source_similarity.families IS 'Item families of the questions.';
COMMENT ON COLUMN source_similarity.run_id IS 'The run.';

CREATE VIEW topic_country_similarity AS
WITH
    families AS (
        SELECT s.run_id, t.topic, s.country_id, f.family, count(*) AS n, sum(1 - sqrt(greatest(s.js_bits, 0))) AS bits,
               sum(1 - sqrt(greatest(h.uniform_js_bits, 0))) AS uniform_bits
        FROM similarities AS s
        JOIN runs AS r ON r.run_id = s.run_id
        JOIN human_distributions AS h ON h.survey_id = r.survey_id AND h.source_row = s.source_row AND h.country_id = s.country_id
        JOIN question_topics AS t ON t.survey_id = r.survey_id AND t.source_row = s.source_row
        JOIN question_families AS f ON f.survey_id = r.survey_id AND f.source_row = s.source_row
        GROUP BY s.run_id, t.topic, s.country_id, f.family),
    means AS (
        SELECT run_id, topic, country_id, CAST(sum(n) AS BIGINT) AS n, sum(bits) / sum(n) AS bits, sum(uniform_bits) / sum(n) AS uniform_bits,
               family_half_width(bits, n) AS half_width, count(*) AS families
        FROM families GROUP BY run_id, topic, country_id)
SELECT r.model, r.condition, r.prompted_country, s.topic, c.label AS country, c.iso3, s.n,
       s.bits AS similarity_bits, nats_of_bits(s.bits) AS similarity_nats, s.uniform_bits AS uniform_similarity_bits,
       from_0_to_1(s.bits - s.half_width) AS low, from_0_to_1(s.bits + s.half_width) AS high, s.families, c.sample_kind, s.country_id,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, s.run_id
FROM means AS s
JOIN run_labels AS r ON r.run_id = s.run_id
JOIN countries AS c ON c.country_id = s.country_id;
COMMENT ON VIEW topic_country_similarity IS 'Whom a run''s answers resemble on one topic: one row per run, topic and country.';
COMMENT ON COLUMN topic_country_similarity.topic IS 'The topic; other where no keyword fits.';
COMMENT ON COLUMN topic_country_similarity.country IS 'The label as the survey writes it.';
COMMENT ON COLUMN topic_country_similarity.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN topic_country_similarity.n IS 'Questions on it that both answered.';
COMMENT ON COLUMN topic_country_similarity.similarity_bits IS 'Mean of 1 - sqrt(js_bits) over these questions.';
COMMENT ON COLUMN topic_country_similarity.similarity_nats IS 'The same on the scale of similarity_nats.';
COMMENT ON COLUMN topic_country_similarity.uniform_similarity_bits IS 'The same mean, in bits, for a uniform answerer.';
COMMENT ON COLUMN topic_country_similarity.low IS 'Lower end of the 95 % interval of similarity_bits by the cluster-robust t test (family_half_width); NULL where there are fewer than two item families.';
COMMENT ON COLUMN topic_country_similarity.high IS 'Upper end of that interval.';
COMMENT ON COLUMN topic_country_similarity.families IS 'Item families of the questions.';
COMMENT ON COLUMN topic_country_similarity.sample_kind IS 'national, current-national, old-national or non-national.';
COMMENT ON COLUMN topic_country_similarity.country_id IS 'The country label''s number.';
COMMENT ON COLUMN topic_country_similarity.run_id IS 'The run.';

CREATE VIEW source_country_similarity AS
WITH
    families AS (
        SELECT s.run_id, t.source, s.country_id, f.family, count(*) AS n, sum(1 - sqrt(greatest(s.js_bits, 0))) AS bits,
               sum(1 - sqrt(greatest(h.uniform_js_bits, 0))) AS uniform_bits
        FROM similarities AS s
        JOIN runs AS r ON r.run_id = s.run_id
        JOIN human_distributions AS h ON h.survey_id = r.survey_id AND h.source_row = s.source_row AND h.country_id = s.country_id
        JOIN questions AS t ON t.survey_id = r.survey_id AND t.source_row = s.source_row
        JOIN question_families AS f ON f.survey_id = r.survey_id AND f.source_row = s.source_row
        GROUP BY s.run_id, t.source, s.country_id, f.family),
    means AS (
        SELECT run_id, source, country_id, CAST(sum(n) AS BIGINT) AS n, sum(bits) / sum(n) AS bits, sum(uniform_bits) / sum(n) AS uniform_bits,
               family_half_width(bits, n) AS half_width, count(*) AS families
        FROM families GROUP BY run_id, source, country_id)
SELECT r.model, r.condition, r.prompted_country, s.source, c.label AS country, c.iso3, s.n,
       s.bits AS similarity_bits, nats_of_bits(s.bits) AS similarity_nats, s.uniform_bits AS uniform_similarity_bits,
       from_0_to_1(s.bits - s.half_width) AS low, from_0_to_1(s.bits + s.half_width) AS high, s.families, c.sample_kind, s.country_id,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, s.run_id
FROM means AS s
JOIN run_labels AS r ON r.run_id = s.run_id
JOIN countries AS c ON c.country_id = s.country_id;
COMMENT ON VIEW source_country_similarity IS 'Whom a run''s answers resemble on one study: one row per run, study and country.';
COMMENT ON COLUMN source_country_similarity.source IS 'The study.';
COMMENT ON COLUMN source_country_similarity.country IS 'The label as the survey writes it.';
COMMENT ON COLUMN source_country_similarity.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN source_country_similarity.n IS 'Questions on it that both answered.';
COMMENT ON COLUMN source_country_similarity.similarity_bits IS 'Mean of 1 - sqrt(js_bits) over these questions.';
COMMENT ON COLUMN source_country_similarity.similarity_nats IS 'The same on the scale of similarity_nats.';
COMMENT ON COLUMN source_country_similarity.uniform_similarity_bits IS 'The same mean, in bits, for a uniform answerer.';
COMMENT ON COLUMN source_country_similarity.low IS 'Lower end of the 95 % interval of similarity_bits by the cluster-robust t test (family_half_width); NULL where there are fewer than two item families.';
COMMENT ON COLUMN source_country_similarity.high IS 'Upper end of that interval.';
COMMENT ON COLUMN source_country_similarity.families IS 'Item families of the questions.';
COMMENT ON COLUMN source_country_similarity.sample_kind IS 'national, current-national, old-national or non-national.';
COMMENT ON COLUMN source_country_similarity.country_id IS 'The country label''s number.';
COMMENT ON COLUMN source_country_similarity.run_id IS 'The run.';
