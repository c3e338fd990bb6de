"""Two lists side by side of which one has lost all its marks: those of the other must not pass for them."""

from __future__ import annotations

import re

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.qualify import label_of
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.words import state_word
from records.hotlists import topic_words

_WORD = re.compile(r"[^\W\d_]{3,}")
_MOST, _VARIED, _WORDED = 0.6, 0.7, 0.4
"""Share of the marks with a second label before them; of these labels that differ, and that have a topic's words."""


def doubt_two_lists(ground: Ground, drafts: list[Draft], runs: list[Run]) -> None:
    """Give up marks of a scan that stand behind two columns of names: a fax drops the pale marks of the first list, and
    on its row the marks of the second are the next. On a screen nothing is dropped."""
    told = [d for d in drafts if d.runs and d.box is not None and d.runs[0].box[2] <= d.box[0]]
    for column in _columns(told, ground.line_height) if ground.is_scan else ():
        between = [(d, text) for d in column if (text := _between(d, runs, ground.line_height))]
        texts = [text for _, text in between]
        topics = sum(not topic_words().isdisjoint(_WORD.findall(text)) for text in texts)
        is_list = len(between) >= max(3, _MOST * len(column)) and len(set(texts)) >= _VARIED * len(texts)
        for draft, _ in between if is_list and topics >= _WORDED * len(texts) else ():
            draft.give_up("two columns of labels stand before it, and the marks of the first may be lost")


def _columns(drafts: list[Draft], unit: float) -> list[list[Draft]]:
    """Marks one below another."""
    columns: list[list[Draft]] = []
    for draft in sorted(drafts, key=lambda d: d.place[0]):
        if columns and draft.place[0] - columns[-1][-1].place[0] <= unit:
            columns[-1].append(draft)
        else:
            columns.append([draft])
    return columns


def _between(draft: Draft, runs: list[Run], unit: float) -> str:
    """The first words between the label and its mark on their row; empty where there are none."""
    assert draft.box is not None
    label, y = draft.runs[0], (draft.box[1] + draft.box[3]) / 2
    row = [
        r
        for r in runs
        if abs(r.middle - y) <= 0.75 * unit
        and label.box[2] <= r.box[0]
        and r.box[2] <= draft.box[0]
        and state_word(r.text) is None
        and _WORD.search(r.text)
        and r.text != label_of(draft)
    ]
    return min(row, key=lambda r: r.box[0]).text if row else ""
