-- Which rows have a cell whose state hides a printed text, or claims one that is not there?
-- A blank cell is empty, not_exported, blacked_out or withheld; every other state is that of a printed text. Where a
-- reviewer rejected a text or called it unreadable, none is left, and the state is illegible.
SELECT s.document_id, s.row_id
FROM core.audit_search AS s
JOIN core.audit_row_decided AS r ON r.place = s.rowid
WHERE len(list_filter([
    struct_pack(state := s.search_id_state, text := r.id),
    struct_pack(state := s.name_state, text := r.name),
    struct_pack(state := s.org_name_state, text := r.org_name),
    struct_pack(state := s.networks_searched_state, text := r.total_networks_searched),
    struct_pack(state := s.devices_searched_state, text := r.total_devices_searched),
    struct_pack(state := s.time_frame_state, text := r.time_frame),
    struct_pack(state := s.license_plate_state, text := r.license_plate),
    struct_pack(state := s.reason_state, text := r.reason),
    struct_pack(state := s.case_number_state, text := r.case_number),
    struct_pack(state := s.filters_state, text := r.filters),
    struct_pack(state := s.searched_datetime_state, text := r.search_time),
    struct_pack(state := s.search_type_state, text := r.search_type),
    struct_pack(state := s.text_prompt_state, text := r.text_prompt),
    struct_pack(state := s.moderation_state, text := r.moderation)
], lambda cell: CASE
    WHEN cell.state = 'withheld' THEN FALSE
    WHEN cell.state IN ('empty', 'not_exported', 'blacked_out')
        THEN coalesce(regexp_matches(cell.text, '[^\s\x{00A0}\x{00AD}\x{2007}\x{2009}\x{200B}-\x{200D}\x{202F}\x{2060}\x{FEFF}]'), FALSE)
    WHEN cell.state = 'illegible' AND r.standings IS NOT NULL THEN FALSE
    ELSE cell.text IS NULL END)) > 0
