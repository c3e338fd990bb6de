-- part: Immigration
-- title: By rule, and why hits are ambiguous
-- note: A search may be found by several rules. doubt names what made a hit ambiguous; no_claim: nothing beside the word shows that it is meant.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
)
SELECT
    e.rule_id,
    e.evidence_class,
    coalesce(e.doubt, '') AS doubt,
    e.field,
    count(*) AS rows_printed,
    count(DISTINCT e.log_search_row_id) AS searches_in_logs,
    count(DISTINCT e.across_search_row_id) AS searches_across,
    count(d.row_id) AS rows_under_issues,
    arg_min(e.matched_text, e.row_id) AS matched_text,
    arg_min(e.citation, e.row_id) AS example
FROM "out".immigration_evidence AS e
LEFT JOIN doubtful AS d ON d.row_id = e.row_id
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4;
