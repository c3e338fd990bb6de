-- part: Requests and documents
-- title: Requests by status
-- chart: request_status, releases
-- note: A denied request is a fact worth recording too; so is one that is still pending.
SELECT
    request_status,
    count(*) AS releases,
    count(DISTINCT agency) AS agencies,
    sum(document_count)::BIGINT AS documents,
    sum(loaded_document_count)::BIGINT AS loaded_documents,
    min(citation) AS example
FROM "out".release_status
GROUP BY request_status
ORDER BY releases DESC, request_status;
