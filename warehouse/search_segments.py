"""What the segments and documents of a log say about every cell in them: which columns they have, what is blank or one
constant throughout, which zone times without one are in, and how dates and hours are written."""

from __future__ import annotations

import duckdb

from records.headers import canonical_field
from records.rows import AUDIT_FIELDS
from warehouse.flat import registered
from warehouse.search_rules import constant_columns, label_start, label_with_dash, not_told, quoted
from warehouse.search_zones import load_zones

TIME_FIELDS = ("search_time", "time_frame")
_DAY_FIRST = r"(?:^|[^\d])(?:1[3-9]|2\d|3[01])[/-](?:0?[1-9]|1[0-2])[/-]\d{2}"
_MONTH_FIRST = r"(?:^|[^\d])(?:0?[1-9]|1[0-2])[/-](?:1[3-9]|2\d|3[01])[/-]\d{2}"
_HALF = r"(?i)\d\s*[ap]\.?m\b"
_24_HOURS = r"(?i)\d{2}(?:\s*,\s*|\s+|T)(?:at\s+)?(?:0?0|1[3-9]|2[0-3]):\d\d"


def describe_segments(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables ``segment_fact`` (one row per segment of a log), ``constant_field`` and
    ``zone_period``; ``raw`` must be loaded."""
    _count_cells(connection)
    _find_constants(connection)
    _find_writing(connection)
    _find_zones(connection)
    _find_withheld(connection)
    absent = ", ".join(
        f"""CASE WHEN e.{f}_cells > 0 THEN 'empty' WHEN w.{f} IS NOT NULL THEN 'withheld'
            WHEN e.{f}_columns > 0 THEN 'empty' ELSE 'not_exported' END AS absent_{f},
        CASE WHEN coalesce(e.{f}_cells, 0) = 0 THEN w.{f} END AS withheld_{f},
        list_contains(coalesce(k.fields, []), {quoted(f)}) AS is_constant_{f}"""
        for f in AUDIT_FIELDS
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE segment_fact AS
        SELECT s.segment_id, release.exemptions AS stated_exemptions,
            len(release.exemptions) > 0 AS has_stated_exemptions,
            struct_pack(is_date_order_unknown := t.is_date_order_unknown, has_half := t.has_half,
                has_24_hours := t.has_24_hours) AS writing,
            coalesce(t.has_labels, FALSE) AS has_labels,
            z.search_zone, z.search_zone_basis, z.frame_zone, z.frame_zone_basis, {absent}
        FROM raw.segment AS s
        JOIN segment_cells AS e USING (segment_id)
        LEFT JOIN document_writing AS t ON t.document_id = s.document_id
        LEFT JOIN segment_zone AS z USING (segment_id)
        LEFT JOIN raw.receipt AS receipt ON receipt.document_id = s.document_id AND receipt.receipt_number = 1
        LEFT JOIN raw.release AS release USING (release_id)
        LEFT JOIN release_withheld AS w ON w.release_id = release.release_id
        LEFT JOIN (SELECT document_id, list(field) AS fields FROM constant_field WHERE is_placeholder
            GROUP BY document_id) AS k ON k.document_id = s.document_id"""
    )
    for table in ("segment_cells", "document_writing", "segment_zone", "release_withheld"):
        connection.execute(f"DROP TABLE {table}")


def _count_cells(connection: duckdb.DuckDBPyConnection) -> None:
    """Per segment and field: has it such a column, how many cells are not blank, and the least and greatest text."""
    constant = [f for fields in constant_columns()[1:] for f in fields]
    cells = ", ".join(f"count({f}) AS {f}_cells" for f in AUDIT_FIELDS)
    ends = ", ".join(f"min({f}) AS {f}_least, max({f}) AS {f}_greatest" for f in constant)
    columns = ", ".join(f"count(*) FILTER (field = {quoted(f)}) AS {f}_columns" for f in AUDIT_FIELDS)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE segment_cells AS
        SELECT * FROM (SELECT segment_id, any_value(document_id) AS document_id, {columns}
            FROM raw.segment_column GROUP BY segment_id)
        LEFT JOIN (SELECT segment_id, count(*) AS row_count, {cells}, {ends} FROM raw.audit_row GROUP BY segment_id)
            USING (segment_id)"""
    )


def _find_constants(connection: duckdb.DuckDBPyConnection) -> None:
    """Columns of a whole document that say one thing in every row, blank in none."""
    least_rows, placeholder, told = constant_columns()
    found = " UNION ALL ".join(
        f"""SELECT document_id, {quoted(f)} AS field, min({f}_least) AS text, sum(row_count)::BIGINT AS row_count,
            {"TRUE" if f in placeholder else "FALSE"} AS is_placeholder
        FROM segment_cells WHERE {f}_columns > 0 AND row_count > 0
        GROUP BY document_id
        HAVING sum(row_count) >= {least_rows} AND sum({f}_cells) = sum(row_count)
            AND min({f}_least) = max({f}_greatest)"""
        for f in (*placeholder, *told)
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE constant_field AS
        SELECT * REPLACE (is_placeholder AND NOT (field = 'reason'
            AND regexp_matches(text, {quoted(label_start())})) AS is_placeholder)
        FROM ({found})
        WHERE NOT regexp_matches(text, {quoted(not_told())})"""
    )


