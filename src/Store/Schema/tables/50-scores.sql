-- Everything here is computed by scoring, from the tables above, and can be computed again at any time.

CREATE TABLE similarities (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    country_id INTEGER NOT NULL,
    js_bits DOUBLE NOT NULL
);
COMMENT ON TABLE similarities IS 'One row per run, question and country: how far the model''s answer is from the people''s.';
COMMENT ON COLUMN similarities.run_id IS 'The run.';
COMMENT ON COLUMN similarities.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN similarities.country_id IS 'The country.';
COMMENT ON COLUMN similarities.js_bits IS 'Jensen-Shannon divergence in bits, 0 (equal) to 1 (nothing in common).';

CREATE TABLE country_intervals (
    run_id INTEGER NOT NULL,
    country_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    families INTEGER NOT NULL,
    low_bits DOUBLE,
    high_bits DOUBLE,
    bca_low_bits DOUBLE,
    bca_high_bits DOUBLE,
    rank INTEGER,
    rank_low INTEGER,
    rank_high INTEGER,
    resamples INTEGER NOT NULL
);
COMMENT ON TABLE country_intervals IS 'One row per run and country: 95 % intervals of the mean similarity in bits, from a bootstrap that draws whole item families.';
COMMENT ON COLUMN country_intervals.run_id IS 'The run.';
COMMENT ON COLUMN country_intervals.country_id IS 'The country.';
COMMENT ON COLUMN country_intervals.n IS 'Questions that both answered.';
COMMENT ON COLUMN country_intervals.families IS 'Item families of these questions.';
COMMENT ON COLUMN country_intervals.low_bits IS 'Lower end of the percentile interval; NULL where there are fewer than two families.';
COMMENT ON COLUMN country_intervals.high_bits IS 'Upper end of the percentile interval.';
COMMENT ON COLUMN country_intervals.bca_low_bits IS 'Lower end of the bias-corrected and accelerated interval.';
COMMENT ON COLUMN country_intervals.bca_high_bits IS 'Upper end of the bias-corrected and accelerated interval.';
COMMENT ON COLUMN country_intervals.rank IS 'Place among the run''s ranked countries, 1 for the most similar; NULL for the others.';
COMMENT ON COLUMN country_intervals.rank_low IS 'Best place in 95 % of the replicates.';
COMMENT ON COLUMN country_intervals.rank_high IS 'Worst place in 95 % of the replicates.';
COMMENT ON COLUMN country_intervals.resamples IS 'Replicates of the bootstrap.';

CREATE TABLE group_intervals (
    run_id INTEGER NOT NULL,
    grouping VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    n INTEGER NOT NULL,
    families INTEGER NOT NULL,
    countries INTEGER NOT NULL,
    mean_bits DOUBLE NOT NULL,
    uniform_mean_bits DOUBLE NOT NULL,
    low_bits DOUBLE,
    high_bits DOUBLE,
    bca_low_bits DOUBLE,
    bca_high_bits DOUBLE,
    resamples INTEGER NOT NULL
);
COMMENT ON TABLE group_intervals IS 'One row per run and region, topic or source, and one for all questions: the mean over questions of the mean similarity over countries, with 95 % intervals. Samples that are not national are left out.';
COMMENT ON COLUMN group_intervals.run_id IS 'The run.';
COMMENT ON COLUMN group_intervals.grouping IS 'region, topic, source or all.';
COMMENT ON COLUMN group_intervals.name IS 'Which region, topic or source.';
COMMENT ON COLUMN group_intervals.n IS 'Questions.';
COMMENT ON COLUMN group_intervals.families IS 'Item families of these questions.';
COMMENT ON COLUMN group_intervals.countries IS 'Country labels that answered any of them.';
COMMENT ON COLUMN group_intervals.mean_bits IS 'Mean over questions of the mean similarity over countries, in bits.';
COMMENT ON COLUMN group_intervals.uniform_mean_bits IS 'The same for a uniform answerer.';
COMMENT ON COLUMN group_intervals.low_bits IS 'Lower end of the percentile interval; NULL where there are fewer than two families.';
COMMENT ON COLUMN group_intervals.high_bits IS 'Upper end of the percentile interval.';
COMMENT ON COLUMN group_intervals.bca_low_bits IS 'Lower end of the bias-corrected and accelerated interval.';
COMMENT ON COLUMN group_intervals.bca_high_bits IS 'Upper end of the bias-corrected and accelerated interval.';
COMMENT ON COLUMN group_intervals.resamples IS 'Replicates of the bootstrap.';

