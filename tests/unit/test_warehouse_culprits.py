"""Finding the documents whose parts cannot be loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pytest

from warehouse.culprits import culprits
from warehouse.manifest import Manifest


class _Named:
    def __init__(self, document_id: str) -> None:
        self.document_id = document_id


def _find(names: str, bad: set[str], least: int = 1) -> tuple[list[str], int]:
    """What is found, and how often was loaded, when loading fails with at least so many *bad* ones."""
    loads = 0

    def load(some: Sequence[Any]) -> None:
        nonlocal loads
        loads += 1
        if len(bad & {one.document_id for one in some}) >= least:
            raise duckdb.ConstraintException("no")

    manifests: list[Any] = [_Named(name) for name in names]
    return culprits(manifests, load), loads


def test_they_are_found_by_halving() -> None:
    assert _find("abcdefgh", {"c"})[0] == ["c"]
    assert _find("abcdefgh", {"a", "h"})[0] == ["a", "h"]
    assert _find("abcdefghijklmnop" * 16, {"c"})[1] > 16  # each of sixteen
    assert _find("".join(map(chr, range(1000, 2024))), {chr(1500)})[1] < 25
    assert _find("a", {"a"})[0] == ["a"]


def test_nobody_is_blamed_for_what_is_no_documents_fault() -> None:
    assert _find("abcd", set("abcd"))[0] == []  # each of them: then it is something else
    assert _find("abcd", set(), least=0)[0] == []  # even without any
    assert _find("abcd", {"a", "d"}, least=2)[0] == []  # only together

    def load(_: Sequence[Manifest]) -> None:
        raise duckdb.IOException("the disk is full")

    with pytest.raises(duckdb.IOException):
        culprits([], load)
