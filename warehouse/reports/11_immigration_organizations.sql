-- part: Immigration
-- title: By searching organization
-- chart: organization, labelled_searches
-- note: labelled_searches to ambiguous count searches in logs, each in its strongest class; with both labels a search is in both label columns. of_searches_in_logs: all searches of the line.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
),
evidence AS (
    -- One line for each printed row: its labels, and the strongest class of evidence.
    SELECT
        row_id,
        bool_or(rule_id = 'imm.label_civil') AS has_civil_label,
        bool_or(rule_id = 'imm.label_criminal') AS has_criminal_label,
        list_min(list(CASE evidence_class WHEN 'dropdown_label' THEN 1 WHEN 'agency_keyword' THEN 2
            WHEN 'topic_keyword' THEN 3 ELSE 4 END)) AS strength
    FROM "out".immigration_evidence
    GROUP BY row_id
)
SELECT
    coalesce(s.searching_organization, 'not told') AS organization,
    s.searching_state AS state,
    s.searching_type AS type,
    s.is_federal AS is_federal,
    count(*) FILTER (e.strength = 1 AND s.is_first_in_log) AS labelled_searches,
    count(*) FILTER (e.has_civil_label AND s.is_first_in_log) AS civil_label,
    count(*) FILTER (e.has_criminal_label AND s.is_first_in_log) AS criminal_label,
    count(*) FILTER (e.strength = 2 AND s.is_first_in_log) AS agency_keyword,
    count(*) FILTER (e.strength = 3 AND s.is_first_in_log) AS topic_keyword,
    count(*) FILTER (e.strength = 4 AND s.is_first_in_log) AS ambiguous,
    count(*) FILTER (e.row_id IS NOT NULL) AS rows_printed,
    count(*) FILTER (e.row_id IS NOT NULL AND s.is_first_across) AS searches_across,
    count(*) FILTER (s.is_first_in_log) AS of_searches_in_logs,
    count(*) FILTER (e.row_id IS NOT NULL AND d.row_id IS NOT NULL) AS rows_under_issues,
    arg_min(s.citation, s.row_id) FILTER (e.row_id IS NOT NULL) AS example
FROM "out".audit_search_organization AS s
LEFT JOIN evidence AS e ON e.row_id = s.row_id
LEFT JOIN doubtful AS d ON d.row_id = s.row_id
GROUP BY s.org_id, 1, 2, 3, 4
HAVING count(e.row_id) > 0
ORDER BY labelled_searches DESC, agency_keyword DESC, topic_keyword DESC, organization;
