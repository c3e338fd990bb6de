-- Which rows are marked as repeats of a row that does not exist, stands below them or in another log?
SELECT same.document_id, same.row_id
FROM core.row_repeat AS same
LEFT JOIN raw.audit_row AS r ON r.row_id = same.row_id
LEFT JOIN raw.audit_row AS first ON first.row_id = same.repeats_row_id
WHERE r.row_id IS NULL OR first.row_id IS NULL OR r.segment_id <> first.segment_id
    OR (first.page_number, first.row_number) >= (r.page_number, r.row_number)
