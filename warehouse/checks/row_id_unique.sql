-- Which row ids name more than one row?
SELECT min(document_id) AS document_id, row_id, count(*) AS row_count
FROM raw.audit_row
GROUP BY row_id
HAVING count(*) > 1
