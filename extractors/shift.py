"""Rows whose cells stand one column off their headers: what a cell deleted or inserted in a spreadsheet leaves behind.

Found by value types: a time in the column after the times, a count in the one after the counts. Nothing is moved; the
range of rows is told as one issue, and every cell concerned has one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.model import TableModel
from extractors.values import TIME, TWO_TIMES, UUID, VALUE_TYPES, is_marker, is_type, squeeze
from records.headers import canonical_field

SEARCH_WORDS = frozenset(
    (
        "lookup", "search", "convoy", "visual", "freeform", "multigeo", "apilookup", "apiv1", "searchsummary",
        "mostseenocrvalues",
    )
)  # fmt: skip
_MODERATION = frozenset(("allow", "warn", "block"))
CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?([AP]M)?(UTC)?", re.IGNORECASE)
CLOCK_KIND = "clock"
_SURE = 2
"""Weight of the cells of one row that fit the neighbouring column and not their own, for the row to be shifted whatever
is around: an id or a time is unmistakable, a count or a search type is not."""
_UNMISTAKABLE = (UUID.name, TIME.name, TWO_TIMES.name, CLOCK_KIND)
_RANGE = 3
"""Rows of a run of which each has a lesser sign."""
_GAP = 2
"""Rows of a range that show no sign themselves."""


@dataclass(frozen=True, slots=True)
class ShiftSign:
    """What speaks for one row's being shifted. The first shifted column is one of *low* to *high*; *last* is the last
    one; *blank* are those of them that hold nothing. *step* is 1 to the right, -1 to the left, 0 where a cell is unlike
    its column and nothing tells where it belongs."""

    page_number: int
    row_number: int
    step: int
    evidence: int
    low: int
    high: int
    last: int
    blank: tuple[int, ...]

    @staticmethod
    def from_json(told: dict[str, Any]) -> ShiftSign:
        """The sign as a chunk's manifest holds it."""
        return ShiftSign(**told | {"blank": tuple(told["blank"])})


_FURTHER = {"search_type": "search_type", "moderation": "moderation", "search_time": CLOCK_KIND}
"""Fields whose values tell themselves beside the value types: by a word, or by a time of day in a column of its own."""
MASKS = frozenset("*#█-–—.Xx[(")
"""First characters of what stands in place of a value."""


def expected_kinds(model: TableModel) -> list[str | None]:
    """For each column the kind of value by which a shift would show; None where any text may stand."""
    fields = [canonical_field(column.name) if column.name else None for column in model.columns]
    return [c.value_type or _FURTHER.get(field or "") for c, field in zip(model.columns, fields, strict=True)]


class ShiftSigns:
    """Looks for signs of a shift in the rows of one table model."""

    def __init__(self, model: TableModel) -> None:
        self._expected = expected_kinds(model)
        self._typed = [j for j, column in enumerate(model.columns) if column.value_type]
        self._further = [j for j, kind in enumerate(self._expected) if kind in _FURTHER.values()]

    def look(self, place: tuple[int, int], texts: Sequence[str | None], is_doubtful: bool) -> ShiftSign | None:
        """The sign in one row at *place* (page, row number), if there is one; *is_doubtful* where a cell of it is
        unlike its column. Rows that are not cost next to nothing."""
        is_blank = any((text := texts[j]) is None or text[0] in MASKS for j in self._typed)
        if not is_doubtful and not is_blank and not any(self._is_odd(j, texts[j]) for j in self._further):
            return None
        found = [sign for step in (1, -1) if (sign := self._sign(place, texts, step))]
        return max(found, key=lambda sign: sign.evidence, default=None) or self._weak_sign(place, texts)

    def _is_odd(self, column: int, text: str | None) -> bool:
        kind = self._expected[column]
        return kind == CLOCK_KIND if text is None else not is_kind(kind, text)

    def _weak_sign(self, place: tuple[int, int], texts: Sequence[str | None]) -> ShiftSign | None:
        """The first cell that is unlike its column, whatever it is."""
        right = [j for j, kind in enumerate(self._expected) if is_kind(kind, texts[j])]
        for j in self._typed:
            if texts[j] is not None and not _fits(self._expected[j], texts[j]):
                low = max((k for k in right if k < j), default=-1) + 1
                last = min((k for k in right if k > j), default=len(texts)) - 1
                return ShiftSign(*place, 0, 0, low, j, last, ())
        return None

    def _sign(self, place: tuple[int, int], texts: Sequence[str | None], step: int) -> ShiftSign | None:
        count = len(texts)
        weight = 0
        moved: list[int] = []
        right: list[int] = []
        for j, kind in enumerate(self._expected):
            if kind is None:
                continue
            if is_kind(kind, texts[j]):
                from_there = j - step
                if not (0 <= from_there < count and self._expected[from_there] == kind):
                    right.append(j)  # between two columns of one type a shift does not show
                continue
            there = j + step
            if 0 <= there < count and is_kind(kind, texts[there]) and not is_kind(self._expected[there], texts[there]):
                moved.append(j)
                weight += _SURE if kind in _UNMISTAKABLE or self._expected[there] else 1
        if not moved:
            return None
        first = min(moved) if step > 0 else min(moved) - 1
        low = max((j for j in right if j < first), default=-1) + 1
        last = min((j for j in right if j > max(moved) + max(step, 0)), default=count) - 1
        blank = tuple(j for j in range(low, first + 1) if texts[j] is None)
        return ShiftSign(*place, step, weight, low, first, last, blank)


