"""A run: the lock on the data folder, its line in the ledger, and what its steps share."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows import ledger_documents, ledger_runs, lock, store
from flows.child import Children
from flows.exit_codes import ExitCode, exit_code_of
from flows.intake import Intake
from flows.ledger import Ledger, open_ledger, utc_now
from flows.paths import DataFolder, data_folder
from flows.progress import PlainProgress, Progress
from flows.report import Report
from flows.settings import Settings
from flows.usage import UsageError
from records.errors import PipelineError


@dataclass(slots=True)
class Run:
    """One run of `ingest` or `nightly` on one data folder."""

    run_id: str
    command: str
    folder: DataFolder
    settings: Settings
    ledger: Ledger
    children: Children
    progress: Progress
    report: Report

    @property
    def intake(self) -> Intake:
        return self.report.intake


_open_runs: dict[Path, Run] = {}
"""The runs of this process, so that a flow called by the command line joins the run that already holds the lock."""


def current_run(root: str) -> Run:
    """The run this process has open on the data folder *root*: how a Prefect task finds it."""
    return _open_runs[Path(root)]


@contextmanager
def joined_run(settings: Settings, command: str, progress: Progress | None = None) -> Iterator[Run]:
    """The run this process has open on the data folder, or a new one.

    A new one wants an inbox (ConfigurationError), takes the lock (RunInProgressError), marks dead runs as crashed,
    clears their leftovers, and at the end writes its outcome into the ledger.
    """
    folder = data_folder(settings.data)
    open_run = _open_runs.get(folder.root)
    if open_run is not None:
        yield open_run
        return
    folder.require_inbox()
    os.umask(0o077)  # everything a run writes is for its owner only
    folder.create()
    started = utc_now()
    owner = lock.owner_now(f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}", command, started)
    with lock.hold(folder.lock, owner) as crashed:
        _clean(folder)
        ledger = open_ledger(folder.ledger)
        try:
            crashed_count = ledger_runs.start(ledger, owner)
            run = Run(
                owner.run_id,
                command,
                folder,
                settings,
                ledger,
                Children(settings, folder.work),
                progress or PlainProgress(),
                Report(owner.run_id, command),
            )
            if crashed is not None or crashed_count:
                run.progress.say(
                    f"The run before this one{f', {crashed.in_words()},' if crashed else ''} crashed; taken over."
                )
            _open_runs[folder.root] = run
            with _outcome_recorded(run):
                yield run
        finally:
            _open_runs.pop(folder.root, None)
            ledger.close()


@contextmanager
def _outcome_recorded(run: Run) -> Iterator[None]:
    exit_code, message, is_kept = ExitCode.UNEXPECTED, None, True
    try:
        yield
        exit_code = run.report.exit_code
        ledger_documents.mark_told(run.ledger, [trouble.document_id for trouble in run.report.trouble])
    except UsageError:
        is_kept = False
        raise
    except PipelineError as error:
        exit_code, message = exit_code_of(error), f"{error.code}: {error}"
        raise
    except KeyboardInterrupt:
        exit_code = ExitCode.INTERRUPTED
        raise
    except SystemExit as stop:
        exit_code = ExitCode(stop.code) if stop.code in list(ExitCode) else ExitCode.UNEXPECTED
        raise
    except BaseException as error:
        message = type(error).__name__
        raise
    finally:
        run.children.stop()
        if is_kept:
            ledger_runs.finish(run.ledger, run.run_id, exit_code, message, run.report.counts())
        else:
            ledger_runs.forget(run.ledger, run.run_id)


def _clean(folder: DataFolder) -> None:
    """Remove the scratch of dead runs. Under the lock nobody else can be using it."""
    for leftover in folder.work.iterdir():
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()
    store.clean_incoming(folder.store)
