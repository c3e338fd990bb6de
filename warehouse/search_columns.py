"""The columns of ``core.audit_search``, as SQL over ``timed_row``."""

from __future__ import annotations

from records.rows import AUDIT_FIELDS
from warehouse.search_reasons import reason_columns
from warehouse.search_rules import COUNT_FIELDS, field_kinds, inside, quoted, quoted_list, rules
from warehouse.search_times import worst_parse

NAMES = {
    **{field: field for field in AUDIT_FIELDS},
    "id": "search_id",
    "total_networks_searched": "networks_searched",
    "total_devices_searched": "devices_searched",
    "search_time": "searched_datetime",
}
"""Printed field -> what its columns in ``core.audit_search`` are named after."""

_TEXTS = ("id", "name", "org_name", "license_plate", "reason", "case_number", "filters", "text_prompt", "moderation")
"""Fields whose value is the text as printed."""

_READ = "('value', 'partial')"
_COUNT = r"\A\s*(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?\s*\z"
_PLATE_LIKE = "[A-Z0-9]{5,8}"


def typed_columns() -> dict[str, str]:
    """Name of the column -> SQL for it."""
    copied = ("place", "row_id", "document_id", "segment_id", "page_number", "row_number")
    return {
        **{name: name for name in copied},
        "producer_id": "producer_id",
        "org_id": "CASE WHEN org_name IS NULL THEN searcher_id ELSE org_id END",
        **{NAMES[f]: f"CASE WHEN {f}_state IN {_READ} THEN {f} END" for f in _TEXTS},
        **_times(),
        **_counts(),
        **_words(),
        **reason_columns(),
        "has_plate_like_filter": f"CASE WHEN filters_state IN {_READ} THEN len(list_filter(regexp_extract_all("
        f"filters, '{_PLATE_LIKE}'), lambda run: regexp_matches(run, '\\d'))) > 0 END",
        **{f"{NAMES[f]}_state": f"{f}_state" for f in AUDIT_FIELDS},
        **{
            f"{NAMES[f]}_marker": _marker(f, f"{kind}_parts[{place}]")
            for kind, fields in field_kinds().items()
            for place, f in enumerate(fields, 1)
        },
    }


def hidden_parts() -> str:
    """SQL for the lists that :func:`typed_columns` takes markers from: of each cell what in it stands for a part."""
    return ", ".join(
        f"""CASE WHEN list_contains({kind}_words, 'partial') THEN list_transform([{", ".join(fields)}],
            lambda cell: nullif(regexp_extract(cell, {quoted(inside("partial"))}), '')) END AS {kind}_parts"""
        for kind, fields in field_kinds().items()
    )


def _marker(f: str, part: str) -> str:
    """What stands there instead of a value; nothing where a value stands, or nothing at all."""
    return f"""CASE WHEN {f}_state IN ('value', 'empty', 'not_exported') THEN NULL
        WHEN {f}_state = 'partial' THEN coalesce({part}, 'black box')
        WHEN {f}_state = 'blacked_out' THEN 'black box' ELSE coalesce({f}, withheld_{f}) END"""


def _times() -> dict[str, str]:
    frame = worst_parse("start_parse", "end_parse", "start_utc > end_utc")
    return {
        "searched_datetime": "CASE WHEN searched_parse = 'ok' THEN searched_utc END",
        "searched_datetime_parse": f"CASE WHEN search_time_state IN {_READ} THEN searched_parse END",
        "searched_datetime_basis": _basis("searched", "search_zone_basis"),
        "frame_start_datetime": "CASE WHEN start_parse = 'ok' THEN start_utc END",
        "frame_end_datetime": "CASE WHEN end_parse = 'ok' THEN end_utc END",
        "time_frame_parse": f"CASE WHEN time_frame_state IN {_READ} THEN {frame} END",
        "time_frame_basis": _basis("start", "frame_zone_basis"),
    }


def _basis(moment: str, stated: str) -> str:
    return f"""CASE WHEN {moment}_parse <> 'ok' THEN NULL
        WHEN {moment}_standard IS NOT NULL OR {moment}_printed NOT IN ('', '?') THEN 'printed' ELSE {stated} END"""


def _counts() -> dict[str, str]:
    columns = {}
    for f in COUNT_FIELDS:
        number = f"try_cast(regexp_replace(replace(trim(typed_{f}), ',', ''), '\\.0+$', '') AS INTEGER)"
        value = f"CASE WHEN regexp_matches(typed_{f}, '{_COUNT}') THEN {number} END"
        columns[NAMES[f]] = value
        columns[f"{NAMES[f]}_parse"] = (
            f"CASE WHEN {f}_state NOT IN {_READ} THEN NULL WHEN {value} IS NULL THEN 'unparsed' ELSE 'ok' END"
        )
    return columns


def _words() -> dict[str, str]:
    words = rules("search_words")
    mobile = quoted(rf"(?i){words['search_type']['mobile_suffix']}\s*\z")
    base = f"trim(regexp_replace(typed_search_type, {mobile}, ''))"
    types = words["search_type"]["known"]
    known = f"list_position({quoted_list([word.lower() for word in types])}, lower({base}))"
    classes = quoted_list(words["moderation"]["known"])
    said = "lower(trim(moderation))"
    return {
        "search_type": f"coalesce({quoted_list(types)}[{known}], {base})",
        "search_type_parse": f"CASE WHEN search_type_state = 'partial' THEN 'unparsed' WHEN typed_search_type IS NULL"
        f" THEN NULL WHEN {known} IS NULL THEN 'unknown_word' ELSE 'ok' END",
        "is_mobile": f"regexp_matches(typed_search_type, {mobile})",
        "moderation_class": f"CASE WHEN moderation_state IN {_READ} THEN"
        f" CASE WHEN list_contains({classes}, {said}) THEN {said} ELSE 'prose' END END",
    }
