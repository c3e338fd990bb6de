"""Parts and ledger -> warehouse -> snapshot."""

from __future__ import annotations

from flows import ledger_documents, ledger_inbox, ledger_runs
from flows.run import Run
from warehouse.build import BuildInputs, build
from warehouse.publish import publish, published_hash


def build_inputs(run: Run) -> BuildInputs:
    """Everything the warehouse is a function of. Documents that lie in the inbox no more are still part of it."""
    parts = {
        row["document_id"]: run.folder.part(row["document_id"], row["fingerprint"])
        for row in ledger_documents.documents(run.ledger)
        if row["fingerprint"] is not None
    }
    return BuildInputs(
        releases=ledger_inbox.releases(run.ledger),
        receipts=ledger_inbox.receipts(run.ledger),
        documents=ledger_documents.source_documents(run.ledger),
        issues=ledger_inbox.issues(run.ledger),
        parts=parts,
        run_id=run.run_id,
    )


def build_warehouse(run: Run) -> None:
    """Build aside and check. Raises WarehouseError; then nothing can be published."""
    result = build(build_inputs(run), run.folder.work / "build" / "full.duckdb")
    run.report.content_hash = result.content_hash
    run.report.table_counts = dict(result.row_counts)


def publish_if_new(run: Run) -> None:
    """Publish the build, unless the snapshot has the same content already."""
    content_hash = run.report.content_hash
    built = run.folder.work / "build" / "full.duckdb"
    if content_hash is None or published_hash(run.folder.snapshots) == content_hash:
        run.report.is_unchanged = True
    else:
        target = publish(built, run.folder.snapshots, content_hash, run.settings.keep_snapshots)
        ledger_runs.record_publication(run.ledger, run.run_id, content_hash, target.name)
        run.report.published = target.name
    built.unlink()  # only a build that failed its checks stays, for inspection, until the next run
