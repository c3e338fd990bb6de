-- The four schemas, and what the warehouse says about itself.

CREATE SCHEMA meta;
CREATE SCHEMA raw;
CREATE SCHEMA core;
CREATE SCHEMA "out";

CREATE TABLE meta.migration (
    migration_number INTEGER NOT NULL,
    file_name VARCHAR NOT NULL,
    sql_sha256 VARCHAR NOT NULL
);
COMMENT ON TABLE meta.migration IS 'One applied migration: a numbered .sql file, recorded in the transaction that ran it.';
COMMENT ON COLUMN meta.migration.migration_number IS 'The number its file name begins with; migrations run in this order.';
COMMENT ON COLUMN meta.migration.file_name IS 'File name in warehouse/migrations.';
COMMENT ON COLUMN meta.migration.sql_sha256 IS 'SHA-256 of the file as it was run, in lower-case hex.';

CREATE TABLE meta.build (
    content_hash VARCHAR NOT NULL,
    built_datetime TIMESTAMP NOT NULL,
    run_id VARCHAR,
    duckdb_version VARCHAR NOT NULL,
    migration_count INTEGER NOT NULL,
    release_count BIGINT NOT NULL,
    document_count BIGINT NOT NULL,
    page_count BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    mark_count BIGINT NOT NULL,
    sharing_count BIGINT NOT NULL,
    issue_count BIGINT NOT NULL,
    decision_sequence BIGINT NOT NULL,
    last_decision_id VARCHAR
);
COMMENT ON TABLE meta.build IS 'The one build that made this file. Clock times and run ids live only here and are not in the content hash.';
COMMENT ON COLUMN meta.build.content_hash IS 'SHA-256 over raw, core and out, in hex. The same hash means the same content.';
COMMENT ON COLUMN meta.build.built_datetime IS 'When the build finished, naive UTC.';
COMMENT ON COLUMN meta.build.run_id IS 'The run of the pipeline that built it; null when built by hand.';
COMMENT ON COLUMN meta.build.duckdb_version IS 'Version of DuckDB that built it.';
COMMENT ON COLUMN meta.build.migration_count IS 'Number of migrations applied.';
COMMENT ON COLUMN meta.build.release_count IS 'Rows of raw.release.';
COMMENT ON COLUMN meta.build.document_count IS 'Rows of raw.document.';
COMMENT ON COLUMN meta.build.page_count IS 'Rows of raw.page.';
COMMENT ON COLUMN meta.build.row_count IS 'Rows of raw.audit_row.';
COMMENT ON COLUMN meta.build.mark_count IS 'Rows of raw.hotlist_mark.';
COMMENT ON COLUMN meta.build.sharing_count IS 'Rows of raw.sharing_row.';
COMMENT ON COLUMN meta.build.issue_count IS 'Rows of core.issue.';
COMMENT ON COLUMN meta.build.decision_sequence IS 'How far the decision log was read: number of the last entry in core.decision; 0 without any.';
COMMENT ON COLUMN meta.build.last_decision_id IS 'decision_id of that entry; null without any.';

CREATE TABLE meta.check_result (
    check_name VARCHAR NOT NULL,
    question VARCHAR NOT NULL,
    failing_count BIGINT NOT NULL
);
COMMENT ON TABLE meta.check_result IS 'One check: a question whose answer must be zero rows. A build with a failed check is never published.';
COMMENT ON COLUMN meta.check_result.check_name IS 'File name in warehouse/checks, without .sql.';
COMMENT ON COLUMN meta.check_result.question IS 'The question in words.';
COMMENT ON COLUMN meta.check_result.failing_count IS 'Number of rows that answer it; 0 in every published file.';

