-- Settings, changes, forms and sharing lists, for people. Each list once, each value with its citation.

CREATE VIEW core.document_source AS
SELECT
    d.document_id,
    d.file_name,
    rel.release_id,
    rel.agency,
    rel.state AS agency_state,
    rel.request_number,
    rel.produced_date,
    rec.received_datetime::DATE AS received_date,
    concat_ws(
        ', ',
        coalesce(rel.agency, 'agency not stated'),
        'request ' || coalesce(rel.request_number, 'number not stated'),
        'produced ' || coalesce(strftime(rel.produced_date, '%Y-%m-%d'), 'on a date not stated'),
        'file ' || coalesce(rec.path, d.file_name) || coalesce(' in ' || rec.container, '')
    ) AS cited_file
FROM raw.document AS d
LEFT JOIN raw.receipt AS rec ON rec.document_id = d.document_id AND rec.receipt_number = 1
LEFT JOIN raw.release AS rel ON rel.release_id = rec.release_id;
COMMENT ON VIEW core.document_source IS 'One document, the release it is cited by and the first half of its citations.';
COMMENT ON COLUMN core.document_source.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN core.document_source.file_name IS 'Name of the document on its first receipt.';
COMMENT ON COLUMN core.document_source.release_id IS 'The release it came in; the first by production date when it came in several (raw.receipt has all).';
COMMENT ON COLUMN core.document_source.agency IS 'The agency that produced it.';
COMMENT ON COLUMN core.document_source.agency_state IS 'US state of that agency, as stated.';
COMMENT ON COLUMN core.document_source.request_number IS 'Number of the records request.';
COMMENT ON COLUMN core.document_source.produced_date IS 'When the agency produced it.';
COMMENT ON COLUMN core.document_source.received_date IS 'When it was first seen in that release, by the clock of the machine that took it in.';
COMMENT ON COLUMN core.document_source.cited_file IS 'Agency, request number, production date and file in one line: the first half of a citation.';

CREATE VIEW core.list_as_of AS
WITH list AS (
    SELECT list_id, document_id, printed_date, letter_date FROM core.hotlist_list
    UNION ALL
    SELECT list_id, document_id, printed_date, letter_date FROM core.sharing_list
)
SELECT
    l.list_id,
    coalesce(l.printed_date, l.letter_date, s.produced_date, s.received_date) AS as_of_date,
    CASE
        WHEN l.printed_date IS NOT NULL THEN 'printed'
        WHEN l.letter_date IS NOT NULL THEN 'letter'
        WHEN s.produced_date IS NOT NULL THEN 'produced'
        WHEN s.received_date IS NOT NULL THEN 'received'
    END AS as_of_basis
FROM list AS l
JOIN core.document_source AS s ON s.document_id = l.document_id;
COMMENT ON VIEW core.list_as_of IS 'One list of settings or organizations, and the day it is known to have looked as seen.';
COMMENT ON COLUMN core.list_as_of.list_id IS 'The list (core.hotlist_list or core.sharing_list).';
COMMENT ON COLUMN core.list_as_of.as_of_date IS 'The day the list is known to have looked like this, as far as as_of_basis says.';
COMMENT ON COLUMN core.list_as_of.as_of_basis IS 'printed (on the picture), letter (date of the letter in the same document), produced (the list is not younger than this day) or received (nor than this one; the weakest).';

