-- Which documents came in no release, and which receipts are of no document or no release?
SELECT 'document' AS relation, document_id AS key
FROM raw.document ANTI JOIN raw.receipt USING (document_id)
UNION ALL
SELECT 'receipt', document_id
FROM raw.receipt ANTI JOIN raw.document USING (document_id)
UNION ALL
SELECT 'receipt', release_id
FROM raw.receipt ANTI JOIN raw.release USING (release_id)