CREATE TABLE meta.part_file (
    document_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    segment_ordinal INTEGER NOT NULL,
    row_count BIGINT NOT NULL
);
COMMENT ON TABLE meta.part_file IS 'One Parquet file of rows that an extraction left, with the count its manifest claims.';
COMMENT ON COLUMN meta.part_file.document_id IS 'SHA-256 of the document it was extracted from.';
COMMENT ON COLUMN meta.part_file.file_name IS 'File name inside the parts folder of the document.';
COMMENT ON COLUMN meta.part_file.segment_ordinal IS 'The segment its rows belong to, from 1.';
COMMENT ON COLUMN meta.part_file.row_count IS 'Rows in it, as the manifest says; a check compares with what was loaded.';

CREATE TABLE meta.header_mapping (
    printed_header VARCHAR NOT NULL,
    normalised_header VARCHAR NOT NULL,
    field VARCHAR
);
COMMENT ON TABLE meta.header_mapping IS 'One header as printed in some document of this build, and what the alias table made of it.';
COMMENT ON COLUMN meta.header_mapping.printed_header IS 'The header, verbatim as printed or given.';
COMMENT ON COLUMN meta.header_mapping.normalised_header IS 'Lower case, letters, digits and # only: the key it was looked up by.';
COMMENT ON COLUMN meta.header_mapping.field IS 'The canonical audit field it stands for; null when the table does not know it.';

CREATE TABLE meta.row_successor (
    former_id VARCHAR NOT NULL,
    present_id VARCHAR,
    document_id VARCHAR NOT NULL,
    former_fingerprint VARCHAR NOT NULL
);
COMMENT ON TABLE meta.row_successor IS 'One row_id or mark_id of an earlier extraction that names something else now, or nothing: matched by its box on the page. Not in the content hash.';
COMMENT ON COLUMN meta.row_successor.former_id IS 'The row_id or mark_id as an older citation has it. The same id may name another row now.';
COMMENT ON COLUMN meta.row_successor.present_id IS 'The row or mark that is at its place in this build; null where nothing is.';
COMMENT ON COLUMN meta.row_successor.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN meta.row_successor.former_fingerprint IS 'Fingerprint of the extraction that gave the id.';

CREATE VIEW meta.dictionary AS
SELECT
    c.schema_name AS schema_name,
    c.table_name AS relation_name,
    CASE WHEN v.view_name IS NULL THEN 'table' ELSE 'view' END AS relation_kind,
    coalesce(t.comment, v.comment) AS relation_comment,
    c.column_index AS column_ordinal,
    c.column_name AS column_name,
    c.data_type AS data_type,
    c.comment AS column_comment
FROM duckdb_columns() AS c
LEFT JOIN duckdb_tables() AS t
    ON t.database_name = c.database_name AND t.schema_name = c.schema_name AND t.table_name = c.table_name
LEFT JOIN duckdb_views() AS v
    ON v.database_name = c.database_name AND v.schema_name = c.schema_name AND v.view_name = c.table_name
WHERE c.database_name = current_database() AND c.schema_name IN ('raw', 'core', 'out', 'meta')
ORDER BY schema_name, relation_name, column_ordinal;
COMMENT ON VIEW meta.dictionary IS 'The data dictionary: one row per column of every table and view, with what it means.';
COMMENT ON COLUMN meta.dictionary.schema_name IS 'raw (as printed), core (typed and linked), out (for people) or meta (about the warehouse).';
COMMENT ON COLUMN meta.dictionary.relation_name IS 'Name of the table or view.';
COMMENT ON COLUMN meta.dictionary.relation_kind IS 'table or view.';
COMMENT ON COLUMN meta.dictionary.relation_comment IS 'What one row of it is.';
COMMENT ON COLUMN meta.dictionary.column_ordinal IS 'Position of the column, from 1.';
COMMENT ON COLUMN meta.dictionary.column_name IS 'Name of the column.';
COMMENT ON COLUMN meta.dictionary.data_type IS 'Its DuckDB type.';
COMMENT ON COLUMN meta.dictionary.column_comment IS 'What it holds.';
