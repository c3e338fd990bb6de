-- Which row ids name more than one row?
SELECT min(document_id) AS document_id, row_id, count(*) AS row_count
FROM (SELECT document_id, row_id FROM raw.audit_row UNION ALL SELECT document_id, row_id FROM raw.sharing_row)
GROUP BY row_id
HAVING count(*) > 1
