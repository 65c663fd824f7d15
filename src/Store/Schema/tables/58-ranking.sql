CREATE TABLE IF NOT EXISTS ranking_limits (
    run_id INTEGER PRIMARY KEY,
    fewest_questions INTEGER NOT NULL
);
COMMENT ON TABLE ranking_limits IS 'One row per run for which somebody chose how many questions a country needs to be ranked; the view thin_limits has every run''s limit.';
COMMENT ON COLUMN ranking_limits.run_id IS 'The run.';
COMMENT ON COLUMN ranking_limits.fewest_questions IS 'Countries with fewer answered questions have no rank.';

