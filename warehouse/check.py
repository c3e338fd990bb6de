"""The checks: every ``checks/<name>.sql`` is a question whose answer must be zero rows.

The first line of a file is the question as a comment; the query lists what is wrong, so that it can be run by hand.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from records.errors import WarehouseError


@dataclass(frozen=True, slots=True)
class Check:
    """One file of ``warehouse/checks``."""

    name: str
    question: str
    sql: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How many rows answer the question of a check; 0 is passed."""

    name: str
    question: str
    failing_count: int


def checks() -> list[Check]:
    """All checks, by name."""
    found = []
    for file in (importlib.resources.files("warehouse") / "checks").iterdir():
        if file.name.endswith(".sql"):
            sql = file.read_text(encoding="utf-8")
            question = sql.splitlines()[0].removeprefix("--").strip()
            found.append(Check(file.name.removesuffix(".sql"), question, sql))
    return sorted(found, key=lambda check: check.name)


def run_checks(connection: duckdb.DuckDBPyConnection) -> list[CheckResult]:
    """Ask every question, and record the answers in ``meta.check_result``."""
    results = []
    for check in checks():
        row = connection.execute(f"SELECT count(*) FROM ({check.sql.rstrip().rstrip(';')}\n)").fetchone()
        results.append(CheckResult(check.name, check.question, int(row[0]) if row else 0))
    connection.executemany(
        "INSERT INTO meta.check_result VALUES (?, ?, ?)",
        [[result.name, result.question, result.failing_count] for result in results],
    )
    return results


def demand_passed(results: Sequence[CheckResult]) -> None:
    """``WarehouseError`` naming every failed check and its count."""
    failed = [result for result in results if result.failing_count]
    if failed:
        answers = "; ".join(f"{result.name} ({result.failing_count}): {result.question}" for result in failed)
        raise WarehouseError(
            f"{len(failed)} of {len(results)} checks failed: {answers}",
            "Nothing was published; the last snapshot still serves. The build is kept: run the query of a failed check"
            " (warehouse/checks/<name>.sql) on it to see the rows.",
        )
