"""`recordtrail status`: what is loaded, what is doubtful, what needs a person and why, the last run, the snapshot."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import Any

from rich.console import Console

from flows import ledger_documents, ledger_inbox, ledger_runs, lock
from flows.ledger import Ledger
from flows.open_documents import needs_person
from flows.paths import DataFolder
from flows.progress import SHORT
from flows.table_output import plain, print_table
from flows.words import count
from records.documents import DocumentState
from records.issues import Severity


@dataclass(frozen=True, slots=True)
class Status:
    """Everything `status` shows, as ``--json`` gives it."""

    data: str
    running: dict[str, Any] | None
    last_run: dict[str, Any] | None
    snapshot: dict[str, Any] | None
    document_counts: dict[str, int]
    releases: list[dict[str, Any]]
    documents: list[dict[str, Any]]
    needs_person: list[dict[str, Any]]
    issues: list[dict[str, Any]]
    """Kinds of issues in the snapshot, with their counts."""
    intake_issues: list[dict[str, Any]]


def gather(folder: DataFolder, ledger: Ledger) -> Status:
    """Ask the ledger, the lock and the snapshot. Changes nothing."""
    holder = lock.holder_of(folder.lock)
    runs = [run for run in ledger_runs.last_runs(ledger, 2) if holder is None or run.run_id != holder.run_id]
    if runs and runs[0].status == "running":  # nobody holds the lock: it died, and no run has come by since
        runs[0] = replace(runs[0], status="crashed")
    snapshot, doubtful, doubts, issues = _snapshot(folder, ledger)
    documents = [_document(ledger, row, doubtful, doubts) for row in ledger_documents.documents(ledger)]
    return Status(
        data=str(folder.root),
        running=asdict(holder) if holder else None,
        last_run=asdict(runs[0]) if runs else None,
        snapshot=snapshot,
        document_counts=dict(Counter(document["state"] for document in documents)),
        releases=_releases(ledger, documents),
        documents=documents,
        needs_person=[document for document in documents if document["needs_person"]],
        issues=issues,
        intake_issues=[
            {key: getattr(issue, key) for key in ("release_id", "code", "severity", "message", "advice", "seen_text")}
            for issue in ledger_inbox.issues(ledger)
        ],
    )


def _snapshot(
    folder: DataFolder, ledger: Ledger
) -> tuple[dict[str, Any] | None, dict[str, int], dict[str, int], list[dict[str, Any]]]:
    """The published snapshot; its doubtful rows by document; doubts of pages and documents; its issues by kind."""
    if not folder.full_snapshot.exists():
        return None, {}, {}, []
    from warehouse import query, status
    from warehouse.versions import rollback_note

    with query.connect(folder.full_snapshot) as connection:
        summary = status.summary(connection)
        doubtful = {line.document_id: line.doubtful_row_count for line in status.documents(connection)}
        doubts = status.doubt_counts(connection)
    publication = ledger_runs.last_publication(ledger)
    snapshot = {
        "path": str(folder.full_snapshot),
        "file_name": folder.full_snapshot.resolve().name,
        "content_hash": summary.content_hash,
        "published": publication["published"] if publication else None,
        "rows": summary.row_count,
        "doubtful_rows": summary.doubtful_row_count,
        "decisions": summary.decision_sequence,
        "decisions_waiting": max(_logged(folder) - summary.decision_sequence, 0),
        "analyst": _analyst(folder, summary.content_hash),
        "rolled_back": asdict(note) if (note := rollback_note(folder.snapshots)) else None,
    }
    return snapshot, doubtful, doubts, [asdict(line) for line in summary.issues]


def _logged(folder: DataFolder) -> int:
    """Number of the last entry of the decision log."""
    if not folder.decisions.exists():
        return 0
    from review.decision_log import DecisionLog

    with DecisionLog(folder.decisions) as log:
        return log.last_sequence


def _analyst(folder: DataFolder, content_hash: str) -> dict[str, Any] | None:
    """The analyst file that is served: its name, key, build, and whether that is the full snapshot's."""
    from warehouse.versions import published_analyst

    there = published_analyst(folder.snapshots)
    if there is None:
        return None
    return {
        "file_name": folder.analyst_snapshot.resolve().name,
        **asdict(there),
        "is_of_same_build": there.content_hash == content_hash,
    }


def _document(ledger: Ledger, row: Any, doubtful: dict[str, int], doubts: dict[str, int]) -> dict[str, Any]:
    names = ledger_inbox.hints_of(ledger, row["document_id"])
    facts = {key: row[key] for key in row.keys() if key not in ("attempt", "is_told", "is_current")}  # noqa: SIM118
    return {
        **facts,
        "releases": list(dict.fromkeys(release_id for release_id, _, _ in names)),
        "doubtful_rows": doubtful.get(row["document_id"], 0),
        "other_doubts": doubts.get(row["document_id"], 0),
        "is_in_inbox": bool(row["is_current"]),
        "needs_person": needs_person(ledger, row),
    }


