-- part: Networks
-- title: Searches by school districts and campuses
-- chart: organization, searches_in_logs
-- note: By the name as printed or a reviewer's decision.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
),
grouped AS (
    SELECT
        s.searching_organization AS organization,
        s.searching_state AS state,
        s.searching_type AS type,
        s.needs_review AS needs_review,
        count(*) AS rows_printed,
        count(*) FILTER (s.is_first_in_log) AS searches_in_logs,
        count(*) FILTER (s.is_first_across) AS searches_across,
        count(d.row_id) AS rows_under_issues,
        min(s.row_id) AS example_row_id
    FROM "out".audit_search_organization AS s
    LEFT JOIN doubtful AS d ON d.row_id = s.row_id
    WHERE s.searching_type IN ('school_district', 'campus')
    GROUP BY s.org_id, 1, 2, 3, 4
)
SELECT g.* EXCLUDE (example_row_id), e.citation AS example
FROM grouped AS g
JOIN "out".audit_search_organization AS e ON e.row_id = g.example_row_id
ORDER BY searches_in_logs DESC, organization;
