"""The table model of a sharing list: where its columns are, and what tells one organization from the next.

Names have no type that would start a row, as ids and times do in audit logs. What is known instead: every row has a
name and at least one network beside it; a name goes on in the next line only where its next word did not fit.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.columns import gutter_edges, ruled_edges
from extractors.find_lines import find_lines
from extractors.glyphs import Floats, PageContent
from extractors.header import header_lines
from extractors.joints import Meetings
from extractors.labels import Header
from extractors.lines import Lines, glyph_height
from extractors.model import Column, TableModel
from extractors.repeated import is_furniture, repeated_lines
from extractors.sample import SamplePage
from extractors.sharing_header import SharingHeader, find_sharing_headers
from extractors.strips import strips_of
from records.marks import Direction
from records.organization_names import share_like_organizations

_NAMES_OF_A_LIST = 0.7
"""Share of lines under one heading that must look like organizations before they are taken for a list."""
_FEWEST_NAMES = 3
_GUTTER = 2.0
"""Times the glyph height: white this wide, over all lines, parts the columns of a list that prints no headings."""
SLACK = 1.07
"""Steps up to so many times the line step are steps inside a cell."""


@dataclass(frozen=True, slots=True)
class SharingModel:
    """A table model whose rows begin with names. ``table.anchor`` is the column of names."""

    table: TableModel
    fields: tuple[str | None, ...]
    """What each column holds: a name of ``SHARING_FIELDS``, or None."""
    directions: tuple[str | None, ...]
    """Of lists of names only: the direction that a column's heading tells. Columns of a table have None."""
    is_spaced: bool = False
    """Rows stand further apart than the lines of a cell."""
    is_unclear: bool = False
    """Two ways to part the rows explain the sample about as well."""

    @property
    def is_list(self) -> bool:
        return any(self.directions)

    def to_json(self) -> str:
        """All of it, for :meth:`from_json`."""
        rest = {k: v for k, v in asdict(self).items() if k != "table"}
        return json.dumps({"table": self.table.to_json(), **rest})

    @staticmethod
    def from_json(text: str) -> SharingModel:
        data = json.loads(text)
        table = TableModel.from_json(data.pop("table"))
        return SharingModel(table, tuple(data.pop("fields")), tuple(data.pop("directions")), **data)


def sharing_model(header: SharingHeader, header_page: int, pages: list[PageContent]) -> SharingModel | None:
    """The columns of the list that *header* opens on *header_page*, from *pages* (ascending, from that page on); None
    where what follows is no list. Rows are not fitted yet (see :func:`extractors.sharing_fit.fit_rows`)."""
    samples = [SamplePage(page, [h.header for h in find_sharing_headers(page)]) for page in pages]
    height = float(np.median([glyph_height(p.glyphs) for p in pages if len(p.glyphs)] or [8.0]))
    furniture = repeated_lines(samples)
    first = samples[0].content
    edges = ruled_edges(header.header, first.rulings.vertical) if header.direction is None else None
    bodies = [(s.content, _body(s, header.header, header_page, furniture)) for s in samples]
    if edges is None and header.direction is None:
        edges = gutter_edges(
            header.header, bodies, height, Meetings(bodies, [b.box.x0 for b in header.header.labels[1:]])
        )
    elif edges is None:
        edges = _list_edges(bodies, height)
    if len(edges) < 2:
        return None
    labels = [None] * (len(edges) - 1)
    fields: list[str | None] = [None] * (len(edges) - 1)
    for label, field in zip(header.header.labels, header.fields, strict=True):
        slot = int(np.clip(np.searchsorted(edges, (label.box.x0 + label.box.x1) / 2) - 1, 0, len(fields) - 1))
        labels[slot], fields[slot] = label, field  # type: ignore[call-overload]
    columns = tuple(
        Column(float(a), float(b), label, None, False, float(b - a))
        for a, b, label in zip(edges, edges[1:], labels, strict=False)
    )
    table = TableModel(
        columns, header_page, height, False, "top", 0, 1.6 * height, 4.0 * height, None, tuple(furniture)
    )
    if header.direction is None:
        printed = find_lines(first.glyphs, edges, height)
        printed = printed.select(header_lines(printed, [header.header]))
        table = replace(table, header_lines=tuple(zip(printed.column.tolist(), printed.text, strict=True)))
    model = SharingModel(table, tuple(fields), (None,) * len(fields))
    if header.direction is not None or "organization" not in fields:
        return _as_list(model, header, samples)
    return replace(model, table=replace(table, anchor=fields.index("organization")))


def _as_list(model: SharingModel, header: SharingHeader, samples: list[SamplePage]) -> SharingModel | None:
    """The model of columns that hold nothing but names; None where too few of the lines look like names."""
    names: dict[int, list[str]] = {}
    for sample in samples:
        lines = body_lines(sample, model)
        for text, column in zip(lines.text, lines.column.tolist(), strict=True):
            names.setdefault(column, []).append(text)
    directions: list[str | None] = [None] * len(model.fields)
    for column, texts in names.items():
        wanted = header.direction or (Direction(str(model.fields[column])) if model.fields[column] else None)
        if wanted and len(texts) >= _FEWEST_NAMES and share_like_organizations(texts) >= _NAMES_OF_A_LIST:
            directions[column] = str(wanted)
    if not any(directions):
        return None
    first = next(j for j, direction in enumerate(directions) if direction)
    return replace(model, directions=tuple(directions), table=replace(model.table, anchor=first))


def _list_edges(bodies: list[tuple[PageContent, NDArray[np.bool_]]], height: float) -> Floats:
    """Edges in the middle of the white between strips of text that all lines leave."""
    x0 = np.concatenate([c.glyphs.x0[mask] for c, mask in bodies])
    x1 = np.concatenate([c.glyphs.x1[mask] for c, mask in bodies])
    strips = strips_of(x0, x1, 1)
    if not strips:
        return np.empty(0)
    edges = [strips[0][0] - 0.5 * height]
    edges += [(a[1] + b[0]) / 2 for a, b in pairwise(strips) if b[0] - a[1] > _GUTTER * height]
    return np.array([*edges, strips[-1][1] + 0.5 * height])


def _body(page: SamplePage, header: Header, header_page: int, furniture: list[tuple[float, str]]) -> NDArray[np.bool_]:
    """Which glyphs may be in the table."""
    glyphs = page.content.glyphs
    middle = (glyphs.top + glyphs.bottom) / 2
    mask = np.ones(len(glyphs), np.bool_)
    for known in page.headers:
        mask[(middle >= known.top) & (middle <= known.bottom)] = False
    if page.content.page_number == header_page:
        mask[middle < header.bottom] = False
    for y, _ in furniture:
        mask[np.abs(glyphs.bottom - y) < 2.0] = False
    return mask


def body_lines(page: SamplePage, model: SharingModel) -> Lines:
    """The page's lines that can be in the table: below the header on its page, no header, no furniture."""
    table = model.table
    lines = find_lines(page.content.glyphs, table.edges, table.height, page.content.covered)
    labels = header_lines(lines, page.headers)
    keep = ~labels & ~is_furniture(lines, table.furniture, table.height)
    keep &= (lines.column >= 0) & (lines.column < len(table.columns))
    if page.headers:
        keep &= lines.top > page.headers[0].top
    return lines.select(keep)
