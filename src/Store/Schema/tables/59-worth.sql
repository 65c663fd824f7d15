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

CREATE TABLE IF NOT EXISTS run_evenness (
    run_id INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    countries INTEGER NOT NULL,
    mean DOUBLE NOT NULL,
    sd DOUBLE NOT NULL,
    standard_error DOUBLE,
    uniform_mean DOUBLE NOT NULL,
    uniform_sd DOUBLE NOT NULL,
    families INTEGER NOT NULL
);
COMMENT ON TABLE run_evenness IS 'One row per run and measure with two ranked national samples or more: how far the countries'' mean nearness differs, after what each question does to everybody is taken out. For measures beside js_divergence only where they are stored.';
COMMENT ON COLUMN run_evenness.run_id IS 'The run.';
COMMENT ON COLUMN run_evenness.measure IS 'The measure, see the view measures.';
COMMENT ON COLUMN run_evenness.countries IS 'National samples with enough questions to which the measure applies (thin_limits).';
COMMENT ON COLUMN run_evenness.mean IS 'Mean over these countries of their nearness: each country''s mean deviation from the question''s mean over them, put back onto the mean of all pairs.';
COMMENT ON COLUMN run_evenness.sd IS 'Its standard deviation over the countries.';
COMMENT ON COLUMN run_evenness.standard_error IS 'Standard error of 1 - sd / mean, by the delta method over item families; NULL where there are fewer than two or sd is 0.';
COMMENT ON COLUMN run_evenness.uniform_mean IS 'The mean of an answerer who finds every option equally likely.';
COMMENT ON COLUMN run_evenness.uniform_sd IS 'That answerer''s standard deviation.';
COMMENT ON COLUMN run_evenness.families IS 'Item families of the questions.';

CREATE TABLE IF NOT EXISTS topic_leaders (
    run_id INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    country_id INTEGER NOT NULL,
    overall_id INTEGER NOT NULL,
    countries INTEGER NOT NULL,
    n INTEGER NOT NULL,
    families INTEGER NOT NULL,
    ahead DOUBLE NOT NULL,
    standard_error DOUBLE
);
COMMENT ON TABLE topic_leaders IS 'One row per run, measure and topic: the ranked national sample that the run is nearest to on it, and the one that it is nearest to over all questions, both beyond the uniform answerer and less what each question does to everybody. Countries that were asked 10 questions of the topic or more, the one over all questions being among them.';
COMMENT ON COLUMN topic_leaders.run_id IS 'The run.';
COMMENT ON COLUMN topic_leaders.measure IS 'The measure, see the view measures.';
COMMENT ON COLUMN topic_leaders.topic IS 'The topic.';
COMMENT ON COLUMN topic_leaders.country_id IS 'The nearest on the topic.';
COMMENT ON COLUMN topic_leaders.overall_id IS 'The nearest over all questions.';
COMMENT ON COLUMN topic_leaders.countries IS 'Countries that were compared on the topic.';
COMMENT ON COLUMN topic_leaders.n IS 'Questions of the topic that both were asked.';
COMMENT ON COLUMN topic_leaders.families IS 'Item families of these questions.';
COMMENT ON COLUMN topic_leaders.ahead IS 'Mean over these questions of the nearness beyond the uniform answerer''s to the one, less that to the other.';
COMMENT ON COLUMN topic_leaders.standard_error IS 'Its cluster-robust standard error over item families; NULL where there are fewer than two.';
