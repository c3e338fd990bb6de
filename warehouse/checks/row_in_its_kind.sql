-- Which rows belong to a segment that is not an audit log or, for organizations, not a sharing list, or to none?
SELECT r.document_id, r.row_id, s.kind
FROM raw.audit_row AS r
LEFT JOIN raw.segment AS s ON s.segment_id = r.segment_id
WHERE s.kind IS DISTINCT FROM 'audit_log'
UNION ALL
SELECT r.document_id, r.row_id, s.kind
FROM raw.sharing_row AS r
LEFT JOIN raw.segment AS s ON s.segment_id = r.segment_id
WHERE s.kind IS DISTINCT FROM 'sharing_list'
