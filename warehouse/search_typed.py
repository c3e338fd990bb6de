"""The query that types printed rows, in steps.

``stated_row`` what each cell is -> ``parted_row`` times and reasons taken apart -> ``timed_row`` times in UTC ->
``typed_row`` the columns of ``core.audit_search``.
"""

from __future__ import annotations

from records.rows import AUDIT_FIELDS
from warehouse.search_columns import hidden_parts, typed_columns
from warehouse.search_reasons import head
from warehouse.search_rules import COUNT_FIELDS, field_kinds, odd, quoted, rules, state_patterns

MOMENTS = {
    "searched": ("numbered_search_time", "search_zone"),
    "start": ("frame_texts[1]", "frame_zone"),
    "end": ("frame_texts[2]", "frame_zone"),
}
"""The three times of a row: the text of each, and the zone it is in when it prints none."""

_TYPED = ("search_time", "time_frame", *COUNT_FIELDS, "search_type")


def typed_row() -> str:
    """The query, over the rows from ``$first`` on and before ``$last``; ``segment_fact``, ``zone_period``,
    ``reason_head`` and ``hidden_cell`` must be there.

    ``hidden_cell``: row_id -> the fields that something is painted over.
    """
    columns = ", ".join(f"{sql} AS {name}" for name, sql in typed_columns().items())
    return f"""WITH stated_row AS ({_stated()}), parted_row AS ({_parted()}), timed_row AS ({_timed()})
        SELECT {columns} FROM (SELECT *, {hidden_parts()} FROM timed_row)"""


def _stated() -> str:
    are_odd = ", ".join(f"regexp_matches(r.{f}, {quoted(odd(f))}) AS {f}_is_odd" for f in AUDIT_FIELDS)
    kinds = field_kinds().items()
    words = ", ".join(f"{_words(fields)} AS {kind}_words" for kind, fields in kinds)
    states = ", ".join(
        f"{_state(f, f'{kind}_words[{place}]')} AS {f}_state"
        for kind, fields in kinds
        for place, f in enumerate(fields, 1)
    )
    return f"""SELECT * EXCLUDE (hidden_fields), {states}
        FROM (SELECT *, {words}
            FROM (SELECT r.*, s.* EXCLUDE (segment_id), {are_odd}, h.fields AS hidden_fields, log.producer_id,
                    log.searcher_id, named.org_id
                FROM core.audit_row_decided AS r
                LEFT JOIN segment_fact AS s ON s.segment_id = r.segment_id
                LEFT JOIN hidden_cell AS h ON h.row_id = r.row_id
                LEFT JOIN core.audit_log AS log ON log.segment_id = r.segment_id
                LEFT JOIN logged_name AS named ON named.org_name = r.org_name
                WHERE r.place >= $first AND r.place < $last))"""


def _words(fields: tuple[str, ...]) -> str:
    """SQL for a list of what the texts of the odd cells among *fields*, which are of one kind, say by themselves.

    Few rows have any. A pattern is compiled for each place of the statement that names it, so those of the states are
    named once for all fields; without groups they are ten times faster than one with a group for each state.
    """
    patterns = state_patterns(fields[0]).items()
    found = " ".join(
        f"WHEN regexp_matches(cell, {quoted(pattern)}) THEN {quoted(state)}" for state, pattern in patterns
    )
    cells = ", ".join(f"CASE WHEN {f}_is_odd THEN {f} END" for f in fields)
    return f"""CASE WHEN {" OR ".join(f"{f}_is_odd" for f in fields)} THEN list_transform([{cells}],
        lambda cell: CASE WHEN cell IS NULL THEN NULL {found} ELSE 'value' END) END"""


def _state(f: str, word: str) -> str:
    """SQL for the state of one cell, of which the text alone says *word* where it is odd."""
    is_hidden = f"hidden_fields IS NOT NULL AND list_contains(hidden_fields, '{f}')"
    blank = f"CASE WHEN {is_hidden} THEN 'blacked_out' ELSE coalesce(absent_{f}, 'empty') END"
    # A reviewer's word: nobody can tell, or the reading is wrong and what is right nobody said.
    is_unknown = f"standings IS NOT NULL AND standings['{f}'] IN ('rejected', 'unreadable')"
    is_corrected = f"standings IS NOT NULL AND standings['{f}'] = 'corrected'"
    return f"""CASE
        WHEN {is_unknown} THEN 'illegible'
        WHEN {f} IS NULL THEN {blank}
        WHEN has_stated_exemptions AND list_contains(stated_exemptions, trim({f})) THEN 'redacted'
        WHEN {f}_is_odd AND {word} <> 'value' THEN CASE {word} WHEN 'blank' THEN {blank} ELSE {word} END
        WHEN {is_hidden} THEN 'partial'
        WHEN is_constant_{f} AND NOT ({is_corrected}) THEN 'placeholder' ELSE 'value' END"""


