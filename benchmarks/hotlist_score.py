"""Marks that were read against marks as drawn: matching and counting. Knows nothing of any reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from records.marks import MarkState
from samples.hotlists.spec import ON_STATES
from samples.hotlists.truth import Box, DrawnMark, DrawnPage

KIND_COLUMNS = {name: name for name in ("marks", "found", "exact", "right", "wrong", "unreadable", "false_alarms")}
KIND_COLUMNS["silent"] = "silent_swaps"
"""What is counted for each style of mark -> the count of all marks that it is a part of."""
OFF_STATES = frozenset({MarkState.OFF, MarkState.DISABLED_OFF})


@dataclass(frozen=True, slots=True)
class GotMark:
    """One mark that a reader gave, boxes in the coordinates of the truth. ``is_named``: an issue names this mark."""

    label: str
    state: MarkState
    label_box: Box
    mark_box: Box | None
    is_named: bool = False
    label_agreement: str = ""
    basis: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class GotPage:
    """What a reader found on one page. ``facts``: (fact, value)."""

    marks: tuple[GotMark, ...]
    facts: frozenset[tuple[str, str]] = frozenset()
    page_issues: tuple[str, ...] = ()
    kind: str = ""


@dataclass(slots=True)
class Score:
    """Counts over any number of pages. Marks that are cut or soiled count in ``swaps`` and ``doubtful`` only."""

    marks: int = 0
    found: int = 0
    exact: int = 0
    """Labels equal to the drawn ones, white space as single spaces."""
    right: int = 0
    wrong: int = 0
    """Given a state, and not the drawn one; swaps of on and off are among them."""
    unreadable: int = 0
    swaps: int = 0
    silent_swaps: int = 0
    """On for off or off for on, without an issue that names the mark."""
    false_alarms: int = 0
    """Right state and right label, and an issue names it."""
    boxes_right: int = 0
    invented: int = 0
    """Marks where none is drawn, or with a label that the page does not show."""
    doubtful: int = 0
    doubtful_named: int = 0
    """Cut or soiled marks; of these: left out, unreadable, or named by an issue."""
    facts: int = 0
    facts_right: int = 0
    pictures: int = 0
    seconds: float = 0.0
    by_agreement: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """(class, label exact) -> labels."""
    by_class: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """(style/agreement, label and state right) -> marks given a state, invented ones among the wrong."""
    by_kind: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(style of the drawn mark, ``marks``, ``found``, ``exact``, ``right``, ``wrong``, ``unreadable``, ``silent`` or
    ``false_alarms``) -> marks."""
    examples: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take the counts of *other* in."""
        for name in self.__dataclass_fields__:
            mine, theirs = getattr(self, name), getattr(other, name)
            setattr(self, name, mine + theirs)

    @property
    def is_clean(self) -> bool:
        """Nothing to look at."""
        return self.found == self.exact == self.right == self.marks and not (self.invented or self.swaps)


def score(truth: DrawnPage, got: GotPage, seconds: float = 0.0) -> Score:
    """How *got* compares with *truth*."""
    result = Score(pictures=1, seconds=seconds)
    pairs = match(truth.marks, got.marks)
    for index, mark in enumerate(truth.marks):
        one = Score()
        _count(one, mark, got.marks[pairs[index]] if index in pairs else None)
        one.by_kind.update({(str(mark.style), name): getattr(one, column) for name, column in KIND_COLUMNS.items()})
        result.add(one)
    shown = {_squeeze(mark.label) for mark in truth.marks if mark.is_cut}
    for number in set(range(len(got.marks))) - set(pairs.values()):
        if _squeeze(got.marks[number].label) not in shown:
            result.invented += 1
            _count_class(result, got.marks[number], False)
            result.examples.append(f"invented {got.marks[number].label!r} {got.marks[number].state}")
    wanted = {_fact(fact.fact, fact.value) for fact in truth.facts}
    result.facts, result.facts_right = len(wanted), len(wanted & {_fact(*fact) for fact in got.facts})
    return result


def _count(result: Score, mark: DrawnMark, got: GotMark | None) -> None:
    is_swap = got is not None and (
        (mark.state in ON_STATES and got.state in OFF_STATES) or (mark.state in OFF_STATES and got.state in ON_STATES)
    )
    is_named = got is not None and got.is_named
    result.swaps += is_swap
    if is_swap and not is_named:
        result.silent_swaps += 1
        result.examples.append(f"SILENT SWAP {mark.label!r} is {mark.state}")
    if mark.is_cut:
        result.doubtful += 1
        result.doubtful_named += got is None or is_named or got.state is MarkState.UNREADABLE
        return
    result.marks += 1
    if got is None:
        result.examples.append(f"lost {mark.label!r} {mark.state}")
        return
    is_exact = " ".join(got.label.split()) == " ".join(mark.label.split())
    result.found += 1
    result.exact += is_exact
    result.by_agreement[got.label_agreement, is_exact] += 1
    _count_class(result, got, is_exact and got.state is mark.state)
    if not is_exact:
        result.examples.append(f"label {mark.label!r} read {got.label!r} ({got.label_agreement}, named {is_named})")
    if got.state is MarkState.UNREADABLE:
        result.unreadable += 1
        result.examples.append(f"unreadable {mark.label!r} is {mark.state}: {got.basis}")
    elif got.state is mark.state:
        result.right += 1
        result.false_alarms += is_exact and is_named
    else:
        result.wrong += 1
        result.examples.append(f"state {mark.label!r} is {mark.state}, read {got.state}: {got.basis}")
    center = _center(got.mark_box) if got.mark_box else _center(got.label_box)
    room = mark.mark_box if got.mark_box else mark.label_box
    result.boxes_right += _overlap(mark.label_box, got.label_box) > 0.4 and _holds(room, center)


def _count_class(result: Score, got: GotMark, is_right: bool) -> None:
    if got.state is not MarkState.UNREADABLE:
        result.by_class[f"{got.style}/{got.label_agreement}", is_right] += 1


def match(truth: Sequence[DrawnMark], got: Sequence[GotMark]) -> dict[int, int]:
    """Index in *truth* -> index in *got*: by boxes that overlap, and by labels that are equal; each used once."""
    scored = []
    for index, mark in enumerate(truth):
        for number, one in enumerate(got):
            near = _overlap(mark.label_box, one.label_box)
            if one.mark_box is not None:
                near += _overlap(mark.mark_box, one.mark_box)
            near += 0.5 * (_squeeze(mark.label) == _squeeze(one.label))
            if near > 0.3:
                scored.append((-near, index, number))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, index, number in sorted(scored):
        if index not in pairs and number not in used:
            pairs[index] = number
            used.add(number)
    return pairs


def _fact(name: str, value: str) -> tuple[str, str]:
    """Whether the agency named on a page is the account that is signed in cannot be seen: the same here."""
    return ("account" if name == "agency" else name), _squeeze(value)


def _squeeze(text: str) -> str:
    return "".join(text.split()).casefold()


def _overlap(a: Box, b: Box) -> float:
    """Common area over the area of both."""
    common = max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    both = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common
    return common / both if both > 0 else 0.0


def _center(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _holds(box: Box, place: tuple[float, float], slack: float = 3.0) -> bool:
    return box[0] - slack <= place[0] <= box[2] + slack and box[1] - slack <= place[1] <= box[3] + slack
