"""Three counts that are never the same thing: rows as printed, searches in a log, searches across logs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from records.release import Release
from tests.unit.search_logs import HEADERS, built, log

FIRST, SECOND, THIRD = (f"0000000{n}-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
LATER = {"Search Time": "11/02/2025, 10:00:00 AM UTC"}


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Two releases of one month: the second masks accounts and plates, and prints one search twice."""
    open_log = log("open", [{"ID": FIRST}, {"ID": SECOND, **LATER}, {"Name": "a"}, {"Name": "b"}])
    hidden = {"Name": "***", "License Plate": "***", "Filters": "REDACTED"}
    masked = log(
        "masked",
        [
            {"ID": FIRST.upper(), **hidden},
            {"ID": FIRST, **hidden},
            {"ID": THIRD, **hidden},
            hidden,
            {**hidden, "Search Time": "illegible"},
        ],
    )
    later = Release("later-2026", agency="Example Sheriff", produced_date=date(2026, 1, 1))
    with built(tmp_path_factory.mktemp("same"), open_log, masked, releases=[(later, [masked])]) as connection:
        yield connection


def test_rows_searches_in_logs_and_searches_across_logs_are_counted_apart(logs: duckdb.DuckDBPyConnection) -> None:
    counts = [
        logs.execute(f"SELECT count(*) FROM out.{view}").fetchone()
        for view in ("audit_search", "audit_search_distinct", "audit_search_across")
    ]
    # In the logs: 1 (once, twice), 2, 3, two alike without an id in the open log, one in the other, one without a time.
    assert counts == [(9,), (7,), (5,)]


def test_the_tier_and_what_may_be_several_searches_are_stated(logs: duckdb.DuckDBPyConnection) -> None:
    found = logs.execute(
        "SELECT search_id, tier, row_count, document_count, possible_search_count, is_ambiguous, differing_fields,"
        " len(row_ids) FROM out.audit_search_across ORDER BY search_id NULLS LAST, tier"
    ).fetchall()
    assert found == [
        (FIRST, "id", 3, 2, 1, False, [], 3),
        (SECOND, "id", 1, 1, 1, False, [], 1),
        (THIRD, "id", 1, 1, 1, False, [], 1),
        (None, "facts", 3, 2, 3, True, ["name"], 3),
        (None, "row", 1, 1, 1, False, [], 1),
    ]


def test_an_id_in_two_hands_is_ambiguous(tmp_path: Path) -> None:
    rows = [{"ID": FIRST}, {"ID": FIRST, "Org Name": "Sample TX PD"}]
    with built(tmp_path, log("two", rows)) as connection:
        found = connection.execute("SELECT row_count, is_ambiguous, differing_fields FROM out.audit_search_across")
        assert found.fetchall() == [(2, True, ["org_name"])]


def test_an_id_that_is_no_uuid_joins_nothing(tmp_path: Path) -> None:
    rows = [{"ID": "1"}, {"ID": "1", **LATER}]
    with built(tmp_path, log("numbered", rows)) as connection:
        assert connection.execute("SELECT count(*) FROM out.audit_search_across").fetchone() == (2,)


def test_what_one_release_masks_another_still_shows(logs: duckdb.DuckDBPyConnection) -> None:
    found = logs.execute(
        "SELECT lower(search_id), field, hidden_state, hidden_marker, shown_release_id, hidden_release_id, count(*)"
        " FROM out.masking_difference GROUP BY ALL ORDER BY 2"
    ).fetchall()
    release = ("example-2025", "later-2026")
    assert found == [
        (FIRST, "filters", "redacted", "REDACTED", *release, 2),
        (FIRST, "license_plate", "masked", "***", *release, 2),
        (FIRST, "name", "masked", "***", *release, 2),
    ]
    shown = logs.execute(
        "SELECT DISTINCT s.name, h.name FROM out.masking_difference AS d JOIN out.audit_search AS s"
        " ON s.row_id = d.shown_row_id JOIN out.audit_search AS h ON h.row_id = d.hidden_row_id"
    ).fetchall()
    assert shown == [("account 1", None)]


def test_the_representative_row_is_the_first_by_production(logs: duckdb.DuckDBPyConnection) -> None:
    found = logs.execute("SELECT release_id, name FROM out.audit_search_across WHERE search_id = ?", [FIRST]).fetchall()
    assert found == [("example-2025", "account 1")]


def test_a_release_without_ids_is_linked_to_one_with_ids_by_its_facts(tmp_path: Path) -> None:
    # Two searches in one second, one a second later; the release without ids prints the first two and masks a plate.
    times = ["10:00:00", "10:00:00", "10:00:01"]
    ids = [f"0000000{n}-0000-4000-8000-000000000001" for n in range(3)]
    told = [{"ID": one, "Search Time": f"11/02/2025, {at} AM UTC"} for one, at in zip(ids, times, strict=True)]
    bare = [{"Search Time": f"11/02/2025, {at} AM UTC", "License Plate": "***"} for at in times[:2]]
    with built(tmp_path, log("told", told), log("bare", bare, HEADERS[1:])) as connection:
        counted = connection.execute(
            'SELECT count(*), sum(row_count), sum(possible_search_count) FROM "out".audit_search_across'
        ).fetchall()
        tiers = connection.execute(
            'SELECT tier, is_ambiguous, row_count FROM "out".audit_search_across ORDER BY ALL'
        ).fetchall()
        shown = connection.execute('SELECT DISTINCT license_plate FROM "out".audit_search_across').fetchall()
    assert counted == [(3, 5, 4)]
    assert tiers == [("facts", True, 3), ("id", False, 1), ("id", False, 1)]
    assert shown == [("SMPL01",)]
