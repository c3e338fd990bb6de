"""Where every document stands, in the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from flows.ledger import Ledger, transaction
from records.documents import DocumentState, SourceDocument

_CURRENT = "document_id in (select document_id from seen where not is_gone)"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a document stands after an attempt to read it."""

    state: DocumentState
    attempt: str
    fingerprint: str | None = None
    error_code: str | None = None
    reason: str | None = None
    advice: str | None = None
    page_count: int | None = None
    row_count: int | None = None
    mark_count: int | None = None
    sharing_count: int | None = None
    """Organizations of sharing lists."""


def record_standing(ledger: Ledger, document_id: str, standing: Standing) -> None:
    """Where a document stands after an attempt; its trouble is news (again)."""
    with transaction(ledger):
        ledger.execute(
            "update document set state = ?, attempt = ?, fingerprint = ?, error_code = ?, reason = ?, advice = ?,"
            " page_count = ?, row_count = ?, mark_count = ?, sharing_count = ?, attempts = attempts + 1, is_told = 0"
            " where document_id = ?",
            [
                standing.state.value,
                standing.attempt,
                standing.fingerprint,
                standing.error_code,
                standing.reason,
                standing.advice,
                standing.page_count,
                standing.row_count,
                standing.mark_count,
                standing.sharing_count,
                document_id,
            ],
        )


def standing_of(row: sqlite3.Row) -> Standing:
    """The standing in a row of :func:`documents`."""
    return Standing(
        DocumentState(row["state"]),
        row["attempt"],
        row["fingerprint"],
        row["error_code"],
        row["reason"],
        row["advice"],
        row["page_count"],
        row["row_count"],
        row["mark_count"],
        row["sharing_count"],
    )


def set_waiting(ledger: Ledger, document_id: str) -> None:
    """Clear a document's quarantine: the next run reads it again."""
    with transaction(ledger):
        ledger.execute(
            "update document set state = 'waiting', attempt = null, error_code = null, reason = null, advice = null"
            " where document_id = ?",
            [document_id],
        )


def mark_told(ledger: Ledger, document_ids: Iterable[str]) -> None:
    """These documents' trouble was reported; later runs do not raise it again."""
    with transaction(ledger):
        ledger.executemany("update document set is_told = 1 where document_id = ?", [[d] for d in document_ids])


def documents(ledger: Ledger) -> list[sqlite3.Row]:
    """Every document, with ``is_current``: it lies in the inbox under some name. What was replaced or
    removed there stays known, but nobody needs to act on it."""
    return ledger.execute(f"select *, {_CURRENT} as is_current from document order by document_id").fetchall()


def document(ledger: Ledger, document_id: str) -> sqlite3.Row:
    """One document that is known to be there."""
    row: sqlite3.Row = ledger.execute("select * from document where document_id = ?", [document_id]).fetchone()
    return row


def source_documents(ledger: Ledger) -> list[SourceDocument]:
    """Every document, for the warehouse."""
    rows = ledger.execute("select * from document order by document_id")
    return [
        SourceDocument(
            row["document_id"],
            row["file_name"],
            row["byte_count"],
            row["media_type"],
            DocumentState(row["state"]),
            row["error_code"],
            row["reason"],
            row["advice"],
        )
        for row in rows
    ]