CREATE VIEW "out".hotlist_setting AS
WITH mark_issue AS (
    SELECT o.list_id, o.entry_number, count(*) AS issue_count
    FROM (SELECT list_id, entry_number, unnest(mark_ids) AS mark_id FROM core.hotlist_observation) AS o
    JOIN core.issue AS i ON i.mark_id = o.mark_id
    GROUP BY o.list_id, o.entry_number
),
decided AS (
    SELECT o.list_id, o.entry_number, list_extract(['stale', 'rejected', 'unreadable', 'corrected', 'accepted'], min(list_position(['stale', 'rejected', 'unreadable', 'corrected', 'accepted'], s.standing))) AS standing,
        flatten(list(s.decision_ids ORDER BY s.target_id, s.field)) AS decision_ids
    FROM (SELECT list_id, entry_number, unnest(mark_ids) AS mark_id FROM core.hotlist_observation) AS o
    JOIN core.standing AS s ON s.target_id = o.mark_id
    GROUP BY o.list_id, o.entry_number
),
list_issue AS (
    SELECT p.list_id, count(*) AS issue_count
    FROM core.list_page AS p
    JOIN core.issue AS i ON i.document_id = p.document_id AND i.page_number = p.page_number
    WHERE i.mark_id IS NULL AND i.row_id IS NULL AND i.severity IN ('error', 'doubt')
    GROUP BY p.list_id
),
entry AS (
    SELECT
        o.list_id,
        o.entry_number,
        o.document_id,
        o.topic,
        o.label,
        o.label_key,
        m.group_label,
        o.state,
        m.page_number,
        m.mark_number,
        m.style,
        m.confidence,
        o.mark_id,
        o.mark_ids,
        coalesce(mark_issue.issue_count, 0) AS issue_count,
        [] AS like_labels
    FROM core.hotlist_observation AS o
    JOIN raw.hotlist_mark AS m ON m.mark_id = o.mark_id
    LEFT JOIN mark_issue ON mark_issue.list_id = o.list_id AND mark_issue.entry_number = o.entry_number
    UNION ALL
    SELECT
        l.list_id,
        NULL AS entry_number,
        l.document_id,
        t.topic,
        NULL AS label,
        NULL AS label_key,
        NULL AS group_label,
        'not_visible' AS state,
        l.page_number,
        NULL AS mark_number,
        NULL AS style,
        NULL AS confidence,
        NULL AS mark_id,
        [] AS mark_ids,
        (
            SELECT count(*) FROM core.hotlist_observation AS o
            WHERE o.list_id = l.list_id AND (o.label_key IS NULL OR o.near_topic = t.topic)
        ) AS issue_count,
        ARRAY(
            SELECT o.label FROM core.hotlist_observation AS o
            WHERE o.list_id = l.list_id AND o.near_topic = t.topic ORDER BY o.entry_number
        ) AS like_labels
    FROM core.hotlist_list AS l
    CROSS JOIN core.hotlist_topic AS t
    WHERE t.list = 'ncic' AND NOT EXISTS (
        SELECT 1 FROM core.hotlist_observation AS o WHERE o.list_id = l.list_id AND o.topic = t.topic
    )
)
SELECT
    s.release_id,
    s.agency,
    s.agency_state,
    l.list_id,
    l.account,
    l.agency_shown,
    coalesce(l.list_name, l.title) AS list_name,
    e.topic,
    t.name AS topic_name,
    t.code,
    t.list AS topic_list,
    e.label,
    e.label_key,
    e.group_label,
    e.state,
    e.style,
    a.as_of_date,
    a.as_of_basis,
    coalesce(decided.standing, 'machine') AS standing,
    coalesce(decided.decision_ids, []) AS decision_ids,
    e.confidence,
    e.issue_count,
    coalesce(list_issue.issue_count, 0) AS list_issue_count,
    e.like_labels,
    e.entry_number,
    e.mark_id,
    e.mark_ids,
    e.document_id,
    s.file_name,
    e.page_number,
    concat_ws(
        ', ',
        s.cited_file,
        'page ' || e.page_number,
        coalesce('mark ' || e.mark_number, 'not shown on ' || CASE l.page_count WHEN 1 THEN 'the page'
            ELSE 'any of the ' || l.page_count || ' pages of the list' END),
        'SHA-256 ' || e.document_id
    ) AS citation,
    '/trace/' || coalesce(e.mark_id, e.list_id) AS trace_url
