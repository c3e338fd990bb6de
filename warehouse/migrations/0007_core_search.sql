-- Printed rows typed: values, what a cell is instead of one, and which rows are one search. Filled by derive_search.

CREATE TABLE raw.document_hint (
    document_id VARCHAR NOT NULL,
    time_zone VARCHAR,
    producer VARCHAR,
    document_date DATE
);
COMMENT ON TABLE raw.document_hint IS 'What a person says about one document in release.toml, of which the reading does not depend. Only documents about which somebody does.';
COMMENT ON COLUMN raw.document_hint.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.document_hint.time_zone IS 'Time zone of the times printed without one, an IANA name.';
COMMENT ON COLUMN raw.document_hint.producer IS 'Whose log or screen it is.';
COMMENT ON COLUMN raw.document_hint.document_date IS 'Date of the document.';

CREATE TABLE core.audit_search (
    row_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    segment_id VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    row_number INTEGER NOT NULL,
    producer_id VARCHAR,
    org_id VARCHAR,
    search_id VARCHAR,
    search_id_state VARCHAR NOT NULL,
    search_id_marker VARCHAR,
    name VARCHAR,
    name_state VARCHAR NOT NULL,
    name_marker VARCHAR,
    org_name VARCHAR,
    org_name_state VARCHAR NOT NULL,
    org_name_marker VARCHAR,
    networks_searched INTEGER,
    networks_searched_state VARCHAR NOT NULL,
    networks_searched_marker VARCHAR,
    networks_searched_parse VARCHAR,
    devices_searched INTEGER,
    devices_searched_state VARCHAR NOT NULL,
    devices_searched_marker VARCHAR,
    devices_searched_parse VARCHAR,
    frame_start_datetime TIMESTAMP,
    frame_end_datetime TIMESTAMP,
    time_frame_state VARCHAR NOT NULL,
    time_frame_marker VARCHAR,
    time_frame_parse VARCHAR,
    time_frame_basis VARCHAR,
    license_plate VARCHAR,
    license_plate_state VARCHAR NOT NULL,
    license_plate_marker VARCHAR,
    reason VARCHAR,
    reason_state VARCHAR NOT NULL,
    reason_marker VARCHAR,
    reason_category VARCHAR,
    reason_category_2 VARCHAR,
    category_basis VARCHAR,
    reason_text VARCHAR,
    reason_source VARCHAR,
    case_number VARCHAR,
    case_number_state VARCHAR NOT NULL,
    case_number_marker VARCHAR,
    filters VARCHAR,
    filters_state VARCHAR NOT NULL,
    filters_marker VARCHAR,
    has_plate_like_filter BOOLEAN,
    searched_datetime TIMESTAMP,
    searched_datetime_state VARCHAR NOT NULL,
    searched_datetime_marker VARCHAR,
    searched_datetime_parse VARCHAR,
    searched_datetime_basis VARCHAR,
    search_type VARCHAR,
    search_type_state VARCHAR NOT NULL,
    search_type_marker VARCHAR,
    search_type_parse VARCHAR,
    is_mobile BOOLEAN,
    text_prompt VARCHAR,
    text_prompt_state VARCHAR NOT NULL,
    text_prompt_marker VARCHAR,
    moderation VARCHAR,
    moderation_state VARCHAR NOT NULL,
    moderation_marker VARCHAR,
    moderation_class VARCHAR,
    log_tier VARCHAR NOT NULL,
    is_first_in_log BOOLEAN NOT NULL,
    across_tier VARCHAR NOT NULL,
    is_first_across BOOLEAN NOT NULL
);
COMMENT ON TABLE core.audit_search IS 'One printed row of an audit log, typed: values, and for every field what its cell is instead of one (_state, ten words that are never merged) and what could not be read (_parse). Rows, not searches: one search is printed in several logs, and sometimes twice in one.';
COMMENT ON COLUMN core.audit_search.row_id IS 'The printed row (raw.audit_row), which has exactly one row here.';
COMMENT ON COLUMN core.audit_search.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN core.audit_search.segment_id IS 'The run of pages the row belongs to (raw.segment).';
COMMENT ON COLUMN core.audit_search.page_number IS 'Page of the row''s anchor, 1-based.';
COMMENT ON COLUMN core.audit_search.row_number IS 'Ordinal of the row on that page, from 1.';
COMMENT ON COLUMN core.audit_search.producer_id IS 'The organization whose log it is; null until it is assigned. Never the one that searched.';
COMMENT ON COLUMN core.audit_search.org_id IS 'The organization that searched, as registered; null until it is assigned.';
COMMENT ON COLUMN core.audit_search.search_id IS 'The search''s own id, as printed; null unless search_id_state is value or partial. The same search has the same id in every log: count distinct searches with out.audit_search_across.';
COMMENT ON COLUMN core.audit_search.search_id_state IS 'What the cell of the search''s own id is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.search_id_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.name IS 'The account that searched, a label and not always a person, as printed; null unless name_state is value or partial.';
COMMENT ON COLUMN core.audit_search.name_state IS 'What the cell of the account that searched, a label and not always a person is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.name_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.org_name IS 'The organization that searched; never the agency whose log it is, as printed; null unless org_name_state is value or partial.';
COMMENT ON COLUMN core.audit_search.org_name_state IS 'What the cell of the organization that searched; never the agency whose log it is is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.org_name_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.networks_searched IS 'Number of networks searched. Of the search, not of the log''s agency: never add it up over rows or logs. 0 may be bogus and stays 0.';
COMMENT ON COLUMN core.audit_search.networks_searched_state IS 'What the cell of number of networks searched is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.networks_searched_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.networks_searched_parse IS 'ok, or unparsed (no whole number); null where the state is not value or partial.';
COMMENT ON COLUMN core.audit_search.devices_searched IS 'Number of devices searched. Of the search, not of the log''s agency: never add it up over rows or logs. 0 may be bogus and stays 0.';
COMMENT ON COLUMN core.audit_search.devices_searched_state IS 'What the cell of number of devices searched is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.devices_searched_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.devices_searched_parse IS 'ok, or unparsed (no whole number); null where the state is not value or partial.';
COMMENT ON COLUMN core.audit_search.frame_start_datetime IS 'Begin of the period searched, naive UTC; null where not known.';
COMMENT ON COLUMN core.audit_search.frame_end_datetime IS 'End of the period searched, naive UTC. It lies after the search in most rows; that is normal.';
COMMENT ON COLUMN core.audit_search.time_frame_state IS 'What the cell of the period searched is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.time_frame_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.time_frame_parse IS 'The worse of the two times: as searched_datetime_parse, and reversed (the period ends before it begins; both times are kept).';
COMMENT ON COLUMN core.audit_search.time_frame_basis IS 'Where the zone of its begin is from: printed, header, file or release; null where the time is.';
COMMENT ON COLUMN core.audit_search.license_plate IS 'The plate searched for, as printed; null unless license_plate_state is value or partial.';
COMMENT ON COLUMN core.audit_search.license_plate_state IS 'What the cell of the plate searched for is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.license_plate_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.reason IS 'The reason given, as printed; null unless reason_state is value or partial. Begins with a drop-down label since late 2025: see reason_category.';
COMMENT ON COLUMN core.audit_search.reason_state IS 'What the cell of the reason given is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.reason_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.reason_category IS 'Label of the vendor''s drop-down list that the reason begins with (warehouse/rules/offense_categories.toml). A choice from a list, not a finding about the search; not comparable with keywords in reason_text.';
COMMENT ON COLUMN core.audit_search.reason_category_2 IS 'The second label, where two were chosen. A row with two is in both categories: shares by category add up to more than all rows.';
COMMENT ON COLUMN core.audit_search.category_basis IS 'label_and_dash (a label, then - ); label_alone (nothing else is printed, in a log that prints labels with a dash elsewhere, or the label is none that people type); label_and_unknown (a label, a comma, and something that is no known label). Null without a label.';
COMMENT ON COLUMN core.audit_search.reason_text IS 'What is printed behind the label, or all of the reason without one. Free text: may hold plates and names.';
COMMENT ON COLUMN core.audit_search.reason_source IS 'free_text; label (nothing but labels); dispatch_alert (text that a program wrote when an alert was looked up). Null where the state has no value.';
COMMENT ON COLUMN core.audit_search.case_number IS 'The case number given, as printed; null unless case_number_state is value or partial.';
COMMENT ON COLUMN core.audit_search.case_number_state IS 'What the cell of the case number given is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.case_number_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.filters IS 'The filters chosen, as printed; null unless filters_state is value or partial. Joined in three ways and sometimes run together; a * inside is a wildcard, not a mask.';
COMMENT ON COLUMN core.audit_search.filters_state IS 'What the cell of the filters chosen is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.filters_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.has_plate_like_filter IS 'Whether a run of 5 to 8 capital letters and digits stands in it, as plates are glued to filters. A warning, not a finding.';
COMMENT ON COLUMN core.audit_search.searched_datetime IS 'When the search was made, naive UTC. Null where that is not known: see its state and parse. Months of a log are cut at local midnight: group by local time with care.';
COMMENT ON COLUMN core.audit_search.searched_datetime_state IS 'What the cell of when the search was made is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.searched_datetime_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.searched_datetime_parse IS 'ok; unparsed (no time, or an impossible one); date_order_unknown (day first or month first?); meridiem_unknown (AM or PM?); zone_unknown (no zone printed or stated); nonexistent_local, ambiguous_local (clocks were changed then). Null where the state is not value or partial.';
COMMENT ON COLUMN core.audit_search.searched_datetime_basis IS 'Where its zone is from: printed (in the cell), header, file or release (time_zone in release.toml); null where the time is.';
COMMENT ON COLUMN core.audit_search.search_type IS 'The kind of search without its - Mobile, in the spelling of warehouse/rules/search_words.toml; an unknown one as printed. Null unless search_type_state is value.';
COMMENT ON COLUMN core.audit_search.search_type_state IS 'What the cell of the kind of search is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.search_type_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.search_type_parse IS 'ok, or unknown_word (not in the list; kept as printed), or unparsed; null where the state is not value or partial.';
COMMENT ON COLUMN core.audit_search.is_mobile IS 'Whether - Mobile is printed behind the kind; null where there is no kind.';
COMMENT ON COLUMN core.audit_search.text_prompt IS 'The free-text prompt, as printed; null unless text_prompt_state is value or partial.';
COMMENT ON COLUMN core.audit_search.text_prompt_state IS 'What the cell of the free-text prompt is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.text_prompt_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.moderation IS 'What moderation said, as printed; null unless moderation_state is value or partial.';
COMMENT ON COLUMN core.audit_search.moderation_state IS 'What the cell of what moderation said is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN core.audit_search.moderation_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN core.audit_search.moderation_class IS 'allow, warn, block, or prose (anything else); null where there is no value. Blank is empty, not allow.';
COMMENT ON COLUMN core.audit_search.log_tier IS 'How rows of one log are told to be one search: id (UUID), facts (organization, second, networks, frame), or row (too little known: the row is a search of its own).';
COMMENT ON COLUMN core.audit_search.is_first_in_log IS 'Whether it stands for its search in its document: of the rows that show most, the reason before all, the first. Counting these rows counts searches in each log.';
COMMENT ON COLUMN core.audit_search.across_tier IS 'How rows of all logs are told to be one search: id, facts (also where a row with an id and one without are linked by them) or row.';
COMMENT ON COLUMN core.audit_search.is_first_across IS 'Whether it stands for its search among all documents: of the rows that show most, the reason before all, the first by production date, then document and place.';

