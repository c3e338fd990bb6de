-- The decision log. Entries are only ever added: triggers refuse all else, also to hands at the sqlite3 prompt.

CREATE TABLE decision (
    sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
    decision_id TEXT NOT NULL UNIQUE,
    decided_datetime TEXT NOT NULL,     -- naive UTC
    who TEXT NOT NULL CHECK (length(who) BETWEEN 1 AND 200),
    kind TEXT NOT NULL CHECK (kind IN ('accept', 'correct', 'reject', 'unreadable', 'undo')),
    target_kind TEXT NOT NULL CHECK (target_kind IN
        ('audit_cell', 'mark_label', 'mark_state', 'sharing_cell', 'organization_attribute', 'release_fact')),
    target_id TEXT NOT NULL,
    field TEXT NOT NULL,
    seen_text TEXT CHECK (length(seen_text) <= 1000000),
    document_id TEXT CHECK (length(document_id) = 64),
    page_number INTEGER CHECK (page_number >= 1),
    x0 REAL,
    top REAL,
    x1 REAL CHECK (x1 > x0),
    bottom REAL CHECK (bottom > top),
    value TEXT CHECK (length(value) <= 10000),
    reason TEXT CHECK (length(reason) <= 10000),
    undoes TEXT UNIQUE REFERENCES decision (decision_id),
    snapshot_hash TEXT,
    along_with TEXT REFERENCES decision (decision_id),
    chain TEXT NOT NULL UNIQUE CHECK (length(chain) = 64),
    token TEXT UNIQUE,                  -- of a form: sent twice, it is one decision
    CHECK ((kind = 'correct') = (value IS NOT NULL)),
    CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
    CHECK ((document_id IS NULL) = (target_kind IN ('organization_attribute', 'release_fact'))),
    CHECK ((document_id IS NULL) = (page_number IS NULL)
        AND (document_id IS NULL) = (x0 IS NULL) AND (x0 IS NULL) = (top IS NULL)
        AND (x0 IS NULL) = (x1 IS NULL) AND (x0 IS NULL) = (bottom IS NULL))
) STRICT;

CREATE INDEX decision_target ON decision (target_id, field);

CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision
BEGIN SELECT RAISE (ABORT, 'the decision log is append-only'); END;

CREATE TRIGGER decision_is_never_deleted BEFORE DELETE ON decision
BEGIN SELECT RAISE (ABORT, 'the decision log is append-only'); END;

-- INSERT OR REPLACE would delete without asking the trigger above, unless recursive triggers are on.
CREATE TRIGGER decision_is_the_next BEFORE INSERT ON decision
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM decision)
    OR EXISTS (SELECT 1 FROM decision WHERE decision_id = NEW.decision_id OR chain = NEW.chain
        OR token = NEW.token OR undoes = NEW.undoes)
BEGIN SELECT RAISE (ABORT, 'the decision log is append-only'); END;

CREATE TRIGGER decision_undone_counted BEFORE INSERT ON decision
WHEN NEW.kind = 'undo'
    AND NOT EXISTS (SELECT 1 FROM decision WHERE decision_id = NEW.undoes AND kind <> 'undo')
BEGIN SELECT RAISE (ABORT, 'there is no such decision to undo'); END;
