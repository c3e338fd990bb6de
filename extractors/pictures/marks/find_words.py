"""Marks that are words: a topic, and in a column beside it On or Off, Yes or No, Enabled or Disabled."""

from __future__ import annotations

import re

import cv2
import numpy as np

from extractors.pictures.marks.blocks import gather_labels
from extractors.pictures.marks.candidates import Candidate
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.labels import label_edge, left_of
from extractors.pictures.marks.labels_behind import labels_behind
from extractors.pictures.marks.own_labels import doubt_labels
from extractors.pictures.marks.qualify import label_of
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.upper_lines import upper
from extractors.pictures.marks.word_badges import contrary_beside
from extractors.pictures.marks.word_panes import word_panes
from extractors.pictures.marks.words import is_heading, is_nearly, said_by, state_word
from extractors.pictures.read_page import TextLine
from records.hotlists import topic_of
from records.issues import Severity
from records.marks import Agreement, MarkMethod, MarkState, MarkStyle

_INLINE = re.compile(r"^(.*\w\)?)\s*[:=]\s*(\w+(?: \w+)?)\W*$")
"""A topic and its state in one line: ``Stolen Vehicle: ON``."""


def find_words(
    ground: Ground, runs: list[Run], lines: tuple[TextLine, ...], taken: set[int], marks: list[Candidate]
) -> list[Draft]:
    """A draft for every state word that stands in a column of such words, with a label to its left on its row.

    *taken*: lines that belong to other marks. A word right of one of *marks* is the label of that mark, not a state.
    Without such columns: words behind a colon in the label's own line, or words below their label, as on cards.
    """
    free = [r for r in runs if r.line not in taken]
    found = _in_columns(ground, runs, lines, taken, marks)
    return found or _in_lines(free, lines) or _on_cards(free, lines, ground.line_height)


def _in_lines(runs: list[Run], lines: tuple[TextLine, ...]) -> list[Draft]:
    drafts = []
    for run in runs:
        match = _INLINE.match(run.text)
        if match is None or state_word(match[2]) is None:
            continue
        line = lines[run.line]
        word = line.words[-1].box if line.words else None
        share = (run.box[2] - run.box[0]) / max(1.0, line.box[2] - line.box[0])
        x0 = run.box[0] + (word[0] - line.box[0]) * share if word is not None else run.box[0]
        draft = Draft(MarkStyle.WORD, (x0, *run.box[1:]), [run], method=MarkMethod.WORDS, label_text=match[1])
        said = {state_word(m[2]) for r in line.readings if (m := _INLINE.match(r.text)) is not None}
        if len(said) == 1 and line.text == run.text:
            draft.settle(MarkState.ON if said.pop() else MarkState.OFF, f"the word {match[2]!r}")
        else:
            draft.give_up("the readers differ on the word behind its colon")
        drafts.append(draft)
    known = sum(topic_of(label_of(d)) is not None for d in drafts)
    return drafts if len(drafts) >= 3 and known >= 0.3 * len(drafts) else []


def _on_cards(runs: list[Run], lines: tuple[TextLine, ...], unit: float) -> list[Draft]:
    """Words below their topic, as a badge stands on a card: the largest line above it that begins where it begins."""
    words = [r for r in runs if state_word(r.text) is not None]
    labels = [r for r in runs if state_word(r.text) is None]
    drafts = []
    for word in words:
        stop = max((w.middle for w in words if w.middle < word.middle - unit and _over(w, word, unit)), default=-1e9)
        above = [
            r for r in labels if _over(r, word, unit) and max(stop, word.middle - 6 * unit) < r.middle < word.middle
        ]
        if above:
            largest = max(above, key=lambda r: r.size)
            draft = Draft(MarkStyle.WORD, word.box, [largest], method=MarkMethod.WORDS, word_lines=[word.line])
            _settle(draft, word, lines[word.line])
            drafts.append(draft)
    known = sum(topic_of(label_of(d)) is not None for d in drafts)
    one_each = len({id(d.runs[0]) for d in drafts}) == len(drafts)
    return drafts if len(drafts) >= 3 and one_each and known >= 0.3 * len(drafts) else []


def _over(run: Run, word: Run, unit: float) -> bool:
    return abs(run.box[0] - word.box[0]) <= 1.2 * unit


