"""A sample page: what the plan knows of a page before any table model is fitted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from extractors.find_lines import find_lines
from extractors.glyphs import PageContent
from extractors.header import find_headers
from extractors.labels import Header
from extractors.lines import Lines
from extractors.model import TableModel


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A sample page and the headers found on it."""

    content: PageContent
    headers: list[Header]
    _lines: list[tuple[tuple[Any, ...], Lines]] = field(default_factory=list, compare=False, repr=False)

    def lines(self, model: TableModel) -> Lines:
        """The page's lines in the columns of *model*. Those of the last model are kept: fitting asks again and again,
        with what changes no edges."""
        columns = (model.height, *((c.left, c.right, c.meets) for c in model.columns))
        if not self._lines or self._lines[0][0] != columns:
            lines = find_lines(self.content.glyphs, model.edges, model.height, self.content.covered, model.meets)
            self._lines[:] = [(columns, lines)]
        return self._lines[0][1]


def sample_page(content: PageContent, known: list[Header]) -> SamplePage:
    """The page with the headers printed on it; *known* headers are looked for first, new ones are added to them."""
    headers = find_headers(content, known)
    keys = {header.key for header in known}
    known += [header for header in headers if header.key not in keys]
    return SamplePage(content, headers)
