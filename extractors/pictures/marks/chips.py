"""Closed multi-selects: what is chosen, each in a chip. They say nothing about what they do not show.

A chip is a field of one colour around a few words that ends on all sides, filled or outlined, cut to the length of its
words: that is what tells it from the cells of a table, which are as wide as their column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.chip_fields import field_around
from extractors.pictures.marks.chip_signs import sign_before, sign_behind
from extractors.pictures.marks.colours import common_colour
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.facts import page_texts
from extractors.pictures.marks.ground import LOSSLESS, Ground
from extractors.pictures.marks.icons import Figure
from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import Box, TextLine
from records.hotlists import topic_of
from records.marks import MarkState, MarkStyle

_CLOSER = re.compile(r"\s*[×xX✕✖⊗®©+*]\s*$")
"""The sign that takes a chip away, as readers see it."""
_CLOSER_BEFORE = re.compile(r"^\s*(?:[×xX✕✖⊗®©+*]\s+(?=\w)|[×✕✖⊗](?=\w)|x(?=[A-Z]))")
_RIM_BEFORE, _RIM_BEHIND = re.compile(r"^[(\[{|]\s+(?=\w)"), re.compile(r"(?:\s+[)\]}|]|(?<=[×✕✖⊗])[)\]}|])$")
"""The round ends of a chip's outline, as readers see them: apart from the words, as no bracket is."""
_ONLY_CLOSER = re.compile(r"^\W*[×xX✕✖⊗®©+*]?\W*$")

_FILLED = 10.0
"""Levels from which on what chips are filled with is no page, however uneven a lossy file is."""
_CUT = 0.5
"""Heights of a line beside a chip within which another word stands in the same chip."""
_NEARLY_ALL = 0.8
"""Of the chips of a list, that have a cross behind their words where it takes them away."""
_TWO_LOOKS = 30.0
"""Levels between the fills of chips that are on and of those that are off."""


_TICK = 2.2
"""Heights of a line that a tick before the words of a chip takes."""


@dataclass(frozen=True, slots=True)
class Chip:
    box: Box
    run: Run
    text: str
    closes: bool
    """Whether the sign that takes it away was read in it."""


def find_chips(ground: Ground, runs: list[Run], lines: tuple[TextLine, ...]) -> list[Draft]:
    """A draft for every chip; none unless there are two alike, or one with a topic of the catalogue and its closer."""
    chips: list[Chip] = []
    others = page_texts([r.text for r in runs], may_be_agency=True)
    for run in runs:
        if run.text not in others:
            chips += _chips_of(ground, run, lines[run.line])
    chips = _alike(ground, chips)
    known = [topic_of(chip.text) is not None for chip in chips]
    if not any(known):
        return []
    drafts = []
    for chip in chips:
        draft = Draft(MarkStyle.CHIP, chip.box, [chip.run], label_text=chip.text)
        draft.word_lines = [r.line for r in runs if _ONLY_CLOSER.match(r.text) and _inside(r.box, chip.box)]
        drafts.append(draft)
    _settle(ground, chips, drafts)
    return drafts


def _settle(ground: Ground, chips: list[Chip], drafts: list[Draft]) -> None:
    """All alike: shown because they are chosen. Of two looks: switches, of which the filled ones are on."""
    fills = np.array([_fill(ground, chip) for chip in chips], dtype=float)
    field = _field_colour(ground, chips)
    strength = np.abs(fills - field).max(axis=1)
    middle = (float(strength.min()) + float(strength.max())) / 2
    if float(np.ptp(strength)) < _TWO_LOOKS:
        crosses = sum(sign_behind(ground, c.box) is Figure.CROSS for c in chips)
        are_closed = crosses >= _NEARLY_ALL * len(chips)
        alike = float(np.ptp(fills, axis=0).max()) < _TWO_LOOKS
        for chip, draft in zip(chips, drafts, strict=True):
            told = any(c.closes for c in chips) or any(d.word_lines for d in drafts) or are_closed
            if alike and (told or float(strength.min()) > 2 + min(_FILLED, 5 * ground.noise)):
                draft.settle(MarkState.ON, "shown as a chip of what is chosen")
            else:
                draft.give_up(f"{chip.text!r} may be a switch, and nothing tells which of them are on")
        return
    for draft, strong in zip(drafts, strength, strict=True):
        if abs(strong - middle) < 0.25 * float(np.ptp(strength)):
            draft.give_up("its fill is neither that of the filled nor that of the outlined ones")
        elif strong > middle:
            draft.settle(MarkState.ON, "filled, others are outlined")
        elif float(strength.min()) <= max(8.0, 5 * ground.noise) and _is_outlined(ground, draft.place, field):
            draft.settle(MarkState.OFF, "outlined, others are filled")
        else:
            draft.give_up("filled in another colour than others, and nothing tells which of them are on")


