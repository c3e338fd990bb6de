-- Blind double review: rounds, the values drawn for them, and what people read there. Entries are only ever added.

CREATE TABLE double_round (
    round_number INTEGER PRIMARY KEY CHECK (round_number >= 1),
    started_datetime TEXT NOT NULL,     -- naive UTC
    who TEXT NOT NULL CHECK (length(who) BETWEEN 1 AND 200),
    snapshot_hash TEXT NOT NULL,
    wanted INTEGER NOT NULL CHECK (wanted >= 1)  -- rows or marks of each class
) STRICT;

CREATE TABLE double_item (
    round_number INTEGER NOT NULL REFERENCES double_round (round_number),
    item_number INTEGER NOT NULL CHECK (item_number >= 1),
    target_kind TEXT NOT NULL CHECK (target_kind IN ('audit_cell', 'mark_label', 'mark_state', 'sharing_cell')),
    target_id TEXT NOT NULL,
    field TEXT NOT NULL,
    document_id TEXT NOT NULL CHECK (length(document_id) = 64),
    page_number INTEGER NOT NULL CHECK (page_number >= 1),
    x0 REAL NOT NULL,
    top REAL NOT NULL,
    x1 REAL NOT NULL,
    bottom REAL NOT NULL,
    machine_text TEXT,
    class TEXT NOT NULL,
    class_size INTEGER NOT NULL,        -- rows or marks of the class in the snapshot
    PRIMARY KEY (round_number, item_number)
) STRICT;

CREATE TABLE double_reading (
    sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
    round_number INTEGER NOT NULL,
    item_number INTEGER NOT NULL,
    read_datetime TEXT NOT NULL,        -- naive UTC
    who TEXT NOT NULL CHECK (length(who) BETWEEN 1 AND 200),
    role TEXT NOT NULL CHECK (role IN ('reading', 'adjudication')),
    text TEXT CHECK (length(text) <= 10000),  -- null: nothing is printed, or nobody can tell
    is_unreadable INTEGER NOT NULL CHECK (is_unreadable IN (0, 1)),
    token TEXT NOT NULL UNIQUE,         -- of a form: sent twice, it is one reading
    FOREIGN KEY (round_number, item_number) REFERENCES double_item (round_number, item_number),
    CHECK (is_unreadable = 0 OR text IS NULL)
) STRICT;

CREATE TRIGGER double_round_is_never_changed BEFORE UPDATE ON double_round
BEGIN SELECT RAISE (ABORT, 'double review is append-only'); END;

CREATE TRIGGER double_round_is_never_deleted BEFORE DELETE ON double_round
BEGIN SELECT RAISE (ABORT, 'double review is append-only'); END;

CREATE TRIGGER double_round_is_the_next BEFORE INSERT ON double_round
WHEN NEW.round_number IS NOT (SELECT coalesce(max(round_number), 0) + 1 FROM double_round)
BEGIN SELECT RAISE (ABORT, 'double review is append-only'); END;

CREATE TRIGGER double_item_is_never_changed BEFORE UPDATE ON double_item
BEGIN SELECT RAISE (ABORT, 'double review is append-only'); END;

CREATE TRIGGER double_item_is_never_deleted BEFORE DELETE ON double_item
BEGIN SELECT RAISE (ABORT, 'double review is append-only'); END;

-- A round is drawn as a whole: once somebody has read in it, or another was drawn, nothing is added.
CREATE TRIGGER double_item_is_the_next BEFORE INSERT ON double_item
WHEN NEW.round_number IS NOT (SELECT max(round_number) FROM double_round)
    OR NEW.item_number IS NOT (
        SELECT coalesce(max(item_number), 0) + 1 FROM double_item WHERE round_number = NEW.round_number)
    OR EXISTS (SELECT 1 FROM double_reading WHERE round_number = NEW.round_number)
BEGIN SELECT RAISE (ABORT, 'double review is append-only'); END;

CREATE TRIGGER double_reading_is_never_changed BEFORE UPDATE ON double_reading
BEGIN SELECT RAISE (ABORT, 'double review is append-only'); END;

CREATE TRIGGER double_reading_is_never_deleted BEFORE DELETE ON double_reading
BEGIN SELECT RAISE (ABORT, 'double review is append-only'); END;

CREATE TRIGGER double_reading_is_the_next BEFORE INSERT ON double_reading
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM double_reading)
    OR EXISTS (SELECT 1 FROM double_reading WHERE token = NEW.token)
BEGIN SELECT RAISE (ABORT, 'double review is append-only'); END;
