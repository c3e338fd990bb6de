-- Which readings are of a row or mark that does not exist, of both, or of a page that does not exist?
SELECT x.document_id, x.row_id, x.mark_id, x.reader
FROM raw.reading AS x
LEFT JOIN raw.audit_row AS r ON r.row_id = x.row_id
LEFT JOIN raw.sharing_row AS o ON o.row_id = x.row_id
LEFT JOIN raw.hotlist_mark AS m ON m.mark_id = x.mark_id
LEFT JOIN raw.page AS p ON p.document_id = x.document_id AND p.page_number = x.page_number
WHERE (x.row_id IS NOT NULL AND r.row_id IS NULL AND o.row_id IS NULL)
    OR (x.mark_id IS NOT NULL AND m.mark_id IS NULL)
    OR (x.row_id IS NOT NULL AND x.mark_id IS NOT NULL)
    OR p.page_number IS NULL
