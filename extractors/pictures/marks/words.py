"""Words that say a state: On/Off, Yes/No, Enabled/Disabled and their like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
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
_NOT = ("no", "not", "do not", "don't", "don\u2019t", "never")
_CHOICES = {
    "alert": {"ignore", "mute", "skip"},
    "allow": {"deny", "block"},
    "enable": {"disable"},
    "include": {"exclude"},
    "notify": {"ignore", "mute"},
    "select": {"deselect"},
    "show": {"hide"},
    "subscribe": {"unsubscribe", "ignore", "decline"},
}
"""Words that say a state only as the two options of a choice: one alone may be a button that offers it."""
CONTRARIES = {on: {off} for on, off in OPPOSITES.items()} | {
    on: off | {f"{word} {on}" for word in _NOT} for on, off in _CHOICES.items()
}
"""Plain words for on, and what may stand beside each for off."""
_OPTIONS = frozenset(_CHOICES) | frozenset().union(*(CONTRARIES[on] for on in _CHOICES))
_NEARLY_ALL = 0.8
"""Of the words beside options, that are the two of a choice."""
_CIRCLE = re.compile(r"^[oqcgd0]\W*")
"""A radio button that a reader took for a letter: ``Oon``, ``O Yes``."""
_ENDS = re.compile(r"^[^A-Za-z]+|[^A-Za-z]+$")


def state_word(text: str) -> bool | None:
    """True for a word that says on, False for one that says off, None for anything else."""
    plain = _plain(text)
    return _said(plain) if _said(plain) is not None else _said(_CIRCLE.sub("", plain))


def is_option(text: str) -> bool:
    """Whether the text is one of the words of a choice and nothing else."""
    return is_bare_word(text) or _plain(text) in _OPTIONS


def are_contrary(one: str, other: str) -> bool:
    """Whether two plain texts are the words of one choice, in either order."""
    return any(off in CONTRARIES.get(on, ()) for on, off in ((one, other), (other, one)))


def option_words(texts: Sequence[str]) -> Callable[[str], bool | None]:
    """What a text says as an option, where *texts* stand beside the options of a list: a state word; or one of the two
    contrary words (``Enable`` and ``Disable``, ``Alert`` and ``No alert``) that nearly all of *texts* are."""
    common = Counter(map(_option, texts)).most_common(2)
    if len(common) < 2 or common[0][1] + common[1][1] < _NEARLY_ALL * len(texts):
        return state_word
    (one, _), (other, _) = common
    for on, off in ((one, other), (other, one)):
        if on in _CHOICES and off in CONTRARIES[on]:
            said = {on: True, off: False}
            return lambda text: said.get(_option(text))
    return state_word


def _option(text: str) -> str:
    """The words of an option, without a radio button that a reader took for a letter."""
    plain = _plain(text)
    bare = _CIRCLE.sub("", plain)
    return bare if plain not in _OPTIONS and bare in _OPTIONS else plain


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
_MARK = rf"(?:[□☐☑☒✓✔✗✘■●○◉◯口回日曰田√©®@×✕✖]|{_LETTER}|[oO0](?=[A-Z]|on\b|off\b)|\[.?\]|\(.?\))"
_STARTS_AS_MARK = re.compile(rf"^[\W_]{{0,2}}{_MARK}")
_ENDS_AS_MARK = re.compile(rf"(?:^|[\W_]){_MARK}[\W_]{{0,2}}$")


def reads_as_mark(text: str, at_start: bool) -> bool:
    """Whether the text begins (or ends) with what readers make of a mark."""
    return bool((_STARTS_AS_MARK if at_start else _ENDS_AS_MARK).search(text))
