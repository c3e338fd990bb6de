"""Parts and ledger -> warehouse -> snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows import ledger_documents, ledger_inbox
from flows.ledger_documents import Standing
from flows.open_documents import find_trouble
from flows.publishing import resources_of, serve
from flows.run import Run
from flows.words import count
from records.decisions import Decision
from records.documents import DocumentState
from records.errors import DocumentError, PipelineError
from review.decision_log import read_log
from review.double_figures import read_rates
from review.errors import DecisionLogError
from warehouse.build import BuildInputs, ChecksFailed, build
from warehouse.publish import published_decision
from warehouse.versions import rollback_note

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
        double_review=read_rates(run.folder.decisions),
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
        result = build(inputs, path, resources_of(run.settings))
    except ChecksFailed as failure:
        # Where most documents fail, the fault is ours and not theirs: the last snapshot serves better than a rest.
        is_most = len(inputs.parts) > 2 and len(failure.documents) * 2 > len(inputs.parts)
        if is_most or not failure.is_pinned or not failure.documents.keys() <= inputs.parts.keys():
            raise
        left_out = _standings(run, failure)
        if path.is_file():
            path.replace(path.with_name(FAILED))
        result = build(build_inputs(run, decisions, left_out), path, resources_of(run.settings))
        _quarantine(run, left_out)
    run.report.content_hash = result.content_hash
    run.report.table_counts = dict(result.row_counts)
    run.report.decision_count = len(decisions)


def publish_if_new(run: Run) -> None:
    """Publish the build and its masked copy, unless they are what is published, or what a person went back from.

    Where the copy cannot be made or holds what it must not, the build is published without it, the analyst file of the
    build before stays, and the error is raised: the next run tries again.
    """
    content_hash = run.report.content_hash
    built = run.folder.work / "build" / BUILT
    note = rollback_note(run.folder.snapshots)
    refusal: PipelineError | None = None
    if content_hash is None:
        run.report.is_unchanged = True
    elif note and content_hash in note.refused:
        run.report.is_held_back = True
    else:
        refusal = serve(run, built, content_hash)
    built.unlink()  # only a build that failed its checks stays, for inspection, until the next run
    if refusal:
        raise refusal


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