def _is_outlined(ground: Ground, box: Box, field: NDArray[np.int16]) -> bool:
    """Whether a line is drawn around *box*, which is of the colour it stands on."""
    x0, top, x1, bottom = box
    strips = ((x0, top - 2, x1, top), (x0, bottom, x1, bottom + 2))
    lines = [np.abs(ground.pixels[ground.cut(s)] - field).max(axis=(0, 2)) for s in strips]
    return min(float(np.median(line)) for line in lines) > max(12.0, 6 * ground.noise)


def _fill(ground: Ground, chip: Chip) -> tuple[float, ...]:
    """The colour around its words."""
    x0, top, x1, bottom = chip.box  # in a lossy file letters ring around themselves, and not as far as its rim
    within = chip.run.box if ground.ringing <= LOSSLESS else (x0 + 2, top + 2, x1 - 2, bottom - 2)
    red, green, blue = common_colour(ground.pixels[ground.cut(within)].reshape(-1, 3)).tolist()
    return red, green, blue


def _field_colour(ground: Ground, chips: list[Chip]) -> NDArray[np.int16]:
    """What the chips stand on: the commonest colour close around them that is in none of them."""
    around = np.zeros(ground.ink.shape, np.uint8)
    for out, shade in ((8, 1), (2, 0)):  # a border may be two pixels wide
        for x0, top, x1, bottom in (chip.box for chip in chips):
            around[ground.cut((x0 - out, top - out, x1 + out, bottom + out))] = shade
    return common_colour(ground.pixels[around > 0])


def _chips_of(ground: Ground, run: Run, line: TextLine) -> list[Chip]:
    """The chips that *run* stands in: one, or several that a reader took for one line."""
    words = [
        (w.text, (w.box[0] * ground.scale, run.box[1], w.box[2] * ground.scale, run.box[3]))
        for w in line.words
        if run.box[0] - 2 <= (w.box[0] + w.box[2]) / 2 * ground.scale <= run.box[2] + 2
    ] or [(run.text, run.box)]
    chips: list[Chip] = []
    skipped: list[tuple[str, Box]] = []
    while words:
        box = field_around(ground, words[0][1], run)
        inside = [w for w in (*skipped, *words) if box is not None and _inside(w[1], box)]
        if box is None or not inside:
            skipped, words = [*skipped, words[0]], words[1:]
            continue
        words = [w for w in words if w not in inside]
        read = " ".join(w[0] for w in inside)
        bare = _RIM_BEFORE.sub("", _RIM_BEHIND.sub("", read))
        text = _CLOSER_BEFORE.sub("", _CLOSER.sub("", bare))
        if sum(c.isalpha() for c in text) >= 3:
            lettered = [w for w in inside if not _ONLY_CLOSER.match(w[0])] or inside
            x0, x1 = lettered[0][1][0], lettered[-1][1][2]
            chips.append(Chip(box, replace(run, text=text, box=(x0, run.box[1], x1, run.box[3])), text, text != bare))
    return chips if ground.ringing <= LOSSLESS else [c for c in chips if not _is_cut(c, skipped, chips)]


def _is_cut(chip: Chip, skipped: list[tuple[str, Box]], chips: list[Chip]) -> bool:
    """Whether a word that lies in no chip begins or ends right at the edge of *chip*: letters that ring cut it in two.
    The words of the next chip are further off, by its margin and the room between them."""
    near = _CUT * chip.run.height
    return any(
        box[0] - chip.box[2] < near and chip.box[0] - box[2] < near
        for text, box in skipped
        if not _ONLY_CLOSER.match(text) and not any(_inside(box, c.box) for c in chips)
    )


def _inside(box: Box, field: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return field[0] <= x <= field[2] and field[1] <= y <= field[3]


def _alike(ground: Ground, chips: list[Chip]) -> list[Chip]:
    """Those of one height, with the same space before and after their words, or a tick in it."""
    if len(chips) < 2:
        return []
    heights = np.array([c.box[3] - c.box[1] for c in chips])
    before = np.array([c.run.box[0] - c.box[0] for c in chips])
    after = np.array([c.box[2] - c.run.box[2] for c in chips])
    unit = float(np.median([c.run.height for c in chips]))
    alike = np.abs(heights - np.median(heights)) <= 0.15 * np.median(heights)
    # A reader's box may reach to the chip's own edge, and take in the sign that closes it, read or not.
    has_sign = float(np.median(after)) > 1.2 * unit
    closer = np.array([2.2 * unit if c.closes or has_sign else 1.1 * unit for c in chips])
    # Where the sign stands before the words, readers take it in or leave it out.
    is_before = sum(c.closes for c in chips) >= 2 and float(np.median(after)) < 0.8 * unit
    lead = before - np.median(before) <= (1.1 if is_before else 0.6) * unit
    ticked = np.array([sign_before(ground, c.box, c.run.box) is Figure.TICK for c in chips])
    lead |= ticked & (before - np.median(before) <= _TICK * unit)
    alike &= lead & (before >= -0.25 * unit) & (after - np.median(after) <= 1.1 * unit)
    alike &= np.median(after) - after <= closer
    kept = [c for c, same in zip(chips, alike, strict=True) if same]
    return kept if len(kept) >= 2 and len(kept) >= 0.5 * len(chips) else []