CREATE TABLE core.search_group (
    scope VARCHAR NOT NULL,
    first_row_id VARCHAR NOT NULL,
    tier VARCHAR NOT NULL,
    row_count BIGINT NOT NULL,
    document_count BIGINT NOT NULL,
    possible_search_count BIGINT NOT NULL,
    differing_fields VARCHAR[] NOT NULL,
    is_ambiguous BOOLEAN NOT NULL,
    row_ids VARCHAR[] NOT NULL
);
COMMENT ON TABLE core.search_group IS 'One search that is printed more than once, and its rows. A search printed once has no row here.';
COMMENT ON COLUMN core.search_group.scope IS 'log (rows of one document) or across (rows of all).';
COMMENT ON COLUMN core.search_group.first_row_id IS 'The row that stands for the search: the one with is_first_in_log or is_first_across.';
COMMENT ON COLUMN core.search_group.tier IS 'id (one UUID) or facts (organization, second, networks and frame are the same).';
COMMENT ON COLUMN core.search_group.row_count IS 'Rows that are this search.';
COMMENT ON COLUMN core.search_group.document_count IS 'Documents they are printed in.';
COMMENT ON COLUMN core.search_group.possible_search_count IS 'How many searches it may be at most: 1 by id; by facts as many as its rows show different accounts, plates, reasons, case numbers, filters, types or prompts.';
COMMENT ON COLUMN core.search_group.differing_fields IS 'Fields of which its rows show more than one value. A mask is no value: see out.masking_difference.';
COMMENT ON COLUMN core.search_group.is_ambiguous IS 'True when it may be several searches: grouped by facts, or one id with two organizations or times.';
COMMENT ON COLUMN core.search_group.row_ids IS 'All its rows, in the order of documents and places.';

CREATE VIEW "out".audit_search AS
SELECT
    s.row_id,
    source.release_id,
    source.agency,
    source.agency_state,
    source.request_number,
    source.produced_date,
    source.file_name,
    s.document_id,
    s.segment_id,
    s.page_number,
    s.row_number,
    s.producer_id,
    s.org_id,
    s.search_id,
    s.search_id_state,
    s.search_id_marker,
    s.name,
    s.name_state,
    s.name_marker,
    s.org_name,
    s.org_name_state,
    s.org_name_marker,
    s.networks_searched,
    s.networks_searched_state,
    s.networks_searched_marker,
    s.networks_searched_parse,
    s.devices_searched,
    s.devices_searched_state,
    s.devices_searched_marker,
    s.devices_searched_parse,
    s.frame_start_datetime,
    s.frame_end_datetime,
    s.time_frame_state,
    s.time_frame_marker,
    s.time_frame_parse,
    s.time_frame_basis,
    s.license_plate,
    s.license_plate_state,
    s.license_plate_marker,
    s.reason,
    s.reason_state,
    s.reason_marker,
    s.reason_category,
    s.reason_category_2,
    s.category_basis,
    s.reason_text,
    s.reason_source,
    s.case_number,
    s.case_number_state,
    s.case_number_marker,
    s.filters,
    s.filters_state,
    s.filters_marker,
    s.has_plate_like_filter,
    s.searched_datetime,
    s.searched_datetime_state,
    s.searched_datetime_marker,
    s.searched_datetime_parse,
    s.searched_datetime_basis,
    s.search_type,
    s.search_type_state,
    s.search_type_marker,
    s.search_type_parse,
    s.is_mobile,
    s.text_prompt,
    s.text_prompt_state,
    s.text_prompt_marker,
    s.moderation,
    s.moderation_state,
    s.moderation_marker,
    s.moderation_class,
    s.log_tier,
    s.is_first_in_log,
    s.across_tier,
    s.is_first_across,
    same.repeats_row_id,
    coalesce(decided.standing, 'machine') AS standing,
    coalesce(decided.decision_ids, []) AS decision_ids,
    concat_ws(', ', source.cited_file, 'page ' || s.page_number, 'row ' || s.row_number, 'SHA-256 ' || s.document_id) AS citation,
    '/trace/' || s.row_id AS trace_url
