CREATE TABLE studies (
    study_id INTEGER PRIMARY KEY,
    sha256 VARCHAR NOT NULL UNIQUE,
    declaration VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    tool_version VARCHAR NOT NULL
);
COMMENT ON TABLE studies IS 'One row per study: a declared set of runs and of the questions that they answer together.';
COMMENT ON COLUMN studies.study_id IS 'The study''s number in this file.';
COMMENT ON COLUMN studies.sha256 IS 'SHA-256 of the declaration: the study''s identity.';
COMMENT ON COLUMN studies.declaration IS 'The study as it was declared, JSON; saved to a file it declares the same study again.';
COMMENT ON COLUMN studies.started_at IS 'When it was first begun, UTC.';
COMMENT ON COLUMN studies.tool_version IS 'Version of the program that began it.';

CREATE TABLE study_runs (
    study_id INTEGER NOT NULL,
    part VARCHAR NOT NULL,
    run_id INTEGER NOT NULL
);
COMMENT ON TABLE study_runs IS 'One row per run of a study. A run can belong to several studies.';
COMMENT ON COLUMN study_runs.study_id IS 'The study.';
COMMENT ON COLUMN study_runs.part IS 'Which part of the study it is: default, default-orders, default-faithful, cross-national, linguistic-ru, options-only, uniform, ...';
COMMENT ON COLUMN study_runs.run_id IS 'The run.';

CREATE TABLE study_findings (
    study_id INTEGER NOT NULL,
    finding_index INTEGER NOT NULL,
    model_id INTEGER,
    topic VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    subject VARCHAR,
    measure VARCHAR NOT NULL,
    n INTEGER NOT NULL,
    families INTEGER,
    value DOUBLE,
    low DOUBLE,
    high DOUBLE,
    p DOUBLE,
    p_holm DOUBLE,
    verdict VARCHAR,
    note VARCHAR
);
COMMENT ON TABLE study_findings IS 'One row per number that a study found, computed from its runs; written anew each time the study is run.';
COMMENT ON COLUMN study_findings.study_id IS 'The study.';
COMMENT ON COLUMN study_findings.finding_index IS 'Their order, from 0.';
COMMENT ON COLUMN study_findings.model_id IS 'The model; NULL for what concerns none or several.';
COMMENT ON COLUMN study_findings.topic IS 'What is asked: counts, nearest, naming, language, orders, controls, entropy, homogeneity, templates.';
COMMENT ON COLUMN study_findings.part IS 'The part of the study that it is about.';
COMMENT ON COLUMN study_findings.subject IS 'The country, language or label that it is about; NULL where it is about all.';
COMMENT ON COLUMN study_findings.measure IS 'Which number; docs/study.md explains each.';
COMMENT ON COLUMN study_findings.n IS 'Questions behind it.';
COMMENT ON COLUMN study_findings.families IS 'Item families of these questions; NULL where no interval was computed.';
COMMENT ON COLUMN study_findings.value IS 'The number; similarities and their differences are in bits.';
COMMENT ON COLUMN study_findings.low IS 'Lower end of the 95 % interval from a bootstrap that draws whole item families; NULL where there is none.';
COMMENT ON COLUMN study_findings.high IS 'Upper end of that interval.';
COMMENT ON COLUMN study_findings.p IS 'Two-sided p-value for 0; NULL where nothing is tested.';
COMMENT ON COLUMN study_findings.p_holm IS 'The same by Holm''s correction for all subjects of the measure.';
COMMENT ON COLUMN study_findings.verdict IS 'In words: yes, no, not shown, or too few questions to say; NULL where nothing is tested.';
COMMENT ON COLUMN study_findings.note IS 'What else must be said of it.';
