"""Parts and ledger -> warehouse -> snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows import ledger_documents, ledger_inbox, ledger_runs
from flows.ledger_documents import Standing
from flows.open_documents import find_trouble
from flows.run import Run
from flows.settings import variable_of
from flows.words import count
from records.decisions import Decision
from records.documents import DocumentState
from records.errors import DocumentError
from review.decision_log import read_log
from review.errors import DecisionLogError
from warehouse.build import BuildInputs, ChecksFailed, Resources, build
from warehouse.publish import publish, published_decision, published_hash

BUILT = "full.duckdb"
FAILED = "failed.duckdb"
"""In ``work/build``, until the next run: the build that some documents had to be taken out of."""


class FailedChecksError(DocumentError):
    """The document was read, but what was read of it contradicts itself; the warehouse is built without it."""

    code = "failed_checks"
    advice = (
        "Nothing of it is in the warehouse. Please report it, with the names of the checks: it is our mistake, not the"
        " file's. After an upgrade of Recordtrail: `recordtrail retry`."
    )


def build_inputs(run: Run, decisions: Sequence[Decision], without: Mapping[str, Standing] | None = None) -> BuildInputs:
    """Everything the warehouse is a function of. Documents that lie in the inbox no more are still part of it.

    *without* are documents to leave out, with where that leaves them.
    """
    left_out = without or {}
    parts = {
        row["document_id"]: run.folder.part(row["document_id"], row["fingerprint"])
        for row in ledger_documents.documents(run.ledger)
        if row["fingerprint"] is not None and row["document_id"] not in left_out
    }
    documents = ledger_documents.source_documents(run.ledger)
    for index, document in enumerate(documents):
        if document.document_id in left_out:
            standing = left_out[document.document_id]
            documents[index] = replace(
                document,
                state=standing.state,
                error_code=standing.error_code,
                reason=standing.reason,
                advice=standing.advice,
            )
    return BuildInputs(
        releases=ledger_inbox.releases(run.ledger),
        receipts=ledger_inbox.receipts(run.ledger),
        documents=documents,
        issues=ledger_inbox.issues(run.ledger),
        parts=parts,
        former_parts={
            document_id: [
                folder
                for folder in sorted(run.folder.parts_of(document_id).iterdir())
                if folder != part and run.folder.has_part(document_id, folder.name)
            ]
            for document_id, part in parts.items()
        },
        decisions=decisions,
        hints={d.document_id: ledger_inbox.merged_hints(run.ledger, d.document_id) for d in documents},
        run_id=run.run_id,
    )


def build_warehouse(run: Run) -> None:
    """Build aside and check; documents that fail a check are quarantined, and the rest is built without them.

    Raises WarehouseError when a failure cannot be pinned to documents, hits most of them or stays without them: then
    nothing can be published, and no document is quarantined for it.
    """
    path = run.folder.work / "build" / BUILT
    decisions = _decisions(run)
    inputs = build_inputs(run, decisions)
    try:
        result = build(inputs, path, _resources(run))
    except ChecksFailed as failure:
        # Where most documents fail, the fault is ours and not theirs: the last snapshot serves better than a rest.
        is_most = len(inputs.parts) > 2 and len(failure.documents) * 2 > len(inputs.parts)
        if is_most or not failure.is_pinned or not failure.documents.keys() <= inputs.parts.keys():
            raise
        left_out = _standings(run, failure)
        if path.is_file():
            path.replace(path.with_name(FAILED))
        result = build(build_inputs(run, decisions, left_out), path, _resources(run))
        _quarantine(run, left_out)
    run.report.content_hash = result.content_hash
    run.report.table_counts = dict(result.row_counts)
    run.report.decision_count = len(decisions)


def publish_if_new(run: Run) -> None:
    """Publish the build, unless the snapshot has the same content already."""
    content_hash = run.report.content_hash
    built = run.folder.work / "build" / BUILT
    if content_hash is None or published_hash(run.folder.snapshots) == content_hash:
        run.report.is_unchanged = True
    else:
        target = publish(built, run.folder.snapshots, content_hash, run.settings.keep_snapshots, _resources(run))
        ledger_runs.record_publication(run.ledger, run.run_id, content_hash, target.name)
        run.report.published = target.name
    built.unlink()  # only a build that failed its checks stays, for inspection, until the next run


def _decisions(run: Run) -> list[Decision]:
    """The decision log up to now. Raises DecisionLogError when the published snapshot knows of a decision that is not
    in it: nothing that was decided may be lost without a word."""
    decisions = read_log(run.folder.decisions)
    number, decision_id = published_decision(run.folder.snapshots)
    if number and (len(decisions) < number or decisions[number - 1].decision_id != decision_id):
        raise DecisionLogError(
            f"The published snapshot has {count(number, 'decision')} that are not those of {run.folder.decisions.name}."
        )
    return decisions


def _standings(run: Run, failure: ChecksFailed) -> dict[str, Standing]:
    """Where the documents that failed checks stand without their rows. Their parts stay on disk.

    The attempt stays what it was: they are read again when that changes, or by `retry`.
    """
    standings = {}
    for document_id, failed in sorted(failure.documents.items()):
        checks = ", ".join(f"{name} ({rows})" for name, rows in sorted(failed.items()))
        error = FailedChecksError(f"What was read of it failed {count(len(failed), 'check')} of the build: {checks}.")
        row = ledger_documents.document(run.ledger, document_id)
        standings[document_id] = Standing(
            DocumentState.QUARANTINED,
            row["attempt"],
            error_code=error.code,
            reason=str(error),
            advice=error.advice,
            page_count=row["page_count"],
        )
    return standings


def _quarantine(run: Run, standings: Mapping[str, Standing]) -> None:
    for document_id, standing in standings.items():
        ledger_documents.record_standing(run.ledger, document_id, standing)
        run.report.standings[document_id] = standing
        run.progress.left_out(document_id, standing)
    run.report.left_out_count = len(standings)
    run.report.trouble = find_trouble(run.ledger)


def _resources(run: Run) -> Resources:
    return Resources(
        run.settings.build_memory_bytes,
        run.settings.worker_count,
        f"Set {variable_of('build_memory_bytes')} higher and run again. Nothing was published; the last snapshot"
        " still serves.",
    )
