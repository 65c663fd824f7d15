CREATE TABLE surveys (
    survey_id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL UNIQUE,
    notice VARCHAR,
    topic_table VARCHAR,
    language VARCHAR NOT NULL,
    refusals VARCHAR NOT NULL
);
COMMENT ON TABLE surveys IS 'One row per survey as it is used: a file, under the policies of survey_policies.';
COMMENT ON COLUMN surveys.survey_id IS 'The survey''s number in this file.';
COMMENT ON COLUMN surveys.name IS 'What it was called when it was first used.';
COMMENT ON COLUMN surveys.path IS 'Where it was when it was first used.';
COMMENT ON COLUMN surveys.sha256 IS 'SHA-256 of the file''s bytes, or of that hash and the policies where they are not the default ones: the survey''s identity.';
COMMENT ON COLUMN surveys.notice IS 'Terms or warnings that belong beside every number; NULL where there are none.';
COMMENT ON COLUMN surveys.topic_table IS 'Name and version of the keyword table that question_topics comes from; NULL where no topics were assigned.';
COMMENT ON COLUMN surveys.language IS 'BCP 47 tag of the language of its questions.';
COMMENT ON COLUMN surveys.refusals IS 'What is done with options for don''t know, refused and the like: keep (options like any other), drop (not offered, not counted), separate (offered, but compared apart).';

CREATE TABLE survey_policies (
    survey_id INTEGER NOT NULL,
    policy VARCHAR NOT NULL,
    choice VARCHAR NOT NULL,
    affected INTEGER NOT NULL,
    unit VARCHAR NOT NULL
);
COMMENT ON TABLE survey_policies IS 'One row per survey and policy: what is done with the figures that need a decision, and how many there are.';
COMMENT ON COLUMN survey_policies.survey_id IS 'The survey.';
COMMENT ON COLUMN survey_policies.policy IS 'refusals, totals, non-national, fewest-respondents, only-refusals, one-option-left, all-zero or sum-not-one, and where the survey is a part of another, part and split; docs/surveys.md explains each.';
COMMENT ON COLUMN survey_policies.choice IS 'What is done, for example keep or drop; for fewest-respondents the number.';
COMMENT ON COLUMN survey_policies.affected IS 'How many things it concerns.';
COMMENT ON COLUMN survey_policies.unit IS 'What is counted: options, distributions or questions.';

CREATE TABLE questions (
    survey_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    question_id VARCHAR NOT NULL
);
COMMENT ON TABLE questions IS 'One row per question of a survey.';
COMMENT ON COLUMN questions.survey_id IS 'The survey.';
COMMENT ON COLUMN questions.source_row IS '0-based row of the question in the survey file.';
COMMENT ON COLUMN questions.source IS 'The study that the question comes from, for example GAS or WVS.';
COMMENT ON COLUMN questions.text IS 'The question, verbatim; possibly empty.';
COMMENT ON COLUMN questions.question_id IS 'What the survey calls it, unique; its source_row where the survey gives it no name.';

CREATE TABLE options (
    survey_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    option_index INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    scale_value DOUBLE
);
COMMENT ON TABLE options IS 'One row per answer option of a question.';
COMMENT ON COLUMN options.survey_id IS 'The survey.';
COMMENT ON COLUMN options.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN options.option_index IS '0-based place of the option in the survey file.';
COMMENT ON COLUMN options.text IS 'The option, verbatim.';
COMMENT ON COLUMN options.kind IS 'refusal (don''t know, refused, no answer, missing), ordered (a point of a scale), nominal (one of several without an order), total (of the source''s table, slipped in), unknown (an answer; whether there is an order is not known).';
COMMENT ON COLUMN options.scale_value IS 'An ordered option''s place on its scale: the survey''s own value where it gives one, otherwise 1, 2, 3, ..., of which only the order is certain. NULL for all others.';

CREATE TABLE countries (
    country_id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL,
    label VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    iso3 VARCHAR,
    sample_kind VARCHAR NOT NULL,
    region VARCHAR,
    subregion VARCHAR,
    wave VARCHAR
);
COMMENT ON TABLE countries IS 'One row per country label of a survey.';
COMMENT ON COLUMN countries.country_id IS 'The label''s number in this file.';
COMMENT ON COLUMN countries.survey_id IS 'The survey whose label it is.';
COMMENT ON COLUMN countries.label IS 'The label as the survey writes it.';
COMMENT ON COLUMN countries.name IS 'The country''s usual name.';
COMMENT ON COLUMN countries.iso3 IS 'ISO 3166-1 alpha-3 code (XKX for Kosovo); NULL where the label is no country.';
COMMENT ON COLUMN countries.sample_kind IS 'national, current-national, old-national or non-national, as the label says.';
COMMENT ON COLUMN countries.region IS 'Region of the United Nations'' M49 list, for example Africa; NULL where the label is no country.';
COMMENT ON COLUMN countries.subregion IS 'Sub-region of the M49 list, or where there is one the intermediate region in it, for example Western Africa; NULL where the label is no country.';
COMMENT ON COLUMN countries.wave IS 'The survey''s wave or year, as it calls it, for example 2019; NULL where it does not say, as GlobalOpinionQA.';

CREATE TABLE human_distributions (
    survey_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    country_id INTEGER NOT NULL,
    probabilities DOUBLE[] NOT NULL,
    uniform_js_bits DOUBLE NOT NULL,
    refused DOUBLE NOT NULL,
    respondents INTEGER
);
COMMENT ON TABLE human_distributions IS 'One row per question and country that was asked it: how its people answered.';
COMMENT ON COLUMN human_distributions.survey_id IS 'The survey.';
COMMENT ON COLUMN human_distributions.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN human_distributions.country_id IS 'The country.';
COMMENT ON COLUMN human_distributions.probabilities IS 'The share of the people who chose each option, in the survey''s order of options; they sum to 1. Where refusals are compared apart (surveys.refusals), those options have 0, and the others are shares of the people who chose one of them.';
COMMENT ON COLUMN human_distributions.uniform_js_bits IS 'Jensen-Shannon divergence, in bits, of an answerer who finds every option equally likely; of the compared options where refusals are compared apart.';
COMMENT ON COLUMN human_distributions.refused IS 'The share of all people who chose an option that is a refusal.';
COMMENT ON COLUMN human_distributions.respondents IS 'How many people were asked; NULL where the survey does not say.';

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
