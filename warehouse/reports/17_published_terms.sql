-- part: Immigration
-- title: Published term searches, by term
-- note: A search with two terms is in both lines.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
)
SELECT
    t.rule_set_id,
    t.term,
    count(h.row_id) AS rows_printed,
    count(DISTINCT h.log_search_row_id) AS searches_in_logs,
    count(DISTINCT h.across_search_row_id) AS searches_across,
    count(DISTINCT h.log_search_row_id) FILTER (h.evidence_class NOT IN ('none', 'ambiguous')) AS of_it_evidence,
    count(d.row_id) AS rows_under_issues,
    arg_min(h.matched_text, h.row_id) AS matched_text,
    arg_min(h.citation, h.row_id) AS example
FROM "out".rule_set_term AS t
LEFT JOIN "out".rule_set_hit AS h ON h.rule_set_id = t.rule_set_id AND h.term = t.term
LEFT JOIN doubtful AS d ON d.row_id = h.row_id
GROUP BY 1, 2
ORDER BY 1, searches_in_logs DESC, 2;
