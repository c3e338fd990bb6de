"""How the records of two lines under a header of two lines are parted (:mod:`extractors.two_lines`): which lines are of
one record, and with which of them its lower half begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.page_text import PageWord
from extractors.values import COUNT, VALUE_TYPES

PLACE = 2.0
"""Points by which what begins at one place stands apart at most."""
_OFTEN = 0.95
"""Share of the records with a rule below them."""
_MOSTLY = 0.7
"""Share of the records with no rule within."""
_SAME = 0.3
"""Of the step between lines: what lies no further apart is at one place."""
_NEARLY = 0.8
"""Share of the records that have the white of a record of their own; the others lack the value that starts them."""
_SLACK = 1.2
"""Times the white inside records that is seen."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text of the lower line begins; where the next column of the upper line does; whether the upper line has
    no column of its own there, else the type of its values ("": any text); the type of the lower line's values where
    nearly all records print one here, a count on their last line ("": they do not)."""

    x0: float
    end: float
    is_own: bool
    above: str
    below: str = ""
    usual: tuple[str, ...] = ()
    """What the lower lines print here again and again."""

    def is_at(self, word: PageWord) -> bool:
        """Whether the word begins here."""
        return abs(word.x0 - self.x0) <= PLACE

    def typed(self, lines: list[list[PageWord]]) -> int | None:
        """The first of the further *lines* of a record with a whole value of the lower line's type here; a count must
        be in the last one: a text above it may go on with a number."""
        first = max(0, len(lines) - 1) if self.below == COUNT.name else 0
        return next((k for k in range(first, len(lines)) if self._is_typed(lines[k])), None)

    def _is_typed(self, line: list[PageWord]) -> bool:
        kind = VALUE_TYPES.get(self.below)
        begins = any(self.is_at(word) for word in begun(line))
        return kind is not None and begins and kind.whole.match("".join(self.texts(line))) is not None

    def texts(self, line: list[PageWord]) -> list[str]:
        """What a line prints between here and the next column."""
        return [word.text for word in line if self.x0 - PLACE <= word.x0 < self.end]


@dataclass(frozen=True, slots=True)
class TwoLines:
    """How records of two lines are printed: the texts of the header's lines (the upper one's labels may wrap); the type
    of the values that start records, and from where to where their column goes; where the second column begins; the
    places of the lower line's texts; whether no record has more lines than two;
    the white between the lines of a record at most; whether a rule below each record ends it, or more white than that
    (*is_parted*); how far (points) from
    the baseline of its last line that rule is at most where a record prints a lower half, if others keep the place of
    theirs free (else 0); the header's labels, from where to where each goes, and whether it is of the lower line."""

    upper: str
    lower: str
    starts: str
    left: float
    right: float
    second: float
    places: tuple[Place, ...] = ()
    is_next: bool = False
    gap: float = 0.0
    is_ruled: bool = False
    is_parted: bool = False
    slot: float = 0.0
    labels: tuple[tuple[str, float, float, bool], ...] = ()

    @property
    def head(self) -> int:
        """How many lines the header takes."""
        return self.upper.count("\n") + 2

    @staticmethod
    def from_plan(told: dict[str, Any]) -> TwoLines:
        """What the plan stores."""
        places = tuple(Place(**(place | {"usual": tuple(place["usual"])})) for place in told["places"])
        return TwoLines(**(told | {"places": places, "labels": tuple(map(tuple, told["labels"]))}))


def begun(line: list[PageWord]) -> list[PageWord]:
    """The words of a line that begin a text: the first, and those far from the one before."""
    return [word for k, word in enumerate(line) if not k or word.is_apart]


def records(
    lines: list[list[PageWord]], told: TwoLines, rules: NDArray[np.float64]
) -> Iterator[tuple[int, int | None, int]]:
    """Of every record its first line, the first line of its lower half, and the line after its last one."""
    for start, until in pairwise([*starts_of(lines, told), len(lines)]):
        end = start + 1
        while end < until and goes_on(lines[end - 1], lines[end], told, rules):
            end += 1
        yield start, _lower(lines, start, end, told, rules), end


