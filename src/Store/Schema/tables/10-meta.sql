-- Fact tables (human_distributions, answers, unanswered, generations, similarities) carry no primary key: appending to an
-- indexed table is ten times slower, and the program that writes them keeps their rows unique.

CREATE TABLE meta (
    schema_version INTEGER NOT NULL,
    views_sha256 VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE meta IS 'One row about the file itself.';
COMMENT ON COLUMN meta.schema_version IS 'Version of the tables. A program of a later version brings the file up to date when it opens it for writing.';
COMMENT ON COLUMN meta.views_sha256 IS 'SHA-256 of the text of the views and macros; where a program has others it makes them anew when it opens the file for writing.';
COMMENT ON COLUMN meta.created_at IS 'When the file was made, UTC.';
