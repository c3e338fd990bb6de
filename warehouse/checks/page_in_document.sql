-- Which pages and segments lie outside their document, and which segments end before they begin?
SELECT p.document_id, p.page_number
FROM raw.page AS p
JOIN raw.document AS d ON d.document_id = p.document_id
WHERE p.page_number NOT BETWEEN 1 AND d.page_count
UNION ALL
SELECT s.document_id, s.first_page
FROM raw.segment AS s
JOIN raw.document AS d ON d.document_id = s.document_id
WHERE s.first_page < 1 OR s.last_page > d.page_count OR s.first_page > s.last_page
UNION ALL
SELECT p.document_id, p.page_number
FROM raw.page AS p
LEFT JOIN raw.segment AS s ON s.segment_id = p.segment_id
WHERE p.segment_id IS NOT NULL
    AND (s.segment_id IS NULL OR p.page_number NOT BETWEEN s.first_page AND s.last_page)
