"""Marks that are signs of the text layer: ballot boxes and ticks in Unicode, in Wingdings and in Zapf Dingbats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pictures.read_page import Box
from extractors.pictures.vector_mark import VectorMark
from records.marks import MarkMethod, MarkState, MarkStyle

_BOXES = {"☐": False, "☑": True, "☒": True, "⬜": False, "◻": False, "◽": False, "❏": False, "❐": False, "❑": False,
          "❒": False, "🗹": True, "🗵": True, "🗷": True, "✅": True}  # fmt: skip
_RADIOS = {"◉": True, "◯": False, "⦿": True, "🔘": True}
_ICONS = frozenset("✓✔")
"""A tick by itself says that its entry is chosen; a cross by itself may say the contrary, and is left to the pixels."""
_AMBIGUOUS = {"□": ("box", False), "■": ("box", True), "○": ("circle", False), "●": ("circle", True)}
"""Marks where both of a pair are on the page; bullets of a list where only one is."""

_ZAPF = {"3": "✓", "4": "✔", "8": "✘", "7": "✗", "n": "■", "o": "❏", "p": "❐", "q": "❑", "r": "❒", "l": "●"}
_WINGDINGS = {0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x78: "☒", 0xA1: "○", 0x6C: "●", 0xA4: "◉", 0xA8: "☐",
              0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x2A: "☐"}
_PRIVATE = 0xF000
"""Symbol fonts are mapped to U+F000 and what follows."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One glyph of the text layer: its character, its font's name and its box in display points."""

    character: str
    font: str
    box: Box


def plain_sign(character: str, font: str) -> str:
    """The Unicode sign that the glyph shows: letters of dingbat fonts translated, other characters as they are."""
    name = font.casefold().replace(" ", "")
    code = ord(character)
    code -= _PRIVATE if _PRIVATE <= code < _PRIVATE + 256 else 0
    if "dingbats" in name:
        return _ZAPF.get(chr(code), character)
    if "wingdings2" in name or "wingdings-2" in name:
        return _WINGDINGS_2.get(code, character)
    if "wingdings3" in name or "wingdings-3" in name:
        return character
    if "wingdings" in name or code != ord(character):
        return _WINGDINGS.get(code, character)
    return character


def is_mark_sign(character: str) -> bool:
    """Whether a character without its font looks like a mark: what a cheap look at a page counts."""
    code = ord(character)
    return (
        character in _BOXES
        or character in _RADIOS
        or character in _ICONS
        or code - _PRIVATE in _WINGDINGS.keys() | _WINGDINGS_2.keys()
    )


def glyph_marks(signs: Sequence[Sign], covered: Sequence[Box]) -> list[VectorMark]:
    """The marks among the signs; none where its place is *covered*, or where a second sign lies on it."""
    told = [(plain_sign(sign.character, sign.font), sign) for sign in signs]
    there = {text for text, _ in told}
    pairs = {kind for kind in ("box", "circle") if _is_pair(kind, there)}
    marks = []
    for text, sign in told:
        found = _mark(text, pairs)
        if found is None or any(_holds(box, sign.box) for box in covered):
            continue
        if any(other is not sign and _holds(sign.box, other.box) for _, other in told):
            continue  # a box with a tick over it: the drawing decides
        kind, is_on = found
        state = MarkState.ON if is_on else MarkState.OFF
        marks.append(VectorMark(sign.box, kind, state, MarkMethod.VECTOR, f"text layer: the sign {text}"))
    return marks


def _is_pair(kind: str, there: set[str]) -> bool:
    states = {is_on for text, (k, is_on) in _AMBIGUOUS.items() if k == kind and text in there}
    family = _BOXES if kind == "box" else _RADIOS
    states |= {is_on for text, is_on in family.items() if text in there}
    return len(states) == 2


def _mark(text: str, pairs: set[str]) -> tuple[MarkStyle, bool] | None:
    if text in _BOXES:
        return MarkStyle.CHECK_BOX, _BOXES[text]
    if text in _RADIOS:
        return MarkStyle.RADIO, _RADIOS[text]
    if text in _ICONS:
        return MarkStyle.CHECK_ICON, True
    kind, is_on = _AMBIGUOUS.get(text, ("", False))
    if kind in pairs:
        return (MarkStyle.CHECK_BOX if kind == "box" else MarkStyle.RADIO), is_on
    return None


def _holds(box: Box, other: Box) -> bool:
    x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
