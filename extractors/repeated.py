"""Lines that stand at one place on many pages and are no part of the table: running titles, footers, page numbers."""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.find_lines import find_lines
from extractors.header import header_lines
from extractors.lines import Lines, glyph_height
from extractors.sample import SamplePage
from extractors.values import squeeze

_CLOCK = re.compile(r"\d:\d\d")
_PAGE_OF = re.compile(r"(?<![\d/])(\d+)\s*(?:/|of)\s*\d+\s*\Z|\bpage\s*(\d+)", re.IGNORECASE)
"""A page's number, at the end of a line or behind its word."""
_DATE = re.compile(r"(?<!\d)\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{2,4}(?!\d)")
_SLASH = "\0"
"""Stands for the slash of a date."""
_RIMS = 2
"""Lines at the head of a page, and at its foot, that may print its number."""
_RIM = 1.0
"""Points by which lines at one height may end apart."""
_OTHER = 0.1
"""Of the glyph height: a line so much taller or lower than the table's, or that begins so far to its left, is set
otherwise."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A whole line of a page: its place and text, its bottom, whether it is set apart from the table, and whether it is
    set otherwise; and the number of its block, of lines as close as those of the table (-1: inside the table)."""

    key: tuple[int, str]
    y: float
    is_apart: bool
    is_odd: bool
    block: int


def is_furniture(lines: Lines, furniture: tuple[tuple[float, str], ...], height: float) -> NDArray[np.bool_]:
    """Which lines are a known furniture line: all of its text, and nothing else, on its baseline. ``#`` in the known
    text stands for a number."""
    found = np.zeros(len(lines), np.bool_)
    for y, text in furniture:
        hit = np.flatnonzero(np.abs(lines.bottom - y) < 0.35 * height)
        printed = "".join(squeeze(lines.text[i]) for i in hit[np.argsort(lines.x0[hit])].tolist())
        if len(hit) and _furniture_pattern(text).fullmatch(printed):
            found[hit] = True
    return found


@functools.cache
def _furniture_pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(squeeze(text)).replace(r"\#", r"\d+"))


