"""The commands that look and change nothing: ``status``, ``trace``, ``cite``, ``sql``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_shared import Data, Debug, Json, Snapshot, looking, told
from flows.exit_codes import ExitCode


def status(
    data: Data = None,
    everything: Annotated[bool, typer.Option("--all", help="List every document.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with 3 while any document needs a person.")] = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Show what is loaded, what is doubtful, what needs a person and why, the last run and the snapshot."""
    with told(debug), looking(data) as (folder, _, ledger):
        from flows.status import gather, show
        from flows.table_output import terminal, write_json

        found = gather(folder, ledger)
        if json:
            from dataclasses import asdict

            write_json(sys.stdout, asdict(found))
        else:
            show(found, terminal(), everything)
        if check and found.needs_person:
            raise typer.Exit(ExitCode.NEEDS_PERSON)


def trace(
    id: Annotated[str, typer.Argument(help="A row_id or mark_id, as in out.audit_search or out.hotlist_setting.")],
    field: Annotated[str | None, typer.Option(help="Mark only this field's cell, e.g. reason.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder, or file (*.png), for the pictures.")] = None,
    scale: Annotated[float, typer.Option(min=0.5, max=8, help="Pixels per point.")] = 2.0,
    picture: Annotated[bool, typer.Option(help="Draw the pages.")] = True,
    data: Data = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Follow a row or mark back to paper: the chain from value to release, and pictures of the pages with it marked."""
    with told(debug), looking(data) as (folder, settings, ledger):
        from flows import pictures, trace_text
        from warehouse.query import connect
        from warehouse.trace import trace as find

        with connect(folder.full_snapshot) as connection:
            found = find(connection, id.strip())
        marks = pictures.marks_by_page(found, field)
        where = out or folder.root / "traces"
        paths = pictures.draw(found, marks, where, scale, folder, settings, ledger) if picture else []
        trace_text.show(found, field, paths, json, settings.review_url)


def cite(
    id: Annotated[str, typer.Argument(help="A row_id or mark_id, as in out.audit_search or out.hotlist_setting.")],
    data: Data = None,
    debug: Debug = False,
) -> None:
    """Print the citation of a row or mark: agency, request, production date, file, page, row or mark, SHA-256."""
    with told(debug), looking(data) as (folder, _, _ledger):
        from flows.table_output import plain
        from warehouse.query import connect
        from warehouse.trace import cite as find

        with connect(folder.full_snapshot) as connection:
            print(plain(find(connection, id.strip())))


def sql(
    query: Annotated[str | None, typer.Argument(help="The query. Without one: standard input, or a prompt.")] = None,
    file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="Read the query from a file.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Write a JSON list of rows.")] = False,
    snapshot: Annotated[
        Snapshot, typer.Option(help="full: everything. analyst: the masked copy that may be shared.")
    ] = Snapshot.FULL,
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV; cells that look like formulas are defused.")] = False,
    rows: Annotated[int, typer.Option(min=1, help="Rows shown in a table; --json and --csv give all.")] = 100,
    timeout: Annotated[float | None, typer.Option(min=0.1, help="Seconds until a query is stopped.")] = None,
    data: Data = None,
    debug: Debug = False,
) -> None:
    """Query the published snapshot, read-only. `out.audit_search` is the table to begin with.

    `.tables` lists the tables, `.columns NAME` the columns of one.
    """
    with told(debug), looking(data) as (folder, settings, _):
        from flows import sql as module

        output = "json" if json else "csv" if csv else "table"
        seconds = timeout or settings.sql_timeout_seconds
        path = folder.snapshot(snapshot.value)
        if query is None and file is None and sys.stdin.isatty():
            module.prompt(path, folder.root / "sql_history", output, rows, seconds)
            return
        text = query or (file.read_text(encoding="utf-8") if file else sys.stdin.read())
        module.answer_once(path, text, output, rows, seconds)
