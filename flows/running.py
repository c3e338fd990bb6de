"""Running a flow from the command line: lock, server, flow, outcome, in this order."""

from __future__ import annotations

from collections.abc import Callable

from flows.intake import require_release
from flows.paths import data_folder
from flows.prefect_log import quiet_prefect_log
from flows.prefect_server import prefect_server, set_environment, wait_until_ready
from flows.progress import Progress
from flows.report import Report
from flows.run import Run, joined_run
from flows.settings import Settings


def run_nightly(settings: Settings, progress: Progress, is_verbose: bool = False) -> Report:
    """The flow `nightly`. Raises PipelineError when the run was stopped by one."""

    def flow(run: Run) -> None:
        from flows.ingest_flow import task_runner
        from flows.nightly_flow import nightly

        wait_until_ready(settings)
        nightly.with_options(task_runner=task_runner(settings.worker_count))(data=str(run.folder.root))

    return _run(flow, settings, "recordtrail nightly", progress, is_verbose)


def run_ingest(
    settings: Settings,
    progress: Progress,
    is_verbose: bool = False,
    release: str | None = None,
    prepare: Callable[[Run], None] | None = None,
) -> Report:
    """The flow `ingest`, after *prepare* (under the lock). Raises PipelineError when the run was stopped by one."""
    if release is not None:  # told at once, before a server is started for nothing
        folder = data_folder(settings.data)
        folder.require_inbox()
        require_release(folder, release)

    def flow(run: Run) -> None:
        from flows.ingest_flow import ingest, task_runner

        wait_until_ready(settings)
        ingest.with_options(task_runner=task_runner(settings.worker_count))(data=str(run.folder.root), release=release)

    return _run(flow, settings, "recordtrail retry" if prepare else "recordtrail ingest", progress, is_verbose, prepare)


def _run(
    flow: Callable[[Run], None],
    settings: Settings,
    command: str,
    progress: Progress,
    is_verbose: bool,
    prepare: Callable[[Run], None] | None = None,
) -> Report:
    with joined_run(settings, command, progress) as run:
        if prepare is not None:
            prepare(run)
        set_environment(run.folder, is_verbose)
        with prefect_server(run.folder, settings), quiet_prefect_log():  # it starts while Prefect is imported here
            flow(run)
        return run.report
