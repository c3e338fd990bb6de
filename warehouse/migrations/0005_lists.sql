-- Marks, sharing lists and facts of pages as printed; the hotlist catalogue; and the lists that pages show together.

CREATE TABLE raw.hotlist_mark (
    mark_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    segment_id VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    mark_number INTEGER NOT NULL,
    label VARCHAR,
    label_agreement VARCHAR,
    state VARCHAR NOT NULL,
    state_basis VARCHAR,
    style VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    group_label VARCHAR,
    parent_mark_id VARCHAR,
    label_box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT) NOT NULL,
    mark_box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
    confidence FLOAT
);
COMMENT ON TABLE raw.hotlist_mark IS 'One mark (check box, toggle, radio, chip, On/Off word) and the label beside it, verbatim, of a page of settings or a tick-box form. A topic that no picture shows has no row.';
COMMENT ON COLUMN raw.hotlist_mark.mark_id IS 'First 16 hex digits of the document, page and ordinal of the mark on that page: <16 hex>-p00001-m003. The place names the mark, never its label.';
COMMENT ON COLUMN raw.hotlist_mark.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.hotlist_mark.segment_id IS 'First 16 hex digits of the document, then -s and the ordinal of the segment.';
COMMENT ON COLUMN raw.hotlist_mark.page_number IS 'Page it is on, 1-based; a picture has page 1.';
COMMENT ON COLUMN raw.hotlist_mark.mark_number IS 'Ordinal of the mark on that page in reading order, from 1.';
COMMENT ON COLUMN raw.hotlist_mark.label IS 'The label, verbatim, lines joined by a space; null where none could be read.';
COMMENT ON COLUMN raw.hotlist_mark.label_agreement IS 'How the looks at the label agree: layer (the file''s own text), both (two readers read the same), format (the catalogue or a format proves one), spaces (only the spaces differ), differ, one (only one reader saw it).';
COMMENT ON COLUMN raw.hotlist_mark.state IS 'on, off, mixed (a parent some of whose children are on), disabled_on, disabled_off, or unreadable. Unknown is never off.';
COMMENT ON COLUMN raw.hotlist_mark.state_basis IS 'What told the state, in words.';
COMMENT ON COLUMN raw.hotlist_mark.style IS 'What the mark looks like: check_box, toggle, radio, word, check_icon, chip or other.';
COMMENT ON COLUMN raw.hotlist_mark.method IS 'What the state was told by: acroform (form field), vector (drawing of the PDF), pixels or words.';
COMMENT ON COLUMN raw.hotlist_mark.group_label IS 'The heading printed above it; null without one.';
COMMENT ON COLUMN raw.hotlist_mark.parent_mark_id IS 'The mark it is indented under, on the same page; null without one.';
COMMENT ON COLUMN raw.hotlist_mark.label_box IS 'Box of the label, in points from the top-left corner of the page as displayed.';
COMMENT ON COLUMN raw.hotlist_mark.mark_box IS 'Box of the mark, in points from the top-left corner of the page as displayed; of a chip the chip, of a word the word. Null where no mark was found beside the label.';
COMMENT ON COLUMN raw.hotlist_mark.confidence IS 'Measured frequency of being right for marks of this style and agreement; null until measured and for unreadable ones, never a reader''s own score.';