FROM entry AS e
JOIN core.hotlist_list AS l ON l.list_id = e.list_id AND l.is_hotlist
JOIN core.document_source AS s ON s.document_id = e.document_id
JOIN core.list_as_of AS a ON a.list_id = e.list_id
LEFT JOIN core.hotlist_topic AS t ON t.topic = e.topic
LEFT JOIN list_issue ON list_issue.list_id = e.list_id
LEFT JOIN decided ON decided.list_id = e.list_id AND decided.entry_number = e.entry_number;
COMMENT ON VIEW "out".hotlist_setting IS 'One topic or label of one list, as seen, with every topic of the NCIC set that its pages do not show as not_visible. Observations, never intervals.';
COMMENT ON COLUMN "out".hotlist_setting.release_id IS 'The release the page came in; the first by production date when it came in several (raw.receipt has all).';
COMMENT ON COLUMN "out".hotlist_setting.agency IS 'The agency that produced the document, as stated in release.toml.';
COMMENT ON COLUMN "out".hotlist_setting.agency_state IS 'US state of that agency, as stated.';
COMMENT ON COLUMN "out".hotlist_setting.list_id IS 'The list: one observation of all its entries (core.hotlist_list).';
COMMENT ON COLUMN "out".hotlist_setting.account IS 'The account shown on the pages; null where none is.';
COMMENT ON COLUMN "out".hotlist_setting.agency_shown IS 'The agency shown on the pages; null where none is.';
COMMENT ON COLUMN "out".hotlist_setting.list_name IS 'Name of the list as printed, or the page''s title; null where neither is.';
COMMENT ON COLUMN "out".hotlist_setting.topic IS 'The topic of the catalogue; null for a label that the catalogue does not know.';
COMMENT ON COLUMN "out".hotlist_setting.topic_name IS 'Name of the topic.';
COMMENT ON COLUMN "out".hotlist_setting.code IS 'The topic''s letter in NCIC''s licence-plate-reader extract.';
COMMENT ON COLUMN "out".hotlist_setting.topic_list IS 'Whose list the topic is on: ncic, ncmec or state.';
COMMENT ON COLUMN "out".hotlist_setting.label IS 'The label as printed, or as a reviewer corrected it; null for a topic that is not visible.';
COMMENT ON COLUMN "out".hotlist_setting.label_key IS 'Letters and digits of the label in lower case.';
COMMENT ON COLUMN "out".hotlist_setting.group_label IS 'The heading printed above the entry, such as the group it is nested in or the column of its box; null without one.';
COMMENT ON COLUMN "out".hotlist_setting.state IS 'on, off, mixed, disabled_on, disabled_off; unreadable (shown, but nobody can tell); not_visible (the pages do not show this topic of the catalogue: neither on nor off).';
COMMENT ON COLUMN "out".hotlist_setting.style IS 'What the mark looks like; a chip says on, and nothing about what has no chip.';
COMMENT ON COLUMN "out".hotlist_setting.as_of_date IS 'The day the list is known to have looked like this, as far as as_of_basis says.';
COMMENT ON COLUMN "out".hotlist_setting.as_of_basis IS 'printed (on the picture), letter (date of the letter in the same document), produced (the list is not younger than this day) or received (nor than this one; the weakest).';
COMMENT ON COLUMN "out".hotlist_setting.standing IS 'machine: as read, no reviewer has decided on it. Else the first of these that one of its marks has: stale (read differently than a reviewer saw it; the new reading is shown), rejected, unreadable, corrected, accepted; core.standing has each.';
COMMENT ON COLUMN "out".hotlist_setting.decision_ids IS 'The reviewers'' decisions about it that count (core.decision); empty without any.';
COMMENT ON COLUMN "out".hotlist_setting.confidence IS 'Measured frequency of marks of this style and agreement being right; null until measured.';
COMMENT ON COLUMN "out".hotlist_setting.issue_count IS 'Issues that name one of its marks, of every severity; for a topic that is not visible, entries of the list whose label could not be read or resembles it.';
COMMENT ON COLUMN "out".hotlist_setting.list_issue_count IS 'Issues of severity error or doubt about the pages of the list as a whole, such as a counter that does not agree.';
COMMENT ON COLUMN "out".hotlist_setting.like_labels IS 'For a topic that is not visible: labels of the list that the catalogue does not know and that resemble the topic. Look at them before you say that it is not shown.';
COMMENT ON COLUMN "out".hotlist_setting.entry_number IS 'Place in the list, from 1; null for a topic that is not visible.';
COMMENT ON COLUMN "out".hotlist_setting.mark_id IS 'The mark that shows it (raw.hotlist_mark); null for a topic that is not visible.';
COMMENT ON COLUMN "out".hotlist_setting.mark_ids IS 'Every mark that shows it: several where screenshots overlap; none for a topic that is not visible.';
COMMENT ON COLUMN "out".hotlist_setting.document_id IS 'SHA-256 of the document; of the list''s first page for a topic that is not visible.';
COMMENT ON COLUMN "out".hotlist_setting.file_name IS 'Name of the document on its first receipt.';
COMMENT ON COLUMN "out".hotlist_setting.page_number IS 'Page of the mark; the list''s first page for a topic that is not visible.';
COMMENT ON COLUMN "out".hotlist_setting.citation IS 'Agency, request number, production date, file, page, mark and SHA-256 in one line.';
COMMENT ON COLUMN "out".hotlist_setting.trace_url IS 'Path of the mark on the review page; of the list for a topic that is not visible.';

