"""What DuckDB may use: a set amount stays, otherwise it follows the rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from records.errors import MemoryLimitError, WarehouseError
from warehouse import build as build_module
from warehouse.build import BuildInputs, BuildResult, build
from warehouse.resources import MIB, USUAL, Resources


@pytest.mark.parametrize(
    ("rows", "least", "most"),
    [(0, 176, 176), (733_000, 176, 176), (900_000, 256, 256), (2_000_000, 345, 360), (10_000_000, 1_000, 1_200)],
)
def test_memory_follows_the_rows(rows: int, least: int, most: int) -> None:
    first, second, third = (tried.memory_bytes for tried in Resources().for_rows(rows))
    assert least * MIB <= first <= most * MIB
    assert (second, third) == (2 * first, 4 * first)


def test_memory_that_was_set_stays() -> None:
    assert Resources(300 * MIB).for_rows(10_000_000) == (Resources(300 * MIB),)


def _starved(below: int, asked: list[int]) -> Callable[..., BuildResult]:
    """A build for which less memory than *below* is too little."""

    def build_with(inputs: object, manifests: object, path: Path, resources: Resources) -> BuildResult:
        asked.append(resources.memory_bytes)
        if resources.memory_bytes < below:
            raise MemoryLimitError("too little", resources.advice)
        return BuildResult("hash", {}, ())

    return build_with


def test_a_build_that_runs_out_of_memory_gets_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs, asked = BuildInputs([], [], [], (), {}), list[int]()
    monkeypatch.setattr(build_module, "_build", _starved(300 * MIB, asked))
    assert build(inputs, tmp_path / "built.duckdb").content_hash == "hash"
    assert asked == [176 * MIB, 352 * MIB]


def test_a_build_that_never_has_enough_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs, asked = BuildInputs([], [], [], (), {}), list[int]()
    monkeypatch.setattr(build_module, "_build", _starved(1 << 40, asked))
    with pytest.raises(WarehouseError, match="too little"):
        build(inputs, tmp_path / "built.duckdb")
    assert asked == [176 * MIB, 352 * MIB, 704 * MIB]
    asked.clear()
    with pytest.raises(WarehouseError):
        build(inputs, tmp_path / "built.duckdb", Resources(100 * MIB))
    assert asked == [100 * MIB]


def test_another_failure_is_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Resources] = []

    def fails(inputs: object, manifests: object, path: Path, resources: Resources) -> BuildResult:
        asked.append(resources)
        raise WarehouseError("contradiction") from duckdb.ConstraintException("twice")

    monkeypatch.setattr(build_module, "_build", fails)
    with pytest.raises(WarehouseError, match="contradiction"):
        build(BuildInputs([], [], [], (), {}), tmp_path / "built.duckdb")
    assert len(asked) == 1


def test_only_too_little_memory_is_worth_another_try() -> None:
    short = Resources(advice="more").failure(duckdb.OutOfMemoryException("a cell"), "It failed")
    other = Resources(advice="more").failure(duckdb.ConstraintException("a cell"), "It failed")
    assert (type(short), str(short), short.advice) == (MemoryLimitError, "It failed (OutOfMemoryException).", "more")
    assert (type(other), str(other)) == (WarehouseError, "It failed (ConstraintException).")


def test_duckdb_is_told_the_usual_where_nothing_is_known(tmp_path: Path) -> None:
    with Resources().connect(":memory:", tmp_path) as connection:
        told = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    with duckdb.connect(config={"memory_limit": f"{USUAL}B"}) as other:
        assert told == other.execute("SELECT current_setting('memory_limit')").fetchone()
