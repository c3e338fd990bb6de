-- Which issues have an unknown severity, or point at a release, document, row or mark that does not exist?
SELECT d.document_id, i.issue_id
FROM core.issue AS i
LEFT JOIN raw.release AS rel ON rel.release_id = i.release_id
LEFT JOIN raw.document AS d ON d.document_id = i.document_id
LEFT JOIN raw.audit_row AS r ON r.row_id = i.row_id
LEFT JOIN raw.sharing_row AS o ON o.row_id = i.row_id
LEFT JOIN raw.hotlist_mark AS m ON m.mark_id = i.mark_id
WHERE i.severity NOT IN ('error', 'doubt', 'notice')
    OR (i.release_id IS NOT NULL AND rel.release_id IS NULL)
    OR (i.document_id IS NOT NULL AND d.document_id IS NULL)
    OR (i.row_id IS NOT NULL AND r.row_id IS NULL AND o.row_id IS NULL)
    OR (i.mark_id IS NOT NULL AND m.mark_id IS NULL)
