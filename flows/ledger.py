"""The ledger: what runs did and where every document stands. One SQLite file, ``<data>/ledger.db``.

It remembers what the parts cannot say: receipts, runs, quarantine. Receipts are only ever added. The tables are read
and written by :mod:`flows.ledger_runs`, :mod:`flows.ledger_inbox` and :mod:`flows.ledger_documents`; nothing else holds
SQL for them.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from records.errors import ConfigurationError

SCHEMA_VERSION = 2

_SCHEMA = """
create table run (
    run_id text primary key,
    command text not null,
    pid integer not null,
    host text not null,
    started text not null,          -- naive UTC, as all times here
    finished text,
    status text not null check (status in ('running', 'succeeded', 'failed', 'crashed')),
    exit_code integer,
    message text,                   -- the error that stopped it; codes and numbers only
    counts text not null default '{}'
) strict;

create table release (
    release_id text primary key,
    folder text not null,           -- its name in the inbox
    facts text not null,            -- records.release.Release as JSON
    first_seen text not null
) strict;

create table receipt (              -- append-only
    release_id text not null references release,
    path text not null,
    document_id text not null references document,
    received text not null,
    primary key (release_id, path, document_id)
) strict;

create table seen (                 -- what lies in the inbox under a name now: unchanged files are not read again
    release_id text not null,
    path text not null,
    stamp text not null,            -- size, times and inode
    document_id text not null references document,
    hints text not null default '{}',
    is_gone integer not null default 0,
    primary key (release_id, path)
) strict;

create table document (
    document_id text primary key,
    file_name text not null,
    byte_count integer not null,
    media_type text not null,
    state text not null check (state in ('waiting', 'loaded', 'set_aside', 'quarantined')),
    error_code text,
    reason text,
    advice text,
    fingerprint text,               -- of the parts in use
    attempt text,                   -- what the last attempt was made with; another value means: try again
    attempts integer not null default 0,
    page_count integer,
    row_count integer,
    mark_count integer,
    sharing_count integer,
    is_told integer not null default 0   -- a finished run has reported this trouble by its exit code
) strict;

create table issue (                -- of the intake; replaced when a release is looked at again
    release_id text not null,
    code text not null,
    severity text not null,
    message text not null,
    advice text,
    document_id text,
    field text,
    seen_text text
) strict;

create table publication (
    content_hash text not null,
    file_name text not null,
    run_id text not null references run,
    published text not null
) strict;
"""


class Ledger(sqlite3.Connection):
    """A connection to the ledger that threads may share: transactions take turns."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.mutex = threading.RLock()


def open_ledger(path: Path) -> Ledger:
    """The ledger at *path*, made when missing."""
    ledger = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False, factory=Ledger)
    ledger.row_factory = sqlite3.Row
    path.chmod(0o600)  # it names files, and a file's name can name a person
    ledger.execute("pragma journal_mode = wal")
    ledger.execute("pragma synchronous = full")
    ledger.execute("pragma foreign_keys = on")
    with transaction(ledger):
        version = ledger.execute("pragma user_version").fetchone()[0]
        if version == 0:
            for statement in _SCHEMA.split(";\n"):
                ledger.execute(statement)
            ledger.execute(f"pragma user_version = {SCHEMA_VERSION}")
        elif version == 1:
            for name in ("mark_count", "sharing_count"):
                ledger.execute(f"alter table document add column {name} integer")
            ledger.execute(f"pragma user_version = {SCHEMA_VERSION}")
        elif version != SCHEMA_VERSION:
            raise ConfigurationError(
                f"The ledger has version {version}, this program knows version {SCHEMA_VERSION}.",
                "Use the version of Recordtrail that wrote this data folder, or start a new one.",
            )
    return ledger


@contextmanager
def transaction(ledger: Ledger) -> Iterator[None]:
    """All of the body or nothing of it."""
    with ledger.mutex:
        ledger.execute("begin immediate")
        try:
            yield
        except BaseException:
            ledger.execute("rollback")
            raise
        ledger.execute("commit")


def utc_now() -> datetime:
    """Now, as the ledger keeps it: naive UTC, whole seconds."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
