"""The published snapshot, open for reading: always the newest, never in the middle of a page another one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from records.errors import ConfigurationError
from warehouse.query import connect


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published version, and a connection to it that belongs to one request."""

    connection: duckdb.DuckDBPyConnection
    file_name: str
    content_hash: str
    built_datetime: datetime
    """Naive UTC."""


class _Held:
    """An open snapshot, and how many requests use it. Closing it would close their connections, too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = connect(path)
        found = self.connection.execute("SELECT content_hash, built_datetime FROM meta.build").fetchall()
        self.content_hash, self.built_datetime = found[0]
        self.users = 0
        self.is_newest = True

    def close_unless_used(self) -> None:
        if not self.users and not self.is_newest:
            self.connection.close()


class Snapshots:
    """Holds the snapshot that the symlink names open and gives every request a connection of its own."""

    def __init__(self, link: Path, query_seconds: float) -> None:
        self._link = link
        self._query_seconds = query_seconds
        self._mutex = threading.Lock()
        self._newest: _Held | None = None

    @contextmanager
    def open(self) -> Iterator[Snapshot]:
        """The newest snapshot, read-only and locked down as :func:`warehouse.query.connect` does it; interrupted after
        ``query_seconds``. ConfigurationError when there is none."""
        held = self._take()
        try:
            with held.connection.cursor() as connection:
                timer = threading.Timer(self._query_seconds, connection.interrupt)
                timer.daemon = True
                timer.start()
                try:
                    yield Snapshot(connection, held.path.name, held.content_hash, held.built_datetime)
                finally:
                    timer.cancel()
        finally:
            with self._mutex:
                held.users -= 1
                held.close_unless_used()

    def close(self) -> None:
        """Let go of the snapshot, once nobody uses it."""
        with self._mutex:
            self._drop()

    def _take(self) -> _Held:
        with self._mutex:
            # By its real name: DuckDB would give a second connection to the symlink the file it named before.
            path = self._link.resolve()
            if self._newest is None or path != self._newest.path:
                try:
                    opened = _Held(path)
                except ConfigurationError:
                    opened = _Held(self._link.resolve())  # published anew, and the old one pruned, this very moment?
                self._drop()
                self._newest = opened
            self._newest.users += 1
            return self._newest

    def _drop(self) -> None:
        if self._newest is not None:
            self._newest.is_newest = False
            self._newest.close_unless_used()
            self._newest = None
