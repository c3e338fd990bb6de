-- Which cells of a row lie on one continued page twice, or are a continuation on the row's own page?
SELECT min(document_id) AS document_id, row_id, column_ordinal, continued_page_number
FROM raw.row_continuation
GROUP BY row_id, column_ordinal, continued_page_number
HAVING count(*) > 1
UNION ALL
SELECT c.document_id, c.row_id, c.column_ordinal, c.continued_page_number
FROM raw.row_continuation AS c
JOIN (SELECT row_id, page_number FROM raw.audit_row UNION ALL SELECT row_id, page_number FROM raw.sharing_row) AS r
    ON r.row_id = c.row_id AND r.page_number = c.continued_page_number
