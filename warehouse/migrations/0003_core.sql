-- What is doubtful, and about what.

CREATE TABLE core.issue (
    issue_id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    advice VARCHAR,
    release_id VARCHAR,
    document_id VARCHAR,
    page_number INTEGER,
    row_id VARCHAR,
    row_number INTEGER,
    field VARCHAR,
    seen_text VARCHAR
);
COMMENT ON TABLE core.issue IS 'Something that was not read, not understood or is contradictory, pinned down as far as it goes.';
COMMENT ON COLUMN core.issue.issue_id IS 'i- and 16 hex digits of the SHA-256 over its content: stable while the issue stays the same.';
COMMENT ON COLUMN core.issue.stage IS 'Where it was noticed: intake, extract or load.';
COMMENT ON COLUMN core.issue.code IS 'Stable, searchable name of the kind of issue.';
COMMENT ON COLUMN core.issue.severity IS 'error: something printed is not in the values. doubt: a value may be wrong. notice: good to know.';
COMMENT ON COLUMN core.issue.message IS 'What it is, in words.';
COMMENT ON COLUMN core.issue.advice IS 'What a person can do about it.';
COMMENT ON COLUMN core.issue.release_id IS 'The release, for issues of a release; null for those of a document, whose receipts name the releases.';
COMMENT ON COLUMN core.issue.document_id IS 'SHA-256 of the document; null for issues of a whole release.';
COMMENT ON COLUMN core.issue.page_number IS 'The page, 1-based; null for the whole document.';
COMMENT ON COLUMN core.issue.row_id IS 'The row; null for a whole page, document or release.';
COMMENT ON COLUMN core.issue.row_number IS 'Ordinal of the row on the page, from 1.';
COMMENT ON COLUMN core.issue.field IS 'The canonical field, or the printed header of a column that is none.';
COMMENT ON COLUMN core.issue.seen_text IS 'The printed text in question. May hold personal data.';
