-- Which documents have a state that does not exist, or rows or marks although they are not loaded?
SELECT document_id, state, row_count
FROM raw.document
WHERE state NOT IN ('waiting', 'loaded', 'set_aside', 'quarantined') OR (state <> 'loaded' AND row_count + mark_count + sharing_count > 0)
