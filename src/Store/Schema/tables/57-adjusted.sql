CREATE TABLE IF NOT EXISTS country_adjusted (
    run_id INTEGER NOT NULL,
    country_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    families INTEGER NOT NULL,
    adjusted_bits DOUBLE NOT NULL,
    low_bits DOUBLE,
    high_bits DOUBLE,
    uniform_adjusted_bits DOUBLE NOT NULL,
    beyond_bits DOUBLE NOT NULL,
    beyond_low_bits DOUBLE,
    beyond_high_bits DOUBLE,
    p DOUBLE,
    p_holm DOUBLE,
    rank INTEGER,
    rank_low INTEGER,
    rank_high INTEGER,
    resamples INTEGER NOT NULL
);
COMMENT ON TABLE country_adjusted IS 'One row per run and country with a national sample: the mean similarity as if every country had been asked every question, by an additive fit of effects of questions and countries, beside the uniform answerer''s by the same fit. 95 % intervals from a bootstrap that draws whole item families. A country that no question connects with the others has no row.';
COMMENT ON COLUMN country_adjusted.run_id IS 'The run.';
COMMENT ON COLUMN country_adjusted.country_id IS 'The country.';
COMMENT ON COLUMN country_adjusted.n IS 'Questions that both answered.';
COMMENT ON COLUMN country_adjusted.families IS 'Item families of these questions.';
COMMENT ON COLUMN country_adjusted.adjusted_bits IS 'The run''s adjusted mean similarity in bits.';
COMMENT ON COLUMN country_adjusted.low_bits IS 'Lower end of its percentile interval; NULL where none was computed.';
COMMENT ON COLUMN country_adjusted.high_bits IS 'Upper end of that interval.';
COMMENT ON COLUMN country_adjusted.uniform_adjusted_bits IS 'The adjusted mean of an answerer who finds every option equally likely, over the same questions and countries.';
COMMENT ON COLUMN country_adjusted.beyond_bits IS 'adjusted_bits - uniform_adjusted_bits.';
COMMENT ON COLUMN country_adjusted.beyond_low_bits IS 'Lower end of the percentile interval of that difference.';
COMMENT ON COLUMN country_adjusted.beyond_high_bits IS 'Upper end of that interval.';
COMMENT ON COLUMN country_adjusted.p IS 'Two-sided p-value for a difference of 0; NULL for a country that is not ranked.';
COMMENT ON COLUMN country_adjusted.p_holm IS 'The same by Holm''s correction over the ranked countries.';
COMMENT ON COLUMN country_adjusted.rank IS 'Place by beyond_bits among the run''s ranked countries, 1 for the largest; NULL for the others.';
COMMENT ON COLUMN country_adjusted.rank_low IS 'Best place that 95 % intervals of its differences from all other countries leave.';
COMMENT ON COLUMN country_adjusted.rank_high IS 'Worst place that they leave.';
COMMENT ON COLUMN country_adjusted.resamples IS 'Replicates of the bootstrap; 0 for no intervals.';

CREATE TABLE IF NOT EXISTS paired_beyond (
    run_id INTEGER NOT NULL,
    other_run_id INTEGER NOT NULL,
    country_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    families INTEGER NOT NULL,
    beyond_bits DOUBLE NOT NULL,
    low_bits DOUBLE,
    high_bits DOUBLE,
    p DOUBLE,
    p_holm DOUBLE,
    resamples INTEGER NOT NULL
);
COMMENT ON TABLE paired_beyond IS 'One row per run that is not in the default condition, its default run, and country: how much more the similarity to the country differs than that to all other countries, question by question on the same questions.';
COMMENT ON COLUMN paired_beyond.run_id IS 'The run.';
COMMENT ON COLUMN paired_beyond.other_run_id IS 'The default run.';
COMMENT ON COLUMN paired_beyond.country_id IS 'The country.';
COMMENT ON COLUMN paired_beyond.n IS 'Questions that both runs, the country and another one answered.';
COMMENT ON COLUMN paired_beyond.families IS 'Item families of these questions.';
COMMENT ON COLUMN paired_beyond.beyond_bits IS 'Mean over the questions of the difference for the country, less its mean over the other countries with national samples.';
COMMENT ON COLUMN paired_beyond.low_bits IS 'Lower end of the 95 % percentile interval.';
COMMENT ON COLUMN paired_beyond.high_bits IS 'Upper end of that interval.';
COMMENT ON COLUMN paired_beyond.p IS 'Two-sided p-value for 0.';
COMMENT ON COLUMN paired_beyond.p_holm IS 'The same by Holm''s correction over the countries of the pair.';
COMMENT ON COLUMN paired_beyond.resamples IS 'Replicates of the bootstrap.';
