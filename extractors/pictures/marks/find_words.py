"""Marks that are words: a topic, and in a column beside it On or Off, Yes or No, Enabled or Disabled."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.candidates import Candidate
from extractors.pictures.marks.draft import Draft, is_on
from extractors.pictures.marks.ground import Ground, common_colour
from extractors.pictures.marks.labels import label_edge, left_of, right_of, upper
from extractors.pictures.marks.qualify import label_of
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.words import is_heading, said_by, state_word
from extractors.pictures.read_page import Box, TextLine
from records.hotlists import topic_of
from records.issues import Severity
from records.marks import MarkMethod, MarkState, MarkStyle

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
    drafts: list[Draft] = []
    for word in in_column:
        at_edge = [r for r in rows[id(word)] if edge is None or abs(r.box[0] - edge) <= 0.6 * unit]
        if _is_option(word, marks, unit) or any(r.line in taken for r in at_edge):
            continue  # its topic has a mark of its own
        row = at_edge or [r for r in rows[id(word)] if r.line not in taken]
        label = row[0] if row else right_of(word.box, labels, [], unit, reach=4.0)
        if label is None or any(w is not word and abs(w.middle - word.middle) < 0.5 * unit for w in in_column):
            continue
        draft = Draft(MarkStyle.WORD, word.box, [upper(label, labels, unit, word.middle)], method=MarkMethod.WORDS)
        draft.word_lines = [word.line]
        beside = sum(state_word(w.text) is not None for w in lines[word.line].words)
        if beside > 1:  # On and Off, and which of them is meant was not found
            draft.give_up("more than one state word stands beside it")
            drafts.append(draft)
            continue
        _settle(draft, word, lines[word.line])
        drafts.append(draft)
    return drafts


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
    readings = tuple(r.text for r in line.readings) if len(line.readings) > 1 and line.text == word.text else ()
    if readings and said_by(readings) is None and any(state_word(t) not in (None, said) for t in readings):
        draft.give_up("the readers differ: " + " / ".join(readings))
        return
    draft.settle(MarkState.ON if said else MarkState.OFF, f"the word {word.text!r}")
    if readings and said_by(readings) is None:
        draft.doubt(
            "label_readers_differ", Severity.NOTICE, f"One reader saw the word otherwise: {' / '.join(readings)}."
        )


def settle_by_words(ground: Ground, drafts: list[Draft], runs: list[Run]) -> None:
    """Toggles and badges with the state written in them or beside them: the word settles it, or contradicts it.

    A badge whose word nobody read has the state of those of its colour, where both states were read in two colours.
    """
    for draft in drafts:
        box = draft.box
        if box is None:
            continue
        within = _on_row(runs, box, 0.0) or _on_row(runs, box, box[2] - box[0])
        said = {state_word(r.text): r for r in within}
        words = [r for state, r in said.items() if state is not None]
        if len(words) != 1:
            continue
        word = words[0]
        draft.word_lines.append(word.line)
        on = bool(state_word(word.text))
        if draft.state is MarkState.UNREADABLE:
            draft.doubts.clear()
            draft.style, draft.method = MarkStyle.WORD, MarkMethod.WORDS
            draft.settle(MarkState.ON if on else MarkState.OFF, f"the word {word.text!r} in it")
        elif is_on(draft.state) is not on:
            draft.give_up(f"drawn as {draft.state}, but it says {word.text!r}")
    _settle_by_colour(ground, [d for d in drafts if d.box is not None])


def _on_row(runs: list[Run], box: Box, reach: float) -> list[Run]:
    """State words in *box*, or up to *reach* beside it."""
    return [
        r
        for r in runs
        if box[0] - reach <= (r.box[0] + r.box[2]) / 2 <= box[2] + reach
        and box[1] <= r.middle <= box[3]
        and state_word(r.text) is not None
    ]


def _settle_by_colour(ground: Ground, drafts: list[Draft]) -> None:
    told = [d for d in drafts if d.method is MarkMethod.WORDS and d.state is not MarkState.UNREADABLE]
    fills = {on: [_fill(ground, d) for d in told if is_on(d.state) is on] for on in (True, False)}
    if len(fills[True]) < 1 or len(fills[False]) < 1:
        return
    usual = {on: np.median(colours, axis=0) for on, colours in fills.items()}
    if float(np.abs(usual[True] - usual[False]).max()) < 40:
        return
    for draft in drafts:
        if draft.state is not MarkState.UNREADABLE or draft.word_lines:
            continue
        away = {on: float(np.abs(_fill(ground, draft) - colour).max()) for on, colour in usual.items()}
        nearest = min(away, key=lambda on: away[on])
        if away[nearest] <= 10 + 3 * ground.noise < away[not nearest] / 2:
            draft.doubts.clear()
            draft.style = MarkStyle.WORD
            draft.settle(MarkState.ON if nearest else MarkState.OFF, "coloured as others whose word was read")


def _fill(ground: Ground, draft: Draft) -> NDArray[np.float64]:
    box = draft.box or draft.place
    return common_colour(ground.pixels[ground.cut(box)].reshape(-1, 3)).astype(np.float64)
