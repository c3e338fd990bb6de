"""The reviewers' commands: ``decide``, ``decisions`` and ``double-review``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from flows.cli_shared import Data, Debug, Json, looking, told


def decide(
    id: Annotated[
        str | None, typer.Argument(help="A row_id, mark_id, org_id or release_id.", show_default=False)
    ] = None,
    field: Annotated[
        str | None,
        typer.Argument(help="The field: reason, org_name, …; label or state of a mark; org_type.", show_default=False),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="The reading is what is printed.")] = False,
    correct: Annotated[
        str | None, typer.Option(metavar="VALUE", help="This is printed, verbatim; '' if nothing is.")
    ] = None,
    reject: Annotated[bool, typer.Option("--reject", help="The reading is wrong; what is right is not known.")] = False,
    unreadable: Annotated[bool, typer.Option("--unreadable", help="Nobody can tell what is printed.")] = False,
    undo: Annotated[int | None, typer.Option(metavar="N", help="Decision number N no longer counts.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")] = None,
    who: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides. Default: RECORDTRAIL_REVIEWER, else your login.")
    ] = None,
    data: Data = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Say what a value really is: accept it, correct it, reject it, or call it unreadable. The next build applies it.

    Decisions are only ever added to the log; `--undo N` takes one back, and stays in the log, too.
    """
    with told(debug), looking(data) as (folder, settings, _):
        from flows import deciding
        from records.decisions import DecisionKind

        name = deciding.reviewer(who, settings)
        chosen = [
            kind
            for kind, is_chosen in (
                (DecisionKind.ACCEPT, accept),
                (DecisionKind.CORRECT, correct is not None),
                (DecisionKind.REJECT, reject),
                (DecisionKind.UNREADABLE, unreadable),
                (DecisionKind.UNDO, undo is not None),
            )
            if is_chosen
        ]
        kind = deciding.only(chosen, id, field)
        if undo is not None:
            done = deciding.undo(folder, undo, name, reason)
        else:
            done = deciding.decide(folder, kind, (id or "").strip(), field or "", name, correct, reason)
        deciding.tell(done, json)


def decisions(
    id: Annotated[str | None, typer.Option("--id", help="Only those about this row or mark.")] = None,
    document: Annotated[
        str | None, typer.Option(help="Only those about this document: first digits of its id.")
    ] = None,
    data: Data = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """List what reviewers decided, in order, with what was undone and what the next build will apply."""
    with told(debug), looking(data) as (folder, _, _ledger):
        from flows import deciding
        from flows.table_output import terminal, write_json

        found = deciding.history(folder, id.strip() if id else None, document)
        if json:
            write_json(sys.stdout, found)
        else:
            deciding.show(found, terminal())


def double_review(
    start: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=1000, help="Draw a new round: N rows or marks of every class."),
    ] = None,
    who: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who draws it. Default: RECORDTRAIL_REVIEWER, else your login.")
    ] = None,
    data: Data = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Show what blind double review found: how often the machine is wrong, per field and class, and how sure that is.

    Two people read a sample from the pages in `recordtrail review`, without seeing what the machine or the other read.
    """
    with told(debug), looking(data) as (folder, settings, _):
        from flows import deciding, double_reviewing
        from flows.table_output import terminal, write_json

        if start is not None:
            double_reviewing.start(folder, start, deciding.reviewer(who, settings))
        found = double_reviewing.figures(folder)
        if json:
            write_json(sys.stdout, found)
        else:
            double_reviewing.show(found, terminal())
