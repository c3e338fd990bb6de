-- part: Searches
-- title: By state of the searching organization
-- chart: state, searches_in_logs
-- note: By the state that the organization's name shows or a reviewer decided. Federal and private organizations mostly have none.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
),
grouped AS (
    SELECT
        coalesce(s.searching_state, 'not known') AS state,
        count(DISTINCT s.org_id) AS organizations,
        count(*) AS rows_printed,
        count(*) FILTER (s.is_first_in_log) AS searches_in_logs,
        count(*) FILTER (s.is_first_across) AS searches_across,
        count(d.row_id) AS rows_under_issues,
        min(s.row_id) AS example_row_id
    FROM "out".audit_search_organization AS s
    LEFT JOIN doubtful AS d ON d.row_id = s.row_id
    GROUP BY 1
)
SELECT g.* EXCLUDE (example_row_id), e.citation AS example
FROM grouped AS g
JOIN "out".audit_search_organization AS e ON e.row_id = g.example_row_id
ORDER BY searches_in_logs DESC, state;
