-- Which non-empty cells have no box on the anchor page and no continuation on another, and which boxes have no text?
WITH continued AS (
    SELECT row_id, list(DISTINCT field) AS fields
    FROM raw.row_continuation
    WHERE field IS NOT NULL
    GROUP BY row_id
),
cell AS (
    SELECT
        r.document_id,
        r.row_id,
        coalesce(c.fields, []) AS continued,
        r.other,
        r.other_boxes,
        [
            CASE WHEN r.id IS NOT NULL AND r.cell_boxes.id IS NULL THEN 'id' END,
            CASE WHEN r.name IS NOT NULL AND r.cell_boxes.name IS NULL THEN 'name' END,
            CASE WHEN r.org_name IS NOT NULL AND r.cell_boxes.org_name IS NULL THEN 'org_name' END,
            CASE WHEN r.total_networks_searched IS NOT NULL AND r.cell_boxes.total_networks_searched IS NULL THEN 'total_networks_searched' END,
            CASE WHEN r.total_devices_searched IS NOT NULL AND r.cell_boxes.total_devices_searched IS NULL THEN 'total_devices_searched' END,
            CASE WHEN r.time_frame IS NOT NULL AND r.cell_boxes.time_frame IS NULL THEN 'time_frame' END,
            CASE WHEN r.license_plate IS NOT NULL AND r.cell_boxes.license_plate IS NULL THEN 'license_plate' END,
            CASE WHEN r.reason IS NOT NULL AND r.cell_boxes.reason IS NULL THEN 'reason' END,
            CASE WHEN r.case_number IS NOT NULL AND r.cell_boxes.case_number IS NULL THEN 'case_number' END,
            CASE WHEN r.filters IS NOT NULL AND r.cell_boxes.filters IS NULL THEN 'filters' END,
            CASE WHEN r.search_time IS NOT NULL AND r.cell_boxes.search_time IS NULL THEN 'search_time' END,
            CASE WHEN r.search_type IS NOT NULL AND r.cell_boxes.search_type IS NULL THEN 'search_type' END,
            CASE WHEN r.text_prompt IS NOT NULL AND r.cell_boxes.text_prompt IS NULL THEN 'text_prompt' END,
            CASE WHEN r.moderation IS NOT NULL AND r.cell_boxes.moderation IS NULL THEN 'moderation' END
        ] AS without_box,
        [
            r.id IS NULL AND r.cell_boxes.id IS NOT NULL,
            r.name IS NULL AND r.cell_boxes.name IS NOT NULL,
            r.org_name IS NULL AND r.cell_boxes.org_name IS NOT NULL,
            r.total_networks_searched IS NULL AND r.cell_boxes.total_networks_searched IS NOT NULL,
            r.total_devices_searched IS NULL AND r.cell_boxes.total_devices_searched IS NOT NULL,
            r.time_frame IS NULL AND r.cell_boxes.time_frame IS NOT NULL,
            r.license_plate IS NULL AND r.cell_boxes.license_plate IS NOT NULL,
            r.reason IS NULL AND r.cell_boxes.reason IS NOT NULL,
            r.case_number IS NULL AND r.cell_boxes.case_number IS NOT NULL,
            r.filters IS NULL AND r.cell_boxes.filters IS NOT NULL,
            r.search_time IS NULL AND r.cell_boxes.search_time IS NOT NULL,
            r.search_type IS NULL AND r.cell_boxes.search_type IS NOT NULL,
            r.text_prompt IS NULL AND r.cell_boxes.text_prompt IS NOT NULL,
            r.moderation IS NULL AND r.cell_boxes.moderation IS NOT NULL
        ] AS is_box_without_text
    FROM raw.audit_row AS r
    LEFT JOIN continued AS c ON c.row_id = r.row_id
)
SELECT document_id, row_id
FROM cell
WHERE list_bool_or(is_box_without_text)
    OR NOT list_has_all(continued, list_filter(without_box, lambda f: f IS NOT NULL))
    OR NOT list_has_all(list_concat(continued, map_keys(other_boxes)), map_keys(other))
    OR NOT list_has_all(map_keys(other), map_keys(other_boxes))
