"""What ``recordtrail decide`` and ``recordtrail decisions`` do: the published snapshot, the decision log, the words."""

from __future__ import annotations

import contextlib
import getpass
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from flows.paths import DataFolder
from flows.settings import Settings, variable_of
from flows.table_output import plain, print_table, write_json
from flows.usage import UsageError
from records.decisions import Decision, DecisionKind, live
from review.decision_log import DecisionLog, read_log
from review.targets import Seen, check_value, see
from warehouse.query import connect

_USAGE = "recordtrail decide <id> <field> --accept | --correct VALUE | --reject | --unreadable; or --undo N."
_SHOWN = 80
"""Characters of a value that fit into a line."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was logged, and what it is about as the snapshot has it; None for an undo."""

    decision: Decision
    seen: Seen | None
    before: tuple[Decision, ...]
    """What counted before, about the same value."""


def reviewer(who: str | None, settings: Settings) -> str:
    """Who decides: *who*, the setting, or the name of the login."""
    name = who or settings.reviewer
    if not name:
        with contextlib.suppress(OSError, KeyError):
            name = getpass.getuser()
    if not name:
        raise UsageError("Who decides is not known.", f"Give --who NAME, or set {variable_of('reviewer')}.")
    return name


def only(chosen: Sequence[DecisionKind], id: str | None, field: str | None) -> DecisionKind:
    """The one kind of decision that was asked for; UsageError for none, several, or a value that is not named."""
    if len(chosen) != 1:
        raise UsageError("Say one of --accept, --correct, --reject, --unreadable or --undo.", _USAGE)
    if (chosen[0] is DecisionKind.UNDO) != (id is None) or (id is None) != (field is None):
        raise UsageError("A decision names an id and a field; an undo only its number.", _USAGE)
    return chosen[0]


def decide(
    folder: DataFolder, kind: DecisionKind, id: str, field: str, who: str, value: str | None, reason: str | None
) -> Done:
    """Log a decision on the *field* of the row or mark *id* of the published snapshot."""
    with connect(folder.full_snapshot) as connection:
        seen = see(connection, id, field)
    check_value(seen.target, value)
    with DecisionLog(folder.decisions) as log:
        before = tuple(live(log.about(seen.target.id, field)))
        decision = log.append(
            kind,
            seen.target,
            who,
            value=value,
            reason=reason,
            snapshot_hash=seen.snapshot_hash,
            seen_sequence=log.last_sequence,
        )
    return Done(decision, seen, before)


def undo(folder: DataFolder, number: int, who: str, reason: str | None) -> Done:
    """Log that decision *number* no longer counts."""
    with DecisionLog(folder.decisions) as log:
        undone = log.entry(number)
        return Done(log.undo(number, who, reason=reason), None, (undone,))


def tell(done: Done, is_json: bool) -> None:
    """What was read, what was logged, and what comes next."""
    decision, seen = done.decision, done.seen
    if is_json:
        write_json(sys.stdout, _facts(decision, decision.kind is not DecisionKind.UNDO))
        return
    target = decision.target
    lines = []
    if seen is not None:
        place = f" on page {target.page_number} of {seen.file_name}" if seen.file_name else ""
        lines.append(f"read      {target.field} {_short(target.seen_text)}{place}, {target.id}")
        if seen.shown_text != target.seen_text:
            lines.append(f"shown     {_short(seen.shown_text)} ({seen.standing})")
    lines += [f"{'undone' if seen is None else 'before':10}{_said(entry)}" for entry in done.before]
    lines.append(f"logged    {_said(decision)}")
    lines.append("next      the next build applies it: recordtrail nightly")
    if seen is not None:
        lines.append(f"          to take it back: recordtrail decide --undo {decision.sequence}")
    for line in lines:
        print(plain(line))


def history(folder: DataFolder, id: str | None, document: str | None) -> list[dict[str, Any]]:
    """The entries of the log, as JSON has them: all, or those about a row or mark, or about a document."""
    entries = read_log(folder.decisions)
    counted = {entry.decision_id for entry in live(entries)}
    return [
        _facts(entry, entry.decision_id in counted)
        for entry in entries
        if id in (None, entry.target.id)
        and (document is None or (entry.target.document_id or "").startswith(document.lower()))
    ]


def show(found: Sequence[dict[str, Any]], console: Console) -> None:
    """The history as a table."""
    columns = ("number", "when (UTC)", "who", "what", "id", "field", "seen", "value", "reason", "counts")
    keys = ("sequence", "decided_datetime", "who", "kind", "target_id", "field", "seen_text", "value", "reason")
    rows = [(*(_cut(entry[key]) for key in keys), "yes" if entry["counts"] else "no") for entry in found]
    print_table(console, columns, rows)
    print("1 entry." if len(found) == 1 else f"{len(found)} entries.")


def _facts(decision: Decision, counts: bool) -> dict[str, Any]:
    content = decision.content()
    target = content.pop("target")
    assert isinstance(target, dict)
    place = {"target_kind": target.pop("kind"), "target_id": target.pop("id"), **target}
    return {"decision_id": decision.decision_id, **content, **place, "counts": counts}


def _said(decision: Decision) -> str:
    value = f" to {_short(decision.value)}" if decision.value is not None else ""
    why = f", because {_short(decision.reason)}" if decision.reason else ""
    return f"number {decision.sequence}: {decision.kind}{value} by {decision.who}{why}"


def _short(text: str | None) -> str:
    return "(blank)" if text is None else repr(_cut(text))


def _cut(text: object) -> object:
    return f"{text[:_SHOWN]}…" if isinstance(text, str) and len(text) > _SHOWN else text
