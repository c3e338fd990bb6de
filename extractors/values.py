"""What values look like: patterns that tell columns, rows and misreadings apart. Never used to change a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TIME = r"\d{1,2}/\d{1,2}/\d{2,4},?\d{1,2}:\d{2}(:\d{2})?([AP]M)?(UTC|[A-Z]{2,4})?"
_ISO = r"\d{4}-\d{2}-\d{2}[T,]?(\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|UTC|[+-]\d{2}:?\d{2})?)?"
_DATE = r"\d{1,2}/\d{1,2}/\d{2,4}"
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_NAMED = (
    rf"({_MONTH}\d{{1,2}},?\d{{4}}|\d{{1,2}}-?{_MONTH}-?,?\d{{2,4}})"
    r"(,?\d{1,2}:\d{2}(:\d{2})?([AP]M)?(UTC|[A-Z]{2,4})?)?"
)
_BEGUN = (
    rf"\d{{1,2}}/\d{{1,2}}(/\d{{2,4}}|/?\Z)|\d{{4}}-\d{{2}}(-\d{{2}}|-?\Z)"
    rf"|{_MONTH} ?\d{{1,2}}\b|\d{{1,2}}[ -]?{_MONTH}\b"
)
"""A narrow column breaks a date before its end."""


@dataclass(frozen=True, slots=True)
class ValueType:
    """``whole`` matches a value with its white space removed; ``start`` a first line, white space kept."""

    name: str
    whole: re.Pattern[str]
    start: re.Pattern[str]


def _type(name: str, whole: str, start: str) -> ValueType:
    return ValueType(name, re.compile(f"(?:{whole})\\Z", re.I), re.compile(start, re.I))


UUID = _type("uuid", r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", r"[0-9a-f]{8}(-|\Z)")
UUID_LENGTH = 36
TWO_TIMES = _type("two_times", f"({_TIME}|{_ISO}|{_NAMED})(to|-|–|—)?({_TIME}|{_ISO}|{_NAMED})", f"({_BEGUN})")
TIME = _type("time", f"{_TIME}|{_ISO}|{_NAMED}|{_DATE}", f"({_BEGUN})")
COUNT = _type("count", r"\d{1,3}(,\d{3})+|\d+(\.0)?", r"[\d,.]+\Z")

VALUE_TYPES: dict[str, ValueType] = {t.name: t for t in (UUID, TWO_TIMES, TIME, COUNT)}
"""In the order in which a column's type is tried."""

FIELD_TYPES: dict[str, ValueType] = {
    "id": UUID,
    "search_time": TIME,
    "time_frame": TWO_TIMES,
    "total_networks_searched": COUNT,
    "total_devices_searched": COUNT,
}
"""What the values of a canonical field usually look like; a log may print something else."""

MONTH = re.compile(rf"{_MONTH}\Z", re.I)
"""The name of a month, short or whole."""

SEARCH_TYPES = frozenset(
    {"lookup", "search", "convoy", "visual", "freeform", "multigeo"}
    | {"apilookup", "apiv1", "searchsummary", "mostseenocrvalues"}
)
"""The kinds of search that logs print, in small letters."""

MARKER = re.compile(
    r"\*+|#+|X{3,}|█+|[-–—]+|\.|n/?a|none|null|\(?blank\)?|\[?\(?redact(ed|ion)?\)?\]?.*|.*\bG\.?C\.?|withheld.*", re.I
)
"""Texts that stand in place of a value (masked, redacted, placeholder); a typed column may hold them."""


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def is_type(value_type: ValueType, text: str) -> bool:
    """Whether a printed value, wrapped or not, is of the type."""
    return value_type.whole.match(squeeze(text)) is not None


def is_marker(text: str) -> bool:
    """Whether the text stands in place of a value."""
    return MARKER.fullmatch(text.strip()) is not None
