"""What came in, in the ledger: releases, receipts, what lies in the inbox now, and the intake's issues."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from flows.ledger import Ledger, transaction
from records.documents import SourceDocument
from records.issues import Issue, Severity
from records.release import FileHints, Receipt, Release, RequestStatus


def record_release(ledger: Ledger, release: Release, folder: str, now: datetime) -> None:
    """Add or renew what is known of a release."""
    facts = asdict(release)
    with transaction(ledger):
        ledger.execute(
            "insert into release values (?, ?, ?, ?)"
            " on conflict (release_id) do update set folder = excluded.folder, facts = excluded.facts",
            [release.release_id, folder, json.dumps(facts, default=str), now.isoformat(" ")],
        )


def record_file(
    ledger: Ledger, receipt: Receipt, document: SourceDocument, stamp: str, hints: FileHints
) -> tuple[bool, bool]:
    """Add a document (once), its receipt (once per name), and what lies under that name now.

    Says whether the document and whether the receipt are new.
    """
    with transaction(ledger):
        new_documents = ledger.execute(
            "insert into document (document_id, file_name, byte_count, media_type, state)"
            " values (?, ?, ?, ?, 'waiting') on conflict do nothing",
            [document.document_id, document.file_name, document.byte_count, document.media_type],
        ).rowcount
        new_receipts = ledger.execute(
            "insert into receipt values (?, ?, ?, ?) on conflict do nothing",
            [receipt.release_id, receipt.path, receipt.document_id, receipt.received_datetime.isoformat(" ")],
        ).rowcount
        ledger.execute(
            "insert or replace into seen values (?, ?, ?, ?, ?, 0)",
            [receipt.release_id, receipt.path, stamp, receipt.document_id, _hints_to_json(hints)],
        )
    return new_documents == 1, new_receipts == 1


def record_hints(ledger: Ledger, release_id: str, path: str, hints: FileHints) -> None:
    """Renew the hints of a file whose bytes did not change. The password is never written."""
    with transaction(ledger):
        ledger.execute(
            "update seen set hints = ?, is_gone = 0 where release_id = ? and path = ?",
            [_hints_to_json(hints), release_id, path],
        )


def record_gone(ledger: Ledger, release_id: str, paths: Iterable[str]) -> None:
    """These files are no longer in the inbox; their documents stay."""
    with transaction(ledger):
        ledger.executemany(
            "update seen set is_gone = 1 where release_id = ? and path = ?", [(release_id, path) for path in paths]
        )


def seen_files(ledger: Ledger, release_id: str) -> dict[str, tuple[str, str]]:
    """Path -> (stamp, document_id) of a release's files as last looked at."""
    rows = ledger.execute("select path, stamp, document_id from seen where release_id = ?", [release_id])
    return {row["path"]: (row["stamp"], row["document_id"]) for row in rows}


def hints_of(ledger: Ledger, document_id: str) -> list[tuple[str, str, FileHints]]:
    """(release_id, path, hints) for every name a document lies under now, in a fixed order."""
    rows = ledger.execute(
        "select release_id, path, hints from seen where document_id = ? order by release_id, path", [document_id]
    )
    return [(row["release_id"], row["path"], _hints_from_json(row["hints"])) for row in rows]


def merged_hints(ledger: Ledger, document_id: str) -> FileHints:
    """The hints of the first name (in order) under which somebody gave any. Passwords are not among them."""
    given = [hints for _, _, hints in hints_of(ledger, document_id) if hints != FileHints()]
    return given[0] if given else FileHints()


def ids_with_differing_hints(ledger: Ledger) -> list[str]:
    """Documents for which people gave different hints under different names."""
    rows = ledger.execute(
        "select document_id from seen where hints <> '{}' and not is_gone"
        " group by document_id having count(distinct hints) > 1 order by document_id"
    )
    return [row["document_id"] for row in rows]


def ids_with_shared_hints(ledger: Ledger) -> list[str]:
    """Documents that lie in several releases, and hints for them in some of these only."""
    rows = ledger.execute(
        "select document_id from seen where not is_gone group by document_id"
        " having count(distinct release_id) > 1 and count(distinct hints) = 2 and min(hints = '{}') < max(hints = '{}')"
        " order by document_id"
    )
    return [row["document_id"] for row in rows]


def replace_issues(ledger: Ledger, release_id: str, issues: Sequence[Issue]) -> None:
    """The intake's issues about a release, as of now; the release ``""`` is the inbox itself."""
    with transaction(ledger):
        ledger.execute("delete from issue where release_id = ?", [release_id])
        ledger.executemany(
            "insert into issue values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (release_id, i.code, i.severity.value, i.message, i.advice, i.document_id, i.field, i.seen_text)
                for i in issues
            ],
        )


def current_ids(ledger: Ledger, release_id: str | None = None) -> list[str]:
    """Documents to be read: of one release, or all that lie under a name now. In the order of their names."""
    condition = "" if release_id is None else "where release_id = ?"
    rows = ledger.execute(
        f"select document_id from seen {condition} group by document_id order by min(release_id || '/' || path)",
        [] if release_id is None else [release_id],
    )
    return [row["document_id"] for row in rows]


def releases(ledger: Ledger) -> list[Release]:
    """Every release, also those without files."""
    return [_release(json.loads(row[0])) for row in ledger.execute("select facts from release order by release_id")]


def folders(ledger: Ledger) -> dict[str, str]:
    """Release id -> the folder's name in the inbox."""
    return {row["release_id"]: row["folder"] for row in ledger.execute("select release_id, folder from release")}


def receipts(ledger: Ledger) -> list[Receipt]:
    """Every receipt there ever was."""
    rows = ledger.execute(
        "select release_id, document_id, path, received from receipt order by release_id, path, received"
    )
    return [
        Receipt(row["release_id"], row["document_id"], row["path"], datetime.fromisoformat(row["received"]))
        for row in rows
    ]


def issues(ledger: Ledger) -> list[Issue]:
    """What the intake noticed, as of its last look at each release."""
    rows = ledger.execute("select * from issue order by release_id, code, field, message, document_id")
    return [
        Issue(
            row["code"],
            Severity(row["severity"]),
            row["message"],
            row["advice"],
            row["release_id"] or None,
            row["document_id"],
            field=row["field"],
            seen_text=row["seen_text"],
        )
        for row in rows
    ]


def _release(facts: dict[str, Any]) -> Release:
    for key in ("requested_date", "produced_date"):
        facts[key] = date.fromisoformat(facts[key]) if facts[key] else None
    return Release(**{**facts, "status": RequestStatus(facts["status"]), "exemptions": tuple(facts["exemptions"])})


def _hints_to_json(hints: FileHints) -> str:
    facts = {key: value for key, value in asdict(hints).items() if value and key != "password"}
    return json.dumps(facts, default=str, sort_keys=True)


def _hints_from_json(text: str) -> FileHints:
    facts = json.loads(text)
    if "document_date" in facts:
        facts["document_date"] = date.fromisoformat(facts["document_date"])
    return FileHints(**{**facts, "column_names": tuple(facts.get("column_names", ()))})
