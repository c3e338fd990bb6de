"""Decisions meet what is read: out shows them with their standing, and what was read anew is never overruled."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import duckdb
import pytest

from records.decisions import Decision, DecisionKind, Target
from tests.unit.decision_factory import ask, log, target
from tests.unit.lists_factory import settings, sharing
from tests.unit.parts_factory import PartsFactory, inputs, ruled, unruled
from warehouse.build import build
from warehouse.trace import UnknownIdError, trace

ACCEPT, CORRECT = DecisionKind.ACCEPT, DecisionKind.CORRECT
REJECT, UNREADABLE, UNDO = DecisionKind.REJECT, DecisionKind.UNREADABLE, DecisionKind.UNDO
LOG, OTHER = ruled(), unruled()
SCREEN = settings("screen", [("Stolen Plate", "off"), ("Felny", "on")])
SHARED = sharing("shared", [("Alder OR PD", "East", "Home"), ("Birch PD", "West", None)])


def audit_id(made: PartsFactory, page: int, number: int) -> str:
    return f"{made.document_id[:16]}-p{page:05d}-r{number:03d}"


def mark_id(number: int) -> str:
    return f"{SCREEN.document_id[:16]}-p00001-m{number:03d}"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reviewer sees: the build without decisions."""
    folder = tmp_path_factory.mktemp("before")
    build(inputs(folder / "parts", ruled(), unruled(), screen(), shared()), folder / "b.duckdb")
    return folder / "b.duckdb"


def screen() -> PartsFactory:
    return settings("screen", [("Stolen Plate", "off"), ("Felny", "on")])


def shared() -> PartsFactory:
    return sharing("shared", [("Alder OR PD", "East", "Home"), ("Birch PD", "West", None)])


def rebuilt(tmp_path: Path, entries: list[Decision], *made: PartsFactory) -> Path:
    logs = made or (ruled(), unruled(), screen(), shared())
    given = dataclasses.replace(inputs(tmp_path / "parts", *logs), decisions=entries)
    build(given, tmp_path / "built.duckdb")
    return tmp_path / "built.duckdb"


def test_every_kind_of_decision_on_cells_of_a_log(before: Path, tmp_path: Path) -> None:
    row, second = audit_id(LOG, 1, 2), audit_id(LOG, 1, 3)
    other = audit_id(OTHER, 2, 1)
    entries = log(
        (target(before, row, "reason"), CORRECT, {"value": "welfare checks", "reason": "an s is there"}),
        (target(before, row, "id"), ACCEPT, {}),
        (target(before, second, "org_name"), REJECT, {}),
        (target(before, audit_id(LOG, 2, 1), "search_time"), UNREADABLE, {}),
        (target(before, audit_id(LOG, 1, 1), "reason"), CORRECT, {"value": "warrant"}),  # read as blank
        (target(before, other, "Mystery"), CORRECT, {"value": "m9"}),
        (target(before, other, "reason"), CORRECT, {"value": ""}),  # nothing is printed there
    )
    built = rebuilt(tmp_path, entries)
    ids = [entry.decision_id for entry in entries]
    shown = {
        id: facts
        for id, *facts in ask(
            built,
            "SELECT row_id, reason, id, org_name, search_time, standing, decision_ids FROM core.audit_row_decided"
            " WHERE document_id = ?",
            [LOG.document_id],
        )
    }
    assert shown[row] == ["welfare checks", "id-1", "Example PD", "2025-03-01 10:01:00", "corrected", ids[1::-1]]
    assert shown[second] == ["welfare check", "id-2", None, "2025-03-01 10:02:00", "rejected", [ids[2]]]
    assert shown[audit_id(LOG, 2, 1)] == ["welfare check", "id-3", "Example PD", None, "unreadable", [ids[3]]]
    assert shown[audit_id(LOG, 1, 1)][0::4] == ["warrant", "corrected"]
    assert shown[audit_id(LOG, 2, 2)] == ["welfare check", "id-4", "Example PD", "2025-03-01 10:04:00", "machine", []]
    assert ask(
        built, "SELECT reason, other['Mystery'], standing FROM core.audit_row_decided WHERE row_id = ?", [other]
    ) == [(None, "m9", "corrected")]
    typed = (
        "SELECT reason, org_name, org_name_state, searched_datetime_state, standing, decision_ids FROM out.{}"
        " WHERE row_id = ?"
    )
    for view in ("audit_search", "audit_search_distinct", "audit_search_across"):
        assert ask(built, typed.format(view), [row]) == [
            ("welfare checks", "Example PD", "value", "value", "corrected", ids[1::-1])
        ]
    # Nobody knows what is printed there: that is no blank cell.
    assert ask(built, typed.format("audit_search"), [second])[0][1:5] == (None, "illegible", "value", "rejected")
    assert ask(built, typed.format("audit_search"), [audit_id(LOG, 2, 1)])[0][3:5] == ("illegible", "unreadable")
    # What was read stays what was read.
    assert ask(built, "SELECT reason FROM raw.audit_row WHERE row_id = ?", [row]) == [("welfare check",)]
    assert ask(built, "SELECT count(*) FROM core.issue WHERE stage = 'decide'") == [(0,)]
    assert ask(built, "SELECT decision_sequence, last_decision_id FROM meta.build") == [(7, ids[-1])]


