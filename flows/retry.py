"""`recordtrail retry`: clear documents' quarantine, so that the run it starts reads them again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from flows import extract, ledger_documents
from flows.run import Run
from flows.usage import UsageError
from flows.words import count
from records.documents import DocumentState


def clear(prefixes: Sequence[str], is_all: bool) -> Callable[[Run], None]:
    """What to do under the run's lock before it reads.

    *is_all* clears everything quarantined, or set aside for its type. A document named by a prefix of its id is read
    again in any case; parts that it has are removed.
    """

    def prepare(run: Run) -> None:
        rows = ledger_documents.documents(run.ledger)
        chosen = [_named(prefix, rows) for prefix in prefixes]
        if is_all:
            chosen += [row for row in rows if row["state"] != DocumentState.LOADED and row["fingerprint"] is None]
        for row in chosen:
            ledger_documents.set_waiting(run.ledger, row["document_id"])
            # A document that failed the checks of the build names no parts, but has some: those of its attempt.
            fingerprint = row["fingerprint"] or (row["attempt"] or "").partition("+")[0]
            if fingerprint:
                extract.forget(run.folder, row["document_id"], fingerprint)

    return prepare


def _named(prefix: str, rows: list[sqlite3.Row]) -> sqlite3.Row:
    matches = [row for row in rows if prefix and row["document_id"].startswith(prefix.casefold())]
    if len(matches) != 1:
        raise UsageError(
            f"{count(len(matches), 'document')} with an id that begins with that.",
            "Give the first digits of one document's id, as `recordtrail status --all` shows them.",
        )
    return matches[0]
