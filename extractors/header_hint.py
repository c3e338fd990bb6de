"""Whether a page may hold a header at all: asked on every page, so that headers are looked for on few."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from extractors.header import MAX_LINES, MIN_KNOWN
from extractors.lines import Lines
from records.headers import header_spellings


@functools.cache
def _printed_vocabulary() -> frozenset[str]:
    """Every word of every known spelling in small letters, with its punctuation."""
    return frozenset(word for spelling in header_spellings() for word in spelling.casefold().split())


_BEYOND = 0x80
"""What no ASCII sign is reaches: where a line begins with one, it is looked at."""


@functools.cache
def _beginnings() -> NDArray[np.bool_]:
    """By the codes of two signs: whether a word of the printed vocabulary can begin with them, in small and capital
    letters; a word of one sign is followed by a space, or what stands for one."""
    may_be = np.zeros((_BEYOND + 1, _BEYOND + 1), np.bool_)
    may_be[_BEYOND] = may_be[:, _BEYOND] = True
    for word in _printed_vocabulary():
        first, second = ({sign for s in signs for sign in (s, *s.upper())} for signs in (word[0], word[1:2] or " _"))
        for a in first:
            may_be[min(ord(a), _BEYOND), [min(ord(b), _BEYOND) for b in second]] = True
    return may_be


def _first_signs(lines: Lines) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The codes of the first two signs of each line, a space where there is only one; all beyond ASCII are one."""
    first = np.minimum(lines.chars[lines.begin], _BEYOND)
    second = np.minimum(lines.chars[np.minimum(lines.begin + 1, len(lines.chars) - 1)], _BEYOND)
    return first, np.where(lines.end - lines.begin > 1, second, ord(" "))


@functools.lru_cache(maxsize=1 << 14)
def _is_of_headers(text: str) -> bool:
    """Whether all words of a line are those of headers. Lines of one log are the same again and again."""
    return _printed_vocabulary().issuperset(text.casefold().replace("_", " ").split())


def may_hold_header(lines: Lines, height: float, known: NDArray[np.bool_] | None = None) -> bool:
    """A cheap necessary condition on *lines* within columns, but those of a *known* header: lines of header words only,
    in three columns, together."""
    if not len(lines):
        return False
    may_be = _beginnings()[_first_signs(lines)]
    if known is not None:
        may_be &= ~known
    likely = [i for i in np.flatnonzero(may_be).tolist() if _is_of_headers(lines.text[i])]
    places = sorted(zip(lines.bottom[likely].tolist(), lines.column[likely].tolist(), strict=True))
    for i, (y, _) in enumerate(places):
        if len({column for bottom, column in places[i : i + 24] if bottom - y <= MAX_LINES * height}) >= MIN_KNOWN:
            return True
    return False
