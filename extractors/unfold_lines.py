"""Unfolding a page of records of two lines under a header of two lines (:mod:`extractors.two_lines`)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.glyphs import PageContent, Rulings
from extractors.labels import Header
from extractors.page_text import PageWord, line_text
from extractors.slanted import pick
from extractors.two_line_records import TwoLines, records
from extractors.two_lines import PARTS, line_labels

RIM = 0.5
"""Points above the first line of a record at which it begins."""


def unfold_lines(page: PageContent, lines: list[list[PageWord]], told: TwoLines) -> PageContent:
    """The page with the lower halves of its records beside the upper ones, and without its header."""
    heads = [k for first in _headings(lines, told) for k in range(first, first + told.head)]
    at: list[float] = []
    lower: list[int] = []
    for start, half, end in records(lines, told, page.rulings.horizontal):
        end = min([k for k in heads if start < k < end], default=end)
        at.append(min(w.top for w in lines[start]) - RIM)
        at.append(max(w.bottom for w in lines[end - 1]) + RIM)
        lower += range(half, end) if half is not None else ()
    if not at:
        return page
    part, is_label = np.zeros(len(page.glyphs), np.int64), np.zeros(len(page.glyphs), np.bool_)
    part[[i for k in lower for word in lines[k] for i in word.glyphs]] = 1
    is_label[[i for k in heads for word in lines[k] for i in word.glyphs]] = True
    more = np.array([(0.0, page.width * PARTS, y) for y in at])
    glyphs = replace(page.glyphs, x0=page.glyphs.x0 + part * page.width, x1=page.glyphs.x1 + part * page.width)
    return replace(
        page,
        width=page.width * PARTS,
        glyphs=pick(glyphs, ~is_label),
        covered=None if page.covered is None else page.covered[~is_label],
        rulings=Rulings(more),
        labels=pick(page.glyphs, is_label),
    )


def _headings(lines: list[list[PageWord]], told: TwoLines) -> list[int]:
    """The first line of every header of two lines."""
    texts, wanted = [line_text(line) for line in lines], [*told.upper.split("\n"), told.lower]
    return [k for k in range(len(texts)) if texts[k : k + told.head] == wanted]


def lines_headers(page: PageContent, lines: list[list[PageWord]], told: TwoLines) -> list[Header]:
    """The headers of the unfolded *page*, which is given as it was: the labels of the lower line beside the others."""
    last = told.head - 1
    return [
        _header(page, [word for line in lines[k : k + last] for word in line], lines[k + last])
        for k in _headings(lines, told)
    ]


def _header(page: PageContent, upper: list[PageWord], lower: list[PageWord]) -> Header:
    below = max(w.bottom for w in lower)
    beside = []
    for label in line_labels(page, lower):
        beside.append(
            replace(label, box=replace(label.box, x0=label.box.x0 + page.width, x1=label.box.x1 + page.width))
        )
    return Header((*line_labels(page, upper), *beside), below, below)
