CREATE TABLE IF NOT EXISTS text_classes (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    classifier_sha256 VARCHAR NOT NULL,
    classifier VARCHAR NOT NULL,
    wording VARCHAR NOT NULL,
    wording_sha256 VARCHAR NOT NULL,
    class VARCHAR NOT NULL,
    option_index INTEGER,
    probability DOUBLE NOT NULL,
    off_menu DOUBLE NOT NULL
);
COMMENT ON TABLE text_classes IS 'One row per text of text_readings, model that was asked which option it gives (texts classify), and wording of that request.';
COMMENT ON COLUMN text_classes.run_id IS 'The run whose text it is.';
COMMENT ON COLUMN text_classes.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN text_classes.sequence IS 'The text''s number in generations, over all orders of the question.';
COMMENT ON COLUMN text_classes.classifier_sha256 IS 'SHA-256 of the file of the model that was asked.';
COMMENT ON COLUMN text_classes.classifier IS 'That model''s name.';
COMMENT ON COLUMN text_classes.wording IS 'Name and version of the request''s wording; with -chat in the model''s own layout.';
COMMENT ON COLUMN text_classes.wording_sha256 IS 'SHA-256 of the wording, and in the model''s own layout of it and the layout''s.';
COMMENT ON COLUMN text_classes.class IS 'The most probable letter: option, or none (none of the options, or several).';
COMMENT ON COLUMN text_classes.option_index IS 'The option: its 0-based place in the survey; NULL where the class is none.';
COMMENT ON COLUMN text_classes.probability IS 'That letter''s probability among the letters.';
COMMENT ON COLUMN text_classes.off_menu IS 'The probability of anything but a letter.';
