"""From blind readings to figures: how often the machine is wrong, and how often two people read the same.

Texts are compared letter by letter; only runs of spaces count as one, for a line break on the page is no difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from records.decisions import TargetKind
from records.double_review import DoubleRate
from records.marks import MarkState
from review.double_log import ADJUDICATION, READERS, READING, DoubleItem, DoubleLog, Reading


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one value of a sample stands."""

    item: DoubleItem
    readings: tuple[Reading, ...]
    """The last of each reader, the first reader first; at most two."""
    adjudication: Reading | None

    @property
    def is_read_twice(self) -> bool:
        return len(self.readings) == READERS

    @property
    def is_agreed(self) -> bool:
        return self.is_read_twice and len({_same(one) for one in self.readings}) == 1

    @property
    def is_disputed(self) -> bool:
        """Two readings that differ, between which nobody has decided yet."""
        return self.is_read_twice and not self.is_agreed and self.adjudication is None

    @property
    def truth(self) -> Reading | None:
        """What is printed, as far as people settled it."""
        if self.is_agreed:
            return self.readings[0]
        return self.adjudication if self.is_read_twice else None

    @property
    def is_abstention(self) -> bool:
        """The machine says itself that it could not read it."""
        is_state = self.item.kind is TargetKind.MARK_STATE
        return is_state and self.item.machine_text == MarkState.UNREADABLE.value

    @property
    def is_error(self) -> bool:
        truth = self.truth
        if truth is None or truth.is_unreadable or self.is_abstention:
            return False
        return folded(truth.text) != folded(self.item.machine_text)


def folded(text: str | None) -> str:
    """*text* for comparing: every run of spaces one space, none at the ends."""
    return " ".join((text or "").split())


def verdicts(items: Sequence[DoubleItem], readings: Sequence[Reading]) -> list[Verdict]:
    """Every value of a round with what was read of it."""
    said: dict[int, dict[str, Reading]] = {}
    judged: dict[int, Reading] = {}
    for one in readings:
        if one.role == READING:
            said.setdefault(one.item_number, {})[one.who] = one
        elif one.role == ADJUDICATION:
            judged[one.item_number] = one
    return [
        Verdict(item, tuple(said.get(item.item_number, {}).values()), judged.get(item.item_number)) for item in items
    ]


def rates(found: Sequence[Verdict]) -> list[DoubleRate]:
    """The figures per kind of value, field and class, in that order."""

    def key(verdict: Verdict) -> tuple[int, str, str, str]:
        item = verdict.item
        return item.round_number, item.kind.value, item.field, item.class_name

    made = []
    for (number, kind, field, class_name), group in groupby(sorted(found, key=key), key=key):
        some = list(group)
        truths = [verdict for verdict in some if verdict.truth is not None]
        settled = [verdict for verdict in truths if verdict.truth and not verdict.truth.is_unreadable]
        made.append(
            DoubleRate(
                round_number=number,
                target_kind=kind,
                field=field,
                class_name=class_name,
                class_size=some[0].item.class_size,
                sampled=len(some),
                read_twice=sum(verdict.is_read_twice for verdict in some),
                agreed=sum(verdict.is_agreed for verdict in some),
                settled=len(settled),
                unreadable=len(truths) - len(settled),
                abstained=sum(verdict.is_abstention for verdict in settled),
                errors=sum(verdict.is_error for verdict in settled),
            )
        )
    return made


def read_rates(path: Path) -> list[DoubleRate]:
    """The figures of all rounds of the log at *path*; none where there is no log."""
    if not path.exists():
        return []
    with DoubleLog(path) as log:
        return [
            rate
            for one in log.rounds()
            for rate in rates(verdicts(log.items(one.round_number), log.readings(one.round_number)))
        ]


def _same(reading: Reading) -> tuple[bool, str]:
    return reading.is_unreadable, folded(reading.text)