CREATE VIEW "out".hotlist_change AS
WITH known AS (
    SELECT
        *,
        coalesce(topic, label_key) AS entry_key,
        lower(regexp_replace(coalesce(account, ''), '[^\p{L}\p{N}]', '', 'g')) AS account_key,
        lower(regexp_replace(coalesce(list_name, ''), '[^\p{L}\p{N}]', '', 'g')) AS list_key
    FROM "out".hotlist_setting
    WHERE state IN ('on', 'off', 'mixed', 'disabled_on', 'disabled_off')
        AND agency IS NOT NULL
        AND as_of_basis IN ('printed', 'letter', 'produced')
        AND coalesce(topic, label_key) IS NOT NULL
),
-- A day on which the same entry was seen in two states says nothing about either.
agreed AS (
    SELECT agency, agency_state, account_key, list_key, entry_key, as_of_date, arg_min(known, list_id || mark_id) AS seen
    FROM known
    GROUP BY agency, agency_state, account_key, list_key, entry_key, as_of_date
    HAVING count(DISTINCT state) = 1
),
paired AS (
    SELECT
        agency,
        agency_state,
        seen AS later,
        lag(seen) OVER (
            PARTITION BY agency, agency_state, account_key, list_key, entry_key ORDER BY as_of_date
        ) AS earlier
    FROM agreed
)
SELECT
    agency,
    agency_state,
    later.account AS account,
    later.list_name AS list_name,
    later.topic AS topic,
    later.topic_name AS topic_name,
    later.code AS code,
    later.label AS label,
    earlier.state AS earlier_state,
    later.state AS later_state,
    earlier.as_of_date AS earlier_date,
    earlier.as_of_basis AS earlier_basis,
    later.as_of_date AS later_date,
    later.as_of_basis AS later_basis,
    'changed from ' || earlier.state || ' to ' || later.state || ' between ' || strftime(earlier.as_of_date, '%Y-%m-%d')
        || ' and ' || strftime(later.as_of_date, '%Y-%m-%d') AS finding,
    earlier.issue_count + later.issue_count AS issue_count,
    earlier.mark_id AS earlier_mark_id,
    later.mark_id AS later_mark_id,
    earlier.citation AS earlier_citation,
    later.citation AS citation,
    later.trace_url AS trace_url