def goes_on(above: list[PageWord], below: list[PageWord], told: TwoLines, rules: NDArray[np.float64]) -> bool:
    """Whether the line *below* may be of the record of the one *above*."""
    return gap(above, below) <= told.gap and not (told.is_ruled and _is_parted(above, below, rules))


def _is_parted(above: list[PageWord], below: list[PageWord], rules: NDArray[np.float64]) -> bool:
    """Whether a rule goes between two lines, where the lower one begins."""
    y0, y1 = max(w.bottom for w in above) - 1.0, min(w.top for w in below) + 1.0
    between = (rules[:, 2] > y0) & (rules[:, 2] < y1)
    return bool((between & (rules[:, 0] <= below[0].x0) & (rules[:, 1] >= below[0].x1)).any())


def proved(lines: list[list[PageWord]], told: TwoLines, rules: NDArray[np.float64]) -> TwoLines:
    """The records as *told*, with what their *lines* show of the rules that part them, and of the white inside them."""
    between = [lines[k : n + 1] for k, n in pairwise(starts_of(lines, told))]
    ends = [[_is_parted(a, b, rules) for a, b in pairwise(run)] for run in between]
    is_ruled = sum(end[-1] for end in ends) >= _OFTEN * len(ends)
    is_ruled &= sum(sum(end) == 1 for end in ends) >= _MOSTLY * len(ends)  # two, where one prints no id
    whites = [max(gap(a, b) for a, b in pairwise(run[:-1])) for run in between if len(run) > 2] or [0.0]
    # Between rules all is of the record; elsewhere titles may stand between records.
    inside = max(whites) if is_ruled else float(np.median(whites))
    often = _OFTEN * len(between)
    places = tuple(
        place if sum(place.typed(run[1:-1]) is not None for run in between) >= often else replace(place, below="")
        for place in told.places
    )
    slot = _slot(between, rules) if is_ruled else 0.0
    told = replace(told, is_ruled=is_ruled, gap=max(told.gap, _SLACK * inside), places=places, slot=slot)
    middle = _white_between(between)
    return told if middle is None or is_ruled else replace(told, gap=middle, is_parted=True)


def _white_between(between: list[list[list[PageWord]]]) -> float | None:
    """Points of white that are more than nearly all records of several lines have within, and less than records have
    between; None where the two are not clearly apart. *between* as in :func:`_slot`."""
    tall = [run[:-1] for run in between if len(run) > 2]
    if 2 * len(tall) < max(1, len(between)):
        return None
    within = float(np.quantile([max(gap(a, b) for a, b in pairwise(run)) for run in tall], _NEARLY))
    outside = float(np.quantile([gap(*run[-2:]) for run in between], 1 - _NEARLY))
    step = float(np.median([_baseline(b) - _baseline(a) for run in tall for a, b in pairwise(run)]))
    return (within + outside) / 2 if outside - within > _SAME * step else None


def _slot(between: list[list[list[PageWord]]], rules: NDArray[np.float64]) -> float:
    """How far below the last line of a record with a lower half its rule is at most, where others are as high without
    one, or where all are higher by a line than the white above them asks for; 0 where all records end alike. *between*
    are the lines of records, each with the first of the next one."""
    steps = [_baseline(b) - _baseline(a) for run in between for a, b in pairwise(run[:-1])]
    if not steps:
        return 0.0
    step = float(np.median(steps))
    rests = np.array([_rest(run[-2], rules) for run in between])
    least = float(rests.min())
    rooms = [min(w.top for w in run[-1]) - _baseline(run[-2]) - rest for run, rest in zip(between, rests, strict=True)]
    if least > float(np.median(rooms)) + (1 - _SAME) * step:
        least -= step  # no record on these pages prints a lower half
    is_full, is_open = rests < least + _SAME * step, rests > least + (1 - _SAME) * step
    is_told = bool(is_open.any() and (is_full | is_open).all())
    return least + _SAME * step if is_told else 0.0


