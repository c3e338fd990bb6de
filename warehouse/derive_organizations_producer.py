"""Whose log a segment is, and of which kind: all evidence kept, and nothing decided where it disagrees.

A person's ``producer`` for the file decides. Else everything that names an agency has to name the same one: the
releases the document came in, its file names and the title on its first page. One organization in all rows is weak: it
counts where nothing else is known, and is an issue where it contradicts a log that is no network audit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import duckdb

from records.issues import Issue, Severity
from warehouse.derive_organizations_logs import Add, Log, audit_logs
from warehouse.derive_organizations_name import OrganizationName
from warehouse.flat import registered

_VAGUE = ("local_government", "unknown")
_AGENCY = re.compile(r"^(?:the )?(?:city|town|village|county|borough|township) of |\b(?:pd|so|dps|sd)\b")

OrgId = Callable[[OrganizationName], str]


def derive_producers(connection: duckdb.DuckDBPyConnection, add: Add, org_id: OrgId) -> list[Issue]:
    """Fill ``core.audit_log`` and ``core.producer_evidence``; the table ``logged_name`` maps printed names to ids."""
    logs = audit_logs(connection, add)
    issues: list[Issue] = []
    facts, evidence = [], []
    for log in logs:
        producer, basis = _producer(log, issues)
        kind, kind_basis = _kind(log, producer, basis, issues)
        found = org_id(producer) if producer else None
        named = kind == "organization" and kind_basis in ("file_name", "title") and not log.has_organizations
        searcher = found if named else None
        facts.append((log.segment_id, log.document_id, found, basis, kind, kind_basis, log.org_count, searcher))
        for e in log.evidence:
            said = org_id(e.name) if e.name else None
            evidence.append((log.segment_id, log.document_id, e.source, e.rule_id, e.text, e.page_number, said, e.kind))
    _store(connection, "audit_log", facts)
    _store(connection, "producer_evidence", evidence)
    return issues


def _producer(log: Log, issues: list[Issue]) -> tuple[OrganizationName | None, str]:
    """The producer and what decided; an issue where the evidence disagrees."""
    told = [(e, e.name) for e in log.evidence if e.name is not None]
    strong = [(e, name) for e, name in told if e.source != "rows"]
    if not strong:
        return (told[0][1], "rows") if told else (None, "none")
    agree = all(_same(a, b) for _, a in strong for _, b in strong)
    first, name = next(((e, n) for e, n in strong if n.org_type not in _VAGUE and n.state), strong[0])
    if strong[0][0].source == "file_hint":
        first, name = strong[0]
    if not agree:
        decided = first.source == "file_hint"
        issues.append(
            Issue(
                "producer_disagrees",
                Severity.NOTICE if decided else Severity.DOUBT,
                "Whose log this is, is said differently: "
                + "; ".join(f"{e.source.replace('_', ' ')} says {n.name}" for e, n in strong)
                + (". The producer of release.toml is taken." if decided else ". No producer is taken."),
                "Look at the document, and name the producer of the file in release.toml.",
                document_id=log.document_id,
                page_number=log.first_page,
            )
        )
        if not decided:
            return None, "disagree"
    return name, first.source


def _same(a: OrganizationName, b: OrganizationName) -> bool:
    """Whether two names may be one agency: the same words, or the same place where one names only the place; and no
    two states."""
    if a.state and b.state and a.state != b.state:
        return False
    one, other = a.key.partition("|")[0], b.key.partition("|")[0]
    if one == other:
        return True
    is_vague = a.org_type in _VAGUE or b.org_type in _VAGUE
    return is_vague and _AGENCY.sub("", one).strip() == _AGENCY.sub("", other).strip() != ""


def _kind(log: Log, producer: OrganizationName | None, basis: str, issues: list[Issue]) -> tuple[str, str]:
    """Organization or network audit, and what says so; an issue where rows contradict the name of the file."""
    named = {e.kind: e.source for e in reversed(log.evidence) if e.kind}
    only = next((e.name for e in log.evidence if e.source == "rows"), None)
    problem = None
    if len(named) > 1:
        problem = "File name and title call it an organization audit and a network audit"
    elif "organization" in named and log.org_count > 1:
        problem = f"It is named an organization audit, but its rows print {log.org_count} organizations"
    elif "network" not in named and only and producer and not _same(only, producer):
        problem = (
            f"It is said to be of {producer.name}, but all rows print {only.name}, and nothing calls it a network audit"
        )
    if problem:
        issues.append(
            Issue(
                "audit_kind_unclear",
                Severity.DOUBT,
                f"{problem}.",
                "Look whether it is the log of another agency, or a network audit. Its kind is not stated until then.",
                document_id=log.document_id,
                page_number=log.first_page,
                field="org_name",
            )
        )
        return "unknown", "disagree"
    if named:
        return next((str(kind), source) for kind, source in named.items())
    if log.org_count > 1:
        return "network", "rows"
    if only and producer:
        return "organization", "rows"
    return "unknown", "none"


def _store(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]) -> None:
    types = {"VARCHAR": "string", "INTEGER": "int32"}
    columns = {
        name: types[kind]
        for name, kind in connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'core' AND table_name = ?"
            " AND database_name = current_database() ORDER BY column_index",
            [table],
        ).fetchall()
    }
    with registered(connection, "given_fact", columns, rows):
        connection.execute(f"INSERT INTO core.{table} SELECT * FROM given_fact ORDER BY ALL")
