"""The lines of one cell as one text: wraps undone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.hyphens import is_parted
from extractors.model import Column
from extractors.wraps import PARTED, PARTED_WORD, WHOLE_WORD, goes_on, wrap_kind

ENDS = frozenset(",;:!?)]}")
"""A line that ends so was broken at a space, however full it is."""


OPENS = frozenset("([{")
"""Nobody types a space behind these: a full line that ends so was broken within a word."""


_TECHNICAL = re.compile(r"\d|[@_]|://|\w\.\w")
"""What tokens that are cut anywhere look like: ids, account names, addresses. Plain words are broken at spaces."""


HYPHEN = chr(PARTED)
_PARTED_WORD = re.compile(PARTED_WORD.replace("\\x{2010}", "\u2010"))
_LONG = 18
_TELLING = 8
"""Lines of one word that tell how a column's words are broken."""
_DISTINCT = 3
"""Different words that fill their line: the widest of a column does by definition."""
_BY_CHANCE = 0.4
"""Lines that a word fills, for each that it does not: twice what chance makes."""


_DATE = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}\Z")
_CLOCK = re.compile(r"\d{1,2}:\d\d")


def join_lines(
    texts: list[str],
    widths: list[float],
    first_widths: list[float],
    room: float,
    widest: float,
    kind: str | None = None,
    words: tuple[str, ...] = (),
) -> str:
    """The lines of one cell as one text: wraps undone, a space where the wrap ate one.

    No space after a hyphen that stands inside a token (a UUID broken at a hyphen), nor where a token was cut because
    it did not fit its column: the line is one token, and the next glyph would not have fitted any more. *room* is
    what the column's edges allow a line at most, *widest* the widest line seen: the truth lies between, and there
    only tokens that are no plain words count as cut. *kind* is from :func:`extractors.wraps.wrap_kind`, *words* those
    of :attr:`extractors.model.Column.words`.
    """
    joined = texts[0]
    for i in range(1, len(texts)):
        before, after = texts[i - 1], texts[i]
        tail = before.rsplit(" ", 1)[-1]
        hyphenated = len(tail) > 1 and tail[-1] == "-" and tail[-2].isalnum() and after[0].isalnum()
        full = widths[i - 1] + first_widths[i]
        told = goes_on(kind, before, after, full > widest)
        if told is None:
            told = hyphenated or (
                " " not in before and full > widest and before[-1] not in ENDS and is_cut(before, after, full > room)
            )
            told |= full > widest and before[-1] in OPENS
        if told and words and is_parted(before, after, words):
            joined = joined[:-1]
        joined += after if told else " " + after
    return joined


def is_cut(before: str, after: str, is_full: bool) -> bool:
    """Whether a line that is one token was cut where its column ends, and goes on in the next. *is_full*: by the
    column's edges, the next glyph would not have fitted any more."""
    is_date = _DATE.match(before) is not None
    if is_date and _CLOCK.match(after):
        return False  # a date and its time, in a column just as wide as the date
    token = before + after.split(" ", 1)[0]
    # Longer than words are, and it goes on in small letters.
    is_word = len(before) >= _LONG and after[0].islower()
    is_title = before[-1] == "." and before[:-1].isalpha() and after[0].isupper()  # as in "Sgt. Sample"
    is_technical = _TECHNICAL.search(token) is not None and not is_date and not is_title
    # Of two words only the second one begins with a capital; few single words have one inside.
    are_words = is_title or (not is_technical and before[-1].islower() and after[0].isupper())
    return (is_full and not are_words) or is_word or is_technical


def one_word_lines(texts: list[str], widths: list[float], first_widths: list[float]) -> list[tuple[str, float]]:
    """The lines of a cell that are one plain word and not the last, and how wide each would be with the next glyph."""
    return [
        (text, widths[i] + first_widths[i + 1])
        for i, text in enumerate(texts[:-1])
        if " " not in text and text[-1].isalpha() and not _TECHNICAL.search(text)
    ]


def cuts_words(lines: list[tuple[str, float]], widest: float) -> bool | None:
    """Whether words that fill their line were cut there, by all lines of one word of a column's sample. A word that was
    broken at a space fills its line by chance: as often as one in five or six, by the length of the next word."""
    full = [text for text, width in lines if width > widest + 0.05]
    if len(lines) < _TELLING:
        return None
    if len(full) <= _BY_CHANCE * (len(lines) - len(full)) + 3:
        return False
    return True if len(set(full)) >= _DISTINCT else None


def cell_text(texts: list[str], widths: list[float], first_widths: list[float], column: Column) -> str:
    """One cell's lines as one text."""
    if len(texts) == 1:
        return texts[0]
    room, widest = column.full_width + 0.05, column.widest + 0.05
    joined = join_lines(texts, widths, first_widths, room, widest, wrap_kind(column), column.words)
    return _PARTED_WORD.sub(WHOLE_WORD, joined) if column.parts_words else joined


def parts_words(cells: Sequence[list[str]]) -> bool:
    """Whether the lines of a column's *cells* end with the hyphen of programs that part words themselves, and hold it
    nowhere else: then nobody typed it."""
    ends = [line for texts in cells for line in texts[:-1] if HYPHEN in line]
    inner = any(HYPHEN in line[:-1] for texts in cells for line in texts) or any(HYPHEN in texts[-1] for texts in cells)
    return bool(ends) and not inner