def _baseline(line: list[PageWord]) -> float:
    return float(np.median([word.bottom for word in line]))


def _rest(line: list[PageWord], rules: NDArray[np.float64]) -> float:
    """Points from the baseline of a line to the next rule below it."""
    below = rules[rules[:, 2] > _baseline(line), 2]
    return float(below.min() - _baseline(line)) if len(below) else np.inf


def starts_of(lines: list[list[PageWord]], told: TwoLines) -> list[int]:
    """The first lines of records. What makes a broken-off value whole starts none, whatever it looks like. Where these
    lines print several texts, one alone is none: a page's number below a count."""
    kind, found, so_far = VALUE_TYPES[told.starts], [], ""
    for k, line in enumerate(lines):
        printed = _anchor(line, told)
        text = "".join(printed.split())
        completes = not kind.whole.match(so_far) and kind.whole.match(so_far + text) and so_far
        if kind.start.match(printed) and not completes:
            found.append(k)
            so_far = text
        else:
            so_far += text
    several = [k for k in found if len(begun(lines[k])) > 1]
    return several if len(several) >= _MOSTLY * len(found) else found


def is_lower(line: list[PageWord], told: TwoLines) -> bool:
    """Whether all texts of a line begin where those of the lower line do."""
    return all(any(place.is_at(word) for place in told.places) for word in begun(line))


def gap(above: list[PageWord], below: list[PageWord]) -> float:
    """The white between two lines."""
    return min(w.top for w in below) - max(w.bottom for w in above)


def _anchor(line: list[PageWord], told: TwoLines) -> str:
    """What the line prints in the column of the values that start records."""
    return " ".join(word.text for word in line if told.left <= word.x0 < told.right)


def _lower(lines: list[list[PageWord]], start: int, end: int, told: TwoLines, rules: NDArray[np.float64]) -> int | None:
    """The line with which the lower half of the record *start* to *end* begins: below a rule; else the first with a
    text at a place of the lower line that cannot go on with one above it, or with a value of a type that nearly all
    records print there; else the last one, where it takes the place that other records keep free; else one that begins
    in the first column when the value that starts the record is whole, or the second one, where no record has more."""
    inner = range(start + 1, end)
    ruled = next((k for k in inner if _is_parted(lines[k - 1], lines[k], rules)), None)
    if ruled is not None:
        return ruled
    fresh = next((k for k in inner if any(_is_fresh(lines[start : k + 1], place) for place in told.places)), None)
    typed = [k for place in told.places if (k := place.typed(lines[start + 1 : end])) is not None]
    if typed:
        fresh = min(fresh or end, start + 1 + min(typed))
    if fresh is not None:
        return fresh
    if told.slot:
        is_full = len(inner) and _rest(lines[end - 1], rules) < told.slot
        at = [any(place.is_at(word) for place in told.places) for word in begun(lines[end - 1])]
        # The page's end may cut its last record.
        return end - 1 if is_full and any(at) and (all(at) or end < len(lines)) else None
    so_far = "".join(_anchor(lines[start], told).split())
    for k in inner:
        if lines[k][0].x0 < told.second:
            if not is_lower(lines[k], told):
                continue
            if VALUE_TYPES[told.starts].whole.match(so_far) is not None:
                return k
            so_far += "".join(_anchor(lines[k], told).split())
    return start + 1 if told.is_next and end > start + 1 else None


def _is_fresh(lines: list[list[PageWord]], place: Place) -> bool:
    """Whether the last of a record's *lines* begins a text at the *place* that does not go on with one right above it:
    there is none, it is of the lower line's own, or its value is whole."""
    if not any(place.is_at(word) for word in begun(lines[-1])):
        return False
    above = [place.texts(line) for line in lines[:-1]]
    if place.is_own or not above[-1]:
        return True
    kind = VALUE_TYPES.get(place.above)
    so_far = "".join(text for line in above for text in line)
    more = so_far + "".join(place.texts(lines[-1]))  # a date alone is whole, too, and goes on with its clock
    return kind is not None and kind.whole.match(so_far) is not None and kind.whole.match(more) is None
