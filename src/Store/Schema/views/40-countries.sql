CREATE VIEW country_similarity AS
WITH
    means AS (
        SELECT s.run_id, s.country_id, count(*) AS n, avg(1 - sqrt(greatest(s.js_bits, 0))) AS bits,
               avg(1 - sqrt(greatest(h.uniform_js_bits, 0))) AS uniform_bits, avg(a.label_mass) AS label_mass
        FROM similarities AS s
        JOIN runs AS r ON r.run_id = s.run_id
        JOIN human_distributions AS h ON h.survey_id = r.survey_id AND h.source_row = s.source_row AND h.country_id = s.country_id
        LEFT JOIN question_masses AS a ON a.run_id = s.run_id AND a.source_row = s.source_row
        GROUP BY s.run_id, s.country_id)
SELECT r.model, r.condition, r.prompted_country, c.label AS country, c.iso3, s.n,
       s.bits AS similarity_bits, nats_of_bits(s.bits) AS similarity_nats,
       s.uniform_bits AS uniform_similarity_bits, nats_of_bits(s.uniform_bits) AS uniform_similarity_nats,
       c.sample_kind, c.sample_kind <> 'non-national' AND s.n >= t.thin_below AS ranked,
       i.low_bits AS low, i.high_bits AS high, i.bca_low_bits AS bca_low, i.bca_high_bits AS bca_high,
       CASE WHEN c.sample_kind <> 'non-national' AND s.n >= t.thin_below THEN
           rank() OVER (PARTITION BY s.run_id, c.sample_kind <> 'non-national' AND s.n >= t.thin_below ORDER BY s.bits DESC) END AS rank,
       i.rank_low, i.rank_high, i.families, c.region, c.subregion, s.label_mass AS mean_label_mass,
       CASE WHEN l.nearest_bits - l.nearest_uniform_bits > 0.001
           THEN (l.nearest_model_bits - l.nearest_uniform_bits) / (l.nearest_bits - l.nearest_uniform_bits) END AS skill, s.country_id,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, s.run_id
FROM means AS s
JOIN run_labels AS r ON r.run_id = s.run_id
JOIN countries AS c ON c.country_id = s.country_id
JOIN thin_limits AS t ON t.run_id = s.run_id
LEFT JOIN country_intervals AS i ON i.run_id = s.run_id AND i.country_id = s.country_id
LEFT JOIN country_lines AS l ON l.run_id = s.run_id AND l.country_id = s.country_id;
COMMENT ON VIEW country_similarity IS 'Whom a run''s answers resemble: one row per run and country, means over the questions that both answered. Runs are never mixed.';
COMMENT ON COLUMN country_similarity.country IS 'The label as the survey writes it.';
COMMENT ON COLUMN country_similarity.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN country_similarity.n IS 'Questions that both answered. Few questions make chance rankings.';
COMMENT ON COLUMN country_similarity.similarity_bits IS 'Mean of 1 - sqrt(js_bits) over these questions.';
COMMENT ON COLUMN country_similarity.similarity_nats IS 'Mean of 1 - sqrt(js_bits * ln 2) over these questions.';
COMMENT ON COLUMN country_similarity.uniform_similarity_bits IS 'The same mean, in bits, for a uniform answerer.';
COMMENT ON COLUMN country_similarity.uniform_similarity_nats IS 'The same mean, in nats, for a uniform answerer.';
COMMENT ON COLUMN country_similarity.sample_kind IS 'national, current-national, old-national or non-national.';
COMMENT ON COLUMN country_similarity.ranked IS 'False where a rank would mislead: fewer questions than thin_limits asks for, or a sample that is not national.';
COMMENT ON COLUMN country_similarity.low IS 'Lower end of the 95 % percentile interval of similarity_bits; NULL where it was not computed or there are fewer than two item families.';
COMMENT ON COLUMN country_similarity.high IS 'Upper end of that interval.';
COMMENT ON COLUMN country_similarity.bca_low IS 'Lower end of the 95 % bias-corrected and accelerated interval of similarity_bits.';
COMMENT ON COLUMN country_similarity.bca_high IS 'Upper end of that interval.';
COMMENT ON COLUMN country_similarity.rank IS 'Place among the run''s ranked countries, 1 for the most similar; NULL for the others.';
COMMENT ON COLUMN country_similarity.rank_low IS 'Best place in 95 % of the bootstrap''s replicates.';
COMMENT ON COLUMN country_similarity.rank_high IS 'Worst place in 95 % of the bootstrap''s replicates.';
COMMENT ON COLUMN country_similarity.families IS 'Item families of the questions: what the intervals rest on.';
COMMENT ON COLUMN country_similarity.region IS 'Region of the UN M49 list.';
COMMENT ON COLUMN country_similarity.subregion IS 'Sub-region of the UN M49 list.';
COMMENT ON COLUMN country_similarity.mean_label_mass IS 'Mean over the questions of the probability that the model gave to the labels of the options.';
COMMENT ON COLUMN country_similarity.skill IS '(model - uniform) / (nearest country - uniform), over the questions in common with the nearest country (human_lines): 0 knows nothing, 1 as close as the nearest country. NULL where there is none, or it is no nearer than uniform.';
COMMENT ON COLUMN country_similarity.country_id IS 'The country label''s number.';
COMMENT ON COLUMN country_similarity.run_id IS 'The run.';

