-- Which printed rows are not typed exactly once, or in another order than they are printed?
SELECT coalesce(r.document_id, s.document_id) AS document_id, coalesce(r.row_id, s.row_id) AS row_id
FROM raw.audit_row AS r
FULL JOIN core.audit_search AS s ON s.rowid = r.rowid
WHERE r.row_id IS DISTINCT FROM s.row_id
