"""What the queue page says of a whole snapshot. A snapshot never changes, so each is asked once and kept."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """Of one snapshot."""

    choices: dict[str, list[tuple[str, int]]]
    """What can be filtered by (kind, release, code, field): each word with its number of items."""
    elsewhere: list[dict[str, Any]]
    """Doubts that no decision on a value settles: those of pages and documents, by code."""


_turn = threading.Lock()
_known: dict[str, QueueFacts] = {}
"""Content hash -> its facts; the newest asked for only."""


def queue_facts(connection: duckdb.DuckDBPyConnection, content_hash: str) -> QueueFacts:
    """The facts of the snapshot of *connection*, which has that content."""
    with _turn:
        if content_hash not in _known:
            made = QueueFacts(_choices(connection), _elsewhere(connection))
            _known.clear()
            _known[content_hash] = made
        return _known[content_hash]


def _choices(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for name, column in (("kind", "target_kind"), ("release", "release_id"), ("code", "code"), ("field", "field")):
        source = "(SELECT unnest(codes) AS code FROM core.review_item)" if name == "code" else "core.review_item"
        found[name] = connection.execute(
            f"SELECT {column}, count(*) FROM {source} WHERE {column} IS NOT NULL GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    return found


def _elsewhere(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    result = connection.execute(
        """SELECT code, severity, count(*) AS issue_count, count(DISTINCT document_id) AS document_count,
            any_value(advice ORDER BY issue_id) AS advice, any_value(document_id ORDER BY issue_id) AS document_id,
            any_value(page_number ORDER BY issue_id) AS page_number
        FROM core.issue
        WHERE severity IN ('error', 'doubt') AND row_id IS NULL AND mark_id IS NULL AND code <> 'zone_unknown'
        GROUP BY code, severity ORDER BY severity DESC, issue_count DESC, code"""
    )
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]