FROM core.audit_search AS s
JOIN core.document_source AS source ON source.document_id = s.document_id
LEFT JOIN core.row_repeat AS same ON same.row_id = s.row_id
LEFT JOIN core.decided_row AS decided ON decided.row_id = s.row_id;
COMMENT ON VIEW "out".audit_search IS 'One printed row of an audit log, typed, with reviewers'' decisions applied, with whose log it is and where to find it. Rows, not searches: count searches with out.audit_search_distinct or out.audit_search_across. The text as printed is in out.audit_search_printed.';
COMMENT ON COLUMN "out".audit_search.row_id IS 'Names the row by its place; recordtrail trace <row_id> shows it on the page.';
COMMENT ON COLUMN "out".audit_search.release_id IS 'The release the document came in; the first by production date when it came in several (raw.receipt has all).';
COMMENT ON COLUMN "out".audit_search.agency IS 'The agency that produced the document: whose log it is. Not the one that searched (org_name).';
COMMENT ON COLUMN "out".audit_search.agency_state IS 'US state of that agency, as stated.';
COMMENT ON COLUMN "out".audit_search.request_number IS 'Number of the records request.';
COMMENT ON COLUMN "out".audit_search.produced_date IS 'When the agency produced the document.';
COMMENT ON COLUMN "out".audit_search.file_name IS 'Name of the document on its first receipt.';
COMMENT ON COLUMN "out".audit_search.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".audit_search.segment_id IS 'The run of pages the row belongs to (raw.segment).';
COMMENT ON COLUMN "out".audit_search.page_number IS 'Page of the row''s anchor, 1-based.';
COMMENT ON COLUMN "out".audit_search.row_number IS 'Ordinal of the row on that page, from 1.';
COMMENT ON COLUMN "out".audit_search.producer_id IS 'The organization whose log it is; null until it is assigned. Never the one that searched.';
COMMENT ON COLUMN "out".audit_search.org_id IS 'The organization that searched, as registered; null until it is assigned.';
COMMENT ON COLUMN "out".audit_search.search_id IS 'The search''s own id, as printed; null unless search_id_state is value or partial. The same search has the same id in every log: count distinct searches with out.audit_search_across.';
COMMENT ON COLUMN "out".audit_search.search_id_state IS 'What the cell of the search''s own id is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.search_id_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.name IS 'The account that searched, a label and not always a person, as printed; null unless name_state is value or partial.';
COMMENT ON COLUMN "out".audit_search.name_state IS 'What the cell of the account that searched, a label and not always a person is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.name_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.org_name IS 'The organization that searched; never the agency whose log it is, as printed; null unless org_name_state is value or partial.';
COMMENT ON COLUMN "out".audit_search.org_name_state IS 'What the cell of the organization that searched; never the agency whose log it is is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.org_name_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.networks_searched IS 'Number of networks searched. Of the search, not of the log''s agency: never add it up over rows or logs. 0 may be bogus and stays 0.';
COMMENT ON COLUMN "out".audit_search.networks_searched_state IS 'What the cell of number of networks searched is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.networks_searched_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.networks_searched_parse IS 'ok, or unparsed (no whole number); null where the state is not value or partial.';
COMMENT ON COLUMN "out".audit_search.devices_searched IS 'Number of devices searched. Of the search, not of the log''s agency: never add it up over rows or logs. 0 may be bogus and stays 0.';
COMMENT ON COLUMN "out".audit_search.devices_searched_state IS 'What the cell of number of devices searched is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.devices_searched_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.devices_searched_parse IS 'ok, or unparsed (no whole number); null where the state is not value or partial.';
COMMENT ON COLUMN "out".audit_search.frame_start_datetime IS 'Begin of the period searched, naive UTC; null where not known.';
COMMENT ON COLUMN "out".audit_search.frame_end_datetime IS 'End of the period searched, naive UTC. It lies after the search in most rows; that is normal.';
COMMENT ON COLUMN "out".audit_search.time_frame_state IS 'What the cell of the period searched is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.time_frame_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.time_frame_parse IS 'The worse of the two times: as searched_datetime_parse, and reversed (the period ends before it begins; both times are kept).';
COMMENT ON COLUMN "out".audit_search.time_frame_basis IS 'Where the zone of its begin is from: printed, header, file or release; null where the time is.';
COMMENT ON COLUMN "out".audit_search.license_plate IS 'The plate searched for, as printed; null unless license_plate_state is value or partial.';
COMMENT ON COLUMN "out".audit_search.license_plate_state IS 'What the cell of the plate searched for is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.license_plate_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.reason IS 'The reason given, as printed; null unless reason_state is value or partial. Begins with a drop-down label since late 2025: see reason_category.';
COMMENT ON COLUMN "out".audit_search.reason_state IS 'What the cell of the reason given is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.reason_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.reason_category IS 'Label of the vendor''s drop-down list that the reason begins with (warehouse/rules/offense_categories.toml). A choice from a list, not a finding about the search; not comparable with keywords in reason_text.';
COMMENT ON COLUMN "out".audit_search.reason_category_2 IS 'The second label, where two were chosen. A row with two is in both categories: shares by category add up to more than all rows.';
COMMENT ON COLUMN "out".audit_search.category_basis IS 'label_and_dash (a label, then - ); label_alone (nothing else is printed, in a log that prints labels with a dash elsewhere, or the label is none that people type); label_and_unknown (a label, a comma, and something that is no known label). Null without a label.';
COMMENT ON COLUMN "out".audit_search.reason_text IS 'What is printed behind the label, or all of the reason without one. Free text: may hold plates and names.';
COMMENT ON COLUMN "out".audit_search.reason_source IS 'free_text; label (nothing but labels); dispatch_alert (text that a program wrote when an alert was looked up). Null where the state has no value.';
COMMENT ON COLUMN "out".audit_search.case_number IS 'The case number given, as printed; null unless case_number_state is value or partial.';
COMMENT ON COLUMN "out".audit_search.case_number_state IS 'What the cell of the case number given is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.case_number_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.filters IS 'The filters chosen, as printed; null unless filters_state is value or partial. Joined in three ways and sometimes run together; a * inside is a wildcard, not a mask.';
COMMENT ON COLUMN "out".audit_search.filters_state IS 'What the cell of the filters chosen is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.filters_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.has_plate_like_filter IS 'Whether a run of 5 to 8 capital letters and digits stands in it, as plates are glued to filters. A warning, not a finding.';
COMMENT ON COLUMN "out".audit_search.searched_datetime IS 'When the search was made, naive UTC. Null where that is not known: see its state and parse. Months of a log are cut at local midnight: group by local time with care.';
COMMENT ON COLUMN "out".audit_search.searched_datetime_state IS 'What the cell of when the search was made is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.searched_datetime_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.searched_datetime_parse IS 'ok; unparsed (no time, or an impossible one); date_order_unknown (day first or month first?); meridiem_unknown (AM or PM?); zone_unknown (no zone printed or stated); nonexistent_local, ambiguous_local (clocks were changed then). Null where the state is not value or partial.';
COMMENT ON COLUMN "out".audit_search.searched_datetime_basis IS 'Where its zone is from: printed (in the cell), header, file or release (time_zone in release.toml); null where the time is.';
COMMENT ON COLUMN "out".audit_search.search_type IS 'The kind of search without its - Mobile, in the spelling of warehouse/rules/search_words.toml; an unknown one as printed. Null unless search_type_state is value.';
COMMENT ON COLUMN "out".audit_search.search_type_state IS 'What the cell of the kind of search is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.search_type_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.search_type_parse IS 'ok, or unknown_word (not in the list; kept as printed), or unparsed; null where the state is not value or partial.';
COMMENT ON COLUMN "out".audit_search.is_mobile IS 'Whether - Mobile is printed behind the kind; null where there is no kind.';
COMMENT ON COLUMN "out".audit_search.text_prompt IS 'The free-text prompt, as printed; null unless text_prompt_state is value or partial.';
COMMENT ON COLUMN "out".audit_search.text_prompt_state IS 'What the cell of the free-text prompt is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.text_prompt_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.moderation IS 'What moderation said, as printed; null unless moderation_state is value or partial.';
COMMENT ON COLUMN "out".audit_search.moderation_state IS 'What the cell of what moderation said is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search.moderation_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search.moderation_class IS 'allow, warn, block, or prose (anything else); null where there is no value. Blank is empty, not allow.';
COMMENT ON COLUMN "out".audit_search.log_tier IS 'How rows of one log are told to be one search: id (UUID), facts (organization, second, networks, frame), or row (too little known: the row is a search of its own).';
COMMENT ON COLUMN "out".audit_search.is_first_in_log IS 'Whether it stands for its search in its document: of the rows that show most, the reason before all, the first. Counting these rows counts searches in each log.';
COMMENT ON COLUMN "out".audit_search.across_tier IS 'How rows of all logs are told to be one search: id, facts (also where a row with an id and one without are linked by them) or row.';
COMMENT ON COLUMN "out".audit_search.is_first_across IS 'Whether it stands for its search among all documents: of the rows that show most, the reason before all, the first by production date, then document and place.';
COMMENT ON COLUMN "out".audit_search.repeats_row_id IS 'The first row of the same log that prints exactly this; null for a row of its own. Leave repeats out when counting searches.';
COMMENT ON COLUMN "out".audit_search.standing IS 'machine: as read, no reviewer has decided on a field of it. Else the first of these that one of its fields has: stale (read differently than a reviewer saw it; the new reading is shown), rejected, unreadable (both null, state illegible), corrected, accepted; core.standing has each field.';
COMMENT ON COLUMN "out".audit_search.decision_ids IS 'The reviewers'' decisions about its fields that count (core.decision); empty without any.';
COMMENT ON COLUMN "out".audit_search.citation IS 'Agency, request number, production date, file, page, row and SHA-256 in one line.';
COMMENT ON COLUMN "out".audit_search.trace_url IS 'Path of the row on the review page.';

