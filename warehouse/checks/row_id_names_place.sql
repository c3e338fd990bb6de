-- Which rows have an id that is not their document, page and ordinal?
SELECT document_id, row_id, page_number, row_number
FROM (
    SELECT document_id, row_id, page_number, row_number FROM raw.audit_row
    UNION ALL
    SELECT document_id, row_id, page_number, row_number FROM raw.sharing_row
)
WHERE row_id <> printf('%s-p%05d-r%03d', left(document_id, 16), page_number, row_number)
