CREATE TABLE IF NOT EXISTS run_prompts (
    run_id INTEGER NOT NULL,
    before VARCHAR NOT NULL,
    system VARCHAR,
    behind_system VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    after VARCHAR NOT NULL,
    opening VARCHAR NOT NULL,
    said VARCHAR,
    message_trim VARCHAR NOT NULL,
    system_trim VARCHAR NOT NULL,
    labels VARCHAR,
    country VARCHAR,
    somebody VARCHAR,
    persona VARCHAR,
    put_in_sha256 VARCHAR
);
COMMENT ON TABLE run_prompts IS 'One row per run that this program asked, from version 13 on: what all its prompts have in common. A prompt is before, system, behind_system, message, after, opening, one behind the other, with a question''s texts in the places {question}, {label} and {option}; a line of the message that holds {option} comes once per option, in the order of answers.options. Places are filled once. Runs that are the mean of others have none.';
COMMENT ON COLUMN run_prompts.run_id IS 'The run.';
COMMENT ON COLUMN run_prompts.before IS 'What the layout of turns puts first, in a model''s own layout with its control tokens by name, but for a start token that the model''s vocabulary puts first by itself.';
COMMENT ON COLUMN run_prompts.system IS 'The system message with its places; NULL for none.';
COMMENT ON COLUMN run_prompts.behind_system IS 'What the layout puts between the system message and the person''s; empty where there is no system message.';
COMMENT ON COLUMN run_prompts.message IS 'What the person says, with its places.';
COMMENT ON COLUMN run_prompts.after IS 'What the layout puts between the person''s message and the answer.';
COMMENT ON COLUMN run_prompts.opening IS 'How the answer begins; the model goes on right behind it.';
COMMENT ON COLUMN run_prompts.said IS 'What leads on from the prompt to the number that is read of each option; NULL where no such number is read.';
COMMENT ON COLUMN run_prompts.message_trim IS 'Which blanks at the ends of the filled message the layout leaves out: none, start, end or both.';
COMMENT ON COLUMN run_prompts.system_trim IS 'The same of the system message.';
COMMENT ON COLUMN run_prompts.labels IS 'The options'' labels by position, one a line, as many as any question needs; NULL for A, B, ...';
COMMENT ON COLUMN run_prompts.country IS 'What stands in the place {country}, unless prompt_texts has another for the question; NULL where no country is named.';
COMMENT ON COLUMN run_prompts.somebody IS 'What stands in the place {somebody}, unless prompt_texts has another for the question; NULL where nobody is named.';
COMMENT ON COLUMN run_prompts.persona IS 'What stands in the place {persona}; NULL for nobody.';
COMMENT ON COLUMN run_prompts.put_in_sha256 IS 'Which rows of prompt_texts are put into the places; NULL where all texts are the survey''s own.';

CREATE TABLE IF NOT EXISTS prompt_texts (
    put_in_sha256 VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    option_index INTEGER,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE prompt_texts IS 'One row per text that prompts have in the place of the survey''s own: of a translation, of a control, or of a change by rule. Kept once for all runs that put in the same.';
COMMENT ON COLUMN prompt_texts.put_in_sha256 IS 'SHA-256 over what makes these texts: the survey, the translation, the control and the rule (run_prompts.put_in_sha256).';
COMMENT ON COLUMN prompt_texts.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN prompt_texts.place IS 'question, option, added (an option that the survey does not have), country or somebody.';
COMMENT ON COLUMN prompt_texts.option_index IS 'Of an option its place in the survey; of an added one that of the option behind which it is listed; NULL for other places.';
COMMENT ON COLUMN prompt_texts.text IS 'The text, verbatim.';
