CREATE VIEW findings AS
SELECT f.study_id, m.model, f.topic, f.part, f.subject, f.measure, f.n, f.value, f.low, f.high, f.p, f.p_holm, f.verdict, f.note, f.families, f.finding_index
FROM study_findings AS f
LEFT JOIN model_labels AS m ON m.model_id = f.model_id;
COMMENT ON VIEW findings IS 'What studies found: one row per number, in the order in which the study prints them.';
COMMENT ON COLUMN findings.study_id IS 'The study.';
COMMENT ON COLUMN findings.model IS 'The model''s name; NULL for what concerns none or several.';
COMMENT ON COLUMN findings.topic IS 'What is asked: counts, nearest, naming, language, orders, controls, entropy, homogeneity, templates.';
COMMENT ON COLUMN findings.part IS 'The part of the study that it is about.';
COMMENT ON COLUMN findings.subject IS 'The country, language or label that it is about; NULL where it is about all.';
COMMENT ON COLUMN findings.measure IS 'Which number.';
COMMENT ON COLUMN findings.n IS 'Questions behind it.';
COMMENT ON COLUMN findings.value IS 'The number; similarities and their differences are in bits.';
COMMENT ON COLUMN findings.low IS 'Lower end of the 95 % interval; NULL where there is none.';
COMMENT ON COLUMN findings.high IS 'Upper end of the 95 % interval.';
COMMENT ON COLUMN findings.p IS 'Two-sided p-value for 0; NULL where nothing is tested.';
COMMENT ON COLUMN findings.p_holm IS 'The same by Holm''s correction for all subjects of the measure.';
COMMENT ON COLUMN findings.verdict IS 'In words: yes, no, not shown, or too few questions to say; NULL where nothing is tested.';
COMMENT ON COLUMN findings.note IS 'What else must be said of it.';
COMMENT ON COLUMN findings.families IS 'Item families behind the interval.';
COMMENT ON COLUMN findings.finding_index IS 'Their order, from 0.';
