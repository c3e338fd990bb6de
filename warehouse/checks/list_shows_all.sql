-- Which marks and organizations are in no entry of a list, or in several, and which list pages are there twice?
WITH shown AS (
    SELECT document_id, unnest(mark_ids) AS id FROM core.hotlist_observation
    UNION ALL
    SELECT document_id, unnest(row_ids) FROM core.sharing_entry
),
counted AS (
    SELECT id, min(document_id) AS document_id, count(*) AS entry_count FROM shown GROUP BY id
),
printed AS (
    SELECT document_id, mark_id AS id FROM raw.hotlist_mark
    UNION ALL
    SELECT document_id, row_id FROM raw.sharing_row
)
SELECT coalesce(p.document_id, c.document_id) AS document_id, coalesce(p.id, c.id) AS id
FROM printed AS p
FULL JOIN counted AS c ON c.id = p.id
WHERE coalesce(c.entry_count, 0) <> 1 OR p.id IS NULL
UNION ALL
SELECT min(document_id), min(list_id)
FROM core.list_page
GROUP BY document_id, page_number
HAVING count(*) > 1
