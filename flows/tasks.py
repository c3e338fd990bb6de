"""Prefect tasks: one step each, thin. Parameters are the data folder and ids, for Prefect keeps them in its database.

A task finds its run by the data folder (:func:`flows.run.current_run`). Results are not cached: the parts and the
ledger say what is done.
"""

from __future__ import annotations

from typing import Any

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.intake import take_in
from flows.reading import read_document
from flows.run import current_run
from flows.warehousing import build_warehouse, publish_if_new
from records.errors import ToolError

_RETRIES = 2
_RETRY_DELAY_SECONDS = 5.0


def _is_tool_error(_task: Any, _task_run: Any, state: State[Any]) -> bool:
    """Only a tool may do better the second time. A document stays as it is, and so does a broken invariant."""
    # Synchronous, whatever event loop is running in this thread.
    return isinstance(state.result(raise_on_failure=False, _sync=True), ToolError)  # type: ignore[call-overload]


@task(name="take in", task_run_name="take-in", cache_policy=NO_CACHE)
def take_in_task(root: str, release: str | None) -> None:
    """Inbox -> store, receipts, releases."""
    run = current_run(root)
    take_in(run.folder, run.settings, run.ledger, run.intake, release)


@task(
    name="read document",
    task_run_name="read-{document_id:.12}",
    cache_policy=NO_CACHE,
    retries=_RETRIES,
    retry_delay_seconds=_RETRY_DELAY_SECONDS,
    retry_condition_fn=_is_tool_error,
)
def read_task(root: str, document_id: str) -> State[None]:
    """Ends as Completed, named after where the document stands: Loaded, Set aside, Quarantined."""
    standing = read_document(current_run(root), document_id)
    return Completed(name=standing.state.value.replace("_", " ").capitalize(), message=standing.error_code)


@task(name="build and check", task_run_name="build-and-check", cache_policy=NO_CACHE)
def build_task(root: str) -> None:
    """Parts -> warehouse, aside; all checks passed."""
    build_warehouse(current_run(root))


@task(name="publish", task_run_name="publish", cache_policy=NO_CACHE)
def publish_task(root: str) -> None:
    """Warehouse -> snapshot, if its content is new."""
    publish_if_new(current_run(root))


@task(name="report", task_run_name="report", cache_policy=NO_CACHE)
def report_task(root: str) -> None:
    """The run report as artifacts: ids, codes and counts, nothing personal."""
    report = current_run(root).report
    create_markdown_artifact(report.markdown(), key="run-report", description="What the run did.")
    create_table_artifact(report.table(), key="run-documents", description="Documents tried, or in need of a person.")
