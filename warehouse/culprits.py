"""Whose parts it is that DuckDB cannot load: found by halving. Only asked after a load failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb

from warehouse.manifest import Manifest

NOT_ABOUT_THE_PARTS = (
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.InterruptException,
    duckdb.IOException,
    duckdb.OutOfMemoryException,
)
"""A full disk or too little memory says nothing about any document."""


def culprits(manifests: Sequence[Manifest], load: Callable[[Sequence[Manifest]], None]) -> list[str]:
    """The documents whose parts *load* refuses even alone; none when the parts are not what is wrong.

    Nothing is blamed on documents when *load* fails without any, or with each of several: then it is something else.
    """
    if not _is_loadable([], load):
        return []
    found = _refused(manifests, load)
    return found if len(manifests) == 1 or len(found) < len(manifests) else []


def _refused(manifests: Sequence[Manifest], load: Callable[[Sequence[Manifest]], None]) -> list[str]:
    if not manifests or _is_loadable(manifests, load):
        return []
    if len(manifests) == 1:
        return [manifests[0].document_id]
    middle = len(manifests) // 2
    return [*_refused(manifests[:middle], load), *_refused(manifests[middle:], load)]


def _is_loadable(manifests: Sequence[Manifest], load: Callable[[Sequence[Manifest]], None]) -> bool:
    try:
        load(manifests)
    except NOT_ABOUT_THE_PARTS:
        raise
    except duckdb.Error:
        return False
    return True
