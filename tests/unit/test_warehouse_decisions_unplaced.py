"""Decisions on what is printed nowhere: facts of releases, attributes of organizations; and names that join them."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from records.decisions import Decision, DecisionKind, Target, TargetKind
from records.double_review import DoubleRate
from records.release import Release
from tests.unit.decision_factory import ask, log, target
from tests.unit.lists_factory import sharing
from tests.unit.parts_factory import PartsFactory, inputs
from warehouse.build import BuildInputs, build

ACCEPT, CORRECT, REJECT = DecisionKind.ACCEPT, DecisionKind.CORRECT, DecisionKind.REJECT


def given(parts: Path, *decisions: Decision, state: str | None = "FL") -> BuildInputs:
    """A log whose times have no zone, and a sharing list, in a release that states no zone."""
    times = PartsFactory(
        "times",
        ["ID", "Org Name", "Search Time"],
        [[f"id-{n}", "Birch PD", f"03/0{n}/2025, 10:00:00 AM"] for n in (1, 2)],
    )
    made = inputs(parts, times, sharing("shared", [("Aldre OR PD", "East", None)]))
    release = dataclasses.replace(made.releases[0], time_zone=None, state=state)
    return dataclasses.replace(made, releases=[release, *made.releases[1:]], decisions=decisions)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    build(given(folder / "parts"), folder / "w.duckdb")
    return folder / "w.duckdb"


def rebuilt(tmp_path: Path, *entries: Decision, state: str | None = "FL") -> Path:
    build(given(tmp_path / "parts", *entries, state=state), tmp_path / "w.duckdb")
    return tmp_path / "w.duckdb"


def fact(before: Path, field: str) -> Target:
    return target(before, "example-2025", field)


def organization(before: Path, name: str, field: str) -> Target:
    ((org_id,),) = ask(before, "SELECT org_id FROM core.organization WHERE organization = ?", [name])
    return target(before, org_id, field)


def test_a_time_zone_that_nobody_stated_is_in_the_queue_and_once_decided_gives_times(
    before: Path, tmp_path: Path
) -> None:
    query = "SELECT target_id, codes, rows_touched FROM core.review_item WHERE field = 'time_zone'"
    assert ask(before, query) == [("example-2025", ["zone_unknown"], 3)]
    entries = log((fact(before, "time_zone"), CORRECT, {"value": "America/Chicago"}))
    built = rebuilt(tmp_path, *entries)
    times = "SELECT min(searched_datetime)::VARCHAR FROM out.audit_search"
    assert ask(before, times) == [(None,)]
    assert ask(built, times) == [("2025-03-01 16:00:00",)]  # six hours behind UTC in winter
    assert ask(built, query) == []
    assert ask(built, "SELECT target_kind, standing, read_text, decided_text FROM core.standing") == [
        ("release_fact", "corrected", None, "America/Chicago")
    ]


def test_every_kind_of_decision_on_facts_of_a_release(before: Path, tmp_path: Path) -> None:
    entries = log(
        (fact(before, "agency"), CORRECT, {"value": "Other Sheriff"}),
        (fact(before, "produced_date"), CORRECT, {"value": "2025-06-01"}),
        (fact(before, "request_number"), REJECT, {}),
        (fact(before, "state"), ACCEPT, {}),
    )
    built = rebuilt(tmp_path, *entries)
    query = "SELECT agency, produced_date, request_number, state FROM raw.release WHERE release_id = 'example-2025'"
    assert ask(built, query) == [("Other Sheriff", date(2025, 6, 1), None, "FL")]
    assert ask(built, "SELECT DISTINCT starts_with(citation, 'Other Sheriff, ') FROM out.audit_search") == [(True,)]
    assert ask(built, "SELECT field, standing, decided_text FROM core.standing ORDER BY field") == [
        ("agency", "corrected", "Other Sheriff"),
        ("produced_date", "corrected", "2025-06-01"),
        ("request_number", "rejected", None),
        ("state", "accepted", "FL"),
    ]
    # A reviewer of the new build decides on what release.toml says, not on the decision.
    assert target(built, "example-2025", "agency").seen_text == "Example Sheriff"


def test_a_fact_that_is_stated_otherwise_now_makes_the_decision_stale(before: Path, tmp_path: Path) -> None:
    entries = log(
        (fact(before, "state"), CORRECT, {"value": "GA"}),
        (fact(before, "status"), CORRECT, {"value": "denied", "who": "ben"}),
        (fact(before, "status"), CORRECT, {"value": "fulfilled"}),
    )
    built = rebuilt(tmp_path, *entries, state="AL")
    assert ask(built, "SELECT state, status FROM raw.release WHERE release_id = 'example-2025'") == [
        ("AL", "fulfilled")
    ]
    told = "SELECT code, release_id, field, seen_text FROM core.issue WHERE stage = 'decide' ORDER BY code"
    assert ask(built, told) == [
        ("decision_stale", "example-2025", "state", "AL"),
        ("reviewers_differ", "example-2025", "status", "partial"),
    ]
    assert ask(built, "SELECT field FROM core.review_item WHERE list_contains(codes, 'decision_stale')") == [("state",)]
    same = rebuilt(tmp_path / "same", *entries, state="GA")  # release.toml now says what the reviewer said
    assert ask(same, "SELECT standing FROM core.standing WHERE field = 'state'") == [("accepted",)]


def test_a_decision_on_a_release_that_is_gone_or_a_value_that_cannot_be_changes_nothing(
    before: Path, tmp_path: Path
) -> None:
    gone = Target(TargetKind.RELEASE_FACT, "gone-2025", "agency", "x")
    entries = log((gone, ACCEPT, {}), (fact(before, "produced_date"), CORRECT, {"value": "in May"}))
    built = rebuilt(tmp_path, *entries)
    assert ask(built, "SELECT target_id, standing FROM core.standing ORDER BY ALL") == [
        ("example-2025", "stale"),
        (None, "stale"),
    ]
    assert ask(built, "SELECT produced_date FROM raw.release WHERE release_id = 'example-2025'") == [
        (date(2025, 5, 1),)
    ]


def test_organizations_stand_in_the_one_vocabulary(before: Path, tmp_path: Path) -> None:
    birch = organization(before, "Birch PD", "state")
    stale = dataclasses.replace(organization(before, "Birch PD", "org_type"), seen_text="school_district")
    for said, standing, state in (
        ((birch, CORRECT, {"value": "TX"}), "corrected", "TX"),
        ((birch, REJECT, {}), "rejected", None),
        ((stale, CORRECT, {"value": "campus"}), "stale", None),
    ):
        built = rebuilt(tmp_path / standing, *log(said))
        found = ask(built, "SELECT standing, state, org_type FROM out.organization WHERE organization = 'Birch PD'")
        assert found == [(standing, state, "police")]
        assert ask(built, "SELECT standing FROM core.standing WHERE target_kind = 'organization_attribute'") == [
            (standing,)
        ]
    assert ask(before, "SELECT DISTINCT standing FROM out.organization") == [("machine",)]


def test_a_corrected_name_of_a_sharing_list_is_the_one_in_the_registry(before: Path, tmp_path: Path) -> None:
    row = ask(before, "SELECT row_id FROM raw.sharing_row")[0][0]
    built = rebuilt(tmp_path, *log((target(before, row, "organization"), CORRECT, {"value": "Alder OR PD"})))
    names = "SELECT printed_name FROM core.organization_alias WHERE is_in_sharing_list"
    assert (ask(before, names), ask(built, names)) == ([("Aldre OR PD",)], [("Alder OR PD",)])
    assert ask(built, "SELECT organization FROM raw.sharing_row") == [("Aldre OR PD",)]


def test_what_double_review_found_is_content(tmp_path: Path) -> None:
    rate = DoubleRate(1, "audit_cell", "reason", "pdfium", 700_000, 12, 10, 9, 10, 0, 0, 1)
    unread = dataclasses.replace(rate, field="id", read_twice=0)
    plain = given(tmp_path / "parts")
    hashes = [
        build(dataclasses.replace(plain, double_review=found), tmp_path / f"{n}.duckdb").content_hash
        for n, found in enumerate(([], [rate, unread]))
    ]
    assert hashes[0] != hashes[1]
    # 1 of 10: 1.8 % to 40.4 %; 9 of 10 is its mirror image.
    query = "SELECT field, error_share, error_low, error_high, agreed_low, agreed_high FROM core.double_review"
    ((field, share, low, high, agreed_low, agreed_high),) = ask(tmp_path / "1.duckdb", query)
    assert (field, share) == ("reason", 0.1)
    assert (round(low, 3), round(high, 3), round(agreed_low, 3), round(agreed_high, 3)) == (0.018, 0.404, 0.596, 0.982)


def test_a_release_without_files_can_be_decided_on_too(tmp_path: Path) -> None:
    plain = given(tmp_path / "parts")
    empty = dataclasses.replace(plain, releases=[*plain.releases, Release("empty-2025")])
    about = Target(TargetKind.RELEASE_FACT, "empty-2025", "agency", None)
    entries = log((about, CORRECT, {"value": "Silent PD"}))
    build(dataclasses.replace(empty, decisions=entries), tmp_path / "w.duckdb")
    assert ask(tmp_path / "w.duckdb", "SELECT agency FROM raw.release WHERE release_id = 'empty-2025'") == [
        ("Silent PD",)
    ]
