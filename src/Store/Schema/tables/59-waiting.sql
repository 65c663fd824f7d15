CREATE TABLE IF NOT EXISTS session_waits (
    run_id INTEGER NOT NULL,
    started_at TIMESTAMP NOT NULL,
    waiting DOUBLE NOT NULL
);
COMMENT ON TABLE session_waits IS 'One row per session of a run (run_sessions) that decoded something and ended properly, from version 15 on.';
COMMENT ON COLUMN session_waits.run_id IS 'The run.';
COMMENT ON COLUMN session_waits.started_at IS 'When the session began, UTC.';
COMMENT ON COLUMN session_waits.waiting IS 'The share of its time at work in which no decode was under way, so that the device waited for its host for certain, 0 to 1.';

