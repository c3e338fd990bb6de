"""The one way to open a snapshot: read-only and locked down, so that any SQL may run on it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from records.errors import ConfigurationError


def connect(path: Path, memory_limit: str = "2GB") -> duckdb.DuckDBPyConnection:
    """Open the snapshot at *path* (a file, or the symlink ``full.duckdb``): no writes, no files, no network.

    Other readers are not disturbed. A connection keeps the snapshot it opened, also when a newer one is published.
    Within one process all connections to one snapshot need the same *memory_limit*; DuckDB insists.
    """
    if not path.exists():
        raise ConfigurationError(f"There is no warehouse at {path.name} yet.", "Run `recordtrail nightly` first.")
    try:
        return _connect(path, memory_limit)
    except duckdb.Error as error:
        raise ConfigurationError(
            f"{path.name} cannot be opened as a warehouse ({type(error).__name__}).",
            "It is damaged, no DuckDB file, or open for writing elsewhere. `recordtrail nightly` publishes a new one.",
        ) from error


def _connect(path: Path, memory_limit: str) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        path,
        read_only=True,
        config={
            "enable_external_access": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "memory_limit": memory_limit,
            # Without a place to spill to, a runaway query ends at the memory limit instead of filling the disk.
            "temp_directory": "",
            "lock_configuration": True,
        },
    )
