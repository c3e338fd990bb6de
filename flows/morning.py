"""What the ledger tells the morning page: the last runs, what came in, and which documents need a person."""

from __future__ import annotations

import contextlib
from dataclasses import asdict, replace
from typing import Any

from flows import ledger_documents, ledger_inbox, ledger_runs, lock
from flows.ledger import open_ledger
from flows.open_documents import needs_person
from flows.paths import DataFolder
from records.issues import Severity

_RUNS = 10
_ARRIVALS = 500
"""Receipts told of, the newest first."""


def account(folder: DataFolder) -> dict[str, Any]:
    """``running`` (the owner of the lock, or None), ``runs`` (newest first), ``published``, ``arrivals`` (receipts of
    these runs, newest first), ``documents`` that need a person, and ``issues`` of the intake."""
    holder = lock.holder_of(folder.lock)
    with contextlib.closing(open_ledger(folder.ledger)) as ledger:
        runs = [run for run in ledger_runs.last_runs(ledger, _RUNS) if holder is None or run.run_id != holder.run_id]
        if runs and runs[0].status == "running":  # nobody holds the lock: it died, and no run has come by since
            runs[0] = replace(runs[0], status="crashed")
        since = min((run.started for run in runs), default="")
        arrivals = sorted(
            (asdict(receipt) for receipt in ledger_inbox.receipts(ledger)),
            key=lambda receipt: (receipt["received_datetime"], receipt["release_id"], receipt["path"]),
            reverse=True,
        )
        publication = ledger_runs.last_publication(ledger)
        documents = ledger_documents.documents(ledger)
        names = {row["document_id"]: row["file_name"] for row in documents}
        states = {row["document_id"]: row["state"] for row in documents}
        return {
            "running": asdict(holder) if holder else None,
            "runs": [asdict(run) for run in runs],
            "published": dict(publication) if publication else None,
            "arrivals": [
                receipt
                | {"file_name": names[receipt["document_id"]], "state": states[receipt["document_id"]]}
                | {"received": str(receipt["received_datetime"])}
                for receipt in arrivals
                if str(receipt["received_datetime"]) >= since
            ][:_ARRIVALS],
            "documents": [
                {key: row[key] for key in ("document_id", "file_name", "state", "error_code", "reason", "advice")}
                | {"releases": sorted({name[0] for name in ledger_inbox.hints_of(ledger, row["document_id"])})}
                for row in documents
                if needs_person(ledger, row)
            ],
            "issues": [
                {
                    key: getattr(issue, key)
                    for key in ("release_id", "code", "severity", "message", "advice", "seen_text")
                }
                for issue in ledger_inbox.issues(ledger)
                if issue.severity is not Severity.NOTICE
            ],
        }
