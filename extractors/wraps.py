"""Where a wrapped line goes on without a space, told by what stands at the wrap: times, ids, kinds of searches and
addresses are spelled in known ways, however narrow their column is."""

from __future__ import annotations

import re

from extractors.model import Column, expected_type
from extractors.shift import SEARCH_WORDS
from extractors.values import TIME, TWO_TIMES, UUID, squeeze
from records.headers import canonical_field

SEARCH_TYPE = "search_type"
_KINDS = {TIME.name: TIME.name, TWO_TIMES.name: TIME.name, UUID.name: UUID.name}
_WORDS = tuple(sorted(word + tail for word in SEARCH_WORDS for tail in ("", "-mobile")))
_DATE_END = re.compile(r"[/-]\d{2}(?:\d{2})?\Z|[A-Za-z]\w*\.?,? ?(?:\d{1,2}, ?)?\d{4}\Z")
_CLOCK_END = re.compile(r":\d{2}\Z")
_REST = re.compile(r"\d{1,4}\Z")
"""A line that is but the end of a date or of a clock."""
_NEXT = re.compile(r"\d{1,2}:\d{2}|\d{1,2}/\d{1,2}/\d|\d{4}-\d{2}-\d")
_CLOCK = re.compile(r"\d{1,2}:\d")
_DATE = re.compile(r"\d{1,4}[/-]\d")
_ISO_END = re.compile(r"\dT\Z")
_ISO_NEXT = re.compile(r"Z\b|T\d")
_MARKS = frozenset(("am", "pm", "utc"))
_ADDRESS = re.compile(r"://|\Awww\.", re.IGNORECASE)
_QUERY = re.compile(r"[=&/?#%]|\w\.\w")
_PARAMETER = re.compile(r"[\w%.-]+=")
"""How the query of an address goes on, whose beginning may stand on an earlier line."""
_CODES = frozenset(("GC", "G.C.", "UTC", "AM", "PM"))
"""Words that follow a number: of an exemption's citation, of a time."""
_SUBSECTION = re.compile(r"(?:\A|(?<=\w|\)))\([0-9A-Za-z]{1,4}\)(?:\Z|(?=[\](,;.]))")
"""A part of a citation such as ``140/7(1)(c)`` or ``(b)(6)``, which has no spaces."""
PARTED = 0x2010
"""The hyphen that programs draw which part words themselves; people mostly type another, but some programs draw this
one for it, too."""
PARTED_WORD = r"([A-Za-z])\x{2010} ([a-z])|([A-Z])\x{2010} ([A-Z])"
"""A word that such a program parted, its lines joined (for RE2); what to put for it is :data:`WHOLE_WORD`."""
WHOLE_WORD = r"\1\2\3\4"
_RUN = 3
"""Equal signs that make a run of masking."""


def wrap_kind(column: Column) -> str | None:
    """How the column's values are spelled: ``time``, ``uuid`` or ``search_type``; None where any text may stand."""
    wanted = expected_type(column)
    kind = column.value_type or (wanted.name if wanted else None)
    if kind in _KINDS:
        return _KINDS[kind]
    return SEARCH_TYPE if column.name and canonical_field(column.name) == SEARCH_TYPE else None


def goes_on(kind: str | None, before: str, after: str, is_full: bool) -> bool | None:
    """Whether the line *before* goes on in the line *after* without a space; None where their words do not tell.
    *is_full*: the next glyph would not have fitted any more."""
    if kind == UUID.name:
        return (before[-1].isalnum() and after[0] in "-0123456789abcdefABCDEF") or before[-1] == "-" or None
    if kind == TIME.name:
        return _time_goes_on(before, after)
    tail, head = before.rsplit(" ", 1)[-1], after.split(" ", 1)[0]
    if kind == SEARCH_TYPE:
        return _word_goes_on(before, after)
    if before[-1].isdecimal() and head in _CODES:
        return False
    if _SUBSECTION.search(tail) and _SUBSECTION.match(head):
        return True
    if _ADDRESS.search(tail):
        return True if _QUERY.search(head) else None
    if tail[-1] in "?&=" and len(tail) > 1 and _PARAMETER.match(head):
        return True
    if len(tail) > _RUN and tail[-1] == "/" and tail[-_RUN - 1 : -1].isalpha() and head[0].isalpha():
        return True
    masks = len(tail) >= _RUN and not tail[-1].isdigit() and set(tail) == set(head)
    return True if masks and is_full else None


def _time_goes_on(before: str, after: str) -> bool:
    last, first = before[-1], after[0]
    if before.endswith(" /"):
        return False
    if (last.isdigit() and _ISO_NEXT.match(after)) or (first.isdigit() and _ISO_END.search(before)):
        return True
    if first == "," or (last in "/:" and first.isdigit()):
        return True
    if last == "-":
        return len(before) > 1 and before[-2].isdigit() and first.isdigit()
    if first in "/:" or (last.isdigit() and first.isdigit()):
        is_parted = (_DATE_END.search(before) and _CLOCK.match(after)) or (
            _CLOCK_END.search(before) and _DATE.match(after)
        )
        # One digit may be the first of an hour or month: 1|0:15, but not 5|10:15.
        is_rest = _REST.match(before) and _NEXT.match(after) and (len(before) > 1 or after[1:2].isdigit())
        return not (is_parted or is_rest)
    if last.isalpha() and first.isalpha():
        tail, head = re.split(r"[^A-Za-z]", before)[-1].casefold(), re.split(r"[^A-Za-z]", after)[0].casefold()
        return tail not in _MARKS and tail + head in _MARKS
    return False


def _word_goes_on(before: str, after: str) -> bool | None:
    joined = squeeze(before + after).casefold()
    if before[-1] == "-" or after[0] == "-":
        return False if any(joined in word for word in _WORDS) else None
    return True if any(joined in word for word in _WORDS) else None
