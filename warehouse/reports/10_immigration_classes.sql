-- part: Immigration
-- title: By class of evidence, with denominators
-- chart: class, searches_in_logs
-- note: A label is a choice from the vendor's list; a keyword is a word in a text. They are different classes of evidence: never add them up without saying so. ambiguous is not evidence of immigration enforcement: the letters are there and may mean something else.
-- note: A search is in one class only, its strongest; with both labels it is in the civil and in the criminal line. No line says that a search was lawful or not.
-- note: of_searches_in_logs: all searches. of_readable: those whose reason can be read; what masked, redacted or empty cells said nobody knows.
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
),
kinds AS (
    SELECT unnest(['label: civil', 'label: criminal', 'label: civil or criminal', 'agency keyword', 'topic keyword', 'ambiguous']) AS class,
        unnest(range(1, 7)) AS place
),
told AS (
    SELECT
        count(*) FILTER (is_first_in_log) AS searches_in_logs,
        count(*) FILTER (is_first_in_log AND reason_state IN ('value', 'partial')) AS readable
    FROM "out".audit_search
),
counted AS (
    SELECT
        k.class,
        count(e.row_id) AS rows_printed,
        count(e.row_id) FILTER (s.is_first_in_log) AS searches_in_logs,
        count(e.row_id) FILTER (s.is_first_across) AS searches_across,
        count(DISTINCT s.org_id) AS organizations,
        count(d.row_id) AS rows_under_issues,
        arg_min(s.citation, e.row_id) AS example,
        k.place
    FROM kinds AS k
    LEFT JOIN evidence AS e ON CASE k.class
        WHEN 'label: civil' THEN e.has_civil_label
        WHEN 'label: criminal' THEN e.has_criminal_label
        WHEN 'label: civil or criminal' THEN e.strength = 1
        WHEN 'agency keyword' THEN e.strength = 2
        WHEN 'topic keyword' THEN e.strength = 3
        ELSE e.strength = 4 END
    LEFT JOIN "out".audit_search_organization AS s ON s.row_id = e.row_id
    LEFT JOIN doubtful AS d ON d.row_id = e.row_id
    GROUP BY k.class, k.place
)
SELECT
    c.class, c.rows_printed, c.searches_in_logs, c.searches_across, c.organizations,
    t.searches_in_logs AS of_searches_in_logs,
    t.readable AS of_readable,
    c.rows_under_issues, c.example
FROM counted AS c, told AS t
ORDER BY c.place;
