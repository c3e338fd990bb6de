"""Makes parts as the extractors leave them, so that the warehouse is tested without reading a PDF.

The rows are invented. Every cell gets a box of its own on a US Letter page, so that boxes tell cells apart.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from records.documents import DocumentState, SourceDocument
from records.issues import Issue
from records.parts import MANIFEST, ROW_COLUMNS, TABLES, cell_columns
from records.release import Receipt, Release, RequestStatus
from warehouse.inputs import BuildInputs

WIDTH, HEIGHT = 612.0, 792.0
ROWS_PER_PAGE = 3
_TYPES = {"int32": pa.int32(), "float": pa.float32(), "string": pa.string(), "bool": pa.bool_()}


def document_id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def box(column: int, row: int) -> dict[str, float]:
    """The box of a cell: 40 pt wide columns, 20 pt high rows; header is row 0."""
    return {"x0": 20.0 + 40 * column, "top": 50.0 + 20 * row, "x1": 55.0 + 40 * column, "bottom": 65.0 + 20 * row}


@dataclass
class PartsFactory:
    """One document with one audit log (and a letter before it, if *letter_pages*), ready to be written.

    ``tables`` and ``rows`` are plain dicts in the layout of records.parts; a test may bend them before :meth:`write`.
    """

    name: str
    headers: list[str | None]
    texts: list[list[str | None]]
    letter_pages: int = 0
    kind: str = "audit_log"
    state: DocumentState = DocumentState.LOADED
    reason: str | None = None
    advice: str | None = None
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    manifest: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.document_id = document_id(self.name)
        log_pages = max(-(-len(self.texts) // ROWS_PER_PAGE), 1)
        self.page_count = self.letter_pages + log_pages
        self.log_segment = 2 if self.letter_pages else 1
        first = self.letter_pages + 1
        self.tables = {table: [] for table in TABLES}
        if self.letter_pages:
            self._segment(1, 1, self.letter_pages, "letter", "prose without a table")
        self._segment(self.log_segment, first, self.page_count, self.kind, "its header names the fields of a search")
        for ordinal, header in enumerate(self.headers):
            place = {"page_number": first, **box(ordinal, 0)} if header is not None else {}
            self.tables["column"].append(
                {
                    "segment_ordinal": self.log_segment,
                    "column_ordinal": ordinal,
                    "printed_header": header,
                    "given_header": None,
                    "header_basis": "printed" if header is not None else None,
                    "left_edge": 20.0 + 40 * ordinal,
                    "right_edge": 60.0 + 40 * ordinal,
                    **place,
                }
            )
        for index, texts in enumerate(self.texts):
            self._row(first + index // ROWS_PER_PAGE, index % ROWS_PER_PAGE + 1, texts)
        for page in range(1, self.page_count + 1):
            self._page(page, first)

    def _segment(self, ordinal: int, first: int, last: int, kind: str, reason: str) -> None:
        self.tables["segment"].append(
            {
                "segment_ordinal": ordinal,
                "first_page": first,
                "last_page": last,
                "kind": kind,
                "reason": reason,
                "engine": "pdfium",
                "is_ruled": True if kind == "audit_log" else None,
            }
        )

    def _row(self, page: int, number: int, texts: list[str | None]) -> None:
        row: dict[str, Any] = {
            "segment_ordinal": self.log_segment,
            "page_number": page,
            "row_number": number,
            "engine": "pdfium",
            **{**box(0, number), "x1": box(len(texts) - 1, number)["x1"]},
        }
        for column, text in enumerate(texts):
            if text is not None:
                row[f"text_{column}"] = text
                row |= {f"{side}_{column}": value for side, value in box(column, number).items()}
        self.rows.append(row)

    def _page(self, page: int, first: int) -> None:
        used = sum(
            len("".join(text.split()))
            for row in self.rows
            if row["page_number"] == page
            for key, text in row.items()
            if key.startswith("text_")
        )
        header = " ".join(h for h in self.headers if h is not None)
        furniture = len("".join(header.split())) if page == first else 0
        if furniture:
            line = {"page_number": page, "account": "furniture", "rule": "header", "text": header}
            self.tables["page_text"].append({**line, "glyph_count": furniture, **box(0, 0)})
        self.tables["page"].append(
            {
                "page_number": page,
                "width": WIDTH,
                "height": HEIGHT,
                "rotation": 0,
                "page_class": "text",
                "class_reason": "has a text layer",
                "segment_ordinal": self.log_segment if page >= first else 1,
                "engine": "pdfium",
                "glyphs_seen": used + furniture,
                "glyphs_used": used,
                "glyphs_furniture": furniture,
                "glyphs_left": 0,
            }
        )

    def continue_row(self, page: int, number: int, column: int | None, on_page: int) -> None:
        """Let a part of a row lie at the top of another page."""
        place = box(column or 0, 1)
        if column is None:
            place["x1"] = box(len(self.headers) - 1, 1)["x1"]
        self.tables["continuation"].append(
            {
                "page_number": page,
                "row_number": number,
                "column_ordinal": column,
                "continued_page_number": on_page,
                **place,
            }
        )

    def write(self, parts: Path, fingerprint: str = "f" * 16) -> Path:
        """Write ``<parts>/<document_id>/<fingerprint>/``, rows in two chunks; the folder."""
        folder = parts / self.document_id / fingerprint
        folder.mkdir(parents=True)
        for table, columns in TABLES.items():
            _write(folder / f"{table}.parquet", columns, self.tables[table])
        columns = dict(ROW_COLUMNS)
        for ordinal in range(len(self.headers)):
            columns |= cell_columns(ordinal)
        files = {}
        half = (len(self.rows) + 1) // 2
        for chunk, rows in enumerate((self.rows[:half], self.rows[half:]), start=1):
            if rows:
                name = f"row-s{self.log_segment}-c{chunk}.parquet"
                _write(folder / name, columns, rows)
                files[name] = {"segment_ordinal": self.log_segment, "rows": len(rows)}
        manifest = {
            "document_id": self.document_id,
            "fingerprint": fingerprint,
            "layout_version": 1,
            "engines": {"pdfium": "1.0", "pdfplumber": "2.0"},
            "page_count": self.page_count,
            "row_count": len(self.rows),
            "mark_count": len(self.tables["mark"]),
            "sharing_count": len(self.tables["sharing"]),
            "kinds": {self.kind: 1},
            "state": str(self.state),
            "reason": self.reason,
            "advice": self.advice,
            "files": files,
        }
        (folder / MANIFEST).write_text(json.dumps(manifest | self.manifest), encoding="utf-8")
        return folder

    def source(self, **changes: Any) -> SourceDocument:
        facts: dict[str, Any] = {
            "document_id": self.document_id,
            "file_name": f"{self.name}.pdf",
            "byte_count": 1000,
            "media_type": "application/pdf",
            "state": self.state,
        }
        return SourceDocument(**facts | changes)


def _write(path: Path, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
    schema = pa.schema([(name, _TYPES[kind]) for name, kind in columns.items()])
    unknown = {key for row in rows for key in row} - set(columns)
    assert not unknown, f"not in records.parts: {unknown}"
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)


def ruled() -> PartsFactory:
    """Two printed columns stand for search_time; the last row of page 1 runs over to page 2."""
    log = PartsFactory(
        "ruled-log",
        ["ID", "Org Name", "Search Date", "Search Time", "Reason"],
        [[f"id-{n}", "Example PD", "2025-03-01", f"10:0{n}:00", "welfare check" if n else None] for n in range(5)],
    )
    log.continue_row(1, 3, None, 2)
    log.continue_row(1, 3, 4, 2)
    return log


def unruled() -> PartsFactory:
    """Behind a letter of one page; columns in another order, one header unknown, one not printed."""
    return PartsFactory(
        "unruled-log",
        ["Reason", "Mystery", None, "License Plate"],
        [
            ["theft", "m0", "n0", "TEST 1"],
            [None, None, "n1", "TEST 2"],
            ["arson", "m2", None, None],
            ["x", "y", "z", "w"],
        ],
        letter_pages=1,
    )


def letter() -> PartsFactory:
    """Readable, but no log."""
    return PartsFactory(
        "letter",
        [],
        [],
        kind="letter",
        state=DocumentState.SET_ASIDE,
        reason="A letter; no audit log in it.",
        advice="Nothing to do.",
    )


def inputs(parts: Path, *logs: PartsFactory, issues: tuple[Issue, ...] = ()) -> BuildInputs:
    """A build over *logs*, one denied release without files and one quarantined document."""
    quarantined = SourceDocument(
        document_id=document_id("truncated"),
        file_name="truncated.pdf",
        byte_count=17,
        media_type="application/pdf",
        state=DocumentState.QUARANTINED,
        error_code="damaged",
        reason="The file ends in the middle of page 2.",
        advice="Download it again.",
    )
    documents = [log.source() for log in logs] + [quarantined]
    seen = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC).replace(tzinfo=None)
    release = Release(
        "example-2025",
        agency="Example Sheriff",
        state="FL",
        time_zone="America/New_York",
        request_number="R-1",
        requested_date=date(2025, 4, 1),
        produced_date=date(2025, 5, 1),
        status=RequestStatus.PARTIAL,
        exemptions=("119.071(2)(c)", 'a "quoted", one'),
    )
    denied = Release("denied-2025", agency="Silent PD", status=RequestStatus.DENIED, exemptions=("active case",))
    return BuildInputs(
        releases=[release, denied],
        receipts=[Receipt("example-2025", d.document_id, f"logs/{d.file_name}", seen) for d in documents],
        documents=documents,
        issues=issues,
        parts={log.document_id: log.write(parts) for log in logs},
    )
