"""Times as printed -> naive UTC, in SQL. Nothing is guessed: what a text does not say is a word in ``_parse``.

Accepted: ``M/D/YYYY`` (padded or not, also with hyphens, also ``M/D/YY``), ``YYYY-MM-DD``, ``Dec 5, 2025`` with or
without a weekday, ``5 Dec 2025``; a comma, spaces, ``at`` or ``T``; ``HH:MM`` with or without seconds and fractions, 24
hours or ``AM``/``PM``, or four digits; then a zone: UTC, GMT, Z, an offset, a named zone, or none.
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

# In the order in which :func:`_time` opens them.
_GROUPS = (
    "month",
    "day",
    "short_year",
    "year",
    "iso_year",
    "iso_month",
    "iso_day",
    "hour",
    "minute",
    "second",
    "part",
    "half",
    "digits",
    "zone",
)
_STANDARD = r"\d{1,2}/\d{1,2}/\d{4}, \d{1,2}:\d\d:\d\d [AP]M UTC"
_STRPTIME = "%m/%d/%Y, %I:%M:%S %p UTC"
_OFFSET = r"(?:UTC|GMT)?[+-](?:0\d|1[0-4]):?[0-5]\d"
_SHORT_OFFSET = r"(?:UTC|GMT)[+-](?:1[0-4]|0?\d)|[+-](?:0\d|1[0-4])"
"""Hours alone: only where nothing follows, because `UTC-11/02/2025` begins another time."""
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_MONTH_FIRST = rf"(?i){_WEEKDAY}\b{_MONTH}\s+(\d{{1,2}}),?\s+(\d{{4}})\b"
_DAY_FIRST = rf"(?i){_WEEKDAY}\b(\d{{1,2}})[\s-]{_MONTH}[\s-](?:20)?(\d\d)\b"


def _zone_words() -> str:
    """What the rules name, whole and no more than it: long words are made of short ones, because a long pattern is read
    three times as slowly."""
    table = rules("search_words")["time_zone"]
    short = {word.split()[0] for word in (*table["universal"], *table["named"])}
    words = "|".join(map(re.escape, sorted(short, key=lambda word: (-len(word), word))))
    return rf"(?:{words})\b(?:\s(?:Standard|Daylight))?(?:\sTime\b)?"


def _time(groups: bool) -> str:
    def group(name: str) -> str:
        return f"?P<{name}>" if groups else "?:"

    date = (
        rf"(?:({group('month')}\d{{1,2}})[/-]({group('day')}\d{{1,2}})(?:/({group('short_year')}\d{{2}})"
        rf"|[/-]({group('year')}\d{{4}}))"
        rf"|({group('iso_year')}\d{{4}})[/-]({group('iso_month')}\d{{1,2}})[/-]({group('iso_day')}\d{{1,2}}))"
    )
    clock = (
        rf"(?:({group('hour')}\d{{1,2}}):({group('minute')}\d{{2}})(?::({group('second')}\d{{2}})"
        rf"(?:\.({group('part')}\d{{1,6}}))?)?(?:{SPACE}*({group('half')}[AP])\.?M\b\.?)?"
        rf"|({group('digits')}[0-2]\d[0-5]\d))(?:{SPACE}*h(?:ou)?rs?\b\.?)?"
    )
    offset = rf"{_OFFSET}|{_SHORT_OFFSET}" if groups else _OFFSET
    zone = rf"(?:{SPACE}*\(?({group('zone')}{offset}|{_zone_words()})\)?)?"
    return rf"{date}(?:{SPACE}*,{SPACE}*(?:at{SPACE}+)?|{SPACE}+(?:at{SPACE}+|-{SPACE}+)?|T){clock}{zone}"


def create_time_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """The temporary macros that the statement of the derivation is written with."""
    _create_clock_macros(connection)
    _create_zone_macros(connection)


def _create_clock_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """What is printed, taken apart, and what a clock showed then."""
    years = rules("search_words")["years"]
    numbered = f"regexp_replace(regexp_replace(text, {quoted(_MONTH_FIRST)}, '\\1/\\2/\\3', 'g'),"
    numbered += f" {quoted(_DAY_FIRST)}, '\\2/\\1/20\\3', 'g')"
    for number, month in enumerate(_MONTHS, 1):
        numbered = f"regexp_replace({numbered}, '(?i)\\b{month}[a-z]*/', '{number}/', 'g')"
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
        -- `Dec 5, 2025` and `5-Dec-25` -> `12/5/2025`; few logs write months as words.
        CREATE OR REPLACE TEMP MACRO with_month_number(text) AS
            CASE WHEN regexp_matches(text, {quoted(rf"(?i){_MONTH}")}) THEN {numbered} ELSE text END;
        CREATE OR REPLACE TEMP MACRO time_parts(text) AS
            regexp_extract(text, {one}, {names(_GROUPS)});
        CREATE OR REPLACE TEMP MACRO times_in(text) AS CASE
            WHEN regexp_matches(regexp_replace(text, {each}, '', 'g'), {joint})
                AND len(regexp_extract_all(text, {each})) = 2
            THEN regexp_extract_all(text, {each}) END;
        CREATE OR REPLACE TEMP MACRO civil_hour(p) AS
            CASE WHEN p.digits <> '' THEN try_cast(left(p.digits, 2) AS INTEGER)
                WHEN p.half = '' THEN CASE WHEN try_cast(p.hour AS INTEGER) < 24 THEN try_cast(p.hour AS INTEGER) END
                WHEN try_cast(p.hour AS INTEGER) BETWEEN 1 AND 12
                    THEN try_cast(p.hour AS INTEGER) % 12 + CASE WHEN upper(p.half) = 'P' THEN 12 ELSE 0 END END;
        CREATE OR REPLACE TEMP MACRO civil_year(p) AS try_cast(
            CASE WHEN p.short_year <> '' THEN '20' || p.short_year ELSE p.year || p.iso_year END AS INTEGER);
        -- What a clock in that zone showed; null when there is no such day or hour.
        CREATE OR REPLACE TEMP MACRO civil_time(p) AS CASE
            WHEN p.hour || p.digits <> '' AND civil_year(p) BETWEEN {years["first"]} AND {years["last"]}
            THEN try_cast(concat(civil_year(p)::VARCHAR, '-', p.month, p.iso_month, '-', p.day, p.iso_day, ' ',
                civil_hour(p)::VARCHAR, ':', p.minute, right(p.digits, 2), ':',
                CASE WHEN p.second = '' THEN '00' ELSE p.second END,
                CASE WHEN p.part = '' THEN '' ELSE '.' || p.part END) AS TIMESTAMP) END;
        """
    )


