"""A build -> the two files that are served: what of them is new, masked, published, recorded."""

from __future__ import annotations

from pathlib import Path

from flows import ledger_runs
from flows.masking_key import masking_key
from flows.run import Run
from flows.settings import Settings, variable_of
from records.errors import PipelineError
from warehouse.analyst import build_analyst
from warehouse.analyst_identity import identity
from warehouse.publish import publish, publish_analyst, published_hash
from warehouse.resources import Resources
from warehouse.versions import ANALYST, files, published_analyst, write_note

MASKED = "analyst.duckdb"
"""In ``work/build``, until it is published."""


def serve(run: Run, built: Path, content_hash: str) -> PipelineError | None:
    """Publish what is new of *built* and its masked copy; why there is no copy, if there is none."""
    snapshots, keep = run.folder.snapshots, run.settings.keep_snapshots
    refusal, masked = None, None
    try:
        masked = _mask(run, built, content_hash)
    except PipelineError as error:
        refusal = error
    run.report.is_unchanged = published_hash(snapshots) == content_hash
    if not run.report.is_unchanged:
        target = publish(built, snapshots, content_hash, keep, resources_of(run.settings), masked)
        ledger_runs.record_publication(run.ledger, run.run_id, content_hash, target.name)
        write_note(snapshots, None)
        run.report.published = target.name
    elif masked:
        publish_analyst(masked, snapshots, content_hash, keep)
    if masked:
        run.report.analyst_published = run.folder.analyst_snapshot.resolve().name
        masked.unlink()
    return refusal


def _mask(run: Run, built: Path, content_hash: str) -> Path | None:
    """The masked copy of *built*; None when that is what is published. Raises PipelineError."""
    snapshots = run.folder.snapshots
    key = masking_key(run.settings, run.folder, was_used=bool(files(snapshots, ANALYST)))
    wanted, there = identity(content_hash, key), published_analyst(snapshots)
    if there == wanted:
        return None
    run.report.is_new_key = there is not None and there.key_id != wanted.key_id
    path = built.with_name(MASKED)
    build_analyst(built, path, key, resources_of(run.settings))
    return path


def resources_of(settings: Settings) -> Resources:
    """What DuckDB may use while it builds, publishes and exports."""
    return Resources(
        settings.build_memory_bytes,
        settings.worker_count,
        f"Set {variable_of('build_memory_bytes')} higher and run again. Nothing was published; the last snapshot"
        " still serves.",
    )
