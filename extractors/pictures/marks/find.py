"""From a read page picture to its marks: the path of this package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.pictures.marks.brackets import find_brackets
from extractors.pictures.marks.candidates import find_candidates
from extractors.pictures.marks.chips import find_chips
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.drawn import drawn_marks, lost_marks
from extractors.pictures.marks.find_letters import find_letters
from extractors.pictures.marks.find_words import find_words
from extractors.pictures.marks.forms import Form, find_form
from extractors.pictures.marks.ground import Ground, lay_ground
from extractors.pictures.marks.joined import part_words
from extractors.pictures.marks.leaders import cut_leaders, low_lines, without_dots
from extractors.pictures.marks.lean import doubt_leaning
from extractors.pictures.marks.moved import doubt_moved
from extractors.pictures.marks.net import name_the_missed
from extractors.pictures.marks.no_marks import is_no_mark
from extractors.pictures.marks.numerals import is_number, number_columns
from extractors.pictures.marks.options import part_options
from extractors.pictures.marks.qualify import are_marks
from extractors.pictures.marks.result import MarkPage
from extractors.pictures.marks.rulings import Table, clear_of_rulings, find_cells
from extractors.pictures.marks.runs import Run, runs_of
from extractors.pictures.marks.segments import find_segments
from extractors.pictures.marks.series import Kind, kinds_of
from extractors.pictures.marks.status_dots import without_status_dots
from extractors.pictures.marks.stray_signs import without_stray_signs
from extractors.pictures.marks.tell import nothing_found, tell
from extractors.pictures.marks.trim import trim_marks
from extractors.pictures.marks.vector import from_vector, settle_by_vector
from extractors.pictures.marks.words import state_word
from extractors.pictures.read_page import Box, ReadPicture, TextLine
from extractors.pictures.vector_mark import VectorMark
from extractors.pictures.wording import settle_words
from records.marks import MarkState, MarkStyle


def find_marks(read: ReadPicture, vector: Sequence[VectorMark] = ()) -> MarkPage:
    """Every mark of the page with its label and state, what else the page says, and what is doubtful.

    *vector*: marks told without pixels, boxes in upright pixels.
    """
    read = replace(read, lines=settle_words(without_stray_signs(read.lines)))
    return name_the_missed(read, _find(read, vector))


def _find(read: ReadPicture, vector: Sequence[VectorMark]) -> MarkPage:
    low = low_lines(read.lines)
    high = [line for i, line in enumerate(read.lines) if i not in low]
    sources = [i for i, line in enumerate(high) if _is_source(line)]
    if not sources:
        return nothing_found(read)
    ground = lay_ground(read.picture.pixels, [line.box for line in high], sources, read.picture.skew)
    table = find_cells(ground)
    runs, leaders = cut_leaders(runs_of(read.lines, ground), read.lines, low, ground)
    if table is not None and len(table.cells) >= _MANY_FIELDS:
        runs = [clear_of_rulings(run, table, ground) for run in runs]
    runs = part_options(runs, read.lines, ground)
    numbers = number_columns(runs, read.lines, ground.line_height)
    numbered = [r for r in runs if is_number(r.box, numbers)]
    runs = [r for r in runs if r not in numbered]
    typed = find_brackets(ground, runs, read.lines)
    runs = _without(runs, typed)
    candidates = [
        c
        for c in without_dots(find_candidates(ground, runs), ground.line_height)
        if not is_number(c.box, numbers)
        and not any(_holds(d.place, c.box) for d in typed)
        and not any(_holds(leader, c.box) and not _is_around(c.box, leader) for leader in leaders)
    ]
    kinds = [k for k in kinds_of(candidates, runs, ground) if not is_no_mark(ground, k, read.lines, runs, numbered)]
    runs = without_status_dots(runs, ground.line_height)
    runs = part_words(runs, read.lines, ground.line_height, ground.scale)
    runs = trim_marks(runs, kinds, read.lines, ground)
    drafts = drawn_marks(ground, kinds, runs)
    form = _form(ground, table, kinds, runs, numbered, read.lines)
    if len(form.drafts) >= _MANY_FIELDS or _settled(form.drafts) > _settled(drafts):
        runs = form.runs
        drafts = form.drafts + drawn_marks(ground, _outside(kinds, form.fields), _unlabelled(runs, form.drafts))
    unused = settle_by_vector(drafts, vector, ground.scale)
    free = {id(r) for d in drafts for r in d.runs}
    drafts += from_vector(unused, [r for r in runs if id(r) not in free], ground.scale, ground.line_height)
    drafts += typed
    drafts += _words(ground, runs, read.lines, drafts, kinds)
    drafts += lost_marks(ground, runs, drafts)
    doubt_moved(drafts, runs, ground.line_height)
    doubt_leaning(drafts, read.lines)
    chips = find_chips(ground, runs, read.lines)
    signs = [
        d
        for d in drafts
        if d.box is not None and d.style is not MarkStyle.WORD and any(_holds(c.box, d.box) for c in chips)
    ]
    closed = sum(any(_holds(c.box, d.box) for d in signs if d.box is not None) for c in chips)
    if 2 * len(signs) >= len(drafts) and len(signs) <= _SIGNS * closed:  # no marks, or only the signs in chips
        drafts = chips
    return tell(read, ground, runs, drafts) if drafts else nothing_found(read)


_SIGNS = 1.2
"""Signs of a chip that closes: one, and now and then something of it that was taken for another."""
_MANY_FIELDS = 40
"""Fields from which a page is a form, and no table on a screen."""


def _settled(drafts: list[Draft]) -> int:
    return sum(d.state is not MarkState.UNREADABLE for d in drafts)


def _holds(box: Box | None, inner: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return box is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_around(box: Box, inner: Box) -> bool:
    """Whether *box* reaches beyond *inner* above and below: a dash in a box was taken for a row of dots."""
    return box[1] < inner[1] and inner[3] < box[3]


def _is_source(line: TextLine) -> bool:
    """Whether a line is printed on the page itself: not a letter that a mark was taken for, not a word in a mark."""
    return sum(c.isalnum() for c in line.text) > 3 and state_word(line.text) is None


def _form(
    ground: Ground,
    table: Table | None,
    kinds: list[Kind],
    runs: list[Run],
    numbered: list[Run],
    lines: tuple[TextLine, ...],
) -> Form:
    """The fields of a ruled form; none where they are too few, no marks, or hold numbers or words that say a state."""
    if table is None:
        return Form([], [], runs)
    form = find_form(ground, table, runs, kinds, lines)
    told = [*numbered, *(r for r in runs if state_word(r.text) is not None)]
    drafts = [d for d in form.drafts if not any(_holds(d.box, r.box) for r in told)]
    is_form = len(drafts) >= _MANY_FIELDS and 2 * _settled(drafts) >= len(drafts)
    for draft in drafts if not form.is_told else ():
        draft.give_up("labels stand on both sides of it, and nothing tells whose it is")
    is_form |= len(drafts) >= 4 and are_marks(drafts)
    return Form(drafts, form.fields, form.runs) if is_form else Form([], [], runs)


def _without(runs: list[Run], typed: list[Draft]) -> list[Run]:
    """The runs whose line has no brackets with a mark's state, and is no label of such a mark."""
    lines = {line for d in typed for line in (*d.word_lines, *(r.line for r in d.runs))}
    return [r for r in runs if r.line not in lines]


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
    words = find_words(ground, runs, lines, taken, rings)
    return segments + (words or find_letters(ground, runs, lines, taken))
