CREATE VIEW adjusted_similarity AS
SELECT r.model, r.condition, r.prompted_country, c.label AS country, c.iso3, a.n, a.beyond_bits, a.beyond_low_bits AS beyond_low, a.beyond_high_bits AS beyond_high,
       a.p, a.p_holm, a.rank IS NOT NULL AS ranked, a.rank, a.rank_low, a.rank_high,
       a.adjusted_bits, a.low_bits AS low, a.high_bits AS high, a.uniform_adjusted_bits, a.families, c.region, o.mean_off_menu,
       a.country_id, r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, a.run_id
FROM country_adjusted AS a
JOIN run_labels AS r ON r.run_id = a.run_id
JOIN countries AS c ON c.country_id = a.country_id
LEFT JOIN run_masses AS o ON o.run_id = a.run_id;
COMMENT ON VIEW adjusted_similarity IS 'Whom a run''s answers resemble beyond the uniform answerer, as if every country had been asked every question: one row per run and country with a national sample. Rank countries by this; country_similarity has the plain means, which depend on which questions a country was asked.';
COMMENT ON COLUMN adjusted_similarity.country IS 'The label as the survey writes it.';
COMMENT ON COLUMN adjusted_similarity.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN adjusted_similarity.n IS 'Questions that both answered.';
COMMENT ON COLUMN adjusted_similarity.beyond_bits IS 'adjusted_bits - uniform_adjusted_bits: how much nearer the model is than an answerer who finds every option equally likely.';
COMMENT ON COLUMN adjusted_similarity.beyond_low IS 'Lower end of its 95 % percentile interval; NULL where none was computed, and where all questions are of one family.';
COMMENT ON COLUMN adjusted_similarity.beyond_high IS 'Upper end of that interval.';
COMMENT ON COLUMN adjusted_similarity.p IS 'Two-sided p-value for beyond_bits = 0; NULL for a country that is not ranked, and where all questions are of one family.';
COMMENT ON COLUMN adjusted_similarity.p_holm IS 'The same by Holm''s correction over the ranked countries.';
COMMENT ON COLUMN adjusted_similarity.ranked IS 'False where a rank would mislead: fewer questions than thin_limits asks for.';
COMMENT ON COLUMN adjusted_similarity.rank IS 'Place by beyond_bits among the run''s ranked countries, 1 for the largest.';
COMMENT ON COLUMN adjusted_similarity.rank_low IS 'Best place that 95 % intervals of the differences from all other countries leave: every country whose rank_low is 1 may be first.';
COMMENT ON COLUMN adjusted_similarity.rank_high IS 'Worst place that they leave.';
COMMENT ON COLUMN adjusted_similarity.adjusted_bits IS 'The mean similarity in bits as if every country had been asked every question.';
COMMENT ON COLUMN adjusted_similarity.low IS 'Lower end of its 95 % percentile interval.';
COMMENT ON COLUMN adjusted_similarity.high IS 'Upper end of that interval.';
COMMENT ON COLUMN adjusted_similarity.uniform_adjusted_bits IS 'The uniform answerer''s, over the same questions and countries.';
COMMENT ON COLUMN adjusted_similarity.families IS 'Item families of the questions.';
COMMENT ON COLUMN adjusted_similarity.region IS 'Region of the UN M49 list.';
COMMENT ON COLUMN adjusted_similarity.mean_off_menu IS 'Mean probability of the run outside all options; a ranking of what is mostly off the menu means little.';
COMMENT ON COLUMN adjusted_similarity.country_id IS 'The country label''s number.';
COMMENT ON COLUMN adjusted_similarity.run_id IS 'The run.';
