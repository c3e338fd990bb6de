"""Logs for the tests of the typed searches: rows by field, built into a warehouse."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from records.release import FileHints, Receipt, Release
from tests.unit.parts_factory import PartsFactory, inputs
from warehouse.build import build

HEADERS = (
    "ID",
    "Name",
    "Org Name",
    "Total Networks Searched",
    "Total Devices Searched",
    "Time Frame",
    "License Plate",
    "Reason",
    "Case #",
    "Filters",
    "Search Time",
    "Search Type",
    "Text Prompt",
    "Moderation",
)
VALUES: dict[str, str | None] = {
    "ID": None,
    "Name": "account 1",
    "Org Name": "Example TX PD",
    "Total Networks Searched": "12",
    "Total Devices Searched": "345",
    "Time Frame": "11/01/2025, 10:00:17 PM UTC 11/02/2025, 10:00:17 AM UTC",
    "License Plate": "SMPL01",
    "Reason": "theft",
    "Case #": "25-0001",
    "Filters": "White Suv",
    "Search Time": "11/02/2025, 09:53:36 AM UTC",
    "Search Type": "lookup",
    "Text Prompt": "red truck",
    "Moderation": "allow",
}


def log(name: str, rows: Sequence[dict[str, str | None]], headers: Sequence[str] = HEADERS) -> PartsFactory:
    """A log of *rows*: each says what differs from ``VALUES``."""
    return PartsFactory(name, list(headers), [[{**VALUES, **row}[header] for header in headers] for row in rows])


def built(
    folder: Path,
    *logs: PartsFactory,
    time_zone: str | None = None,
    exemptions: tuple[str, ...] = (),
    hints: dict[str, FileHints] | None = None,
    releases: Sequence[tuple[Release, Sequence[PartsFactory]]] = (),
) -> duckdb.DuckDBPyConnection:
    """A warehouse of *logs* in one release, or as *releases* say, open for reading."""
    made = inputs(folder / "parts", *logs)
    first = dataclasses.replace(made.releases[0], time_zone=time_zone, exemptions=exemptions)
    made = dataclasses.replace(made, releases=[first, made.releases[1]], hints=hints or {})
    if releases:
        moved = {one.document_id: release.release_id for release, some in releases for one in some}
        receipts = [dataclasses.replace(r, release_id=moved.get(r.document_id, r.release_id)) for r in made.receipts]
        made = dataclasses.replace(
            made, releases=[*made.releases, *(release for release, _ in releases)], receipts=_unique(receipts)
        )
    build(made, folder / "work" / "new.duckdb")
    return duckdb.connect(folder / "work" / "new.duckdb", read_only=True)


def _unique(receipts: Sequence[Receipt]) -> list[Receipt]:
    return list({(r.release_id, r.document_id): r for r in receipts}.values())


def each(folder: Path, rows: Sequence[dict[str, str | None]], sql: str, **more: Any) -> list[tuple[Any, ...]]:
    """The answer to *sql*, one row per document, over logs of one row each; in the order of *rows*."""
    logs = [log(f"log {number:03}", [row]) for number, row in enumerate(rows)]
    with built(folder, *logs, **more) as connection:
        answers = dict(connection.execute("SELECT file_name, document_id FROM raw.document").fetchall())
        found = {one[0]: one[1:] for one in connection.execute(f"SELECT document_id, {sql}").fetchall()}
    return [found[answers[f"{one.name}.pdf"]] for one in logs]