CREATE VIEW "out".audit_search_printed AS
SELECT
    r.row_id,
    source.release_id,
    source.agency,
    source.agency_state,
    source.request_number,
    source.produced_date,
    source.file_name,
    r.document_id,
    r.segment_id,
    r.page_number,
    r.row_number,
    r.id,
    r.name,
    r.org_name,
    r.total_networks_searched,
    r.total_devices_searched,
    r.time_frame,
    r.license_plate,
    r.reason,
    r.case_number,
    r.filters,
    r.search_time,
    r.search_type,
    r.text_prompt,
    r.moderation,
    r.other,
    r.confidence,
    same.repeats_row_id,
    concat_ws(', ', source.cited_file, 'page ' || r.page_number, 'row ' || r.row_number, 'SHA-256 ' || r.document_id) AS citation,
    '/trace/' || r.row_id AS trace_url
FROM raw.audit_row AS r
JOIN core.document_source AS source ON source.document_id = r.document_id
LEFT JOIN core.row_repeat AS same ON same.row_id = r.row_id;
COMMENT ON VIEW "out".audit_search_printed IS 'One printed row of an audit log, verbatim: what out.audit_search was typed from, with the same row_id. Text: neither sort nor compare it as times or numbers.';
COMMENT ON COLUMN "out".audit_search_printed.row_id IS 'Names the row by its place; recordtrail trace <row_id> shows it on the page.';
COMMENT ON COLUMN "out".audit_search_printed.release_id IS 'The release the document came in; the first by production date when it came in several (raw.receipt has all).';
COMMENT ON COLUMN "out".audit_search_printed.agency IS 'The agency that produced the document: whose log it is. Not the one that searched (org_name).';
COMMENT ON COLUMN "out".audit_search_printed.agency_state IS 'US state of that agency, as stated.';
COMMENT ON COLUMN "out".audit_search_printed.request_number IS 'Number of the records request.';
COMMENT ON COLUMN "out".audit_search_printed.produced_date IS 'When the agency produced the document.';
COMMENT ON COLUMN "out".audit_search_printed.file_name IS 'Name of the document on its first receipt.';
COMMENT ON COLUMN "out".audit_search_printed.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".audit_search_printed.segment_id IS 'The run of pages the row belongs to (raw.segment).';
COMMENT ON COLUMN "out".audit_search_printed.page_number IS 'Page of the row''s anchor, 1-based.';
COMMENT ON COLUMN "out".audit_search_printed.row_number IS 'Ordinal of the row on that page, from 1.';
COMMENT ON COLUMN "out".audit_search_printed.id IS 'As printed: the search''s own id. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.name IS 'As printed: the account that searched, a label and not always a person. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.org_name IS 'As printed: the organization that searched; never the agency whose log it is. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.total_networks_searched IS 'As printed: number of networks searched. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.total_devices_searched IS 'As printed: number of devices searched. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.time_frame IS 'As printed: the period searched. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.license_plate IS 'As printed: the plate searched for. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.reason IS 'As printed: the reason given. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.case_number IS 'As printed: the case number given. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.filters IS 'As printed: the filters chosen. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.search_time IS 'As printed: when the search was made. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.search_type IS 'As printed: the kind of search. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.text_prompt IS 'As printed: the free-text prompt. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.moderation IS 'As printed: what moderation said. Null where blank or where the log has no such column.';
COMMENT ON COLUMN "out".audit_search_printed.other IS 'Cells of columns that are no canonical field: printed header -> text.';
COMMENT ON COLUMN "out".audit_search_printed.confidence IS 'Measured frequency of being right; null until measured.';
COMMENT ON COLUMN "out".audit_search_printed.repeats_row_id IS 'The first row of the same log that prints exactly this; null for a row of its own. Leave repeats out when counting searches.';
COMMENT ON COLUMN "out".audit_search_printed.citation IS 'Agency, request number, production date, file, page, row and SHA-256 in one line.';
COMMENT ON COLUMN "out".audit_search_printed.trace_url IS 'Path of the row on the review page.';

