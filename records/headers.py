"""The alias table: printed header -> canonical field. Data in ``header_aliases.toml``, applied at load."""

from __future__ import annotations

import difflib
import functools
import hashlib
import importlib.resources
import re
import tomllib

from records.rows import AUDIT_FIELDS

_TABLES = ("header_aliases.toml", "hotlist_catalogue.toml", "organization_names.toml", "sharing_headers.toml")
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
def tables_digest() -> str:
    """Twelve hex digits that change with the tables of spellings in this package: headings, names, topics."""
    texts = [importlib.resources.files("records").joinpath(name).read_bytes() for name in _TABLES]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:12]


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


@functools.lru_cache(maxsize=1024)
def canonical_field(printed: str) -> str | None:
    """The canonical field a printed header stands for, or None when the table does not know it."""
    return header_aliases().get(normalise_header(printed))


def nearest_spelling(name: str) -> str | None:
    """The spelling of the table that *name* may have been meant for; None where none is near."""
    spellings = {normalise_header(spelling): spelling for spelling in reversed(header_spellings())}
    near = difflib.get_close_matches(normalise_header(name), spellings, n=1, cutoff=0.7)
    return spellings[near[0]] if near else None
