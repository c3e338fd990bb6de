-- part: Searches
-- title: By month, in UTC
-- chart: month_utc, searches_in_logs
-- note: Logs are cut at local midnight: the first and last month of a log hold some hours of their neighbours. For local months shift searched_datetime first.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
),
grouped AS (
    SELECT
        coalesce(strftime(s.searched_datetime, '%Y-%m'), 'time not known') AS month_utc,
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
ORDER BY month_utc;
