-- part: Immigration
-- title: By state of the searching organization
-- chart: state, labelled_searches
-- note: labelled_searches to ambiguous count searches in logs, each in its strongest class; with both labels a search is in both label columns. of_searches_in_logs: all searches of the line. rows_printed: the rows that show the evidence; searches_across counts each search in one line only.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
),
evidence AS (
    -- One line for each search in a log: its labels, its strongest class, and the printed rows that show them. The row
    -- that stands for the search may be another one.
    SELECT
        e.log_search_row_id AS row_id,
        bool_or(e.rule_id = 'imm.label_civil') AS has_civil_label,
        bool_or(e.rule_id = 'imm.label_criminal') AS has_criminal_label,
        list_min(list(CASE e.evidence_class WHEN 'dropdown_label' THEN 1 WHEN 'agency_keyword' THEN 2
            WHEN 'topic_keyword' THEN 3 ELSE 4 END)) AS strength,
        count(DISTINCT e.row_id) AS row_count,
        count(DISTINCT d.row_id) AS doubtful_count,
        arg_min(e.citation, e.row_id) AS citation
    FROM "out".immigration_evidence AS e
    LEFT JOIN doubtful AS d ON d.row_id = e.row_id
    GROUP BY e.log_search_row_id
)
SELECT
    coalesce(s.searching_state, 'not known') AS state,
    count(DISTINCT s.org_id) FILTER (e.row_id IS NOT NULL) AS organizations,
    count(*) FILTER (e.strength = 1) AS labelled_searches,
    count(*) FILTER (e.has_civil_label) AS civil_label,
    count(*) FILTER (e.has_criminal_label) AS criminal_label,
    count(*) FILTER (e.strength = 2) AS agency_keyword,
    count(*) FILTER (e.strength = 3) AS topic_keyword,
    count(*) FILTER (e.strength = 4) AS ambiguous,
    coalesce(sum(e.row_count), 0)::BIGINT AS rows_printed,
    count(a.search_row_id) AS searches_across,
    count(*) FILTER (s.is_first_in_log) AS of_searches_in_logs,
    coalesce(sum(e.doubtful_count), 0)::BIGINT AS rows_under_issues,
    coalesce(arg_min(e.citation, e.row_id), arg_min(a.citation, a.search_row_id)) AS example
FROM "out".audit_search_organization AS s
LEFT JOIN evidence AS e ON e.row_id = s.row_id
LEFT JOIN "out".immigration_evidence_distinct AS a ON a.search_row_id = s.row_id
GROUP BY 1
HAVING count(e.row_id) + count(a.search_row_id) > 0
ORDER BY labelled_searches DESC, agency_keyword DESC, topic_keyword DESC, state;
