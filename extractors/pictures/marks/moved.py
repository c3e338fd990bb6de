"""Two lists under the headings Enabled and Disabled: what stands in which is the setting, not the boxes in them."""

from __future__ import annotations

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.words import is_bare_word, state_word
from records.marks import MarkStyle

_BOXES = (MarkStyle.CHECK_BOX, MarkStyle.RADIO, MarkStyle.CHECK_ICON)


def doubt_moved(drafts: list[Draft], runs: list[Run], unit: float) -> None:
    """Give up the boxes below two headings on one row of which one says on, and one off."""
    used = {line for d in drafts for line in d.word_lines}
    words = [r for r in runs if r.line not in used and is_bare_word(r.text)]
    pairs = [
        (one, other)
        for one in words
        for other in words
        if state_word(one.text) and not state_word(other.text) and abs(one.middle - other.middle) <= 0.6 * unit
    ]
    pairs = [pair for pair in pairs if not _is_row(pair[0], runs, unit)]
    if not pairs:
        return
    row = min(one.middle for one, _ in pairs)
    below = [d for d in drafts if d.style in _BOXES and d.box is not None and d.box[3] > row]
    left = min(min(one.box[0], other.box[0]) for one, other in pairs)
    sides = {d.place[0] > left for d in below}
    if len(sides) == 2:  # marks of both lists: with one alone, the words are of something else
        for draft in below:
            draft.give_up("it stands below two headings that say on and off, and a tick in it may only choose it")


def _is_row(word: Run, runs: list[Run], unit: float) -> bool:
    """Whether a label stands on the row of *word*: then it is an option of that label and heads nothing."""
    return any(
        abs(r.middle - word.middle) <= 0.5 * unit
        and state_word(r.text) is None
        and sum(c.isalpha() for c in r.text) >= _WORDS
        for r in runs
    )


_WORDS = 4
"""Letters of a label; fewer are what a reader made of a mark."""
