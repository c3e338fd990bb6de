-- part: Immigration
-- title: Published term searches, run again
-- note: Terms as whole words in the reason, in any case (warehouse/rules/rule_sets.toml). A term found is no finding: of_it_evidence counts the searches that our own rules hold to be a label, an agency or a topic; of_it_ambiguous those that may mean something else; the rest our rules reject.
WITH doubtful AS (
    SELECT DISTINCT row_id FROM "out".issue WHERE is_open AND row_id IS NOT NULL
),
search AS (
    -- One line for each search in a log, with the strongest class of our own rules among its rows.
    SELECT rule_set_id, log_search_row_id, count(DISTINCT h.row_id) AS row_count, count(DISTINCT d.row_id) AS doubtful_count,
        bool_or(evidence_class NOT IN ('none', 'ambiguous')) AS is_evidence, bool_or(evidence_class = 'ambiguous') AS is_ambiguous,
        arg_min(citation, h.row_id) AS citation
    FROM "out".rule_set_hit AS h
    LEFT JOIN doubtful AS d ON d.row_id = h.row_id
    GROUP BY rule_set_id, log_search_row_id
)
SELECT
    t.rule_set_id,
    t.terms,
    coalesce(sum(s.row_count), 0)::BIGINT AS rows_printed,
    count(s.log_search_row_id) AS searches_in_logs,
    (SELECT count(DISTINCT h.across_search_row_id) FROM "out".rule_set_hit AS h WHERE h.rule_set_id = t.rule_set_id) AS searches_across,
    count(*) FILTER (s.is_evidence) AS of_it_evidence,
    count(*) FILTER (s.is_ambiguous AND NOT s.is_evidence) AS of_it_ambiguous,
    (SELECT count(*) FILTER (is_first_in_log AND reason_state IN ('value', 'partial')) FROM "out".audit_search) AS of_readable,
    coalesce(sum(s.doubtful_count), 0)::BIGINT AS rows_under_issues,
    arg_min(s.citation, s.log_search_row_id) AS example
FROM (SELECT rule_set_id, string_agg(term, ', ' ORDER BY term) AS terms FROM "out".rule_set_term GROUP BY rule_set_id) AS t
LEFT JOIN search AS s ON s.rule_set_id = t.rule_set_id
GROUP BY t.rule_set_id, t.terms
ORDER BY t.rule_set_id;
