-- Which releases, segments, columns, pages or issues are there twice?
SELECT NULL AS document_id, 'release' AS relation, release_id AS key FROM raw.release GROUP BY release_id HAVING count(*) > 1
UNION ALL
SELECT min(document_id), 'segment', segment_id FROM raw.segment GROUP BY segment_id HAVING count(*) > 1
UNION ALL
SELECT min(document_id), 'segment_column', segment_id || ' ' || column_ordinal
FROM raw.segment_column GROUP BY segment_id, column_ordinal HAVING count(*) > 1
UNION ALL
SELECT document_id, 'page', document_id || ' ' || page_number
FROM raw.page GROUP BY document_id, page_number HAVING count(*) > 1
UNION ALL
SELECT min(document_id), 'issue', issue_id FROM core.issue GROUP BY issue_id HAVING count(*) > 1
