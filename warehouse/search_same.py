"""Which printed rows are one search: within one log, and across all of them. Nothing is merged: rows stay, one of a
search is marked, and a search that is printed more than once has a row of its own in ``core.search_group``.

Across logs, a row of a log that prints no ids is also the search of a row with one that has the same facts. Where
several searches have these facts it goes with one of them, so that none is counted twice.

The row that stands for a search is the first of those that show most: a release that masks the reason must not hide
what another one shows, whichever comes first.
"""

from __future__ import annotations

import duckdb

from warehouse.search_columns import NAMES
from warehouse.search_typed import typed_row

_UUID = r"(?i)\A[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\z"
_CONTENT = ("name", "license_plate", "reason", "case_number", "filters", "search_type", "text_prompt")
"""What two rows of one group may show differently and so be two searches after all."""
_FACTS = ("org_name", "searched_datetime", "networks_searched", "frame_start_datetime", "frame_end_datetime")
_HIDING = " + ".join(
    [
        "CASE reason_state WHEN 'value' THEN 0 WHEN 'partial' THEN 1 WHEN 'placeholder' THEN 2 ELSE 3 END * 16",
        *(f"({name}_state NOT IN ('value', 'partial'))::INTEGER" for name in NAMES.values()),
    ]
)
"""SQL: how little a row shows, the reason first, because most is counted by it."""
_NO_IDS = "('not_exported', 'withheld')"
_EVERY_ROW = 2**62
_ROWS_AT_ONCE = 400_000
_MOST_SLICES = 4_096


