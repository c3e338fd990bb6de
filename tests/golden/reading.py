"""Reads a document into parts as a child would, and looks at it a second time with pdfplumber alone."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pyarrow.parquet as pq

from extractors import jobs
from extractors.fingerprint import fingerprint
from extractors.job import Job, read_job
from extractors.limits import Limits
from records.parts import MANIFEST, TABLES
from records.release import FileHints
from samples.expected import ExpectedRow

Box = tuple[float, float, float, float]
MOST_PLANS = 10
"""A test document that is planned more often is never finished."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one document: rows in page order, the other tables as stored."""

    manifest: dict[str, Any]
    rows: list[dict[str, Any]]
    tables: dict[str, list[dict[str, Any]]]

    def labels(self, row: Mapping[str, Any]) -> list[str | None]:
        """The names of the row's columns: as printed, else as given."""
        columns = [c for c in self.tables["column"] if c["segment_ordinal"] == row["segment_ordinal"]]
        return [c["given_header"] or c["printed_header"] for c in sorted(columns, key=lambda c: c["column_ordinal"])]

    def cells(self, row: Mapping[str, Any]) -> list[str]:
        """The row's texts, left to right; ``""`` where nothing is printed."""
        return [row[f"text_{j}"] or "" for j in range(len(self.labels(row)))]

    def doubts(self) -> list[dict[str, Any]]:
        return [issue for issue in self.tables["issue"] if issue["severity"] != "notice"]


def job_for(path: Path, parts: Path, hints: Mapping[str, Any] | None = None, engine: str = "auto") -> Job:
    """The job that a parent would write for *path*."""
    document_id = hashlib.sha256(path.read_bytes()).hexdigest()
    given = dict(hints or {})
    name = fingerprint(FileHints(**given), engine)
    return read_job(
        {
            "command": "extract",
            "source": str(path),
            "document_id": document_id,
            "parts_dir": str(parts / document_id),
            "fingerprint": name,
            "hints": given,
            "engine": engine,
            "limits": {"max_pages": Limits().max_pages},
        }
    )


def run(job: Job) -> list[dict[str, Any]]:
    """Extract, and where the plan says so every chunk and the finish; the events in order."""
    events: list[dict[str, Any]] = []

    def say(event: str, **facts: Any) -> None:
        events.append({"event": event, **facts})

    jobs.extract(job, say)
    while events[-1]["event"] == "planned":  # once more where a chunk met a header that the plan did not know
        assert [event["event"] for event in events].count("planned") <= MOST_PLANS
        for number in range(1, events[-1]["chunks"] + 1):
            jobs.chunk(with_chunk(job, number), say)
        jobs.finish_document(job, say)
    return events


def with_chunk(job: Job, number: int) -> Job:
    values = {name: getattr(job, name) for name in type(job).__dataclass_fields__}
    return Job(**values | {"command": "chunk", "chunk": number})


def read_parts(folder: Path) -> Parts:
    """What is stored in a finished parts folder."""
    manifest = json.loads((folder / MANIFEST).read_text())
    rows = [row for name in manifest["files"] for row in pq.read_table(folder / name).to_pylist()]
    rows.sort(key=lambda row: (row["page_number"], row["row_number"]))
    return Parts(manifest, rows, {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in TABLES})


def read(path: Path, parts: Path, hints: Mapping[str, Any] | None = None, engine: str = "auto") -> Parts:
    """Extract *path* into *parts* and read it back."""
    job = job_for(path, parts, hints, engine)
    run(job)
    return read_parts(job.target)


def squeeze(text: str) -> str:
    return "".join(text.split())


def check_rows(parts: Parts, expected: list[ExpectedRow]) -> None:
    """Rows exactly as drawn: none lost, none invented, each on its page, under its number, cell by cell.

    White space inside a cell is compared too, but for words that the column's edge cut: whether two pieces belong
    together is not always on the page.
    """
    assert len(parts.rows) == len(expected), f"{len(parts.rows)} rows, drawn {len(expected)}"
    ordinals: Counter[int] = Counter()
    for row, want in zip(parts.rows, expected, strict=True):
        assert row["page_number"] in want.page_numbers, want.cells
        ordinals[row["page_number"]] += 1
        assert row["row_number"] == ordinals[row["page_number"]]
        if want.header:
            assert tuple(label or "" for label in parts.labels(row)) == want.header
        have = parts.cells(row)
        wrong = [pair for pair in zip(have, want.cells, strict=True) if squeeze(pair[0]) != squeeze(pair[1])]
        assert not wrong, f"page {row['page_number']} row {row['row_number']}: read, drawn: {wrong}"
        for text, cell, lines in zip(have, want.cells, want.lines, strict=True):
            if " ".join(lines) == cell:  # no word is cut
                assert text == cell, f"page {row['page_number']} row {row['row_number']}: {text!r}, drawn {cell!r}"


