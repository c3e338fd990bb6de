-- Do rows that stand for a search, and the rows of their groups, add up to all printed rows?
SELECT NULL AS document_id, scope, found, printed
FROM (
    SELECT 'log' AS scope, count(*) FILTER (is_first_in_log)
        + (SELECT coalesce(sum(row_count - 1), 0) FROM core.search_group WHERE scope = 'log') AS found, count(*) AS printed
    FROM core.audit_search
    UNION ALL
    SELECT 'across', count(*) FILTER (is_first_across)
        + (SELECT coalesce(sum(row_count - 1), 0) FROM core.search_group WHERE scope = 'across'), count(*)
    FROM core.audit_search
)
WHERE found <> printed
