-- In which segments were more or fewer rows loaded than the manifest of the parts counts?
WITH expected AS (
    SELECT
        min(document_id) AS document_id,
        printf('%s-s%d', left(document_id, 16), segment_ordinal) AS segment_id,
        sum(row_count) AS row_count
    FROM meta.part_file
    GROUP BY segment_id
),
loaded AS (
    SELECT min(document_id) AS document_id, segment_id, count(*) AS row_count
    FROM raw.audit_row
    GROUP BY segment_id
)
SELECT
    coalesce(expected.document_id, loaded.document_id) AS document_id,
    segment_id,
    expected.row_count AS expected_count,
    loaded.row_count AS loaded_count
FROM expected
FULL JOIN loaded USING (segment_id)
WHERE coalesce(expected.row_count, 0) <> coalesce(loaded.row_count, 0)
