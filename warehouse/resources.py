"""What DuckDB may use while it builds and publishes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import duckdb

from records.errors import MemoryLimitError, WarehouseError

_Made = TypeVar("_Made")

MIB = 1024 * 1024
USUAL = 256 * MIB
"""Enough for a million rows."""
_FEW, _FEW_ROWS = 176 * MIB, 750_000
"""Up to so many rows are built in less, a tenth slower: so the process stays below half a gigabyte."""
_BYTES_A_ROW = 100
"""Of rows beyond those: keys of sorts and groups, 128 bytes at most, some of which are spilled."""


@dataclass(frozen=True, slots=True)
class Resources:
    """Memory that DuckDB manages itself, beyond which it spills to disk, and its threads; 0: one per core.

    The process needs about 130 MB more: DuckDB's code, what it allocates outside of its count, Python.
    """

    memory_bytes: int = 0
    """0: as much as the rows need, see :meth:`for_rows`."""
    threads: int = 0
    advice: str = "Give the build more memory. Nothing was published; the last snapshot still serves."
    """What to do when the memory is too little."""

    def for_rows(self, rows: int) -> tuple[Resources, ...]:
        """The resources to try one after the other for a warehouse of so many *rows*: these, if a memory was set; else
        176 MiB up to 750,000 rows, 256 MiB up to a million, about 95 MiB more for every million beyond, and twice and
        four times that where the rows are such that it is too little. Less is possible, but slow: it spills."""
        if self.memory_bytes:
            return (self,)
        enough = _FEW if rows <= _FEW_ROWS else USUAL + _BYTES_A_ROW * max(0, rows - 1_000_000)
        return tuple(replace(self, memory_bytes=times * enough) for times in (1, 2, 4))

    def attempt(self, rows: int, make: Callable[[Resources], _Made]) -> _Made:
        """What *make* makes with the first resources that are enough for so many *rows*; it begins anew each time."""
        *tries, last = self.for_rows(rows)
        for enough in tries:
            try:
                return make(enough)
            except MemoryLimitError:
                continue
        return make(last)

    def failure(self, error: duckdb.Error, message: str) -> WarehouseError:
        """What to raise for *error*: its kind only, for its text may quote a cell."""
        message = f"{message} ({type(error).__name__})."
        if isinstance(error, duckdb.OutOfMemoryException):
            return MemoryLimitError(message, self.advice)
        return WarehouseError(message)

    def connect(self, path: Path | str, spill: Path, **more: str) -> duckdb.DuckDBPyConnection:
        """Open the database at *path* for writing, with these resources and the settings *more*."""
        connection = duckdb.connect(path, config={**more, **self.config(spill)})
        # DuckDB would draw it into standard output, where another program may read JSON.
        connection.execute("SET enable_progress_bar = false")
        return connection

    def config(self, spill: Path) -> dict[str, str | bool | int | float | list[str]]:
        """DuckDB's settings; *spill* is where it puts what does not fit into memory."""
        threads: dict[str, str | bool | int | float | list[str]] = {"threads": self.threads} if self.threads else {}
        return threads | {
            "memory_limit": f"{self.memory_bytes or USUAL}B",
            "temp_directory": str(spill),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }


DEFAULT = Resources()
