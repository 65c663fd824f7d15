CREATE TABLE IF NOT EXISTS answer_bounds (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    order_index INTEGER NOT NULL,
    options INTEGER[] NOT NULL,
    mass DOUBLE NOT NULL
);
COMMENT ON TABLE answer_bounds IS 'One row per answer some of whose log_probs are only the most that they can be, because a server shows no smaller ones.';
COMMENT ON COLUMN answer_bounds.run_id IS 'The run.';
COMMENT ON COLUMN answer_bounds.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN answer_bounds.order_index IS 'Which of the question''s orders, from 0.';
COMMENT ON COLUMN answer_bounds.options IS 'The option_index of each option whose log_prob is a bound, rising.';
COMMENT ON COLUMN answer_bounds.mass IS 'The sum of the probabilities that these bounds are: label_mass is at most so much too large, and off_menu as much too small.';