CREATE TABLE raw.sharing_row (
    row_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    segment_id VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    row_number INTEGER NOT NULL,
    organization VARCHAR,
    shared_with_me VARCHAR,
    sharing_to VARCHAR,
    direction VARCHAR NOT NULL,
    agreement VARCHAR,
    engine VARCHAR,
    row_box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT) NOT NULL,
    organization_box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
    shared_with_me_box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
    sharing_to_box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT),
    confidence FLOAT
);
COMMENT ON TABLE raw.sharing_row IS 'One organization of a sharing list, verbatim, printed or on a picture. Overlapping screenshots repeat it; out.sharing does not.';
COMMENT ON COLUMN raw.sharing_row.row_id IS 'First 16 hex digits of the document, page and ordinal on that page: <16 hex>-p00001-r001.';
COMMENT ON COLUMN raw.sharing_row.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.sharing_row.segment_id IS 'First 16 hex digits of the document, then -s and the ordinal of the segment.';
COMMENT ON COLUMN raw.sharing_row.page_number IS 'Page it is printed on, 1-based.';
COMMENT ON COLUMN raw.sharing_row.row_number IS 'Ordinal of the organization on that page, from 1.';
COMMENT ON COLUMN raw.sharing_row.organization IS 'The organization''s name, verbatim, lines joined by a space.';
COMMENT ON COLUMN raw.sharing_row.shared_with_me IS 'As printed: the organization''s networks shared with the agency whose list it is. Null where blank or where there is no such column.';
COMMENT ON COLUMN raw.sharing_row.sharing_to IS 'As printed: the agency''s networks shared with the organization. Null where blank or where there is no such column.';
COMMENT ON COLUMN raw.sharing_row.direction IS 'shared_with_me, sharing_to, both, or unknown where the list does not say.';
COMMENT ON COLUMN raw.sharing_row.agreement IS 'How the looks at the organization''s name agree: layer, both, format, spaces, differ or one (see raw.hotlist_mark.label_agreement).';
COMMENT ON COLUMN raw.sharing_row.engine IS 'The engine or the readers it was read by.';
COMMENT ON COLUMN raw.sharing_row.row_box IS 'The smallest box around the three cells, in points from the top-left corner of the page as displayed.';
COMMENT ON COLUMN raw.sharing_row.organization_box IS 'Box of the organization''s name, in points from the top-left corner of the page as displayed; null where it is printed wholly on another page (raw.row_continuation).';
COMMENT ON COLUMN raw.sharing_row.shared_with_me_box IS 'Box of that cell, in points from the top-left corner of the page as displayed; null where it is blank.';
COMMENT ON COLUMN raw.sharing_row.sharing_to_box IS 'Box of that cell, in points from the top-left corner of the page as displayed; null where it is blank.';
COMMENT ON COLUMN raw.sharing_row.confidence IS 'Measured frequency of names of this class of agreement being right; null until measured, never a reader''s own score.';

CREATE TABLE raw.page_fact (
    document_id VARCHAR NOT NULL,
    segment_id VARCHAR,
    page_number INTEGER NOT NULL,
    fact VARCHAR NOT NULL,
    text VARCHAR,
    value VARCHAR,
    agreement VARCHAR,
    box STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT)
);
COMMENT ON TABLE raw.page_fact IS 'What a page of settings says besides its marks, as printed and where: whose account, which list, when, how many are on.';
COMMENT ON COLUMN raw.page_fact.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN raw.page_fact.segment_id IS 'The segment of its page; null for a page outside every segment.';
COMMENT ON COLUMN raw.page_fact.page_number IS 'Page it is printed on, 1-based.';
COMMENT ON COLUMN raw.page_fact.fact IS 'title, list_name, account, agency, date (on the picture), letter_date (of the letter around it), url, count_on, count_total or select_all.';
COMMENT ON COLUMN raw.page_fact.text IS 'As printed, e.g. 12 of 14 selected.';
COMMENT ON COLUMN raw.page_fact.value IS 'The number, date (YYYY-MM-DD) or name in it; null where it does not parse.';
COMMENT ON COLUMN raw.page_fact.agreement IS 'How the looks at it agree: layer, both, format, spaces, differ or one.';
COMMENT ON COLUMN raw.page_fact.box IS 'Where it is printed, in points from the top-left corner of the page as displayed.';

CREATE TABLE core.hotlist_topic (
    topic VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    list VARCHAR NOT NULL,
    code VARCHAR
);
COMMENT ON TABLE core.hotlist_topic IS 'One topic of the hotlist catalogue (records/hotlist_catalogue.toml).';
COMMENT ON COLUMN core.hotlist_topic.topic IS 'Key of the topic.';
COMMENT ON COLUMN core.hotlist_topic.name IS 'Its name.';
COMMENT ON COLUMN core.hotlist_topic.list IS 'Whose list it is on: ncic, ncmec or state.';
COMMENT ON COLUMN core.hotlist_topic.code IS 'The letter that marks its records in NCIC''s licence-plate-reader extract; null without one.';