@dataclass(frozen=True, slots=True)
class ShiftedRange:
    """Rows, downwards, that are shifted alike; *first* and *last* are columns."""

    rows: tuple[tuple[int, int], ...]
    step: int
    first: int
    last: int


def shifted_ranges(signs: Iterable[ShiftSign], order: Sequence[tuple[int, int]]) -> list[ShiftedRange]:
    """The ranges that *signs* tell; *order* holds all rows (page, row number) of the segment, downwards."""
    at = {place: k for k, place in enumerate(order)}
    mine = [(at[place], s) for s in signs if (place := (s.page_number, s.row_number)) in at]
    runs: list[list[tuple[int, ShiftSign]]] = []
    for k, sign in sorted(mine, key=lambda pair: pair[0]):
        if runs and k - runs[-1][-1][0] <= 1 + _GAP and sign.step == runs[-1][-1][1].step:
            runs[-1].append((k, sign))
        else:
            runs.append([(k, sign)])
    return [_range(run, order) for run in runs if _is_sure([sign for _, sign in run])]


def _is_sure(signs: Sequence[ShiftSign]) -> bool:
    return len(signs) >= _RANGE or max(sign.evidence for sign in signs) >= _SURE


def _range(run: Sequence[tuple[int, ShiftSign]], order: Sequence[tuple[int, int]]) -> ShiftedRange:
    signs = [sign for _, sign in run]
    low, high = max(sign.low for sign in signs), min(sign.high for sign in signs)
    if low > high:  # the rows do not begin at one column
        low = min(sign.low for sign in signs)
    elif signs[0].step > 0:  # what was inserted: the inserted cell is blank in all rows
        blank = frozenset.intersection(*(frozenset(sign.blank) for sign in signs))
        low = min((j for j in blank if low <= j <= high), default=low)
    rows = tuple(order[run[0][0] : run[-1][0] + 1])
    return ShiftedRange(rows, signs[0].step, low, max(sign.last for sign in signs))


def _fits(kind: str | None, text: str | None) -> bool:
    return is_kind(kind, text) or (kind is not None and text is not None and is_marker(text))


def is_kind(kind: str | None, text: str | None) -> bool:
    """Whether a text is of a kind: a value type, a time of day, a search type or a word of moderation."""
    if kind is None or text is None:
        return False
    if kind == CLOCK_KIND:
        return CLOCK.fullmatch(squeeze(text)) is not None
    if kind == "search_type":
        return _word(text) in SEARCH_WORDS
    if kind == "moderation":
        return _word(text) in _MODERATION
    return is_type(VALUE_TYPES[kind], text)


def _word(text: str) -> str:
    return squeeze(text).casefold().removesuffix("-mobile")
