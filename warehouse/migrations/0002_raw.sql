-- What came, as it came: releases, receipts, documents, and what is printed on their pages. Nothing here is typed or
-- corrected. Tables carry no indexes: rows are inserted in key order, zone maps find them, and checks prove the keys.

CREATE TABLE raw.release (
    release_id VARCHAR NOT NULL,
    agency VARCHAR,
    state VARCHAR,
    time_zone VARCHAR,
    request_number VARCHAR,
    request_url VARCHAR,
    requested_date DATE,
    produced_date DATE,
    status VARCHAR NOT NULL,
    exemptions VARCHAR[] NOT NULL,
    notes VARCHAR,
    is_inferred BOOLEAN NOT NULL
);
COMMENT ON TABLE raw.release IS 'One answer to one records request: files, or a denial without any. As stated in release.toml, or decided by a reviewer (core.standing has both). Null means not stated, never a guess.';
COMMENT ON COLUMN raw.release.release_id IS 'Name of the release folder in the inbox.';
COMMENT ON COLUMN raw.release.agency IS 'The agency that answered, whose records these are.';
COMMENT ON COLUMN raw.release.state IS 'US state of the agency, as stated in release.toml.';
COMMENT ON COLUMN raw.release.time_zone IS 'Time zone of the agency, an IANA name.';
COMMENT ON COLUMN raw.release.request_number IS 'Number the agency gave the request.';
COMMENT ON COLUMN raw.release.request_url IS 'Where the request can be read.';
COMMENT ON COLUMN raw.release.requested_date IS 'When the request was made.';
COMMENT ON COLUMN raw.release.produced_date IS 'When the agency produced its answer.';
COMMENT ON COLUMN raw.release.status IS 'fulfilled, partial, denied, no_records, pending or unknown.';
COMMENT ON COLUMN raw.release.exemptions IS 'Exemptions the agency claimed, as cited; empty when none is stated.';
COMMENT ON COLUMN raw.release.notes IS 'Free text of whoever filed the release.';
COMMENT ON COLUMN raw.release.is_inferred IS 'True when there was no release.toml: only the name of the folder is known.';

CREATE TABLE raw.receipt (
    release_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    receipt_number INTEGER NOT NULL,
    path VARCHAR NOT NULL,
    container VARCHAR,
    received_datetime TIMESTAMP NOT NULL
);
COMMENT ON TABLE raw.receipt IS 'One document that came in one release under one name. The same bytes twice are one document and two receipts.';
COMMENT ON COLUMN raw.receipt.release_id IS 'The release it came in.';
COMMENT ON COLUMN raw.receipt.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.receipt.receipt_number IS 'Order of the receipts of one document: by production date, release, path; from 1. Citations name number 1.';
COMMENT ON COLUMN raw.receipt.path IS 'Path inside the release folder, /-separated.';
COMMENT ON COLUMN raw.receipt.container IS 'The archive it was unpacked from; null when it lay there as a file.';
COMMENT ON COLUMN raw.receipt.received_datetime IS 'When it was first seen, naive UTC. Not in the content hash.';

CREATE TABLE raw.document (
    document_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    byte_count BIGINT NOT NULL,
    media_type VARCHAR NOT NULL,
    page_count INTEGER,
    state VARCHAR NOT NULL,
    error_code VARCHAR,
    reason VARCHAR,
    advice VARCHAR,
    fingerprint VARCHAR,
    layout_version VARCHAR,
    engine_versions MAP(VARCHAR, VARCHAR),
    row_count BIGINT NOT NULL,
    mark_count BIGINT NOT NULL,
    sharing_count BIGINT NOT NULL
);
COMMENT ON TABLE raw.document IS 'One source document: one file, named by its bytes, never changed. Also those that could not be read, with reason and advice.';
COMMENT ON COLUMN raw.document.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.document.file_name IS 'Its name on the first receipt.';
COMMENT ON COLUMN raw.document.byte_count IS 'Size of the file in bytes.';
COMMENT ON COLUMN raw.document.media_type IS 'What it is by its first bytes, never by its name.';
COMMENT ON COLUMN raw.document.page_count IS 'Number of pages; null when it could not be opened.';
COMMENT ON COLUMN raw.document.state IS 'loaded (rows or marks are in the warehouse), set_aside (readable, nothing of a kind that is read), quarantined (could not be read) or waiting.';
COMMENT ON COLUMN raw.document.error_code IS 'Code of the error that quarantined it, e.g. encrypted; null otherwise.';
COMMENT ON COLUMN raw.document.reason IS 'Why it is in this state, in words; null for loaded documents.';
COMMENT ON COLUMN raw.document.advice IS 'What a person can do about it.';
COMMENT ON COLUMN raw.document.fingerprint IS 'Fingerprint of the extraction (engines, layout version, hints) whose parts were loaded; null without parts.';
COMMENT ON COLUMN raw.document.layout_version IS 'Version of the layout code that made the rows; null without parts.';
COMMENT ON COLUMN raw.document.engine_versions IS 'Engine -> version, as recorded by the extraction; null without parts.';
COMMENT ON COLUMN raw.document.row_count IS 'Rows of audit logs the extraction counted; 0 without parts. A check compares with raw.audit_row.';
COMMENT ON COLUMN raw.document.mark_count IS 'Marks the extraction counted; 0 without parts. A check compares with raw.hotlist_mark.';
COMMENT ON COLUMN raw.document.sharing_count IS 'Organizations of sharing lists the extraction counted; 0 without parts. A check compares with raw.sharing_row.';

