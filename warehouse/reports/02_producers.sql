-- part: Searches
-- title: By producer: whose logs these are
-- chart: producer, searches_in_logs
-- note: The producer released the log; it is not who searched. network: searches by anybody that touched its cameras. organization: searches by the producer itself.
-- note: Don't add the lines up: one search stands in the log of every network that it touched.
-- note: searches_across counts a search that stands in logs of several producers in one line only, so that the column adds up to all searches. How many searches are in a producer's logs, searches_in_logs says.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
),
grouped AS (
    SELECT
        coalesce(s.producer, 'not known') AS producer,
        s.producer_state AS state,
        s.producer_type AS type,
        s.audit_kind AS audit_kind,
        count(DISTINCT s.org_id) AS searching_organizations,
        min(s.searched_datetime) AS first_search_utc,
        max(s.searched_datetime) AS last_search_utc,
        count(*) AS rows_printed,
        count(*) FILTER (s.is_first_in_log) AS searches_in_logs,
        count(*) FILTER (s.is_first_across) AS searches_across,
        count(d.row_id) AS rows_under_issues,
        min(s.row_id) AS example_row_id
    FROM "out".audit_search_organization AS s
    LEFT JOIN doubtful AS d ON d.row_id = s.row_id
    GROUP BY s.producer_id, 1, 2, 3, 4
)
SELECT g.* EXCLUDE (example_row_id), e.citation AS example
FROM grouped AS g
JOIN "out".audit_search_organization AS e ON e.row_id = g.example_row_id
ORDER BY searches_in_logs DESC, producer;
