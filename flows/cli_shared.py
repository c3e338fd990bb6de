"""What all commands share: options, how errors are told, how a data folder is opened for looking."""

from __future__ import annotations

import contextlib
import enum
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated

import typer

from flows.exit_codes import ExitCode, exit_code_of
from records.errors import PipelineError

if TYPE_CHECKING:
    from flows.ledger import Ledger
    from flows.paths import DataFolder
    from flows.progress import Progress
    from flows.report import Report
    from flows.settings import Settings

Data = Annotated[
    Path | None,
    typer.Option("--data", help="The data folder. Default: RECORDTRAIL_DATA, else data/.", show_default=False),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's log.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON to standard output, and nothing else.")]


class Snapshot(enum.StrEnum):
    """Which of the two published files."""

    FULL = "full"
    ANALYST = "analyst"


@contextlib.contextmanager
def told(debug: bool) -> Iterator[None]:
    """Tell errors in a line or two and end with their exit code; *debug* shows where they come from."""
    sys.excepthook = sys.__excepthook__ if debug else _unexpected
    try:
        yield
    except PipelineError as error:
        _let_go(error)
        if debug:
            raise
        print(f"recordtrail: {error}\n  {error.advice}", file=sys.stderr)
        raise typer.Exit(exit_code_of(error)) from error
    except KeyboardInterrupt:
        print("recordtrail: interrupted; run again to go on, what was finished is kept.", file=sys.stderr)
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    except SystemExit as stop:
        if stop.code == ExitCode.TERMINATED:
            print("recordtrail: stopped by SIGTERM; run again to go on, what was finished is kept.", file=sys.stderr)
        raise
    except BrokenPipeError:  # `recordtrail sql … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _let_go(error: BaseException) -> None:
    """Drop what the error's frames still hold; the traceback stays readable. An open DuckDB connection among it would
    fill the terminal with warnings when the program ends."""
    cause: BaseException | None = error
    while cause is not None:
        traceback.clear_frames(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__


def _unexpected(kind: type[BaseException], _error: BaseException, _traceback: TracebackType | None) -> None:
    print(f"recordtrail: unexpected {kind.__name__}.\n  Run it again with --debug to see where.", file=sys.stderr)


def settings_for(data: Path | None) -> Settings:
    """The settings, with the data folder of ``--data`` when given."""
    from flows.settings import load_settings

    return load_settings(data)


@contextlib.contextmanager
def looking(data: Path | None) -> Iterator[tuple[DataFolder, Settings, Ledger]]:
    """Data folder, settings and ledger, for commands that change nothing."""
    from flows.ledger import open_ledger
    from flows.paths import data_folder

    settings = settings_for(data)
    folder = data_folder(settings.data)
    folder.require()
    with contextlib.closing(open_ledger(folder.ledger)) as ledger:
        yield folder, settings, ledger


@contextlib.contextmanager
def terminal_progress(is_silent: bool) -> Iterator[Progress]:
    """Progress for a run: bars on a terminal, lines elsewhere, nothing when *is_silent*."""
    from flows import progress

    with progress.terminal_progress(is_silent) as shown:
        yield shown


def finish(report: Report, is_json: bool) -> None:
    """End with the run's exit code; as JSON its outcome is printed here, for people the flow has told it."""
    if is_json:
        from flows.table_output import write_json

        outcome = {"run_id": report.run_id, "exit_code": int(report.exit_code), **report.counts()}
        write_json(sys.stdout, {**outcome, "documents": report.table()})
    if report.exit_code:
        raise typer.Exit(report.exit_code)
