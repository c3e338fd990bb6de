-- part: Requests and documents
-- title: Open issues
-- chart: code, issues
-- note: docs/errors.md says what each means and whose move is next. document_issues are about a whole page or document: they touch every row in it.
SELECT
    code,
    severity,
    count(*) AS issues,
    count(DISTINCT row_id) AS rows_touched,
    count(DISTINCT mark_id) AS marks_touched,
    count(*) FILTER (row_id IS NULL AND mark_id IS NULL) AS document_issues,
    count(DISTINCT document_id) AS documents
FROM "out".issue
WHERE is_open
GROUP BY code, severity
ORDER BY issues DESC, code;
