-- What is doubtful, and about what; and what people decided.

CREATE TABLE core.issue (
    issue_id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    advice VARCHAR,
    release_id VARCHAR,
    document_id VARCHAR,
    page_number INTEGER,
    row_id VARCHAR,
    row_number INTEGER,
    mark_id VARCHAR,
    mark_number INTEGER,
    field VARCHAR,
    seen_text VARCHAR
);
COMMENT ON TABLE core.issue IS 'Something that was not read, not understood or is contradictory, pinned down as far as it goes.';
COMMENT ON COLUMN core.issue.issue_id IS 'i- and 16 hex digits of the SHA-256 over its content: stable while the issue stays the same.';
COMMENT ON COLUMN core.issue.stage IS 'Where it was noticed: intake, extract, load, derive or decide (about a reviewer''s decision).';
COMMENT ON COLUMN core.issue.code IS 'Stable, searchable name of the kind of issue.';
COMMENT ON COLUMN core.issue.severity IS 'error: something printed is not in the values. doubt: a value may be wrong. notice: good to know.';
COMMENT ON COLUMN core.issue.message IS 'What it is, in words.';
COMMENT ON COLUMN core.issue.advice IS 'What a person can do about it.';
COMMENT ON COLUMN core.issue.release_id IS 'The release, for issues of a release; null for those of a document, whose receipts name the releases.';
COMMENT ON COLUMN core.issue.document_id IS 'SHA-256 of the document; null for issues of a whole release.';
COMMENT ON COLUMN core.issue.page_number IS 'The page, 1-based; null for the whole document.';
COMMENT ON COLUMN core.issue.row_id IS 'The row, of raw.audit_row or raw.sharing_row; null for a mark, a whole page, document or release.';
COMMENT ON COLUMN core.issue.row_number IS 'Ordinal of the row on the page, from 1.';
COMMENT ON COLUMN core.issue.mark_id IS 'The mark (raw.hotlist_mark); null for rows, a whole page, document or release.';
COMMENT ON COLUMN core.issue.mark_number IS 'Ordinal of the mark on the page, from 1.';
COMMENT ON COLUMN core.issue.field IS 'The canonical field, or the printed header of a column that is none; the column of a sharing list.';
COMMENT ON COLUMN core.issue.seen_text IS 'The printed text in question. May hold personal data.';

CREATE TABLE core.row_repeat (
    row_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    repeats_row_id VARCHAR NOT NULL
);
COMMENT ON TABLE core.row_repeat IS 'One row of an audit log that prints the same as an earlier row of the same log, cell by cell. The row itself stays in raw.audit_row.';
COMMENT ON COLUMN core.row_repeat.row_id IS 'The row that repeats.';
COMMENT ON COLUMN core.row_repeat.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN core.row_repeat.repeats_row_id IS 'The first row of the log that prints this.';

