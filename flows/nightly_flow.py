"""The Prefect flow `nightly`: ingest, build, check, publish, report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from prefect import flow

from flows.ingest_flow import flow_run_name, take_in_and_read, task_runner
from flows.run import joined_run
from flows.settings import load_settings
from flows.tasks import build_task, publish_task, report_task
from flows.tether import tie_to_scheduler


@flow(name="nightly", flow_run_name=flow_run_name, task_runner=task_runner(os.cpu_count() or 1))
def nightly(data: str | None = None) -> dict[str, Any]:
    """The whole night on one data folder. Returns the run's figures."""
    tie_to_scheduler()
    with joined_run(load_settings(Path(data) if data else None), "recordtrail nightly") as run:
        root = str(run.folder.root)
        take_in_and_read(run)
        try:
            build_task(root)
            publish_task(root)
        finally:
            report_task(root)
            run.progress.tell(run.report.lines())
        return run.report.counts()
