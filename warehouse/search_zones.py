"""Local time -> UTC for the IANA zones that releases state: periods of one offset, made from the zone's own table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb

from records.errors import WarehouseError
from warehouse.flat import registered
from warehouse.search_rules import rules

_COLUMNS = {
    "time_zone": "string",
    "local_from": "timestamp",
    "local_until": "timestamp",
    "kind": "string",
    "offset_seconds": "int32",
}


def load_zones(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """Fill the temporary table ``zone_period``: every local time of a zone is in exactly one of its periods."""
    rows = [(name, *period) for name in sorted(set(names)) for period in zone_periods(name)]
    with registered(connection, "given_period", _COLUMNS, rows):
        connection.execute("CREATE OR REPLACE TEMP TABLE zone_period AS FROM given_period")


def zone_periods(name: str) -> Iterator[tuple[datetime, datetime, str, int]]:
    """``(local_from, local_until, kind, offset_seconds)`` without gaps over the years of the rules.

    Kinds: ``ok``; ``ambiguous_local`` where clocks are set back and a time comes twice; ``nonexistent_local`` where
    they are set forward and it never comes. The offset is east of UTC, and is that before the change for the last two.
    """
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WarehouseError(f"There is no time zone {name!r} on this system.", "Correct release.toml.") from error
    years = rules("search_words")["years"]
    begin, end = datetime(years["first"], 1, 1, tzinfo=UTC), datetime(years["last"] + 1, 1, 2, tzinfo=UTC)
    since, offset = begin - timedelta(days=1), _offset(zone, begin)
    since = since.replace(tzinfo=None)
    for instant in _changes(zone, begin, end):
        after = _offset(zone, instant)
        naive = instant.replace(tzinfo=None)
        first, last = sorted((naive + offset, naive + after))
        yield since, first, "ok", _seconds(offset)
        yield first, last, "ambiguous_local" if after < offset else "nonexistent_local", _seconds(offset)
        since, offset = last, after
    yield since, end.replace(tzinfo=None) + timedelta(days=1), "ok", _seconds(offset)


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The instants, in UTC, at which the offset of *zone* changes. No zone changes it twice within a day."""
    day = timedelta(days=1)
    before = begin
    while before < end:
        after = before + day
        if _offset(zone, before) != _offset(zone, after):
            low, high = before, after
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                if _offset(zone, middle) == _offset(zone, before):
                    low = middle
                else:
                    high = middle
            yield high
        before = after


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _seconds(offset: timedelta) -> int:
    return int(offset.total_seconds())