FROM paired
WHERE earlier.state <> later.state;
COMMENT ON VIEW "out".hotlist_change IS 'One topic or label of one agency''s list that two observations on different known days show in different known states.';
COMMENT ON COLUMN "out".hotlist_change.agency IS 'The agency whose lists these are, as stated in release.toml.';
COMMENT ON COLUMN "out".hotlist_change.agency_state IS 'US state of that agency, as stated.';
COMMENT ON COLUMN "out".hotlist_change.account IS 'The account shown, as on the later page; both show the same or none.';
COMMENT ON COLUMN "out".hotlist_change.list_name IS 'Name of the list, as on the later page; both show the same or none.';
COMMENT ON COLUMN "out".hotlist_change.topic IS 'The topic of the catalogue; null for a label that the catalogue does not know.';
COMMENT ON COLUMN "out".hotlist_change.topic_name IS 'Name of the topic.';
COMMENT ON COLUMN "out".hotlist_change.code IS 'The topic''s letter in NCIC''s extract.';
COMMENT ON COLUMN "out".hotlist_change.label IS 'The label as printed on the later page.';
COMMENT ON COLUMN "out".hotlist_change.earlier_state IS 'The state in the earlier observation.';
COMMENT ON COLUMN "out".hotlist_change.later_state IS 'The state in the later one: the next in which it is known.';
COMMENT ON COLUMN "out".hotlist_change.earlier_date IS 'As-of date of the earlier observation.';
COMMENT ON COLUMN "out".hotlist_change.earlier_basis IS 'What that date is: printed, letter or produced.';
COMMENT ON COLUMN "out".hotlist_change.later_date IS 'As-of date of the later observation.';
COMMENT ON COLUMN "out".hotlist_change.later_basis IS 'What that date is: printed, letter or produced.';
COMMENT ON COLUMN "out".hotlist_change.finding IS 'The finding in words. When between the two days it changed, and how often, is not known.';
COMMENT ON COLUMN "out".hotlist_change.issue_count IS 'Issues that name a mark of either observation.';
COMMENT ON COLUMN "out".hotlist_change.earlier_mark_id IS 'The mark in the earlier observation.';
COMMENT ON COLUMN "out".hotlist_change.later_mark_id IS 'The mark in the later one.';
COMMENT ON COLUMN "out".hotlist_change.earlier_citation IS 'Citation of the earlier mark.';
COMMENT ON COLUMN "out".hotlist_change.citation IS 'Citation of the later mark.';
COMMENT ON COLUMN "out".hotlist_change.trace_url IS 'Path of the later mark on the review page.';

CREATE VIEW "out".tick_box AS
WITH mark_issue AS (
    SELECT o.list_id, o.entry_number, count(*) AS issue_count
    FROM (SELECT list_id, entry_number, unnest(mark_ids) AS mark_id FROM core.hotlist_observation) AS o
    JOIN core.issue AS i ON i.mark_id = o.mark_id
    GROUP BY o.list_id, o.entry_number
),
decided AS (
    SELECT o.list_id, o.entry_number, list_extract(['stale', 'rejected', 'unreadable', 'corrected', 'accepted'], min(list_position(['stale', 'rejected', 'unreadable', 'corrected', 'accepted'], s.standing))) AS standing,
        flatten(list(s.decision_ids ORDER BY s.target_id, s.field)) AS decision_ids
    FROM (SELECT list_id, entry_number, unnest(mark_ids) AS mark_id FROM core.hotlist_observation) AS o
    JOIN core.standing AS s ON s.target_id = o.mark_id
    GROUP BY o.list_id, o.entry_number
)
SELECT
    s.release_id,
    s.agency,
    s.agency_state,
    l.list_id,
    l.title,
    o.entry_number,
    m.group_label,
    o.label,
    o.state,
    m.style,
    a.as_of_date,
    a.as_of_basis,
    coalesce(decided.standing, 'machine') AS standing,
    coalesce(decided.decision_ids, []) AS decision_ids,
    m.confidence,
    coalesce(mark_issue.issue_count, 0) AS issue_count,
    o.mark_id,
    o.document_id,
    s.file_name,
    m.page_number,
    concat_ws(', ', s.cited_file, 'page ' || m.page_number, 'mark ' || m.mark_number, 'SHA-256 ' || o.document_id) AS citation,
    '/trace/' || o.mark_id AS trace_url
