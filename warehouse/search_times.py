"""Times as printed -> naive UTC, in SQL. Nothing is guessed: what a text does not say is a word in ``_parse``.

Accepted: ``M/D/YYYY`` (padded or not) or ``YYYY-MM-DD``; a comma, spaces or ``T``; ``HH:MM`` with or without seconds
and fractions, 24 hours or ``AM``/``PM``; then a zone: UTC, GMT, Z, an offset, a named zone, or none.
"""

from __future__ import annotations

import re

import duckdb

from warehouse.search_rules import SPACE, names, quoted, quoted_list, rules

PARSES = (
    "ok",
    "unparsed",
    "date_order_unknown",
    "meridiem_unknown",
    "zone_unknown",
    "nonexistent_local",
    "ambiguous_local",
    "reversed",
    "unknown_word",
)
"""What became of a printed value that is to be typed, the worst first after ``ok``; null where there is no value."""

_GROUPS = (
    "month",
    "day",
    "year",
    "iso_year",
    "iso_month",
    "iso_day",
    "hour",
    "minute",
    "second",
    "part",
    "half",
    "zone",
)
_STANDARD = r"\d{1,2}/\d{1,2}/\d{4}, \d{1,2}:\d\d:\d\d [AP]M UTC"
_STRPTIME = "%m/%d/%Y, %I:%M:%S %p UTC"
OFFSET = r"(?:UTC|GMT)?[+-](?:0\d|1[0-4]):?[0-5]\d"


def _zone_words() -> list[str]:
    table = rules("search_words")["time_zone"]
    return sorted([*table["universal"], *table["named"]], key=lambda word: (-len(word), word))


def _time(groups: bool) -> str:
    def group(name: str) -> str:
        return f"?P<{name}>" if groups else "?:"

    words = "|".join(map(re.escape, _zone_words()))
    date = (
        rf"(?:({group('month')}\d{{1,2}})/({group('day')}\d{{1,2}})/({group('year')}\d{{4}})"
        rf"|({group('iso_year')}\d{{4}})-({group('iso_month')}\d{{1,2}})-({group('iso_day')}\d{{1,2}}))"
    )
    clock = (
        rf"({group('hour')}\d{{1,2}}):({group('minute')}\d{{2}})(?::({group('second')}\d{{2}})"
        rf"(?:\.({group('part')}\d{{1,6}}))?)?(?:{SPACE}*({group('half')}[AP])\.?M\b\.?)?"
    )
    zone = rf"(?:{SPACE}*\(?({group('zone')}{OFFSET}|(?:{words})\b)\)?)?"
    return rf"{date}(?:{SPACE}*,{SPACE}*|{SPACE}+|T){clock}{zone}"


def create_time_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """The temporary macros that the statement of the derivation is written with."""
    universal = quoted_list(rules("search_words")["time_zone"]["universal"])
    years = rules("search_words")["years"]
    joined = "|".join(map(re.escape, rules("search_words")["time_frame"]["joined_by"]))
    joint = quoted(rf"(?i)\A{SPACE}*(?:{joined})?{SPACE}*\z")
    one, each = quoted(rf"(?i)\A{SPACE}*{_time(True)}{SPACE}*\z"), quoted(rf"(?i){_time(False)}")
    connection.execute(
        f"""
        -- How nearly all times are printed; what this does not read is taken apart below.
        CREATE OR REPLACE TEMP MACRO standard_time(text) AS CASE
            WHEN regexp_full_match(text, {quoted(_STANDARD)})
            THEN try_strptime(text, {quoted(_STRPTIME)}) END;
        CREATE OR REPLACE TEMP MACRO standard_times(text) AS CASE
            WHEN regexp_full_match(text, {quoted(_STANDARD + " " + _STANDARD)})
            THEN list_transform(string_split(text, ' UTC')[1:2], lambda one:
                try_strptime(trim(one) || ' UTC', {quoted(_STRPTIME)})) END;
        CREATE OR REPLACE TEMP MACRO time_parts(text) AS regexp_extract(text, {one}, {names(_GROUPS)});
        CREATE OR REPLACE TEMP MACRO frame_texts(text) AS CASE
            WHEN regexp_matches(regexp_replace(text, {each}, '', 'g'), {joint})
                AND len(regexp_extract_all(text, {each})) = 2
            THEN regexp_extract_all(text, {each}) END;
        CREATE OR REPLACE TEMP MACRO civil_hour(p) AS
            CASE WHEN p.half = '' THEN CASE WHEN try_cast(p.hour AS INTEGER) < 24 THEN try_cast(p.hour AS INTEGER) END
                WHEN try_cast(p.hour AS INTEGER) BETWEEN 1 AND 12
                    THEN try_cast(p.hour AS INTEGER) % 12 + CASE WHEN upper(p.half) = 'P' THEN 12 ELSE 0 END END;
        -- What a clock in that zone showed; null when there is no such day or hour.
        CREATE OR REPLACE TEMP MACRO civil_time(p) AS CASE
            WHEN p.hour <> '' AND try_cast(p.year || p.iso_year AS INTEGER) BETWEEN {years["first"]} AND {years["last"]}
            THEN try_cast(concat(p.year, p.iso_year, '-', p.month, p.iso_month, '-', p.day, p.iso_day, ' ',
                civil_hour(p)::VARCHAR, ':', p.minute, ':', CASE WHEN p.second = '' THEN '00' ELSE p.second END,
                CASE WHEN p.part = '' THEN '' ELSE '.' || p.part END) AS TIMESTAMP) END;
        -- '' none printed, 'UTC', an offset in seconds east, or '?' for a zone that has a name but no offset.
        CREATE OR REPLACE TEMP MACRO printed_zone(p) AS CASE
            WHEN p.zone = '' THEN ''
            WHEN list_contains({universal}, upper(p.zone)) THEN 'UTC'
            WHEN regexp_matches(p.zone, '\\d') THEN (try_cast(regexp_extract(p.zone, '([+-])', 1) || '1' AS INTEGER) * (
                try_cast(regexp_extract(p.zone, '[+-](\\d\\d)', 1) AS INTEGER) * 3600
                + try_cast(regexp_extract(p.zone, '(\\d\\d)$', 1) AS INTEGER) * 60))::VARCHAR
            ELSE '?' END;
        -- What keeps a printed time from being read, but for its zone. `d` is what its document shows as a whole.
        CREATE OR REPLACE TEMP MACRO clock_parse(p, d) AS CASE
            WHEN civil_time(p) IS NULL THEN 'unparsed'
            WHEN p.month <> '' AND d.is_date_order_unknown AND try_cast(p.month AS INTEGER) <= 12
                AND try_cast(p.day AS INTEGER) <= 12
                AND try_cast(p.month AS INTEGER) <> try_cast(p.day AS INTEGER) THEN 'date_order_unknown'
            WHEN p.month <> '' AND p.half = '' AND try_cast(p.hour AS INTEGER) BETWEEN 1 AND 12
                AND (d.has_half OR NOT d.has_24_hours) THEN 'meridiem_unknown'
            ELSE 'ok' END;
        """
    )


def worst_parse(start: str, end: str, is_reversed: str) -> str:
    """SQL: the worse of the parses of two times; ``reversed`` where both are right but in the wrong order."""
    worst = " ".join(f"WHEN {start} = '{word}' OR {end} = '{word}' THEN '{word}'" for word in PARSES[1:7])
    return f"CASE {worst} WHEN {is_reversed} THEN 'reversed' ELSE 'ok' END"
