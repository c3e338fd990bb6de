"""The commands that put a snapshot into words: ``report``, and ``diff`` between two of them."""

from __future__ import annotations

import enum
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli_shared import Data, Debug, Snapshot, looking, told

if TYPE_CHECKING:
    from warehouse.report import Report


class Format(enum.StrEnum):
    """How the report is written."""

    TABLE = "table"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


def report(
    figure: Annotated[
        list[str] | None, typer.Argument(help="Only these figures, by name or number. All without any.")
    ] = None,
    format: Annotated[Format, typer.Option(help="table, markdown, html (one page) or json.")] = Format.TABLE,
    output: Annotated[Path | None, typer.Option(dir_okay=False, help="Write to this file, for its owner only.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Lines shown of a table.")] = None,
    file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A snapshot file, instead of the published one.")
    ] = None,
    snapshot: Annotated[
        Snapshot, typer.Option(help="full: everything. analyst: the masked copy that may be shared.")
    ] = Snapshot.FULL,
    data: Data = None,
    debug: Debug = False,
) -> None:
    """Print the figures of the snapshot: searches, immigration evidence, networks, hotlists, sharing, requests.

    Rows, searches in logs and searches across logs are kept apart. Under each figure stand its query, the rows in doubt
    and citations.
    """
    with told(debug):
        from warehouse import report as figures
        from warehouse.query import connect

        chosen = figures.choose(figure or [])
        if file is None:
            with looking(data) as (folder, _, _ledger):
                file = folder.snapshot(snapshot.value)
        with connect(file) as connection:
            made = figures.report(connection, chosen)
        _write(made, format, output, limit or (20 if format is Format.TABLE else 100))


class DiffFormat(enum.StrEnum):
    """How differences are written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def diff(
    earlier: Annotated[
        str | None, typer.Argument(help="A snapshot file, or the name or hash of a version; the last but one without.")
    ] = None,
    later: Annotated[str | None, typer.Argument(help="The same; the last one without.")] = None,
    format: Annotated[DiffFormat, typer.Option(help="text, markdown or json.")] = DiffFormat.TEXT,
    output: Annotated[Path | None, typer.Option(dir_okay=False, help="Write to this file, for its owner only.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Cases shown of each kind; all are counted.")] = 10,
    data: Data = None,
    debug: Debug = False,
) -> None:
    """Say what differs between two snapshots: figures, documents, rows, cells, settings, standings, issues."""
    with told(debug):
        from flows.diff_words import as_data
        from flows.diff_words import told as in_words
        from flows.table_output import write_json
        from warehouse.diff import both
        from warehouse.diff_snapshots import differences

        paths = _two_snapshots(earlier, later, data)
        with both(*paths) as connection:
            changes = list(differences(connection, limit))
        stream = io.StringIO()
        if format is DiffFormat.JSON:
            write_json(stream, as_data(changes))
        else:
            stream.write(f"From {paths[0].name} to {paths[1].name}\n\n")
            stream.write(in_words(changes, format is DiffFormat.MARKDOWN))
        if output is None:
            sys.stdout.write(stream.getvalue())
        else:
            write_aside(output, stream.getvalue())


def _two_snapshots(earlier: str | None, later: str | None, data: Path | None) -> tuple[Path, Path]:
    """Files of the two versions that are meant; ``ConfigurationError`` where that is not clear."""
    files = [Path(said) for said in (earlier, later) if said and Path(said).is_file()]
    if len(files) == 2:
        return files[0], files[1]
    from records.errors import ConfigurationError
    from warehouse.versions import versions

    with looking(data) as (folder, _, _ledger):
        there = sorted(versions(folder.snapshots), key=lambda version: version.name)

    def find(said: str | None, place: int) -> Path:
        if said is None:
            if len(there) < 2:
                raise ConfigurationError("There is only one snapshot.", "Name two files: recordtrail diff OLD NEW.")
            return there[place].full
        if Path(said).is_file():
            return Path(said)
        fits = [version for version in there if version.name.startswith(said) or version.short_hash.startswith(said)]
        if len(fits) != 1:
            names = ", ".join(version.name for version in there)
            raise ConfigurationError(f"{said!r} is no snapshot, or several.", f"There are: {names or 'none'}.")
        return fits[0].full

    return find(earlier, -2), find(later, -1)


def _write(made: Report, format: Format, output: Path | None, limit: int) -> None:
    from flows.figures import print_report
    from flows.figures_html import html
    from flows.figures_json import told_as_json
    from flows.figures_markdown import markdown
    from flows.table_output import terminal

    if format is Format.TABLE and output is None:
        print_report(terminal(), made, limit)
        return
    if format is Format.TABLE:
        from rich.console import Console

        stream = io.StringIO()
        print_report(Console(width=240, file=stream), made, limit)
        text = stream.getvalue()
    else:
        text = {Format.MARKDOWN: markdown, Format.HTML: html, Format.JSON: told_as_json}[format](made, limit)
    if output is None:
        sys.stdout.write(text)
    else:
        write_aside(output, text)


def write_aside(path: Path, text: str) -> None:
    """Write *text* to *path* in one step, for the owner's eyes only: it may quote what is printed."""
    aside = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    aside.replace(path)
