"""Column edges of a table: from vertical rulings where they exist, else from the white gutters between the labels."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats, PageContent
from extractors.joints import Meetings
from extractors.labels import Header
from extractors.lines import WORD_GAP
from extractors.nameless import overlap, parted_strips
from extractors.share_out import MOST_STRIPS, share_out
from extractors.strips import Span, draws_spaces, find_strips, flush_starts, whole_phrases, whole_words, words_of
from extractors.values import COUNT, FIELD_TYPES
from extractors.white import White

_STEP = 0.25
"""Points: resolution of the gutter search."""
_MARGIN = 1.0
"""Points between an edge and the flush side of the text beside it."""
_MOVED = 1.5
"""Points by which an edge is moved at most so as to cut fewer glyphs."""
_WORD = 0.15
"""Of the glyph height: words, and texts of two cells, stand further apart than letters."""
_ON_RULING = 2.0
"""Points between an edge and the ruling it was found by, on any page."""
_FLUSH = 5
"""A page: runs of text that begin where a label does."""
_STRAY = 0.02
"""Of these: so many glyphs may stand across that place, those of totals and titles."""
_EMPTY = 30.0
"""Points of white that it costs to leave a column without any text: columns may be blank, but rarely are."""
_EMPTY_TYPED = 150.0
"""The same for a column of ids, times or counts, which every search has: these may be set right, far from a heading
that is set left."""
_FOREIGN = 40.0
"""The same, a point, for words in a column of counts, none of them under its heading: they are of the column beside."""
_WORDS = 20.0
"""Points of white that it costs to part two columns where the white is a space between words in every row."""
_HALVES = 100.0
"""The same to let a column begin with the ``AM`` or ``UTC`` of a time."""
_DASH = 5.0
"""The same to let it begin with a dash: as much white may be before as behind it."""
_TYPED = frozenset({"uuid", "time", "count"})


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


def stand_on_rulings(edges: Floats, vertical: Floats) -> bool:
    """Whether a vertical ruling is drawn at nearly every one of the *edges*: text that crosses them then is text that
    overflows its cell, not a sign of other columns."""
    drawn = np.abs(vertical[:, 2][:, None] - edges[None, :]) <= _ON_RULING
    return bool(len(vertical) and np.count_nonzero(drawn.any(axis=0)) >= 0.8 * len(edges))


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


def gutter_edges(
    header: Header, bodies: list[tuple[PageContent, NDArray[np.bool_]]], height: float, meetings: Meetings
) -> Floats:
    """Edges from the text itself. *bodies* are sample pages, each with a mask of the glyphs that are table body;
    *meetings* tells where cells touch on them.

    The text of all sampled rows, laid on one another, falls into strips with white gutters between them. Strips go to
    labels, left to right, so that the white inside the columns is least and no column stays empty for nothing.
    """
    x0 = np.concatenate([c.glyphs.x0[mask] for c, mask in bodies])
    x1 = np.concatenate([c.glyphs.x1[mask] for c, mask in bodies])
    labels = [(label.box.x0, label.box.x1) for label in header.labels]
    has_spaces = draws_spaces(bodies)
    # Where the rows begin where the label does, nothing of the column stands further left: a number that is set right,
    # close by, belongs to the column on the left.
    flush = [flush_starts(left, bodies, has_spaces) for left, _ in labels]
    is_flush = [count >= _FLUSH * len(bodies) for count in flush]
    lefts = [left for left, _ in labels[1:]]
    begun = [
        left
        for left, count in zip(lefts, flush[1:], strict=True)
        if count >= _FLUSH * len(bodies) and _across(left, x0, x1) <= _STRAY * count and not meetings.goes_on(left)
    ]
    cuts = np.union1d(meetings.edges(), np.round(begun, 1))
    labels = _unlapped(labels, bodies, height)
    strips = find_strips(x0, x1, labels, cuts)
    if len(strips) > MOST_STRIPS * len(labels):
        strips = whole_words(strips, cuts, WORD_GAP * height, labels)
    strips = whole_phrases(strips, bodies, 0.6 * height, labels)
    kinds = [FIELD_TYPES.get(label.field or "") for label in header.labels]
    empty = [_EMPTY_TYPED if kind and kind.name in _TYPED else _EMPTY for kind in kinds]
    foreign = _foreign(strips, labels, [kind is COUNT for kind in kinds], bodies)
    white = White(bodies, strips, height, cuts)
    inner = range(len(strips) - 1)
    cells = frozenset(strips[k][1] for k in inner if white.are_cells(k))
    spans, texts = share_out(
        strips,
        labels,
        is_flush,
        empty,
        foreign,
        [_WORDS * white.are_words(k) + _HALVES * white.ends_times(k) + _DASH * white.is_before_dash(k) for k in inner],
        lambda mine, label: parted_strips(mine, label, bodies, height, has_spaces, cells),
    )
    starts, ends, many = np.sort(x0), np.sort(x1), 3 * len(bodies)
    edges = [spans[0][0] - 0.5 * height]
    for k, ((begin, low), (high, _)) in enumerate(pairwise(spans)):
        own, after = texts[k], texts[k + 1]
        if high < low and own and after and own[1] <= after[0]:  # a heading reaches over the next one, no value does
            low, high = own[1], after[0]
        edges.append(_place(begin, low, max(high, low), starts, ends, many))
    edges.append(spans[-1][1] + 0.5 * height)
    return np.array([edges[0], *(_between_glyphs(edge, x0, x1, 0.1 * height) for edge in edges[1:-1]), edges[-1]])


def _unlapped(labels: list[Span], bodies: list[tuple[PageContent, NDArray[np.bool_]]], height: float) -> list[Span]:
    """The *labels*, those that are printed over each other parted: where more words begin there than end, the left one
    ends where the right one begins; else the right one begins where the left one ends."""
    found = list(labels)
    for k, (before, after) in enumerate(pairwise(labels)):
        if before[0] < after[0] < before[1] < after[1]:
            begun = ended = 0
            for content, mask in bodies:
                glyphs = content.glyphs
                gap, drop = glyphs.x0[1:] - glyphs.x1[:-1], np.abs(np.diff(glyphs.bottom))
                apart = (np.abs(gap) > _WORD * height) | (drop > 0.5 * height)
                starts, ends = np.append(True, apart) & mask, np.append(apart, True) & mask
                low, high = after[0] - 2 * _STEP, before[1] + 2 * _STEP
                begun += int(np.count_nonzero(starts & (glyphs.x0 >= low) & (glyphs.x0 <= high)))
                ended += int(np.count_nonzero(ends & (glyphs.x1 >= low) & (glyphs.x1 <= high)))
            if begun >= ended:
                found[k] = (found[k][0], after[0])
            else:
                found[k + 1] = (before[1], after[1])
    return found


def _foreign(
    strips: list[Span],
    labels: list[Span],
    are_counts: list[bool],
    bodies: list[tuple[PageContent, NDArray[np.bool_]]],
) -> list[list[float]]:
    """What each strip costs under each label."""
    words = words_of(strips, bodies)
    return [
        [
            _FOREIGN * (strip[1] - strip[0]) * (is_count and is_word and not overlap(strip, label))
            for strip, is_word in zip(strips, words, strict=True)
        ]
        for label, is_count in zip(labels, are_counts, strict=True)
    ]


def _across(x: float, x0: Floats, x1: Floats) -> int:
    """How many glyphs (*x0*..*x1*) stand across *x*."""
    return int(np.count_nonzero((x0 < x - _STEP) & (x1 > x + _STEP)))


def _between_glyphs(edge: float, x0: Floats, x1: Floats, slack: float) -> float:
    """The *edge*, moved by a little where fewer glyphs (*x0*..*x1*) then stand across it by more than *slack*: where
    columns all but touch, the white that most rows leave is not where the longest text ends."""
    steps = np.arange(0.0, _MOVED + _STEP, _STEP)
    tried = np.concatenate((edge + steps, edge - steps))
    near = (x1 > edge - _MOVED) & (x0 < edge + _MOVED)
    across = ((x0[near] + slack < tried[:, None]) & (x1[near] - slack > tried[:, None])).sum(axis=1)
    best = int(np.lexsort((np.abs(tried - edge), across))[0])
    return float(tried[best])


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
