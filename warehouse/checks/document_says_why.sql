-- Which documents were set aside or quarantined without a reason, or without an issue that says so?
SELECT d.document_id, d.state
FROM raw.document AS d
WHERE d.state IN ('set_aside', 'quarantined')
    AND (d.reason IS NULL OR NOT EXISTS (SELECT 1 FROM core.issue AS i WHERE i.document_id = d.document_id))
