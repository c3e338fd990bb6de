"""Marks told without pixels, by a form field or by vector drawing: they settle marks found in pixels, and add others.

Where both tell and they contradict each other, the mark is unreadable: a form field may be drawn otherwise than it is
set, and the picture is what people were shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.pictures.marks.candidates import Candidate, Shape
from extractors.pictures.marks.draft import Draft, is_on
from extractors.pictures.marks.labels import label_kind
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.series import Kind
from extractors.pictures.read_page import Box
from extractors.pictures.vector_mark import VectorMark, overlap
from records.issues import Severity
from records.marks import MarkState, MarkStyle

_FAMILY = {
    MarkStyle.CHECK_BOX: ("box", Shape.SQUARE),
    MarkStyle.RADIO: ("circle", Shape.CIRCLE),
    MarkStyle.TOGGLE: ("pill", Shape.PILL),
}


def settle_by_vector(drafts: list[Draft], vector: Sequence[VectorMark], scale: float) -> list[VectorMark]:
    """Compare every draft with the vector mark in its place. Returns the vector marks that no draft is for."""
    unused: list[VectorMark] = []
    for mark in vector:
        box = scaled(mark.box, scale)
        draft = next((d for d in drafts if d.box is not None and overlap(d.box, box) >= 0.6), None)
        if draft is None:
            unused.append(mark)
        elif mark.state is not MarkState.UNREADABLE:
            _settle(draft, mark)
    return unused


def _settle(draft: Draft, mark: VectorMark) -> None:
    if draft.state is MarkState.UNREADABLE or draft.state is mark.state:
        draft.doubts = []
        draft.settle(mark.state, mark.basis)
        draft.method = mark.method
    elif MarkState.MIXED in (draft.state, mark.state) or is_on(draft.state) is not is_on(mark.state):
        told = f"the picture shows {draft.state}, the file says {mark.state}"
        draft.settle(MarkState.UNREADABLE, told)
        draft.doubt("mark_doubtful", Severity.DOUBT, f"Two looks at the mark differ: {told}.")
    else:
        draft.method = mark.method


def from_vector(vector: Sequence[VectorMark], runs: list[Run], scale: float, unit: float) -> list[Draft]:
    """Drafts for vector marks that pixels did not find, each with the label beside it."""
    drafts: list[Draft] = []
    for style, (family, shape) in _FAMILY.items():
        marks = {scaled(m.box, scale): m for m in vector if m.kind is style}
        members = [Candidate(box, shape, 1.0, 0.0) for box in marks]
        found = label_kind(Kind(family, members), runs, members, unit) if members else None
        for labelled in found or []:
            mark = marks[labelled.candidate.box]
            if labelled.runs:
                draft = Draft(style, labelled.candidate.box, labelled.runs, method=mark.method)
                draft.settle(mark.state, mark.basis)
                if mark.state is MarkState.UNREADABLE:
                    draft.give_up(mark.basis)
                drafts.append(draft)
    return drafts


def scaled(box: Box, scale: float) -> Box:
    """*box* of upright pixels in working pixels."""
    return box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale
