"""Nested lists: a mark under which others are indented is their parent; a line without a mark heads those below."""

from __future__ import annotations

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.facts import SELECT_ALL
from extractors.pictures.marks.qualify import label_of
from extractors.pictures.marks.runs import Run
from records.marks import MarkState, MarkStyle

_NESTED = (MarkStyle.CHECK_BOX, MarkStyle.RADIO, MarkStyle.TOGGLE, MarkStyle.CHECK_ICON)


def find_parents(drafts: list[Draft], unit: float) -> None:
    """Set every mark's parent: the nearest mark of its make above it that begins further left by an indentation."""
    for style in _NESTED:
        ordered = sorted((d for d in drafts if d.style is style and d.box is not None), key=lambda d: d.place[1])
        for column in _columns(ordered, unit):
            _nest(column, unit)


def _columns(ordered: list[Draft], unit: float) -> list[list[Draft]]:
    """Marks side by side are of different columns: an indentation is at most three line heights."""
    columns: list[list[Draft]] = []
    for draft in ordered:
        home = next((c for c in columns if any(_near(draft, other, unit) for other in c)), None)
        if home is None:
            columns.append([draft])
        else:
            home.append(draft)
    return columns


def _near(one: Draft, other: Draft, unit: float) -> bool:
    beside = abs(one.place[1] - other.place[1]) < 0.5 * unit
    return not beside and abs(one.place[0] - other.place[0]) <= 3.0 * unit


def _nest(column: list[Draft], unit: float) -> None:
    open_ones: list[Draft] = []
    for draft in column:
        # The label moves in with the mark, else it is a mark at the right of a longer label.
        while open_ones and not _is_inside(draft, open_ones[-1], unit):
            open_ones.pop()
        draft.parent = open_ones[-1] if open_ones else None
        open_ones.append(draft)


def _is_inside(draft: Draft, outer: Draft, unit: float) -> bool:
    by_label = draft.runs[0].box[0] - outer.runs[0].box[0] if draft.runs and outer.runs else 0.0
    by_mark = draft.place[0] - outer.place[0]
    at_right = bool(draft.runs) and draft.place[0] > draft.runs[0].box[0]
    return by_label >= 0.55 * unit and (by_mark >= 0.55 * unit or (at_right and abs(by_mark) < 0.3 * unit))


def doubt_blocks(drafts: list[Draft]) -> None:
    """A mark with a block, or filled with a dash, says that some under it are on; where none is, it may be a blob."""
    parents = {id(d.parent) for d in drafts if d.parent is not None}
    for draft in drafts:
        is_some = draft.state is MarkState.MIXED and draft.is_block
        if is_some and id(draft) not in parents and not SELECT_ALL.match(label_of(draft)):
            draft.give_up(f"{draft.basis}, while others are ticked, and nothing is under it")


def find_headings(drafts: list[Draft], runs: list[Run], taken: set[int], unit: float) -> set[int]:
    """Set every mark's heading: the nearest free line above it within its column, no further left than three lines.

    Returns the lines that are headings.
    """
    used: set[int] = set()
    free = [r for r in runs if r.line not in taken and len(r.text) > 2]
    for draft in drafts:
        if draft.group_label is not None:  # told by the column it stands in
            used |= {r.line for r in free if r.text == draft.group_label}
            continue
        left = min(draft.place[0], draft.runs[0].box[0] if draft.runs else draft.place[0])
        top = min(draft.place[1], draft.runs[0].box[1] if draft.runs else draft.place[1])
        above = [r for r in free if r.box[3] <= top + 0.3 * unit and -0.6 * unit <= left - r.box[0] <= 3 * unit]
        nearest = max(above, key=lambda r: r.middle, default=None)
        if nearest is not None:
            draft.group_label = nearest.text
            used.add(nearest.line)
    return used
