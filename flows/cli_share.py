"""The commands of what is published: ``export``, ``rollback``, ``prune``."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_shared import Data, Debug, Json, Snapshot, looking, told


class ExportFormat(enum.StrEnum):
    """As what `export` writes."""

    PARQUET = "parquet"
    CSV = "csv"


def export(
    folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet.", show_default=False)],
    snapshot: Annotated[
        Snapshot, typer.Option(help="analyst: masked, to be shared. full: everything.")
    ] = Snapshot.ANALYST,
    format: Annotated[
        ExportFormat, typer.Option(help="CSV cells that look like formulas are defused.")
    ] = ExportFormat.PARQUET,
    data: Data = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Write the `out` relations of a published snapshot as Parquet or CSV, described and with checksums.

    `datapackage.json` says what the columns hold, which build it is, and how to quote it; check the files with
    `sha256sum -c SHA256SUMS`. Nothing is overwritten.
    """
    with told(debug), looking(data) as (data_folder, settings, _):
        from flows.publishing import resources_of
        from flows.table_output import plain, write_json
        from flows.words import count
        from warehouse.export import ExportedFile, export

        def say(one: ExportedFile) -> None:
            if not json:
                print(
                    plain(f"{one.file_name}: {count(one.row_count, 'row')}, {one.byte_count / 1e6:.1f} MB"), flush=True
                )

        path = data_folder.snapshot(snapshot.value)
        written = export(
            path, folder.expanduser().absolute(), format.value, snapshot.value, resources_of(settings), say
        )
        if json:
            write_json(sys.stdout, [{"file": o.file_name, "rows": o.row_count, "sha256": o.sha256} for o in written])
        elif snapshot is Snapshot.FULL:
            print("This is the full snapshot, with personal data: not to be shared.")


def rollback(
    version: Annotated[
        str | None, typer.Argument(help="A version, as --list shows it. Default: the one before.", show_default=False)
    ] = None,
    everything: Annotated[bool, typer.Option("--list", help="Only list what can be served.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Serve the newest again.")] = False,
    data: Data = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Serve an older build again, the full snapshot and the analyst file of it.

    `nightly` does not publish what you went back from, until its inputs change or you say `--undo`.
    """
    with told(debug), looking(data) as (folder, _, _ledger):
        from flows.going_back import listed, roll_back
        from flows.table_output import plain, print_table, terminal, write_json
        from flows.usage import UsageError

        if sum((version is not None, everything, undo)) > 1:
            raise UsageError("Name a version, or --list, or --undo.", "recordtrail rollback --help")
        chosen = None if everything else roll_back(folder, version, undo)
        found = listed(folder)
        if json:
            write_json(sys.stdout, found)
            return
        columns = ("version", "served", "analyst file", "MB", "refused")
        rows = [
            (
                line["version"], "yes" if line["served"] else "", _analyst(line["analyst"], line["analyst_served"]),
                line["megabytes"], "yes" if line["refused"] else "",
            )
            for line in found
        ]  # fmt: skip
        print_table(terminal(), columns, rows, "Versions, newest first")
        if chosen:
            print(plain(f"Served now: {chosen.name}."))
            if chosen.analyst is None:
                print("That build has no analyst file, so none is served.")


def _analyst(name: str | None, is_served: bool) -> str:
    return "none" if name is None else "served" if is_served else "there"


def prune(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go, and how large it is.")] = False,
    parts: Annotated[
        bool, typer.Option("--parts", help="Also parts of former readings: row ids of theirs then lead nowhere.")
    ] = False,
    data: Data = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Delete old snapshots, drawn pictures and what stopped runs left; nothing that is served or can be.

    Look first: `recordtrail prune --dry-run`.
    """
    with told(debug), looking(data) as (folder, settings, ledger):
        from flows.pruning import leftovers
        from flows.pruning import prune as delete
        from flows.table_output import print_table, terminal, write_json

        found = leftovers(folder, settings, ledger, parts) if dry_run else delete(folder, settings, ledger, parts)
        places = [(one.kind, str(one.path.relative_to(folder.root)), one.byte_count, one.why) for one in found]
        if json:
            keys = ("kind", "path", "bytes", "why")
            write_json(sys.stdout, [dict(zip(keys, place, strict=True)) for place in places])
            return
        rows = [(kind, path, f"{size / 1e6:.1f}", why) for kind, path, size, why in places]
        if rows:
            print_table(terminal(), ("what", "path", "MB", "why"), rows)
        total = sum(one.byte_count for one in found) / 1e6
        print(f"{'Would free' if dry_run else 'Freed'} {total:.1f} MB.")
