-- Of which documents were more or fewer rows, marks or organizations loaded than their extraction counted?
WITH loaded AS (
    SELECT document_id, 'row' AS what, count(*) AS loaded_count FROM raw.audit_row GROUP BY document_id
    UNION ALL
    SELECT document_id, 'mark', count(*) FROM raw.hotlist_mark GROUP BY document_id
    UNION ALL
    SELECT document_id, 'organization', count(*) FROM raw.sharing_row GROUP BY document_id
),
counted AS (
    SELECT document_id, 'row' AS what, row_count AS expected_count FROM raw.document
    UNION ALL
    SELECT document_id, 'mark', mark_count FROM raw.document
    UNION ALL
    SELECT document_id, 'organization', sharing_count FROM raw.document
)
SELECT document_id, what, counted.expected_count, loaded.loaded_count
FROM counted
FULL JOIN loaded USING (document_id, what)
WHERE coalesce(counted.expected_count, 0) <> coalesce(loaded.loaded_count, 0)
