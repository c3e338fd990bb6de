"""The alias table: printed header -> canonical field. Data in ``header_aliases.toml``, applied at load."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
import re
import tomllib

from records.rows import AUDIT_FIELDS

_NOT_A_WORD = re.compile(r"[^0-9a-z#]+")


def normalise_header(printed: str) -> str:
    """Lower case, letters, digits and ``#`` only: ``"Case #"`` -> ``"case#"``, ``" Org Name"`` -> ``"orgname"``."""
    return _NOT_A_WORD.sub("", printed.casefold())


def _text() -> str:
    return importlib.resources.files("records").joinpath("header_aliases.toml").read_text(encoding="utf-8")


@functools.cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(_text())


@functools.cache
def header_table_digest() -> str:
    """Twelve hex digits that change with the table."""
    return hashlib.sha256(_text().encode()).hexdigest()[:12]


def header_spellings() -> list[str]:
    """Every printed spelling of the table."""
    return [spelling for spellings in _table().values() for spelling in spellings]


@functools.cache
def header_aliases() -> dict[str, str]:
    """Normalised printed header -> canonical field of ``AUDIT_FIELDS``; fails on a clash or unknown field."""
    aliases: dict[str, str] = {}
    for canonical, spellings in _table().items():
        if canonical not in AUDIT_FIELDS:
            raise ValueError(f"header_aliases.toml: {canonical} is not a canonical audit field")
        for spelling in [canonical, *spellings]:
            key = normalise_header(spelling)
            if aliases.setdefault(key, canonical) != canonical:
                raise ValueError(f"header_aliases.toml: {spelling!r} stands for {canonical} and {aliases[key]}")
    return aliases


def canonical_field(printed: str) -> str | None:
    """The canonical field a printed header stands for, or None when the table does not know it."""
    return header_aliases().get(normalise_header(printed))
