-- Which entries are missing from the decision log, or undo what is no decision?
SELECT NULL AS document_id, sequence
FROM (SELECT sequence, row_number() OVER (ORDER BY sequence) AS place FROM core.decision)
WHERE sequence <> place
UNION ALL
SELECT NULL, u.sequence
FROM core.decision AS u
LEFT JOIN core.decision AS d ON d.decision_id = u.undoes AND d.undone_by = u.decision_id AND d.kind <> 'undo'
WHERE u.kind = 'undo' AND d.decision_id IS NULL
