-- part: Networks
-- title: Searches by federal organizations
-- chart: organization, searches_in_logs
-- note: Federal by the name as printed or a reviewer's decision. Exports mark federal organizations since August 2025 only: none in older logs proves nothing. Federal agents also search through accounts of local agencies; this table cannot show that.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
),
grouped AS (
    SELECT
        s.searching_organization AS organization,
        s.is_inactive AS is_inactive,
        s.is_deactivated AS is_deactivated,
        s.needs_review AS needs_review,
        count(DISTINCT s.producer_id) AS producers,
        min(s.searched_datetime) AS first_search_utc,
        max(s.searched_datetime) AS last_search_utc,
        count(*) AS rows_printed,
        count(*) FILTER (s.is_first_in_log) AS searches_in_logs,
        count(*) FILTER (s.is_first_across) AS searches_across,
        count(d.row_id) AS rows_under_issues,
        min(s.row_id) AS example_row_id
    FROM "out".audit_search_organization AS s
    LEFT JOIN doubtful AS d ON d.row_id = s.row_id
    WHERE s.is_federal
    GROUP BY s.org_id, 1, 2, 3, 4
)
SELECT g.* EXCLUDE (example_row_id), e.citation AS example
FROM grouped AS g
JOIN "out".audit_search_organization AS e ON e.row_id = g.example_row_id
ORDER BY searches_in_logs DESC, organization;