def _create_zone_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Where that clock hung, and whether the time can be told; they rest on the macros of clocks."""
    universal = quoted_list(rules("search_words")["time_zone"]["universal"])
    hours = rules("search_words")["time_zone"]["named"].items()
    named = f"MAP {{{', '.join(f'{quoted(word.upper())}: {said}::INTEGER[]' for word, said in hours)}}}"
    connection.execute(
        f"""
        -- '' none printed, 'UTC', an offset in seconds east, or '?' for a zone that has a name but no offset.
        CREATE OR REPLACE TEMP MACRO printed_zone(p) AS CASE
            WHEN p.zone = '' THEN ''
            WHEN list_contains({universal}, upper(p.zone)) THEN 'UTC'
            WHEN regexp_matches(p.zone, '\\d') THEN (try_cast(regexp_extract(p.zone, '([+-])', 1) || '1' AS INTEGER) * (
                try_cast(regexp_extract(p.zone, '[+-](\\d\\d?)(?::?\\d\\d)?$', 1) AS INTEGER) * 3600
                + coalesce(try_cast(regexp_extract(p.zone, '[+-]\\d\\d?:?(\\d\\d)$', 1) AS INTEGER), 0) * 60))::VARCHAR
            ELSE '?' END;
        -- Whether a zone that has a name may be *offset* seconds east: what is stated of a log says the rest.
        CREATE OR REPLACE TEMP MACRO is_named_zone(p, offset_seconds) AS coalesce(
            len({named}[upper(p.zone)]) = 0 OR list_contains({named}[upper(p.zone)], offset_seconds // 3600), FALSE);
        -- What keeps a printed time from being read, but for its zone. `d` is what its document shows as a whole.
        CREATE OR REPLACE TEMP MACRO clock_parse(p, d) AS CASE
            WHEN civil_time(p) IS NULL THEN 'unparsed'
            -- `12/05/2025 10:00-11:00` is a period of an hour, or an offset.
            WHEN regexp_matches(p.zone, '^[+-]') AND p.second = '' AND p.iso_year = '' THEN 'zone_unknown'
            WHEN p.month <> '' AND d.is_date_order_unknown AND try_cast(p.month AS INTEGER) <= 12
                AND try_cast(p.day AS INTEGER) <= 12
                AND try_cast(p.month AS INTEGER) <> try_cast(p.day AS INTEGER) THEN 'date_order_unknown'
            WHEN p.iso_year = '' AND p.half = '' AND p.digits = '' AND try_cast(p.hour AS INTEGER) BETWEEN 1 AND 12
                AND (d.has_half OR NOT d.has_24_hours) THEN 'meridiem_unknown'
            ELSE 'ok' END;
        """
    )


def worst_parse(start: str, end: str, is_reversed: str) -> str:
    """SQL: the worse of the parses of two times; ``reversed`` where both are right but in the wrong order."""
    worst = " ".join(f"WHEN {start} = '{word}' OR {end} = '{word}' THEN '{word}'" for word in PARSES[1:7])
    return f"CASE {worst} WHEN {is_reversed} THEN 'reversed' ELSE 'ok' END"
