"""What says whose log a segment is: the file's hint, releases, file names, the title on its first page, its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import duckdb

from records.organization_names import is_like_organization
from warehouse.derive_organizations_name import OrganizationName
from warehouse.derive_organizations_rules import producer_rules

_LEAST_ROWS = 20
"""Rows that must all print one organization to say something about the log."""
_ORDER = ("file_hint", "release", "file_name", "title", "rows")

Add = Callable[[str, str, str | None], OrganizationName]
"""Registers a printed name: the name, its use, the state that a release states of it."""


@dataclass(slots=True)
class Evidence:
    """One thing that says whose log it is, or of which kind."""

    source: str
    rule_id: str
    text: str
    name: OrganizationName | None
    kind: str | None = None
    page_number: int | None = None


@dataclass(slots=True)
class Log:
    """One segment that is an audit log."""

    segment_id: str
    document_id: str
    first_page: int
    has_organizations: bool
    """Whether it has a column for the organization that searched."""
    row_count: int
    org_count: int
    least_name: str | None
    """One name that its rows print: the only one, if ``org_count`` is 1."""
    evidence: list[Evidence] = field(default_factory=list)


def audit_logs(connection: duckdb.DuckDBPyConnection, add: Add) -> list[Log]:
    """All audit logs with their evidence; the table ``logged_name`` maps printed names to ids."""
    rows = connection.execute(
        """WITH told AS (
            SELECT segment_id, count(*) AS row_count, count(DISTINCT n.org_id) AS org_count,
                min(n.org_name) AS least_name, count(n.org_id) AS named_count
            FROM core.audit_row_decided AS r LEFT JOIN logged_name AS n ON n.org_name = r.org_name GROUP BY segment_id)
        SELECT s.segment_id, s.document_id, s.first_page,
            coalesce((SELECT bool_or(c.field = 'org_name') FROM raw.segment_column AS c
                WHERE c.segment_id = s.segment_id), FALSE),
            coalesce(row_count, 0), coalesce(org_count, 0),
            CASE WHEN named_count = row_count THEN least_name END
        FROM raw.segment AS s LEFT JOIN told USING (segment_id)
        WHERE s.kind = 'audit_log' ORDER BY s.segment_id"""
    ).fetchall()
    logs = [Log(*row) for row in rows]
    _gather(connection, logs, add)
    return logs


def _gather(connection: duckdb.DuckDBPyConnection, logs: Sequence[Log], add: Add) -> None:
    """All evidence, in the order of ``_ORDER``."""
    receipts: dict[str, list[tuple[str, str | None, str | None]]] = {}
    for document_id, path, agency, state in connection.execute(
        "SELECT document_id, path, agency, state FROM raw.receipt LEFT JOIN raw.release USING (release_id)"
        " ORDER BY document_id, receipt_number"
    ).fetchall():
        receipts.setdefault(document_id, []).append((path, agency, state))
    hints = dict(
        connection.execute("SELECT document_id, producer FROM raw.document_hint WHERE producer IS NOT NULL").fetchall()
    )
    titles: dict[tuple[str, int], list[str]] = {}
    for document_id, page, text in connection.execute(
        "SELECT t.document_id, t.page_number, t.text FROM raw.page_text AS t JOIN raw.segment AS s"
        " ON s.document_id = t.document_id AND s.first_page = t.page_number"
        " WHERE s.kind = 'audit_log' AND regexp_matches(t.text, '(?i)\\baudit\\b') ORDER BY ALL"
    ).fetchall():
        titles.setdefault((document_id, page), []).append(text)
    for log in logs:
        came = receipts.get(log.document_id, [])
        states = {state for _, _, state in came if state}
        state = states.pop() if len(states) == 1 else None
        found: dict[tuple[str, str], Evidence] = {}

        def tell(evidence: Evidence, into: dict[tuple[str, str], Evidence] = found) -> None:
            into.setdefault((evidence.source, evidence.text), evidence)

        if log.document_id in hints:
            said = hints[log.document_id]
            tell(Evidence("file_hint", "file_hint", said, add(said, "is_in_release", state)))
        for _, agency, own_state in came:
            if agency:
                tell(Evidence("release", "release", agency, add(agency, "is_in_release", own_state)))
        for path, _, _ in came:
            name = PurePosixPath(path).name
            for evidence in _by_pattern("file_name", name, add, state):
                tell(evidence)
        for line in titles.get((log.document_id, log.first_page), ()):
            for evidence in _by_pattern("title", line, add, state):
                evidence.page_number = log.first_page
                tell(evidence)
        if log.org_count == 1 and log.row_count >= _LEAST_ROWS and log.least_name:
            tell(Evidence("rows", "rows", log.least_name, add(log.least_name, "is_in_log", None)))
        log.evidence = sorted(found.values(), key=lambda e: _ORDER.index(e.source))


def _by_pattern(source: str, text: str, add: Add, state: str | None) -> list[Evidence]:
    """What the first rule for *source* that fits *text* says."""
    for where, rule in producer_rules():
        match = rule.pattern.search(text) if where == source else None
        if match:
            org = next((said for key, said in match.groupdict().items() if key.startswith("org") and said), "")
            org = re.sub(r"[_\s]+", " ", org if " " in org else org.replace("-", " ")).strip(" -")
            name = add(org, "is_in_release", state) if is_like_organization(org) else None
            return [Evidence(source, rule.rule_id, text, name, rule.value)]
    return []