def _find_writing(connection: duckdb.DuckDBPyConnection) -> None:
    """How a document writes its times, and whether it prints labels of the drop-down list.

    Day-first dates among month-first ones are misprints where they are few; where no date is surely month-first, none
    can be told. Without AM or PM, hours up to 12 say nothing unless another hour shows that all 24 are counted.
    """

    def any_of(pattern: str) -> str:
        return " OR ".join(f"regexp_matches({field}, {quoted(pattern)})" for field in TIME_FIELDS)

    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE document_writing AS
        SELECT document_id,
            day_first > 0 AND day_first * 10 >= month_first AS is_date_order_unknown, has_half, has_24_hours,
            has_labels
        FROM (SELECT document_id, count(*) FILTER ({any_of(_DAY_FIRST)}) AS day_first,
                count(*) FILTER ({any_of(_MONTH_FIRST)}) AS month_first,
                coalesce(bool_or({any_of(_HALF)}), FALSE) AS has_half,
                coalesce(bool_or({any_of(_24_HOURS)}), FALSE) AS has_24_hours,
                coalesce(bool_or(regexp_matches(reason, {quoted(label_with_dash())})), FALSE) AS has_labels
            FROM raw.audit_row GROUP BY document_id)"""
    )


def _find_zones(connection: duckdb.DuckDBPyConnection) -> None:
    """Per segment: the zone of times that print none. The header's word, then the file's, then the releases' own; two
    releases that state different zones state none."""

    def zone(field: str, name: str) -> str:
        says = f"bool_or(c.field = '{field}' AND regexp_matches(c.printed_header, '\\b(?:UTC|GMT)\\b'))"
        return f"""CASE WHEN {says} THEN 'UTC' ELSE any_value(z.time_zone) END AS {name}_zone,
            CASE WHEN {says} THEN 'header' ELSE any_value(z.basis) END AS {name}_zone_basis"""

    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE segment_zone AS
        WITH stated AS (
            SELECT document_id, CASE WHEN count(DISTINCT time_zone) = 1 THEN min(time_zone) END AS time_zone
            FROM raw.receipt JOIN raw.release USING (release_id) GROUP BY document_id),
        zone AS (
            SELECT document_id, coalesce(h.time_zone, s.time_zone) AS time_zone,
                CASE WHEN h.time_zone IS NOT NULL THEN 'file' WHEN s.time_zone IS NOT NULL THEN 'release' END AS basis
            FROM stated AS s FULL JOIN raw.document_hint AS h USING (document_id))
        SELECT c.segment_id, {zone("search_time", "search")}, {zone("time_frame", "frame")}
        FROM raw.segment_column AS c LEFT JOIN zone AS z ON z.document_id = c.document_id
        GROUP BY c.segment_id"""
    )
    names = connection.execute(
        "SELECT search_zone FROM segment_zone WHERE search_zone IS NOT NULL"
        " UNION SELECT frame_zone FROM segment_zone WHERE frame_zone IS NOT NULL"
    ).fetchall()
    load_zones(connection, [name for (name,) in names if name != "UTC"])


def _find_withheld(connection: duckdb.DuckDBPyConnection) -> None:
    """Fields that a release says were withheld: an exemption written ``License Plate: 7923.600 GC``."""
    stated = connection.execute(
        "SELECT release_id, unnest(exemptions) FROM raw.release WHERE len(exemptions) > 0 ORDER BY ALL"
    ).fetchall()
    found: dict[tuple[str, str], str] = {}
    for release_id, exemption in stated:
        header, colon, citation = exemption.partition(":")
        field = canonical_field(header)
        if colon and field and citation.strip():
            found.setdefault((release_id, field), citation.strip())
    columns = {"release_id": "string", "field": "string", "citation": "string"}
    with registered(connection, "given_withheld", columns, [(*key, citation) for key, citation in found.items()]):
        fields = ", ".join(f"max(citation) FILTER (field = {quoted(f)}) AS {f}" for f in AUDIT_FIELDS)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE release_withheld AS SELECT release_id, {fields} FROM given_withheld"
            " GROUP BY release_id"
        )
