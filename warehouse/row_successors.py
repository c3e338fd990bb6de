"""Ids of former extractions -> the rows and marks that are at their places now, so that old citations still resolve.

A new extraction can count the rows of a page anew. The parts of former ones stay beside the new, and say where every id
was; what overlaps it most on its page now is its successor. Only ids that changed are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from records.errors import WarehouseError
from warehouse.flat import registered
from warehouse.load_parts import literal_path
from warehouse.manifest import read_manifest

_FILES = {"row": "row_number", "sharing": "row_number", "mark": "mark_number"}
_OVERLAP = 0.5
"""How much of the smaller box the other must cover (as for decisions: :mod:`warehouse.derive_standing`)."""


def find_successors(connection: duckdb.DuckDBPyConnection, former: Mapping[str, Sequence[Path]]) -> None:
    """Fill ``meta.row_successor``; ``raw`` must be loaded. *former*: document -> folders of earlier extractions.

    A folder that is not whole says nothing and is passed over: nothing is lost but the way back from its ids.
    """
    connection.execute(
        "CREATE TEMP TABLE former_place (document_id VARCHAR, fingerprint VARCHAR, is_mark BOOLEAN,"
        " page_number INTEGER, number INTEGER, x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT)"
    )
    for table, number in _FILES.items():
        _collect(connection, former, table, number)
    _match(connection)
    connection.execute("DROP TABLE former_place")


def _collect(
    connection: duckdb.DuckDBPyConnection, former: Mapping[str, Sequence[Path]], table: str, number: str
) -> None:
    files = []
    for document_id, folders in sorted(former.items()):
        for folder in folders:
            try:
                manifest = read_manifest(document_id, folder)
            except WarehouseError:
                continue
            names = [file.file_name for file in manifest.row_files] if table == "row" else [f"{table}.parquet"]
            files += [(str(folder.absolute() / name), document_id, manifest.fingerprint) for name in names]
    if not files:
        return
    columns = dict.fromkeys(("file_path", "document_id", "fingerprint"), "string")
    with registered(connection, "given", columns, files):
        connection.execute(
            f"""INSERT INTO former_place
            SELECT f.document_id, f.fingerprint, {table == "mark"}, p.page_number, p.{number}, p.x0, p.top, p.x1,
                p.bottom
            FROM read_parquet($files, filename = true, union_by_name = true) AS p
            JOIN given AS f ON f.file_path = p.filename
            WHERE p.x0 IS NOT NULL""",
            {"files": [literal_path(path) for path, _, _ in files]},
        )


def _match(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        f"""INSERT INTO meta.row_successor
        WITH present AS (
            SELECT row_id AS id, document_id, page_number, FALSE AS is_mark, row_box AS box FROM raw.audit_row
            UNION ALL SELECT row_id, document_id, page_number, FALSE, coalesce(organization_box, row_box)
            FROM raw.sharing_row
            UNION ALL SELECT mark_id, document_id, page_number, TRUE, label_box FROM raw.hotlist_mark),
        sized AS (
            SELECT f.document_id, f.fingerprint, f.is_mark, f.page_number, f.number, p.id,
                greatest(least(f.x1, p.box.x1) - greatest(f.x0, p.box.x0), 0)
                    * greatest(least(f.bottom, p.box.bottom) - greatest(f.top, p.box.top), 0) AS shared_area,
                (f.x1 - f.x0) * (f.bottom - f.top) AS area,
                (p.box.x1 - p.box.x0) * (p.box.bottom - p.box.top) AS present_area
            FROM former_place AS f
            JOIN present AS p ON p.document_id = f.document_id AND p.page_number = f.page_number
                AND p.is_mark = f.is_mark),
        best AS (
            FROM sized WHERE shared_area >= {_OVERLAP} * least(area, present_area)
            QUALIFY row_number() OVER (PARTITION BY document_id, fingerprint, is_mark, page_number, number
                ORDER BY shared_area / greatest(area, present_area) DESC, id) = 1),
        successor AS (
            SELECT printf(CASE WHEN f.is_mark THEN '%s-p%05d-m%03d' ELSE '%s-p%05d-r%03d' END,
                    left(f.document_id, 16), f.page_number, f.number) AS former_id,
                b.id AS present_id, f.document_id, f.fingerprint AS former_fingerprint
            FROM former_place AS f
            LEFT JOIN best AS b ON b.document_id = f.document_id AND b.fingerprint = f.fingerprint
                AND b.is_mark = f.is_mark AND b.page_number = f.page_number AND b.number = f.number)
        FROM successor WHERE present_id IS DISTINCT FROM former_id
        ORDER BY document_id, former_fingerprint, former_id"""
    )
