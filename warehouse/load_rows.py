"""The rows. Row files are as wide as their segment; one INSERT per distinct printed header lays them out canonically.

Thousands of documents have a few dozen headers, so the number of statements follows the layouts, not the documents.
"""

from __future__ import annotations

import duckdb

from records.rows import AUDIT_FIELDS
from warehouse.check import refuse
from warehouse.layouts import Layout
from warehouse.load_parts import ROW_ID, SEGMENT_ID, literal_path

_FILE_SEGMENT = "printf('%s-s%d', left(part_file.document_id, 16), part_file.segment_ordinal)"
_BATCH_ROWS = 100_000
_BOX_TYPE = "STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT)"


def load_rows(connection: duckdb.DuckDBPyConnection, layouts: dict[int, Layout]) -> None:
    """Fill ``raw.audit_row`` in the order document, page, row; continuations must be loaded already.

    Trace and zone maps rely on that order. Files come in it, one batch after the other, and a batch is sorted as a
    whole: memory follows the size of a batch, not of the warehouse.
    """
    connection.execute("CREATE TEMP TABLE staged_row AS FROM raw.audit_row LIMIT 0")
    for batch in _batches(connection):
        for number, files in batch.items():
            _stage(connection, layouts[number], files)
        connection.execute(
            """INSERT INTO raw.audit_row
            SELECT * REPLACE (CASE WHEN row_id IN (SELECT row_id FROM raw.row_continuation) THEN 'page_boxes'
                ELSE 'page_box' END AS place_kind)
            FROM staged_row ORDER BY document_id, page_number, row_number"""
        )
        connection.execute("TRUNCATE staged_row")
    connection.execute("DROP TABLE staged_row")


def _batches(connection: duckdb.DuckDBPyConnection) -> list[dict[int, list[str]]]:
    """Runs of row files in the order of their rows, each about ``_BATCH_ROWS`` long: layout number -> its files."""
    found = connection.execute(
        f"""SELECT p.file_path, p.row_count, l.layout_number, p.document_id
        FROM (SELECT *, {_FILE_SEGMENT} AS segment_id
              FROM part_file WHERE table_name = 'row') AS p
        LEFT JOIN segment_layout AS l USING (segment_id)
        ORDER BY p.document_id, p.segment_ordinal, p.chunk_ordinal"""
    ).fetchall()
    nameless = {document_id for _, _, number, document_id in found if number is None}
    if nameless:
        raise refuse("columns_there", "There are row files of a segment that has no columns.", sorted(nameless))
    batches: list[dict[int, list[str]]] = []
    room = 0
    for path, row_count, number, _ in found:
        if not batches or row_count > room:
            batches.append({})
            room = _BATCH_ROWS
        batches[-1].setdefault(int(number), []).append(path)
        room -= row_count
    return batches


def _stage(connection: duckdb.DuckDBPyConnection, layout: Layout, files: list[str]) -> None:
    """Append the rows of *files*, which all print the header of *layout*, to ``staged_row``."""
    parameters: dict[str, object] = {"files": [literal_path(path) for path in files]}
    # Headers are text of a document: they go in as parameters, never into the statement.
    parameters |= {f"key_{column.ordinal}": column.other_key for column in layout.other_columns}
    texts = ", ".join(_text(layout.ordinals(field)) for field in AUDIT_FIELDS)
    boxes = ", ".join(f'"{field}" := {_box(layout.ordinals(field))}' for field in AUDIT_FIELDS)
    connection.execute(
        f"""INSERT INTO staged_row
        SELECT {ROW_ID}, f.document_id, {SEGMENT_ID}, p.page_number, p.row_number, NULL, {texts},
            {_other(layout, "text")}, struct_pack({boxes}), {_other(layout, "box")},
            struct_pack(x0 := p.x0, top := p.top, x1 := p.x1, bottom := p.bottom), p.engine, NULL
        FROM read_parquet($files, filename = true) AS p
        JOIN part_file AS f ON f.file_path = p.filename""",
        parameters,
    )


def _text(ordinals: tuple[int, ...]) -> str:
    """SQL for the text of a field: its column, or its columns joined by a space from left to right."""
    if not ordinals:
        return "NULL"
    if len(ordinals) == 1:
        return f"p.text_{ordinals[0]}"
    return f"nullif(concat_ws(' ', {', '.join(f'p.text_{j}' for j in ordinals)}), '')"


def _box(ordinals: tuple[int, ...]) -> str:
    """SQL for the box of a field on the anchor page: the smallest around its columns' boxes; null without any."""
    if not ordinals:
        return f"NULL::{_BOX_TYPE}"
    # least and greatest pass over nulls: a blank half does not blank the other.
    x0, top = (f"least({', '.join(f'p.{side}_{j}' for j in ordinals)})" for side in ("x0", "top"))
    x1, bottom = (f"greatest({', '.join(f'p.{side}_{j}' for j in ordinals)})" for side in ("x1", "bottom"))
    packed = f"struct_pack(x0 := {x0}, top := {top}, x1 := {x1}, bottom := {bottom})"
    return f"CASE WHEN {x0} IS NOT NULL THEN {packed} END"


def _other(layout: Layout, what: str) -> str:
    """SQL for the map of texts, or of boxes, of the columns that are no canonical field; blank cells are absent."""
    value_type = "VARCHAR" if what == "text" else _BOX_TYPE
    if not layout.other_columns:
        return f"MAP {{}}::MAP(VARCHAR, {value_type})"
    entries = [
        f"struct_pack(k := $key_{column.ordinal}::VARCHAR, v := "
        + (f"p.text_{column.ordinal})" if what == "text" else f"{_box((column.ordinal,))})")
        for column in layout.other_columns
    ]
    return f"map_from_entries(list_filter([{', '.join(entries)}], lambda entry: entry.v IS NOT NULL))"
