-- Which marks are in no segment of settings or forms, on a page outside it, or below a mark that is not on the page?
SELECT m.document_id, m.mark_id
FROM raw.hotlist_mark AS m
LEFT JOIN raw.segment AS s ON s.segment_id = m.segment_id
LEFT JOIN raw.page AS p ON p.document_id = m.document_id AND p.page_number = m.page_number
WHERE coalesce(s.kind NOT IN ('hotlist_configuration', 'tick_box_form'), TRUE)
    OR p.segment_id IS DISTINCT FROM m.segment_id
UNION ALL
SELECT m.document_id, m.mark_id
FROM raw.hotlist_mark AS m
LEFT JOIN raw.hotlist_mark AS parent
    ON parent.mark_id = m.parent_mark_id AND parent.page_number = m.page_number AND parent.mark_id <> m.mark_id
WHERE m.parent_mark_id IS NOT NULL AND parent.mark_id IS NULL
