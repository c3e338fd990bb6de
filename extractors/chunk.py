"""One chunk of pages -> files in the document's work folder. Chunks know nothing of each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extractors.chunk_files import chunk_manifest
from extractors.found import Found
from extractors.glyphs import Unread
from extractors.judge import judge
from extractors.model import TableModel
from extractors.pages import PageReader, read_pages
from extractors.plan import PlannedModel
from extractors.read_page import ReadPage
from extractors.rowtable import RowTable, StoredRow
from extractors.shift import ShiftSign, ShiftSigns
from extractors.tables import cell_box, row_box, row_texts, write_arrow, write_table
from records.issues import Severity
from records.parts import PAGE_COLUMNS, TABLES

OtherReader = Callable[[Sequence[ReadPage], frozenset[int], Callable[[], None]], dict[int, Found]]
"""Reads the pages that are no log: see :meth:`extractors.others.OtherPages.read`."""

CHUNK_TABLES = ("page_text", "continuation", "issue", "reading", "mark", "sharing", "fact")
"""The tables of the parts that a chunk writes besides pages and rows, under the names and columns of the parts."""
_MODEL = list(PAGE_COLUMNS).index("segment_ordinal")
_GLYPHS = list(PAGE_COLUMNS).index("glyphs_seen")


class ChunkWriter:
    """Collects what a chunk's pages hold and writes it; a chunk is done when its ``.json`` is there."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder = folder
        self._name = f"chunk-{number:05d}"
        self._models: list[TableModel] = []
        self._rows: list[RowTable] = []
        self._pages: list[tuple[Any, ...]] = []
        self._kinds: list[tuple[int, str, str | None]] = []
        self._tables: dict[str, list[tuple[Any, ...]]] = {table: [] for table in CHUNK_TABLES}
        self._looks: list[ShiftSigns] = []
        self._signs: list[ShiftSign] = []
        self._unread: list[tuple[int, Unread]] = []
        self._above: list[tuple[int, int, int]] = []
        """Parts of pages above the last one: page, model, and the number of the last row."""

    def add(self, page: ReadPage, found: Found | None = None) -> None:
        """Take one page in; *found* is what it holds where it is no log, and its account then is that of the page."""
        model = -1 if page.model is None else self._model_index(page.model)
        if page.model is not None:
            self._add_rows(page, page.model, self._rows[model], self._looks[model])
            self._unread += [(page.page_number, unread) for unread in page.unread]
        for issue in page.issues:
            row = None if issue.row is None else self._row_number(page, issue.row)
            self._issue(page, issue.code, issue.severity, issue.message, row, issue.column, issue.seen_text)
        if found is not None:
            self._add_found(page, found)
        seen, used, outside = page.glyphs_seen, page.glyphs_used, page.outside
        if found is not None:
            seen, used, outside = found.seen, found.used, found.outside
        left = sum(line.glyph_count for line in outside if line.account == "left")
        furniture = sum(line.glyph_count for line in outside if line.account == "furniture")
        for line in outside:
            told = (page.page_number, line.account, line.rule, line.text, line.glyph_count, *cell_box(line))
            self._tables["page_text"].append(told)
        if page.rows_above is not None:
            above = self._pages.pop()
            self._above.append((page.page_number, above[_MODEL], page.rows_above))
            counts: list[int] = list(above[_GLYPHS : _GLYPHS + 4])
            seen, used, furniture, left = counts[0] + seen, counts[1] + used, counts[2] + furniture, counts[3] + left
            self._kinds.pop()
        self._pages.append(
            (
                page.page_number, page.width, page.height, page.rotation, str(page.page_class), page.class_reason,
                model, found.engine if found else page.engine, seen, used, furniture, left,
                found.ink_left if found else None,
            )
        )  # fmt: skip
        kind, reason = (found.kind, found.reason) if found else (page.kind, None)
        self._kinds.append((page.page_number, str(kind), reason))

    def _add_found(self, page: ReadPage, found: Found) -> None:
        """What the page holds; the segment's ordinal is not known yet."""
        self._tables["mark"] += [(None, *row) for row in found.marks]
        self._tables["sharing"] += [(None, *row) for row in found.organizations]
        self._tables["fact"] += found.facts
        self._tables["reading"] += found.readings
        self._tables["continuation"] += found.continuations
        for i in found.issues:
            self._tables["issue"].append(
                (
                    i.code, str(i.severity), i.message, None, page.page_number, i.row_number, i.mark_number, i.column,
                    i.seen_text,
                )
            )  # fmt: skip

    def _add_rows(self, page: ReadPage, model: TableModel, table: RowTable, looks: ShiftSigns) -> None:
        for stored in table.add(page):
            texts = row_texts(model, page, stored.index)
            table.tell(stored, texts)
            self._judge(stored, texts, model, looks)
            for other, piece in page.continued.get(stored.index, []):
                place = (page.page_number, stored.number)
                self._tables["continuation"].append((*place, None, other, *row_box(piece.cells)))
                for j, cell in enumerate(piece.cells):
                    if cell:
                        self._tables["continuation"].append((*place, j, other, *row_box([cell])))
        if table.is_full:
            self._close(table, model, looks)

    def _close(self, table: RowTable, model: TableModel, looks: ShiftSigns) -> None:
        """End a batch of rows, and look at the odd ones among them."""
        for stored, texts in table.close():
            self._judge(stored, texts, model, looks)

    def _judge(self, stored: StoredRow, texts: list[str | None], model: TableModel, looks: ShiftSigns) -> None:
        page, index, number = stored.page, stored.index, stored.number
        pieces = [piece for _, piece in page.continued.get(index, [])]
        is_last = index == len(page.rows) - 1
        issues = list(judge(model, index, stored.row, texts, pieces, is_last, page.width))
        for issue in issues:
            self._issue(page, issue.code, issue.severity, issue.message, number, issue.column, issue.seen_text)
        sign = looks.look((page.page_number, number), texts, bool(issues))
        if sign is not None:
            self._signs.append(sign)

    @staticmethod
    def _row_number(page: ReadPage, index: int) -> int:
        return (page.rows_above or 0) + sum(1 for row in page.rows[: index + 1] if row.piece == "whole")

    def _model_index(self, model: TableModel) -> int:
        for k, known in enumerate(self._models):
            if known is model or known == model:
                return k
        self._models.append(model)
        self._rows.append(RowTable(model))
        self._looks.append(ShiftSigns(model))
        return len(self._models) - 1

    def _issue(
        self, page: ReadPage, code: str, severity: Severity, message: str,
        row: int | None, column: int | None, seen: str | None,
    ) -> None:  # fmt: skip
        told = (code, str(severity), message, None, page.page_number, row, None, column, seen)
        self._tables["issue"].append(told)

    def write(self, opened: list[PlannedModel]) -> None:
        """Write all tables, then the chunk's own manifest, which makes it done. *opened* are the table models that the
        plan did not know."""
        extents: list[tuple[int, int, int]] = []
        for k, (model, table, looks) in enumerate(zip(self._models, self._rows, self._looks, strict=True)):
            self._close(table, model, looks)
            rows = table.to_arrow()
            write_arrow(self._folder / f"{self._name}-rows-{k}.parquet", rows)
            numbers = rows["page_number"].to_numpy()
            extents.append((len(rows), int(numbers[0]), int(numbers[-1])) if len(rows) else (0, 0, 0))
        write_table(self._folder / f"{self._name}-page.parquet", PAGE_COLUMNS, sorted(self._pages))
        for name, rows in self._tables.items():
            write_table(self._folder / f"{self._name}-{name}.parquet", TABLES[name], rows)
        done = chunk_manifest(self._folder, self._name)
        aside = done.with_suffix(".tmp")
        told = {
            "models": [m.to_json() for m in self._models],
            "extents": extents,
            "kinds": [told[1:] for told in sorted(self._kinds)],
            "opened": [[m.from_page, m.model.to_json()] for m in opened],
            "signs": [asdict(sign) for sign in self._signs],
            "above": self._above,
            "unread": [{"page_number": page, **asdict(unread)} for page, unread in self._unread],
        }
        aside.write_text(json.dumps(told))
        aside.replace(done)


def run_chunk(
    folder: Path, number: int, reader: PageReader, pages: tuple[int, int], document: tuple[int, int],
    progress: Callable[[int], None], others: OtherReader | None = None,
) -> None:  # fmt: skip
    """Read *pages* (first, last) of those of the *document* that are read at all, and write them; *others* reads the
    pages that are no log; *progress* is called with the number of pages done."""
    first, last = pages
    writer = ChunkWriter(folder, number)
    logs: set[int] = set()
    aside: list[ReadPage] = []
    for done, page in enumerate(read_pages(reader, *pages, *document), start=1):
        if page.model is None and others is not None:
            aside.append(page)
            continue
        writer.add(page)
        logs.add(page.page_number)
        if done % 50 == 0:
            progress(len(logs))
    if others is not None and aside:
        count = iter(range(len(logs) + 1, last - first + 2))
        found = others(aside, frozenset(logs), lambda: progress(next(count)))
        for page in aside:
            writer.add(page, found.get(page.page_number))
    writer.write(reader.opened)
    progress(last - first + 1)
