"""Strips of text shared out to headings, left to right: which of them are the column of each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate, pairwise

import numpy as np

from extractors.strips import Span

MOST_STRIPS = 12
"""Strips of text a column may fall into: the words of a cell that is the same in all rows."""


def share_out(
    strips: list[Span],
    labels: list[Span],
    is_flush: list[bool],
    empty: list[float],
    foreign: list[list[float]],
    cut: list[float],
    part: Callable[[list[Span], Span], list[list[Span]]],
) -> tuple[list[Span], list[Span | None]]:
    """For each label the span of its column: the label and the strips given to it (dynamic programming); and the spans
    of columns without a label between them. With each, that of its text alone, if it has any. *is_flush*: whether the
    rows of its column begin where the label does; *empty*: what it costs to leave it without text; *foreign*: what each
    strip costs in it; *cut*: what it costs to part columns behind each strip; *part* parts the strips of a label."""
    n = len(strips)
    if n > MOST_STRIPS * len(labels):  # running text, no columns
        return list(labels), [None] * len(labels)
    lengths = _summed([x1 - x0 for x0, x1 in strips])
    cuts_at = [0.0, *cut, 0.0]
    # Where labels are set left, so is that of a blank column: what stands left of it is of the column before.
    is_left = sum(is_flush) * 2 >= len(labels)
    best: list[tuple[float, list[int]]] = [(np.inf, [])] * (n + 1)
    best[0] = (0.0, [])
    for k, (left, right) in enumerate(labels):
        low = labels[k - 1][1] if k else -np.inf  # a column cannot reach under its neighbour's label
        low = max(low, left - 1.0) if is_flush[k] else low
        high = labels[k + 1][0] if k + 1 < len(labels) else np.inf
        over = _summed([max(0.0, low - x0) + max(0.0, x1 - high) for x0, x1 in strips])
        if is_left:
            before = [(x1 - x0) * (x1 <= left) for x0, x1 in strips]
            over = [a + b for a, b in zip(over, _summed(before), strict=True)]
        strange = _summed(foreign[k])
        shared = _summed([max(0.0, min(x1, right) - max(x0, left)) for x0, x1 in strips])
        reach = next((i for i, strip in enumerate(strips) if strip[0] >= high), n)
        step: list[tuple[float, list[int]]] = [(np.inf, [])] * (n + 1)
        for begin, (so_far, cuts) in enumerate(best):
            if so_far == np.inf:
                continue
            if so_far + empty[k] < step[begin][0]:
                step[begin] = (so_far + empty[k], [*cuts, begin])
            first = min(left, strips[begin][0]) if begin < n else left
            for end in range(begin + 1, reach + 1):
                # White inside the column: its span less what text and label cover.
                span = max(right, strips[end - 1][1]) - first
                covered = lengths[end] - lengths[begin] + right - left - (shared[end] - shared[begin])
                cost = so_far + span - covered + 10 * (over[end] - over[begin])
                cost += strange[end] - strange[begin] + cuts_at[begin]
                if shared[end] == shared[begin]:  # words of the next column rather than all of one beside its label
                    cost += cuts_at[end]
                if cost < step[end][0]:
                    step[end] = (cost, [*cuts, end])
        best = step
    cuts = [0, *best[n][1]] if best[n][0] < np.inf else [0] * (len(labels) + 1)
    groups = [part(strips[a:b], label) or [[]] for label, a, b in zip(labels, cuts, cuts[1:], strict=False)]
    owns = [_own(mine, label) for mine, label in zip(groups, labels, strict=True)]
    if not is_left:
        _fill_blanks(groups, owns)
    spans: list[Span] = []
    texts: list[Span | None] = []
    for label, mine, own in zip(labels, groups, owns, strict=True):
        for k, group in enumerate(mine):
            members = [label, *group] if k == own else group
            spans.append((min(m[0] for m in members), max(m[1] for m in members)))
            texts.append((group[0][0], group[-1][1]) if group else None)
    return spans, texts


def _own(groups: list[list[Span]], label: Span) -> int:
    """Which of the *groups* of strips is the label's: the one nearest to it."""
    nearest = [min((_distance(strip, label) for strip in group), default=0.0) for group in groups]
    return nearest.index(min(nearest))


def _fill_blanks(groups: list[list[list[Span]]], owns: list[int]) -> None:
    """Give what stands beside a label's text, of no label itself, to a label without any text on that side: headings
    that are set otherwise than their rows stand far from them."""
    for k, (mine, after) in enumerate(pairwise(groups)):
        if after == [[]] and owns[k] < len(mine) - 1:
            after[0] = mine.pop()
        elif mine == [[]] and owns[k + 1] > 0:
            mine[0] = after.pop(0)
            owns[k + 1] -= 1


def _distance(strip: Span, label: Span) -> float:
    """The white between them; negative where they overlap."""
    return max(strip[0] - label[1], label[0] - strip[1])


def _summed(values: list[float]) -> list[float]:
    """0 and the running sums: ``sum(values[a:b])`` is ``[b] - [a]``."""
    return [0.0, *accumulate(values)]
