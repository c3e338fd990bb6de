-- For people. Views, so that they can never disagree with raw and core; every one carries its citation.

CREATE VIEW "out".audit_search AS
SELECT
    r.row_id,
    rel.release_id,
    rel.agency,
    rel.state AS agency_state,
    rel.request_number,
    rel.produced_date,
    r.document_id,
    d.file_name,
    r.segment_id,
    r.page_number,
    r.row_number,
    r.id,
    r.name,
    r.org_name,
    r.total_networks_searched,
    r.total_devices_searched,
    r.time_frame,
    r.license_plate,
    r.reason,
    r.case_number,
    r.filters,
    r.search_time,
    r.search_type,
    r.text_prompt,
    r.moderation,
    r.other,
    r.confidence,
    'machine' AS standing,
    concat_ws(
        ', ',
        coalesce(rel.agency, 'agency not stated'),
        'request ' || coalesce(rel.request_number, 'number not stated'),
        'produced ' || coalesce(strftime(rel.produced_date, '%Y-%m-%d'), 'on a date not stated'),
        'file ' || coalesce(rec.path, d.file_name) || coalesce(' in ' || rec.container, ''),
        'page ' || r.page_number,
        'row ' || r.row_number,
        'SHA-256 ' || r.document_id
    ) AS citation,
    '/trace/' || r.row_id AS trace_url
FROM raw.audit_row AS r
JOIN raw.document AS d ON d.document_id = r.document_id
LEFT JOIN raw.receipt AS rec ON rec.document_id = r.document_id AND rec.receipt_number = 1
LEFT JOIN raw.release AS rel ON rel.release_id = rec.release_id;
COMMENT ON VIEW "out".audit_search IS 'One printed row of an audit log, as printed, with whose log it is and where to find it. Rows, not searches: one search may be printed in several logs.';
COMMENT ON COLUMN "out".audit_search.row_id IS 'Names the row by its place; recordtrail trace <row_id> shows it on the page.';
COMMENT ON COLUMN "out".audit_search.release_id IS 'The release the document came in; the first by production date when it came in several (raw.receipt has all).';
COMMENT ON COLUMN "out".audit_search.agency IS 'The agency that produced the document: whose log it is.';
COMMENT ON COLUMN "out".audit_search.agency_state IS 'US state of that agency, as stated.';
COMMENT ON COLUMN "out".audit_search.request_number IS 'Number of the records request.';
COMMENT ON COLUMN "out".audit_search.produced_date IS 'When the agency produced the document.';
COMMENT ON COLUMN "out".audit_search.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".audit_search.file_name IS 'Name of the document on its first receipt.';
COMMENT ON COLUMN "out".audit_search.segment_id IS 'The run of pages the row belongs to (raw.segment).';
COMMENT ON COLUMN "out".audit_search.page_number IS 'Page of the row''s anchor, 1-based.';
COMMENT ON COLUMN "out".audit_search.row_number IS 'Ordinal of the row on that page, from 1.';
COMMENT ON COLUMN "out".audit_search.id IS 'As printed: the search''s own id. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.name IS 'As printed: the account that searched. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.org_name IS 'As printed: the organization that searched (not the agency whose log this is). Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.total_networks_searched IS 'As printed: number of networks searched. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.total_devices_searched IS 'As printed: number of devices searched. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.time_frame IS 'As printed: the period searched. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.license_plate IS 'As printed: the plate searched for. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.reason IS 'As printed: the reason given. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.case_number IS 'As printed: the case number given. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.filters IS 'As printed: the filters chosen. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.search_time IS 'As printed: when the search was made. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.search_type IS 'As printed: the kind of search. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.text_prompt IS 'As printed: the free-text prompt. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.moderation IS 'As printed: what moderation said. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search.other IS 'Cells of columns that are no canonical field: printed header -> text.';
COMMENT ON COLUMN "out".audit_search.confidence IS 'Measured frequency of being right; null until measured.';
COMMENT ON COLUMN "out".audit_search.standing IS 'machine: as read, no reviewer has decided on it.';
COMMENT ON COLUMN "out".audit_search.citation IS 'Agency, request number, production date, file, page, row and SHA-256 in one line.';
COMMENT ON COLUMN "out".audit_search.trace_url IS 'Path of the row on the review page.';

CREATE VIEW "out".document_status AS
WITH doubt AS (
    SELECT
        document_id,
        count(*) AS issue_count,
        count(DISTINCT row_id) FILTER (WHERE severity IN ('error', 'doubt')) AS doubtful_row_count
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
COMMENT ON COLUMN "out".document_status.row_count IS 'Rows of it in the warehouse.';
COMMENT ON COLUMN "out".document_status.doubtful_row_count IS 'Rows of it with an issue of severity error or doubt.';
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