CREATE TABLE raw.segment (
    segment_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    segment_ordinal INTEGER NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    engine VARCHAR,
    is_ruled BOOLEAN,
    row_alignment VARCHAR,
    anchor_column INTEGER
);
COMMENT ON TABLE raw.segment IS 'A run of pages of one kind with one layout. Kind, reason and table model belong to the segment, not to the file.';
COMMENT ON COLUMN raw.segment.segment_id IS 'First 16 hex digits of the document, then -s and the ordinal of the segment.';
COMMENT ON COLUMN raw.segment.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.segment.segment_ordinal IS 'Ordinal of the segment in page order, from 1.';
COMMENT ON COLUMN raw.segment.first_page IS 'First page of the run, 1-based.';
COMMENT ON COLUMN raw.segment.last_page IS 'Last page of the run, 1-based, inclusive.';
COMMENT ON COLUMN raw.segment.kind IS 'audit_log (raw.audit_row), sharing_list (raw.sharing_row), hotlist_configuration or tick_box_form (raw.hotlist_mark); letter, picture, blank or unknown, whose text is in raw.page_text.';
COMMENT ON COLUMN raw.segment.reason IS 'Why it was taken for that kind, in words.';
COMMENT ON COLUMN raw.segment.engine IS 'Engine whose glyphs the rows were laid out from: pdfium or pdfplumber.';
COMMENT ON COLUMN raw.segment.is_ruled IS 'Whether lines are drawn between the rows of the table; null where there is no table.';
COMMENT ON COLUMN raw.segment.row_alignment IS 'Where the values that start a row stand in it: top, middle or bottom; null where rulings make it moot.';
COMMENT ON COLUMN raw.segment.anchor_column IS 'Ordinal of the column whose values start rows, from 0; null where ruled.';

CREATE TABLE raw.segment_column (
    segment_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    column_ordinal INTEGER NOT NULL,
    printed_header VARCHAR,
    given_header VARCHAR,
    header_basis VARCHAR,
    field VARCHAR,
    other_key VARCHAR,
    page_number INTEGER,
    header_box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
    left_edge FLOAT,
    right_edge FLOAT
);
COMMENT ON TABLE raw.segment_column IS 'One printed column of a segment: its header as printed, the field it stands for and where the header is.';
COMMENT ON COLUMN raw.segment_column.segment_id IS 'First 16 hex digits of the document, then -s and the ordinal of the segment.';
COMMENT ON COLUMN raw.segment_column.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.segment_column.column_ordinal IS 'Position from 0, left to right.';
COMMENT ON COLUMN raw.segment_column.given_header IS 'Where no header is printed: the name given in release.toml or told by the values; where the next column cuts it, the whole of it; else null.';
COMMENT ON COLUMN raw.segment_column.header_basis IS 'printed, hint (release.toml) or values (a doubt says so); null where the column has no name.';
COMMENT ON COLUMN raw.segment_column.printed_header IS 'The header as printed, lines joined by a space; null where the page prints none.';
COMMENT ON COLUMN raw.segment_column.field IS 'The canonical field it stands for by the alias table; null when its cells are in raw.audit_row.other.';
COMMENT ON COLUMN raw.segment_column.other_key IS 'The key of its cells in raw.audit_row.other (the printed header, or column_<n> counted from 1); null for canonical fields.';
COMMENT ON COLUMN raw.segment_column.page_number IS 'Page the header is printed on; null without one.';
COMMENT ON COLUMN raw.segment_column.header_box IS 'Tight box of the header, in points from the top-left corner of the page as displayed; null without one.';
COMMENT ON COLUMN raw.segment_column.left_edge IS 'Left edge of the column''s band, in points.';
COMMENT ON COLUMN raw.segment_column.right_edge IS 'Right edge of the column''s band, in points.';

