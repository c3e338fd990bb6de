-- Which searches printed more than once have another number of rows than their group says, or no first row?
SELECT s.document_id, g.first_row_id, g.scope
FROM core.search_group AS g
LEFT JOIN core.audit_search AS s ON s.row_id = g.first_row_id
WHERE len(g.row_ids) <> g.row_count OR g.row_count < 2 OR NOT list_contains(g.row_ids, g.first_row_id)
    OR NOT coalesce(CASE g.scope WHEN 'log' THEN s.is_first_in_log ELSE s.is_first_across END, FALSE)
