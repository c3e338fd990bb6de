"""Unfolding a page of records of two lines under a header of two lines (:mod:`extractors.two_lines`)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.glyphs import PageContent, Rulings
from extractors.labels import Header, Label
from extractors.page_text import PageWord, line_text
from extractors.slanted import pick
from extractors.two_line_records import TwoLines, records
from extractors.two_line_rests import startless
from extractors.two_lines import PARTS
from extractors.values import squeeze
from records.places import BBox

RIM = 0.5
"""Points above the first line of a record at which it begins."""


def unfold_lines(page: PageContent, lines: list[list[PageWord]], told: TwoLines) -> PageContent:
    """The page with the lower halves of its records beside the upper ones, and without its header."""
    heads = [k for first in _headings(lines, told) for k in range(first, first + told.head)]
    rules = page.rulings.horizontal
    found = [
        (start, half, min([k for k in heads if start < k < end], default=end))
        for start, half, end in records(lines, told, rules)
    ]
    if not found and not heads:
        return page  # another log's
    used = {k for start, _, end in found for k in range(start, end)}.union(heads)
    found += startless(lines, [k for k in range(len(lines)) if k not in used], told, rules, bool(heads))
    at: list[float] = []
    lower: list[int] = []
    for start, half, end in sorted(found):
        at += [min(w.top for w in lines[start]) - RIM, max(w.bottom for w in lines[end - 1]) + RIM]
        lower += range(half, end) if half is not None else ()
    if not at:
        return page
    part, is_label = np.zeros(len(page.glyphs), np.int64), np.zeros(len(page.glyphs), np.bool_)
    part[[i for k in lower for word in lines[k] for i in word.glyphs]] = 1
    is_label[[i for k in heads for word in lines[k] for i in word.glyphs]] = True
    bands = np.array([(0.0, page.width * PARTS, y) for y in at])
    glyphs = replace(page.glyphs, x0=page.glyphs.x0 + part * page.width, x1=page.glyphs.x1 + part * page.width)
    return replace(
        page,
        width=page.width * PARTS,
        glyphs=pick(glyphs, ~is_label),
        covered=None if page.covered is None else page.covered[~is_label],
        rulings=Rulings(bands),
        labels=pick(page.glyphs, is_label),
    )


def _headings(lines: list[list[PageWord]], told: TwoLines) -> list[int]:
    """The first line of every header of two lines. What is a space is told by all that stands around, which differs."""
    texts = [squeeze(line_text(line)) for line in lines]
    wanted = [squeeze(line) for line in (*told.upper.split("\n"), told.lower)]
    return [k for k in range(len(texts)) if texts[k : k + told.head] == wanted]


def lines_headers(page: PageContent, lines: list[list[PageWord]], told: TwoLines) -> list[Header]:
    """The headers of the unfolded *page*, which is given as it was: the labels of the lower line beside the others."""
    return [_header(page, lines[k : k + told.head], told) for k in _headings(lines, told)]


def _header(page: PageContent, lines: list[list[PageWord]], told: TwoLines) -> Header:
    """The header that the *lines* print, its labels parted as they were told: word for word it is the same."""
    upper = [word for line in lines[:-1] for word in line]
    heights = [(min(w.top for w in words), max(w.bottom for w in words)) for words in (upper, lines[-1])]
    labels = []
    for text, x0, x1, is_lower in told.labels:
        dx, (top, bottom) = page.width * is_lower, heights[is_lower]
        labels.append(Label(text, BBox(x0 + dx, top, x1 + dx, bottom)))
    return Header(tuple(labels), heights[1][1], heights[1][1])
