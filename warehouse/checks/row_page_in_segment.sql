-- Which rows stand on a page outside their segment, or on a page that does not exist?
-- A page that two logs share is of the later one, and the last page of the other.
WITH printed AS (
    SELECT document_id, row_id, segment_id, page_number FROM raw.audit_row
    UNION ALL
    SELECT document_id, row_id, segment_id, page_number FROM raw.sharing_row
)
SELECT r.document_id, r.row_id
FROM printed AS r
JOIN raw.segment AS s ON s.segment_id = r.segment_id
LEFT JOIN raw.page AS p ON p.document_id = r.document_id AND p.page_number = r.page_number
WHERE r.page_number NOT BETWEEN s.first_page AND s.last_page
    OR (p.segment_id IS DISTINCT FROM r.segment_id AND (p.page_number IS NULL OR r.page_number <> s.last_page))
UNION ALL
SELECT c.document_id, c.row_id
FROM raw.row_continuation AS c
LEFT JOIN printed AS r ON r.row_id = c.row_id
LEFT JOIN raw.segment AS s ON s.segment_id = r.segment_id
LEFT JOIN raw.page AS p ON p.document_id = c.document_id AND p.page_number = c.continued_page_number
WHERE r.row_id IS NULL OR p.page_number IS NULL OR c.continued_page_number NOT BETWEEN s.first_page AND s.last_page
