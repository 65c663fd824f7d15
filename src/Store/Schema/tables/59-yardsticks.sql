CREATE TABLE IF NOT EXISTS country_yardsticks (
    run_id INTEGER NOT NULL,
    country_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    stated INTEGER NOT NULL,
    model_bits DOUBLE NOT NULL,
    uniform_bits DOUBLE NOT NULL,
    majority_bits DOUBLE NOT NULL,
    world_bits DOUBLE NOT NULL,
    second_sample_bits DOUBLE NOT NULL,
    perfect_bits DOUBLE NOT NULL
);
COMMENT ON TABLE country_yardsticks IS 'One row per run and country with a national sample: what the run''s mean similarity can be held against, all over the same questions, those that another country was asked too. In bits.';
COMMENT ON COLUMN country_yardsticks.run_id IS 'The run.';
COMMENT ON COLUMN country_yardsticks.country_id IS 'The country.';
COMMENT ON COLUMN country_yardsticks.n IS 'Questions that the run, the country and at least one other country answered.';
COMMENT ON COLUMN country_yardsticks.stated IS 'Of them, those for which the survey does not say how many were asked; 1,000 is taken.';
COMMENT ON COLUMN country_yardsticks.model_bits IS 'The run''s mean similarity over these questions.';
COMMENT ON COLUMN country_yardsticks.uniform_bits IS 'That of an answerer who finds every option equally likely.';
COMMENT ON COLUMN country_yardsticks.majority_bits IS 'That of an answerer who is sure of the option that the other countries together choose most.';
COMMENT ON COLUMN country_yardsticks.world_bits IS 'That of the mean of the other countries'' distributions.';
COMMENT ON COLUMN country_yardsticks.second_sample_bits IS 'What a second sample of the same people, as large as the first, is expected to reach.';
COMMENT ON COLUMN country_yardsticks.perfect_bits IS 'What a model that knows what all the people think is expected to reach against a sample of them: no model does better but by chance.';
