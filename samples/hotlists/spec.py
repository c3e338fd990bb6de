"""What a settings page shows, before anybody has decided how it looks on the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from records.marks import MarkState


@dataclass(frozen=True, slots=True)
class Entry:
    """One topic of the list. ``level`` is its indentation: an entry is the child of the last one above it with less."""

    label: str
    state: MarkState
    level: int = 0
    description: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under a heading; without a heading, entries at the top of the list."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else is on the screen. None of it is a mark."""

    sidebar: bool = False
    toolbar: bool = False
    modal: bool = False
    scroll_bar: bool = False
    buttons: bool = False
    hint: bool = False


@dataclass(frozen=True, slots=True)
class ListSpec:
    """One settings page. ``style`` is a name of :mod:`samples.hotlists.styles` or
    :mod:`samples.hotlists.random_look`, ``theme`` one of the former."""

    style: str
    groups: tuple[Group, ...]
    theme: str = "light"
    title: str = ""
    list_name: str = ""
    account: str = ""
    date: str = ""
    """As printed, in one of the forms that :func:`samples.hotlists.random_spec.dates` makes."""
    date_value: str = ""
    """The same as YYYY-MM-DD."""
    counter: str = ""
    """``of`` (12 of 14 selected), ``selected`` (12 selected), or nothing."""
    font: str = "sans-serif"
    size: int = 15
    """Of the labels, in CSS pixels."""
    scale: float = 1.0
    width: int = 760
    columns: int = 1
    gap: int = 10
    """Between two entries, in CSS pixels."""
    is_zebra: bool = False
    is_ruled: bool = False
    mark_right: bool = False
    words: tuple[str, str] = ("On", "Off")
    around: Surroundings = Surroundings()
    look: int = 0
    """Seed of the look, in styles of which every seed looks otherwise."""
    cut_top: float = 0.0
    """Share of the list's height that is cropped away above (``cut_bottom``: below)."""
    cut_bottom: float = 0.0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, top to bottom."""
        return tuple(entry for group in self.groups for entry in group.entries)

    def with_states(self, states: dict[str, MarkState]) -> ListSpec:
        """The same page after somebody changed the entries with these labels."""
        groups = tuple(
            replace(group, entries=tuple(replace(e, state=states.get(e.label, e.state)) for e in group.entries))
            for group in self.groups
        )
        return replace(self, groups=groups)


ON_STATES = frozenset({MarkState.ON, MarkState.DISABLED_ON})


def parents(entries: tuple[Entry, ...]) -> list[int | None]:
    """For each entry the index of the one it is indented under, or None."""
    found: list[int | None] = []
    for index, entry in enumerate(entries):
        above = [i for i in range(index) if entries[i].level < entry.level]
        found.append(above[-1] if above else None)
    return found
