"""The commands of every night: ``ingest``, ``nightly``, ``schedule``; and ``demo``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli_shared import Data, Debug, Json, Verbose, finish, settings_for, terminal_progress, told


def ingest(
    release: Annotated[str | None, typer.Argument(help="A release folder of the inbox. Default: all of them.")] = None,
    data: Data = None,
    json: Json = False,
    verbose: Verbose = False,
    debug: Debug = False,
) -> None:
    """Take in releases from the inbox and read their documents. Publishes nothing.

    What was read before is not read again. A document that cannot be read is quarantined, with its reason and advice
    in `recordtrail status`; the others go on.
    """
    with told(debug):
        from flows.running import run_ingest

        settings = settings_for(data)
        with terminal_progress(json) as progress:
            report = run_ingest(settings, progress, verbose, release)
        finish(report, json)


def nightly(data: Data = None, json: Json = False, verbose: Verbose = False, debug: Debug = False) -> None:
    """Ingest the inbox, build the warehouse, check it, publish it, report.

    Run it by cron or `recordtrail schedule`. A night without news extracts and publishes nothing and says so. Exit
    code 3 tells of trouble once, in the night it is found; `recordtrail status --check` tells of all that is open.
    """
    with told(debug):
        from flows.running import run_nightly

        settings = settings_for(data)
        with terminal_progress(json) as progress:
            report = run_nightly(settings, progress, verbose)
        finish(report, json)


def schedule(
    cron: Annotated[
        str | None, typer.Option(help='When, as cron says it. Default: RECORDTRAIL_SCHEDULE_CRON, else "0 2 * * *".')
    ] = None,
    time_zone: Annotated[str | None, typer.Option(help="The time zone of --cron. Default: UTC.")] = None,
    data: Data = None,
    verbose: Verbose = False,
    debug: Debug = False,
) -> None:
    """Stay and run `nightly` by the clock, until stopped with Ctrl-C or SIGTERM.

    With a Prefect server and worker of your own, use prefect.yaml instead: `prefect deploy --all`.
    """
    with told(debug):
        from dataclasses import replace

        from flows.schedule import serve_nightly

        settings = settings_for(data)
        serve_nightly(
            replace(
                settings,
                schedule_cron=cron or settings.schedule_cron,
                schedule_time_zone=time_zone or settings.schedule_time_zone,
            ),
            verbose,
        )


def demo(
    data: Annotated[Path | None, typer.Option("--data", help="A folder for it. Default: data/demo.")] = None,
    verbose: Verbose = False,
    debug: Debug = False,
) -> None:
    """Run the whole pipeline on invented records, then show what was loaded, a row, and what to try next.

    One of the samples is a broken file, on purpose: it is quarantined, and the demo still ends with exit code 0.
    """
    with told(debug):
        from rich.console import Console

        from flows import demo as module
        from flows.paths import data_folder
        from flows.running import run_nightly

        settings = settings_for(data or module.DEFAULT_FOLDER)
        folder = data_folder(settings.data)
        folder.create()
        module.copy_samples(folder)
        with terminal_progress(False) as progress:
            run_nightly(settings, progress, verbose)
        module.show_result(folder, Console())