CREATE TABLE raw.page (
    document_id VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    segment_id VARCHAR,
    width FLOAT NOT NULL,
    height FLOAT NOT NULL,
    rotation INTEGER NOT NULL,
    page_class VARCHAR NOT NULL,
    class_reason VARCHAR,
    engine VARCHAR,
    glyphs_seen INTEGER,
    glyphs_used INTEGER,
    glyphs_furniture INTEGER,
    glyphs_left INTEGER,
    ink_left FLOAT
);
COMMENT ON TABLE raw.page IS 'One page and its account: every non-space glyph is in one cell, in furniture, or left over.';
COMMENT ON COLUMN raw.page.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.page.page_number IS '1-based; a picture has page 1.';
COMMENT ON COLUMN raw.page.segment_id IS 'The segment the page belongs to, the later one where two logs share the page; null for a page outside every segment.';
COMMENT ON COLUMN raw.page.width IS 'Width in points, as displayed (after CropBox, /Rotate and UserUnit).';
COMMENT ON COLUMN raw.page.height IS 'Height in points, as displayed.';
COMMENT ON COLUMN raw.page.rotation IS '/Rotate in degrees clockwise; width and height are after it.';
COMMENT ON COLUMN raw.page.page_class IS 'text, picture, mixed or blank.';
COMMENT ON COLUMN raw.page.class_reason IS 'Why it was taken for that class, in words.';
COMMENT ON COLUMN raw.page.engine IS 'Engine whose glyphs were used on this page.';
COMMENT ON COLUMN raw.page.glyphs_seen IS 'Non-space glyphs on the page; equals used + furniture + left.';
COMMENT ON COLUMN raw.page.glyphs_used IS 'Glyphs in cells of rows.';
COMMENT ON COLUMN raw.page.glyphs_furniture IS 'Glyphs in headers, repeated text and page numbers; each line with its rule in raw.page_text.';
COMMENT ON COLUMN raw.page.glyphs_left IS 'Glyphs in no cell and no furniture; each line in raw.page_text.';
COMMENT ON COLUMN raw.page.ink_left IS 'Pictures only: share of ink outside everything that was read; null on text pages.';

CREATE TABLE raw.page_text (
    document_id VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    rule VARCHAR,
    text VARCHAR,
    glyph_count INTEGER NOT NULL,
    box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT)
);
COMMENT ON TABLE raw.page_text IS 'One line of text that is in no cell: furniture with the rule that says so, or left over.';
COMMENT ON COLUMN raw.page_text.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.page_text.page_number IS 'Page it is printed on, 1-based.';
COMMENT ON COLUMN raw.page_text.account IS 'furniture or left.';
COMMENT ON COLUMN raw.page_text.rule IS 'The rule that put it there: header, repeated, page_number, outside_table and others.';
COMMENT ON COLUMN raw.page_text.text IS 'The line, verbatim.';
COMMENT ON COLUMN raw.page_text.glyph_count IS 'Its non-space glyphs.';
COMMENT ON COLUMN raw.page_text.box IS 'Its box, in points from the top-left corner of the page as displayed.';

