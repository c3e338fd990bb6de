"""Toggles and badges with a word in them or beside them that says their state."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.colours import common_colour
from extractors.pictures.marks.draft import Draft, is_on
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.ringed import ringed_of
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.segments import chosen_field
from extractors.pictures.marks.words import state_word
from extractors.pictures.read_page import Box
from records.marks import MarkMethod, MarkState, MarkStyle


def settle_by_words(ground: Ground, drafts: list[Draft], runs: list[Run]) -> None:
    """Toggles and badges with the state written in them or beside them: the word settles it, or contradicts it.

    A badge whose word nobody read has the state of those of its colour, where both states were read in two colours.
    """
    for draft in drafts:
        box = draft.box
        if box is None:
            continue
        inside = _on_row(runs, box, 0.0)
        within = inside or _on_row(runs, box, box[2] - box[0])
        said = {state_word(r.text): r for r in within}
        words = [r for state, r in said.items() if state is not None]
        if len(words) == 2 and inside:
            _settle_group(ground, draft, said)
        if len(words) != 1:
            continue
        word = words[0]
        draft.word_lines.append(word.line)
        on = bool(state_word(word.text))
        contrary = contrary_beside(runs, word, on)
        if contrary is not None and (inside or not _is_highlighted(ground, word)):
            _settle_two(ground, draft, {on: word, not on: contrary}, is_inside=bool(inside))
            continue
        if draft.state is MarkState.UNREADABLE:
            if not inside:
                continue  # what was not understood may be the other of two words, with a ring around it
            draft.doubts.clear()
            draft.style, draft.method = MarkStyle.WORD, MarkMethod.WORDS
            draft.settle(MarkState.ON if on else MarkState.OFF, f"the word {word.text!r} in it")
            if contrary is not None and not _is_highlighted(ground, contrary):
                draft.method = MarkMethod.PIXELS  # both words are read, and where they stand tells which is meant
                draft.word_lines.append(contrary.line)
        elif is_on(draft.state) is not on:
            draft.give_up(f"drawn as {draft.state}, but it says {word.text!r}")
    _settle_by_colour(ground, [d for d in drafts if d.box is not None])


def _settle_group(ground: Ground, draft: Draft, said: Mapping[bool | None, Run]) -> bool:
    """A button group drawn around both words, or around the highlighted one of them: that one, if it plainly is."""
    chosen = chosen_field(ground, draft.runs[0], said[True].box, said[False].box) if draft.runs else None
    if chosen is None:
        draft.give_up("a word for on and one for off both stand in it")
        return False
    draft.doubts.clear()
    draft.style, draft.method = MarkStyle.WORD, MarkMethod.PIXELS
    draft.word_lines += [r.line for r in (said[True], said[False]) if r.line not in draft.word_lines]
    draft.settle(
        MarkState.ON if chosen else MarkState.OFF,
        f"of On and Off in it, {'On' if chosen else 'Off'} is highlighted",
    )
    return True


def _settle_two(ground: Ground, draft: Draft, said: Mapping[bool | None, Run], is_inside: bool) -> None:
    """A field around one of two words beside each other (*is_inside*), or beside them: the word with the field or the
    ring of the two, if one plainly has it."""
    if is_inside and _settle_group(ground, draft, said):
        return
    draft.word_lines += [r.line for r in (said[True], said[False]) if r.line not in draft.word_lines]
    draft.doubts.clear()
    ringed = ringed_of(ground, said[True].box, said[False].box) if is_inside else None
    if ringed is None:
        draft.give_up("a word for on and one for off both stand beside it")
        return
    draft.style = MarkStyle.WORD
    draft.settle((MarkState.ON, MarkState.OFF)[ringed], f"a ring around {said[ringed == 0].text!r}")


def settle_rings(ground: Ground, drafts: list[Draft], runs: list[Run]) -> None:
    """Circles and boxes of one make with a state word in them are drawn around it, and empty says nothing."""
    around = [d for d in drafts if d.box is not None and any(len(r.text) > 1 for r in _on_row(runs, d.box, 0.0))]
    if not around:
        return
    for draft in around:  # the figure in it is the word
        draft.give_up("words stand in it, and which of them is meant was not found")
    settle_by_words(ground, around, runs)
    for draft in drafts:
        if all(draft is not d for d in around) and draft.box is not None:
            draft.give_up("others of its make are drawn around words, and in it none was read")
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


def contrary_beside(runs: list[Run], word: Run, on: bool) -> Run | None:
    """The next text on the row of *word*, on either side, if it says the contrary: two options, of which a mark
    chooses one. Single letters are what readers made of that mark."""
    row = [
        r
        for r in runs
        if r is not word and abs(r.middle - word.middle) <= 0.5 * word.height and len(r.text.strip()) > 1
    ]
    before = max((r for r in row if r.box[2] <= word.box[0] + 1), key=lambda r: r.box[2], default=None)
    behind = min((r for r in row if r.box[0] >= word.box[2] - 1), key=lambda r: r.box[0], default=None)
    return next((r for r in (before, behind) if r is not None and state_word(r.text) is (not on)), None)


def _is_highlighted(ground: Ground, word: Run) -> bool:
    """Whether the word stands on a strong colour, and not on the page."""
    rows, columns = ground.cut(word.box)
    paper = ground.paper[rows, columns].reshape(-1, 3)
    colour = common_colour(ground.pixels[rows, columns].reshape(-1, 3))
    return float(np.abs(colour - np.median(paper, axis=0)).max()) >= _STRONG


_STRONG = 60.0
"""Levels above which a field is highlighted, and not the pale track of a toggle."""


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
