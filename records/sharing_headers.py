"""Headings of sharing lists: printed -> what a column or a list holds. Data in ``sharing_headers.toml``."""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from typing import Any

from records.headers import normalise_header
from records.marks import Direction

SHARING_FIELDS = ("organization", "shared_with_me", "sharing_to")
"""What the columns of a sharing list hold, in the order of ``column_ordinal`` in its continuations and issues."""


@functools.cache
def _table() -> dict[str, Any]:
    text = importlib.resources.files("records").joinpath("sharing_headers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@functools.cache
def sharing_fields() -> dict[str, str]:
    """Normalised heading -> one of ``SHARING_FIELDS``; fails where one spelling stands for two."""
    fields: dict[str, str] = {}
    for field in SHARING_FIELDS:
        for spelling in _table()[field]:
            key = normalise_header(spelling)
            if fields.setdefault(key, field) != field:
                raise ValueError(f"sharing_headers.toml: {spelling!r} stands for {field} and {fields[key]}")
    return fields


@functools.cache
def sharing_words() -> frozenset[str]:
    """Every word of every heading of a column, normalised."""
    words = (word for field in SHARING_FIELDS for spelling in _table()[field] for word in spelling.split())
    return frozenset(map(normalise_header, words))


@functools.cache
def direction_words() -> frozenset[frozenset[str]]:
    """The words of each heading that tells a direction, normalised: where none of these stand, there is no header."""
    spellings = (spelling for field in SHARING_FIELDS[1:] for spelling in _table()[field])
    return frozenset(frozenset(map(normalise_header, spelling.split())) for spelling in spellings)


@functools.cache
def list_headings() -> dict[str, Direction]:
    """Normalised heading of a list of organizations only -> who shares with whom."""
    table: dict[str, list[str]] = _table()["list"]
    return {normalise_header(s): Direction(direction) for direction, spellings in table.items() for s in spellings}