FROM core.hotlist_observation AS o
JOIN core.hotlist_list AS l ON l.list_id = o.list_id AND NOT l.is_hotlist
JOIN raw.hotlist_mark AS m ON m.mark_id = o.mark_id
JOIN core.document_source AS s ON s.document_id = o.document_id
JOIN core.list_as_of AS a ON a.list_id = o.list_id
LEFT JOIN mark_issue ON mark_issue.list_id = o.list_id AND mark_issue.entry_number = o.entry_number
LEFT JOIN decided ON decided.list_id = o.list_id AND decided.entry_number = o.entry_number;
COMMENT ON VIEW "out".tick_box IS 'One box of a tick-box form that is no hotlist configuration, such as a list of agencies to be ticked.';
COMMENT ON COLUMN "out".tick_box.release_id IS 'The release the page came in; the first by production date when it came in several (raw.receipt has all).';
COMMENT ON COLUMN "out".tick_box.agency IS 'The agency that produced the document, as stated in release.toml.';
COMMENT ON COLUMN "out".tick_box.agency_state IS 'US state of that agency, as stated.';
COMMENT ON COLUMN "out".tick_box.list_id IS 'The form (core.hotlist_list).';
COMMENT ON COLUMN "out".tick_box.title IS 'Its title as printed; null where none is.';
COMMENT ON COLUMN "out".tick_box.entry_number IS 'Place in the form, from 1.';
COMMENT ON COLUMN "out".tick_box.group_label IS 'The heading printed above the box; null without one.';
COMMENT ON COLUMN "out".tick_box.label IS 'The label as printed.';
COMMENT ON COLUMN "out".tick_box.state IS 'on (ticked), off, mixed, disabled_on, disabled_off, or unreadable.';
COMMENT ON COLUMN "out".tick_box.style IS 'What the mark looks like.';
COMMENT ON COLUMN "out".tick_box.as_of_date IS 'The day the list is known to have looked like this, as far as as_of_basis says.';
COMMENT ON COLUMN "out".tick_box.as_of_basis IS 'printed (on the picture), letter (date of the letter in the same document), produced (the list is not younger than this day) or received (nor than this one; the weakest).';
COMMENT ON COLUMN "out".tick_box.standing IS 'machine: as read, no reviewer has decided on it. Else the first of these that one of its marks has: stale (read differently than a reviewer saw it; the new reading is shown), rejected, unreadable, corrected, accepted; core.standing has each.';
COMMENT ON COLUMN "out".tick_box.decision_ids IS 'The reviewers'' decisions about it that count (core.decision); empty without any.';
COMMENT ON COLUMN "out".tick_box.confidence IS 'Measured frequency of marks of this style and agreement being right; null until measured.';
COMMENT ON COLUMN "out".tick_box.issue_count IS 'Issues that name the mark, of every severity.';
COMMENT ON COLUMN "out".tick_box.mark_id IS 'The mark (raw.hotlist_mark).';
COMMENT ON COLUMN "out".tick_box.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".tick_box.file_name IS 'Name of the document on its first receipt.';
COMMENT ON COLUMN "out".tick_box.page_number IS 'Page of the mark, 1-based.';
COMMENT ON COLUMN "out".tick_box.citation IS 'Agency, request number, production date, file, page, mark and SHA-256 in one line.';
COMMENT ON COLUMN "out".tick_box.trace_url IS 'Path of the mark on the review page.';

CREATE VIEW "out".sharing AS
WITH row_issue AS (
    SELECT e.list_id, e.entry_number, count(*) AS issue_count
    FROM (SELECT list_id, entry_number, unnest(row_ids) AS row_id FROM core.sharing_entry) AS e
    JOIN core.issue AS i ON i.row_id = e.row_id
    GROUP BY e.list_id, e.entry_number
),
decided AS (
    SELECT o.list_id, o.entry_number, list_extract(['stale', 'rejected', 'unreadable', 'corrected', 'accepted'], min(list_position(['stale', 'rejected', 'unreadable', 'corrected', 'accepted'], s.standing))) AS standing,
        flatten(list(s.decision_ids ORDER BY s.target_id, s.field)) AS decision_ids
    FROM (SELECT list_id, entry_number, unnest(row_ids) AS row_id FROM core.sharing_entry) AS o
    JOIN core.standing AS s ON s.target_id = o.row_id
    GROUP BY o.list_id, o.entry_number
),
cell AS (
    SELECT s.target_id AS row_id, map_from_entries(list(struct_pack(k := s.field, v := s.decided_text))) AS texts
    FROM core.standing AS s
    WHERE s.target_kind = 'sharing_cell' AND s.target_id IS NOT NULL
    GROUP BY s.target_id
)
SELECT
    s.release_id,
    s.agency,
    s.agency_state,
    l.list_id,
    l.account,
    e.entry_number,
    CASE WHEN map_contains(cell.texts, 'organization') THEN cell.texts['organization'] ELSE r.organization END AS organization,
    e.direction,
    CASE WHEN map_contains(cell.texts, 'shared_with_me') THEN cell.texts['shared_with_me'] ELSE r.shared_with_me END AS shared_with_me,
    CASE WHEN map_contains(cell.texts, 'sharing_to') THEN cell.texts['sharing_to'] ELSE r.sharing_to END AS sharing_to,
    a.as_of_date,
    a.as_of_basis,
    coalesce(decided.standing, 'machine') AS standing,
    coalesce(decided.decision_ids, []) AS decision_ids,
    r.confidence,
    coalesce(row_issue.issue_count, 0) AS issue_count,
    e.row_id,
    e.row_ids,
    e.document_id,
    s.file_name,
    r.page_number,
    concat_ws(', ', s.cited_file, 'page ' || r.page_number, 'row ' || r.row_number, 'SHA-256 ' || e.document_id) AS citation,
    '/trace/' || e.row_id AS trace_url