def test_marks_and_lists_show_what_was_decided(before: Path, tmp_path: Path) -> None:
    entries = log(
        (target(before, mark_id(1), "state"), CORRECT, {"value": "disabled_on"}),
        (target(before, mark_id(2), "label"), CORRECT, {"value": "Felony"}),
        (target(before, mark_id(2), "state"), UNREADABLE, {}),
        (target(before, audit_id(SHARED, 1, 1), "organization"), CORRECT, {"value": "Alder OH PD"}),
        (target(before, audit_id(SHARED, 1, 2), "shared_with_me"), REJECT, {}),
        (target(before, audit_id(SHARED, 1, 2), "direction"), CORRECT, {"value": "both"}),
    )
    built = rebuilt(tmp_path, entries)
    query = "SELECT label, topic IS NOT NULL, state, standing FROM out.hotlist_setting WHERE mark_id = ?"
    assert ask(before, query, [mark_id(2)]) == [("Felny", False, "on", "machine")]
    assert ask(built, query, [mark_id(1)]) == [("Stolen Plate", True, "disabled_on", "corrected")]
    assert ask(built, query, [mark_id(2)]) == [("Felony", True, "unreadable", "unreadable")]
    # The topic is visible now, so it is no more told as one that is not.
    topic = "SELECT count(*) FROM out.hotlist_setting WHERE state = 'not_visible' AND topic_name ILIKE '%felon%'"
    assert (ask(before, topic), ask(built, topic)) == ([(1,)], [(0,)])
    assert ask(
        built, "SELECT organization, shared_with_me, direction, standing FROM out.sharing ORDER BY entry_number"
    ) == [("Alder OH PD", "East", "unknown", "corrected"), ("Birch PD", None, "both", "rejected")]


def test_another_reading_makes_a_decision_stale_and_shows_the_new_reading(before: Path, tmp_path: Path) -> None:
    entries = log(
        (target(before, audit_id(LOG, 1, 2), "reason"), CORRECT, {"value": "warrant"}),
        (target(before, audit_id(LOG, 1, 3), "reason"), CORRECT, {"value": "theft"}),
        (target(before, mark_id(1), "state"), CORRECT, {"value": "on"}),
    )
    anew, other = ruled(), settings("screen", [("Stolen Plate", "mixed"), ("Felny", "on")])
    anew.rows[1]["text_4"] = "welfare chock"
    anew.rows[2]["text_4"] = "theft"  # as the reviewer had corrected it
    built = rebuilt(tmp_path, entries, anew, unruled(), other, shared())
    query = "SELECT reason, standing, decision_ids FROM out.audit_search WHERE row_id = ?"
    assert ask(built, query, [audit_id(LOG, 1, 2)]) == [("welfare chock", "stale", [entries[0].decision_id])]
    assert ask(built, query, [audit_id(LOG, 1, 3)]) == [("theft", "accepted", [entries[1].decision_id])]
    assert ask(built, "SELECT state, standing FROM out.hotlist_setting WHERE mark_id = ?", [mark_id(1)]) == [
        ("mixed", "stale")
    ]
    told = ask(built, "SELECT code, severity, row_id, mark_id, field, seen_text FROM core.issue WHERE stage = 'decide'")
    assert set(told) == {
        ("decision_stale", "doubt", None, mark_id(1), "state", "mixed"),
        ("decision_stale", "doubt", audit_id(LOG, 1, 2), None, "reason", "welfare chock"),
    }


