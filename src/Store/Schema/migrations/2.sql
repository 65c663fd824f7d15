ALTER TABLE countries ADD COLUMN IF NOT EXISTS wave VARCHAR;
COMMENT ON COLUMN countries.wave IS 'The survey''s wave or year, as it calls it, for example 2019; NULL where it does not say, as GlobalOpinionQA.';
