"""The report's figures of hotlists, sharing lists and requests, on lists whose answers are known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.unit.lists_factory import settings, sharing
from tests.unit.parts_factory import PartsFactory, inputs
from warehouse.build import build
from warehouse.report import choose, report

MARKS = [
    ("Stolen Vehicle", "on"),
    ("Sex Offender", "off"),
    ("Immigration Violator", "on"),
    ("Violent Person", "unreadable"),
]
OTHER = [("Stolen Vehicle", "on"), ("Immigration Violator", "off"), ("Gang or Suspected Terrorist", "mixed")]
ORGANIZATIONS = ("Exampleton TX PD", "Port Sample TX ISD PD", "[Federal] US Border Patrol", "Mock Harbor County FL SO")
DIRECTIONS = ("both", "shared_with_me", "sharing_to", "unknown")


def shared() -> PartsFactory:
    made = sharing("list", [(organization, None, None) for organization in ORGANIZATIONS])
    for row, direction in zip(made.tables["sharing"], DIRECTIONS, strict=True):
        row["direction"] = direction
    return made


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    folder: Path = tmp_path_factory.mktemp("lists")
    logs = (settings("one", MARKS), settings("two", OTHER), shared())
    build(inputs(folder / "parts", *logs), folder / "b.duckdb")
    with duckdb.connect(folder / "b.duckdb", read_only=True) as connection:
        made = report(connection, choose([]))
    return {t.query.name: [dict(zip(t.columns, row, strict=True)) for row in t.rows] for t in made.tables}


def test_topics_are_counted_state_by_state(tables: dict[str, list[dict[str, Any]]]) -> None:
    topics = {line["topic"]: line for line in tables["hotlist_topics"]}
    shown = ("on", "off", "mixed", "unreadable")
    assert [topics["Stolen Vehicle"][state] for state in shown] == [2, 0, 0, 0]
    assert [topics["Immigration Violator"][state] for state in shown] == [1, 1, 0, 0]
    assert [topics["Gang or Suspected Terrorist"][state] for state in shown] == [0, 0, 1, 0]
    # What a picture does not show is not off.
    assert topics["Sex Offender"]["off"] == 1
    assert topics["Sex Offender"]["not_visible"] >= 1


def test_the_immigration_topic_is_listed_list_by_list(tables: dict[str, list[dict[str, Any]]]) -> None:
    assert sorted(line["state"] for line in tables["hotlist_immigration"]) == ["off", "on"]


def test_directions_are_never_mixed(tables: dict[str, list[dict[str, Any]]]) -> None:
    (line,) = tables["sharing"]
    told = ("organizations", "both_directions", "shared_with_agency", "agency_shares", "direction_unknown")
    assert [line[name] for name in told] == [4, 1, 1, 1, 1]


def test_federal_and_school_networks_are_named(tables: dict[str, list[dict[str, Any]]]) -> None:
    special = {line["organization"]: (line["type"], line["is_federal"]) for line in tables["sharing_special"]}
    assert special == {
        "[Federal] US Border Patrol": ("federal", True),
        "Port Sample TX ISD PD": ("school_district", False),
    }
    types = {line["type"]: line["organizations"] for line in tables["sharing_types"]}
    assert types == {"police": 1, "school_district": 1, "federal": 1, "sheriff": 1}


def test_requests_are_counted_by_status(tables: dict[str, list[dict[str, Any]]]) -> None:
    by_status = {line["request_status"]: line["releases"] for line in tables["requests"]}
    # The releases of the factory: one that was answered, one that was denied without files.
    assert sum(by_status.values()) == 2
    assert by_status["denied"] == 1
    assert len(tables["request_list"]) == 2