def test_a_decision_follows_the_place_when_row_ids_change(before: Path, tmp_path: Path) -> None:
    """A new extraction finds a row more at the top of the page: every id below moves by one."""
    decided = target(before, audit_id(LOG, 1, 2), "reason")
    entries = log((decided, CORRECT, {"value": "warrant"}))
    anew = ruled()
    for row in anew.rows:
        if row["page_number"] == 1:
            row["row_number"] += 1
    for part in anew.tables["continuation"]:
        part["row_number"] += 1
    first = {**anew.rows[0], "row_number": 1, "text_0": "id-x"}
    anew.rows[:0] = [{key: _moved(key, value) for key, value in first.items()}]
    anew.tables["page"][0]["glyphs_seen"] += sum(len(str(v).replace(" ", "")) for k, v in first.items() if "text" in k)
    anew.tables["page"][0]["glyphs_used"] = (
        anew.tables["page"][0]["glyphs_seen"] - anew.tables["page"][0]["glyphs_furniture"]
    )
    built = rebuilt(tmp_path, entries, anew)
    assert ask(built, "SELECT row_id, reason FROM out.audit_search WHERE standing <> 'machine'") == [
        (audit_id(LOG, 1, 3), "warrant")
    ]


def _moved(key: str, value: Any) -> Any:
    return value - 20.0 if key.startswith(("top", "bottom")) else value


def test_what_is_read_no_more_is_stale_and_named(before: Path, tmp_path: Path) -> None:
    entries = log((target(before, audit_id(LOG, 2, 2), "reason"), ACCEPT, {}))
    anew = ruled()
    gone = anew.rows.pop()
    used = sum(len(str(v).replace(" ", "")) for k, v in gone.items() if k.startswith("text_"))
    for count in ("glyphs_seen", "glyphs_used"):
        anew.tables["page"][1][count] -= used
    built = rebuilt(tmp_path, entries, anew)
    assert ask(built, "SELECT target_id, standing, field FROM core.standing") == [(None, "stale", "reason")]
    assert ask(built, "SELECT document_id, page_number, row_id FROM core.issue WHERE code = 'decision_stale'") == [
        (LOG.document_id, 2, None)
    ]
    without = rebuilt(tmp_path / "without", entries, unruled())
    assert ask(without, "SELECT standing FROM core.standing") == [("stale",)]
    assert ask(without, "SELECT document_id FROM core.issue WHERE code = 'decision_stale'") == [(None,)]


def test_undo_brings_back_what_counted_before_and_the_trail_stays(before: Path, tmp_path: Path) -> None:
    reason = target(before, audit_id(LOG, 1, 2), "reason")
    entries = log(
        (reason, CORRECT, {"value": "theft"}),
        (reason, CORRECT, {"value": "arson"}),
        (reason, UNDO, {"undoes": 2}),
    )
    built = rebuilt(tmp_path, entries)
    query = "SELECT reason, standing, decision_ids FROM out.audit_search WHERE row_id = ?"
    assert ask(built, query, [reason.id]) == [("theft", "corrected", [entries[0].decision_id])]
    assert ask(built, "SELECT kind, undone_by FROM core.decision ORDER BY sequence") == [
        ("correct", None),
        ("correct", entries[2].decision_id),
        ("undo", None),
    ]
    all_undone = log(
        (reason, CORRECT, {"value": "theft"}),
        (reason, UNDO, {"undoes": 1}),
    )
    built = rebuilt(tmp_path / "all", all_undone)
    assert ask(built, query, [reason.id]) == [("welfare check", "machine", [])]


