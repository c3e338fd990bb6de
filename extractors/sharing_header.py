"""Finding the headings of a sharing list: columns side by side, or one heading over a list of names.

The words of a band are grouped into labels by the choice that explains most of them with known spellings, as for audit
logs (:mod:`extractors.header`); the spellings and what makes a header are other ones.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extractors.find_lines import find_lines
from extractors.glyphs import Floats, PageContent
from extractors.labels import Header, Label
from extractors.lines import glyph_height
from extractors.words import PageWord, box_of_words, page_words
from records.headers import normalise_header
from records.marks import Direction
from records.places import BBox
from records.sharing_headers import direction_words, list_headings, sharing_fields, sharing_words

MAX_LINES = 4
"""Lines that the headings may be stacked over."""
MAX_WORDS = 8
"""Of one heading."""


@dataclass(frozen=True, slots=True)
class SharingHeader:
    """The printed headings. ``fields`` goes with ``header.labels``: a name of ``SHARING_FIELDS``, or None for a column
    of something else. ``direction`` is what one heading over a list of names says; None over columns."""

    header: Header
    fields: tuple[str | None, ...]
    direction: Direction | None = None


def find_sharing_headers(content: PageContent) -> list[SharingHeader]:
    """The headings printed on the page, top to bottom; a heading over a list of names only where no columns are found.

    A list's heading is a claim: whether names follow has to be looked at (see :mod:`extractors.sharing`).
    """
    if not len(content.glyphs):
        return []
    height = glyph_height(content.glyphs)
    rows = page_words(content.glyphs, height)
    found: list[SharingHeader] = []
    i = 0
    while i < len(rows):
        best = None
        known = sum(_word_key(word.text) in sharing_words() for word in rows[i])
        if 2 * known >= len(rows[i]):
            best = _best_band(rows, i, content.rulings.vertical, height)
        if best is None:
            i += 1
            continue
        found.append(best[1])
        i = best[0] + 1
    return found or _list_headings(content)


def _best_band(rows: list[list[PageWord]], i: int, vertical: Floats, height: float) -> tuple[int, SharingHeader] | None:
    """The best header that begins on baseline *i*, and its last baseline."""
    best: tuple[float, int, SharingHeader] | None = None
    for j in range(i, min(i + MAX_LINES, len(rows))):
        if j > i and min(w.box.top for w in rows[j]) - max(w.box.bottom for w in rows[j - 1]) > 0.9 * height:
            break
        words = [word for row in rows[i : j + 1] for word in row]
        keys = {_word_key(word.text) for word in words}
        if not any(heading <= keys for heading in direction_words()):
            continue
        for groups in (_by_rulings(words, vertical), _by_spelling(words, height)):
            header = _header(groups)
            if header is None:
                continue
            unknown = sum(len(g) for g, field in zip(groups, header.fields, strict=True) if field is None)
            score = 4.0 * len(set(header.fields) - {None}) - unknown + 0.1 * len(words)
            if best is None or score > best[0]:
                best = (score, j, header)
    return (best[1], best[2]) if best else None


def _header(groups: list[list[PageWord]]) -> SharingHeader | None:
    """The groups as headings: of an organization and a direction, or of both directions, each once."""
    if len(groups) < 2:
        return None
    fields = tuple(sharing_fields().get(_key(group)) for group in groups)
    known = [field for field in fields if field]
    if len(set(known)) < 2 or len(set(known)) != len(known):
        return None
    explained = sum(len(g) for g, field in zip(groups, fields, strict=True) if field)
    if 2 * explained < sum(map(len, groups)):
        return None
    labels = tuple(Label(_text(group), box_of_words(group)) for group in groups)
    header = Header(labels, min(label.box.top for label in labels), max(label.box.bottom for label in labels))
    return SharingHeader(header, fields)


def _list_headings(content: PageContent) -> list[SharingHeader]:
    """Lines that say "Organizations granted access" and the like, with a count or a colon behind it or not."""
    lines = find_lines(content.glyphs)
    found = []
    for i, text in enumerate(lines.text):
        direction = list_headings().get(normalise_header(text).rstrip("0123456789"))
        if direction is not None:
            top, bottom = float(lines.top[i]), float(lines.bottom[i])
            label = Label(text, BBox(float(lines.x0[i]), top, float(lines.x1[i]), bottom))
            found.append((top, SharingHeader(Header((label,), top, bottom), ("organization",), direction)))
    return [header for _, header in sorted(found, key=lambda pair: pair[0])]


def _by_rulings(words: list[PageWord], vertical: Floats) -> list[list[PageWord]]:
    """Words between neighbouring vertical rulings that cross the band; empty where it is not ruled."""
    box = box_of_words(words)
    crossing = vertical[(vertical[:, 0] < box.top + 2) & (vertical[:, 1] > box.bottom - 2)]
    xs = np.unique(np.round(crossing[:, 2], 1))
    if len(xs) < 3:
        return []
    groups: dict[int, list[PageWord]] = {}
    for word in words:
        groups.setdefault(int(np.searchsorted(xs, (word.box.x0 + word.box.x1) / 2)), []).append(word)
    return [] if 0 in groups or len(xs) in groups else [groups[k] for k in sorted(groups)]


def _by_spelling(words: list[PageWord], height: float) -> list[list[PageWord]]:
    """Words grouped so that as many as possible stand in known spellings (dynamic programming over x)."""
    stacks = _stacks(words)
    known = sharing_fields()
    best: list[tuple[float, int]] = [(0.0, 0)] + [(-np.inf, 0)] * len(stacks)
    for end in range(1, len(stacks) + 1):
        for begin in range(max(0, end - MAX_WORDS), end):
            group = [word for stack in stacks[begin:end] for word in stack]
            is_known = _key(group) in known and _is_close(stacks[begin:end], height)
            if not is_known and end - begin > 1:
                continue
            gain = (len(group) if is_known else 0.0) - 0.01
            if best[begin][0] + gain > best[end][0]:
                best[end] = (best[begin][0] + gain, begin)
    groups: list[list[PageWord]] = []
    at = len(stacks)
    while at > 0:
        begin = best[at][1]
        groups.append([word for stack in stacks[begin:at] for word in stack])
        at = begin
    return _join_unknown(groups[::-1], height)


def _join_unknown(groups: list[list[PageWord]], height: float) -> list[list[PageWord]]:
    """Neighbouring unknown words a space apart are one unknown heading."""
    joined: list[list[PageWord]] = []
    for group in groups:
        is_unknown = _key(group) not in sharing_fields()
        if (
            joined
            and is_unknown
            and _key(joined[-1]) not in sharing_fields()
            and _is_close([joined[-1], group], height)
        ):
            joined[-1] = joined[-1] + group
        else:
            joined.append(group)
    return joined


def _stacks(words: list[PageWord]) -> list[list[PageWord]]:
    """Words that overlap in x, over all lines of the band."""
    stacks: list[list[PageWord]] = []
    reach = -np.inf
    for word in sorted(words, key=lambda w: w.box.x0):
        if stacks and word.box.x0 < reach - 0.1:
            stacks[-1].append(word)
        else:
            stacks.append([word])
        reach = max(reach, word.box.x1)
    return stacks


def _is_close(stacks: list[list[PageWord]], height: float) -> bool:
    """Whether neighbouring stacks are no further apart than words of one heading."""
    gaps = (min(w.box.x0 for w in b) - max(w.box.x1 for w in a) for a, b in pairwise(stacks))
    return all(gap <= 0.9 * height for gap in gaps)


def _ordered(words: list[PageWord]) -> list[PageWord]:
    return sorted(words, key=lambda w: (w.line, w.box.x0))


def _text(words: list[PageWord]) -> str:
    return " ".join(word.text for word in _ordered(words))


def _key(words: list[PageWord]) -> str:
    return "".join(_word_key(word.text) for word in _ordered(words))


@functools.lru_cache(maxsize=8192)
def _word_key(text: str) -> str:
    return normalise_header(text)