CREATE VIEW "out".audit_search_distinct AS
SELECT
    s.row_id,
    s.log_tier AS tier,
    coalesce(g.row_count, 1) AS row_count,
    coalesce(g.possible_search_count, 1) AS possible_search_count,
    coalesce(g.is_ambiguous, FALSE) AS is_ambiguous,
    coalesce(g.differing_fields, []) AS differing_fields,
    coalesce(g.row_ids, [s.row_id]) AS row_ids,
    source.release_id,
    source.agency,
    source.agency_state,
    source.request_number,
    source.produced_date,
    source.file_name,
    s.document_id,
    s.segment_id,
    s.page_number,
    s.row_number,
    s.producer_id,
    s.org_id,
    s.search_id,
    s.search_id_state,
    s.search_id_marker,
    s.name,
    s.name_state,
    s.name_marker,
    s.org_name,
    s.org_name_state,
    s.org_name_marker,
    s.networks_searched,
    s.networks_searched_state,
    s.networks_searched_marker,
    s.networks_searched_parse,
    s.devices_searched,
    s.devices_searched_state,
    s.devices_searched_marker,
    s.devices_searched_parse,
    s.frame_start_datetime,
    s.frame_end_datetime,
    s.time_frame_state,
    s.time_frame_marker,
    s.time_frame_parse,
    s.time_frame_basis,
    s.license_plate,
    s.license_plate_state,
    s.license_plate_marker,
    s.reason,
    s.reason_state,
    s.reason_marker,
    s.reason_category,
    s.reason_category_2,
    s.category_basis,
    s.reason_text,
    s.reason_source,
    s.case_number,
    s.case_number_state,
    s.case_number_marker,
    s.filters,
    s.filters_state,
    s.filters_marker,
    s.has_plate_like_filter,
    s.searched_datetime,
    s.searched_datetime_state,
    s.searched_datetime_marker,
    s.searched_datetime_parse,
    s.searched_datetime_basis,
    s.search_type,
    s.search_type_state,
    s.search_type_marker,
    s.search_type_parse,
    s.is_mobile,
    s.text_prompt,
    s.text_prompt_state,
    s.text_prompt_marker,
    s.moderation,
    s.moderation_state,
    s.moderation_marker,
    s.moderation_class,
    coalesce(decided.standing, 'machine') AS standing,
    coalesce(decided.decision_ids, []) AS decision_ids,
    concat_ws(', ', source.cited_file, 'page ' || s.page_number, 'row ' || s.row_number, 'SHA-256 ' || s.document_id) AS citation,
    '/trace/' || s.row_id AS trace_url
FROM core.audit_search AS s
JOIN core.document_source AS source ON source.document_id = s.document_id
LEFT JOIN core.search_group AS g ON g.scope = 'log' AND g.first_row_id = s.row_id
LEFT JOIN core.decided_row AS decided ON decided.row_id = s.row_id
WHERE s.is_first_in_log;
COMMENT ON VIEW "out".audit_search_distinct IS 'One distinct search in one log (document). The same search in another log is another row: add up over logs only what is meant per log, never searches. Values and states are those of the first row; another row may show what this one masks.';
COMMENT ON COLUMN "out".audit_search_distinct.row_id IS 'Names the row by its place; recordtrail trace <row_id> shows it on the page.';
COMMENT ON COLUMN "out".audit_search_distinct.tier IS 'How its rows are told to be one search: id (UUID), facts (organization, second, networks, frame: a guess that may join two searches) or row (too little known: nothing was joined).';
COMMENT ON COLUMN "out".audit_search_distinct.row_count IS 'Printed rows that are this search.';
COMMENT ON COLUMN "out".audit_search_distinct.possible_search_count IS 'How many searches it may be at most: the sum is an upper bound, the count of rows of this view a lower one.';
COMMENT ON COLUMN "out".audit_search_distinct.is_ambiguous IS 'True when it may be several searches. Say how many are when you publish a count.';
COMMENT ON COLUMN "out".audit_search_distinct.differing_fields IS 'Fields of which its rows show more than one value; a mask is no value.';
COMMENT ON COLUMN "out".audit_search_distinct.row_ids IS 'All its rows.';
COMMENT ON COLUMN "out".audit_search_distinct.release_id IS 'The release the document came in; the first by production date when it came in several (raw.receipt has all).';
COMMENT ON COLUMN "out".audit_search_distinct.agency IS 'The agency that produced the document: whose log it is. Not the one that searched (org_name).';
COMMENT ON COLUMN "out".audit_search_distinct.agency_state IS 'US state of that agency, as stated.';
COMMENT ON COLUMN "out".audit_search_distinct.request_number IS 'Number of the records request.';
COMMENT ON COLUMN "out".audit_search_distinct.produced_date IS 'When the agency produced the document.';
COMMENT ON COLUMN "out".audit_search_distinct.file_name IS 'Name of the document on its first receipt.';
COMMENT ON COLUMN "out".audit_search_distinct.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".audit_search_distinct.segment_id IS 'The run of pages the row belongs to (raw.segment).';
COMMENT ON COLUMN "out".audit_search_distinct.page_number IS 'Page of the row''s anchor, 1-based.';
COMMENT ON COLUMN "out".audit_search_distinct.row_number IS 'Ordinal of the row on that page, from 1.';
COMMENT ON COLUMN "out".audit_search_distinct.producer_id IS 'The organization whose log it is; null until it is assigned. Never the one that searched.';
COMMENT ON COLUMN "out".audit_search_distinct.org_id IS 'The organization that searched, as registered; null until it is assigned.';
COMMENT ON COLUMN "out".audit_search_distinct.search_id IS 'The search''s own id, as printed; null unless search_id_state is value or partial. The same search has the same id in every log: count distinct searches with out.audit_search_across.';
COMMENT ON COLUMN "out".audit_search_distinct.search_id_state IS 'What the cell of the search''s own id is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.search_id_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.name IS 'The account that searched, a label and not always a person, as printed; null unless name_state is value or partial.';
COMMENT ON COLUMN "out".audit_search_distinct.name_state IS 'What the cell of the account that searched, a label and not always a person is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.name_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.org_name IS 'The organization that searched; never the agency whose log it is, as printed; null unless org_name_state is value or partial.';
COMMENT ON COLUMN "out".audit_search_distinct.org_name_state IS 'What the cell of the organization that searched; never the agency whose log it is is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.org_name_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.networks_searched IS 'Number of networks searched. Of the search, not of the log''s agency: never add it up over rows or logs. 0 may be bogus and stays 0.';
COMMENT ON COLUMN "out".audit_search_distinct.networks_searched_state IS 'What the cell of number of networks searched is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.networks_searched_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.networks_searched_parse IS 'ok, or unparsed (no whole number); null where the state is not value or partial.';
COMMENT ON COLUMN "out".audit_search_distinct.devices_searched IS 'Number of devices searched. Of the search, not of the log''s agency: never add it up over rows or logs. 0 may be bogus and stays 0.';
COMMENT ON COLUMN "out".audit_search_distinct.devices_searched_state IS 'What the cell of number of devices searched is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.devices_searched_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.devices_searched_parse IS 'ok, or unparsed (no whole number); null where the state is not value or partial.';
COMMENT ON COLUMN "out".audit_search_distinct.frame_start_datetime IS 'Begin of the period searched, naive UTC; null where not known.';
COMMENT ON COLUMN "out".audit_search_distinct.frame_end_datetime IS 'End of the period searched, naive UTC. It lies after the search in most rows; that is normal.';
COMMENT ON COLUMN "out".audit_search_distinct.time_frame_state IS 'What the cell of the period searched is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.time_frame_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.time_frame_parse IS 'The worse of the two times: as searched_datetime_parse, and reversed (the period ends before it begins; both times are kept).';
COMMENT ON COLUMN "out".audit_search_distinct.time_frame_basis IS 'Where the zone of its begin is from: printed, header, file or release; null where the time is.';
COMMENT ON COLUMN "out".audit_search_distinct.license_plate IS 'The plate searched for, as printed; null unless license_plate_state is value or partial.';
COMMENT ON COLUMN "out".audit_search_distinct.license_plate_state IS 'What the cell of the plate searched for is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.license_plate_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.reason IS 'The reason given, as printed; null unless reason_state is value or partial. Begins with a drop-down label since late 2025: see reason_category.';
COMMENT ON COLUMN "out".audit_search_distinct.reason_state IS 'What the cell of the reason given is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.reason_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.reason_category IS 'Label of the vendor''s drop-down list that the reason begins with (warehouse/rules/offense_categories.toml). A choice from a list, not a finding about the search; not comparable with keywords in reason_text.';
COMMENT ON COLUMN "out".audit_search_distinct.reason_category_2 IS 'The second label, where two were chosen. A row with two is in both categories: shares by category add up to more than all rows.';
COMMENT ON COLUMN "out".audit_search_distinct.category_basis IS 'label_and_dash (a label, then - ); label_alone (nothing else is printed, in a log that prints labels with a dash elsewhere, or the label is none that people type); label_and_unknown (a label, a comma, and something that is no known label). Null without a label.';
COMMENT ON COLUMN "out".audit_search_distinct.reason_text IS 'What is printed behind the label, or all of the reason without one. Free text: may hold plates and names.';
COMMENT ON COLUMN "out".audit_search_distinct.reason_source IS 'free_text; label (nothing but labels); dispatch_alert (text that a program wrote when an alert was looked up). Null where the state has no value.';
COMMENT ON COLUMN "out".audit_search_distinct.case_number IS 'The case number given, as printed; null unless case_number_state is value or partial.';
COMMENT ON COLUMN "out".audit_search_distinct.case_number_state IS 'What the cell of the case number given is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.case_number_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.filters IS 'The filters chosen, as printed; null unless filters_state is value or partial. Joined in three ways and sometimes run together; a * inside is a wildcard, not a mask.';
COMMENT ON COLUMN "out".audit_search_distinct.filters_state IS 'What the cell of the filters chosen is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.filters_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.has_plate_like_filter IS 'Whether a run of 5 to 8 capital letters and digits stands in it, as plates are glued to filters. A warning, not a finding.';
COMMENT ON COLUMN "out".audit_search_distinct.searched_datetime IS 'When the search was made, naive UTC. Null where that is not known: see its state and parse. Months of a log are cut at local midnight: group by local time with care.';
COMMENT ON COLUMN "out".audit_search_distinct.searched_datetime_state IS 'What the cell of when the search was made is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.searched_datetime_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.searched_datetime_parse IS 'ok; unparsed (no time, or an impossible one); date_order_unknown (day first or month first?); meridiem_unknown (AM or PM?); zone_unknown (no zone printed or stated); nonexistent_local, ambiguous_local (clocks were changed then). Null where the state is not value or partial.';
COMMENT ON COLUMN "out".audit_search_distinct.searched_datetime_basis IS 'Where its zone is from: printed (in the cell), header, file or release (time_zone in release.toml); null where the time is.';
COMMENT ON COLUMN "out".audit_search_distinct.search_type IS 'The kind of search without its - Mobile, in the spelling of warehouse/rules/search_words.toml; an unknown one as printed. Null unless search_type_state is value.';
COMMENT ON COLUMN "out".audit_search_distinct.search_type_state IS 'What the cell of the kind of search is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.search_type_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.search_type_parse IS 'ok, or unknown_word (not in the list; kept as printed), or unparsed; null where the state is not value or partial.';
COMMENT ON COLUMN "out".audit_search_distinct.is_mobile IS 'Whether - Mobile is printed behind the kind; null where there is no kind.';
COMMENT ON COLUMN "out".audit_search_distinct.text_prompt IS 'The free-text prompt, as printed; null unless text_prompt_state is value or partial.';
COMMENT ON COLUMN "out".audit_search_distinct.text_prompt_state IS 'What the cell of the free-text prompt is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.text_prompt_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.moderation IS 'What moderation said, as printed; null unless moderation_state is value or partial.';
COMMENT ON COLUMN "out".audit_search_distinct.moderation_state IS 'What the cell of what moderation said is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_distinct.moderation_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_distinct.moderation_class IS 'allow, warn, block, or prose (anything else); null where there is no value. Blank is empty, not allow.';
COMMENT ON COLUMN "out".audit_search_distinct.standing IS 'machine: as read, no reviewer has decided on a field of that first row. Else the first of these that one of its fields has: stale (read differently than a reviewer saw it; the new reading is shown), rejected, unreadable (both null, state illegible), corrected, accepted; core.standing has each field.';
COMMENT ON COLUMN "out".audit_search_distinct.decision_ids IS 'The reviewers'' decisions about its fields that count (core.decision); empty without any.';
COMMENT ON COLUMN "out".audit_search_distinct.citation IS 'Agency, request number, production date, file, page, row and SHA-256 in one line.';
COMMENT ON COLUMN "out".audit_search_distinct.trace_url IS 'Path of the row on the review page.';

