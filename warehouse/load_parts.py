"""The tables of the parts, except rows and lists: segments and their columns, pages, page text, readings.

Every statement reads one table of all documents at once; the file's path says whose rows they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from records.headers import canonical_field, normalise_header
from records.parts import TABLES
from records.sharing_headers import SHARING_FIELDS
from warehouse.check import refuse
from warehouse.flat import registered
from warehouse.layouts import Layout, layout
from warehouse.manifest import Manifest

# SQL for row_id, segment_id (records.documents) and mark_id (records.marks), over a parts file p of the document f;
# tests hold them together.
ROW_ID = "printf('%s-p%05d-r%03d', left(f.document_id, 16), p.page_number, p.row_number)"
MARK_ID = "printf('%s-p%05d-m%03d', left(f.document_id, 16), p.page_number, p.mark_number)"
SEGMENT_ID = "printf('%s-s%d', left(f.document_id, 16), p.segment_ordinal)"


def box_of(prefix: str = "") -> str:
    """SQL for a box in four columns of a parts file p; null where they are."""
    sides = ", ".join(f"{side} := p.{prefix}{side}" for side in ("x0", "top", "x1", "bottom"))
    return f"CASE WHEN p.{prefix}x0 IS NOT NULL THEN struct_pack({sides}) END"


_BOX = box_of()

# A row belongs to the segment of its anchor's page, unless two logs share that page (see _find_shared); and so does the
# name of a column.
NAMED = """LEFT JOIN raw.page AS page ON page.document_id = f.document_id AND page.page_number = p.page_number
        LEFT JOIN shared_row AS own ON own.document_id = f.document_id AND own.page_number = p.page_number
            AND own.row_number = p.row_number
        LEFT JOIN raw.segment_column AS c ON c.segment_id = coalesce(own.segment_id, page.segment_id)
            AND c.column_ordinal = p.column_ordinal
        LEFT JOIN raw.segment AS s ON s.segment_id = coalesce(own.segment_id, page.segment_id)"""
NAME = f"""CASE s.kind WHEN 'sharing_list' THEN list_extract({list(SHARING_FIELDS)}, p.column_ordinal + 1)
            ELSE coalesce(c.field, c.other_key) END"""


def find_files(connection: duckdb.DuckDBPyConnection, manifests: Sequence[Manifest]) -> None:
    """Register every part file in the temporary table ``part_file``: path -> whose it is and what it holds."""
    columns = {
        "file_path": "string",
        "table_name": "string",
        "document_id": "string",
        "file_name": "string",
        "segment_ordinal": "int32",
        "chunk_ordinal": "int32",
        "row_count": "int64",
    }
    rows: list[tuple[object, ...]] = []
    for manifest in manifests:
        folder = manifest.folder.absolute()
        for table in TABLES:
            name = f"{table}.parquet"
            rows.append((str(folder / name), table, manifest.document_id, name, None, None, None))
        for file in manifest.row_files:
            facts = (file.file_name, file.segment_ordinal, file.chunk_ordinal, file.row_count)
            rows.append((str(folder / file.file_name), "row", manifest.document_id, *facts))
    with registered(connection, "given_file", columns, rows):
        connection.execute("CREATE TEMP TABLE part_file AS FROM given_file")
    connection.execute(
        "INSERT INTO meta.part_file SELECT document_id, file_name, segment_ordinal, row_count"
        " FROM part_file WHERE table_name = 'row' ORDER BY document_id, segment_ordinal, chunk_ordinal"
    )


def literal_path(path: str) -> str:
    """*path* so that ``read_parquet`` does not take a bracket or asterisk in a folder's name for a pattern."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in path)


def read_parts(connection: duckdb.DuckDBPyConnection, table: str, statement: str) -> None:
    """Run *statement* with ``{source}`` = all files of *table* as ``p``, joined to whose they are as ``f``."""
    paths = connection.execute(
        "SELECT file_path FROM part_file WHERE table_name = ? ORDER BY document_id", [table]
    ).fetchall()
    if paths:
        relation = "read_parquet($files, filename = true) AS p JOIN part_file AS f ON f.file_path = p.filename"
        files = [literal_path(path) for (path,) in paths]
        connection.execute(statement.replace("{source}", relation), {"files": files})


def load_segments(connection: duckdb.DuckDBPyConnection) -> dict[int, Layout]:
    """Fill ``raw.segment``, ``raw.segment_column`` and ``meta.header_mapping``; the distinct layouts by number.

    Leaves the temporary table ``segment_layout`` (segment -> number of its layout) for the rows.
    """
    read_parts(
        connection,
        "segment",
        f"""INSERT INTO raw.segment
        SELECT {SEGMENT_ID}, f.document_id, p.segment_ordinal, p.first_page, p.last_page, p.kind,
            p.reason, p.engine, p.is_ruled, p.row_alignment, p.anchor_column
        FROM {{source}} ORDER BY f.document_id, p.segment_ordinal""",
    )
    _find_shared(connection)
    # field and other_key stay null until the layouts are known.
    connection.execute("CREATE TEMP TABLE part_column AS FROM raw.segment_column LIMIT 0")
    read_parts(
        connection,
        "column",
        f"""INSERT INTO part_column
        SELECT {SEGMENT_ID}, f.document_id, p.column_ordinal, p.printed_header, p.given_header,
            p.header_basis, NULL, NULL, p.page_number, {_BOX},
            p.left_edge, p.right_edge
        FROM {{source}}""",
    )
    connection.execute(
        """CREATE TEMP TABLE segment_layout AS
        WITH segment AS (
            SELECT segment_id, list(coalesce(given_header, printed_header) ORDER BY column_ordinal) AS headers,
                list(column_ordinal ORDER BY column_ordinal) = range(count(*)) AS is_whole
            FROM part_column GROUP BY segment_id)
        SELECT *, dense_rank() OVER (ORDER BY headers)::INTEGER AS layout_number FROM segment"""
    )
    found = connection.execute(
        "SELECT layout_number, any_value(headers), bool_and(is_whole) FROM segment_layout"
        " GROUP BY layout_number ORDER BY layout_number"
    ).fetchall()
    if not all(is_whole for _, _, is_whole in found):
        found = connection.execute(
            "SELECT DISTINCT document_id FROM part_column JOIN segment_layout USING (segment_id) WHERE NOT is_whole"
        ).fetchall()
        message = "The columns of a segment are not numbered 0, 1, 2, … without a gap."
        raise refuse("columns_numbered", message, [document_id for (document_id,) in found])
    layouts = {int(number): layout(headers) for number, headers, _ in found}
    _name_columns(connection, layouts)
    return layouts


