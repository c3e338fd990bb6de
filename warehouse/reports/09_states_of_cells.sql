-- part: Searches
-- title: What the cells of the main fields are
-- note: Ten states that are never merged; docs/counting.md says what each means. Rows as printed.
WITH cell AS (
    SELECT
        row_id, citation,
        unnest([
            struct_pack(field := 'search_id', state := search_id_state),
            struct_pack(field := 'name', state := name_state),
            struct_pack(field := 'org_name', state := org_name_state),
            struct_pack(field := 'time_frame', state := time_frame_state),
            struct_pack(field := 'license_plate', state := license_plate_state),
            struct_pack(field := 'reason', state := reason_state),
            struct_pack(field := 'case_number', state := case_number_state),
            struct_pack(field := 'filters', state := filters_state),
            struct_pack(field := 'searched_datetime', state := searched_datetime_state),
            struct_pack(field := 'search_type', state := search_type_state)
        ], recursive := true)
    FROM "out".audit_search
),
doubtful AS (
    SELECT DISTINCT row_id, CASE field WHEN 'id' THEN 'search_id' WHEN 'search_time' THEN 'searched_datetime' ELSE field END AS field
    FROM "out".issue WHERE is_open AND row_id IS NOT NULL AND field IS NOT NULL
)
SELECT
    c.field,
    c.state,
    count(*) AS rows_printed,
    count(d.row_id) AS rows_under_issues,
    arg_min(c.citation, c.row_id) AS example
FROM cell AS c
LEFT JOIN doubtful AS d ON d.row_id = c.row_id AND d.field = c.field
GROUP BY c.field, c.state
ORDER BY c.field, rows_printed DESC, c.state;