CREATE VIEW "out".audit_search_across AS
SELECT
    s.row_id,
    s.across_tier AS tier,
    coalesce(g.row_count, 1) AS row_count,
    coalesce(g.document_count, 1) AS document_count,
    coalesce(g.possible_search_count, 1) AS possible_search_count,
    coalesce(g.is_ambiguous, FALSE) AS is_ambiguous,
    coalesce(g.differing_fields, []) AS differing_fields,
    coalesce(g.row_ids, [s.row_id]) AS row_ids,
    source.release_id,
    source.agency,
    source.agency_state,
    source.request_number,
    source.produced_date,
    source.file_name,
    s.document_id,
    s.segment_id,
    s.page_number,
    s.row_number,
    s.producer_id,
    s.org_id,
    s.search_id,
    s.search_id_state,
    s.search_id_marker,
    s.name,
    s.name_state,
    s.name_marker,
    s.org_name,
    s.org_name_state,
    s.org_name_marker,
    s.networks_searched,
    s.networks_searched_state,
    s.networks_searched_marker,
    s.networks_searched_parse,
    s.devices_searched,
    s.devices_searched_state,
    s.devices_searched_marker,
    s.devices_searched_parse,
    s.frame_start_datetime,
    s.frame_end_datetime,
    s.time_frame_state,
    s.time_frame_marker,
    s.time_frame_parse,
    s.time_frame_basis,
    s.license_plate,
    s.license_plate_state,
    s.license_plate_marker,
    s.reason,
    s.reason_state,
    s.reason_marker,
    s.reason_category,
    s.reason_category_2,
    s.category_basis,
    s.reason_text,
    s.reason_source,
    s.case_number,
    s.case_number_state,
    s.case_number_marker,
    s.filters,
    s.filters_state,
    s.filters_marker,
    s.has_plate_like_filter,
    s.searched_datetime,
    s.searched_datetime_state,
    s.searched_datetime_marker,
    s.searched_datetime_parse,
    s.searched_datetime_basis,
    s.search_type,
    s.search_type_state,
    s.search_type_marker,
    s.search_type_parse,
    s.is_mobile,
    s.text_prompt,
    s.text_prompt_state,
    s.text_prompt_marker,
    s.moderation,
    s.moderation_state,
    s.moderation_marker,
    s.moderation_class,
    coalesce(decided.standing, 'machine') AS standing,
    coalesce(decided.decision_ids, []) AS decision_ids,
    concat_ws(', ', source.cited_file, 'page ' || s.page_number, 'row ' || s.row_number, 'SHA-256 ' || s.document_id) AS citation,
    '/trace/' || s.row_id AS trace_url
