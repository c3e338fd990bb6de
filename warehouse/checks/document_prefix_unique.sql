-- Which first 16 hex digits belong to two documents (ids of rows and segments would collide)?
SELECT left(document_id, 16) AS prefix, count(*) AS document_count
FROM raw.document
GROUP BY prefix
HAVING count(*) > 1
