-- part: Searches
-- title: Rows, searches in logs, and searches
-- note: rows_printed counts every printed row. searches_in_logs counts a search once in each log that prints it. searches_across counts it once wherever it is printed; searches_across_at_most is what it is if none of the ambiguous rows belong together.
-- note: Rows without an id are told apart by organization, second, networks and frame; tier says how. facts: also where one log prints ids and another none. row: too little is printed to link anything, so these searches may be among those of the other lines.
SELECT
    a.tier,
    sum(a.row_count)::BIGINT AS rows_printed,
    (SELECT count(*) FROM "out".audit_search WHERE is_first_in_log AND across_tier = a.tier) AS searches_in_logs,
    count(*) AS searches_across,
    sum(a.possible_search_count)::BIGINT AS searches_across_at_most,
    count(*) FILTER (a.is_ambiguous) AS ambiguous_searches,
    (SELECT count(DISTINCT i.row_id) FROM "out".issue AS i JOIN "out".audit_search AS s ON s.row_id = i.row_id
        WHERE i.is_open AND s.across_tier = a.tier) AS rows_under_issues,
    min(a.citation) AS example
FROM "out".audit_search_across AS a
GROUP BY a.tier
ORDER BY a.tier;