CREATE TABLE core.decision (
    sequence BIGINT NOT NULL,
    decision_id VARCHAR NOT NULL,
    decided_datetime TIMESTAMP NOT NULL,
    who VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    target_kind VARCHAR NOT NULL,
    target_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    seen_text VARCHAR,
    document_id VARCHAR,
    page_number INTEGER,
    box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
    value VARCHAR,
    reason VARCHAR,
    undoes VARCHAR,
    undone_by VARCHAR,
    snapshot_hash VARCHAR,
    along_with VARCHAR,
    chain VARCHAR NOT NULL
);
COMMENT ON TABLE core.decision IS 'One entry of the decision log, as it was logged: what a reviewer said of one value. Nothing is ever changed or deleted; what no longer counts is undone by another entry.';
COMMENT ON COLUMN core.decision.sequence IS 'Number in the log, from 1, without a gap.';
COMMENT ON COLUMN core.decision.decision_id IS 'd- and the first 16 hex digits of chain.';
COMMENT ON COLUMN core.decision.decided_datetime IS 'When it was logged, naive UTC.';
COMMENT ON COLUMN core.decision.who IS 'Who decided, as the reviewer was named.';
COMMENT ON COLUMN core.decision.kind IS 'accept (the reading is what is printed), correct (value is), reject (the reading is wrong), unreadable (nobody can tell) or undo.';
COMMENT ON COLUMN core.decision.target_kind IS 'audit_cell, mark_label, mark_state, sharing_cell; organization_attribute or release_fact, which have no place on a page.';
COMMENT ON COLUMN core.decision.target_id IS 'row_id or mark_id when it was decided, or the id of the organization or release. Where the value is now is in core.standing.';
COMMENT ON COLUMN core.decision.field IS 'The canonical field or the key in other; label or state of a mark; the column of a sharing list.';
COMMENT ON COLUMN core.decision.seen_text IS 'What was read there when it was decided, verbatim; null where nothing was. A decision counts only as long as the same is read.';
COMMENT ON COLUMN core.decision.document_id IS 'SHA-256 of the document; null for what is printed nowhere.';
COMMENT ON COLUMN core.decision.page_number IS 'The page, 1-based.';
COMMENT ON COLUMN core.decision.box IS 'Box of the value, in points from the top-left corner of the page as displayed; of its row where nothing was read.';
COMMENT ON COLUMN core.decision.value IS 'What is printed according to a correction, verbatim; empty: nothing is printed.';
COMMENT ON COLUMN core.decision.reason IS 'Why, in the reviewer''s words.';
COMMENT ON COLUMN core.decision.undoes IS 'decision_id of the decision that this undo takes back; null for others.';
COMMENT ON COLUMN core.decision.undone_by IS 'decision_id of the undo that took this decision back; null while it counts.';
COMMENT ON COLUMN core.decision.snapshot_hash IS 'Content hash of the snapshot that the reviewer looked at.';
COMMENT ON COLUMN core.decision.along_with IS 'decision_id of the decision that this one was taken along with, in one go; null for that one and for others.';
COMMENT ON COLUMN core.decision.chain IS 'SHA-256 over the entry before and this one, in hex: shows that no entry was changed or left out.';

CREATE TABLE core.standing (
    decision_id VARCHAR NOT NULL,
    target_kind VARCHAR NOT NULL,
    target_id VARCHAR,
    document_id VARCHAR,
    page_number INTEGER,
    field VARCHAR NOT NULL,
    standing VARCHAR NOT NULL,
    read_text VARCHAR,
    decided_text VARCHAR,
    decision_ids VARCHAR[] NOT NULL,
    is_conflict BOOLEAN NOT NULL
);
COMMENT ON TABLE core.standing IS 'One value that reviewers decided on, and how it stands now. Values without a row here stand as the machine read them.';
COMMENT ON COLUMN core.standing.decision_id IS 'The decision that counts: the last that was not undone.';
COMMENT ON COLUMN core.standing.target_kind IS 'audit_cell, mark_label, mark_state or sharing_cell; organization_attribute or release_fact, which are printed nowhere.';
COMMENT ON COLUMN core.standing.target_id IS 'row_id or mark_id of the value in this build, found by its place; the id of the organization or release. Null where nothing is read there any more.';
COMMENT ON COLUMN core.standing.document_id IS 'SHA-256 of the document; null for what is printed nowhere.';
COMMENT ON COLUMN core.standing.page_number IS 'The page, 1-based; null for what is printed nowhere.';
COMMENT ON COLUMN core.standing.field IS 'The canonical field or the key in other; label or state of a mark; the column of a sharing list; the attribute of an organization; the fact of a release.';
COMMENT ON COLUMN core.standing.standing IS 'accepted, corrected, rejected (read wrongly; what is right nobody said), unreadable (nobody can tell) or stale (the page is now read differently than the reviewer saw it: the new reading is shown and needs a look).';
COMMENT ON COLUMN core.standing.read_text IS 'What is read there in this build, verbatim; what the rules or release.toml say of what is printed nowhere.';
COMMENT ON COLUMN core.standing.decided_text IS 'What out shows: the reading where accepted or stale, the value where corrected, null where rejected or unreadable. The state of a mark is then unreadable.';
COMMENT ON COLUMN core.standing.decision_ids IS 'Every decision about it that was not undone, in the order of the log.';
COMMENT ON COLUMN core.standing.is_conflict IS 'Whether two reviewers said different things of the reading and neither is undone. The last counts.';