def _find_shared(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the temporary table ``shared_row``: the segment of every row of a page that two logs share, which is stored
    as a page of the later one."""
    connection.execute(
        """CREATE TEMP TABLE shared_page AS
        SELECT DISTINCT a.document_id, a.last_page AS page_number
        FROM raw.segment AS a
        JOIN raw.segment AS b ON b.document_id = a.document_id AND b.segment_ordinal > a.segment_ordinal
            AND a.last_page BETWEEN b.first_page AND b.last_page"""
    )
    connection.execute(
        "CREATE TEMP TABLE shared_row"
        " (document_id VARCHAR, page_number INTEGER, row_number INTEGER, segment_id VARCHAR)"
    )
    files = connection.execute(
        "SELECT file_path FROM part_file"
        " WHERE table_name = 'row' AND document_id IN (SELECT document_id FROM shared_page) ORDER BY file_path"
    ).fetchall()
    for (path,) in files:
        connection.execute(
            f"""INSERT INTO shared_row
            SELECT f.document_id, p.page_number, p.row_number, {SEGMENT_ID}
            FROM read_parquet($file, filename = true) AS p
            JOIN part_file AS f ON f.file_path = p.filename
            JOIN shared_page AS on_it ON on_it.document_id = f.document_id AND on_it.page_number = p.page_number""",
            {"file": literal_path(path)},
        )


def _name_columns(connection: duckdb.DuckDBPyConnection, layouts: dict[int, Layout]) -> None:
    """Fill ``raw.segment_column``, with what every column stands for, and ``meta.header_mapping``."""
    columns = {"layout_number": "int32", "column_ordinal": "int32", "field": "string", "other_key": "string"}
    rows = [(n, column.ordinal, column.field, column.other_key) for n, one in layouts.items() for column in one.columns]
    with registered(connection, "layout_column", columns, rows):
        connection.execute(
            """INSERT INTO raw.segment_column
            SELECT p.* REPLACE (l.field AS field, l.other_key AS other_key)
            FROM part_column AS p
            JOIN segment_layout USING (segment_id)
            JOIN layout_column AS l USING (layout_number, column_ordinal)
            JOIN raw.segment AS s USING (segment_id)
            ORDER BY s.document_id, s.segment_ordinal, p.column_ordinal"""
        )
    printed = sorted({c.header for one in layouts.values() for c in one.columns if c.header is not None})
    mapping = [(header, normalise_header(header), canonical_field(header)) for header in printed]
    columns = {"printed_header": "string", "normalised_header": "string", "field": "string"}
    with registered(connection, "given_mapping", columns, mapping):
        connection.execute("INSERT INTO meta.header_mapping FROM given_mapping")


def load_side_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``raw.page``, ``raw.page_text``, ``raw.row_continuation`` and ``raw.reading``."""
    read_parts(
        connection,
        "page",
        f"""INSERT INTO raw.page
        SELECT f.document_id, p.page_number, CASE WHEN p.segment_ordinal IS NOT NULL THEN {SEGMENT_ID} END, p.width,
            p.height, p.rotation, p.page_class, p.class_reason, p.engine, p.glyphs_seen, p.glyphs_used,
            p.glyphs_furniture, p.glyphs_left, p.ink_left
        FROM {{source}} ORDER BY f.document_id, p.page_number""",
    )
    read_parts(
        connection,
        "page_text",
        f"""INSERT INTO raw.page_text
        SELECT f.document_id, p.page_number, p.account, p.rule, p.text, p.glyph_count, {_BOX}
        FROM {{source}} ORDER BY f.document_id, p.page_number, p.top, p.x0, p.text""",
    )
    read_parts(
        connection,
        "continuation",
        f"""INSERT INTO raw.row_continuation
        SELECT {ROW_ID}, f.document_id, p.column_ordinal, {NAME}, p.continued_page_number, {_BOX}
        FROM {{source}} {NAMED}
        ORDER BY f.document_id, p.page_number, p.row_number, p.continued_page_number, p.column_ordinal NULLS FIRST""",
    )
    read_parts(
        connection,
        "reading",
        f"""INSERT INTO raw.reading
        SELECT CASE WHEN p.row_number IS NOT NULL THEN {ROW_ID} END,
            CASE WHEN p.mark_number IS NOT NULL THEN {MARK_ID} END, f.document_id, p.page_number,
            CASE WHEN p.mark_number IS NOT NULL THEN 'label' ELSE {NAME} END, p.reader, p.text, p.score, {_BOX}
        FROM {{source}} {NAMED}
        ORDER BY f.document_id, p.page_number, p.row_number, p.mark_number, p.column_ordinal, p.reader, p.top, p.x0""",
    )
