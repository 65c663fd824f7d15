-- The tables of a results file, version 1. Fact tables (human_distributions, answers, answer_options, unanswered,
-- similarities) carry no primary key: appending to an indexed table is ten times slower, and the program that writes
-- them keeps their rows unique.

CREATE TABLE meta (
    schema_version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE meta IS 'One row: the version of this schema and when the file was created (UTC).';

CREATE TABLE models (
    model_id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL UNIQUE,
    architecture VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    parameter_count BIGINT NOT NULL,
    file_bytes BIGINT NOT NULL,
    quantisation VARCHAR NOT NULL,
    vocabulary_size INTEGER NOT NULL,
    context_length INTEGER NOT NULL
);
COMMENT ON TABLE models IS 'One row per model file, keyed by the SHA-256 of its bytes.';

CREATE TABLE surveys (
    survey_id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL UNIQUE,
    notice VARCHAR
);
COMMENT ON TABLE surveys IS 'One row per survey file, keyed by the SHA-256 of its bytes.';

CREATE TABLE questions (
    survey_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE questions IS 'One row per question; source_row is its 0-based row in the survey file.';

CREATE TABLE options (
    survey_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    option_index INTEGER NOT NULL,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE options IS 'One row per answer option of a question, in the order of the survey file; option_index is 0-based.';

CREATE TABLE countries (
    country_id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL,
    label VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    iso3 VARCHAR,
    sample_kind VARCHAR NOT NULL
);
COMMENT ON TABLE countries IS 'One row per country label of a survey, as the survey writes it; iso3 is NULL where the label is no country.';

CREATE TABLE human_distributions (
    survey_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    country_id INTEGER NOT NULL,
    option_index INTEGER NOT NULL,
    probability DOUBLE NOT NULL
);
COMMENT ON TABLE human_distributions IS 'How the people of a country answered a question: one row per option, summing to 1.';

CREATE TABLE runs (
    run_id INTEGER PRIMARY KEY,
    key VARCHAR NOT NULL UNIQUE,
    model_id INTEGER NOT NULL,
    survey_id INTEGER NOT NULL,
    condition VARCHAR NOT NULL,
    prompted_country VARCHAR,
    template VARCHAR NOT NULL,
    template_version VARCHAR NOT NULL,
    template_sha256 VARCHAR NOT NULL,
    ending VARCHAR NOT NULL,
    option_order VARCHAR NOT NULL,
    plan VARCHAR NOT NULL,
    exact BOOLEAN NOT NULL,
    kv_type VARCHAR NOT NULL,
    flash_attention BOOLEAN NOT NULL,
    engine_build VARCHAR NOT NULL,
    device VARCHAR NOT NULL,
    plan_sha256 VARCHAR
);
COMMENT ON TABLE runs IS 'One row per run: one survey put to one model in one way. The key is the SHA-256 of everything that can change an answer; the same work resumes the same run. plan_sha256, outside the key, identifies every decode of the run; NULL until it is known.';

CREATE TABLE run_sessions (
    run_id INTEGER NOT NULL,
    session INTEGER NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    status VARCHAR NOT NULL,
    seconds DOUBLE,
    tokens_decoded BIGINT,
    unshared_tokens BIGINT,
    threads INTEGER NOT NULL,
    machine VARCHAR NOT NULL,
    tool_version VARCHAR NOT NULL
);
COMMENT ON TABLE run_sessions IS 'One row per time that a program worked on a run. A session that was killed has no seconds and no tokens. unshared_tokens is what would have been decoded had no two prompts shared any.';

CREATE TABLE answers (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    order_index INTEGER NOT NULL,
    label_mass DOUBLE NOT NULL,
    off_menu DOUBLE NOT NULL,
    token_count INTEGER NOT NULL,
    boundary VARCHAR NOT NULL
);
COMMENT ON TABLE answers IS 'One row per answered prompt of a run: a question in one order of its options; the distribution itself is in answer_options.';

CREATE TABLE answer_options (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    order_index INTEGER NOT NULL,
    position INTEGER NOT NULL,
    option_index INTEGER NOT NULL,
    log_prob DOUBLE NOT NULL,
    prob DOUBLE NOT NULL
);
COMMENT ON TABLE answer_options IS 'The model''s answer to one prompt, one row per option: position is its place in the prompt (0 = label A), option_index its place in the survey; log_prob is the natural log of the label''s probability under the full vocabulary, prob is renormalised over the labels.';

CREATE TABLE unanswered (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE unanswered IS 'One row per question that a run could not answer, with the reason.';

CREATE TABLE similarities (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    country_id INTEGER NOT NULL,
    js_bits DOUBLE NOT NULL,
    uniform_js_bits DOUBLE NOT NULL
);
COMMENT ON TABLE similarities IS 'Jensen-Shannon divergence in bits between the model''s answer and a country''s, per question; uniform_js_bits is that of an answerer who finds every option equally likely.';

CREATE TABLE noise_floors (
    run_id INTEGER PRIMARY KEY,
    prompts INTEGER NOT NULL,
    mean_prob DOUBLE NOT NULL,
    max_prob DOUBLE NOT NULL,
    mean_log_prob DOUBLE NOT NULL,
    max_log_prob DOUBLE NOT NULL,
    mean_similarity DOUBLE,
    max_similarity DOUBLE
);
COMMENT ON TABLE noise_floors IS 'How far a run''s arithmetic moves numbers against decoding one prompt at a time in F32: absolute differences over a seeded sample of its prompts.';
