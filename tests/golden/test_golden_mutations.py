"""Something must notice: a drawn log is damaged in one place, and the account or an issue tells.

The pages are changed between the engine and the layout, so that nothing else differs from the undamaged reading.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from extractors.chunk import run_chunk
from extractors.document import Document
from extractors.finish import finish
from extractors.glyphs import Glyphs, PageContent
from extractors.layout import layout_page
from extractors.open_pdf import open_pdf
from extractors.pages import PageReader
from extractors.plan import PlannedModel, plan_models
from samples.content import entries
from samples.expected import ExpectedRow
from samples.layouts import draw, layout_named
from tests.golden.reading import Parts, check_account, read_parts, squeeze

LAYOUTS = ("ruled", "sheet", "tight-unruled", "removed-columns-rotate-270")
SEEDS = range(3)
ROWS = 44
"""More than the 40 that must be seen before an empty cell is doubtful."""


class Damaged:
    """A document whose pages pass through *damage* on their way to the layout."""

    name = "drawn"

    def __init__(self, pages: dict[int, PageContent]) -> None:
        self.pages = pages
        self.page_count = len(pages)

    def read(self, page_number: int) -> PageContent:
        return self.pages[page_number]


class Drawn:
    """A drawn log, its pages and the model fitted on the undamaged pages."""

    def __init__(self, name: str, folder: Path) -> None:
        layout = layout_named(name)
        self.name = name
        self.expected: list[ExpectedRow] = draw(layout, entries(51, ROWS, layout.content), folder / f"{name}.pdf")
        document = open_pdf(folder / f"{name}.pdf", None, 100)
        self.pages = {n: replace(document.read(n), covered=None) for n in range(1, document.page_count + 1)}
        document.close()
        self.models = plan_models(Document(Damaged(self.pages)), 1, len(self.pages))  # type: ignore[arg-type]
        self.folder, self.readings = folder, 0

    def read(self, pages: dict[int, PageContent]) -> Parts:
        models = [PlannedModel(m.from_page, m.model) for m in self.models]
        damaged, extent = Damaged(pages), (1, len(pages))
        document = Document(damaged)  # type: ignore[arg-type]
        reader = PageReader(document, models, lambda: damaged, document, frozenset(), len(pages))  # type: ignore[arg-type, return-value]
        self.readings += 1
        work, target = (self.folder / f"{self.readings}.{kind}" for kind in ("work", "parts"))
        work.mkdir()
        run_chunk(work, 1, reader, extent, extent, lambda done: None)
        plan = {"said_kind": None, "claim": None, "page_count": len(pages), "chunks": [list(extent)]}
        finish(work, target, "0" * 64, "drawn", plan)
        parts = read_parts(target)
        check_account(parts, {n: content.glyphs.text for n, content in pages.items()})
        return parts

    def row_glyphs(self, number: int, content: PageContent) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
        """Per row of a page that is whole: the indices of its glyphs, by the boxes of the undamaged reading."""
        layout = layout_page(content, self.models[-1].model)
        g = content.glyphs
        middle_x, middle_y = (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2
        found = []
        for row in layout.rows:
            if row.piece != "whole":
                continue
            inside = np.zeros(len(g), np.bool_)
            for cell in row.cells:
                if cell:
                    across = (cell.x0 <= middle_x) & (middle_x <= cell.x1)
                    inside |= across & (cell.top <= middle_y) & (middle_y <= cell.bottom)
            found.append(np.flatnonzero(inside))
        return found


@pytest.fixture(scope="module", params=LAYOUTS)
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    return Drawn(request.param, tmp_path_factory.mktemp("mutations"))


def told(parts: Parts) -> set[str]:
    """Everything that says a log is not as it should be."""
    left = {f"left {line['text']}" for line in parts.tables["page_text"] if line["account"] == "left"}
    return left | {issue["code"] for issue in parts.doubts()}


def texts(parts: Parts) -> list[list[str]]:
    return [[squeeze(text) for text in parts.cells(row)] for row in parts.rows]


def pick(glyphs: Glyphs, keep: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Glyphs:
    chosen = np.flatnonzero(keep)
    return Glyphs(
        "".join(glyphs.text[i] for i in chosen.tolist()),
        *(getattr(glyphs, side)[chosen] for side in ("x0", "top", "x1", "bottom", "space_before")),
    )


def moved(glyphs: Glyphs, which: np.ndarray[tuple[int], np.dtype[np.int64]], dx: float, dy: float) -> Glyphs:
    x, y = np.zeros(len(glyphs)), np.zeros(len(glyphs))
    x[which], y[which] = dx, dy
    return replace(glyphs, x0=glyphs.x0 + x, x1=glyphs.x1 + x, top=glyphs.top + y, bottom=glyphs.bottom + y)


def damages(drawn: Drawn, damage: Callable[[random.Random, PageContent, np.ndarray, int], Glyphs]) -> Iterator[Parts]:  # type: ignore[type-arg]
    """The readings after *damage* to one row, for every seed."""
    for seed in SEEDS:
        rng = random.Random(seed)
        number = rng.choice(sorted(drawn.pages))
        content = drawn.pages[number]
        rows = drawn.row_glyphs(number, content)
        index = rng.randrange(len(rows))
        glyphs = damage(rng, content, rows[index], index)
        yield drawn.read(drawn.pages | {number: replace(content, glyphs=glyphs)})


def cell_glyphs(drawn: Drawn, content: PageContent, row: np.ndarray, column: int) -> np.ndarray:  # type: ignore[type-arg]
    edges = drawn.models[-1].model.edges
    middle = (content.glyphs.x0 + content.glyphs.x1)[row] / 2
    return row[(middle > edges[column]) & (middle < edges[column + 1])]


def test_the_undamaged_log_is_read_as_drawn_and_nothing_is_said(drawn: Drawn) -> None:
    parts = drawn.read(drawn.pages)
    assert texts(parts) == [[squeeze(cell) for cell in row.cells] for row in drawn.expected]
    title = layout_named(drawn.name).title
    assert told(parts) == ({"left_over", f"left {title}"} if title else set())


def test_an_anchor_that_is_gone_is_noticed(drawn: Drawn) -> None:
    anchor = drawn.models[-1].model.anchor

    def damage(_: random.Random, content: PageContent, row: np.ndarray, index: int) -> Glyphs:  # type: ignore[type-arg]
        keep = np.ones(len(content.glyphs), np.bool_)
        keep[cell_glyphs(drawn, content, row, anchor)] = False
        return pick(content.glyphs, keep)

    before = told(drawn.read(drawn.pages))
    for parts in damages(drawn, damage):
        assert told(parts) - before or len(texts(parts)) != len(drawn.expected)


def test_half_an_anchor_is_noticed(drawn: Drawn) -> None:
    anchor = drawn.models[-1].model.anchor

    def damage(_: random.Random, content: PageContent, row: np.ndarray, index: int) -> Glyphs:  # type: ignore[type-arg]
        keep = np.ones(len(content.glyphs), np.bool_)
        mine = cell_glyphs(drawn, content, row, anchor)
        keep[mine[len(mine) // 2 :]] = False
        return pick(content.glyphs, keep)

    for parts in damages(drawn, damage):
        assert "value_unlike_column" in told(parts)


def test_a_cell_shifted_over_its_edge_is_noticed(drawn: Drawn) -> None:
    model = drawn.models[-1].model
    column = next(j for j, c in enumerate(model.columns) if c.value_type == "time")

    def damage(_: random.Random, content: PageContent, row: np.ndarray, index: int) -> Glyphs:  # type: ignore[type-arg]
        mine = cell_glyphs(drawn, content, row, column)
        width = model.columns[column].right - model.columns[column].left
        return moved(content.glyphs, mine, 0.4 * width, 0.0)

    for parts in damages(drawn, damage):
        assert told(parts) & {"crosses_column", "value_unlike_column"}


def test_a_foreign_line_inside_a_typed_column_is_noticed(drawn: Drawn) -> None:
    model = drawn.models[-1].model
    column = next(j for j, c in enumerate(model.columns) if c.value_type == "count")

    def damage(_: random.Random, content: PageContent, row: np.ndarray, index: int) -> Glyphs:  # type: ignore[type-arg]
        text = list(content.glyphs.text)
        for i in cell_glyphs(drawn, content, row, column).tolist():
            text[i] = "x"
        return replace(content.glyphs, text="".join(text))

    for parts in damages(drawn, damage):
        is_marker = any(
            "x" * 3 in text for row in texts(parts) for text in row
        )  # three x may stand in place of a value
        assert "value_unlike_column" in told(parts) or is_marker


def test_glyphs_put_beside_the_table_are_left_over(drawn: Drawn) -> None:
    def damage(_: random.Random, content: PageContent, row: np.ndarray, index: int) -> Glyphs:  # type: ignore[type-arg]
        mine = cell_glyphs(drawn, content, row, 0)
        return moved(content.glyphs, mine[:5], -(float(content.glyphs.x1[mine].max()) + 3.0), 0.0)

    before = told(drawn.read(drawn.pages))
    for parts in damages(drawn, damage):
        assert any(line.startswith("left ") for line in told(parts) - before)


def test_a_row_that_is_gone_changes_the_count_of_glyphs(drawn: Drawn) -> None:
    def damage(_: random.Random, content: PageContent, row: np.ndarray, index: int) -> Glyphs:  # type: ignore[type-arg]
        keep = np.ones(len(content.glyphs), np.bool_)
        keep[row] = False
        return pick(content.glyphs, keep)

    whole = sum(len(content.glyphs) for content in drawn.pages.values())
    for parts in damages(drawn, damage):
        assert sum(page["glyphs_seen"] for page in parts.tables["page"]) < whole
        assert len(texts(parts)) < len(drawn.expected)


def test_two_rows_drawn_over_each_other_are_noticed(drawn: Drawn) -> None:
    def damage(rng: random.Random, content: PageContent, row: np.ndarray, index: int) -> Glyphs:  # type: ignore[type-arg]
        rows = drawn.row_glyphs(content.page_number, content)
        other = rows[index - 1] if index else rows[1]
        g = content.glyphs
        return moved(g, other, 0.0, float(g.bottom[row].max() - g.bottom[other].max()))

    for parts in damages(drawn, damage):
        assert told(parts) & {"value_unlike_column", "crosses_column"}


def test_glyphs_without_unicode_are_an_error(drawn: Drawn) -> None:
    content = drawn.pages[1]
    parts = drawn.read(drawn.pages | {1: replace(content, glyphs=replace(content.glyphs, unmapped=3))})
    [issue] = [issue for issue in parts.doubts() if issue["code"] == "unmapped_glyphs"]
    assert (issue["severity"], issue["page_number"]) == ("error", 1) and issue["message"].startswith("3 ")
