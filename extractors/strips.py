"""Strips of text and the white between them: what all sampled rows, laid on one another, leave blank."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.bars import baselines
from extractors.glyphs import Floats, PageContent
from extractors.lines import glyph_height
from extractors.overflow import SAME_SPACE

Span = tuple[float, float]

_STEP = 0.25
"""Points: resolution of the gutter search."""
_TOUCHES = 1.0
"""Points by which a strip reaches below a label without being under it: cells that touch."""
_SPACE = 0.6
"""Of the glyph height: the widest space between two words."""
_TYPED = 1.0
"""The same of a typewriter's."""
_DRAWN = 0.1
"""Of the white between words: where less is drawn as spaces, those are of titles, or of a few cells."""
_APART = 2.0
"""Of the usual width of a glyph: the white between columns that one glyph, of a total, stands in."""
_FLUSH = 8
"""Rows that begin, or end, at one place behind it."""
_TITLES = 0.05
"""Of the white that may be a typewriter's spaces: so little narrower white is that of titles."""
_FEW_PHRASES = 3
"""A page: word spaces in one place of so many lines at most are white inside a column."""


def find_strips(x0: Floats, x1: Floats, labels: list[Span], cuts: Floats) -> list[Span]:
    """Maximal intervals of x that text covers, parted at the *cuts* (x, ascending). Where one strip runs under two
    labels (text that overflows its cell), x counts there as covered only from 2, 3, … glyphs on; a handful of overflows
    do not hide a gutter. One glyph does not, either, between a column and that of a label beside it without any."""
    strips = parted(strips_of(x0, x1, 1), cuts)
    for least in range(2, max(2, int(len(x0) ** 0.5))):
        wide = [_is_under_two(strip, labels) for strip in strips]
        if not any(wide):
            break
        thinner = parted(strips_of(x0, x1, least), cuts)
        strips = [
            part
            for strip, is_wide in zip(strips, wide, strict=True)
            for part in (_inside(strip, thinner) if is_wide else [strip])
        ]
    blank = [not any(_is_under(strip, label) for strip in strips) for label in labels]
    beside = [a or b for a, b in zip([False, *blank[:-1]], [*blank[1:], False], strict=True)]
    asked = [
        any(is_beside and _is_under(s, label) for label, is_beside in zip(labels, beside, strict=True)) for s in strips
    ]
    if any(asked):
        thinner = parted(strips_of(x0, x1, 2), cuts)
        strips = [
            part
            for strip, is_asked in zip(strips, asked, strict=True)
            for part in (_flush(strip, _inside(strip, thinner), x0, x1) if is_asked else [strip])
        ]
    return strips


def _flush(strip: Span, parts: list[Span], x0: Floats, x1: Floats) -> list[Span]:
    """The *parts* of a *strip*, those made one behind which neither many rows begin nor many end at one place. Parts
    narrower than half a glyph, where two meet, are none."""
    wide = float(np.median(x1 - x0))
    parts = [part for part in parts if part[1] - part[0] > 0.5 * wide] or parts
    joined = parts[:1]
    for a, b in parts[1:]:
        at_one_place = max(np.count_nonzero(np.abs(x0 - a) <= _STEP), np.count_nonzero(np.abs(x1 - b) <= _STEP))
        if a - joined[-1][1] >= _APART * wide and at_one_place >= _FLUSH:
            joined.append((a, b))
        else:
            joined[-1] = (joined[-1][0], b)
    if len(joined) == 1:
        return [strip]
    return [(strip[0], joined[0][1]), *joined[1:-1], (joined[-1][0], strip[1])]


def _is_under(strip: Span, label: Span) -> bool:
    return strip[0] < label[1] - _TOUCHES and label[0] < strip[1] - _TOUCHES


def _is_under_two(strip: Span, labels: list[Span]) -> bool:
    return sum(_is_under(strip, label) for label in labels) > 1


def _inside(strip: Span, parts: list[Span]) -> list[Span]:
    """Those of the *parts* that are inside the *strip*; the strip where none is."""
    return [p for p in parts if strip[0] - _STEP <= p[0] and p[1] <= strip[1] + _STEP] or [strip]