CREATE TABLE core.decided_row (
    row_id VARCHAR NOT NULL,
    standing VARCHAR NOT NULL,
    decision_ids VARCHAR[] NOT NULL,
    standings MAP(VARCHAR, VARCHAR) NOT NULL,
    id VARCHAR,
    name VARCHAR,
    org_name VARCHAR,
    total_networks_searched VARCHAR,
    total_devices_searched VARCHAR,
    time_frame VARCHAR,
    license_plate VARCHAR,
    reason VARCHAR,
    case_number VARCHAR,
    filters VARCHAR,
    search_time VARCHAR,
    search_type VARCHAR,
    text_prompt VARCHAR,
    moderation VARCHAR,
    other MAP(VARCHAR, VARCHAR) NOT NULL
);
COMMENT ON TABLE core.decided_row IS 'One row of an audit log in which a reviewer decided on something, with all its texts as decided. Rows that nobody touched are only in raw.audit_row.';
COMMENT ON COLUMN core.decided_row.row_id IS 'The row (raw.audit_row).';
COMMENT ON COLUMN core.decided_row.standing IS 'The first of these that one of its fields has: stale, rejected, unreadable, corrected, accepted.';
COMMENT ON COLUMN core.decided_row.decision_ids IS 'The decisions about its fields that were not undone, in the order of the log.';
COMMENT ON COLUMN core.decided_row.standings IS 'Field decided on -> its standing.';
COMMENT ON COLUMN core.decided_row.id IS 'As printed, after the decisions: the search''s own id.';
COMMENT ON COLUMN core.decided_row.name IS 'As printed, after the decisions: the account that searched.';
COMMENT ON COLUMN core.decided_row.org_name IS 'As printed, after the decisions: the organization that searched.';
COMMENT ON COLUMN core.decided_row.total_networks_searched IS 'As printed, after the decisions: number of networks searched.';
COMMENT ON COLUMN core.decided_row.total_devices_searched IS 'As printed, after the decisions: number of devices searched.';
COMMENT ON COLUMN core.decided_row.time_frame IS 'As printed, after the decisions: the period searched.';
COMMENT ON COLUMN core.decided_row.license_plate IS 'As printed, after the decisions: the plate searched for.';
COMMENT ON COLUMN core.decided_row.reason IS 'As printed, after the decisions: the reason given.';
COMMENT ON COLUMN core.decided_row.case_number IS 'As printed, after the decisions: the case number given.';
COMMENT ON COLUMN core.decided_row.filters IS 'As printed, after the decisions: the filters chosen.';
COMMENT ON COLUMN core.decided_row.search_time IS 'As printed, after the decisions: when the search was made.';
COMMENT ON COLUMN core.decided_row.search_type IS 'As printed, after the decisions: the kind of search.';
COMMENT ON COLUMN core.decided_row.text_prompt IS 'As printed, after the decisions: the free-text prompt.';
COMMENT ON COLUMN core.decided_row.moderation IS 'As printed, after the decisions: what moderation said.';
COMMENT ON COLUMN core.decided_row.other IS 'Cells of columns that are no canonical field, after the decisions: printed header -> text.';

CREATE VIEW core.audit_row_decided AS
SELECT
    r.* REPLACE (
        CASE WHEN d.row_id IS NULL THEN r.id ELSE d.id END AS id,
        CASE WHEN d.row_id IS NULL THEN r.name ELSE d.name END AS name,
        CASE WHEN d.row_id IS NULL THEN r.org_name ELSE d.org_name END AS org_name,
        CASE WHEN d.row_id IS NULL THEN r.total_networks_searched ELSE d.total_networks_searched END AS total_networks_searched,
        CASE WHEN d.row_id IS NULL THEN r.total_devices_searched ELSE d.total_devices_searched END AS total_devices_searched,
        CASE WHEN d.row_id IS NULL THEN r.time_frame ELSE d.time_frame END AS time_frame,
        CASE WHEN d.row_id IS NULL THEN r.license_plate ELSE d.license_plate END AS license_plate,
        CASE WHEN d.row_id IS NULL THEN r.reason ELSE d.reason END AS reason,
        CASE WHEN d.row_id IS NULL THEN r.case_number ELSE d.case_number END AS case_number,
        CASE WHEN d.row_id IS NULL THEN r.filters ELSE d.filters END AS filters,
        CASE WHEN d.row_id IS NULL THEN r.search_time ELSE d.search_time END AS search_time,
        CASE WHEN d.row_id IS NULL THEN r.search_type ELSE d.search_type END AS search_type,
        CASE WHEN d.row_id IS NULL THEN r.text_prompt ELSE d.text_prompt END AS text_prompt,
        CASE WHEN d.row_id IS NULL THEN r.moderation ELSE d.moderation END AS moderation,
        CASE WHEN d.row_id IS NULL THEN r.other ELSE d.other END AS other
    ),
    r.rowid AS place,
    coalesce(d.standing, 'machine') AS standing,
    coalesce(d.decision_ids, []) AS decision_ids,
    d.standings
