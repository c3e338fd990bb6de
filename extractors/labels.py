"""The printed labels of a table: one column's, and those of a header."""

from __future__ import annotations

from dataclasses import dataclass

from records.headers import canonical_field, normalise_header
from records.places import BBox

PLACE = 4.0
"""Points by which labels of one header may stand apart on two pages, about."""


@dataclass(frozen=True, slots=True)
class Label:
    """One printed column label. ``text`` has its lines joined by a space."""

    text: str
    box: BBox

    @property
    def field(self) -> str | None:
        return canonical_field(self.text)


@dataclass(frozen=True, slots=True)
class Header:
    """The labels of one printed header, left to right, and the vertical band they fill."""

    labels: tuple[Label, ...]
    top: float
    bottom: float
    rows: tuple[str, ...] = ()
    """The words of each baseline, left to right: how the same header is recognised on another page."""
    rise: float = 0.0
    """Points by which labels that stand sideways begin above these words."""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two headers the same: their labels, normalised, and where each begins. Another sheet may print
        the same labels over columns of other widths."""
        return tuple(f"{normalise_header(label.text)}@{round(label.box.x0 / PLACE)}" for label in self.labels)

    @property
    def known(self) -> int:
        return len({label.field for label in self.labels} - {None})