CREATE TABLE core.hotlist_alias (
    topic VARCHAR NOT NULL,
    alias VARCHAR NOT NULL,
    source VARCHAR NOT NULL
);
COMMENT ON TABLE core.hotlist_alias IS 'One way in which a topic of the catalogue is written. Case, spaces and punctuation make no difference.';
COMMENT ON COLUMN core.hotlist_alias.topic IS 'The topic it stands for.';
COMMENT ON COLUMN core.hotlist_alias.alias IS 'The spelling; the name is one of them.';
COMMENT ON COLUMN core.hotlist_alias.source IS 'seen (in a real file or a parser of one), reported (by a public source) or spelling (another way to write one of these).';

CREATE TABLE core.list_page (
    list_id VARCHAR NOT NULL,
    page_ordinal INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    joined_by VARCHAR NOT NULL,
    overlap_count INTEGER NOT NULL
);
COMMENT ON TABLE core.list_page IS 'One page of one list, at its place in the list. Screenshots of one scrolled list are pages of one list, in the order of what they show, not of their files.';
COMMENT ON COLUMN core.list_page.list_id IS 'The list.';
COMMENT ON COLUMN core.list_page.page_ordinal IS 'Place of the page in the list, from 1.';
COMMENT ON COLUMN core.list_page.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN core.list_page.page_number IS 'The page, 1-based.';
COMMENT ON COLUMN core.list_page.joined_by IS 'What joins it to the page before: first (nothing is before), overlap (it begins with what that page ends with), contained (all of it is on an earlier page), page_order (next page of one segment) or sorted (the list is alphabetical; what lies between the two is not known).';
COMMENT ON COLUMN core.list_page.overlap_count IS 'How many entries it has in common with the page before; 0 where it was not joined by them.';

CREATE TABLE core.hotlist_list (
    list_id VARCHAR NOT NULL,
    release_id VARCHAR,
    document_id VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    is_hotlist BOOLEAN NOT NULL,
    page_count INTEGER NOT NULL,
    style VARCHAR NOT NULL,
    account VARCHAR,
    agency_shown VARCHAR,
    list_name VARCHAR,
    title VARCHAR,
    printed_date DATE,
    letter_date DATE
);
COMMENT ON TABLE core.hotlist_list IS 'One list of marks as somebody saw it: a page, or several that overlap, follow each other or scroll one list.';
COMMENT ON COLUMN core.hotlist_list.list_id IS 'First 16 hex digits of the document of its first page, that page, and -list.';
COMMENT ON COLUMN core.hotlist_list.release_id IS 'The release its first page came in; the first by production date when it came in several.';
COMMENT ON COLUMN core.hotlist_list.document_id IS 'Document of its first page.';
COMMENT ON COLUMN core.hotlist_list.page_number IS 'Its first page, 1-based.';
COMMENT ON COLUMN core.hotlist_list.kind IS 'Kind of the segment: hotlist_configuration or tick_box_form.';
COMMENT ON COLUMN core.hotlist_list.is_hotlist IS 'A hotlist configuration, or a form on which at least one label is a topic of the catalogue.';
COMMENT ON COLUMN core.hotlist_list.page_count IS 'Pages that show it.';
COMMENT ON COLUMN core.hotlist_list.style IS 'The commonest style of its marks.';
COMMENT ON COLUMN core.hotlist_list.account IS 'The account shown, as printed; null where none or several are.';
COMMENT ON COLUMN core.hotlist_list.agency_shown IS 'The agency shown, as printed; null where none or several are. Not proof of whose list it is.';
COMMENT ON COLUMN core.hotlist_list.list_name IS 'The list''s name, as printed; null where none or several are.';
COMMENT ON COLUMN core.hotlist_list.title IS 'The page''s title, as printed; null where none or several are.';
COMMENT ON COLUMN core.hotlist_list.printed_date IS 'The date printed on its pages; null where none or several are.';
COMMENT ON COLUMN core.hotlist_list.letter_date IS 'The date of the letter in the same document; null without one.';

