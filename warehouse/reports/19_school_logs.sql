-- part: Networks
-- title: Logs of school districts and campuses: who searched them
-- note: One line for each producer and state of the searching organization.
-- note: searches_across counts a search that stands in logs of several producers in one line only, so that the column adds up to all searches. How many searches are in a producer's logs, searches_in_logs says.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
),
grouped AS (
    SELECT
        s.producer AS producer,
        s.producer_type AS producer_type,
        s.audit_kind AS audit_kind,
        coalesce(s.searching_state, 'not known') AS searching_state,
        count(DISTINCT s.org_id) AS searching_organizations,
        count(*) FILTER (s.is_federal) AS rows_by_federal,
        count(*) AS rows_printed,
        count(*) FILTER (s.is_first_in_log) AS searches_in_logs,
        count(*) FILTER (s.is_first_across) AS searches_across,
        count(d.row_id) AS rows_under_issues,
        min(s.row_id) AS example_row_id
    FROM "out".audit_search_organization AS s
    LEFT JOIN doubtful AS d ON d.row_id = s.row_id
    WHERE s.producer_type IN ('school_district', 'campus')
    GROUP BY s.producer_id, 1, 2, 3, 4
)
SELECT g.* EXCLUDE (example_row_id), e.citation AS example
FROM grouped AS g
JOIN "out".audit_search_organization AS e ON e.row_id = g.example_row_id
ORDER BY producer, searches_in_logs DESC, searching_state;