def group_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the temporary table ``row_search`` from the typed rows: place -> keys (16 bytes of MD5 over the
    facts), their tiers, and whether the row is the first of its search in its log and across logs."""
    _store_keys(connection)
    _link_by_facts(connection)
    connection.execute("DROP TABLE row_key")
    connection.execute("DROP TABLE fact_link")


def _store_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``row_key``: of each row its keys and tiers, and what it shows."""
    # Where a log has no column for the organization, all its searches are the producer's own, in this log and in the
    # others of the same agency; across logs an organization that is not known links nothing.
    facts = (
        "epoch_us(searched_datetime), networks_searched, epoch_us(frame_start_datetime), epoch_us(frame_end_datetime)"
    )
    # Only where some log prints no ids are the facts of rows with one of use.
    bare = connection.execute(f"SELECT bool_or(absent_id IN {_NO_IDS}) FROM segment_fact").fetchone()
    is_linked = "TRUE" if bare and bare[0] else "FALSE"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE row_key AS
        WITH told AS (
            SELECT place, row_id, document_id, searched_datetime, networks_searched, frame_start_datetime,
                frame_end_datetime, source.produced_date, ({_HIDING})::UTINYINT AS hiding,
                search_id_state IN {_NO_IDS} AS has_no_ids,
                CASE WHEN regexp_matches(trim(search_id), '{_UUID}') THEN lower(trim(search_id)) END AS uuid,
                coalesce(org_id, lower(trim(org_name)), org_name_state) AS log_organization,
                coalesce(org_id, lower(trim(org_name)), CASE WHEN org_name_state = 'not_exported'
                    THEN 'log of ' || source.agency END) AS organization
            FROM ({typed_row()}) AS t LEFT JOIN core.document_source AS source USING (document_id)),
        tiered AS (
            SELECT *,
                CASE WHEN uuid IS NOT NULL THEN 'id' WHEN searched_datetime IS NOT NULL
                    AND coalesce(networks_searched, epoch_us(frame_start_datetime)) IS NOT NULL
                    THEN 'facts' ELSE 'row' END AS log_tier,
                organization IS NOT NULL AND searched_datetime IS NOT NULL AND networks_searched IS NOT NULL
                    AND frame_start_datetime IS NOT NULL AND frame_end_datetime IS NOT NULL AS has_facts,
                CASE WHEN uuid IS NOT NULL THEN 'id' WHEN has_facts THEN 'facts' ELSE 'row' END AS across_tier
            FROM told)
        SELECT place, log_tier, across_tier, produced_date, hiding,
            md5_number(CASE log_tier WHEN 'id' THEN to_json([document_id, uuid])
                WHEN 'facts' THEN to_json(struct_pack(a := document_id, b := log_organization, c := [{facts}]))
                ELSE to_json([row_id]) END::VARCHAR) AS log_key,
            md5_number(CASE across_tier WHEN 'id' THEN to_json([uuid])
                WHEN 'facts' THEN to_json(struct_pack(b := organization, c := [{facts}]))
                ELSE to_json([row_id]) END::VARCHAR) AS across_key,
            CASE WHEN {is_linked} AND has_facts AND (across_tier = 'id' OR has_no_ids)
                THEN md5_number_lower(to_json(struct_pack(b := organization, c := [{facts}]))::VARCHAR) END AS facts_key
        FROM tiered""",
        {"first": 0, "last": _EVERY_ROW},
    )


def _link_by_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``fact_link``, the searches with ids that rows without are printed of, and by it ``row_search``."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE fact_link AS
        SELECT facts_key, min(across_key) AS linked_key FROM row_key
        WHERE across_tier = 'id' AND facts_key IN (SELECT facts_key FROM row_key WHERE across_tier = 'facts')
        GROUP BY facts_key"""
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE row_search AS
        WITH linked AS (
            SELECT k.* EXCLUDE (facts_key) REPLACE (coalesce(l.linked_key, k.across_key) AS across_key,
                CASE WHEN i.linked_key IS NOT NULL THEN 'facts' ELSE k.across_tier END AS across_tier)
            FROM row_key AS k
            LEFT JOIN fact_link AS l ON k.across_tier = 'facts' AND l.facts_key = k.facts_key
            LEFT JOIN (SELECT DISTINCT linked_key FROM fact_link) AS i
                ON k.across_tier = 'id' AND i.linked_key = k.across_key)
        SELECT * EXCLUDE (produced_date, hiding),
            row_number() OVER (PARTITION BY log_key ORDER BY hiding, place) = 1 AS is_first_in_log,
            row_number() OVER (PARTITION BY across_key ORDER BY hiding, produced_date NULLS LAST, place) = 1
                AS is_first_across
        FROM linked"""
    )


def store_groups(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``core.search_group``; ``core.audit_search`` must be there, in the order of ``row_search``."""
    (row_count,) = connection.execute("SELECT count(*) FROM row_search").fetchone() or (0,)
    slices = row_count // _ROWS_AT_ONCE + 1
    for scope, key in (("log", "log_key"), ("across", "across_key")):
        is_first = "is_first_in_log" if scope == "log" else "is_first_across"
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE grouped AS
            SELECT place, {key} AS key FROM row_search WHERE {key} IN (
                SELECT {key} FROM row_search GROUP BY {key} HAVING count(*) > 1)"""
        )
        for number in range(slices):
            # What waits to be written is held in memory that the lists need.
            connection.execute("CHECKPOINT")
            _gather(connection, _group(scope, is_first), slices, number)
    connection.execute("DROP TABLE grouped")


def _gather(connection: duckdb.DuckDBPyConnection, statement: str, slices: int, number: int) -> None:
    """Every *slices*-th search: one in 80 logs has 80 ids. What does not fit into memory is parted once more."""
    try:
        connection.execute(statement, {"slices": slices, "number": number})
    except duckdb.OutOfMemoryException:
        if slices > _MOST_SLICES:
            raise
        _gather(connection, statement, 2 * slices, number)
        _gather(connection, statement, 2 * slices, number + slices)


def _group(scope: str, is_first: str) -> str:
    shown = {name: f"CASE WHEN {name}_state = 'value' THEN {name} END" for name in _CONTENT}
    # Least against greatest, not a count of distinct values: that would hold every value of every group in memory.
    differing = ", ".join(
        f"CASE WHEN min({value}) <> max({value}) THEN '{name}' END"
        for name, value in shown.items() | {name: name for name in _FACTS}.items()
    )
    contents = f"md5_number(to_json([{', '.join(shown.values())}])::VARCHAR)"
    return f"""INSERT INTO core.search_group
        WITH gathered AS (
            SELECT any_value(s.row_id) FILTER (s.{is_first}) AS first_row_id, any_value(s.{scope}_tier) AS tier,
                count(*) AS row_count, count(DISTINCT s.document_id) AS document_count,
                count(DISTINCT CASE WHEN s.{scope}_tier <> 'id' THEN {contents} END) AS content_count,
                list_filter([{differing}], lambda name: name IS NOT NULL) AS differing_fields,
                list_sort(list(s.row_id)) AS row_ids
            FROM grouped AS g JOIN core.audit_search AS s ON s.rowid = g.place
            WHERE g.key % $slices = $number
            GROUP BY g.key)
        SELECT '{scope}', first_row_id, tier, row_count, document_count,
            CASE tier WHEN 'id' THEN 1 ELSE content_count END, differing_fields,
            tier = 'facts' OR list_has_any(differing_fields, ['org_name', 'searched_datetime']) AS is_ambiguous, row_ids
        FROM gathered ORDER BY first_row_id"""