FROM core.sharing_entry AS e
JOIN core.sharing_list AS l ON l.list_id = e.list_id
JOIN raw.sharing_row AS r ON r.row_id = e.row_id
JOIN core.document_source AS s ON s.document_id = e.document_id
JOIN core.list_as_of AS a ON a.list_id = e.list_id
LEFT JOIN row_issue ON row_issue.list_id = e.list_id AND row_issue.entry_number = e.entry_number
LEFT JOIN decided ON decided.list_id = e.list_id AND decided.entry_number = e.entry_number
LEFT JOIN cell ON cell.row_id = e.row_id;
COMMENT ON VIEW "out".sharing IS 'One organization of one sharing list; overlapping screenshots are stitched, so it is there once for every time the list prints it.';
COMMENT ON COLUMN "out".sharing.release_id IS 'The release the page came in; the first by production date when it came in several (raw.receipt has all).';
COMMENT ON COLUMN "out".sharing.agency IS 'The agency that produced the document, as stated in release.toml.';
COMMENT ON COLUMN "out".sharing.agency_state IS 'US state of that agency, as stated.';
COMMENT ON COLUMN "out".sharing.list_id IS 'The list (core.sharing_list).';
COMMENT ON COLUMN "out".sharing.account IS 'The account shown on the pages; null where none is.';
COMMENT ON COLUMN "out".sharing.entry_number IS 'Place in the list, from 1.';
COMMENT ON COLUMN "out".sharing.organization IS 'The organization''s name, as printed.';
COMMENT ON COLUMN "out".sharing.direction IS 'Who shares with whom, seen from the agency whose list it is: shared_with_me, sharing_to, both; unknown where the list does not say.';
COMMENT ON COLUMN "out".sharing.shared_with_me IS 'As printed: the organization''s networks shared with that agency. Null where blank or where there is no such column.';
COMMENT ON COLUMN "out".sharing.sharing_to IS 'As printed: that agency''s networks shared with the organization. Null where blank or where there is no such column.';
COMMENT ON COLUMN "out".sharing.as_of_date IS 'The day the list is known to have looked like this, as far as as_of_basis says.';
COMMENT ON COLUMN "out".sharing.as_of_basis IS 'printed (on the picture), letter (date of the letter in the same document), produced (the list is not younger than this day) or received (nor than this one; the weakest).';
COMMENT ON COLUMN "out".sharing.standing IS 'machine: as read, no reviewer has decided on it. Else the first of these that one of its cells has: stale (read differently than a reviewer saw it; the new reading is shown), rejected, unreadable, corrected, accepted; core.standing has each.';
COMMENT ON COLUMN "out".sharing.decision_ids IS 'The reviewers'' decisions about it that count (core.decision); empty without any.';
COMMENT ON COLUMN "out".sharing.confidence IS 'Measured frequency of names of this class of agreement being right; null until measured.';
COMMENT ON COLUMN "out".sharing.issue_count IS 'Issues that name one of its rows, of every severity.';
COMMENT ON COLUMN "out".sharing.row_id IS 'The row that shows it (raw.sharing_row).';
COMMENT ON COLUMN "out".sharing.row_ids IS 'Every row that shows it: several where screenshots overlap.';
COMMENT ON COLUMN "out".sharing.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".sharing.file_name IS 'Name of the document on its first receipt.';
COMMENT ON COLUMN "out".sharing.page_number IS 'Page of the row, 1-based.';
COMMENT ON COLUMN "out".sharing.citation IS 'Agency, request number, production date, file, page, row and SHA-256 in one line.';
COMMENT ON COLUMN "out".sharing.trace_url IS 'Path of the row on the review page.';
