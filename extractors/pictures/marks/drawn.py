"""The marks that are drawn on the page, make by make, and the labels that have none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extractors.pictures.marks.blocks import gather_lines
from extractors.pictures.marks.candidates import Candidate
from extractors.pictures.marks.crosses import doubt_dashes, settle_crosses, with_crosses
from extractors.pictures.marks.disabled import mark_disabled
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.facts import page_texts
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.icons import Figure, figure_of
from extractors.pictures.marks.judge_boxes import judge_boxes
from extractors.pictures.marks.judge_radios import judge_circles
from extractors.pictures.marks.judge_toggles import judge_toggles
from extractors.pictures.marks.knobs import knobs_as_toggles
from extractors.pictures.marks.labels import Labelled, label_kind
from extractors.pictures.marks.level_labels import level_labels
from extractors.pictures.marks.lists import find_ticked_list
from extractors.pictures.marks.lost import lost_rows
from extractors.pictures.marks.matrix import columns_in, find_matrix
from extractors.pictures.marks.own_labels import doubt_labels
from extractors.pictures.marks.pairs import find_pairs
from extractors.pictures.marks.panes import by_pane
from extractors.pictures.marks.places import Column, columns_of, missing_rows, missing_toggles
from extractors.pictures.marks.qualify import are_marks
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.series import Kind
from extractors.pictures.marks.two_lists import doubt_two_lists
from extractors.pictures.marks.word_badges import settle_by_words, settle_rings
from extractors.pictures.marks.words import state_word
from records.marks import MarkStyle

_JUDGES: dict[str, tuple[MarkStyle, Callable[[Ground, list[Draft]], None]]] = {
    "box": (MarkStyle.CHECK_BOX, judge_boxes),
    "circle": (MarkStyle.RADIO, judge_circles),
    "pill": (MarkStyle.TOGGLE, judge_toggles),
}


def drawn_marks(ground: Ground, kinds: list[Kind], runs: list[Run]) -> list[Draft]:
    """The marks that are drawn, make by make, the largest make first. A label belongs to one mark."""
    kinds = with_crosses(ground, kinds)
    everything = [c for kind in kinds if len(kind.members) > 1 and _are_drawn(ground, kind) for c in kind.members]
    drafts: list[Draft] = []
    taken: set[int] = set()
    others = page_texts([r.text for r in runs], may_be_agency=True)
    panes = [pane for kind in kinds for pane in by_pane(ground, kind)]
    for kind in _toggles_first(panes, runs, ground.ink.shape[1]):
        free = [r for r in runs if id(r) not in taken and r.text not in others]
        found = _of_kind(ground, kind, free, everything)
        if found and are_marks(found):
            drafts += found
            taken |= {id(r) for d in found for r in d.runs}
    return drafts


def _are_drawn(ground: Ground, kind: Kind) -> bool:
    """Whether a make bounds the labels of others: shapes, and signs that are mostly ticks and crosses. What shines
    through thin paper, or noise makes of nothing, is a make of signs as well."""
    if kind.family != "tick":
        return True
    told = sum(figure_of(ground, m.box) is not Figure.OTHER for m in kind.members)
    return 2 * told >= len(kind.members)


def lost_marks(ground: Ground, runs: list[Run], drafts: list[Draft]) -> list[Draft]:
    """Labels without a mark, style by style: an entry that any list has a mark for is not lost."""
    labels = [q for d in drafts for q in d.runs]  # some of them cut out of what was read
    taken = {
        id(r) for r in runs if any(q.line == r.line and q.box[0] < r.box[2] and r.box[0] < q.box[2] for q in labels)
    }
    lines = {line for d in drafts for line in d.word_lines}
    others = page_texts([r.text for r in runs])
    lost: list[Draft] = []
    for style in {d.style: None for d in drafts if d.style is not MarkStyle.CHIP}:
        free = [
            r
            for r in runs
            if id(r) not in taken and r.line not in lines and r.text not in others and state_word(r.text) is None
        ]
        found = lost_rows(ground, [d for d in drafts if d.style is style], free)
        taken |= {id(r) for d in found for r in d.runs}
        lost += found
    return lost


def _toggles_first(kinds: list[Kind], runs: list[Run], width: int) -> list[Kind]:
    """Toggles before the discs that are their knobs; discs that can only be knobs as toggles. Last what the edge of the
    picture cuts: the end of a shaded row looks like a toggle, and leaves the label to the mark beside it."""
    turned = knobs_as_toggles(kinds, runs)
    return sorted(turned, key=lambda k: (_is_cut(k, width), k.family != "pill" or len(k.members) < 2))


def _is_cut(kind: Kind, width: int) -> bool:
    return all(m.box[0] <= 0.5 or m.box[2] >= width - 0.5 for m in kind.members)


def _of_kind(ground: Ground, kind: Kind, runs: list[Run], marks: list[Candidate]) -> list[Draft]:
    if kind.family == "tick":
        return find_ticked_list(ground, kind, runs, marks) or [] if len(kind.members) > 1 else []
    pairs = find_pairs(ground, kind, runs, marks) if kind.family != "pill" and len(kind.members) > 1 else None
    if pairs is None and kind.family != "pill" and len(kind.members) > 3:
        pairs = find_matrix(ground, kind, runs)
    if pairs is not None:
        return pairs
    found = label_kind(kind, runs, marks, ground.line_height) or _by_column(kind, runs, marks, ground.line_height)
    if not found:
        return []
    found = level_labels(found, runs, ground.line_height)
    columns = columns_of(found, ground.line_height)
    if kind.family in ("box", "circle"):
        for column in columns:
            found += missing_rows(column, runs, ground)
        columns = columns_of(found, ground.line_height)
    elif kind.family == "pill" and len(kind.members) > 1:
        for column in columns:
            found += missing_toggles(column, runs, ground, (kind.width, kind.height))
        columns = columns_of(found, ground.line_height)
    labels = {id(m.runs[0]) for m in found if m.runs}
    for column in columns:
        gather_lines(column, runs, ground, set(labels))
    style, judge = _JUDGES[kind.family]
    nameless = [m for m in found if not m.runs and _is_entry(m.candidate, columns, marks, ground.line_height)]
    drafts = [Draft(style, m.candidate.box, m.runs) for m in found if m.runs or m in nameless]
    if not drafts:
        return []
    judge(ground, drafts)
    if kind.family in ("box", "circle"):
        settle_crosses(ground, drafts, is_round=kind.family == "circle")
        if kind.is_round:
            doubt_dashes(ground, drafts)
    mark_disabled(ground, drafts)
    if kind.family == "pill":
        settle_by_words(ground, drafts, runs)
    else:
        settle_rings(ground, drafts, runs)
    doubt_labels(ground, drafts)
    doubt_two_lists(ground, drafts, runs)
    return drafts


def _is_entry(mark: Candidate, columns: list[Column], marks: list[Candidate], unit: float) -> bool:
    """Whether a mark without a label is an entry of a list whose label is covered: it stands among marks with labels,
    a row's distance from each of them, and no other mark stands on its row."""
    x, y = mark.middle
    others = [m for m in marks if m is not mark and m.width <= 2.4 * m.height]  # what is wider covers the label
    if any(abs(m.middle[1] - y) <= 0.6 * unit for m in others):
        return False
    for column in columns:
        ys = [m.candidate.middle[1] for m in column.members]
        is_in_line = abs(x - column.shift(y) - column.x0 - column.width / 2) <= 0.35 * unit
        if len(ys) >= _LIST and is_in_line and min(ys) < y < max(ys):
            return min(abs(y - other) for other in ys) >= 0.7 * column.step
    return False


_LIST = 3
"""Marks with labels among which one without is an entry as well."""


def _by_column(kind: Kind, runs: list[Run], marks: list[Candidate], unit: float) -> list[Labelled]:
    """Where half of a make are no marks, such as the signs that open the branches of a tree: column by column."""
    columns = columns_in(kind.members, unit)
    parts = [replace(kind, members=column) for column in columns if len(column) > 1] if len(columns) > 1 else []
    return [m for part in parts for m in label_kind(part, runs, marks, unit) or []]
