"""Whether a line looks like the name of an organization of a sharing list. Data in ``organization_names.toml``."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib

MOST_WORDS = 12
"""Longer lines are sentences, or several names."""
_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019]*")


@functools.cache
def _table() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    text = importlib.resources.files("records").joinpath("organization_names.toml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)
    return frozenset(table["short"]), frozenset(w.casefold() for w in table["word"]), frozenset(table["state"])


def is_like_organization(text: str) -> bool:
    """Whether *text* holds a word that names of organizations hold, and is no sentence.

    It is a hint for lists as a whole: ``Home Depot`` alone is not recognised, and is a customer all the same.
    """
    words = [word.replace("\u2019", "'") for word in _WORD.findall(text)]
    if not 1 <= len(words) <= MOST_WORDS or text.rstrip().endswith((".", ":", "?", ";")):
        return False
    if sum(word[0].islower() for word in words) > len(words) / 2:
        return False
    short, known, states = _table()
    if any(word in short or word.casefold() in known for word in words):
        return True
    return len(words) > 1 and any(word in states for word in words)


def ends_organization(text: str) -> bool:
    """Whether *text* ends as whole names end: with a short form, a state, or either in brackets."""
    words = _WORD.findall(text)
    short, _, states = _table()
    return len(words) > 1 and (words[-1] in short or words[-1] in states or text.rstrip().endswith((")", "]")))


def is_whole_organization(text: str) -> bool:
    """Whether *text* begins and ends as whole names do: two words or more, and no short form or bracket first.

    ``FL PD`` and ``(VA)`` are ends of names; ``[Federal] …`` and ``OR - …`` are beginnings.
    """
    words = _WORD.findall(text)
    short, _, states = _table()
    if not ends_organization(text) or text[0] in "(&,-" or words[0][0].islower():
        return False
    return words[0] not in short and (words[0] not in states or " - " in text)


def share_like_organizations(names: list[str]) -> float:
    """The part of *names* that look like organizations, 0 to 1; 0 for none."""
    return sum(map(is_like_organization, names)) / len(names) if names else 0.0
