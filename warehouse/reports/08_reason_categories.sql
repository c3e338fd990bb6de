-- part: Searches
-- title: By offense category: the label chosen from the list
-- chart: category, searches_in_logs
-- note: A search with two labels is in both lines: lines add up to more than all searches. Only reasons since late 2025 begin with a label.
-- note: without_label: a reason can be read and begins with no label. not_readable: nothing can be read; the table of states says why.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
),
labelled AS (
    SELECT
        row_id, is_first_in_log, is_first_across, citation,
        unnest(CASE
            WHEN reason_category IS NOT NULL THEN list_filter([reason_category, reason_category_2], lambda label: label IS NOT NULL)
            WHEN reason_state IN ('value', 'partial') THEN ['without_label']
            ELSE ['not_readable'] END) AS category
    FROM "out".audit_search
)
SELECT
    l.category,
    count(*) AS rows_printed,
    count(*) FILTER (l.is_first_in_log) AS searches_in_logs,
    count(*) FILTER (l.is_first_across) AS searches_across,
    count(d.row_id) AS rows_under_issues,
    arg_min(l.citation, l.row_id) AS example
FROM labelled AS l
LEFT JOIN doubtful AS d ON d.row_id = l.row_id
GROUP BY l.category
ORDER BY searches_in_logs DESC, l.category;
