CREATE TABLE surveys (
    survey_id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL UNIQUE,
    notice VARCHAR,
    topic_table VARCHAR
);
COMMENT ON TABLE surveys IS 'One row per survey file, identified by the SHA-256 of its bytes.';
COMMENT ON COLUMN surveys.survey_id IS 'The survey''s number in this file.';
COMMENT ON COLUMN surveys.name IS 'What it was called when it was first used.';
COMMENT ON COLUMN surveys.path IS 'Where it was when it was first used.';
COMMENT ON COLUMN surveys.sha256 IS 'SHA-256 of the file''s bytes: its identity.';
COMMENT ON COLUMN surveys.notice IS 'Terms or warnings that belong beside every number; NULL where there are none.';
COMMENT ON COLUMN surveys.topic_table IS 'Name and version of the keyword table that question_topics comes from; NULL where no topics were assigned.';

CREATE TABLE questions (
    survey_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE questions IS 'One row per question of a survey.';
COMMENT ON COLUMN questions.survey_id IS 'The survey.';
COMMENT ON COLUMN questions.source_row IS '0-based row of the question in the survey file.';
COMMENT ON COLUMN questions.source IS 'The study that the question comes from, for example GAS or WVS.';
COMMENT ON COLUMN questions.text IS 'The question, verbatim; possibly empty.';

CREATE TABLE options (
    survey_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    option_index INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    is_refusal BOOLEAN NOT NULL
);
COMMENT ON TABLE options IS 'One row per answer option of a question.';
COMMENT ON COLUMN options.survey_id IS 'The survey.';
COMMENT ON COLUMN options.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN options.option_index IS '0-based place of the option in the survey file.';
COMMENT ON COLUMN options.text IS 'The option, verbatim.';
COMMENT ON COLUMN options.is_refusal IS 'Whether it stands for don''t know, refused, no answer or missing, by English wording.';

CREATE TABLE countries (
    country_id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL,
    label VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    iso3 VARCHAR,
    sample_kind VARCHAR NOT NULL,
    region VARCHAR,
    subregion VARCHAR
);
COMMENT ON TABLE countries IS 'One row per country label of a survey.';
COMMENT ON COLUMN countries.country_id IS 'The label''s number in this file.';
COMMENT ON COLUMN countries.survey_id IS 'The survey whose label it is.';
COMMENT ON COLUMN countries.label IS 'The label as the survey writes it.';
COMMENT ON COLUMN countries.name IS 'The country''s usual name.';
COMMENT ON COLUMN countries.iso3 IS 'ISO 3166-1 alpha-3 code (XKX for Kosovo); NULL where the label is no country.';
COMMENT ON COLUMN countries.sample_kind IS 'national, current-national, old-national or non-national, as the label says.';
COMMENT ON COLUMN countries.region IS 'Region of the United Nations'' M49 list, for example Africa; NULL where the label is no country.';
COMMENT ON COLUMN countries.subregion IS 'Sub-region of the M49 list, for example Western Africa; NULL where the label is no country.';

CREATE TABLE human_distributions (
    survey_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    country_id INTEGER NOT NULL,
    probabilities DOUBLE[] NOT NULL,
    uniform_js_bits DOUBLE NOT NULL
);
COMMENT ON TABLE human_distributions IS 'One row per question and country that was asked it: how its people answered.';
COMMENT ON COLUMN human_distributions.survey_id IS 'The survey.';
COMMENT ON COLUMN human_distributions.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN human_distributions.country_id IS 'The country.';
COMMENT ON COLUMN human_distributions.probabilities IS 'The share of the people who chose each option, in the survey''s order of options; they sum to 1.';
COMMENT ON COLUMN human_distributions.uniform_js_bits IS 'Jensen-Shannon divergence, in bits, of an answerer who finds every option equally likely.';

CREATE TABLE question_topics (
    survey_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    topic VARCHAR NOT NULL
);
COMMENT ON TABLE question_topics IS 'One row per question and topic. A question has one topic or several; keywords decide, see surveys.topic_table.';
COMMENT ON COLUMN question_topics.survey_id IS 'The survey.';
COMMENT ON COLUMN question_topics.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN question_topics.topic IS 'The topic; other where no keyword fits.';

CREATE TABLE question_families (
    survey_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    family INTEGER NOT NULL
);
COMMENT ON TABLE question_families IS 'One row per question: the item family that it belongs to, which is what intervals draw as a whole.';
COMMENT ON COLUMN question_families.survey_id IS 'The survey.';
COMMENT ON COLUMN question_families.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN question_families.family IS 'The lowest source_row of the questions with the same source and the same stem.';
