-- part: Immigration
-- title: By class of evidence, with denominators
-- chart: class, searches_in_logs
-- note: A label is a choice from the vendor's list; a keyword is a word in a text. They are different classes of evidence: never add them up without saying so. ambiguous is not evidence of immigration enforcement: the letters are there and may mean something else.
-- note: A search is in one class only, its strongest; with both labels it is in the civil and in the criminal line. No line says that a search was lawful or not.
-- note: A search is counted by what any of its rows shows: one release may mask the reason that another one prints. rows_printed: the rows that show it.
-- note: of_searches_in_logs: all searches. of_readable: those whose reason can be read; what masked, redacted or empty cells said nobody knows.
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
),
kinds AS (
    SELECT unnest(['label: civil', 'label: criminal', 'label: civil or criminal', 'agency keyword', 'topic keyword', 'ambiguous']) AS class,
        unnest([NULL, NULL, 1, 2, 3, 4]) AS strength,
        unnest([NULL, NULL, 'dropdown_label', 'agency_keyword', 'topic_keyword', 'ambiguous']) AS evidence_class,
        unnest(range(1, 7)) AS place
),
told AS (
    SELECT
        count(*) FILTER (is_first_in_log) AS searches_in_logs,
        count(*) FILTER (is_first_in_log AND reason_state IN ('value', 'partial')) AS readable
    FROM "out".audit_search
),
in_logs AS (
    SELECT
        k.class,
        coalesce(sum(e.row_count), 0)::BIGINT AS rows_printed,
        count(e.row_id) AS searches_in_logs,
        count(DISTINCT s.org_id) AS organizations,
        coalesce(sum(e.doubtful_count), 0)::BIGINT AS rows_under_issues,
        arg_min(e.citation, e.row_id) AS example,
        k.place
    FROM kinds AS k
    LEFT JOIN evidence AS e ON CASE k.class
        WHEN 'label: civil' THEN e.has_civil_label
        WHEN 'label: criminal' THEN e.has_criminal_label
        ELSE e.strength = k.strength END
    LEFT JOIN "out".audit_search_organization AS s ON s.row_id = e.row_id
    GROUP BY k.class, k.place
),
across_logs AS (
    SELECT k.class, count(a.search_row_id) AS searches_across
    FROM kinds AS k
    LEFT JOIN "out".immigration_evidence_distinct AS a ON CASE k.class
        WHEN 'label: civil' THEN a.has_civil_label
        WHEN 'label: criminal' THEN a.has_criminal_label
        ELSE a.evidence_class = k.evidence_class END
    GROUP BY k.class
)
SELECT
    c.class, c.rows_printed, c.searches_in_logs, a.searches_across, c.organizations,
    t.searches_in_logs AS of_searches_in_logs,
    t.readable AS of_readable,
    c.rows_under_issues, c.example
FROM in_logs AS c
JOIN across_logs AS a USING (class)
CROSS JOIN told AS t
ORDER BY c.place;
