-- Which columns stand for nothing, or for a field and for an entry of other at once?
SELECT document_id, segment_id, column_ordinal
FROM raw.segment_column
WHERE (field IS NULL) = (other_key IS NULL)
