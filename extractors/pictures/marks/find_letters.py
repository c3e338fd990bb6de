"""Marks that are single letters: a column of Y and N beside the topics of a table."""

from __future__ import annotations

from extractors.pictures.marks.blocks import gather_labels
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.labels import at_edge, label_edge, left_of
from extractors.pictures.marks.own_labels import doubt_labels
from extractors.pictures.marks.qualify import label_of
from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import TextLine
from records.hotlists import topic_of
from records.marks import MarkMethod, MarkState, MarkStyle

_SAYS = {"Y": MarkState.ON, "N": MarkState.OFF}
_FEWEST = 4
"""Letters one below another that are a column."""
_TOPICS, _KNOWN = 2, 0.15
"""Labels that are topics of the catalogue, at least, and their share: a letter alone says little."""


def find_letters(ground: Ground, runs: list[Run], lines: tuple[TextLine, ...], taken: set[int]) -> list[Draft]:
    """A draft for every Y and N of a column that has both and nothing else. *taken*: lines of other marks.

    What readers make of a box or a tick may be a Y, and is never an N; so both must be there, and two readers must see
    the same letter.
    """
    unit = ground.line_height
    column = _column([r for r in runs if r.line not in taken], unit)
    if not column:
        return []
    labels = [r for r in runs if r.line not in taken and r not in column]
    edge = label_edge([left_of(r.box, labels, [], unit) for r in column], unit)
    drafts = []
    for run in column:
        row = at_edge(run.box, labels, [], unit, edge)
        if row:
            draft = Draft(MarkStyle.WORD, run.box, row[:1], method=MarkMethod.WORDS, word_lines=[run.line])
            _settle(draft, run.text, lines[run.line])
            drafts.append(draft)
    known = sum(topic_of(label_of(d)) is not None for d in drafts)
    if len(drafts) < _FEWEST or known < max(_TOPICS, _KNOWN * len(drafts)):
        return []
    doubt_labels(ground, drafts)
    gather_labels(ground, drafts, labels)
    return drafts


def _column(runs: list[Run], unit: float) -> list[Run]:
    """The letters that stand one below another, where both are among them and no other run is."""
    letters = [r for r in runs if r.text in _SAYS]
    for first in letters:
        x = (first.box[0] + first.box[2]) / 2
        column = [r for r in letters if abs((r.box[0] + r.box[2]) / 2 - x) <= 0.4 * unit]
        top, bottom = min(r.middle for r in column), max(r.middle for r in column)
        within = [r for r in runs if top <= r.middle <= bottom and r.box[0] <= x <= r.box[2]]
        if len(column) >= _FEWEST and len(within) == len(column) and {r.text for r in column} == set(_SAYS):
            return column
    return []


def _settle(draft: Draft, letter: str, line: TextLine) -> None:
    seen = {r.reader for r in line.readings if r.text == letter}
    if len(seen) >= 2 and not any(r.text in _SAYS and r.text != letter for r in line.readings):
        draft.settle(_SAYS[letter], f"the letter {letter}, in a column of Y and N")
    else:
        draft.give_up("the readers differ: " + " / ".join(r.text for r in line.readings))
