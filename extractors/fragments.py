"""Pieces of times and counts where no piece can stand: what shows that a column was cut, even where it was in every row
and no cell is unlike the others."""

from __future__ import annotations

import functools
import re

from extractors.model import Column, expected_type
from extractors.usual import is_cut_word
from extractors.values import COUNT, UUID, VALUE_TYPES, is_marker, is_type, squeeze
from records.headers import canonical_field

PIECE = r"^UTC(?: |$)|^[AP]M UTC|^[AP]M(?: [AP]M)*$|^,$|^\d{1,2}:\d{2}:\d{2} ?[AP]M(?: UTC| |$)|[^\d\s] [AP]M UTC$"
"""A cell that begins in the middle of a time, or ends with the end of one. RE2 and Python read it alike."""
TIMELY = r"\bUTC\b|\d:\d{2}:\d{2}"
"""What no plate, number or kind of search holds."""
_TIMELESS = frozenset(
    {"license_plate", "case_number", "search_type", "moderation", "org_name", "filters", "text_prompt"}
)
DATED = r"(?:\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2})"
"""A text with such a date is written in a known way, so the whole of a time or a period must be, too."""
_SOME = 0.2
"""Share of a column's values of its kind from which on every other one is doubtful, though they be the most."""
_MOSTLY_WORDS = 0.5
"""The same for kinds of searches, of which new ones appear."""
TWO_NUMBERS = r"\d \d"
_ZONED = r"\(?[A-Za-z]{1,5}\)?(?:[+-]\d{1,2}(?::?\d{2})?)?\)?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_MOMENT = rf"(?:{_WEEKDAY},?)?{DATED}[T,]?(?:\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?(?:[AP]\.?M\.?)?)?(?:{_ZONED})?"
_TIMES = {"time": _MOMENT, "two_times": rf"{_MOMENT}(?:to|-|–|—|/|;|,)?{_MOMENT}"}


@functools.cache
def whole_pattern(name: str) -> str:
    """The pattern that a dated text of the value type *name* must match as a whole, white space removed; for counts
    that of the type itself."""
    return _TIMES.get(name) or VALUE_TYPES[name].whole.pattern.removesuffix(r"\Z")


def wanted_kind(column: Column) -> str | None:
    """The value type whose pieces the column must not hold though too few of its cells are of it; None where any text
    may stand, and where the column is known to be of its type: then every other cell is doubtful anyway."""
    wanted = None if column.value_type else expected_type(column)
    return wanted.name if wanted else None


def holds_count(column: Column) -> bool:
    """Whether the column's name promises counts."""
    return expected_type(column) is COUNT


def strays(column: Column) -> str | None:
    """The pattern of what other columns' times leave behind in this one; None where times may stand."""
    if may_hold_clock(column):
        return None
    field = column.label.field if column.label else None
    return f"{PIECE}|{TIMELY}" if field in _TIMELESS else PIECE


def may_hold_clock(column: Column) -> bool:
    """Whether a time of day, or a part of one, is a value of the column: one of a time, or of a name nobody knows."""
    wanted = expected_type(column)
    return column.label is None or column.label.field is None or bool(wanted and wanted.name in _TIMES)


def is_piece(column: Column, text: str) -> bool:
    """Whether the cell's text is a piece of a value, or a value with something else in it."""
    stray = strays(column)
    if stray is not None and re.search(stray, text):
        return True
    if is_marker(text):
        return False
    if column.end is not None and not re.search(column.end, squeeze(text)):
        return True
    if column.name and column.like >= _MOSTLY_WORDS and canonical_field(column.name) == "search_type":
        return is_cut_word(text)
    if holds_count(column) and re.search(TWO_NUMBERS, text):
        return True
    name = wanted_kind(column)
    if name is None or is_type(VALUE_TYPES[name], text):
        return False
    if column.like >= _SOME:
        return True
    if name == UUID.name:
        return False
    sign = r"\d" if name == "count" else rf"{DATED}|^(?:UTC|[AP]M)\b"
    return bool(re.search(sign, text)) and not re.fullmatch(whole_pattern(name), squeeze(text), re.IGNORECASE)
