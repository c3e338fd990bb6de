"""Times: what is printed becomes UTC, or null with the reason; never a guess."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from records.release import FileHints
from tests.unit.search_logs import HEADERS, built, each, log
from warehouse.search_zones import zone_periods


def at(*parts: int) -> datetime:
    """Naive UTC, as the warehouse stores it."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc]


NOON = at(2025, 11, 2, 21, 53, 36)
MINUTE = at(2025, 11, 2, 21, 53)


TIMES: list[tuple[str, datetime | None, str]] = [
    ("11/02/2025, 09:53:36 PM UTC", NOON, "ok"),
    ("11/2/2025, 9:53:36 PM UTC", NOON, "ok"),
    ("11/02/2025,  09:53:36\u202fPM UTC", NOON, "ok"),
    ("11/02/2025 21:53:36 UTC", NOON, "ok"),
    ("2025-11-02 21:53:36Z", NOON, "ok"),
    ("2025-11-02T21:53Z", MINUTE, "ok"),
    ("2025-11-02T16:53:36-05:00", NOON, "ok"),
    ("2025-11-02T21:53:36.000000+0000", NOON, "ok"),
    ("11/02/2025, 12:00:00 AM UTC", at(2025, 11, 2), "ok"),
    ("11/02/2025, 12:00:00 PM UTC", at(2025, 11, 2, 12), "ok"),
    ("2025-11-02 21:53:36", None, "zone_unknown"),
    ("11/02/2025, 09:53:36 PM CST", None, "zone_unknown"),
    ("11/02/2025, 09:53:36 PM", None, "zone_unknown"),
    ("11/02/2025 09:53:36 UTC", None, "meridiem_unknown"),
    ("11/02/2025, 13:53:36 PM UTC", None, "unparsed"),
    ("11/02/2025, 00:53:36 AM UTC", None, "unparsed"),
    ("02/30/2025, 09:53:36 AM UTC", None, "unparsed"),
    ("13/01/2025, 09:53:36 AM UTC", None, "unparsed"),
    ("11/02/2025, 09:63:36 AM UTC", None, "unparsed"),
    ("2025-11-02 24:00:00Z", None, "unparsed"),
    # As Excel prints by itself.
    ("11/2/25 21:53 UTC", at(2025, 11, 2, 21, 53), "ok"),
    ("11-02-2025 21:53:36 UTC", at(2025, 11, 2, 21, 53, 36), "ok"),
    ("Nov 2, 2025 9:53 PM UTC", at(2025, 11, 2, 21, 53), "ok"),
    ("Sunday, November 2, 2025 at 9:53:36 PM UTC", at(2025, 11, 2, 21, 53, 36), "ok"),
    ("2 Nov. 2025 21:53 UTC", at(2025, 11, 2, 21, 53), "ok"),
    ("02-NOV-25 21:53:36 UTC", at(2025, 11, 2, 21, 53, 36), "ok"),
    ("2025/11/02 21:53:36 UTC", at(2025, 11, 2, 21, 53, 36), "ok"),
    ("11/02/2025 2153 hrs UTC", at(2025, 11, 2, 21, 53), "ok"),
    ("11/02/2025 at 9:53 p.m. (UTC)", at(2025, 11, 2, 21, 53), "ok"),
    ("11/02/2025 21:53:36 UTC-6", at(2025, 11, 3, 3, 53, 36), "ok"),
    ("2025-11-02 21:53:36-06", at(2025, 11, 3, 3, 53, 36), "ok"),
    ("Nov 2, 2025 9:53 UTC", None, "meridiem_unknown"),
    ("Nov 31, 2025 9:53 PM UTC", None, "unparsed"),
    ("Mayor 2, 2025 9:53 PM UTC", None, "unparsed"),
    ("11-02-25 21:53 UTC", None, "unparsed"),
    ("11/02/2025 9:53 PM Eastern Time", None, "zone_unknown"),
    # A period of an hour, or an offset.
    ("11/02/2025 13:00-04:00", None, "zone_unknown"),
    ("11/02/0025, 09:53:36 AM UTC", None, "unparsed"),
    ("11/O2/2025, 09:53:36 AM UTC", None, "unparsed"),
    ("11/02/2025, 09:53:36 AM UTC x", None, "unparsed"),
    ("45963.41", None, "unparsed"),
]