def parted(strips: list[Span], cuts: Floats) -> list[Span]:
    """The *strips*, each parted at those of the *cuts* that are inside it."""
    parts: list[Span] = []
    for a, b in strips:
        bounds = [a, *(x for x in cuts.tolist() if a + _STEP < x < b - _STEP), b]
        parts += pairwise(bounds)
    return parts


def whole_words(strips: list[Span], cuts: Floats, most: float, labels: list[Span]) -> list[Span]:
    """*strips* without the white of *most* points or less between them, unless one of the *cuts* is there or what is
    joined would stand below two *labels*: that between the letters of a typewriter, below one another in all rows."""
    joined: list[Span] = []
    for a, b in strips:
        is_near = bool(joined) and a - joined[-1][1] <= most
        is_cut = is_near and ((cuts >= joined[-1][1] - _STEP) & (cuts <= a + _STEP)).any()
        if is_near and not is_cut and not _is_under_two((joined[-1][0], b), labels):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return joined


def whole_phrases(
    strips: list[Span], bodies: list[tuple[PageContent, NDArray[np.bool_]]], most: float, labels: list[Span]
) -> list[Span]:
    """*strips* without the white that is a word space: where all that begins the right strip follows, after one drawn
    space and at most *most* points, text of the left one. In columns that are mostly blank a phrase or two is all
    there is. Where many rows do so, it may be cells whose text ends in a space, unless the white is just as wide as a
    space is: then the words stand below one another because all rows say nearly the same, as dates do. Not so where
    many rows begin right below one of the *labels*: typewritten reports leave no more between two columns; nor where
    the phrase would stand below two labels, as a total or a title does."""
    begun, bridged, exact = (np.zeros(len(strips), np.int64) for _ in range(3))
    usual = _space_width(bodies)
    right = np.array([b for _, b in strips]) + 2 * _STEP
    for content, mask in bodies:
        glyphs = content.glyphs
        strip = np.searchsorted(right, glyphs.x0)
        same_line = np.abs(glyphs.bottom[1:] - glyphs.bottom[:-1]) < 0.5 * (glyphs.bottom[1:] - glyphs.top[1:])
        goes_on = same_line & (strip[1:] == strip[:-1]) & (glyphs.x0[1:] > glyphs.x0[:-1])
        gap = glyphs.x0[1:] - glyphs.x1[:-1]
        is_bridge = same_line & (strip[1:] == strip[:-1] + 1) & (glyphs.space_before[1:] == 1) & (gap <= most)
        starts = mask.copy()
        starts[1:] &= ~goes_on
        np.add.at(begun, strip[starts & (strip < len(strips))], 1)
        bridge = np.flatnonzero(is_bridge & (gap >= 0)) + 1
        bridge = bridge[mask[bridge] & (strip[bridge] < len(strips))]
        np.add.at(bridged, strip[bridge], 1)
        np.add.at(exact, strip[bridge[np.abs(gap[bridge - 1] - usual) <= SAME_SPACE * usual]], 1)
    joined: list[Span] = []
    for k, strip_of in enumerate(strips):
        is_few = begun[k] <= _FEW_PHRASES * len(bodies)
        is_labelled = not is_few and any(abs(strip_of[0] - left) <= 2 * _STEP for left, _ in labels)
        whole = (joined[-1][0], strip_of[1]) if joined else strip_of
        are_words = 0 < bridged[k] == begun[k] and (is_few or exact[k] == begun[k]) and not is_labelled
        if joined and are_words and not (is_few and _is_under_two(whole, labels)):
            joined[-1] = whole
        else:
            joined.append(strip_of)
    return joined


