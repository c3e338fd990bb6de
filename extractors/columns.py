"""Column edges of a table: from vertical rulings where they exist, else from the white gutters between the labels."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats, PageContent
from extractors.header import Header

Span = tuple[float, float]

_STEP = 0.25
"""Points: resolution of the gutter search."""
_MOST_STRIPS = 12
"""Strips of text a column may fall into: the words of a cell that is the same in all rows."""
_MARGIN = 1.0
"""Points between an edge and the flush side of the text beside it."""
_EMPTY = 30.0
"""Points of white that it costs to leave a column without any text: columns may be blank, but rarely are."""


def ruled_edges(header: Header, vertical: Floats) -> Floats | None:
    """Edges from vertical rulings that cross the header band, if they part all its labels; else None.

    Rulings that bound no label (an empty last column) stay as columns of their own.
    """
    middle = (header.top + header.bottom) / 2
    crossing = vertical[(vertical[:, 0] <= middle) & (vertical[:, 1] >= middle)]
    edges = cluster(crossing[:, 2], 2.0)
    if len(edges) < 3:
        return None
    centres = np.array([(label.box.x0 + label.box.x1) / 2 for label in header.labels])
    slots = np.searchsorted(edges, centres) - 1
    inside = (slots >= 0) & (slots < len(edges) - 1)
    if not inside.all() or len(set(slots.tolist())) != len(centres):
        return None
    return edges[int(slots.min()) : int(slots.max()) + 2] if _only_margins(edges, slots) else edges


def _only_margins(edges: Floats, slots: np.ndarray[tuple[int], np.dtype[np.int64]]) -> bool:
    """Whether the slots outside the labels are slivers (double borders), not columns."""
    widths = np.diff(edges)
    outside = np.concatenate((widths[: slots.min()], widths[slots.max() + 1 :]))
    return bool((outside < 6.0).all())


def cluster(values: Floats, tolerance: float) -> Floats:
    """Means of groups of values that lie within *tolerance* of their neighbours, ascending."""
    if not len(values):
        return np.empty(0)
    ordered = np.sort(values)
    groups = np.split(ordered, np.flatnonzero(np.diff(ordered) > tolerance) + 1)
    return np.array([group.mean() for group in groups])


def gutter_edges(header: Header, bodies: list[tuple[PageContent, NDArray[np.bool_]]], height: float) -> Floats:
    """Edges from the text itself. *bodies* are sample pages, each with a mask of the glyphs that are table body.

    The text of all sampled rows, laid on one another, falls into strips with white gutters between them. Strips go to
    labels, left to right, so that the white inside the columns is least and no column stays empty for nothing.
    """
    x0 = np.concatenate([c.glyphs.x0[mask] for c, mask in bodies])
    x1 = np.concatenate([c.glyphs.x1[mask] for c, mask in bodies])
    labels = [(label.box.x0, label.box.x1) for label in header.labels]
    strips = _strips(x0, x1, labels)
    spans = _share_out(strips, labels)
    starts, ends, many = np.sort(x0), np.sort(x1), 3 * len(bodies)
    edges = [spans[0][0] - 0.5 * height]
    for (begin, low), (high, _) in pairwise(spans):
        edges.append(_place(begin, low, max(high, low), starts, ends, many))
    edges.append(spans[-1][1] + 0.5 * height)
    return np.array(edges)


def _strips(x0: Floats, x1: Floats, labels: list[Span]) -> list[Span]:
    """Maximal intervals of x that text covers. Where one strip runs under two labels (text that overflows its cell),
    x counts as covered only from 2, 3, … glyphs on; a handful of overflows do not hide a gutter."""
    strips: list[Span] = []
    for least in range(1, max(2, int(len(x0) ** 0.5))):
        strips = strips_of(x0, x1, least)
        if all(sum(s[0] < b and a < s[1] for a, b in labels) <= 1 for s in strips):
            break
    return strips


def strips_of(x0: Floats, x1: Floats, least: int) -> list[Span]:
    """Maximal intervals of x that at least *least* of the intervals *x0*..*x1* cover."""
    if not len(x0):
        return []
    left = float(x0.min())
    size = int((float(x1.max()) - left) / _STEP) + 2
    cover = np.zeros(size + 1)
    np.add.at(cover, ((x0 - left) / _STEP).astype(np.int64), 1.0)
    np.add.at(cover, np.ceil((x1 - left) / _STEP).astype(np.int64), -1.0)
    covered = np.concatenate(([False], np.cumsum(cover)[:size] >= least, [False]))
    turns = np.flatnonzero(np.diff(covered.astype(np.int8)))
    return [(left + a * _STEP, left + b * _STEP) for a, b in zip(turns[::2], turns[1::2], strict=True)]


def _share_out(strips: list[Span], labels: list[Span]) -> list[Span]:
    """For each label the span of its column: the label and the strips given to it (dynamic programming)."""
    n = len(strips)
    if n > _MOST_STRIPS * len(labels):  # running text, no columns
        return list(labels)
    best: list[tuple[float, list[int]]] = [(np.inf, [])] * (n + 1)
    best[0] = (0.0, [])
    for k, label in enumerate(labels):
        low = labels[k - 1][1] if k else -np.inf  # a column cannot reach under its neighbour's label
        high = labels[k + 1][0] if k + 1 < len(labels) else np.inf
        step: list[tuple[float, list[int]]] = [(np.inf, [])] * (n + 1)
        for begin in range(n + 1):
            if best[begin][0] == np.inf:
                continue
            for end in range(begin, n + 1):
                if end > begin and strips[end - 1][0] >= high:
                    break
                inside = strips[begin:end]
                overlap = sum(max(0.0, low - s[0]) + max(0.0, s[1] - high) for s in inside if end > begin)
                cost = best[begin][0] + _white(label, inside) + 10 * overlap + (0.0 if inside else _EMPTY)
                if cost < step[end][0]:
                    step[end] = (cost, [*best[begin][1], end])
        best = step
    cuts = [0, *best[n][1]] if best[n][0] < np.inf else [0] * (len(labels) + 1)
    spans = []
    for label, a, b in zip(labels, cuts, cuts[1:], strict=False):
        members = [label, *strips[a:b]]
        spans.append((min(m[0] for m in members), max(m[1] for m in members)))
    return spans


def _white(label: Span, strips: list[Span]) -> float:
    """White between the label and strips of one column, in points."""
    white, reach = 0.0, -np.inf
    for x0, x1 in sorted([label, *strips]):
        if reach > -np.inf:
            white += max(0.0, x0 - reach)
        reach = max(reach, x1)
    return white


def _place(begin: float, low: float, high: float, starts: Floats, ends: Floats, many: int) -> float:
    """Where in the gutter *low*..*high* to put the edge. *begin* is where the column on the left begins.

    By the side that is flush, because the ragged side may reach further on pages not sampled.
    """

    def is_flush(sorted_values: Floats, x: float) -> bool:
        a, b = np.searchsorted(sorted_values, [x - 2 * _STEP, x + 2 * _STEP])
        return int(b - a) >= many

    margin = min(_MARGIN, (high - low) / 2)
    if is_flush(starts, high) and (is_flush(starts, begin) or not is_flush(ends, low)):
        return high - margin
    if is_flush(ends, low) and not is_flush(starts, high) and not is_flush(starts, begin):
        return low + margin
    return (low + high) / 2
