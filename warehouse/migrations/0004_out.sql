-- For people. Views, so that they can never disagree with raw and core; every one carries its citation.

CREATE VIEW "out".document_status AS
WITH doubt AS (
    SELECT
        document_id,
        count(*) AS issue_count,
        count(DISTINCT coalesce(row_id, mark_id)) FILTER (WHERE severity IN ('error', 'doubt')) AS doubtful_row_count
    FROM core.issue
    WHERE document_id IS NOT NULL
    GROUP BY document_id
),
kinds AS (
    SELECT document_id, string_agg(DISTINCT kind, ', ' ORDER BY kind) AS segment_kinds
    FROM raw.segment
    GROUP BY document_id
),
receipts AS (
    SELECT document_id, count(*) AS receipt_count
    FROM raw.receipt
    GROUP BY document_id
)
SELECT
    d.document_id,
    d.file_name,
    rel.release_id,
    rel.agency,
    d.state AS document_state,
    d.error_code,
    d.reason,
    d.advice,
    d.media_type,
    d.page_count,
    kinds.segment_kinds,
    d.row_count,
    d.mark_count,
    d.sharing_count,
    coalesce(doubt.doubtful_row_count, 0) AS doubtful_row_count,
    coalesce(doubt.issue_count, 0) AS issue_count,
    coalesce(receipts.receipt_count, 0) AS receipt_count,
    concat_ws(
        ', ',
        coalesce(rel.agency, 'agency not stated'),
        'request ' || coalesce(rel.request_number, 'number not stated'),
        'produced ' || coalesce(strftime(rel.produced_date, '%Y-%m-%d'), 'on a date not stated'),
        'file ' || coalesce(rec.path, d.file_name) || coalesce(' in ' || rec.container, ''),
        'SHA-256 ' || d.document_id
    ) AS citation
FROM raw.document AS d
LEFT JOIN raw.receipt AS rec ON rec.document_id = d.document_id AND rec.receipt_number = 1
LEFT JOIN raw.release AS rel ON rel.release_id = rec.release_id
LEFT JOIN doubt ON doubt.document_id = d.document_id
LEFT JOIN kinds ON kinds.document_id = d.document_id
LEFT JOIN receipts ON receipts.document_id = d.document_id;
COMMENT ON VIEW "out".document_status IS 'One document and how it stands: loaded, set aside, quarantined or waiting, why, and what to do.';
COMMENT ON COLUMN "out".document_status.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".document_status.file_name IS 'Its name on the first receipt.';
COMMENT ON COLUMN "out".document_status.release_id IS 'The release it came in; the first by production date when it came in several.';
COMMENT ON COLUMN "out".document_status.agency IS 'The agency that produced it.';
COMMENT ON COLUMN "out".document_status.document_state IS 'loaded, set_aside, quarantined or waiting.';
COMMENT ON COLUMN "out".document_status.error_code IS 'Code of the error that quarantined it; null otherwise.';
COMMENT ON COLUMN "out".document_status.reason IS 'Why it is in this state, in words.';
COMMENT ON COLUMN "out".document_status.advice IS 'What a person can do about it.';
COMMENT ON COLUMN "out".document_status.media_type IS 'What it is by its first bytes.';
COMMENT ON COLUMN "out".document_status.page_count IS 'Number of pages; null when it could not be opened.';
COMMENT ON COLUMN "out".document_status.segment_kinds IS 'Kinds of its segments, comma-separated; null without any.';
COMMENT ON COLUMN "out".document_status.row_count IS 'Rows of audit logs of it in the warehouse.';
COMMENT ON COLUMN "out".document_status.mark_count IS 'Marks of it in the warehouse.';
COMMENT ON COLUMN "out".document_status.sharing_count IS 'Organizations of its sharing lists in the warehouse.';
COMMENT ON COLUMN "out".document_status.doubtful_row_count IS 'Rows and marks of it with an issue of severity error or doubt.';
COMMENT ON COLUMN "out".document_status.issue_count IS 'Issues about it, of every severity.';
COMMENT ON COLUMN "out".document_status.receipt_count IS 'How often it was handed over.';
COMMENT ON COLUMN "out".document_status.citation IS 'Agency, request number, production date, file and SHA-256 in one line.';

CREATE VIEW "out".release_status AS
WITH documents AS (
    SELECT
        rec.release_id,
        count(DISTINCT rec.document_id) AS document_count,
        count(DISTINCT rec.document_id) FILTER (WHERE d.state = 'loaded') AS loaded_document_count
    FROM raw.receipt AS rec
    JOIN raw.document AS d ON d.document_id = rec.document_id
    GROUP BY rec.release_id
)
SELECT
    rel.release_id,
    rel.agency,
    rel.state AS agency_state,
    rel.request_number,
    rel.requested_date,
    rel.produced_date,
    rel.status AS request_status,
    rel.exemptions,
    coalesce(documents.document_count, 0) AS document_count,
    coalesce(documents.loaded_document_count, 0) AS loaded_document_count,
    concat_ws(
        ', ',
        coalesce(rel.agency, 'agency not stated'),
        'request ' || coalesce(rel.request_number, 'number not stated'),
        'produced ' || coalesce(strftime(rel.produced_date, '%Y-%m-%d'), 'on a date not stated'),
        'release ' || rel.release_id
    ) AS citation
FROM raw.release AS rel
LEFT JOIN documents ON documents.release_id = rel.release_id;
COMMENT ON VIEW "out".release_status IS 'One release and what came of it; a denied request without files is a row too.';
COMMENT ON COLUMN "out".release_status.release_id IS 'Name of the release folder.';
COMMENT ON COLUMN "out".release_status.agency IS 'The agency that answered.';
COMMENT ON COLUMN "out".release_status.agency_state IS 'US state of the agency, as stated.';
COMMENT ON COLUMN "out".release_status.request_number IS 'Number of the records request.';
COMMENT ON COLUMN "out".release_status.requested_date IS 'When the request was made.';
COMMENT ON COLUMN "out".release_status.produced_date IS 'When the agency answered.';
COMMENT ON COLUMN "out".release_status.request_status IS 'fulfilled, partial, denied, no_records, pending or unknown.';
COMMENT ON COLUMN "out".release_status.exemptions IS 'Exemptions the agency claimed, as cited.';
COMMENT ON COLUMN "out".release_status.document_count IS 'Documents in it.';
COMMENT ON COLUMN "out".release_status.loaded_document_count IS 'Documents of it whose rows are in the warehouse.';
COMMENT ON COLUMN "out".release_status.citation IS 'Agency, request number, production date and release in one line.';
