"""The command ``review``: serve the reviewers' page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli_shared import Data, Debug, looking, told


def review(
    host: Annotated[str, typer.Option(help="The address to serve; other than loopback only with a password.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0: any that is free.")] = 8321,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open it in a browser.")] = True,
    who: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who reviews. Default: RECORDTRAIL_REVIEWER, else your login.")
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A file with the password. Or set RECORDTRAIL_REVIEW_PASSWORD."),
    ] = None,
    data: Data = None,
    debug: Debug = False,
) -> None:
    """Serve the reviewers' page: every value beside its mark on the page, doubtful ones to decide on, all documents.

    It stays until stopped with Ctrl-C. Only this machine can reach it, unless --host says otherwise: then everybody
    gives the password.
    """
    with told(debug), looking(data) as (folder, settings, _ledger):
        from flows import serving

        serving.serve(folder, settings, host, port, who, password_file, open_browser)
