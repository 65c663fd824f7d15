-- The divergence is stored, the similarity derived:
--   similarity_bits = 1 - sqrt(js_bits)            0 = nothing in common, 1 = equal
--   similarity_nats = 1 - sqrt(js_bits * ln 2)     the scale most published numbers use
-- A divergence can come out a rounding error below 0; greatest() clamps it.
CREATE VIEW similarities_long AS
SELECT r.model, r.condition, r.prompted_country, s.source_row, c.label AS country, s.js_bits,
       1 - sqrt(greatest(s.js_bits, 0)) AS similarity_bits,
       1 - sqrt(greatest(s.js_bits, 0) * ln(2)) AS similarity_nats,
       c.iso3, c.sample_kind, h.uniform_js_bits,
       1 - sqrt(greatest(h.uniform_js_bits, 0)) AS uniform_similarity_bits,
       1 - sqrt(greatest(h.uniform_js_bits, 0) * ln(2)) AS uniform_similarity_nats,
       c.region, s.country_id,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, s.run_id
FROM similarities AS s
JOIN run_labels AS r ON r.run_id = s.run_id
JOIN countries AS c ON c.country_id = s.country_id
JOIN human_distributions AS h ON h.survey_id = r.survey_id AND h.source_row = s.source_row AND h.country_id = s.country_id;
COMMENT ON VIEW similarities_long IS 'How close the model''s answer is to a country''s: one row per run, question and country.';
COMMENT ON COLUMN similarities_long.source_row IS 'The question''s 0-based row in the survey file.';
COMMENT ON COLUMN similarities_long.country IS 'The label as the survey writes it.';
COMMENT ON COLUMN similarities_long.js_bits IS 'Jensen-Shannon divergence in bits, 0 (equal) to 1 (nothing in common): what is stored.';
COMMENT ON COLUMN similarities_long.similarity_bits IS '1 - sqrt(js_bits).';
COMMENT ON COLUMN similarities_long.similarity_nats IS '1 - sqrt(js_bits * ln 2).';
COMMENT ON COLUMN similarities_long.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN similarities_long.sample_kind IS 'national, current-national, old-national or non-national.';
COMMENT ON COLUMN similarities_long.uniform_js_bits IS 'The divergence of an answerer who finds every option equally likely.';
COMMENT ON COLUMN similarities_long.uniform_similarity_bits IS 'That answerer''s similarity_bits.';
COMMENT ON COLUMN similarities_long.uniform_similarity_nats IS 'That answerer''s similarity_nats.';
COMMENT ON COLUMN similarities_long.region IS 'Region of the UN M49 list.';
COMMENT ON COLUMN similarities_long.country_id IS 'The country label''s number.';
COMMENT ON COLUMN similarities_long.run_id IS 'The run.';