FROM raw.audit_row AS r
LEFT JOIN core.decided_row AS d ON d.row_id = r.row_id;
COMMENT ON VIEW core.audit_row_decided IS 'One printed row of an audit log with the decisions of reviewers applied to its texts: what typed values are made of. raw.audit_row keeps what was read.';
COMMENT ON COLUMN core.audit_row_decided.row_id IS 'First 16 hex digits of the document, page and ordinal on that page: <16 hex>-p00001-r001. The place names the row, never a value.';
COMMENT ON COLUMN core.audit_row_decided.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN core.audit_row_decided.segment_id IS 'First 16 hex digits of the document, then -s and the ordinal of the segment.';
COMMENT ON COLUMN core.audit_row_decided.page_number IS 'Page of the row''s anchor, 1-based.';
COMMENT ON COLUMN core.audit_row_decided.row_number IS 'Ordinal of the row on that page, from 1.';
COMMENT ON COLUMN core.audit_row_decided.place_kind IS 'page_box, or page_boxes when parts of the row lie on another page (raw.row_continuation).';
COMMENT ON COLUMN core.audit_row_decided.id IS 'As printed, after the decisions: the search''s own id. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.name IS 'As printed, after the decisions: the account that searched. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.org_name IS 'As printed, after the decisions: the organization that searched. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.total_networks_searched IS 'As printed, after the decisions: number of networks searched. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.total_devices_searched IS 'As printed, after the decisions: number of devices searched. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.time_frame IS 'As printed, after the decisions: the period searched. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.license_plate IS 'As printed, after the decisions: the plate searched for. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.reason IS 'As printed, after the decisions: the reason given. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.case_number IS 'As printed, after the decisions: the case number given. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.filters IS 'As printed, after the decisions: the filters chosen. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.search_time IS 'As printed, after the decisions: when the search was made. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.search_type IS 'As printed, after the decisions: the kind of search. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.text_prompt IS 'As printed, after the decisions: the free-text prompt. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.moderation IS 'As printed, after the decisions: what moderation said. Null where blank, rejected or unreadable.';
COMMENT ON COLUMN core.audit_row_decided.other IS 'Cells of columns that are no canonical field, after the decisions: printed header -> text.';
COMMENT ON COLUMN core.audit_row_decided.cell_boxes IS 'One tight box per canonical field on the anchor page, in points from the top-left corner of the page as displayed; null where empty or printed wholly on another page.';
COMMENT ON COLUMN core.audit_row_decided.other_boxes IS 'The boxes of the cells in other, by the same keys, in points from the top-left corner of the page as displayed.';
COMMENT ON COLUMN core.audit_row_decided.row_box IS 'The row''s box on the anchor page, in points from the top-left corner of the page as displayed.';
COMMENT ON COLUMN core.audit_row_decided.engine IS 'Engine whose glyphs the row was laid out from.';
COMMENT ON COLUMN core.audit_row_decided.confidence IS 'Measured frequency of rows of this class being right; null until measured, never an engine''s own score.';
COMMENT ON COLUMN core.audit_row_decided.place IS 'Ordinal of the row in raw.audit_row, from 0.';
COMMENT ON COLUMN core.audit_row_decided.standings IS 'Field decided on -> its standing; null where nobody decided.';
COMMENT ON COLUMN core.audit_row_decided.standing IS 'machine: nobody decided on a field of the row. Else the first of these that one of its fields has: stale, rejected, unreadable, corrected, accepted; core.standing has each field.';
COMMENT ON COLUMN core.audit_row_decided.decision_ids IS 'The decisions about its fields that count, in the order of the log (core.decision).';
