"""Decisions as the log holds them, on values of invented parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from records.decisions import Decision, DecisionKind, Target, chained
from review.targets import see

Said = tuple[Target, DecisionKind, dict[str, Any]]


def target(built: Path, id: str, field: str) -> Target:
    """The value as a reviewer of the warehouse *built* sees it."""
    with duckdb.connect(built, read_only=True) as connection:
        return see(connection, id, field).target


def log(*said: Said) -> list[Decision]:
    """A decision log with these entries; ``undoes`` may be the number of an earlier one."""
    entries: list[Decision] = []
    for number, (about, kind, words) in enumerate(said, start=1):
        words = {"who": "anna", **words}
        if "undoes" in words:
            words["undoes"] = entries[words["undoes"] - 1].decision_id
        moment = datetime(2026, 3, 1, tzinfo=UTC).replace(tzinfo=None) + timedelta(minutes=number)
        draft = Decision(number, moment, kind=kind, target=about, **words)
        entries.append(replace(draft, chain=chained(entries[-1].chain if entries else "", draft)))
    return entries


def ask(built: Path, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """The answer of a query."""
    with duckdb.connect(built, read_only=True) as connection:
        return connection.execute(query, list(parameters)).fetchall()