@pytest.fixture(scope="module")
def times(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    rows: list[dict[str, str | None]] = [{"Search Time": printed, "Time Frame": None} for printed, *_ in TIMES]
    return each(
        tmp_path_factory.mktemp("times"),
        rows,
        "searched_datetime, searched_datetime_parse, searched_datetime_state, i.seen_text"
        " FROM core.audit_search LEFT JOIN core.issue AS i USING (document_id)",
    )


@pytest.mark.parametrize("number", range(len(TIMES)), ids=[printed for printed, *_ in TIMES])
def test_a_time_is_read_or_null(times: list[tuple[object, ...]], number: int) -> None:
    printed, utc, parse = TIMES[number]
    assert times[number] == (utc, parse, "value", None if parse == "ok" else printed)


def test_a_time_frame_is_two_times_however_joined(tmp_path: Path) -> None:
    first, second = "11/01/2025, 10:00:17 PM UTC", "11/02/2025, 10:00:17 AM UTC"
    joints = [" ", "\n", " to ", " - ", "-", " \u2013 ", " through "]
    found = each(
        tmp_path,
        [{"Time Frame": f"{first}{joint}{second}"} for joint in joints],
        "frame_start_datetime, frame_end_datetime, time_frame_parse, time_frame_basis FROM core.audit_search",
    )
    expected = (at(2025, 11, 1, 22, 0, 17), at(2025, 11, 2, 10, 0, 17), "ok", "printed")
    assert found == [expected] * len(joints)


FRAMES: list[tuple[str, str]] = [
    ("11/01/2025, 10:00:17 PM UTC", "unparsed"),
    ("11/01/2025, 10:00:17 PM UTC 11/02/2025, 10:00:17 AM UTC 11/03/2025, 10:00:17 AM UTC", "unparsed"),
    ("11/01/2025, 10:00:17 PM UTC around 11/02/2025, 10:00:17 AM UTC", "unparsed"),
    ("11/01/2025 11/02/2025", "unparsed"),
    ("2025-11-01 22:00 to 2025-11-02 10:00", "zone_unknown"),
    ("11/03/2025, 10:00:17 PM UTC 11/02/2025, 10:00:17 AM UTC", "reversed"),
]


def test_a_time_frame_that_is_not_two_times_in_order_says_so(tmp_path: Path) -> None:
    found = each(
        tmp_path,
        [{"Time Frame": text} for text, _ in FRAMES],
        "time_frame_parse, frame_start_datetime IS NOT NULL FROM core.audit_search",
    )
    assert found == [(parse, parse == "reversed") for _, parse in FRAMES]


def test_dates_that_may_be_day_first_are_not_read(tmp_path: Path) -> None:
    rows: list[dict[str, str | None]] = [
        {"Search Time": text, "Time Frame": None}
        for text in ("13/01/2025, 09:00:00 AM UTC", "05/01/2025, 09:00:00 AM UTC", "05/05/2025, 09:00:00 AM UTC")
    ]
    with built(tmp_path, log("one", rows)) as connection:
        found = connection.execute(
            "SELECT searched_datetime_parse, searched_datetime FROM core.audit_search ORDER BY row_id"
        ).fetchall()
    assert found == [("unparsed", None), ("date_order_unknown", None), ("ok", at(2025, 5, 5, 9))]


def test_one_misprint_among_many_dates_does_not_make_them_doubtful(tmp_path: Path) -> None:
    rows: list[dict[str, str | None]] = [
        {"Search Time": f"01/{day}/2025, 09:00:00 AM UTC", "Time Frame": None} for day in (*range(13, 29), 5)
    ]
    rows.append({"Search Time": "13/01/2025, 09:00:00 AM UTC", "Time Frame": None})
    with built(tmp_path, log("one", rows)) as connection:
        found = connection.execute(
            "SELECT searched_datetime_parse, count(*) FROM core.audit_search GROUP BY 1"
        ).fetchall()
    assert dict(found) == {"ok": 17, "unparsed": 1}


def test_a_lost_am_or_pm_is_not_taken_for_24_hours(tmp_path: Path) -> None:
    rows: list[dict[str, str | None]] = [{"Search Time": "11/02/2025, 04:10:40 UTC"}, {}]
    with built(tmp_path, log("one", rows)) as connection:
        found = connection.execute("SELECT searched_datetime_parse FROM core.audit_search ORDER BY row_id").fetchall()
    assert found == [("meridiem_unknown",), ("ok",)]
    rows = [{"Search Time": f"11/02/2025, {hour}:10:40 UTC", "Time Frame": None} for hour in ("04", "14")]
    with built(tmp_path / "24", log("two", rows)) as connection:
        found = connection.execute("SELECT searched_datetime FROM core.audit_search ORDER BY row_id").fetchall()
    assert found == [(at(2025, 11, 2, 4, 10, 40),), (at(2025, 11, 2, 14, 10, 40),)]


LOCAL: list[tuple[str, datetime | None, str]] = [
    ("2025-07-01 08:00:00", at(2025, 7, 1, 13), "ok"),
    ("2025-12-01 08:00:00", at(2025, 12, 1, 14), "ok"),
    ("2025-11-02 01:30:00", None, "ambiguous_local"),
    ("2025-11-02 00:59:59", at(2025, 11, 2, 5, 59, 59), "ok"),
    ("2025-11-02 02:00:00", at(2025, 11, 2, 8), "ok"),
    ("2025-03-09 02:30:00", None, "nonexistent_local"),
    ("2025-03-09 03:00:00", at(2025, 3, 9, 8), "ok"),
    ("2025-07-01 08:00:00 UTC", at(2025, 7, 1, 8), "ok"),
    # A named zone counts where the stated one bears it out.
    ("07/01/2025 8:00 AM CDT", at(2025, 7, 1, 13), "ok"),
    ("12/01/2025 8:00 AM Central Time", at(2025, 12, 1, 14), "ok"),
    ("07/01/2025 8:00 AM CST", None, "zone_unknown"),
    ("07/01/2025 8:00 AM EDT", None, "zone_unknown"),
    ("07/01/2025 8:00 AM local", at(2025, 7, 1, 13), "ok"),
    ("11/02/2025 1:30 AM CDT", None, "ambiguous_local"),
]


def test_local_times_are_read_by_the_stated_zone_only(tmp_path: Path) -> None:
    found = each(
        tmp_path,
        [{"Search Time": printed, "Time Frame": None} for printed, *_ in LOCAL],
        "searched_datetime, searched_datetime_parse, searched_datetime_basis FROM core.audit_search",
        time_zone="America/Chicago",
    )
    basis = [None if utc is None else "printed" if "UTC" in printed else "release" for printed, utc, _ in LOCAL]
    assert found == [(utc, parse, b) for (_, utc, parse), b in zip(LOCAL, basis, strict=True)]


def test_the_zone_of_a_file_comes_before_that_of_its_release_and_the_header_before_both(tmp_path: Path) -> None:
    row: dict[str, str | None] = {"Search Time": "2025-07-01 08:00:00", "Time Frame": None}
    one = log("one", [row])
    headed = log("headed", [row])
    headed.tables["column"][HEADERS.index("Search Time")]["printed_header"] = "Search Time (UTC)"
    hints = {one.document_id: FileHints(time_zone="America/New_York")}
    with built(tmp_path, one, headed, time_zone="America/Chicago", hints=hints) as connection:
        found = connection.execute(
            "SELECT file_name, searched_datetime, searched_datetime_basis FROM out.audit_search ORDER BY 1"
        ).fetchall()
    assert found == [
        ("headed.pdf", at(2025, 7, 1, 8), "header"),
        ("one.pdf", at(2025, 7, 1, 12), "file"),
    ]


@pytest.mark.parametrize("zone", ["America/Chicago", "America/Phoenix", "Pacific/Honolulu", "America/Indiana/Knox"])
def test_every_local_time_is_in_one_period(zone: str) -> None:
    periods = list(zone_periods(zone))
    assert all(before[1] == after[0] for before, after in pairwise(periods))
    assert all(start < until for start, until, _, _ in periods)
