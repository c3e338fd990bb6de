-- part: Immigration
-- title: Published term searches, run again
-- note: Terms as whole words in the reason, in any case (warehouse/rules/rule_sets.toml). A term found is no finding: of_it_evidence counts the searches that our own rules hold to be a label, an agency or a topic; of_it_ambiguous those that may mean something else; the rest our rules reject.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
),
search AS (
    SELECT rule_set_id, row_id, any_value(is_first_in_log) AS is_first_in_log, any_value(is_first_across) AS is_first_across,
        any_value(evidence_class) AS evidence_class, any_value(citation) AS citation
    FROM "out".rule_set_hit
    GROUP BY rule_set_id, row_id
)
SELECT
    t.rule_set_id,
    t.terms,
    count(s.row_id) AS rows_printed,
    count(s.row_id) FILTER (s.is_first_in_log) AS searches_in_logs,
    count(s.row_id) FILTER (s.is_first_across) AS searches_across,
    count(s.row_id) FILTER (s.is_first_in_log AND s.evidence_class NOT IN ('none', 'ambiguous')) AS of_it_evidence,
    count(s.row_id) FILTER (s.is_first_in_log AND s.evidence_class = 'ambiguous') AS of_it_ambiguous,
    (SELECT count(*) FILTER (is_first_in_log AND reason_state IN ('value', 'partial')) FROM "out".audit_search) AS of_readable,
    count(d.row_id) AS rows_under_issues,
    arg_min(s.citation, s.row_id) AS example
FROM (SELECT rule_set_id, string_agg(term, ', ' ORDER BY term) AS terms FROM "out".rule_set_term GROUP BY rule_set_id) AS t
LEFT JOIN search AS s ON s.rule_set_id = t.rule_set_id
LEFT JOIN doubtful AS d ON d.row_id = s.row_id
GROUP BY t.rule_set_id, t.terms
ORDER BY t.rule_set_id;
