-- part: Searches
-- title: By type of search
-- chart: search_type, searches_in_logs
-- note: As printed, without its - Mobile; a cell without a value is named by its state.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
),
grouped AS (
    SELECT
        coalesce(t.search_type, t.search_type_state) AS search_type,
        count(*) FILTER (t.is_mobile) AS mobile_rows,
        count(*) AS rows_printed,
        count(*) FILTER (s.is_first_in_log) AS searches_in_logs,
        count(*) FILTER (s.is_first_across) AS searches_across,
        count(d.row_id) AS rows_under_issues,
        min(s.row_id) AS example_row_id
    FROM "out".audit_search AS t
    JOIN "out".audit_search_organization AS s ON s.row_id = t.row_id
    LEFT JOIN doubtful AS d ON d.row_id = s.row_id
    GROUP BY 1
)
SELECT g.* EXCLUDE (example_row_id), e.citation AS example
FROM grouped AS g
JOIN "out".audit_search_organization AS e ON e.row_id = g.example_row_id
ORDER BY searches_in_logs DESC, search_type;
