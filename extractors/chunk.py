"""One chunk of pages -> files in the document's work folder. Chunks know nothing of each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractors.judge import judge
from extractors.model import TableModel
from extractors.pages import PageReader, ReadPage, read_pages
from extractors.plan import PlannedModel
from extractors.tables import RowTable, cell_box, row_box, row_texts, write_arrow, write_table
from records.issues import Severity
from records.parts import CONTINUATION_COLUMNS, ISSUE_COLUMNS, PAGE_COLUMNS, PAGE_TEXT_COLUMNS


class ChunkWriter:
    """Collects what a chunk's pages hold and writes it; a chunk is done when its ``.json`` is there."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder = folder
        self._name = f"chunk-{number:05d}"
        self._models: list[TableModel] = []
        self._rows: list[RowTable] = []
        self._pages: list[tuple[Any, ...]] = []
        self._kinds: list[str] = []
        self._outside: list[tuple[Any, ...]] = []
        self._continuations: list[tuple[Any, ...]] = []
        self._issues: list[tuple[Any, ...]] = []

    def add(self, page: ReadPage) -> None:
        """Take one page in."""
        model = -1 if page.model is None else self._model_index(page.model)
        if page.model is not None:
            self._add_rows(page, page.model, self._rows[model])
        left = sum(line.glyph_count for line in page.outside if line.account == "left")
        furniture = sum(line.glyph_count for line in page.outside if line.account == "furniture")
        for issue in page.issues:
            row = None if issue.row is None else self._row_number(page, issue.row)
            self._issue(page, issue.code, issue.severity, issue.message, row, issue.column, issue.seen_text)
        for line in page.outside:
            box = cell_box(line)
            self._outside.append((page.page_number, line.account, line.rule, line.text, line.glyph_count, *box))
        self._pages.append(
            (
                page.page_number, page.width, page.height, page.rotation, str(page.page_class), page.class_reason,
                model, page.engine, page.glyphs_seen, page.glyphs_used, furniture, left, None,
            )
        )  # fmt: skip
        self._kinds.append(str(page.kind))

    def _add_rows(self, page: ReadPage, model: TableModel, table: RowTable) -> None:
        number = 0
        for index, row in enumerate(page.rows):
            if row.piece != "whole":
                continue
            number += 1
            texts = row_texts(model, page, index)
            table.add(page, number, row, texts)
            pieces = [piece for _, piece in page.continued.get(index, [])]
            for issue in judge(model, index, row, texts, pieces, is_last=index == len(page.rows) - 1):
                self._issue(page, issue.code, issue.severity, issue.message, number, issue.column, issue.seen_text)
            for other, piece in page.continued.get(index, []):
                self._continuations.append((page.page_number, number, None, other, *row_box(piece.cells)))
                for j, cell in enumerate(piece.cells):
                    if cell:
                        self._continuations.append((page.page_number, number, j, other, *row_box([cell])))

    @staticmethod
    def _row_number(page: ReadPage, index: int) -> int:
        return sum(1 for row in page.rows[: index + 1] if row.piece == "whole")

    def _model_index(self, model: TableModel) -> int:
        for k, known in enumerate(self._models):
            if known is model or known == model:
                return k
        self._models.append(model)
        self._rows.append(RowTable(model))
        return len(self._models) - 1

    def _issue(
        self, page: ReadPage, code: str, severity: Severity, message: str,
        row: int | None, column: int | None, seen: str | None,
    ) -> None:  # fmt: skip
        self._issues.append((code, str(severity), message, None, page.page_number, row, column, seen))

    def write(self, opened: list[PlannedModel]) -> None:
        """Write all tables, then the chunk's own manifest, which makes it done. *opened* are the table models that the
        plan did not know."""
        for k, table in enumerate(self._rows):
            write_arrow(self._folder / f"{self._name}-rows-{k}.parquet", table.to_arrow())
        write_table(self._folder / f"{self._name}-page.parquet", PAGE_COLUMNS, self._pages)
        write_table(self._folder / f"{self._name}-page_text.parquet", PAGE_TEXT_COLUMNS, self._outside)
        write_table(self._folder / f"{self._name}-continuation.parquet", CONTINUATION_COLUMNS, self._continuations)
        write_table(self._folder / f"{self._name}-issue.parquet", ISSUE_COLUMNS, self._issues)
        done = chunk_manifest(self._folder, self._name)
        aside = done.with_suffix(".tmp")
        told = {
            "models": [m.to_json() for m in self._models],
            "kinds": self._kinds,
            "opened": [[m.from_page, m.model.to_json()] for m in opened],
        }
        aside.write_text(json.dumps(told))
        aside.replace(done)


def chunk_manifest(folder: Path, name: str) -> Path:
    """The file that says a chunk is complete."""
    return folder / f"{name}.json"


def is_done(folder: Path, number: int) -> bool:
    """Whether the chunk was written completely by an earlier run."""
    return chunk_manifest(folder, f"chunk-{number:05d}").exists()


def read_chunk_manifest(folder: Path, number: int) -> dict[str, Any]:
    """What a chunk that is done tells of itself: models, kinds of pages, models opened."""
    told: dict[str, Any] = json.loads(chunk_manifest(folder, f"chunk-{number:05d}").read_text())
    return told


def undo_chunk(folder: Path, number: int) -> None:
    """Make a chunk not done; its files are written over when it is read again."""
    chunk_manifest(folder, f"chunk-{number:05d}").unlink(missing_ok=True)


def run_chunk(
    folder: Path, number: int, reader: PageReader, pages: tuple[int, int], document: tuple[int, int],
    progress: Callable[[int], None],
) -> None:  # fmt: skip
    """Read *pages* (first, last) of those of the *document* that are read at all, and write them; *progress* is called
    with the number of pages done."""
    first, last = pages
    writer = ChunkWriter(folder, number)
    for done, page in enumerate(read_pages(reader, *pages, *document), start=1):
        writer.add(page)
        if done % 50 == 0:
            progress(done)
    writer.write(reader.opened)
    progress(last - first + 1)
