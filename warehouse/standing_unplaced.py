"""How decisions stand on what is printed nowhere: facts of releases and attributes of organizations.

They have no place that could be compared; the words that the reviewer saw are compared instead. The rules are those of
:mod:`warehouse.derive_standing`: a decision counts as long as the same is said, and is stale where something else is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb

from records.decisions import RELEASE_FACTS, Standing, TargetKind
from records.release import Release, RequestStatus
from warehouse.flat import registered

_DATES = ("requested_date", "produced_date")
_COLUMNS = {
    "decision_id": "string",
    "target_kind": "string",
    "target_id": "string",
    "field": "string",
    "standing": "string",
    "read_text": "string",
    "decided_text": "string",
    "decision_ids": "string",
    "is_conflict": "bool",
}


@dataclass(frozen=True, slots=True)
class _Said:
    decision_id: str
    who: str
    kind: str
    target_id: str
    field: str
    seen_text: str | None
    value: str | None


def stated(release: Release, field: str) -> str | None:
    """A fact of a release as text: what a reviewer sees and decides on."""
    fact = getattr(release, field)
    return None if fact is None else str(fact)


def decide_releases(connection: duckdb.DuckDBPyConnection, releases: Sequence[Release]) -> list[Release]:
    """The *releases* with what was decided of them; how the decisions stand goes into ``core.standing``."""
    by_id = {release.release_id: release for release in releases}
    read = {(r.release_id, field): stated(r, field) for r in releases for field in RELEASE_FACTS}
    found = _stand(connection, TargetKind.RELEASE_FACT, read, _is_fact)
    for (release_id, field), text in found.items():
        by_id[release_id] = replace(by_id[release_id], **{field: _fact(field, text)})
    return list(by_id.values())


def decide_organizations(connection: duckdb.DuckDBPyConnection) -> None:
    """How decisions on organizations stand, into ``core.standing``; ``core.organization`` must be there."""
    attributes = ("organization", "state", "org_type", "is_federal", "is_inactive", "is_deactivated", "is_demo")
    read: dict[tuple[str, str], str | None] = {}
    rows = connection.execute(f"SELECT org_id, {', '.join(attributes)} FROM core.organization").fetchall()
    for org_id, *said in rows:
        for name, value in zip(attributes, said, strict=True):
            read[org_id, name] = str(value).lower() if isinstance(value, bool) else value
    for org_id, printed in connection.execute(
        "SELECT target_id, seen_text FROM core.decision JOIN core.organization_alias ON printed_name = seen_text"
        " WHERE target_kind = 'organization_attribute' AND field = 'org_id' GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        read[org_id, f"org_id\0{printed}"] = printed
    _stand(connection, TargetKind.ORGANIZATION_ATTRIBUTE, read, lambda field, text: True)


def _stand(
    connection: duckdb.DuckDBPyConnection,
    kind: TargetKind,
    read: Mapping[tuple[str, str], str | None],
    can_be: Callable[[str, str | None], bool],
) -> dict[tuple[str, str], str | None]:
    """(id, field) -> decided text, of what is not stale. *read* is what is said without decisions."""
    rows = connection.execute(
        """SELECT decision_id, who, kind, target_id, field, seen_text, value FROM core.decision
        WHERE target_kind = ? AND kind <> 'undo' AND undone_by IS NULL ORDER BY sequence""",
        [str(kind)],
    ).fetchall()
    about: dict[tuple[str, str], list[_Said]] = {}
    for row in rows:
        said = _Said(*row)
        # What a spelling stands for is told for each spelling.
        key = f"org_id\0{said.seen_text}" if said.field == "org_id" else said.field
        about.setdefault((said.target_id, key), []).append(said)
    stored, decided = [], {}
    for (id, key), said_of in about.items():
        text, is_there = read.get((id, key)), (id, key) in read
        verdicts = {said.who: _verdict(said, text, is_there, can_be) for said in said_of}  # what each said last
        standing, decided_text = _verdict(said_of[-1], text, is_there, can_be)
        counted = {verdict for verdict in verdicts.values() if verdict[0] is not Standing.STALE}
        last, ids = said_of[-1], " ".join(said.decision_id for said in said_of)
        place = (last.decision_id, str(kind), id if is_there else None, last.field)
        stored.append((*place, str(standing), text, decided_text, ids, len(counted) > 1))
        if standing is not Standing.STALE and is_there:
            decided[id, key] = decided_text
    with registered(connection, "given", _COLUMNS, stored):
        connection.execute(
            "INSERT INTO core.standing BY NAME"
            " SELECT * REPLACE (string_split(decision_ids, ' ') AS decision_ids) FROM given ORDER BY ALL"
        )
    return decided


def _verdict(
    said: _Said, text: str | None, is_there: bool, can_be: Callable[[str, str | None], bool]
) -> tuple[Standing, str | None]:
    """How one decision stands where *text* is said now, and what ``out`` shows then."""
    if is_there and said.kind == "correct" and said.value == (text or ""):
        return Standing.ACCEPTED, text
    if not is_there or said.seen_text != text:
        return Standing.STALE, text
    if said.kind == "accept":
        return Standing.ACCEPTED, text
    if said.kind == "correct":
        value = (said.value or "").strip() or None
        return (Standing.CORRECTED, value) if can_be(said.field, value) else (Standing.STALE, text)
    return (Standing.REJECTED if said.kind == "reject" else Standing.UNREADABLE), None


def _is_fact(field: str, text: str | None) -> bool:
    try:
        _fact(field, text)
    except ValueError:
        return False
    return True


def _fact(field: str, text: str | None) -> Any:
    """*text* as :class:`records.release.Release` holds it; ``ValueError`` where it cannot."""
    if field in _DATES:
        return date.fromisoformat(text) if text else None
    if field == "status":
        return RequestStatus(text) if text else RequestStatus.UNKNOWN
    return text
