"""Radio buttons (or boxes) in pairs: two beside a topic, one for each of two state words, beside or above them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extractors.pictures.marks.blocks import gather_labels
from extractors.pictures.marks.candidates import Candidate, Shape
from extractors.pictures.marks.disabled import mark_disabled
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.judge_radios import chosen_circle, chosen_of
from extractors.pictures.marks.labels import at_edge, label_edge, left_of, right_of
from extractors.pictures.marks.labels_behind import labels_behind
from extractors.pictures.marks.radios import measure_radio
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.series import Kind
from extractors.pictures.marks.upper_lines import upper
from extractors.pictures.marks.words import option_words
from records.marks import MarkState, MarkStyle


@dataclass(frozen=True, slots=True)
class Option:
    """One of a pair: its place, the word that it stands for, and that word's line."""

    candidate: Candidate
    says: bool
    word: Run


def find_pairs(ground: Ground, kind: Kind, runs: list[Run], marks: list[Candidate]) -> list[Draft] | None:
    """A draft for each topic with a pair of options, or None where this make is no pairs."""
    unit = ground.line_height
    beside = [right_of(member.box, runs, marks, unit, reach=2.5) for member in kind.members]
    says = option_words([run.text for run in beside if run is not None])
    words = [(r, said) for r in runs if (said := says(r.text)) is not None]
    options = _beside(kind, beside, words, unit) or _below(kind, words, unit)
    if options is None:
        return None
    style = MarkStyle.RADIO if kind.family == "circle" else MarkStyle.CHECK_BOX
    labels = [r for r in runs if says(r.text) is None]
    drafts: list[Draft] = []
    rows = _by_list(_completed(ground, options, words, unit), labels, unit)
    middles = [row[0].candidate.middle[1] for row in rows]
    others = [o.candidate for row in rows for o in row]
    before = [left_of(row[0].candidate.box, labels, others, unit) for row in rows]
    behind = labels_behind([row[-1].word.box for row in rows], labels, unit)
    for row, after in zip(rows, behind, strict=True):
        own = [b for other, b in zip(rows, before, strict=True) if _in_one_list(row, other, unit)]
        label = at_edge(row[0].candidate.box, labels, others, unit, label_edge(own, unit))
        found = label[0] if label else after
        if found is not None:
            named = upper(found, labels, unit, row[0].candidate.middle[1], middles)
            drafts.append(_settled(ground, row, named, style))
    mark_disabled(ground, drafts)
    gather_labels(ground, drafts, labels)
    return drafts or None


def _by_list(rows: list[list[Option]], labels: list[Run], unit: float) -> list[list[Option]]:
    """*rows*, parted where a label stands between two options: that of a second list beside the first."""
    parted: list[list[Option]] = []
    for row in rows:
        y, parts = row[0].candidate.middle[1], [[row[0]]]
        for option, after in pairwise(row):
            is_between = any(
                option.word.box[2] <= r.box[0]
                and r.box[2] <= after.candidate.box[0]
                and abs(r.middle - y) <= 0.75 * unit
                for r in labels
            )
            if is_between:
                parts.append([])
            parts[-1].append(after)
        parted += parts
    return parted


def _in_one_list(row: list[Option], other: list[Option], unit: float) -> bool:
    return abs(row[0].candidate.box[0] - other[0].candidate.box[0]) <= unit


def _settled(ground: Ground, row: list[Option], label: Run, style: MarkStyle) -> Draft:
    boxes = [o.candidate.box for o in row]
    around = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    draft = Draft(style, around, [label], word_lines=[o.word.line for o in row])
    draft.contrast = max(measure_radio(ground, box).rim for box in boxes)
    chosen = chosen_of(ground, boxes) if style is MarkStyle.RADIO else [chosen_circle(ground, box) for box in boxes]
    said = {o.says for o in row}
    if len(row) < 2 or len(said) < 2:
        draft.give_up("only one of its two options could be found")
    elif None in chosen:
        draft.give_up("one of its options is neither clearly empty nor clearly chosen")
    elif sum(c is True for c in chosen) != 1:
        draft.give_up(f"{sum(c is True for c in chosen)} of its {len(row)} options are chosen")
    else:
        option = row[chosen.index(True)]
        draft.box = option.candidate.box
        draft.settle(MarkState.ON if option.says else MarkState.OFF, f"of its options, {option.word.text!r} is chosen")
    return draft


