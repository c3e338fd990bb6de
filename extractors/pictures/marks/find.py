"""From a read page picture to its marks: the path of this package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.pictures.marks.blocks import gather_lines
from extractors.pictures.marks.candidates import Candidate, find_candidates
from extractors.pictures.marks.chips import find_chips
from extractors.pictures.marks.crosses import settle_crosses
from extractors.pictures.marks.disabled import mark_disabled
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.facts import page_texts
from extractors.pictures.marks.find_words import find_words, settle_by_words
from extractors.pictures.marks.forms import Form, find_form
from extractors.pictures.marks.ground import Ground, lay_ground
from extractors.pictures.marks.joined import part_words
from extractors.pictures.marks.judge_boxes import judge_boxes
from extractors.pictures.marks.judge_radios import judge_circles
from extractors.pictures.marks.judge_toggles import judge_toggles
from extractors.pictures.marks.knobs import as_toggles
from extractors.pictures.marks.labels import Labelled, label_kind
from extractors.pictures.marks.lists import find_ticked_list
from extractors.pictures.marks.lost import lost_rows
from extractors.pictures.marks.matrix import columns_in, find_matrix
from extractors.pictures.marks.moved import doubt_moved
from extractors.pictures.marks.net import name_the_missed
from extractors.pictures.marks.numerals import is_number, number_columns
from extractors.pictures.marks.pairs import find_pairs
from extractors.pictures.marks.places import columns_of, missing_rows, missing_toggles
from extractors.pictures.marks.qualify import are_marks
from extractors.pictures.marks.result import MarkPage
from extractors.pictures.marks.rulings import find_cells
from extractors.pictures.marks.runs import Run, runs_of
from extractors.pictures.marks.segments import find_segments
from extractors.pictures.marks.series import Kind, kinds_of
from extractors.pictures.marks.tell import nothing_found, tell
from extractors.pictures.marks.trim import trim_marks
from extractors.pictures.marks.vector import from_vector, settle_by_vector
from extractors.pictures.marks.words import is_bare_word, state_word
from extractors.pictures.read_page import Box, ReadPicture, TextLine
from extractors.pictures.vector_mark import VectorMark
from records.marks import MarkState, MarkStyle

_JUDGES: dict[str, tuple[MarkStyle, Callable[[Ground, list[Draft]], None]]] = {
    "box": (MarkStyle.CHECK_BOX, judge_boxes),
    "circle": (MarkStyle.RADIO, judge_circles),
    "pill": (MarkStyle.TOGGLE, judge_toggles),
}


def find_marks(read: ReadPicture, vector: Sequence[VectorMark] = ()) -> MarkPage:
    """Every mark of the page with its label and state, what else the page says, and what is doubtful.

    *vector*: marks told without pixels, boxes in upright pixels.
    """
    return name_the_missed(read, _find(read, vector))


def _find(read: ReadPicture, vector: Sequence[VectorMark]) -> MarkPage:
    sources = [i for i, line in enumerate(read.lines) if _is_source(line)]
    if not sources:
        return nothing_found(read)
    ground = lay_ground(read.picture.pixels, [line.box for line in read.lines], sources)
    runs = runs_of(read.lines, ground)
    numbers = number_columns(runs, ground.line_height)
    numbered = [r for r in runs if is_number(r.box, numbers)]
    runs = [r for r in runs if r not in numbered]
    candidates = [c for c in find_candidates(ground, runs) if not is_number(c.box, numbers)]
    kinds = [k for k in kinds_of(candidates, runs, ground) if not _is_column_of_words(k, read.lines, ground)]
    runs = part_words(runs, read.lines, ground.line_height, ground.scale)
    runs = trim_marks(runs, kinds, read.lines, ground.scale)
    drafts = _drawn_marks(ground, kinds, runs)
    form = _form(ground, kinds, runs, numbered)
    if len(form.drafts) >= _MANY_FIELDS or _settled(form.drafts) > _settled(drafts):
        drafts = form.drafts + _drawn_marks(ground, _outside(kinds, form.fields), _unlabelled(runs, form.drafts))
    unused = settle_by_vector(drafts, vector, ground.scale)
    free = {id(r) for d in drafts for r in d.runs}
    drafts += from_vector(unused, [r for r in runs if id(r) not in free], ground.scale, ground.line_height)
    drafts += _words(ground, runs, read.lines, drafts, kinds)
    drafts += _lost(ground, runs, drafts)
    doubt_moved(drafts, runs, ground.line_height)
    chips = find_chips(ground, runs, read.lines)
    signs = [d for d in drafts if d.box is not None and any(_holds(c.box, d.box) for c in chips)]
    if 2 * len(signs) >= len(drafts) and len(chips) >= len(signs):  # no marks, or only the signs in chips
        drafts = chips
    return tell(read, ground, runs, drafts) if drafts else nothing_found(read)


_MANY_FIELDS = 40
"""Fields from which a page is a form, and no table on a screen."""


def _settled(drafts: list[Draft]) -> int:
    return sum(d.state is not MarkState.UNREADABLE for d in drafts)


def _is_column_of_words(kind: Kind, lines: tuple[TextLine, ...], ground: Ground) -> bool:
    """Whether a reader read On, Off or the like just where members stand: then they are the O of a bad print."""
    said = 0
    for member in kind.members:
        x, y = member.middle[0] / ground.scale, member.middle[1] / ground.scale
        for line in lines:
            wide = (line.box[2] - line.box[0]) * ground.scale / member.width
            if line.box[0] <= x <= line.box[2] and line.box[1] <= y <= line.box[3] and 1.0 < wide <= 2.4:
                said += any(is_bare_word(reading.text) for reading in line.readings)
    return said >= max(2, 0.15 * len(kind.members))


def _holds(box: Box | None, inner: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return box is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_source(line: TextLine) -> bool:
    """Whether a line is printed on the page itself: not a letter that a mark was taken for, not a word in a mark."""
    return sum(c.isalnum() for c in line.text) > 3 and state_word(line.text) is None


def _drawn_marks(ground: Ground, kinds: list[Kind], runs: list[Run]) -> list[Draft]:
    """The marks that are drawn, make by make, the largest make first. A label belongs to one mark."""
    everything = [c for kind in kinds if len(kind.members) > 1 for c in kind.members]
    drafts: list[Draft] = []
    taken: set[int] = set()
    others = page_texts([r.text for r in runs], may_be_agency=True)
    for kind in _toggles_first(kinds, ground.line_height):
        free = [r for r in runs if id(r) not in taken and r.text not in others]
        found = _of_kind(ground, kind, free, everything)
        if found and are_marks(found):
            drafts += found
            taken |= {id(r) for d in found for r in d.runs}
    return drafts


def _lost(ground: Ground, runs: list[Run], drafts: list[Draft]) -> list[Draft]:
    """Labels without a mark, style by style: an entry that any list has a mark for is not lost."""
    taken = {id(r) for d in drafts for r in d.runs}
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


def _toggles_first(kinds: list[Kind], unit: float) -> list[Kind]:
    """Toggles before the discs that are their knobs; discs that can only be knobs as toggles."""
    turned = [as_toggles(kind, unit) or kind for kind in kinds]
    return sorted(turned, key=lambda k: k.family != "pill" or len(k.members) < 2)


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
    drafts = [Draft(style, m.candidate.box, m.runs) for m in found if m.runs]
    judge(ground, drafts)
    if kind.family in ("box", "circle"):
        settle_crosses(ground, drafts)
    mark_disabled(ground, drafts)
    if kind.family == "pill":
        settle_by_words(ground, drafts, runs)
    return drafts


def _by_column(kind: Kind, runs: list[Run], marks: list[Candidate], unit: float) -> list[Labelled]:
    """Where half of a make are no marks, such as the signs that open the branches of a tree: column by column."""
    columns = columns_in(kind.members, unit)
    parts = [replace(kind, members=column) for column in columns if len(column) > 1] if len(columns) > 1 else []
    return [m for part in parts for m in label_kind(part, runs, marks, unit) or []]


def _form(ground: Ground, kinds: list[Kind], runs: list[Run], numbered: list[Run]) -> Form:
    """The fields of a ruled form; none where they are too few, no marks, or hold numbers or words that say a state."""
    table = find_cells(ground)
    if table is None:
        return Form([], [])
    form = find_form(ground, table, runs, kinds)
    told = [*numbered, *(r for r in runs if state_word(r.text) is not None)]
    drafts = [d for d in form.drafts if not any(_holds(d.box, r.box) for r in told)]
    return Form(drafts, form.fields) if len(drafts) >= 4 and are_marks(drafts) else Form([], [])


def _outside(kinds: list[Kind], fields: list[Box]) -> list[Kind]:
    """The makes without what stands in the fields of a form."""
    parts = [
        replace(k, members=[m for m in k.members if not any(_holds(f, m.box) for f in fields)]) if fields else k
        for k in kinds
    ]
    return [k for k in parts if k.members]


def _unlabelled(runs: list[Run], drafts: list[Draft]) -> list[Run]:
    taken = {id(r) for d in drafts for r in d.runs}
    return [r for r in runs if id(r) not in taken]


def _words(
    ground: Ground, runs: list[Run], lines: tuple[TextLine, ...], drafts: list[Draft], kinds: list[Kind]
) -> list[Draft]:
    rings = [c for k in kinds if k.family in ("box", "circle") and len(k.members) > 1 for c in k.members]
    taken = {r.line for d in drafts for r in d.runs} | {line for d in drafts for line in d.word_lines}
    segments = find_segments(ground, [r for r in runs if r.line not in taken]) if not rings else []
    taken |= {r.line for d in segments for r in d.runs} | {line for d in segments for line in d.word_lines}
    return segments + find_words(ground, runs, lines, taken, rings)
