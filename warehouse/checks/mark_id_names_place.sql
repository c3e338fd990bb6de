-- Which marks have an id that is not their document, page and ordinal, or one that names several marks?
SELECT min(document_id) AS document_id, mark_id, count(*) AS mark_count
FROM raw.hotlist_mark
GROUP BY mark_id
HAVING count(*) > 1
    OR mark_id <> any_value(printf('%s-p%05d-m%03d', left(document_id, 16), page_number, mark_number))
