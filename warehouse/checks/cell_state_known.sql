-- Which rows have a cell whose state is none of the ten?
SELECT s.document_id, s.row_id
FROM core.audit_search AS s
WHERE s.search_id_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.name_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.org_name_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.networks_searched_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.devices_searched_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.time_frame_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.license_plate_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.reason_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.case_number_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.filters_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.searched_datetime_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.search_type_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.text_prompt_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
    OR s.moderation_state NOT IN ('value', 'empty', 'masked', 'redacted', 'partial', 'placeholder', 'not_exported', 'withheld', 'blacked_out', 'illegible')