def _in_columns(
    ground: Ground, runs: list[Run], lines: tuple[TextLine, ...], taken: set[int], marks: list[Candidate]
) -> list[Draft]:
    unit = ground.line_height
    words = [r for r in runs if r.line not in taken and state_word(r.text) is not None]
    in_column = [r for r in words if any(r is not q and _aligned(r, q, unit) for q in words)]
    panes = word_panes(in_column, runs, unit)
    if panes:
        return [d for pane in panes for d in _in_columns(ground, pane, lines, taken, marks)]
    below = {id(w): [q.text for q in in_column if q.middle > w.middle and _aligned(w, q, 2 * unit)] for w in in_column}
    in_column = [
        w
        for w in in_column
        if any(q.middle < w.middle and _aligned(w, q, 2 * unit) for q in in_column)
        or not is_heading(w.text, below[id(w)])
    ]
    labels = [r for r in runs if state_word(r.text) is None]
    rows = {id(word): left_of(word.box, labels, [], unit) for word in in_column}
    edge = label_edge([row for row in rows.values() if row], unit)
    labels = [r for r in labels if r.line not in taken]
    middles = [word.middle for word in in_column]
    drafts: list[Draft] = []
    for word, behind in zip(in_column, labels_behind([w.box for w in in_column], labels, unit), strict=True):
        at_edge = [r for r in rows[id(word)] if edge is None or abs(r.box[0] - edge) <= 0.6 * unit]
        if _is_option(word, marks, unit) or any(r.line in taken for r in at_edge):
            continue  # its topic has a mark of its own
        row = at_edge or [r for r in rows[id(word)] if r.line not in taken]
        label = min((r for r in row if r.box[0] - row[0].box[0] <= 0.3 * unit), key=_middle, default=behind)
        if label is None or any(w is not word and abs(w.middle - word.middle) < 0.5 * unit for w in in_column):
            continue
        draft = Draft(
            MarkStyle.WORD, word.box, [upper(label, labels, unit, word.middle, middles)], method=MarkMethod.WORDS
        )
        draft.word_lines = [word.line]
        beside = sum(state_word(w.text) is not None for w in lines[word.line].words)
        if beside > 1:  # On and Off, and which of them is meant was not found
            draft.give_up("more than one state word stands beside it")
            drafts.append(draft)
            continue
        _settle(draft, word, lines[word.line])
        if lines[word.line].agreement is Agreement.ONE and _unread_beside(ground, word, runs):
            draft.give_up("only one reader saw the word, and what stands beside it was not read")
        drafts.append(draft)
    options = [r for r in runs if (on := state_word(r.text)) is not None and contrary_beside(runs, r, on) is not None]
    if len(options) >= _OPTIONS:
        for draft in drafts:
            draft.give_up("two words stand beside other labels, and here one of them was not read")
    doubt_labels(ground, drafts)
    gather_labels(ground, drafts, [r for r in labels if not _heads_words(r, runs, in_column, unit)])
    return drafts


def _middle(run: Run) -> float:
    return run.middle


_OPTIONS = 4
"""Words with their contrary beside them, in two rows, from which on a word alone is one of two options."""


def _unread_beside(ground: Ground, word: Run, runs: list[Run]) -> bool:
    """Whether something as high as the word and wider than a ruling stands close beside it, and is in no run: the
    other one of two words, with a ring around it."""
    unit = ground.line_height
    rows, columns = ground.cut((word.box[0] - _BESIDE * unit, word.box[1], word.box[2] + _BESIDE * unit, word.box[3]))
    inked = (ground.ink[rows, columns] > 0.35 * ground.contrast).astype(np.uint8)
    for run in runs:
        if run.box[1] < word.box[3] and word.box[1] < run.box[3]:
            start, stop = (round(run.box[side] + away) - columns.start for side, away in ((0, -2), (2, 2)))
            inked[:, max(0, start) : max(0, stop)] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    wide, high = stats[1:count, cv2.CC_STAT_WIDTH], stats[1:count, cv2.CC_STAT_HEIGHT]
    return bool(np.any((wide >= 0.3 * unit) & (high >= 0.4 * unit)))


_BESIDE = 5.0
"""Line heights beside a word within which the other one of two words stands."""


def _heads_words(label: Run, runs: list[Run], words: list[Run], unit: float) -> bool:
    """Whether it stands on the row of something else in the column of the words: a table's headings."""
    return any(
        r is not label
        and state_word(r.text) is None
        and abs(r.middle - label.middle) <= 0.5 * unit
        and any(w is not r and r.box[0] < w.box[2] + unit and w.box[0] - unit < r.box[2] for w in words)
        for r in runs
    )


def _is_option(word: Run, marks: list[Candidate], unit: float) -> bool:
    return any(
        abs(m.middle[1] - word.middle) <= 0.6 * unit and -0.5 * unit <= word.box[0] - m.box[2] <= 1.2 * unit
        for m in marks
    )


def _aligned(one: Run, other: Run, unit: float) -> bool:
    ends = (
        one.box[0] - other.box[0],
        one.box[2] - other.box[2],
        (one.box[0] + one.box[2] - other.box[0] - other.box[2]) / 2,
    )
    return abs(one.middle - other.middle) > 0.6 * unit and min(abs(e) for e in ends) <= 0.5 * unit


def _settle(draft: Draft, word: Run, line: TextLine) -> None:
    said = state_word(word.text)
    readings = tuple(_of_word(r.text, word, line) for r in line.readings) if len(line.readings) > 1 else ()
    if readings and said_by(readings) is None and any(state_word(t) not in (None, said) for t in readings):
        draft.give_up("the readers differ: " + " / ".join(readings))
        return
    draft.settle(MarkState.ON if said else MarkState.OFF, f"the word {word.text!r}")
    seen = zip(line.readings, readings, strict=True) if readings else ()
    agreeing = {r.reader for r, text in seen if state_word(text) is said or is_nearly(text, word.text)}
    if readings and said_by(readings) is None and len(agreeing) < 2:
        draft.doubt(
            "label_readers_differ", Severity.NOTICE, f"One reader saw the word otherwise: {' / '.join(readings)}."
        )


def _of_word(text: str, word: Run, line: TextLine) -> str:
    """What a reading of the whole *line* says for *word*, which was parted from its start or its end."""
    if line.text == word.text:
        return text
    parts, count = text.split(), len(word.text.split())
    return " ".join(parts[:count] if line.text.startswith(word.text) else parts[-count:])
