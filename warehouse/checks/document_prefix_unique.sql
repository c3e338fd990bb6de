-- Which first 16 hex digits belong to two documents (ids of rows and segments would collide)?
-- A document that is left out keeps its id: nothing is pinned to one.
SELECT NULL AS document_id, left(document_id, 16) AS prefix, count(*) AS document_count
FROM raw.document
GROUP BY prefix
HAVING count(*) > 1
