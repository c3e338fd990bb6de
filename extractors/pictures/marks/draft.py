"""A mark while it is being worked out: mutable, in working pixels."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import Box
from records.issues import Severity
from records.marks import MarkMethod, MarkState, MarkStyle


@dataclass(slots=True)
class Doubt:
    """An issue of one mark."""

    code: str
    severity: Severity
    message: str


@dataclass(slots=True)
class Draft:
    """One mark. ``contrast``: of the mark itself, in levels; what tells disabled marks from live ones."""

    style: MarkStyle
    box: Box | None
    runs: list[Run]
    state: MarkState = MarkState.UNREADABLE
    basis: str = ""
    method: MarkMethod = MarkMethod.PIXELS
    contrast: float | None = None
    fill: float | None = None
    """Of the field inside, its difference from the ground in levels: many styles draw a disabled box with another."""
    is_block: bool = False
    """A solid block in the box, or a crooked dash on a fill: "some" on a parent, and nothing certain elsewhere."""
    doubts: list[Doubt] = field(default_factory=list)
    word_lines: list[int] = field(default_factory=list)
    """Lines of the words that say its state."""
    parent: Draft | None = None
    group_label: str | None = None
    column: int | None = None
    """Which of several columns of marks beside one label it is in, from 1, where no heading tells them apart."""
    label_text: str | None = None
    """The label, where it is not the runs as read."""

    @property
    def place(self) -> Box:
        """Where it is on the page: its own box, else its label's."""
        if self.box is not None:
            return self.box
        return self.runs[0].box

    def settle(self, state: MarkState, basis: str) -> None:
        self.state, self.basis = state, basis

    def doubt(self, code: str, severity: Severity, message: str) -> None:
        if all(d.code != code for d in self.doubts):
            self.doubts.append(Doubt(code, severity, message))

    def give_up(self, basis: str) -> None:
        """Unknown is never off."""
        self.settle(MarkState.UNREADABLE, basis)
        self.doubt("mark_unreadable", Severity.DOUBT, f"The mark could not be told: {basis}.")


def is_on(state: MarkState) -> bool:
    """On, disabled or not."""
    return state in (MarkState.ON, MarkState.DISABLED_ON)


def is_off(state: MarkState) -> bool:
    """Off, disabled or not."""
    return state in (MarkState.OFF, MarkState.DISABLED_OFF)
