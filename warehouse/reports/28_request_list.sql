-- part: Requests and documents
-- title: Requests, one by one
-- note: Exemptions as the agency cited them.
SELECT
    agency, agency_state AS state, request_number, requested_date, produced_date, request_status,
    array_to_string(exemptions, '; ') AS exemptions, document_count AS documents, loaded_document_count AS loaded_documents,
    citation AS example
FROM "out".release_status
ORDER BY agency, produced_date, release_id;
