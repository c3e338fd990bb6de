-- Which decisions that count are in no standing, or in several?
SELECT NULL AS document_id, d.decision_id
FROM core.decision AS d
LEFT JOIN (SELECT unnest(decision_ids) AS decision_id FROM core.standing) AS s ON s.decision_id = d.decision_id
WHERE d.kind <> 'undo' AND d.undone_by IS NULL
GROUP BY d.decision_id
HAVING count(s.decision_id) <> 1
