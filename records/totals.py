"""Totals that a log prints: ``Total: 7,273``, ``733,000 results``, ``Showing 1 to 50 of 1,234``."""

from __future__ import annotations

import re

_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)"
_WHAT = r"(?:rows?|records?|results?|search(?:es)?|entries|lookups?|audits?)"
_SHOWING = re.compile(rf"showing\s+{_NUMBER}\s*(?:to|-|–|through)\s*{_NUMBER}\s+of\s+{_NUMBER}", re.IGNORECASE)
_ON_PAGE = re.compile(
    rf"(?:page\s+total|total\s+on\s+(?:this\s+)?page|{_WHAT}\s+on\s+(?:this\s+)?page)\W*{_NUMBER}", re.IGNORECASE
)
_TOTAL = re.compile(
    rf"\btotals?(?:\s+(?:number\s+of\s+|of\s+)?{_WHAT})?(?:\s+count)?\s*[:=#]?\s*{_NUMBER}\s*(?:{_WHAT})?\s*\.?\Z",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?:(?<![\w,.#-]){_NUMBER}\s+(?:total\s+)?(?:{_WHAT})\b(?!\s*(?:per|on)\b)|\b{_WHAT}\s*(?:count)?\s*:\s*{_NUMBER})",
    re.IGNORECASE,
)


def printed_total(text: str) -> tuple[int | None, int | None] | None:
    """How many rows the page, and how many the log should hold, as a printed line says; None where it says neither."""
    if found := _SHOWING.search(text):
        first, last, every = map(_number, found.groups())
        return last - first + 1, every
    if found := _ON_PAGE.search(text):
        return _number(found[1]), None
    if found := _TOTAL.search(text) or _COUNT.search(text):
        return None, _number(next(group for group in found.groups() if group))
    return None


def is_total(text: str) -> bool:
    """Whether a text is a printed total, and nothing else."""
    return any(pattern.fullmatch(text.strip()) for pattern in (_SHOWING, _ON_PAGE, _TOTAL, _COUNT))


def _number(text: str) -> int:
    return int(text.replace(",", ""))
