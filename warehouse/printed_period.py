"""Periods in file names and titles: ``11_1_2025-11_30_2025``, ``Audit_Nov_2025``, ``2025-11``, ``11/2025``, ``May``."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TO = r"\s*(?:-|–|—|_|\bto\b|\bthru\b|\bthrough\b)+\s*"
_US = r"(\d{1,2})[_/.-](\d{1,2})[_/.-](20\d{2})"
_ISO = r"(20\d{2})[-_.](\d{2})[-_.](\d{2})"
_US_RANGE = re.compile(rf"(?<!\d){_US}{_TO}{_US}(?!\d)", re.IGNORECASE)
_ISO_RANGE = re.compile(rf"(?<!\d){_ISO}{_TO}{_ISO}(?!\d)", re.IGNORECASE)
_MONTH_TO_MONTH = re.compile(rf"(?<![a-z])({_NAME}){_TO}({_NAME})[\W_]*(20\d{{2}})(?!\d)", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"(?<![a-z])({_NAME})[\W_]{{0,3}}(20\d{{2}})(?![\d])(?![-_/]\d)", re.IGNORECASE)
_YEAR_MONTH = re.compile(rf"(?<!\d)(20\d{{2}})[\W_]{{0,3}}({_NAME})(?![a-z])(?![\W_]*\d)", re.IGNORECASE)
_NUMBERS = re.compile(
    r"(?<!\d)(?<!\d[-_/.])(?:(20\d{2})[-_](0[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-_/](20\d{2}))(?![-_/.]?\d)"
)
_MONTH = re.compile(rf"(?<![a-z])({'|'.join(n for n in _MONTHS if len(n) > 3)})(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included. Without a year it is a month of whatever year."""

    first: date
    last: date
    is_of_any_year: bool = False


def printed_period(text: str, is_name: bool) -> Period | None:
    """The period that *text* states, or None. A month without a year counts in a file's name only (*is_name*)."""
    if found := _US_RANGE.search(text):
        m1, d1, y1, m2, d2, y2 = (int(part) for part in found.groups())
        return _period(y1, m1, d1, y2, m2, d2)
    if found := _ISO_RANGE.search(text):
        y1, m1, d1, y2, m2, d2 = (int(part) for part in found.groups())
        return _period(y1, m1, d1, y2, m2, d2)
    if found := _MONTH_TO_MONTH.search(text):
        return _months([(int(found[3]), _MONTHS[found[1].casefold()]), (int(found[3]), _MONTHS[found[2].casefold()])])
    named = [(int(m[2]), _MONTHS[m[1].casefold()]) for m in _MONTH_YEAR.finditer(text)]
    named += [(int(m[1]), _MONTHS[m[2].casefold()]) for m in _YEAR_MONTH.finditer(text) if not named]
    named += [(int(m[1] or m[4]), int(m[2] or m[3])) for m in _NUMBERS.finditer(text) if not named]
    if named:
        return _months(named)
    alone = _MONTH.findall(text) if is_name and not re.search(r"\d[\W_]*$", text) else []
    if len(alone) == 1 and not re.search(rf"{alone[0]}[\W_]*\d", text):
        period = _months([(2000, _MONTHS[alone[0].casefold()])])
        return Period(period.first, period.last, is_of_any_year=True) if period else None
    return None


def _months(months: list[tuple[int, int]]) -> Period | None:
    (y1, m1), (y2, m2) = min(months), max(months)
    return _period(y1, m1, 1, y2, m2, calendar.monthrange(y2, m2)[1])


def _period(y1: int, m1: int, d1: int, y2: int, m2: int, d2: int) -> Period | None:
    try:
        first, last = date(y1, m1, d1), date(y2, m2, d2)
    except ValueError:
        return None
    return Period(first, last) if first <= last else None
