"""Words that say a state: On/Off, Yes/No, Enabled/Disabled and their like."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

ON_WORDS = frozenset(
    {"on", "yes", "enabled", "active", "subscribed", "selected", "checked", "true", "activated", "included", "allowed"}
)
OFF_WORDS = frozenset(
    {
        "off",
        "no",
        "disabled",
        "inactive",
        "unsubscribed",
        "not subscribed",
        "not selected",
        "not enabled",
        "not active",
        "unselected",
        "unchecked",
        "false",
        "deactivated",
        "excluded",
        "not included",
        "not allowed",
    }
)
OPPOSITES = {"on": "off", "yes": "no", "enabled": "disabled", "active": "inactive", "true": "false"}
_CIRCLE = re.compile(r"^[oqcgd0]\W*")
"""A radio button that a reader took for a letter: ``Oon``, ``O Yes``."""
_ENDS = re.compile(r"^[^A-Za-z]+|[^A-Za-z]+$")


def state_word(text: str) -> bool | None:
    """True for a word that says on, False for one that says off, None for anything else."""
    plain = _plain(text)
    return _said(plain) if _said(plain) is not None else _said(_CIRCLE.sub("", plain))


def glued_words(text: str) -> tuple[str, str] | None:
    """The two words of ``YesNo`` or ``EnabledDisabled``: one that says on and its opposite, without a space."""
    plain = text.strip()
    both = OPPOSITES | {off: on for on, off in OPPOSITES.items()}
    cut = next((len(one) for one, other in both.items() if plain.lower() == one + other), None)
    return None if cut is None else (plain[:cut], plain[cut:])


def is_heading(text: str, others: list[str]) -> bool:
    """Whether a state word above *others* heads their column: neither it nor its opposite is among them."""
    plain, seen = _plain(text), {_plain(other) for other in others}
    both = OPPOSITES | {off: on for on, off in OPPOSITES.items()}
    return len(others) >= 2 and not {plain, both.get(plain, plain)} & seen


def is_bare_word(text: str) -> bool:
    """Whether the text is a state word and nothing else, no mark that was read with it."""
    return _said(_plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(_ENDS.sub("", text).lower().split())


def _said(plain: str) -> bool | None:
    if plain in ON_WORDS:
        return True
    return False if plain in OFF_WORDS else None


def said_by(texts: tuple[str, ...]) -> bool | None:
    """What all readers' texts of one word say; None unless all of them say the same."""
    said = {state_word(text) for text in texts}
    return said.pop() if len(said) == 1 else None


def is_nearly(text: str, word: str) -> bool:
    """Whether *text* is the state word *word* with letters misread: begun alike, of its length, mostly the same.

    Words for on and for off that begin alike are told apart by their length or by most of their letters.
    """
    seen, meant = _plain(text), _plain(word)
    if len(meant) < 5 or seen[:2] != meant[:2] or abs(len(seen) - len(meant)) > 1:
        return False
    return SequenceMatcher(None, seen, meant).ratio() >= 0.7


_LETTER = r"[xXvVoO0DQ](?=[\W_ ]|$)(?!['\u2019.]\s?[A-Za-z])"  # no O'Mock, no D. A.
_MARK = rf"(?:[□☐☑☒✓✔✗✘■●○◉◯口回日曰田√©®@]|{_LETTER}|[oO0](?=[A-Z]|on\b|off\b)|\[.?\]|\(.?\))"
_STARTS_AS_MARK = re.compile(rf"^[\W_]{{0,2}}{_MARK}")
_ENDS_AS_MARK = re.compile(rf"(?:^|[\W_]){_MARK}[\W_]{{0,2}}$")


def reads_as_mark(text: str, at_start: bool) -> bool:
    """Whether the text begins (or ends) with what readers make of a mark."""
    return bool((_STARTS_AS_MARK if at_start else _ENDS_AS_MARK).search(text))