def words_of(strips: list[Span], bodies: list[tuple[PageContent, NDArray[np.bool_]]]) -> list[bool]:
    """Of each strip, whether what begins in it is mostly no number: it begins with a letter, or its second or third
    glyph is a slash or colon."""
    words, total = np.zeros(len(strips) + 1), np.zeros(len(strips) + 1)
    right = np.array([b for _, b in strips]) + 2 * _STEP
    for content, mask in bodies:
        glyphs = content.glyphs
        codes = np.frombuffer(glyphs.text.encode("utf-32-le", "surrogatepass"), np.uint32)
        is_sign = (codes == ord("/")) | (codes == ord(":"))
        strip = np.searchsorted(right, glyphs.x0)
        goes_on = np.abs(np.diff(glyphs.bottom)) < 0.5 * (glyphs.bottom[1:] - glyphs.top[1:])
        goes_on &= (strip[1:] == strip[:-1]) & (glyphs.x0[1:] > glyphs.x0[:-1])
        wordy = codes >= ord("A")
        wordy[:-1] |= is_sign[1:] & goes_on
        wordy[:-2] |= is_sign[2:] & goes_on[1:] & goes_on[:-1]
        begins = mask & np.concatenate(([True], ~goes_on))
        np.add.at(words, strip[begins & wordy], 1)
        np.add.at(total, strip[begins], 1)
    found: list[bool] = (words > 0.5 * total)[:-1].tolist()
    return found


def _space_width(bodies: list[tuple[PageContent, NDArray[np.bool_]]]) -> float:
    """The usual width, in points, of the white that one drawn space leaves between two glyphs of a line; 0 for none."""
    gaps = [np.empty(0)]
    for content, mask in bodies:
        glyphs = content.glyphs
        gap = glyphs.x0[1:] - glyphs.x1[:-1]
        same_line = np.abs(np.diff(glyphs.bottom)) < 0.5 * (glyphs.bottom[1:] - glyphs.top[1:])
        gaps.append(gap[mask[1:] & same_line & (glyphs.space_before[1:] == 1) & (gap > 0)])
    found = np.concatenate(gaps)
    return float(np.median(found)) if len(found) else 0.0


def flush_starts(x: float, bodies: list[tuple[PageContent, NDArray[np.bool_]]], has_spaces: bool) -> int:
    """How many runs of text begin at *x* (within half a point): glyphs that nothing, or white without a drawn space,
    stands before on their line; white wider than one, unless the table *has_spaces* that are drawn."""
    count = 0
    apart = 0.15 if has_spaces else _SPACE
    for content, mask in bodies:
        glyphs = content.glyphs
        if not len(glyphs):
            continue
        height = glyphs.bottom - glyphs.top
        gap = glyphs.x0[1:] - glyphs.x1[:-1]
        begins = np.ones(len(glyphs), np.bool_)
        begins[1:] = (np.abs(np.diff(glyphs.bottom)) > 0.5 * height[1:]) | (gap < -0.5 * height[1:])
        begins[1:] |= (gap > apart * height[1:]) & (glyphs.space_before[1:] == 0)
        count += int(np.count_nonzero(begins & mask & (np.abs(glyphs.x0 - x) <= 2 * _STEP)))
    return count


def draws_spaces(bodies: list[tuple[PageContent, NDArray[np.bool_]]]) -> bool:
    """Whether the table's words are parted by spaces that the pages draw; titles and a few cells may be, though those
    of the table are set word by word, or letter by letter. Where no white is as narrow as that between words, the
    spaces of typewriters may be wider."""
    white = drawn = wide = typed = 0
    for content, mask in bodies:
        glyphs = content.glyphs
        line = baselines(glyphs, glyph_height(glyphs))
        order = np.lexsort((glyphs.x0, line))
        order = order[mask[order]]
        left, after = order[:-1], order[1:]
        gap, height = glyphs.x0[after] - glyphs.x1[left], glyphs.bottom[after] - glyphs.top[after]
        between = (line[left] == line[after]) & (gap > 0.15 * height)
        is_drawn = between & (after == left + 1) & (glyphs.space_before[after] > 0)
        is_wide, between = between & (gap < _TYPED * height), between & (gap < _SPACE * height)
        wide, typed = wide + int(np.count_nonzero(is_wide)), typed + int(np.count_nonzero(is_wide & is_drawn))
        white, drawn = white + int(np.count_nonzero(between)), drawn + int(np.count_nonzero(between & is_drawn))
    return drawn > _DRAWN * white if white > _TITLES * wide else typed > _DRAWN * wide


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
