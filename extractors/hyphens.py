"""Words that a program parts at line ends with the hyphen that people type, too. Which hyphen is whose the other words
of the log tell: one is taken out where the word stands whole elsewhere, and kept and named where it does not."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from itertools import pairwise

_HEAD = re.compile(r"(?<![^\W_])([A-Za-z]+)-\Z")
_TAIL = re.compile(r"[A-Za-z]+")
_WHOLE = re.compile(r"(?<![\w-])[A-Za-z]{3,}(?![\w-])")
_COMPOUND = re.compile(r"(?<![\w-])[A-Za-z]+-[A-Za-z]+(?![\w-])")
_FEWEST = 2
"""Different words, parted in one place and whole in another, that tell that a program parts words."""
_SHARE = 0.15
"""Of all different words with a hyphen at a line end: people break compounds there, too."""

Cells = Sequence[Sequence[str]]
"""The lines of some cells."""


def words_of_parting_program(columns: Sequence[Cells]) -> tuple[str, ...]:
    """The whole words (in small letters, sorted) of a log whose program parts words; none of another log. *columns* are
    the cells of a sample, column by column."""
    broken = {pair for cells in columns for lines in cells for pair in _breaks(lines)}
    if len(broken) < _FEWEST:
        return ()
    inner = [line for cells in columns for lines in cells for line in _without_breaks(lines)]
    compounds = {word.casefold().replace("-", "") for line in inner for word in _COMPOUND.findall(line)}
    whole = {word.casefold() for line in inner for word in _WHOLE.findall(line)} - compounds
    parted = sum(head + tail in whole for head, tail in broken)
    return tuple(sorted(whole)) if parted >= max(_FEWEST, _SHARE * len(broken)) else ()


def is_parted(before: str, after: str, words: tuple[str, ...]) -> bool:
    """Whether the hyphen at the end of the line *before* is the program's: one of the *words* goes on in *after*."""
    pair = _pair(before, after)
    return pair is not None and after[0].islower() and "".join(pair) in _set(words)


def is_unsure(lines: Sequence[str], words: tuple[str, ...]) -> bool:
    """Whether a hyphen at the end of one of the *lines* may be the program's and was kept."""
    return any(
        _pair(before, after) is not None and not is_parted(before, after, words) for before, after in pairwise(lines)
    )


def _pair(before: str, after: str) -> tuple[str, str] | None:
    if not before.endswith("-"):
        return None
    head, tail = _HEAD.search(before), _TAIL.match(after)
    return (head[1].casefold(), tail[0].casefold()) if head and tail else None


def _breaks(lines: Sequence[str]) -> list[tuple[str, str]]:
    """The parts of words, in small letters, that a hyphen at a line end parts."""
    return [pair for before, after in pairwise(lines) if after[:1].islower() and (pair := _pair(before, after))]


def _without_breaks(lines: Sequence[str]) -> list[str]:
    """The lines without the words at their ends that go on in the next line, and without those rests."""
    kept, is_rest = [], False
    for line in lines:
        goes_on = line.endswith("-")
        line = line.rpartition(" ")[0] if goes_on else line
        kept.append(line.partition(" ")[2] if is_rest else line)
        is_rest = goes_on
    return kept


@functools.lru_cache(maxsize=8)
def _set(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)
