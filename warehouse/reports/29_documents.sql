-- part: Requests and documents
-- title: Documents by what became of them
-- note: set_aside: read, and no log, list or form. quarantined: could not be read. Neither is in any count above.
SELECT
    document_state,
    coalesce(segment_kinds, '') AS kinds,
    count(*) AS documents,
    sum(page_count)::BIGINT AS pages,
    sum(row_count)::BIGINT AS rows_printed,
    sum(issue_count)::BIGINT AS issues,
    min(citation) AS example
FROM "out".document_status
GROUP BY 1, 2
ORDER BY documents DESC, 1, 2;
