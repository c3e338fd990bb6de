-- Of which documents were more or fewer rows loaded than their extraction counted?
WITH loaded AS (
    SELECT document_id, count(*) AS row_count
    FROM raw.audit_row
    GROUP BY document_id
)
SELECT document_id, d.row_count AS expected_count, loaded.row_count AS loaded_count
FROM raw.document AS d
FULL JOIN loaded USING (document_id)
WHERE coalesce(d.row_count, 0) <> coalesce(loaded.row_count, 0)
