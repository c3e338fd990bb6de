"""The hotlist catalogue: label on a screen -> topic. Data in ``hotlist_catalogue.toml``, applied at load."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

SOURCES = ("seen", "reported", "spelling")
"""What the catalogue says of where a spelling is from."""
LISTS = ("ncic", "ncmec", "state")
"""Whose list a topic is on."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_NEAR = 0.8
"""Likeness (difflib) from which a label may be a topic misread."""
_SHORTEST = 6
"""Letters from which likeness says anything."""
_PART = 0.6
"""How much of a topic's letters a label cut off must still show to be told from others."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One way in which a topic is written."""

    text: str
    source: str
    """One of ``SOURCES``."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What one kind of entry of a hotlist is about."""

    topic: str
    """Its key, e.g. ``immigration_violator``."""
    name: str
    list: str
    """One of ``LISTS``."""
    code: str | None
    """The letter that marks its records in NCIC's licence-plate-reader extract."""
    aliases: tuple[Alias, ...]
    """Every spelling; the name is the first."""


def label_key(label: str) -> str:
    """What is compared of a label: letters and digits in lower case. ``"Gang/Terrorist "`` -> ``"gangterrorist"``."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", label).casefold() if sign.isalnum())


def topic_of(label: str) -> Topic | None:
    """The topic that *label* as a whole stands for; None for a label the catalogue does not know."""
    return _by_key().get(label_key(label))


@functools.cache
def topics() -> tuple[Topic, ...]:
    """The catalogue in the order of its file; ``ValueError`` where the file is wrong."""
    return tuple(_topic(key, facts) for key, facts in _table()["topic"].items())


@functools.cache
def _table() -> dict[str, Any]:
    text = importlib.resources.files("records").joinpath("hotlist_catalogue.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _topic(key: str, facts: Mapping[str, Any]) -> Topic:
    unknown = facts.keys() - {"name", "list", "code", "source", *SOURCES}
    if unknown or facts["list"] not in LISTS or facts["source"] not in SOURCES:
        raise ValueError(f"hotlist_catalogue.toml: {key} has an unknown key, list or source")
    aliases = [Alias(facts["name"], facts["source"])]
    aliases += [Alias(text, source) for source in SOURCES for text in facts.get(source, ())]
    return Topic(key, facts["name"], facts["list"], facts.get("code"), tuple(aliases))


@functools.cache
def _by_key() -> dict[str, Topic]:
    """Key of every label that stands for a topic -> the topic; fails where one label would stand for two."""
    found: dict[str, Topic] = {}
    for topic in topics():
        for label in (label for alias in topic.aliases for label in _labels(alias.text, topic.code)):
            if found.setdefault(label_key(label), topic) != topic:
                raise ValueError(f"hotlist_catalogue.toml: {label!r} stands for two topics")
    return found


def _labels(text: str, code: str | None) -> Iterator[str]:
    """*text*, and *text* with what may stand before or behind it."""
    yield text
    for place in ("before", "after"):
        for addition in _table()["label"][place]:
            if code is not None or "{code}" not in addition:
                told = addition.replace("{code}", code or "")
                yield f"{told} {text}" if place == "before" else f"{text} {told}"


@functools.cache
def topic_words() -> frozenset[str]:
    """The words of three letters and more in which topics are written, as they are written."""
    return frozenset(word for topic in topics() for alias in topic.aliases for word in _WORD.findall(alias.text))


def near_topic(label: str) -> Topic | None:
    """The topic that a label unknown to the catalogue resembles: misread, cut off, or with words around it.

    Nothing is taken for it. But whoever says that a picture does not show the topic has to look at this label first.
    """
    key = label_key(label)
    if len(key) < _SHORTEST or key in _by_key():
        return None
    likest = max(_by_key(), key=lambda known: (_likeness(key, known), known))
    return _by_key()[likest] if _likeness(key, likest) >= _NEAR else None


def _likeness(key: str, known: str) -> float:
    """From 0; 1 and more for a topic with words around it, and for the better part of one, as cut off by an edge."""
    if (len(known) >= _SHORTEST and known in key) or (key in known and len(key) >= _PART * len(known)):
        return 1 + len(known) / 1000  # of several, the longest
    # Misread letters leave the length; another word more or less makes another label.
    return SequenceMatcher(None, key, known, autojunk=False).ratio() if abs(len(key) - len(known)) <= 2 else 0.0
