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
COMMENT ON TABLE models IS 'One row per model file, identified by the SHA-256 of its bytes.';
COMMENT ON COLUMN models.model_id IS 'The model''s number in this file.';
COMMENT ON COLUMN models.name IS 'What it was called when it was first used, or was renamed to; views show it as in model_labels.';
COMMENT ON COLUMN models.path IS 'Where it was when it was first used.';
COMMENT ON COLUMN models.sha256 IS 'SHA-256 of the model file''s bytes: its identity.';
COMMENT ON COLUMN models.architecture IS 'Architecture, from the file, for example llama.';
COMMENT ON COLUMN models.description IS 'The inference library''s one-line description.';
COMMENT ON COLUMN models.parameter_count IS 'Number of parameters.';
COMMENT ON COLUMN models.file_bytes IS 'Size of the file in bytes.';
COMMENT ON COLUMN models.quantisation IS 'Number format of most weights, for example Q4_1.';
COMMENT ON COLUMN models.vocabulary_size IS 'Number of tokens.';
COMMENT ON COLUMN models.context_length IS 'Longest context in tokens that the model was trained for.';

CREATE TABLE templates (
    sha256 VARCHAR PRIMARY KEY,
    wording VARCHAR NOT NULL
);
COMMENT ON TABLE templates IS 'One row per wording of a prompt, identified by the SHA-256 of its bytes (runs.template_sha256).';
COMMENT ON COLUMN templates.sha256 IS 'SHA-256 of the wording in UTF-8.';
COMMENT ON COLUMN templates.wording IS 'The prompt with {question}, {label} and {option} in the places of a question''s texts; the line that holds {option} comes once per option.';

CREATE TABLE runs (
    run_id INTEGER PRIMARY KEY,
    key VARCHAR NOT NULL UNIQUE,
    model_id INTEGER NOT NULL,
    survey_id INTEGER NOT NULL,
    condition VARCHAR NOT NULL,
    prompted_country VARCHAR,
    language VARCHAR,
    translation VARCHAR,
    translation_sha256 VARCHAR,
    control VARCHAR NOT NULL,
    reading VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
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
COMMENT ON TABLE runs IS 'One row per run: one survey put to one model in one way.';
COMMENT ON COLUMN runs.run_id IS 'The run''s number in this file.';
COMMENT ON COLUMN runs.key IS 'SHA-256 over everything that can change an answer; the same key is the same run, which goes on where it stopped.';
COMMENT ON COLUMN runs.model_id IS 'The model.';
COMMENT ON COLUMN runs.survey_id IS 'The survey.';
COMMENT ON COLUMN runs.condition IS 'default, cross-national or linguistic.';
COMMENT ON COLUMN runs.prompted_country IS 'The country that the prompt names; NULL where it names none.';
COMMENT ON COLUMN runs.language IS 'BCP 47 tag of the language of the prompts; NULL for the survey''s own.';
COMMENT ON COLUMN runs.translation IS 'human or machine, where the questions were translated; NULL for the survey''s own language.';
COMMENT ON COLUMN runs.translation_sha256 IS 'SHA-256 of the translation file''s bytes; NULL where there is none.';
COMMENT ON COLUMN runs.control IS 'none, or the control that the run is: options-only, shuffled-question, wrong-country, uniform, oracle; perturbed where the prompt is changed by rule, persona where the run is a part of a mean over personas.';
COMMENT ON COLUMN runs.reading IS 'How an answer is read: labels (next-token probability of the option''s label), or from the option''s text by its log-probability (text-sum), that per token (text-mean) or per byte (text-bytes), or less that behind the domain prompt (text-pmi); written (from the texts that the model writes, by rule), or verbalised (how many of 100 people it says would choose each option).';
COMMENT ON COLUMN runs.origin IS 'run where this program asked the model, import where the answers came from a file.';
COMMENT ON COLUMN runs.template IS 'Name of the prompt''s wording.';
COMMENT ON COLUMN runs.template_version IS 'Version of the wording.';
COMMENT ON COLUMN runs.template_sha256 IS 'SHA-256 of the wording''s bytes.';
COMMENT ON COLUMN runs.ending IS 'How the prompt ends: paren or space.';
COMMENT ON COLUMN runs.option_order IS 'The orders in which options were put; faithful is the survey''s own.';
COMMENT ON COLUMN runs.plan IS 'How prompts were put together for decoding, in a word; part of the key.';
COMMENT ON COLUMN runs.exact IS 'Whether each prompt was decoded alone in F32.';
COMMENT ON COLUMN runs.kv_type IS 'Number type of the key-value cache.';
COMMENT ON COLUMN runs.flash_attention IS 'Whether llama.cpp might use flash attention.';
COMMENT ON COLUMN runs.engine_build IS 'Version of the inference library.';
COMMENT ON COLUMN runs.device IS 'What computed, for example cpu.';
COMMENT ON COLUMN runs.plan_sha256 IS 'A hash, outside the key, that identifies every decode of the run; NULL until it is known. A run never holds answers of two plans.';

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
COMMENT ON TABLE run_sessions IS 'One row per time that a program worked on a run.';
COMMENT ON COLUMN run_sessions.run_id IS 'The run.';
COMMENT ON COLUMN run_sessions.session IS '1, 2, ... for each time.';
COMMENT ON COLUMN run_sessions.started_at IS 'When it began, UTC.';
COMMENT ON COLUMN run_sessions.finished_at IS 'When it ended, UTC; NULL where it did not end properly.';
COMMENT ON COLUMN run_sessions.status IS 'running, complete, interrupted, killed, or shard: a part of the run, asked to be merged. A session that was killed still says running until the run is taken up again.';
COMMENT ON COLUMN run_sessions.seconds IS 'Time at work; NULL where the session did not end properly.';
COMMENT ON COLUMN run_sessions.tokens_decoded IS 'Tokens decoded; NULL where the session did not end properly.';
COMMENT ON COLUMN run_sessions.unshared_tokens IS 'Tokens that would have been decoded had no two prompts shared any; NULL where the session did not end properly.';
COMMENT ON COLUMN run_sessions.threads IS 'Threads that decoded.';
COMMENT ON COLUMN run_sessions.machine IS 'A line about the machine.';
COMMENT ON COLUMN run_sessions.tool_version IS 'Version of this program.';

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
COMMENT ON TABLE noise_floors IS 'One row per run: how far its arithmetic moves numbers, as absolute differences from decoding one prompt at a time, in F32 or, on a server, without its cache, over a seeded sample of its prompts.';
COMMENT ON COLUMN noise_floors.run_id IS 'The run.';
COMMENT ON COLUMN noise_floors.prompts IS 'Prompts of the sample.';
COMMENT ON COLUMN noise_floors.mean_prob IS 'Mean difference of an option''s renormalised probability in one order.';
COMMENT ON COLUMN noise_floors.max_prob IS 'Largest difference of an option''s renormalised probability in one order.';
COMMENT ON COLUMN noise_floors.mean_log_prob IS 'Mean difference of a label''s log-probability, in nats.';
COMMENT ON COLUMN noise_floors.max_log_prob IS 'Largest difference of a label''s log-probability, in nats.';
COMMENT ON COLUMN noise_floors.mean_similarity IS 'Mean difference of the similarity in bits of one question and country; NULL where no country was asked any question of the sample.';
COMMENT ON COLUMN noise_floors.max_similarity IS 'Largest difference of the similarity in bits of one question and country; NULL together with the mean.';
