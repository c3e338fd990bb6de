"""Rules that are typed: the bars with which database programs part columns, and the lines of dashes below headings.

They stand where a drawn rule would, so they are taken out of the text, and the page gets rulings in their place. A bar
that stands alone in a reason is text like any other.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extractors.cells import OutsideLine
from extractors.dash_rules import may_have_dash_rules, with_dash_rules
from extractors.glyphs import Floats, Glyphs, PageContent, Rulings
from extractors.lines import glyph_height
from extractors.slanted import pick

_BARS = frozenset("|│┃║")
_DASHES = frozenset("-+=_─━┼═╪") | _BARS
_LEAST = 5
"""Bars one below the other that make a rule."""
_SHARE = 0.8
"""Of the lines from a rule's first bar to its last that have one there."""
_TIGHT = 0.9
"""Of the bars at such places: how many touch text on either side where they part fields, not columns."""
_LONG = 10
"""Dashes in a line of nothing else."""


def with_typed_rules(content: PageContent) -> PageContent:
    """The page with its typed bars and dashes as rulings; the page itself where it has neither in columns."""
    glyphs = content.glyphs
    are_bars = sum(map(glyphs.text.count, _BARS)) >= 2 * _LEAST
    if not are_bars and not may_have_dash_rules(glyphs.text):
        return content
    height = glyph_height(glyphs)
    line = baselines(glyphs, height)
    if not are_bars:
        return with_dash_rules(content, line)
    x = (glyphs.x0 + glyphs.x1) / 2
    columns = _columns(np.array([char in _BARS for char in glyphs.text]), x, line, 0.3 * height)
    if len(columns) < 2:
        return content
    if _are_tight(glyphs, line, np.concatenate(columns)):
        return content  # signs between fields that are as wide as their values
    is_rule = _dashes(glyphs.text, line)
    for members in columns:
        is_rule[members] = True
    beside = np.isin(line, line[np.concatenate(columns)])
    top, bottom = float(glyphs.top[beside].min()), float(glyphs.bottom[beside].max())
    ends = float(glyphs.x0[beside].min()) - height, float(glyphs.x1[beside].max()) + height
    text = beside & ~is_rule
    at = [float(x[members].mean()) for members in columns]
    first, last = min(at), max(at)
    at += [ends[0]] * bool((x[text] < first).any()) + [ends[1]] * bool((x[text] > last).any())
    drawn = np.array([(top, bottom, place) for place in sorted(at)])
    return replace(
        content,
        glyphs=pick(glyphs, ~is_rule),
        covered=None if content.covered is None else content.covered[~is_rule],
        rulings=Rulings(content.rulings.horizontal, np.concatenate((content.rulings.vertical, drawn))),
        typed_rules=pick(glyphs, is_rule),
    )


def _are_tight(glyphs: Glyphs, line: NDArray[np.int64], bars: NDArray[np.int64]) -> bool:
    """Whether nearly all of the *bars* touch text on their left and on their right: no column is as wide as its text in
    every row."""
    order = np.lexsort((glyphs.x0, line))
    gap = np.full(len(order) + 1, np.inf)
    same = line[order[1:]] == line[order[:-1]]
    gap[1:-1] = np.where(same, glyphs.x0[order[1:]] - glyphs.x1[order[:-1]], np.inf)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    near = 0.5 * float(np.median((glyphs.x1 - glyphs.x0)[bars]))
    touches = (gap[place[bars]] < near) & (gap[place[bars] + 1] < near)
    return bool(np.count_nonzero(touches) > _TIGHT * len(bars))


def baselines(glyphs: Glyphs, height: float) -> NDArray[np.int64]:
    """The number of each glyph's line on the page. Signs that stand high or low in their line are of it."""
    middle = (glyphs.top + glyphs.bottom) / 2
    order = np.argsort(middle, kind="stable")
    line = np.empty(len(order), np.int64)
    line[order] = np.concatenate(([0], np.cumsum(np.diff(middle[order]) > 0.35 * height)))
    return line


def _columns(is_bar: NDArray[np.bool_], x: Floats, line: NDArray[np.int64], near: float) -> list[NDArray[np.int64]]:
    """The bars (indices) of each rule, from left to right: at one place in nearly all lines from the first to the last
    that hold bars; all rules of a table begin with the same line, which may be that of its headings."""
    bars = np.flatnonzero(is_bar)
    bars = bars[np.argsort(x[bars], kind="stable")]
    barred = np.unique(line[bars])
    found: list[tuple[int, NDArray[np.int64]]] = []
    for members in np.split(bars, np.flatnonzero(np.diff(x[bars]) > near) + 1):
        own = np.unique(line[members])
        between = np.count_nonzero((barred >= own[0]) & (barred <= own[-1]))
        if len(own) >= _LEAST and len(own) >= _SHARE * between:
            found.append((int(own[0]), members))
    first = min((begin for begin, _ in found), default=0)
    return [members for begin, members in found if begin == first]


def _dashes(text: str, line: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which glyphs are of lines of dashes."""
    is_dash = np.array([char in _DASHES for char in text])
    others = np.bincount(line, weights=~is_dash)
    return np.asarray((others == 0)[line] & (np.bincount(line) >= _LONG)[line])


def lines_apart(content: PageContent) -> list[OutsideLine]:
    """The typed rules of the page and the labels of its fields, line by line, as furniture."""
    made = []
    for glyphs, rule in ((content.typed_rules, "typed_rule"), (content.labels, "header")):
        if glyphs is None or not len(glyphs):
            continue
        line = baselines(glyphs, glyph_height(glyphs))
        for number in range(int(line.max()) + 1):
            own = np.flatnonzero(line == number)
            text = "".join(
                " " * bool(k and glyphs.space_before[i]) + glyphs.text[i] for k, i in enumerate(own.tolist())
            )
            box = (glyphs.x0[own].min(), glyphs.top[own].min(), glyphs.x1[own].max(), glyphs.bottom[own].max())
            made.append(OutsideLine("furniture", rule, text, len(own), *(float(side) for side in box)))
    return made
