"""What the values of a column usually look like, learnt from the rows of the sample: a cell that departs from it is
doubtful, though its neighbours may be damaged alike."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.model import Column, expected_type
from extractors.shift import SEARCH_WORDS, is_kind
from extractors.values import TIME, TWO_TIMES, is_type, squeeze
from records.headers import canonical_field, header_aliases, normalise_header

_ENOUGH = 8
"""Values of the sample without which nothing is usual."""
_ZONED = 0.3
"""Share of a column's times that bear a zone from which on one without is cut."""
_HALVES = 0.8
"""The same for AM and PM."""
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
_CLOCK_ONLY = re.compile(rf"{_CLOCK}(?:[AaPp]\.?[Mm]\.?)?(?:\(?[A-Z]{{2,4}}\)?)?")
_CLOCKS = 0.5
"""Share of a column's times that are a time of day alone from which on a date beside one is not of it."""
_ZONE = re.compile(rf"{_CLOCK}(?:[AP]M)?\(?(?!AM|PM|TO)([A-Z]{{2,4}})(?![A-Za-z])")
_HALF = re.compile(rf"{_CLOCK}[AP]M", re.IGNORECASE)


def share_of_kind(column: Column, values: Sequence[str]) -> float:
    """The share of *values* that are of the kind that the column's name promises; 0 where it promises none."""
    if len(values) < _ENOUGH:
        return 0.0
    wanted = expected_type(column)
    if wanted is not None:
        return sum(is_type(wanted, value) for value in values) / len(values)
    if column.name and canonical_field(column.name) == "search_type":
        return sum(is_kind("search_type", value) for value in values) / len(values)
    return 0.0


def usual_end(column: Column, values: Sequence[str]) -> str | None:
    """A pattern (for Python and RE2, white space removed) that the column's times match to their end: a zone behind
    each clock, else AM or PM, or a clock and nothing else; None where they need not."""
    wanted = expected_type(column)
    if wanted not in (TIME, TWO_TIMES) or len(values) < _ENOUGH:
        return None
    plain = [squeeze(value) for value in values]
    if sum(_CLOCK_ONLY.fullmatch(value) is not None for value in plain) >= _CLOCKS * len(plain):
        return rf"^{_CLOCK_ONLY.pattern}$"
    zones = {zone for value in plain for zone in _ZONE.findall(value)}
    zoned, halved = [len(_ZONE.findall(value)) for value in plain], [len(_HALF.findall(value)) for value in plain]
    if sum(map(bool, zoned)) >= _ZONED * len(plain):
        end, found = rf"\d(?:[AP]M)?\(?(?:{'|'.join(sorted(zones))})\)?", zoned
    elif sum(map(bool, halved)) >= _HALVES * len(plain):
        end, found = r"\d[APap][Mm]", halved
    else:
        return None
    is_double = wanted is TWO_TIMES and 2 * sum(n > 1 for n in found) > sum(map(bool, found))
    return rf"{end}.*{end}$" if is_double else rf"{end}$"


def is_cut_word(text: str) -> bool:
    """Whether a kind of search has lost letters, or has another value beside it."""
    plain = squeeze(text).casefold()
    words = {word + tail for word in SEARCH_WORDS for tail in ("", "-mobile")}
    if plain in words:
        return False
    is_part = any(word.startswith(plain) or word.endswith(plain) for word in words)
    return is_part or (" " in text.strip() and any(part.casefold() in SEARCH_WORDS for part in text.split()))


def is_cut_label(label: str) -> bool:
    """Whether a label stands for no field but is the beginning of one that does: the last of a print that the page's
    edge cuts."""
    plain = normalise_header(label)
    known = header_aliases()
    return len(plain) > 1 and plain not in known and any(key.startswith(plain) for key in known)