CREATE VIEW human_lines AS
SELECT s.model, s.condition, s.prompted_country, s.country, s.iso3, s.n, s.similarity_bits, s.uniform_similarity_bits,
       l.others_n, l.world_mean_bits, l.average_other_bits,
       near.label AS nearest_country, l.nearest_n, l.nearest_bits, l.nearest_model_bits, l.nearest_uniform_bits,
       far.label AS farthest_country, l.farthest_n, l.farthest_bits, s.skill,
       nats_of_bits(l.world_mean_bits) AS world_mean_nats, nats_of_bits(l.average_other_bits) AS average_other_nats,
       nats_of_bits(l.nearest_bits) AS nearest_nats, nats_of_bits(l.farthest_bits) AS farthest_nats,
       s.ranked, s.country_id,
       s.survey, s.language, s.control, s.reading, s.template, s.ending, s.option_order, s.run_id
FROM country_similarity AS s
JOIN country_lines AS l ON l.run_id = s.run_id AND l.country_id = s.country_id
LEFT JOIN countries AS near ON near.country_id = l.nearest_id
LEFT JOIN countries AS far ON far.country_id = l.farthest_id;
COMMENT ON VIEW human_lines IS 'What a similarity is worth: the same number for a uniform answerer and for other people. One row per run and country. Other countries are national samples under another ISO code.';
COMMENT ON COLUMN human_lines.country IS 'The label as the survey writes it.';
COMMENT ON COLUMN human_lines.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN human_lines.n IS 'Questions that the model and the country answered.';
COMMENT ON COLUMN human_lines.similarity_bits IS 'The model''s mean similarity over these questions.';
COMMENT ON COLUMN human_lines.uniform_similarity_bits IS 'A uniform answerer''s.';
COMMENT ON COLUMN human_lines.others_n IS 'How many of these questions at least one other country answered.';
COMMENT ON COLUMN human_lines.world_mean_bits IS 'Over those: similarity of the mean of the other countries'' distributions (the world without this country).';
COMMENT ON COLUMN human_lines.average_other_bits IS 'Over those: mean similarity of the other countries.';
COMMENT ON COLUMN human_lines.nearest_country IS 'The other country with the highest mean similarity over common questions, of those with enough of them (thin_limits); NULL where there is none.';
COMMENT ON COLUMN human_lines.nearest_n IS 'Questions in common with it.';
COMMENT ON COLUMN human_lines.nearest_bits IS 'Its mean similarity over these questions.';
COMMENT ON COLUMN human_lines.nearest_model_bits IS 'The model''s mean similarity over the same questions.';
COMMENT ON COLUMN human_lines.nearest_uniform_bits IS 'A uniform answerer''s mean similarity over the same questions.';
COMMENT ON COLUMN human_lines.farthest_country IS 'The other country with the lowest mean similarity, chosen like the nearest.';
COMMENT ON COLUMN human_lines.farthest_n IS 'Questions in common with it.';
COMMENT ON COLUMN human_lines.farthest_bits IS 'Its mean similarity over these questions.';
COMMENT ON COLUMN human_lines.skill IS 'As in country_similarity.';
COMMENT ON COLUMN human_lines.world_mean_nats IS 'world_mean_bits on the scale of similarity_nats.';
COMMENT ON COLUMN human_lines.average_other_nats IS 'average_other_bits on the scale of similarity_nats.';
COMMENT ON COLUMN human_lines.nearest_nats IS 'nearest_bits on the scale of similarity_nats.';
COMMENT ON COLUMN human_lines.farthest_nats IS 'farthest_bits on the scale of similarity_nats.';
COMMENT ON COLUMN human_lines.ranked IS 'As in country_similarity.';
COMMENT ON COLUMN human_lines.country_id IS 'The country label''s number.';
COMMENT ON COLUMN human_lines.run_id IS 'The run.';
