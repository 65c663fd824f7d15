CREATE TABLE answers (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    order_index INTEGER NOT NULL,
    label_mass DOUBLE,
    off_menu DOUBLE,
    token_count INTEGER NOT NULL,
    boundary VARCHAR NOT NULL,
    options INTEGER[] NOT NULL,
    log_probs DOUBLE[] NOT NULL,
    probs DOUBLE[] NOT NULL
);
COMMENT ON TABLE answers IS 'One row per answered prompt of a run: a question in one order of its options. The three lists go by position in the prompt.';
COMMENT ON COLUMN answers.run_id IS 'The run.';
COMMENT ON COLUMN answers.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN answers.order_index IS 'Which of the question''s orders, from 0.';
COMMENT ON COLUMN answers.label_mass IS 'Probability of all labels, or all texts, of the prompt together, under the full vocabulary; NULL where another program asked and does not tell. Of written answers the share of texts that name one option, of verbalised ones the probability of numerals.';
COMMENT ON COLUMN answers.off_menu IS '1 - label_mass: the probability of anything but the labels; NULL together with it.';
COMMENT ON COLUMN answers.token_count IS 'Tokens of the prompt; 0 where another program asked.';
COMMENT ON COLUMN answers.boundary IS 'natural, or forced where prompt and label would have merged into one token.';
COMMENT ON COLUMN answers.options IS 'The option_index of the option at each position; position 0 carries the label A.';
COMMENT ON COLUMN answers.log_probs IS 'Natural log of each label''s probability as the next token, under the full vocabulary; where texts are read, of the whole text''s (the sum over its tokens). Of written answers, the log of the share of texts; of verbalised ones, of the share of people that the model says. Empty where label_mass is NULL.';
COMMENT ON COLUMN answers.probs IS 'The same probabilities, renormalised over the labels; where texts are read, the softmax of the scores that runs.reading names.';

CREATE TABLE option_texts (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    order_index INTEGER NOT NULL,
    tokens INTEGER[] NOT NULL,
    bytes INTEGER[] NOT NULL,
    domain_log_probs DOUBLE[]
);
COMMENT ON TABLE option_texts IS 'One row per answer that was read from the options'' texts: what the scores of the readings are made of. The lists go by position in the prompt.';
COMMENT ON COLUMN option_texts.run_id IS 'The run.';
COMMENT ON COLUMN option_texts.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN option_texts.order_index IS 'Which of the question''s orders, from 0.';
COMMENT ON COLUMN option_texts.tokens IS 'Tokens of each option''s text behind the prompt.';
COMMENT ON COLUMN option_texts.bytes IS 'Bytes of each option''s text in UTF-8.';
COMMENT ON COLUMN option_texts.domain_log_probs IS 'Natural log of each text''s probability behind the domain prompt, which has the same closing words and asks nothing; NULL where texts were not read behind it.';

CREATE TABLE unanswered (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE unanswered IS 'One row per question that a run could not answer. The question as a whole is unanswered, never one of its orders; an answer removes the record.';
COMMENT ON COLUMN unanswered.run_id IS 'The run.';
COMMENT ON COLUMN unanswered.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN unanswered.reason IS 'Why it has no answer.';

CREATE TABLE generations (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    seed BIGINT NOT NULL,
    temperature DOUBLE NOT NULL,
    top_p DOUBLE NOT NULL,
    prompt VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    finish VARCHAR NOT NULL,
    agrees BOOLEAN
);
COMMENT ON TABLE generations IS 'One row per text that a model wrote in answer to a question. They are answers only of runs whose reading is written: see text_readings.';
COMMENT ON COLUMN generations.run_id IS 'The run.';
COMMENT ON COLUMN generations.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN generations.sequence IS '0, 1, ... for each text to the same question.';
COMMENT ON COLUMN generations.seed IS 'Seed of the sampling.';
COMMENT ON COLUMN generations.temperature IS 'Temperature of the sampling; 0 takes the most probable token.';
COMMENT ON COLUMN generations.top_p IS 'Nucleus of the sampling, above 0, at most 1.';
COMMENT ON COLUMN generations.prompt IS 'The whole prompt, verbatim.';
COMMENT ON COLUMN generations.text IS 'What the model wrote, verbatim.';
COMMENT ON COLUMN generations.finish IS 'Why it ended: end (the model ended it), stop (a stop string), length, or broken (the model''s logits were no numbers any more).';
COMMENT ON COLUMN generations.agrees IS 'Whether the text names the option that has the highest probability; NULL where it names none or several.';
