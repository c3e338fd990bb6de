"""The commands of care: ``retry`` and ``doctor``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from flows.cli_shared import Data, Debug, Json, Verbose, finish, settings_for, terminal_progress, told
from flows.exit_codes import ExitCode
from records.errors import ConfigurationError


def retry(
    document: Annotated[list[str] | None, typer.Argument(help="First digits of documents' ids, from `status`.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything that could not be read.")] = False,
    data: Data = None,
    json: Json = False,
    verbose: Verbose = False,
    debug: Debug = False,
) -> None:
    """Clear the quarantine of documents and read them again. Publish with `recordtrail nightly` afterwards."""
    with told(debug):
        from flows.retry import clear
        from flows.running import run_ingest

        if bool(document) == everything:
            raise ConfigurationError("Nothing was named to retry.", "Give documents' ids, or --all (not both).")
        settings = settings_for(data)
        with terminal_progress(json) as progress:
            report = run_ingest(settings, progress, verbose, prepare=clear(document or [], everything))
        finish(report, json)


def doctor(
    data: Data = None,
    server: Annotated[bool, typer.Option("--server", help="Also start Prefect's server once.")] = False,
    store: Annotated[bool, typer.Option("--store", help="Also hash every stored file.")] = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Check versions, data folder, disk, lock, PDF reader and snapshot. Exit code 6 when something is wrong."""
    with told(debug):
        from dataclasses import asdict

        from flows.doctor import examine
        from flows.paths import data_folder
        from flows.table_output import plain, write_json

        settings = settings_for(data)
        findings = []
        for finding in examine(data_folder(settings.data), settings, server, store):
            findings.append(finding)
            if not json:
                print(plain(f"{'ok  ' if finding.is_fine else 'FAIL'}  {finding.name}: {finding.detail}"), flush=True)
                if not finding.is_fine:
                    print(plain(f"      {finding.advice}"))
        if json:
            write_json(sys.stdout, [asdict(finding) for finding in findings])
        if not all(finding.is_fine for finding in findings):
            raise typer.Exit(ExitCode.TOOL)