CREATE TABLE paired_differences (
    run_id INTEGER NOT NULL,
    other_run_id INTEGER NOT NULL,
    comparison VARCHAR NOT NULL,
    country_id INTEGER,
    n INTEGER NOT NULL,
    families INTEGER NOT NULL,
    difference_bits DOUBLE NOT NULL,
    low_bits DOUBLE,
    high_bits DOUBLE,
    p DOUBLE,
    p_holm DOUBLE,
    resamples INTEGER NOT NULL
);
COMMENT ON TABLE paired_differences IS 'One row per pair of runs and country: by how much the first is more similar to it, over the questions that both answered, with 95 % intervals from a bootstrap that draws whole item families.';
COMMENT ON COLUMN paired_differences.run_id IS 'The first run. Of two conditions it is the one that is not the default.';
COMMENT ON COLUMN paired_differences.other_run_id IS 'The run that it is compared with.';
COMMENT ON COLUMN paired_differences.comparison IS 'models: two models asked in the same way; conditions: one model asked in another way and in the default one.';
COMMENT ON COLUMN paired_differences.country_id IS 'The country; NULL for the mean over countries, question by question.';
COMMENT ON COLUMN paired_differences.n IS 'Questions that the country and both runs answered.';
COMMENT ON COLUMN paired_differences.families IS 'Item families of these questions.';
COMMENT ON COLUMN paired_differences.difference_bits IS 'Mean of the first run''s similarity minus the other''s, in bits.';
COMMENT ON COLUMN paired_differences.low_bits IS 'Lower end of the percentile interval; NULL where there are fewer than two families.';
COMMENT ON COLUMN paired_differences.high_bits IS 'Upper end of the percentile interval.';
COMMENT ON COLUMN paired_differences.p IS 'Two-sided p-value for no difference.';
COMMENT ON COLUMN paired_differences.p_holm IS 'The same, by Holm''s correction for all countries of the pair of runs.';
COMMENT ON COLUMN paired_differences.resamples IS 'Replicates of the bootstrap.';

CREATE TABLE country_lines (
    run_id INTEGER NOT NULL,
    country_id INTEGER NOT NULL,
    others_n INTEGER NOT NULL,
    world_mean_bits DOUBLE,
    average_other_bits DOUBLE,
    nearest_id INTEGER,
    nearest_n INTEGER,
    nearest_bits DOUBLE,
    nearest_model_bits DOUBLE,
    nearest_uniform_bits DOUBLE,
    farthest_id INTEGER,
    farthest_n INTEGER,
    farthest_bits DOUBLE
);
COMMENT ON TABLE country_lines IS 'One row per run and country: how similar other people are to this country''s, over the questions that the run answered. Other countries are national samples under another ISO code.';
COMMENT ON COLUMN country_lines.run_id IS 'The run.';
COMMENT ON COLUMN country_lines.country_id IS 'The country.';
COMMENT ON COLUMN country_lines.others_n IS 'Questions that the country, the run and at least one other country answered.';
COMMENT ON COLUMN country_lines.world_mean_bits IS 'Similarity to the mean of the other countries'' distributions, each with the same weight; mean over these questions, in bits.';
COMMENT ON COLUMN country_lines.average_other_bits IS 'Mean similarity to the other countries, per question and then over these questions, in bits.';
COMMENT ON COLUMN country_lines.nearest_id IS 'The other country with the highest mean similarity over common questions, of those with enough of them (thin_limits); NULL where there is none.';
COMMENT ON COLUMN country_lines.nearest_n IS 'Questions in common with the nearest country.';
COMMENT ON COLUMN country_lines.nearest_bits IS 'Mean similarity to the nearest country over these questions, in bits.';
COMMENT ON COLUMN country_lines.nearest_model_bits IS 'Mean similarity of the model to the country over the same questions.';
COMMENT ON COLUMN country_lines.nearest_uniform_bits IS 'Mean similarity of a uniform answerer to the country over the same questions.';
COMMENT ON COLUMN country_lines.farthest_id IS 'The other country with the lowest mean similarity, chosen like the nearest.';
COMMENT ON COLUMN country_lines.farthest_n IS 'Questions in common with the farthest country.';
COMMENT ON COLUMN country_lines.farthest_bits IS 'Mean similarity to the farthest country over these questions, in bits.';