FROM core.audit_search AS s
JOIN core.document_source AS source ON source.document_id = s.document_id
LEFT JOIN core.search_group AS g ON g.scope = 'across' AND g.first_row_id = s.row_id
LEFT JOIN core.decided_row AS decided ON decided.row_id = s.row_id
WHERE s.is_first_across;
COMMENT ON VIEW "out".audit_search_across IS 'One distinct search across all logs in the warehouse. Agency and citation are those of its first row by production date; row_ids leads to the others. Rows of tier row are not joined at all, so the count may be too high there. Values and states are those of the first row; another row may show what this one masks.';
COMMENT ON COLUMN "out".audit_search_across.row_id IS 'Names the row by its place; recordtrail trace <row_id> shows it on the page.';
COMMENT ON COLUMN "out".audit_search_across.tier IS 'How its rows are told to be one search: id (UUID), facts (organization, second, networks, frame: a guess that may join two searches) or row (too little known: nothing was joined).';
COMMENT ON COLUMN "out".audit_search_across.row_count IS 'Printed rows that are this search.';
COMMENT ON COLUMN "out".audit_search_across.document_count IS 'Documents it is printed in.';
COMMENT ON COLUMN "out".audit_search_across.possible_search_count IS 'How many searches it may be at most: the sum is an upper bound, the count of rows of this view a lower one.';
COMMENT ON COLUMN "out".audit_search_across.is_ambiguous IS 'True when it may be several searches. Say how many are when you publish a count.';
COMMENT ON COLUMN "out".audit_search_across.differing_fields IS 'Fields of which its rows show more than one value; a mask is no value.';
COMMENT ON COLUMN "out".audit_search_across.row_ids IS 'All its rows.';
COMMENT ON COLUMN "out".audit_search_across.release_id IS 'The release the document came in; the first by production date when it came in several (raw.receipt has all).';
COMMENT ON COLUMN "out".audit_search_across.agency IS 'The agency that produced the document: whose log it is. Not the one that searched (org_name).';
COMMENT ON COLUMN "out".audit_search_across.agency_state IS 'US state of that agency, as stated.';
COMMENT ON COLUMN "out".audit_search_across.request_number IS 'Number of the records request.';
COMMENT ON COLUMN "out".audit_search_across.produced_date IS 'When the agency produced the document.';
COMMENT ON COLUMN "out".audit_search_across.file_name IS 'Name of the document on its first receipt.';
COMMENT ON COLUMN "out".audit_search_across.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".audit_search_across.segment_id IS 'The run of pages the row belongs to (raw.segment).';
COMMENT ON COLUMN "out".audit_search_across.page_number IS 'Page of the row''s anchor, 1-based.';
COMMENT ON COLUMN "out".audit_search_across.row_number IS 'Ordinal of the row on that page, from 1.';
COMMENT ON COLUMN "out".audit_search_across.producer_id IS 'The organization whose log it is; null until it is assigned. Never the one that searched.';
COMMENT ON COLUMN "out".audit_search_across.org_id IS 'The organization that searched, as registered; null until it is assigned.';
COMMENT ON COLUMN "out".audit_search_across.search_id IS 'The search''s own id, as printed; null unless search_id_state is value or partial. The same search has the same id in every log: count distinct searches with out.audit_search_across.';
COMMENT ON COLUMN "out".audit_search_across.search_id_state IS 'What the cell of the search''s own id is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.search_id_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.name IS 'The account that searched, a label and not always a person, as printed; null unless name_state is value or partial.';
COMMENT ON COLUMN "out".audit_search_across.name_state IS 'What the cell of the account that searched, a label and not always a person is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.name_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.org_name IS 'The organization that searched; never the agency whose log it is, as printed; null unless org_name_state is value or partial.';
COMMENT ON COLUMN "out".audit_search_across.org_name_state IS 'What the cell of the organization that searched; never the agency whose log it is is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.org_name_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.networks_searched IS 'Number of networks searched. Of the search, not of the log''s agency: never add it up over rows or logs. 0 may be bogus and stays 0.';
COMMENT ON COLUMN "out".audit_search_across.networks_searched_state IS 'What the cell of number of networks searched is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.networks_searched_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.networks_searched_parse IS 'ok, or unparsed (no whole number); null where the state is not value or partial.';
COMMENT ON COLUMN "out".audit_search_across.devices_searched IS 'Number of devices searched. Of the search, not of the log''s agency: never add it up over rows or logs. 0 may be bogus and stays 0.';
COMMENT ON COLUMN "out".audit_search_across.devices_searched_state IS 'What the cell of number of devices searched is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.devices_searched_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.devices_searched_parse IS 'ok, or unparsed (no whole number); null where the state is not value or partial.';
COMMENT ON COLUMN "out".audit_search_across.frame_start_datetime IS 'Begin of the period searched, naive UTC; null where not known.';
COMMENT ON COLUMN "out".audit_search_across.frame_end_datetime IS 'End of the period searched, naive UTC. It lies after the search in most rows; that is normal.';
COMMENT ON COLUMN "out".audit_search_across.time_frame_state IS 'What the cell of the period searched is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.time_frame_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.time_frame_parse IS 'The worse of the two times: as searched_datetime_parse, and reversed (the period ends before it begins; both times are kept).';
COMMENT ON COLUMN "out".audit_search_across.time_frame_basis IS 'Where the zone of its begin is from: printed, header, file or release; null where the time is.';
COMMENT ON COLUMN "out".audit_search_across.license_plate IS 'The plate searched for, as printed; null unless license_plate_state is value or partial.';
COMMENT ON COLUMN "out".audit_search_across.license_plate_state IS 'What the cell of the plate searched for is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.license_plate_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.reason IS 'The reason given, as printed; null unless reason_state is value or partial. Begins with a drop-down label since late 2025: see reason_category.';
COMMENT ON COLUMN "out".audit_search_across.reason_state IS 'What the cell of the reason given is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.reason_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.reason_category IS 'Label of the vendor''s drop-down list that the reason begins with (warehouse/rules/offense_categories.toml). A choice from a list, not a finding about the search; not comparable with keywords in reason_text.';
COMMENT ON COLUMN "out".audit_search_across.reason_category_2 IS 'The second label, where two were chosen. A row with two is in both categories: shares by category add up to more than all rows.';
COMMENT ON COLUMN "out".audit_search_across.category_basis IS 'label_and_dash (a label, then - ); label_alone (nothing else is printed, in a log that prints labels with a dash elsewhere, or the label is none that people type); label_and_unknown (a label, a comma, and something that is no known label). Null without a label.';
COMMENT ON COLUMN "out".audit_search_across.reason_text IS 'What is printed behind the label, or all of the reason without one. Free text: may hold plates and names.';
COMMENT ON COLUMN "out".audit_search_across.reason_source IS 'free_text; label (nothing but labels); dispatch_alert (text that a program wrote when an alert was looked up). Null where the state has no value.';
COMMENT ON COLUMN "out".audit_search_across.case_number IS 'The case number given, as printed; null unless case_number_state is value or partial.';
COMMENT ON COLUMN "out".audit_search_across.case_number_state IS 'What the cell of the case number given is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.case_number_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.filters IS 'The filters chosen, as printed; null unless filters_state is value or partial. Joined in three ways and sometimes run together; a * inside is a wildcard, not a mask.';
COMMENT ON COLUMN "out".audit_search_across.filters_state IS 'What the cell of the filters chosen is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.filters_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.has_plate_like_filter IS 'Whether a run of 5 to 8 capital letters and digits stands in it, as plates are glued to filters. A warning, not a finding.';
COMMENT ON COLUMN "out".audit_search_across.searched_datetime IS 'When the search was made, naive UTC. Null where that is not known: see its state and parse. Months of a log are cut at local midnight: group by local time with care.';
COMMENT ON COLUMN "out".audit_search_across.searched_datetime_state IS 'What the cell of when the search was made is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.searched_datetime_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.searched_datetime_parse IS 'ok; unparsed (no time, or an impossible one); date_order_unknown (day first or month first?); meridiem_unknown (AM or PM?); zone_unknown (no zone printed or stated); nonexistent_local, ambiguous_local (clocks were changed then). Null where the state is not value or partial.';
COMMENT ON COLUMN "out".audit_search_across.searched_datetime_basis IS 'Where its zone is from: printed (in the cell), header, file or release (time_zone in release.toml); null where the time is.';
COMMENT ON COLUMN "out".audit_search_across.search_type IS 'The kind of search without its - Mobile, in the spelling of warehouse/rules/search_words.toml; an unknown one as printed. Null unless search_type_state is value.';
COMMENT ON COLUMN "out".audit_search_across.search_type_state IS 'What the cell of the kind of search is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.search_type_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.search_type_parse IS 'ok, or unknown_word (not in the list; kept as printed), or unparsed; null where the state is not value or partial.';
COMMENT ON COLUMN "out".audit_search_across.is_mobile IS 'Whether - Mobile is printed behind the kind; null where there is no kind.';
COMMENT ON COLUMN "out".audit_search_across.text_prompt IS 'The free-text prompt, as printed; null unless text_prompt_state is value or partial.';
COMMENT ON COLUMN "out".audit_search_across.text_prompt_state IS 'What the cell of the free-text prompt is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.text_prompt_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.moderation IS 'What moderation said, as printed; null unless moderation_state is value or partial.';
COMMENT ON COLUMN "out".audit_search_across.moderation_state IS 'What the cell of what moderation said is: value, empty, masked, redacted, partial, placeholder, not_exported, withheld, blacked_out or illegible. Never count two of them as one.';
COMMENT ON COLUMN "out".audit_search_across.moderation_marker IS 'What stands there instead of a value, as printed, or where a part is missing; for withheld columns the exemption stated in release.toml. It names the marker, never who put it there.';
COMMENT ON COLUMN "out".audit_search_across.moderation_class IS 'allow, warn, block, or prose (anything else); null where there is no value. Blank is empty, not allow.';
COMMENT ON COLUMN "out".audit_search_across.standing IS 'machine: as read, no reviewer has decided on a field of that first row. Else the first of these that one of its fields has: stale (read differently than a reviewer saw it; the new reading is shown), rejected, unreadable (both null, state illegible), corrected, accepted; core.standing has each field.';
COMMENT ON COLUMN "out".audit_search_across.decision_ids IS 'The reviewers'' decisions about its fields that count (core.decision); empty without any.';
COMMENT ON COLUMN "out".audit_search_across.citation IS 'Agency, request number, production date, file, page, row and SHA-256 in one line.';
COMMENT ON COLUMN "out".audit_search_across.trace_url IS 'Path of the row on the review page.';

