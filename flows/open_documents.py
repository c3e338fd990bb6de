"""Which documents need a person, and what a person can say so that they no longer do."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from flows import ledger_documents, ledger_inbox
from flows.inbox import UNSORTED
from flows.ledger import Ledger
from flows.report import Trouble
from records.documents import DocumentState, SegmentKind
from records.issues import Severity

_SAYABLE = (SegmentKind.LETTER, SegmentKind.PICTURE, SegmentKind.BLANK)


def needs_person(ledger: Ledger, row: sqlite3.Row) -> bool:
    """Whether a document (a row of the ledger) is open trouble.

    Quarantined or set aside, and still in the inbox; but not when a person has said that it is no audit log. One that
    had to be left out of the warehouse is open wherever it lies: its rows may have been there before.
    """
    if row["state"] == DocumentState.QUARANTINED:
        return bool(row["is_current"]) or row["error_code"] == "failed_checks"
    if row["state"] != DocumentState.SET_ASIDE or not row["is_current"]:
        return False
    said = ledger_inbox.merged_hints(ledger, row["document_id"]).kind
    return said is None or said == SegmentKind.AUDIT_LOG


def find_trouble(ledger: Ledger) -> list[Trouble]:
    """The documents that need a person."""
    return [
        Trouble(
            row["document_id"],
            tuple(dict.fromkeys(name[0] for name in ledger_inbox.hints_of(ledger, row["document_id"]))),
            ledger_documents.standing_of(row),
            is_news=not row["is_told"],
        )
        for row in ledger_documents.documents(ledger)
        if needs_person(ledger, row)
    ]


def count_mistakes(ledger: Ledger) -> int:
    """How many doubts and errors of the intake are open."""
    return sum(issue.severity is not Severity.NOTICE for issue in ledger_inbox.issues(ledger))


def how_to_close(ledger: Ledger, document_id: str, kinds: Mapping[str, int], media_type: str) -> str | None:
    """How a person says what a set-aside document is, so that it is no open trouble; None where nothing can be said.

    *kinds* are the kinds of its segments, if it was read.
    """
    names = [(release, path) for release, path, _ in ledger_inbox.hints_of(ledger, document_id) if release != UNSORTED]
    if not names:
        return None
    found = max((kind for kind in _SAYABLE if kinds.get(kind)), key=lambda kind: kinds[kind], default=None)
    if found is None:
        found = SegmentKind.PICTURE if media_type.startswith("image/") else SegmentKind.UNKNOWN
    # A JSON string is a TOML string.
    name = json.dumps(names[0][1], ensure_ascii=False)
    return f'If that is what it is, say so in release.toml, and it is open no more: [files.{name}] kind = "{found}"'
