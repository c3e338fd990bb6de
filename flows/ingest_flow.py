"""The Prefect flow `ingest`: take in the inbox, then read what is new, one task per document."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect import flow
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.futures import PrefectFuture, as_completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.ledger import utc_now
from flows.open_documents import count_mistakes, find_trouble
from flows.reading import documents_to_read
from flows.run import Run, joined_run
from flows.settings import load_settings
from flows.tasks import read_task, report_task, take_in_task
from flows.tether import tie_to_scheduler


def flow_run_name() -> str:
    """Flow runs are named after their start: nothing personal, and easy to find."""
    return f"{utc_now():%Y%m%dT%H%M%SZ}"


def task_runner(workers: int) -> TaskRunner[PrefectFuture[Any]]:
    """Threads: each waits for the child process that does the work."""
    return cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner[Any](max_workers=workers))


@flow(name="ingest", flow_run_name=flow_run_name, task_runner=task_runner(os.cpu_count() or 1))
def ingest(data: str | None = None, release: str | None = None) -> dict[str, Any]:
    """Take in and read the whole inbox, or one release. Publishes nothing. Returns the run's figures."""
    tie_to_scheduler()
    with joined_run(load_settings(Path(data) if data else None), "recordtrail ingest") as run:
        take_in_and_read(run, release)
        report_task(str(run.folder.root))
        run.progress.tell(run.report.lines())
        return run.report.counts()


def take_in_and_read(run: Run, release: str | None = None) -> None:
    """The steps of `ingest`, within a flow. When it is left by an error or a signal, no child is left running."""
    root = str(run.folder.root)
    take_in_task(root, release)
    document_ids = documents_to_read(run, release)
    run.progress.expect(len(document_ids))
    try:
        _read_all(root, document_ids)
    except BaseException:
        run.children.stop()  # the threads wait for their children, and leaving the flow waits for the threads
        raise
    run.report.trouble = find_trouble(run.ledger)
    run.report.mistake_count = count_mistakes(run.ledger)


def _read_all(root: str, document_ids: list[str]) -> None:
    if not document_ids:
        return
    # Prefect's functions may return a coroutine; in a flow without `async` they do not.
    artifact = cast(UUID, create_progress_artifact(0.0, key="reading", description="Documents read."))
    futures = [read_task.submit(root, document_id) for document_id in document_ids]
    told = 0
    for done, future in enumerate(as_completed(futures), start=1):
        future.result()
        percent = done * 100 // len(futures)
        if percent > told:
            told = percent
            update_progress_artifact(artifact, float(percent))