CREATE TABLE core.hotlist_observation (
    mark_id VARCHAR NOT NULL,
    list_id VARCHAR NOT NULL,
    entry_number INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    label VARCHAR,
    label_key VARCHAR,
    topic VARCHAR,
    near_topic VARCHAR,
    state VARCHAR NOT NULL,
    mark_ids VARCHAR[] NOT NULL
);
COMMENT ON TABLE core.hotlist_observation IS 'One entry of one list: a label and the state it was seen in, with every mark that shows it.';
COMMENT ON COLUMN core.hotlist_observation.mark_id IS 'The mark that stands for it: the first of those that show the state.';
COMMENT ON COLUMN core.hotlist_observation.list_id IS 'The list.';
COMMENT ON COLUMN core.hotlist_observation.entry_number IS 'Place in the list, from 1.';
COMMENT ON COLUMN core.hotlist_observation.document_id IS 'Document of that mark.';
COMMENT ON COLUMN core.hotlist_observation.label IS 'The label of that mark, verbatim.';
COMMENT ON COLUMN core.hotlist_observation.label_key IS 'Letters and digits of the label in lower case; what labels are compared by.';
COMMENT ON COLUMN core.hotlist_observation.topic IS 'The topic of the catalogue it stands for; null where the catalogue does not know the label.';
COMMENT ON COLUMN core.hotlist_observation.near_topic IS 'The topic that a label unknown to the catalogue resembles, misread, cut off or with words around it; it is not taken for it. Null otherwise.';
COMMENT ON COLUMN core.hotlist_observation.state IS 'The state its marks show. unreadable where none shows one, or where two show different ones (issue seam_disagrees).';
COMMENT ON COLUMN core.hotlist_observation.mark_ids IS 'Every mark that shows it: several where screenshots overlap.';

CREATE TABLE core.sharing_list (
    list_id VARCHAR NOT NULL,
    release_id VARCHAR,
    document_id VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    page_count INTEGER NOT NULL,
    account VARCHAR,
    agency_shown VARCHAR,
    list_name VARCHAR,
    title VARCHAR,
    printed_date DATE,
    letter_date DATE
);
COMMENT ON TABLE core.sharing_list IS 'One list of organizations: a page, or several that overlap, follow each other or scroll one list.';
COMMENT ON COLUMN core.sharing_list.list_id IS 'First 16 hex digits of the document of its first page, that page, and -list.';
COMMENT ON COLUMN core.sharing_list.release_id IS 'The release its first page came in; the first by production date when it came in several.';
COMMENT ON COLUMN core.sharing_list.document_id IS 'Document of its first page.';
COMMENT ON COLUMN core.sharing_list.page_number IS 'Its first page, 1-based.';
COMMENT ON COLUMN core.sharing_list.page_count IS 'Pages that show it.';
COMMENT ON COLUMN core.sharing_list.account IS 'The account shown, as printed; null where none or several are.';
COMMENT ON COLUMN core.sharing_list.agency_shown IS 'The agency shown, as printed; null where none or several are. Not proof of whose list it is.';
COMMENT ON COLUMN core.sharing_list.list_name IS 'The list''s name, as printed; null where none or several are.';
COMMENT ON COLUMN core.sharing_list.title IS 'The page''s title, as printed; null where none or several are.';
COMMENT ON COLUMN core.sharing_list.printed_date IS 'The date printed on its pages; null where none or several are.';
COMMENT ON COLUMN core.sharing_list.letter_date IS 'The date of the letter in the same document; null without one.';

CREATE TABLE core.sharing_entry (
    row_id VARCHAR NOT NULL,
    list_id VARCHAR NOT NULL,
    entry_number INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    row_ids VARCHAR[] NOT NULL
);
COMMENT ON TABLE core.sharing_entry IS 'One organization of one sharing list, with every row that shows it.';
COMMENT ON COLUMN core.sharing_entry.row_id IS 'The row that stands for it: the first that shows it whole.';
COMMENT ON COLUMN core.sharing_entry.list_id IS 'The list.';
COMMENT ON COLUMN core.sharing_entry.entry_number IS 'Place in the list, from 1.';
COMMENT ON COLUMN core.sharing_entry.document_id IS 'Document of that row.';
COMMENT ON COLUMN core.sharing_entry.direction IS 'As its rows say; unknown where they differ (issue seam_disagrees).';
COMMENT ON COLUMN core.sharing_entry.row_ids IS 'Every row that shows it: several where screenshots overlap.';
