"""Printed names -> organizations: ``core.organization``, its aliases and assignments, and whose log each segment is.

Comes before the rows are typed: ``core.audit_search`` takes ``org_id`` and ``producer_id`` from here. The three roles
stay apart: the producer (:mod:`warehouse.derive_organizations_producer`), the organization that searched (printed in
the row) and the account (which is no organization).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from warehouse.derive_organizations_name import OrganizationName, judge
from warehouse.derive_organizations_producer import derive_producers
from warehouse.derive_organizations_rules import FLAGS
from warehouse.flat import registered
from warehouse.load_issues import add_issues
from warehouse.search_rules import not_value, quoted

_USES = ("is_in_log", "is_in_sharing_list", "is_in_release")


@dataclass(slots=True)
class Registry:
    """The names met so far. A name is judged once, alone; and once more for each state that a release states of it."""

    decided: Mapping[str, str]
    """Printed name -> the organization that a person said it stands for."""
    names: dict[tuple[str, str | None], OrganizationName] = field(default_factory=dict)
    uses: dict[tuple[str, str | None], set[str]] = field(default_factory=dict)

    def add(self, printed: str, use: str, stated_state: str | None = None) -> OrganizationName:
        """*printed*, judged; *use* is one of the ``is_in_…`` columns."""
        name = judge(printed, stated_state)
        told = stated_state if any(a.rule_id == "state.stated" for a in name.assignments) else None
        self.uses.setdefault((printed, told), set()).add(use)
        return self.names.setdefault((printed, told), name)

    def org_id(self, name: OrganizationName) -> str:
        """The organization that *name* stands for."""
        return self.decided.get(name.printed, name.org_id)


def derive_organizations(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the registry and ``core.audit_log``; ``raw`` must be loaded, and ``noticed`` be there."""
    decided = connection.execute(
        "SELECT printed_name, arg_max(value, decision_number) FROM core.organization_decision"
        " WHERE printed_name IS NOT NULL AND value IS NOT NULL GROUP BY ALL"
    ).fetchall()
    registry = Registry(dict(decided))
    # What is masked, redacted or a placeholder names nobody.
    no_name = quoted(not_value("org_name"))
    for use, column in (
        ("is_in_log", "core.audit_row_decided.org_name"),
        ("is_in_sharing_list", "core.sharing_row_decided.organization"),
    ):
        table, _, name = column.rpartition(".")
        rows = connection.execute(
            f"SELECT DISTINCT {name} FROM {table} WHERE {name} IS NOT NULL AND NOT regexp_matches({name}, {no_name})"
        ).fetchall()
        for (printed,) in sorted(rows):
            registry.add(printed, use)
    logged = [
        (name.printed, registry.org_id(name))
        for key, name in registry.names.items()
        if "is_in_log" in registry.uses[key]
    ]
    with registered(connection, "given_name", {"org_name": "string", "org_id": "string"}, logged):
        connection.execute("CREATE OR REPLACE TEMP TABLE logged_name AS SELECT * FROM given_name")
    issues = derive_producers(connection, registry.add, registry.org_id)
    add_issues(connection, "derive", issues)
    _store_aliases(connection, registry)
    _store_assignments(connection, registry)
    _store_organizations(connection, registry)


def _store_aliases(connection: duckdb.DuckDBPyConnection, registry: Registry) -> None:
    columns = {"printed_name": "string", "org_id": "string", "rule_id": "string", **dict.fromkeys(_USES, "bool")}
    rows = []
    for (printed, told), name in registry.names.items():
        rule = "alias.release_state" if told else "alias.same_words"
        rule = "alias.decided" if printed in registry.decided else rule
        uses = registry.uses[printed, told]
        rows.append((printed, registry.org_id(name), rule, *(use in uses for use in _USES)))
    with registered(connection, "given_alias", columns, rows):
        connection.execute("INSERT INTO core.organization_alias SELECT * FROM given_alias ORDER BY ALL")


def _store_assignments(connection: duckdb.DuckDBPyConnection, registry: Registry) -> None:
    columns = {
        "printed_name": "string",
        "attribute": "string",
        "value": "string",
        "rule_id": "string",
        "start_position": "int32",
        "end_position": "int32",
        "matched_text": "string",
    }
    rows = [
        (printed, a.attribute, a.value, a.rule_id, a.start, a.end, printed[a.start : a.end])
        for (printed, _), name in registry.names.items()
        for a in name.assignments
    ]
    with registered(connection, "given_assignment", columns, rows):
        connection.execute(
            "INSERT INTO core.organization_assignment SELECT DISTINCT * FROM given_assignment ORDER BY ALL"
        )


def _store_organizations(connection: duckdb.DuckDBPyConnection, registry: Registry) -> None:
    by_id: dict[str, list[OrganizationName]] = {}
    for name in registry.names.values():
        by_id.setdefault(registry.org_id(name), []).append(name)
    columns = {"org_id": "string", "organization": "string", "state": "string", "org_type": "string"}
    columns |= {**dict.fromkeys(FLAGS, "bool"), "reasons": "string", "alias_count": "int32"}
    rows = [_organization(org_id, names) for org_id, names in sorted(by_id.items())]
    with registered(connection, "given_organization", columns, rows):
        connection.execute(
            f"""INSERT INTO core.organization
            SELECT org_id, organization, state, org_type, {", ".join(FLAGS)}, reasons <> '',
                list_filter(string_split(reasons, ' '), lambda why: why <> ''), alias_count
            FROM given_organization ORDER BY org_id"""
        )


def _organization(org_id: str, names: Sequence[OrganizationName]) -> tuple[object, ...]:
    """The organization as its spellings tell it: by the shortest one, and flagged where another says something else."""
    # Of what people put together, the spelling that the id is made of speaks for all.
    own = [name for name in names if name.org_id == org_id] or list(names)
    first = min(own, key=lambda name: (len(name.name), name.name, name.printed))
    reasons = set(first.review)
    types = {name.org_type for name in own} - {"unknown"}
    if len(types) > 1 and not any(name.flags["is_federal"] or name.flags["is_demo"] for name in own):
        reasons.add("type_ambiguous")
    flags = [any(name.flags[flag] for name in names) for flag in FLAGS]
    org_type = "demo" if flags[FLAGS.index("is_demo")] else first.org_type
    if flags[FLAGS.index("is_federal")] and org_type in ("unknown", "police"):
        org_type = "federal"
        reasons -= {"type_unknown", "state_unknown"}
    count = len({name.printed for name in names})
    return org_id, first.name or first.printed, first.state, org_type, *flags, " ".join(sorted(reasons)), count