def _parted() -> str:
    # A time or count of which a part is hidden is not one.
    cells = ", ".join(f"CASE WHEN {f}_state = 'value' THEN {f} END AS typed_{f}" for f in _TYPED)
    standard = "coalesce(writing.is_date_order_unknown, FALSE)"
    years = rules("search_words")["years"]
    in_years = f"BETWEEN '{years['first']}-01-01'::TIMESTAMP AND '{years['last']}-12-31 23:59:59'::TIMESTAMP"
    plain = {
        "searched": "CASE WHEN NOT {0} THEN standard_time(typed_search_time) END",
        "start": "CASE WHEN NOT {0} THEN standard_times(typed_time_frame)[1] END",
        "end": "CASE WHEN NOT {0} THEN standard_times(typed_time_frame)[2] END",
    }
    read = ", ".join(
        f"CASE WHEN {sql.format(standard)} {in_years} THEN {sql.format(standard)} END AS {name}_standard"
        for name, sql in plain.items()
    )
    parts = ", ".join(
        f"CASE WHEN {name}_standard IS NULL THEN time_parts({text}) END AS {name}_parts"
        for name, (text, _) in MOMENTS.items()
    )
    # Each step is a query of its own: a macro writes its text wherever it is named, and what is named in one another's
    # arguments grows to a statement that takes longer to plan than to run.
    return f"""SELECT p.*, {parts}, said.*
        FROM (SELECT *, times_in(numbered_time_frame) AS frame_texts FROM (
            SELECT *, CASE WHEN searched_standard IS NULL THEN with_month_number(typed_search_time) END
                    AS numbered_search_time,
                CASE WHEN start_standard IS NULL OR end_standard IS NULL THEN with_month_number(typed_time_frame) END
                    AS numbered_time_frame
            FROM (SELECT *, {read}, CASE WHEN reason_state IN ('value', 'partial')
                    OR (reason_state = 'placeholder' AND is_constant_reason) THEN reason END AS read_reason
                FROM (SELECT *, {cells} FROM stated_row)))) AS p
        LEFT JOIN reason_head AS said ON said.reason_head = {head("p.read_reason")}"""


def _timed() -> str:
    """Times that print a zone, or whose log has one, in UTC; and what became of the others."""
    clocks = ", ".join(
        f"""CASE WHEN {n}_parts IS NOT NULL THEN civil_time({n}_parts) END AS {n}_civil,
        CASE WHEN {n}_parts IS NOT NULL THEN printed_zone({n}_parts) END AS {n}_printed,
        CASE WHEN {n}_parts IS NOT NULL THEN clock_parse({n}_parts, writing) END AS {n}_clock"""
        for n in MOMENTS
    )
    times = ", ".join(_moment(n, zone) for n, (_, zone) in MOMENTS.items())
    periods = " ".join(
        f"""LEFT JOIN zone_period AS {n}_period
            ON {n}_period.time_zone = CASE WHEN {n}_printed IN ('', '?') THEN {zone} END
            AND {n}_civil >= {n}_period.local_from AND {n}_civil < {n}_period.local_until"""
        for n, (_, zone) in MOMENTS.items()
    )
    return f"SELECT t.*, {times} FROM (SELECT *, {clocks} FROM parted_row) AS t {periods}"


def _moment(n: str, zone: str) -> str:
    return f"""CASE WHEN {n}_standard IS NOT NULL THEN {n}_standard
            WHEN {n}_printed = 'UTC' OR ({n}_printed = '' AND {zone} = 'UTC') THEN {n}_civil
            WHEN {n}_printed IN ('', '?') THEN {n}_civil - to_seconds({n}_period.offset_seconds)
            ELSE {n}_civil - to_seconds(try_cast({n}_printed AS INTEGER)) END AS {n}_utc,
        CASE WHEN {n}_standard IS NOT NULL THEN 'ok'
            WHEN {n}_clock <> 'ok' THEN {n}_clock
            WHEN {n}_civil IS NULL THEN 'unparsed'
            WHEN {n}_printed IN ('', '?') AND {zone} IS NULL THEN 'zone_unknown'
            WHEN {n}_printed = '?' AND ({n}_period.kind IS NULL OR ({n}_period.kind = 'ok'
                AND NOT is_named_zone({n}_parts, {n}_period.offset_seconds))) THEN 'zone_unknown'
            WHEN {n}_printed IN ('', '?') AND {zone} <> 'UTC' THEN coalesce({n}_period.kind, 'zone_unknown')
            ELSE 'ok' END AS {n}_parse"""
