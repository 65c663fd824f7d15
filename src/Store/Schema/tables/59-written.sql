CREATE TABLE IF NOT EXISTS reading_settings (
    run_id INTEGER NOT NULL,
    setting VARCHAR NOT NULL,
    value VARCHAR NOT NULL
);
COMMENT ON TABLE reading_settings IS 'One row per run and setting of its reading, where a reading has settings: of written texts how many, how long and how they are sampled. Part of the run''s key.';
COMMENT ON COLUMN reading_settings.run_id IS 'The run.';
COMMENT ON COLUMN reading_settings.setting IS 'texts, tokens, temperature, top_p, seed, stop and rule (the version of the rule that reads texts), or numerals.';
COMMENT ON COLUMN reading_settings.value IS 'Its value, as text.';

CREATE TABLE IF NOT EXISTS text_readings (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    order_index INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    class VARCHAR NOT NULL,
    option_index INTEGER
);
COMMENT ON TABLE text_readings IS 'One row per text of generations that is part of an answer, that is of runs whose reading is written: what the rule reads in it.';
COMMENT ON COLUMN text_readings.run_id IS 'The run.';
COMMENT ON COLUMN text_readings.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN text_readings.order_index IS 'Which of the question''s orders, from 0.';
COMMENT ON COLUMN text_readings.sequence IS 'The text''s number in generations, over all orders of the question.';
COMMENT ON COLUMN text_readings.class IS 'letter or words (it names one option so), refusal (it names none and declines), several (it names more than one), none.';
COMMENT ON COLUMN text_readings.option_index IS 'The option that it names: its 0-based place in the survey; NULL where it names none or several.';