def _releases(ledger: Ledger, documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lines = []
    for release in ledger_inbox.releases(ledger):
        own = [document for document in documents if release.release_id in document["releases"]]
        lines.append(
            {
                "release_id": release.release_id,
                "agency": release.agency,
                "status": release.status.value,
                "documents": len(own),
                "loaded": sum(document["state"] == DocumentState.LOADED for document in own),
                "rows": sum(document["row_count"] or 0 for document in own),
            }
        )
    return lines


def show(status: Status, console: Console, is_all: bool) -> None:
    """Print *status* for people; *is_all* lists every document, not only those that need somebody."""
    _show_state(status, console)
    release_columns = ("release", "agency", "status", "documents", "loaded", "rows")
    print_table(console, release_columns, [tuple(release.values()) for release in status.releases], "Releases")
    doubtful = [document for document in status.documents if document["doubtful_rows"] or document["other_doubts"]]
    if is_all or doubtful:
        columns = ("document", "release", "file", "state", "pages", "rows", "doubtful rows", "other doubts")
        rows = [
            (
                d["document_id"][:SHORT], " ".join(d["releases"]), d["file_name"], d["state"], d["page_count"],
                d["row_count"], d["doubtful_rows"], d["other_doubts"],
            )
            for d in (status.documents if is_all else doubtful)
        ]  # fmt: skip
        print_table(console, columns, rows, "Documents" if is_all else "Doubtful")
    if status.issues:
        issue_columns = ("issue", "severity", "count", "documents", "rows")
        print_table(
            console, issue_columns, [tuple(issue.values()) for issue in status.issues], "Issues in the snapshot"
        )
    _show_trouble(status, console)
    _show_intake_issues(status, console)


def _show_state(status: Status, console: Console) -> None:
    lines = [f"Data folder: {status.data}"]
    if status.running:
        lines.append(f"Running now: `{status.running['command']}`, process {status.running['pid']}.")
    if status.last_run:
        run = status.last_run
        message = f" {run['message']}" if run["message"] else ""
        code = "" if run["exit_code"] is None else f", exit code {run['exit_code']}"
        ended = f"finished {run['finished']} UTC" if run["finished"] else "its end is not known"
        lines.append(f"Last run: `{run['command']}` {run['status']}{code}, {ended}.{message}")
    if status.snapshot:
        s = status.snapshot
        lines.append(f"Snapshot: {s['file_name']}, {count(s['rows'], 'row')}, {s['doubtful_rows']} doubtful.")
        if s["decisions_waiting"]:
            waiting = count(s["decisions_waiting"], "decision")
            lines.append(f"Decisions of reviewers: {waiting} not in it yet; `recordtrail nightly` applies them.")
        lines += _shared(s)
    else:
        lines.append("Snapshot: none is published yet.")
    states = sorted(status.document_counts.items())
    counts = ", ".join(f"{number} {state.replace('_', ' ')}" for state, number in states)
    lines.append(f"Documents: {counts or 'none'}.")
    for line in lines:
        console.print(plain(line), markup=False, highlight=False, soft_wrap=True)


def _shared(snapshot: dict[str, Any]) -> list[str]:
    """What is served to analysts, and what a person went back from."""
    analyst, note = snapshot["analyst"], snapshot["rolled_back"]
    if analyst is None:
        lines = ["Analyst file: none is published; the last run says why."]
    else:
        of = (
            "of the same build"
            if analyst["is_of_same_build"]
            else f"of ANOTHER build ({analyst['content_hash'][:SHORT]})"
        )
        lines = [f"Analyst file: {analyst['file_name']}, {of}, masking key {analyst['key_id']}."]
    if note:
        refused = ", ".join(content_hash[:SHORT] for content_hash in note["refused"])
        lines.append(
            f"Rolled back on {note['when']} UTC: nightly does not publish {refused} again;"
            " `recordtrail rollback --undo` serves the newest."
        )
    return lines


def _show_trouble(status: Status, console: Console) -> None:
    if not status.needs_person:
        console.print("\nNo document needs a person.")
        return
    console.print("\n[bold]Documents that need a person[/bold]")
    for document in status.needs_person:
        kind = f" ({document['error_code']})" if document["error_code"] else ""
        _print_block(
            console,
            f"{document['document_id'][:SHORT]}  {document['state']}{kind}  {document['file_name']}",
            [
                f"release: {' '.join(document['releases'])}",
                f"why: {document['reason']}",
                f"advice: {document['advice']}",
            ],
        )


def _show_intake_issues(status: Status, console: Console) -> None:
    issues = [issue for issue in status.intake_issues if issue["severity"] != Severity.NOTICE]
    if issues:
        console.print("\n[bold]What the intake noticed[/bold]")
    for issue in issues:
        seen = [f"seen: {issue['seen_text']}"] if issue["seen_text"] else []
        head = f"{issue['release_id'] or 'inbox'}  {issue['severity']} ({issue['code']}): {issue['message']}"
        _print_block(console, head, [*seen, f"advice: {issue['advice']}"])


def _print_block(console: Console, head: str, lines: list[str]) -> None:
    console.print(plain(head), markup=False, highlight=False, soft_wrap=True)
    for line in lines:
        console.print("    " + plain(line), markup=False, highlight=False, soft_wrap=True)
