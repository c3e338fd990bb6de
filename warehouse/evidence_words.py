"""Which words may stand beside evidence, from ``warehouse/rules/immigration_words.toml``.

Pure functions of a text. They can only take evidence away: a text with a word that is not of police work, or behind the
label of another offense, is ambiguous.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable
from typing import Any

from warehouse.search_rules import label_pattern, offense_categories

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_NUMBER = re.compile(r"(?!0+\Z)\d+|(?=(?:\D*\d){3})[^\W_]+", re.ASCII)
"""A number but nought, or a case number: letters with three digits at least. `K9` and `ABC7` are names."""


@functools.cache
def _table() -> dict[str, Any]:
    file = importlib.resources.files("warehouse") / "rules" / "immigration_words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@functools.cache
def _known() -> frozenset[str]:
    return frozenset(word for group in _table()["words"].values() for word in group.split())


@functools.cache
def _phrases() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE) for phrase in _table()["phrases"]["plain"])


@functools.cache
def _names() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _table()["phrases"]["names"]))


@functools.cache
def _sign() -> re.Pattern[str]:
    return re.compile(rf"[^{_table()['signs']['allowed']}]")


@functools.cache
def any_label() -> str:
    """The pattern of one label of the drop-down list."""
    return "|".join(map(label_pattern, offense_categories()))


@functools.cache
def _label_and_dash() -> re.Pattern[str]:
    return re.compile(rf"\A\s*(?P<first>{any_label()})(?:\s*,\s*(?:{any_label()})){{0,4}}\s+[-–—]\s+")


@functools.lru_cache(maxsize=16)
def free_text_start(text: str) -> int:
    """Where the free text behind a label and a dash starts; 0: no label."""
    match = _label_and_dash().match(text)
    return match.end() if match else 0


def is_all_known(text: str, found: Iterable[tuple[int, int]]) -> bool:
    """Whether each word and sign of *text* is of police work; the spans *found* are evidence themselves."""
    places = [*found, *(m.span("name") for p in _names() for m in p.finditer(text))]
    places += [m.span() for p in _phrases() for m in p.finditer(text)]
    signs = list(text)
    for start, end in places:
        signs[start:end] = " " * (end - start)
    rest = "".join(signs)
    return not _sign().search(_WORD.sub("", rest)) and all(map(_is_known, _WORD.findall(rest)))


def _is_known(word: str) -> bool:
    return word.casefold() in _known() or _NUMBER.fullmatch(word) is not None


def is_offense_enough(text: str) -> bool:
    """Whether the label that *text* begins with leaves room for its free text to be about immigration."""
    match = _label_and_dash().match(text)
    if match is None:
        return True
    needs = next(needs for labels, needs in _needs() if labels is None or labels.fullmatch(match["first"]))
    return needs.search(text, match.end()) is not None


@functools.cache
def _needs() -> tuple[tuple[re.Pattern[str] | None, re.Pattern[str]], ...]:
    """Labels (``None``: any other), and what the free text behind one of them must have."""
    return tuple(
        (
            None if entry["labels"] == ["*"] else re.compile("|".join(map(label_pattern, entry["labels"]))),
            re.compile(entry["needs"]),
        )
        for entry in _table()["label"]
    )