@dataclass(frozen=True, slots=True)
class Glyph:
    text: str
    x: float
    y: float
    bottom: float


def witness(path: Path, password: str | None = None) -> dict[int, list[Glyph]]:
    """Every glyph of every page as pdfplumber sees it, by its centre from the displayed corner; no code of ours."""
    seen: dict[int, list[Glyph]] = {}
    with pdfplumber.open(path, password=password or "") as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            left, top = max(page.cropbox[0], page.mediabox[0]), max(page.cropbox[1], page.mediabox[1])
            seen[number] = [
                Glyph(char["text"], (char["x0"] + char["x1"]) / 2 - left, (char["top"] + char["bottom"]) / 2 - top,
                      char["bottom"] - top)
                for char in page.chars
                if char["text"].strip()
            ]  # fmt: skip
            page.close()
    return seen


def check_account(parts: Parts, seen: Mapping[int, Sized]) -> None:
    """Seen = used + furniture + left on every page, equal to the witness's count and to what the tables hold."""
    assert {page["page_number"] for page in parts.tables["page"]} == set(seen)
    outside: Counter[tuple[int, str]] = Counter()
    for line in parts.tables["page_text"]:
        assert line["glyph_count"] == len(squeeze(line["text"])) and line["rule"]
        outside[line["page_number"], line["account"]] += line["glyph_count"]
    for page in parts.tables["page"]:
        number = page["page_number"]
        assert page["glyphs_seen"] == len(seen[number]), f"page {number}"
        told = page["glyphs_used"], page["glyphs_furniture"], page["glyphs_left"]
        assert sum(told) == page["glyphs_seen"], f"page {number}"
        assert told[1:] == (outside[number, "furniture"], outside[number, "left"]), f"page {number}"
    used = sum(page["glyphs_used"] for page in parts.tables["page"])
    assert used == sum(len(squeeze(text)) for row in parts.rows for text in parts.cells(row))


def boxes(parts: Parts) -> Iterator[tuple[dict[str, Any], int, int, Box]]:
    """(row, column, page, box) of every cell and of every piece of one on another page."""
    by_key = {(row["page_number"], row["row_number"]): row for row in parts.rows}
    sides = ("x0", "top", "x1", "bottom")
    for row in parts.rows:
        for j in range(len(parts.labels(row))):
            if row[f"x0_{j}"] is not None:
                yield row, j, row["page_number"], (row[f"x0_{j}"], row[f"top_{j}"], row[f"x1_{j}"], row[f"bottom_{j}"])
    for piece in parts.tables["continuation"]:
        if piece["column_ordinal"] is not None:
            x0, top, x1, bottom = (piece[side] for side in sides)
            row = by_key[piece["page_number"], piece["row_number"]]
            yield row, piece["column_ordinal"], piece["continued_page_number"], (x0, top, x1, bottom)


def check_boxes(parts: Parts, seen: Mapping[int, list[Glyph]]) -> int:
    """Every cell's boxes, cropped from the witness, give the cell's text; no two of one page overlap. Their number."""
    cropped: dict[tuple[int, int, int], list[tuple[int, str]]] = {}
    by_page: dict[int, list[Box]] = {}
    for row, j, page, (x0, top, x1, bottom) in boxes(parts):
        inside = [g for g in seen[page] if x0 <= g.x <= x1 and top <= g.y <= bottom]
        inside.sort(key=lambda g: (round(g.bottom, 1), g.x))
        cropped.setdefault((row["page_number"], row["row_number"], j), []).append(
            (page, "".join(squeeze(g.text) for g in inside))
        )
        by_page.setdefault(page, []).append((x0, top, x1, bottom))
    for row in parts.rows:
        for j, text in enumerate(parts.cells(row)):
            found = cropped.pop((row["page_number"], row["row_number"], j), [])
            got = "".join(piece for _, piece in sorted(found, key=lambda piece: piece[0]))
            assert got == squeeze(text), f"page {row['page_number']} row {row['row_number']} column {j}"
    assert not cropped
    for page, there in by_page.items():
        there.sort()
        for i, one in enumerate(there):
            for two in there[i + 1 :]:
                if two[0] >= one[2]:
                    break
                assert two[1] >= one[3] - 0.01 or one[1] >= two[3] - 0.01, f"boxes overlap on page {page}: {one} {two}"
    return sum(len(there) for there in by_page.values())


def named_cells(parts: Parts) -> set[tuple[int, int | None, int | None]]:
    """(page, row, column) that an issue of more than a notice names."""
    return {(i["page_number"], i["row_number"], i["column_ordinal"]) for i in parts.doubts()}
