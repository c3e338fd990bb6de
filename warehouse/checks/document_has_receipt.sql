-- Which documents came in no release, and which receipts are of no document or no release?
-- Leaving a document out mends none of this: nothing is pinned to one.
SELECT NULL AS document_id, 'document' AS relation, document_id AS key
FROM raw.document ANTI JOIN raw.receipt USING (document_id)
UNION ALL
SELECT NULL, 'receipt', document_id
FROM raw.receipt ANTI JOIN raw.document USING (document_id)
UNION ALL
SELECT NULL, 'receipt', release_id
FROM raw.receipt ANTI JOIN raw.release USING (release_id)
