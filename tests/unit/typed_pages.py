"""Pages typed by hand: text at positions, every glyph of one width, so that a test knows each box without a PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from extractors.fit import fit_model
from extractors.fit_log import fit_from
from extractors.glyphs import Glyphs, PageContent, Rulings
from extractors.header import find_headers
from extractors.labels import Header
from extractors.layout import PageLayout, layout_page
from extractors.model import TableModel
from extractors.sample import SamplePage, sample_page

GLYPH = 4.0
"""Points: the width of every typed glyph. Glyphs are 8 high, lines 10 apart unless a test says otherwise."""
HEIGHT = 8.0


@dataclass(slots=True)
class TypedPage:
    """Collects typed glyphs and drawn rulings; :attr:`content` is the page an engine would have read."""

    number: int = 1
    width: float = 792.0
    height: float = 612.0
    glyphs: list[tuple[str, float, float, int]] = field(default_factory=list)
    rulings: list[tuple[str, float, float, float]] = field(default_factory=list)

    def type(self, x: float, baseline: float, text: str, *, draws_spaces: bool = True) -> TypedPage:
        """Type *text* from *x* on. Without *draws_spaces* a space is a gap only, as many programs print it."""
        pending = 0
        for k, char in enumerate(text):
            if char == " ":
                pending += draws_spaces
                continue
            self.glyphs.append((char, x + k * GLYPH, baseline, pending))
            pending = 0
        return self

    def stack(self, x: float, baseline: float, lines: Sequence[str], step: float = 10.0) -> TypedPage:
        """Type *lines* under each other, the first on *baseline*."""
        for k, line in enumerate(lines):
            self.type(x, baseline + k * step, line)
        return self

    def across(self, baseline: float, texts: Mapping[float, str]) -> TypedPage:
        """Type one line: x -> text."""
        for x, text in texts.items():
            self.type(x, baseline, text)
        return self

    def rule_down(self, x: float, top: float, bottom: float) -> TypedPage:
        self.rulings.append(("v", top, bottom, x))
        return self

    def rule_across(self, y: float, x0: float, x1: float) -> TypedPage:
        self.rulings.append(("h", x0, x1, y))
        return self

    @property
    def typed(self) -> Glyphs:
        x0 = np.array([g[1] for g in self.glyphs], np.float64)
        bottom = np.array([g[2] for g in self.glyphs], np.float64)
        spaces = np.array([g[3] for g in self.glyphs], np.int64)
        return Glyphs("".join(g[0] for g in self.glyphs), x0, bottom - HEIGHT, x0 + GLYPH, bottom, spaces)

    @property
    def drawn(self) -> Rulings:
        def rows(kind: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
            return np.array([r[1:] for r in self.rulings if r[0] == kind], np.float64).reshape(-1, 3)

        return Rulings(rows("h"), rows("v"))

    @property
    def content(self) -> PageContent:
        return PageContent(self.number, self.width, self.height, 0, self.typed, self.drawn)

    @property
    def sample(self) -> SamplePage:
        return sample_page(self.content, [])

    @property
    def headers(self) -> list[Header]:
        return find_headers(self.content)

    def __len__(self) -> int:
        return len(self.glyphs)


def fitted(*pages: TypedPage) -> TableModel:
    """The model that the header on the first page opens; the test fails where none is found."""
    samples = [page.sample for page in pages]
    assert samples[0].headers, "no header found"
    model = fit_from(samples[0].headers[0], pages[0].number, samples)
    assert model is not None, "no model fits"
    return model


def bare_model(*pages: TypedPage) -> TableModel | None:
    """As :func:`fitted`, before values are typed; None where nothing reads like rows."""
    samples = [page.sample for page in pages]
    return fit_model(samples[0].headers[0], pages[0].number, samples)


def cells_of(layout: PageLayout) -> list[list[str]]:
    """Every row's cells, the lines of a cell joined by ``|``; ``""`` where a cell is empty."""
    return [["|".join(cell.texts) if cell else "" for cell in row.cells] for row in layout.rows]


def laid_out(page: TypedPage, model: TableModel) -> PageLayout:
    """The page's layout, after checking its account: every glyph is in exactly one place."""
    layout = layout_page(page.content, model)
    outside = sum(line.glyph_count for line in layout.outside)
    assert layout.used + outside == len(page)
    in_cells = sum(len("".join(t.split())) for row in layout.rows for c in row.cells if c for t in c.texts)
    assert layout.used == in_cells
    return layout


def uuid_of(n: int) -> str:
    """A distinct id for row *n*."""
    return f"{n:08x}-1111-4222-8333-{n:012x}"
