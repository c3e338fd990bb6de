-- What a reviewer should look at first: every doubtful value that can be decided on.

CREATE TABLE core.review_item (
    item_number INTEGER NOT NULL,
    target_kind VARCHAR NOT NULL,
    target_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    release_id VARCHAR,
    document_id VARCHAR,
    page_number INTEGER,
    codes VARCHAR[] NOT NULL,
    doubt DOUBLE NOT NULL,
    rows_touched BIGINT NOT NULL,
    score DOUBLE NOT NULL,
    standing VARCHAR NOT NULL
);
COMMENT ON TABLE core.review_item IS 'One doubtful value that a reviewer can decide on, in the order of the review queue: doubt times rows touched. Values that were decided on stay here, with their standing.';
COMMENT ON COLUMN core.review_item.item_number IS 'Place in the queue, from 1: highest score first. Another build may give another number.';
COMMENT ON COLUMN core.review_item.target_kind IS 'audit_cell, mark_label, mark_state, sharing_cell, organization_attribute or release_fact.';
COMMENT ON COLUMN core.review_item.target_id IS 'row_id, mark_id, org_id or release_id.';
COMMENT ON COLUMN core.review_item.field IS 'The canonical field or the key in other; label or state of a mark; the column of a sharing list; the attribute of an organization; the fact of a release.';
COMMENT ON COLUMN core.review_item.release_id IS 'The release the document came in; the first by production date when it came in several. Null for organizations.';
COMMENT ON COLUMN core.review_item.document_id IS 'SHA-256 of the document; null for organizations and releases.';
COMMENT ON COLUMN core.review_item.page_number IS 'The page, 1-based; null for organizations and releases.';
COMMENT ON COLUMN core.review_item.codes IS 'Why it is doubtful: codes of issues (core.issue), and unreadable, low_confidence, readings_differ, needs_review, not_stated.';
COMMENT ON COLUMN core.review_item.doubt IS 'How doubtful, 0 to 1, from all codes (warehouse/rules/review.toml). It orders the queue; no probability of being wrong, which only double review measures.';
COMMENT ON COLUMN core.review_item.rows_touched IS 'Cells and marks: doubtful values of that reading in that layout (one decision can take all of them along). Organizations and releases: rows that show the value.';
COMMENT ON COLUMN core.review_item.score IS 'doubt times rows_touched times the weight of its kind (warehouse/rules/review.toml).';
COMMENT ON COLUMN core.review_item.standing IS 'machine (nobody has decided), accepted, corrected, rejected, unreadable, or stale (to be decided anew).';

CREATE TABLE core.double_review (
    round_number INTEGER NOT NULL,
    target_kind VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    class VARCHAR NOT NULL,
    class_size BIGINT NOT NULL,
    sampled_count INTEGER NOT NULL,
    read_twice_count INTEGER NOT NULL,
    agreed_count INTEGER NOT NULL,
    agreed_low DOUBLE NOT NULL,
    agreed_high DOUBLE NOT NULL,
    settled_count INTEGER NOT NULL,
    unreadable_count INTEGER NOT NULL,
    abstained_count INTEGER NOT NULL,
    error_count INTEGER NOT NULL,
    error_share DOUBLE,
    error_low DOUBLE NOT NULL,
    error_high DOUBLE NOT NULL
);
COMMENT ON TABLE core.double_review IS 'What one round of blind double review found of one field in one class of readings: two people read a sample without seeing what the machine or the other one read.';
COMMENT ON COLUMN core.double_review.round_number IS 'The round, from 1. Each is a sample of its own, drawn from the snapshot of its day.';
COMMENT ON COLUMN core.double_review.target_kind IS 'audit_cell, mark_label, mark_state or sharing_cell.';
COMMENT ON COLUMN core.double_review.field IS 'The canonical field or the key in other; label or state of a mark; the column of a sharing list.';
COMMENT ON COLUMN core.double_review.class IS 'Who read it and how sure that is: the engine of a log; the agreement of the readers on an organization; style and agreement of a mark.';
COMMENT ON COLUMN core.double_review.class_size IS 'Rows or marks of the class in the snapshot that the sample was drawn from.';
COMMENT ON COLUMN core.double_review.sampled_count IS 'Values in the sample.';
COMMENT ON COLUMN core.double_review.read_twice_count IS 'Of those, read by two people.';
COMMENT ON COLUMN core.double_review.agreed_count IS 'Of those read twice: both read the same (runs of spaces count as one).';
COMMENT ON COLUMN core.double_review.agreed_low IS 'Lower end of the 95 % Wilson interval of agreed_count / read_twice_count.';
COMMENT ON COLUMN core.double_review.agreed_high IS 'Its upper end.';
COMMENT ON COLUMN core.double_review.settled_count IS 'Agreed or adjudicated, and readable: what the machine is compared with.';
COMMENT ON COLUMN core.double_review.unreadable_count IS 'Agreed or adjudicated to be unreadable: the machine is neither right nor wrong there.';
COMMENT ON COLUMN core.double_review.abstained_count IS 'Of those settled: the machine says itself that it could not read it. No error.';
COMMENT ON COLUMN core.double_review.error_count IS 'Of those settled and not abstained: the machine reads something else.';
COMMENT ON COLUMN core.double_review.error_share IS 'error_count / (settled_count - abstained_count); null where nothing was compared.';
COMMENT ON COLUMN core.double_review.error_low IS 'Lower end of its 95 % Wilson interval.';
COMMENT ON COLUMN core.double_review.error_high IS 'Its upper end: with no error in 300 values still 1.3 %.';