CREATE TABLE raw.audit_row (
    row_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    segment_id VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    row_number INTEGER NOT NULL,
    place_kind VARCHAR NOT NULL,
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
    other MAP(VARCHAR, VARCHAR) NOT NULL,
    cell_boxes STRUCT(
        id STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        name STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        org_name STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        total_networks_searched STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        total_devices_searched STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        time_frame STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        license_plate STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        reason STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        case_number STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        filters STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        search_time STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        search_type STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        text_prompt STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
        moderation STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT)
    ) NOT NULL,
    other_boxes MAP(VARCHAR, STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT)) NOT NULL,
    row_box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT) NOT NULL,
    engine VARCHAR,
    confidence FLOAT
);
COMMENT ON TABLE raw.audit_row IS 'One printed row of an audit log, verbatim: 14 canonical fields as text, every value with its box.';
COMMENT ON COLUMN raw.audit_row.row_id IS 'First 16 hex digits of the document, page and ordinal on that page: <16 hex>-p00001-r001. The place names the row, never a value.';
COMMENT ON COLUMN raw.audit_row.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.audit_row.segment_id IS 'First 16 hex digits of the document, then -s and the ordinal of the segment.';
COMMENT ON COLUMN raw.audit_row.page_number IS 'Page of the row''s anchor, 1-based.';
COMMENT ON COLUMN raw.audit_row.row_number IS 'Ordinal of the row on that page, from 1.';
COMMENT ON COLUMN raw.audit_row.place_kind IS 'page_box, or page_boxes when parts of the row lie on another page (raw.row_continuation).';
COMMENT ON COLUMN raw.audit_row.id IS 'As printed: the search''s own id. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.name IS 'As printed: the account that searched. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.org_name IS 'As printed: the organization that searched. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.total_networks_searched IS 'As printed: number of networks searched. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.total_devices_searched IS 'As printed: number of devices searched. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.time_frame IS 'As printed: the period searched. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.license_plate IS 'As printed: the plate searched for. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.reason IS 'As printed: the reason given. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.case_number IS 'As printed: the case number given. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.filters IS 'As printed: the filters chosen. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.search_time IS 'As printed: when the search was made. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.search_type IS 'As printed: the kind of search. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.text_prompt IS 'As printed: the free-text prompt. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.moderation IS 'As printed: what moderation said. Null where the cell is blank or the log has no such column.';
COMMENT ON COLUMN raw.audit_row.other IS 'Cells of columns that are no canonical field: printed header (raw.segment_column.other_key) -> text.';
COMMENT ON COLUMN raw.audit_row.cell_boxes IS 'One tight box per canonical field on the anchor page, in points from the top-left corner of the page as displayed; null where empty or printed wholly on another page.';
COMMENT ON COLUMN raw.audit_row.other_boxes IS 'The boxes of the cells in other, by the same keys, in points from the top-left corner of the page as displayed.';
COMMENT ON COLUMN raw.audit_row.row_box IS 'The row''s box on the anchor page, in points from the top-left corner of the page as displayed.';
COMMENT ON COLUMN raw.audit_row.engine IS 'Engine whose glyphs the row was laid out from.';
COMMENT ON COLUMN raw.audit_row.confidence IS 'Measured frequency of rows of this class being right; null until measured, never an engine''s own score.';

CREATE TABLE raw.row_continuation (
    row_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    column_ordinal INTEGER,
    field VARCHAR,
    continued_page_number INTEGER NOT NULL,
    box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT) NOT NULL
);
COMMENT ON TABLE raw.row_continuation IS 'A part of a row that lies on another page than the row''s anchor.';
COMMENT ON COLUMN raw.row_continuation.row_id IS 'The row, of raw.audit_row or raw.sharing_row.';
COMMENT ON COLUMN raw.row_continuation.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.row_continuation.column_ordinal IS 'The printed column, from 0; null for the row as a whole.';
COMMENT ON COLUMN raw.row_continuation.field IS 'The canonical field or the key in raw.audit_row.other; the column of raw.sharing_row; null for the row as a whole.';
COMMENT ON COLUMN raw.row_continuation.continued_page_number IS 'The page this part is printed on, 1-based.';
COMMENT ON COLUMN raw.row_continuation.box IS 'Its box on that page, in points from the top-left corner of the page as displayed.';

CREATE TABLE raw.reading (
    row_id VARCHAR,
    mark_id VARCHAR,
    document_id VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    field VARCHAR,
    reader VARCHAR NOT NULL,
    text VARCHAR,
    score FLOAT,
    box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT)
);
COMMENT ON TABLE raw.reading IS 'What one reader saw in one cell, label or line: every reading where a page was recognised from a picture, else where readers disagree.';
COMMENT ON COLUMN raw.reading.row_id IS 'The row (raw.audit_row or raw.sharing_row) the cell belongs to; null for labels of marks and for text that is in no row.';
COMMENT ON COLUMN raw.reading.mark_id IS 'The mark whose label it is; null for cells of rows and for text that belongs to no mark.';
COMMENT ON COLUMN raw.reading.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.reading.page_number IS 'Page it was read on, 1-based.';
COMMENT ON COLUMN raw.reading.field IS 'The canonical field or the key in raw.audit_row.other; the column of raw.sharing_row; label for marks; null for text that is in no row and no mark.';
COMMENT ON COLUMN raw.reading.reader IS 'Name of the reader.';
COMMENT ON COLUMN raw.reading.text IS 'What it read, verbatim; null when it saw nothing.';
COMMENT ON COLUMN raw.reading.score IS 'The reader''s own score; not a probability, kept for study only.';
COMMENT ON COLUMN raw.reading.box IS 'Where it read it, in points from the top-left corner of the page as displayed.';