@pytest.mark.parametrize(
    ("who", "value", "is_conflict"), [("ben", "arson", True), ("ben", "theft", False), ("anna", "arson", False)]
)
def test_the_last_decision_counts_and_two_reviewers_who_differ_are_told(
    before: Path, tmp_path: Path, who: str, value: str, is_conflict: bool
) -> None:
    reason = target(before, audit_id(LOG, 1, 2), "reason")
    built = rebuilt(
        tmp_path, log((reason, CORRECT, {"value": "theft"}), (reason, CORRECT, {"value": value, "who": who}))
    )
    assert ask(built, "SELECT decided_text, is_conflict FROM core.standing") == [(value, is_conflict)]
    assert ask(built, "SELECT count(*) FROM core.issue WHERE code = 'reviewers_differ'") == [(int(is_conflict),)]


def test_pictures_of_one_entry_that_contradict_a_decision_are_told(tmp_path: Path) -> None:
    """Two screenshots overlap in two entries; one of the four marks is corrected."""

    def pages() -> PartsFactory:
        return settings(
            "scrolled",
            [("Alpha", "on"), ("Beta", "off"), ("Gamma", "on")],
            [("Beta", "off"), ("Gamma", "on"), ("Delta", "off")],
            kind="hotlist_configuration",
        )

    build(inputs(tmp_path / "p", pages()), tmp_path / "seen.duckdb")
    (entry,) = ask(tmp_path / "seen.duckdb", "SELECT mark_ids FROM core.hotlist_observation WHERE label = 'Beta'")
    one, two = (target(tmp_path / "seen.duckdb", id, "state") for id in entry[0])
    query = "SELECT state FROM core.hotlist_observation WHERE label = 'Beta'"
    half = rebuilt(tmp_path / "half", log((one, CORRECT, {"value": "on"})), pages())
    assert ask(half, query) == [("unreadable",)]
    assert ask(half, "SELECT mark_id FROM core.issue WHERE code = 'seam_disagrees'") == [(one.id,)]
    both = rebuilt(tmp_path / "both", log((one, CORRECT, {"value": "on"}), (two, CORRECT, {"value": "on"})), pages())
    assert ask(both, query) == [("on",)]
    assert ask(both, "SELECT mark_id FROM core.issue WHERE code = 'seam_disagrees'") == []


def test_decisions_are_content_and_the_same_log_is_the_same_content(before: Path, tmp_path: Path) -> None:
    reason: Target = target(before, audit_id(LOG, 1, 2), "reason")
    entries = log((reason, ACCEPT, {}))
    given = inputs(tmp_path / "parts", ruled())
    none = build(given, tmp_path / "0.duckdb").content_hash
    hashes = [
        build(dataclasses.replace(given, decisions=entries), tmp_path / f"{n}.duckdb").content_hash for n in (1, 2)
    ]
    assert hashes[0] == hashes[1] != none


def test_ids_of_an_earlier_extraction_lead_to_what_is_at_their_place_now(tmp_path: Path) -> None:
    """The page is read anew without its first row: what was row 2 is row 1, and nothing is row 3."""
    former = ruled().write(tmp_path / "parts", "f" * 15 + "0")
    anew = ruled()
    gone = anew.rows.pop(0)
    for row in anew.rows:
        row["row_number"] -= row["page_number"] == 1
    for part in anew.tables["continuation"]:
        part["row_number"] -= 1
    used = sum(len(str(v).replace(" ", "")) for k, v in gone.items() if k.startswith("text_"))
    for count in ("glyphs_seen", "glyphs_used"):
        anew.tables["page"][0][count] -= used
    given = inputs(tmp_path / "parts", anew)
    later = dataclasses.replace(given, former_parts={LOG.document_id: [former]})
    without, built = tmp_path / "without.duckdb", tmp_path / "built.duckdb"
    assert build(given, without).content_hash == build(later, built).content_hash
    first, second, third = (audit_id(LOG, 1, number) for number in (1, 2, 3))
    assert ask(built, "SELECT former_id, present_id FROM meta.row_successor ORDER BY former_id") == [
        (first, None),
        (second, first),
        (third, second),
    ]
    with duckdb.connect(built, read_only=True) as connection:
        found = trace(connection, third)
        assert (found.id, found.former_id) == (second, third)
        assert trace(connection, second).successors == (first,)  # the id names another row now
        with pytest.raises(UnknownIdError):
            trace(connection, audit_id(LOG, 1, 4))
