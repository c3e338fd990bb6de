-- Which boxes have no area, or reach more than half an inch past their page?
-- Ink may reach past the edge of a page; a box in wrong coordinates reaches much further.
WITH box AS (
    SELECT r.row_id AS key, r.document_id, r.page_number, unnest(list_filter([
        r.row_box,
        r.cell_boxes.id,
        r.cell_boxes.name,
        r.cell_boxes.org_name,
        r.cell_boxes.total_networks_searched,
        r.cell_boxes.total_devices_searched,
        r.cell_boxes.time_frame,
        r.cell_boxes.license_plate,
        r.cell_boxes.reason,
        r.cell_boxes.case_number,
        r.cell_boxes.filters,
        r.cell_boxes.search_time,
        r.cell_boxes.search_type,
        r.cell_boxes.text_prompt,
        r.cell_boxes.moderation
    ] || map_values(r.other_boxes), lambda b: b IS NOT NULL)) AS box
    FROM raw.audit_row AS r
    UNION ALL
    SELECT row_id, document_id, continued_page_number, box
    FROM raw.row_continuation
    UNION ALL
    SELECT segment_id, document_id, page_number, header_box
    FROM raw.segment_column
    WHERE header_box IS NOT NULL
    UNION ALL
    SELECT mark_id, document_id, page_number, unnest(list_filter([label_box, mark_box], lambda b: b IS NOT NULL))
    FROM raw.hotlist_mark
    UNION ALL
    SELECT row_id, document_id, page_number, unnest(list_filter(
        [row_box, organization_box, shared_with_me_box, sharing_to_box], lambda b: b IS NOT NULL
    ))
    FROM raw.sharing_row
    UNION ALL
    SELECT fact, document_id, page_number, box
    FROM raw.page_fact
    WHERE box IS NOT NULL
)
SELECT box.document_id, box.key, box.page_number
FROM box
LEFT JOIN raw.page AS p ON p.document_id = box.document_id AND p.page_number = box.page_number
WHERE NOT coalesce(
    box.box.x0 < box.box.x1 AND box.box.top < box.box.bottom
    AND box.box.x0 >= -36 AND box.box.top >= -36 AND box.box.x1 <= p.width + 36 AND box.box.bottom <= p.height + 36,
    FALSE
)
