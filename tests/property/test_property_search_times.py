"""parse(format(v)) == v for every way that times are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.search_times import create_time_macros

_SQL = """SELECT standard_time(text), civil_time(time_parts(text)), printed_zone(time_parts(text)),
    times_in(text || ' ' || text), standard_times(text || ' ' || text) FROM (SELECT $text AS text)"""

FIRST, LAST = datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2050-12-31 23:00:00")
INSTANTS = st.datetimes(FIRST, LAST).map(lambda v: v.replace(microsecond=0))
DAY = timedelta(days=1)
INNER = st.datetimes(FIRST + DAY, LAST - DAY).map(lambda v: v.replace(microsecond=0))
"""Moments whose date is one that is read (of the years 1990 to 2050) in every zone."""
OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timedelta(minutes=15 * quarters))


def _padded(v: datetime) -> str:
    return v.strftime("%m/%d/%Y, %I:%M:%S %p UTC")


def _bare(v: datetime) -> str:
    return f"{v.month}/{v.day}/{v.year}, {v.hour % 12 or 12}:{v.minute:02}:{v.second:02} {v:%p} UTC"


FORMATS: dict[str, Callable[[datetime], str]] = {
    "padded": _padded,
    "bare": _bare,
    "iso": lambda v: v.strftime("%Y-%m-%d %H:%M:%S UTC"),
    "t and z": lambda v: v.strftime("%Y-%m-%dT%H:%M:%SZ"),
    "24 hours": lambda v: v.strftime("%m/%d/%Y %H:%M:%S GMT"),
}


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_time_macros(connection)
        yield connection


@pytest.mark.parametrize("name", FORMATS)
@given(moment=INSTANTS)
def test_a_printed_time_is_read_back(connection: duckdb.DuckDBPyConnection, name: str, moment: datetime) -> None:
    text = FORMATS[name](moment)
    ((standard, civil, zone, frame, standards),) = connection.execute(_SQL, {"text": text}).fetchall()
    assert (civil, zone) == (moment, "UTC")
    assert [part.strip() for part in frame] == [text, text]
    assert standard == (moment if name in ("padded", "bare") else None)
    assert standards == ([moment, moment] if name in ("padded", "bare") else None)


@given(moment=INNER, offset=OFFSETS)
def test_an_offset_is_read_back(connection: duckdb.DuckDBPyConnection, moment: datetime, offset: timedelta) -> None:
    text = moment.replace(tzinfo=UTC).astimezone(timezone(offset)).isoformat()
    ((civil, zone),) = connection.execute(
        "SELECT civil_time(time_parts($text)), printed_zone(time_parts($text))", {"text": text}
    ).fetchall()
    assert civil - timedelta(seconds=int(zone)) == moment
