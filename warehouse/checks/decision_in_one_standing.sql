-- Which decisions about a printed value that count are in no standing, or in several?
SELECT NULL AS document_id, d.decision_id
FROM core.decision AS d
LEFT JOIN (SELECT unnest(decision_ids) AS decision_id FROM core.standing) AS s ON s.decision_id = d.decision_id
WHERE d.kind <> 'undo' AND d.undone_by IS NULL AND d.target_kind NOT IN ('organization_attribute', 'release_fact')
GROUP BY d.decision_id
HAVING count(s.decision_id) <> 1
