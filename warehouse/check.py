"""The checks: every ``checks/<name>.sql`` is a question whose answer must be zero rows.

The first line of a file is the question as a comment; the query lists what is wrong, so that it can be run by hand.
Its column ``document_id`` says whose row it is, or is null where leaving one document out would mend nothing.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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
    document_counts: Mapping[str | None, int] = field(default_factory=dict)
    """Document -> how many of those rows are its own; None for rows that are nobody's."""


class ChecksFailed(WarehouseError):
    """The build is not sound. ``documents`` are those whose parts are at fault: document -> check -> failing rows."""

    def __init__(self, message: str, failed: Sequence[CheckResult], advice: str | None = None) -> None:
        super().__init__(message, advice)
        self.failed = tuple(failed)
        self.documents: dict[str, dict[str, int]] = {}
        for result in failed:
            for document_id, count in result.document_counts.items():
                if document_id is not None:
                    self.documents.setdefault(document_id, {})[result.name] = count

    @property
    def is_pinned(self) -> bool:
        """Every failing row is some document's: without these documents the build may pass."""
        return bool(self.failed) and all(
            result.document_counts and None not in result.document_counts for result in self.failed
        )


def refuse(name: str, message: str, document_ids: Iterable[str]) -> ChecksFailed:
    """The error for parts that cannot be loaded at all, as if a check *name* had failed once for each document."""
    counts: dict[str | None, int] = dict.fromkeys(document_ids, 1)
    return ChecksFailed(message, [CheckResult(name, message, len(counts), counts)])


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
        found = connection.execute(
            f"SELECT document_id, count(*) FROM ({check.sql.rstrip().rstrip(';')}\n) GROUP BY document_id ORDER BY ALL"
        ).fetchall()
        counts = {document_id: int(count) for document_id, count in found}
        results.append(CheckResult(check.name, check.question, sum(counts.values()), counts))
    connection.executemany(
        "INSERT INTO meta.check_result VALUES (?, ?, ?)",
        [[result.name, result.question, result.failing_count] for result in results],
    )
    return results


def demand_passed(results: Sequence[CheckResult]) -> None:
    """:class:`ChecksFailed` naming every failed check and its count."""
    failed = [result for result in results if result.failing_count]
    if failed:
        answers = "; ".join(f"{result.name} ({result.failing_count}): {result.question}" for result in failed)
        raise ChecksFailed(
            f"{len(failed)} of {len(results)} checks failed: {answers}",
            failed,
            "Nothing was published; the last snapshot still serves. The build is kept: run the query of a failed check"
            " (warehouse/checks/<name>.sql) on it to see the rows.",
        )
