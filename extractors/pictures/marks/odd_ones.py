"""Marks that do not fit the others of their list: one of another make, or fields none of which is empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from extractors.pictures.marks.draft import Draft, is_off
from records.marks import MarkMethod, MarkState, MarkStyle

_FEWEST = 4
"""Marks of a column, or fields of a form, from which on they tell what is usual."""
_MOST = 0.6
"""Share of a column's marks that make its style."""
_ALIGNED = 0.8
"""Line heights by which the middles of a column's marks may differ."""
FIGURE_IN_FIELD, EMPTY_FIELD = "a figure in the field", "an empty field"
PRINTED_LINE = "nothing but the line printed in every field"
"""What :mod:`extractors.pictures.marks.fields` says of a field."""


def doubt_other_makes(drafts: Sequence[Draft], unit: float) -> None:
    """Give up a mark that is of another style than most marks of its column: it was taken for what it is not."""
    for draft in drafts:
        if draft.box is None or draft.state is MarkState.UNREADABLE:
            continue
        x = (draft.box[0] + draft.box[2]) / 2
        column = [d for d in drafts if d.box and abs((d.box[0] + d.box[2]) / 2 - x) <= _ALIGNED * unit]
        style, count = Counter(d.style for d in column).most_common(1)[0]
        if len(column) >= _FEWEST and count >= _MOST * len(column) and draft.style is not style:
            draft.give_up("a mark of another make, among marks that are all of one make")


def doubt_lone_words(drafts: Sequence[Draft], unit: float) -> None:
    """Give up words that all say the same, where as many other rows of their list have marks of another make beside
    the words' column: of two buttons side by side one bit leaves the word of the one that is not chosen."""
    words = [
        d for d in drafts if d.style is MarkStyle.WORD and d.box is not None and d.state is not MarkState.UNREADABLE
    ]
    if len({d.state for d in words}) != 1:
        return
    middle = median(_middle(d) for d in words)
    tops = [d.place[1] for d in words]
    others = [
        d
        for d in drafts
        if d.box is not None
        and d.style is not MarkStyle.WORD
        and min(tops) - 2 * unit <= d.place[1] <= max(tops) + 2 * unit
        and _ALIGNED * unit < abs(_middle(d) - middle) <= _BESIDE * unit
    ]
    for draft in words if len(others) >= len(words) else ():
        draft.give_up("all words of the list say the same, and its other rows have marks of another make beside them")


_BESIDE = 8.0
"""Line heights between the middles of two buttons side by side, at most."""


def doubt_none_empty(drafts: Sequence[Draft], unit: float) -> None:
    """Give up the check boxes of a list none of which is empty, where marks of another make stand between them: marks
    that nobody could tell, because one bit leaves a box of one half of a switch and a disc of the other; or bare ticks,
    beside which they may be crosses."""
    boxed = [
        d for d in drafts if d.box is not None and d.style is MarkStyle.CHECK_BOX and d.method is MarkMethod.PIXELS
    ]
    if len(boxed) < 2 or any(is_off(d.state) for d in boxed):
        return
    tops = [d.place[1] for d in boxed]
    middle = median(_middle(d) for d in boxed)
    between = [
        d
        for d in drafts
        if d.box is not None
        and (
            d.style is MarkStyle.CHECK_ICON
            or (d.style in (MarkStyle.RADIO, MarkStyle.TOGGLE) and d.state is MarkState.UNREADABLE)
        )
        and min(tops) - 2 * unit <= d.place[1] <= max(tops) + 2 * unit
        and abs(_middle(d) - middle) <= 2 * unit
    ]
    for draft in boxed if between else ():
        draft.give_up("no box of the list is empty, and marks of another make stand between them")


def _middle(draft: Draft) -> float:
    return (draft.place[0] + draft.place[2]) / 2


def doubt_full_fields(drafts: Sequence[Draft]) -> None:
    """Give up the fields of a form where none is empty: what stands in all of them may be printed there. A field with
    a figure in it is on only because others show what an empty one looks like."""
    figures = [d for d in drafts if d.basis == FIGURE_IN_FIELD]
    is_any_empty = any(d.basis in (EMPTY_FIELD, PRINTED_LINE) for d in drafts)
    if len(figures) >= _FEWEST and not is_any_empty:
        for draft in figures:
            draft.give_up("no field of the form is empty, so what stands in them may be printed there")


def doubt_none_ticked(drafts: Sequence[Draft], is_one_bit: bool) -> None:
    """Give up the empty boxes of a list on a page of one bit where no box is ticked: one bit keeps the rim of a box and
    drops a tick that is paler, and nothing on the page shows what a tick looks like. Pens of a form are darker."""
    boxed = [d for d in drafts if d.box is not None and d.style is MarkStyle.CHECK_BOX]
    told = [d for d in boxed if d.state is not MarkState.UNREADABLE and d.method is MarkMethod.PIXELS]
    is_form = len(boxed) >= _FORM
    for draft in told if is_one_bit and not is_form and all(is_off(d.state) for d in told) else ():
        draft.give_up("no box of the page is ticked, and one bit may have dropped ticks that are paler than boxes")


_FORM = 40
"""Boxes from which on a page is a form."""
