"""The decisions of a snapshot as JSON lines beside it: the log outlives the file it is kept in."""

from __future__ import annotations

import os
from pathlib import Path

from warehouse.query import connect

SUFFIX = ".decisions.jsonl"


def export_decisions(snapshot: Path, to: Path) -> bool:
    """Write ``core.decision`` of *snapshot* to *to*, one entry a line, in the order of the log; mode 0600, flushed.

    False, and no file, when there is none.
    """
    with connect(snapshot) as connection:
        lines = connection.execute("SELECT to_json(d)::VARCHAR FROM core.decision AS d ORDER BY sequence").fetchall()
    if not lines:
        return False
    with os.fdopen(os.open(to, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for (line,) in lines)
        file.flush()
        os.fsync(file.fileno())
    return True