def repeated_lines(pages: list[SamplePage]) -> list[tuple[float, str]]:
    """Whole lines with one text at one place on at least three pages and a third of them, at the head or the foot of
    the page and set apart from the table; two pages are enough for lines set otherwise than the table that hold the
    page's number.

    The page number in a line is replaced by ``#`` first. A line set no further from its neighbours than lines inside
    the table are may be table text that happens to repeat, so it is no furniture; nor is a line with others beyond it
    that do not repeat. Above a header that is printed at the top of each page no table text stands: there any line is
    set apart, also one in the table's grid (a heading over several others), and two pages are enough; so where the
    first page alone prints the header, if all others print the line at the same place. A line that is set otherwise
    than the table need not stand apart from it if all pages print it.
    """
    shift = _number_shift(pages)
    outlines = [_outline(page, shift) for page in pages]
    seen = Counter(line.key for outline in outlines for line in outline)
    most = max(3, len(pages) // 3)
    enough = dict.fromkeys(seen, most)
    above = [_above_header(page, outline) for page, outline in zip(pages, outlines, strict=True)]
    over = set.intersection(*above) if above else set()
    over |= {key for key in set().union(*above) if seen[key] == len(pages)}
    enough |= dict.fromkeys(over | _numbered(outlines), 2)
    outer: Counter[tuple[int, str]] = Counter()
    at: dict[tuple[int, str], list[float]] = {}
    for outline in outlines:
        often = {key for key, n in enough.items() if seen[key] >= n}
        again = _blocks_again(outline, often, {key for key in often if "#" in key[1] or seen[key] == len(pages)})
        for ordered in (outline, outline[::-1]):
            for line in ordered:
                is_apart = line.is_apart or line.key in over or (line.is_odd and seen[line.key] == len(pages))
                is_apart |= line.block in again
                if not is_apart or seen[line.key] < enough[line.key]:
                    break
                outer[line.key] += 1
                at.setdefault(line.key, []).append(line.y)
    found = [(float(np.median(at[key])), key[1]) for key, n in sorted(outer.items()) if n >= enough[key]]
    if not any(page.headers for page in pages):
        found += [line for line in _unknown_header(outlines) if line not in found]
    return found


def _numbered(outlines: list[list[_Line]]) -> set[tuple[int, str]]:
    """The lines set otherwise than the table that all pages print, each with its number."""
    odd = [{line.key for line in outline if line.is_odd and "#" in line.key[1]} for outline in outlines]
    return set.intersection(*odd) if odd else set()


def _blocks_again(outline: list[_Line], often: set[tuple[int, str]], sure: set[tuple[int, str]]) -> set[int]:
    """The blocks of a few lines, all of which are *often* printed and one *sure*ly on no page for what its rows say: no
    row of a log is at its place on every page, but the rest of one may say the same on some."""
    sizes = Counter(line.block for line in outline)
    seldom = {line.block for line in outline if line.key not in often}
    told = {line.block for line in outline if line.key in sure}
    return {block for block in told if sizes[block] <= _RIMS} - seldom - {-1}


def _unknown_header(outlines: list[list[_Line]]) -> list[tuple[float, str]]:
    """The lines with which all pages begin, as far as they hold no digit: the header, printed on each page, of a log
    whose labels nobody knows. Rows of a log are no two alike, and hold an id, a time or a count. On the first page they
    may stand further down, below titles."""
    found: list[tuple[float, str]] = []
    for lines in zip(*outlines[1:], strict=False):
        first = lines[0]
        if any(line.key != first.key for line in lines) or any(map(str.isdigit, first.key[1])):
            break
        top = next((line for line in outlines[0] if line.key[1] == first.key[1] or _CLOCK.search(line.key[1])), None)
        if top is None or top.key[1] != first.key[1]:
            break
        found += dict.fromkeys(((first.y, first.key[1]), (top.y, top.key[1])))
    return found


def _above_header(page: SamplePage, outline: list[_Line]) -> set[tuple[int, str]]:
    """The lines (place and text) above the header of the page, and those that begin beside its labels and end above
    all of them, which are centred; none where it prints none."""
    if not page.headers:
        return set()
    first = page.headers[0]
    until = min(label.box.bottom for label in first.labels) - _RIM
    return {line.key for line in outline if line.y < until and line.key[1] not in first.rows}


def _number_shift(pages: list[SamplePage]) -> int:
    """By how much the pages' numbers in the document exceed those printed at their heads and feet: a letter before the
    log has none. 0 where hardly two pages print them."""
    shifts: Counter[int] = Counter()
    for page in pages:
        lines = find_lines(page.content.glyphs)
        order = np.argsort(lines.bottom)
        rims = [lines.text[i] for i in {*order[:_RIMS].tolist(), *order[-_RIMS:].tolist()}]
        found = [_PAGE_OF.search(text) for text in rims]
        shifts.update({page.content.page_number - int(match[1] or match[2]) for match in found if match})
    (shift, count), *_ = shifts.most_common(1) or [(0, 0)]
    return shift if count > 1 else 0


def _outline(page: SamplePage, shift: int) -> list[_Line]:
    """The page's whole lines, downwards; page numbers are printed *shift* lower than those in the document."""
    lines = find_lines(page.content.glyphs)
    # Baselines of centred cells lie half a line apart: a line of text is never further than this from the next.
    height = glyph_height(page.content.glyphs)
    step = max(1.25 * _usual_step(lines), 1.7 * height)
    left = np.sort(lines.x0)[1] if len(lines) > 1 else 0.0
    inside = header_lines(lines, page.headers) | _within_table(lines, page)
    order = np.argsort(lines.bottom)
    bottoms = [-np.inf, *lines.bottom[order].tolist(), np.inf]
    is_set_otherwise = np.abs(lines.bottom - lines.top - height) > _OTHER * height
    is_set_otherwise |= lines.x0 < left - _OTHER * height
    head = page.headers[0].top if page.headers else -np.inf
    found = []
    block = 0
    told = zip(order.tolist(), inside[order].tolist(), is_set_otherwise[order].tolist(), strict=True)
    for place, (i, is_inside, is_odd) in enumerate(told, start=1):
        y = bottoms[place]
        is_apart = y < head or min(max(y - bottoms[place - 1], 0), max(bottoms[place + 1] - y, 0)) > step
        block += y - bottoms[place - 1] > step
        text = page_number_free(lines.text[i], page.content.page_number - shift)
        own = -1 if is_inside else block
        found.append(_Line((round(y), text), y, is_apart and not is_inside, is_odd and not is_inside, own))
    return found


def _within_table(lines: Lines, page: SamplePage) -> NDArray[np.bool_]:
    """Lines that lie between the page's outermost wide rulings, or below its header but not at the foot of the page."""
    within = np.zeros(len(lines), np.bool_)
    ruled = page.content.rulings.horizontal
    wide = ruled[ruled[:, 1] - ruled[:, 0] > 0.5 * page.content.width]
    if len(wide) >= 2:
        within |= (lines.middle > wide[:, 2].min()) & (lines.middle < wide[:, 2].max())
    if page.headers and len(lines):
        foot = np.sort(lines.bottom)[-min(3, len(lines))]
        within |= (lines.bottom > page.headers[0].top) & (lines.bottom < foot)
    return within


def page_number_free(text: str, page_number: int) -> str:
    """The text with the page's own number replaced by ``#``: the last that "of" or "/" follows, else the last. A date's
    day or month is none."""
    text = _DATE.sub(lambda date: re.sub(r"\s*/\s*", _SLASH, date[0]), text)
    words = text.replace("/", " / ").split()
    own = [i for i, word in enumerate(words) if word.strip("().,-") == str(page_number)]
    of = [i for i in own if words[i + 1 : i + 2] in (["/"], ["of"])]
    if own:
        words[(of or own)[-1]] = "#"
    return " ".join(words).replace(_SLASH, " / ")


def _usual_step(lines: Lines) -> float:
    steps = np.diff(np.sort(lines.bottom))
    steps = steps[steps > 1.0]
    return float(np.median(steps)) if len(steps) else 12.0
