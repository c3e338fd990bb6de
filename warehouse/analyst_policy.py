"""What the analyst file holds: ``rules/analyst_columns.toml``, read and matched with a warehouse.

The list decides. A relation or a column that is not on it is left out.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from records.errors import WarehouseError
from warehouse.search_rules import rules

LEAVE_OUT = "leave_out"
TREATMENTS = ("copy", "ours", "id", "word", "scrub", "label", "label_key", "marker", "time", "count", LEAVE_OUT)
TOKEN_KINDS = ("plate", "account", "case", "search")
_DECIDES = (
    "analyst_columns.toml",
    "plain_words.toml",
    "label_words.toml",
    "offense_categories.toml",
    "analyst.py",
    "analyst_tell.py",
    "analyst_columns.py",
    "analyst_known.py",
    "analyst_forms.py",
    "analyst_labels.py",
    "analyst_tokens.py",
    "analyst_words.py",
)
UNLISTED = "not on the list of warehouse/rules/analyst_columns.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of one column, and why."""

    treatment: str
    """One of :data:`TREATMENTS`, or ``token:`` and one of :data:`TOKEN_KINDS`."""
    why: str

    @property
    def is_kept(self) -> bool:
        return self.treatment != LEAVE_OUT


@dataclass(frozen=True, slots=True)
class Relation:
    """What becomes of one relation."""

    name: str
    """``schema.relation``, in the analyst file."""
    source: str
    """``schema.relation`` of the warehouse that it is made of; mostly the same."""
    form: str
    """``table``, ``view`` or ``leave_out``."""
    why: str
    columns: Mapping[str, Rule]
    """By name, as the list says, for views also by the relations they follow."""
    sql: str | None = None
    """The definition of a view that is another one than the warehouse's."""
    comment: str | None = None
    """What one row is, where the source's comment does not fit."""
    follows: tuple[str, ...] = field(default=())

    def rule(self, column: str) -> Rule:
        """The rule for *column*; left out when it is not on the list."""
        if self.form == LEAVE_OUT:
            return Rule(LEAVE_OUT, self.why)
        return self.columns.get(column, Rule(LEAVE_OUT, UNLISTED))


@functools.cache
def policy() -> tuple[Relation, ...]:
    """The list, in its order; ``WarehouseError`` where it contradicts itself."""
    found: dict[str, Relation] = {}
    for entry in rules("analyst_columns")["relation"]:
        relation = _relation(entry, found)
        if relation.name in found:
            raise WarehouseError(f"{relation.name} is twice in analyst_columns.toml.")
        found[relation.name] = relation
    return tuple(found.values())


def named(relation: str) -> str:
    """``schema.relation`` for SQL."""
    schema, _, name = relation.partition(".")
    return f'"{schema}".{name}'


def instead() -> dict[str, str]:
    """Relation of the warehouse -> the one that definitions of views use in its place."""
    return dict(rules("analyst_columns")["instead"])


def rule_for(relation: str) -> Relation:
    """What becomes of the warehouse's *relation*; left out when the list does not name it."""
    schema = relation.partition(".")[0]
    for one in policy():
        if one.source == relation or one.name == f"{schema}.*":
            return one
    return Relation(relation, relation, LEAVE_OUT, UNLISTED, {})


def policy_hash() -> str:
    """SHA-256 of everything that decides on masking: where it changes, the file is made again."""
    digest = hashlib.sha256()
    for name in _DECIDES:
        folder = importlib.resources.files("warehouse")
        digest.update((folder / "rules" / name if name.endswith(".toml") else folder / name).read_bytes())
    return digest.hexdigest()


def _relation(entry: Mapping[str, Any], known: Mapping[str, Relation]) -> Relation:
    columns: dict[str, Rule] = {}
    for followed in entry.get("follows", ()):
        for name, rule in known[followed].columns.items():
            if rule.is_kept:
                columns.setdefault(name, rule)
    own: set[str] = set()
    for names, treatment, why in entry.get("columns", ()):
        _demand_treatment(entry["name"], treatment)
        for name in names.split():
            if name in own:
                raise WarehouseError(f"{entry['name']}.{name} is twice in analyst_columns.toml.")
            own.add(name)
            columns[name] = Rule(treatment, why)
    return Relation(
        entry["name"],
        entry.get("from", entry["name"]),
        entry["as"],
        entry["why"],
        columns,
        entry.get("sql"),
        entry.get("comment"),
        tuple(entry.get("follows", ())),
    )


def _demand_treatment(relation: str, treatment: str) -> None:
    kind, _, token = treatment.partition(":")
    if treatment not in TREATMENTS and not (kind == "token" and token in TOKEN_KINDS):
        raise WarehouseError(f"{relation}: {treatment} is no treatment of analyst_columns.toml.")