CREATE VIEW "out".masking_difference AS
WITH shown AS (
    SELECT g.first_row_id, s.search_id, s.row_id, s.document_id, s.page_number, s.row_number, s.is_first_across,
        unnest([
            struct_pack(field := 'search_id', state := s.search_id_state, marker := s.search_id_marker),
            struct_pack(field := 'name', state := s.name_state, marker := s.name_marker),
            struct_pack(field := 'org_name', state := s.org_name_state, marker := s.org_name_marker),
            struct_pack(field := 'networks_searched', state := s.networks_searched_state, marker := s.networks_searched_marker),
            struct_pack(field := 'devices_searched', state := s.devices_searched_state, marker := s.devices_searched_marker),
            struct_pack(field := 'time_frame', state := s.time_frame_state, marker := s.time_frame_marker),
            struct_pack(field := 'license_plate', state := s.license_plate_state, marker := s.license_plate_marker),
            struct_pack(field := 'reason', state := s.reason_state, marker := s.reason_marker),
            struct_pack(field := 'case_number', state := s.case_number_state, marker := s.case_number_marker),
            struct_pack(field := 'filters', state := s.filters_state, marker := s.filters_marker),
            struct_pack(field := 'searched_datetime', state := s.searched_datetime_state, marker := s.searched_datetime_marker),
            struct_pack(field := 'search_type', state := s.search_type_state, marker := s.search_type_marker),
            struct_pack(field := 'text_prompt', state := s.text_prompt_state, marker := s.text_prompt_marker),
            struct_pack(field := 'moderation', state := s.moderation_state, marker := s.moderation_marker)
        ], recursive := true)
    FROM (SELECT first_row_id, unnest(row_ids) AS row_id FROM core.search_group WHERE scope = 'across' AND tier <> 'row') AS g
    JOIN core.audit_search AS s ON s.row_id = g.row_id AND s.log_tier = 'id'
),
open AS (
    SELECT first_row_id, field, min(row_id) AS row_id
    FROM shown
    WHERE state = 'value'
    GROUP BY first_row_id, field
)
SELECT
    s.search_id,
    s.field,
    o.row_id AS shown_row_id,
    s.row_id AS hidden_row_id,
    s.state AS hidden_state,
    s.marker AS hidden_marker,
    shown_source.release_id AS shown_release_id,
    source.release_id AS hidden_release_id,
    concat_ws(', ', shown_source.cited_file, 'page ' || p.page_number, 'row ' || p.row_number, 'SHA-256 ' || p.document_id) AS shown_citation,
    concat_ws(', ', source.cited_file, 'page ' || s.page_number, 'row ' || s.row_number, 'SHA-256 ' || s.document_id) AS citation
FROM shown AS s
JOIN open AS o ON o.first_row_id = s.first_row_id AND o.field = s.field
JOIN raw.audit_row AS p ON p.row_id = o.row_id
JOIN core.document_source AS source ON source.document_id = s.document_id
JOIN core.document_source AS shown_source ON shown_source.document_id = p.document_id
WHERE s.state NOT IN ('value', 'not_exported', 'illegible');
COMMENT ON VIEW "out".masking_difference IS 'One field of one search (by its UUID) that one printed row shows and another hides: where one release masks what another shows. The value itself is not repeated here. A column that was not exported at all is no mask and not listed.';
COMMENT ON COLUMN "out".masking_difference.search_id IS 'The search''s id, the same UUID in both rows.';
COMMENT ON COLUMN "out".masking_difference.field IS 'The field that one row shows and the other does not.';
COMMENT ON COLUMN "out".masking_difference.shown_row_id IS 'The first row that shows it.';
COMMENT ON COLUMN "out".masking_difference.hidden_row_id IS 'The row that does not.';
COMMENT ON COLUMN "out".masking_difference.hidden_state IS 'What the cell is there: masked, redacted, partial, withheld, blacked_out, placeholder or empty.';
COMMENT ON COLUMN "out".masking_difference.hidden_marker IS 'What is printed there instead.';
COMMENT ON COLUMN "out".masking_difference.shown_release_id IS 'Release of the row that shows it.';
COMMENT ON COLUMN "out".masking_difference.hidden_release_id IS 'Release of the row that does not.';
COMMENT ON COLUMN "out".masking_difference.shown_citation IS 'Citation of the row that shows it.';
COMMENT ON COLUMN "out".masking_difference.citation IS 'Citation of the row that does not.';