def _beside(kind: Kind, beside: list[Run | None], words: list[tuple[Run, bool]], unit: float) -> list[Option] | None:
    """Options with their word to the right, or None."""
    said = {id(run): says for run, says in words}
    options = [
        Option(member, said[id(run)], run)
        for member, run in zip(kind.members, beside, strict=True)
        if run is not None and id(run) in said
    ]
    both = {o.says for o in options}  # where one of the two rings is drawn otherwise in all rows, its word is there
    rows = [o.word.middle for o in options]
    both |= {says for run, says in words if any(abs(run.middle - y) < 0.5 * unit for y in rows)}
    if len(options) < 0.6 * len(kind.members) or len(both) < 2 or _say_both(options, unit):
        return None
    return options


def _say_both(options: list[Option], unit: float) -> bool:
    """Whether signs one below another stand before words for on and for off: they are dots that repeat the word of
    their row, and the signs of a row belong to two lists."""
    mixed = 0
    for option in options:
        x = option.candidate.middle[0]
        column = [o for o in options if abs(o.candidate.middle[0] - x) <= unit]
        mixed += sum(o.says is not option.says for o in column) >= _OTHERS * len(column)
    return 2 * mixed >= len(options)


_OTHERS = 0.25
"""Share of a column of signs whose words say the contrary, at least."""


def _below(kind: Kind, words: list[tuple[Run, bool]], unit: float) -> list[Option] | None:
    """Options in columns under a heading that is a state word, or None."""
    options = []
    for member in kind.members:
        over = [
            (r, s)
            for r, s in words
            if r.middle < member.box[1] and r.box[0] - unit <= member.middle[0] <= r.box[2] + unit
        ]
        if over:
            nearest = max(over, key=lambda pair: pair[0].middle)
            options.append(Option(member, nearest[1], nearest[0]))
    columns = {(o.says, id(o.word)) for o in options}
    return options if len(options) >= 0.8 * len(kind.members) and len(columns) == 2 and len(words) <= 4 else None


def _completed(ground: Ground, options: list[Option], words: list[tuple[Run, bool]], unit: float) -> list[list[Option]]:
    """The rows, each with the option whose ring is too pale to be found by itself: it stands before its word."""
    gap = float(np.median([o.word.box[0] - o.candidate.box[0] for o in options]))
    wide = float(np.median([o.candidate.width for o in options]))
    rows = _rows(options, unit)
    if not 0 < gap <= 3 * unit:
        return rows  # the words stand above
    for row in rows:
        y = row[0].candidate.middle[1]
        for run, says in words:
            if len(row) == 1 and abs(run.middle - y) <= 0.5 * unit and says is not row[0].says:
                # A reader may have taken in the ring with the word: its column tells where it stands.
                column = [o.candidate.box[0] for o in options if o.says is says]
                x0 = float(np.median(column)) if column else run.box[0] - gap
                box = (x0, y - wide / 2, x0 + wide, y + wide / 2)
                row.append(Option(Candidate(box, Shape.CIRCLE, 0.785, 0.0), says, run))
        row.sort(key=lambda o: o.candidate.box[0])
    return rows


def _rows(options: list[Option], unit: float) -> list[list[Option]]:
    rows: list[list[Option]] = []
    for option in sorted(options, key=lambda o: o.candidate.middle[1]):
        if rows and abs(option.candidate.middle[1] - rows[-1][0].candidate.middle[1]) <= 0.5 * unit:
            rows[-1].append(option)
        else:
            rows.append([option])
    return [sorted(row, key=lambda o: o.candidate.box[0]) for row in rows]
