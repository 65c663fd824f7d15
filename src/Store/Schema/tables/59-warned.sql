CREATE TABLE IF NOT EXISTS run_warnings (
    run_id INTEGER NOT NULL,
    warning VARCHAR NOT NULL
);
COMMENT ON TABLE run_warnings IS 'One row per run and thing that was wrong with its model although it could be asked: what its file lacks, and what llama.cpp warned of while loading it.';
COMMENT ON COLUMN run_warnings.run_id IS 'The run.';
COMMENT ON COLUMN run_warnings.warning IS 'What is wrong, in words.';
