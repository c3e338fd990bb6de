"""The load: releases, documents and parts into ``raw``, what is doubtful into ``core``. One writer, set-based SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb

from warehouse.flat import registered
from warehouse.inputs import BuildInputs
from warehouse.load_issues import load_issues
from warehouse.load_parts import find_files, load_segments, load_side_tables
from warehouse.load_rows import load_rows
from warehouse.manifest import Manifest


def load(connection: duckdb.DuckDBPyConnection, inputs: BuildInputs, manifests: Sequence[Manifest]) -> None:
    """Fill ``raw``, ``core`` and the bookkeeping of ``meta`` from *inputs*; the tables must be there and empty."""
    _load_releases(connection, inputs)
    _load_receipts(connection, inputs)
    _load_documents(connection, inputs, manifests)
    find_files(connection, manifests)
    layouts = load_segments(connection)
    load_side_tables(connection)
    load_rows(connection, layouts)
    load_issues(connection, inputs.issues, layouts)


def _load_releases(connection: duckdb.DuckDBPyConnection, inputs: BuildInputs) -> None:
    columns = {
        "release_id": "string",
        "agency": "string",
        "state": "string",
        "time_zone": "string",
        "request_number": "string",
        "request_url": "string",
        "requested_date": "date",
        "produced_date": "date",
        "status": "string",
        "exemptions": "string",
        "notes": "string",
        "is_inferred": "bool",
    }
    rows = [
        (
            release.release_id,
            release.agency,
            release.state,
            release.time_zone,
            release.request_number,
            release.request_url,
            release.requested_date,
            release.produced_date,
            str(release.status),
            json.dumps(release.exemptions),
            release.notes,
            release.is_inferred,
        )
        for release in inputs.releases
    ]
    with registered(connection, "given_release", columns, rows):
        connection.execute(
            "INSERT INTO raw.release"
            " SELECT * REPLACE (exemptions::JSON::VARCHAR[] AS exemptions) FROM given_release ORDER BY release_id"
        )


def _load_receipts(connection: duckdb.DuckDBPyConnection, inputs: BuildInputs) -> None:
    columns = {
        "release_id": "string",
        "document_id": "string",
        "path": "string",
        "container": "string",
        "received_datetime": "timestamp",
    }
    rows = [
        (receipt.release_id, receipt.document_id, receipt.path, receipt.container, receipt.received_datetime)
        for receipt in inputs.receipts
    ]
    with registered(connection, "given_receipt", columns, rows):
        # By production date, not by the clock of our machine: the first receipt is the one citations name, and a
        # citation must not change because two folders were seen in another order.
        connection.execute(
            "INSERT INTO raw.receipt"
            " SELECT given.release_id, given.document_id,"
            "  row_number() OVER (PARTITION BY given.document_id"
            "   ORDER BY release.produced_date NULLS LAST, given.release_id, given.path, given.container NULLS FIRST),"
            "  given.path, given.container, given.received_datetime"
            " FROM given_receipt AS given LEFT JOIN raw.release AS release USING (release_id)"
            " ORDER BY given.document_id, 3"
        )


def _load_documents(connection: duckdb.DuckDBPyConnection, inputs: BuildInputs, manifests: Sequence[Manifest]) -> None:
    """Every document is a row. What was read has its state from its manifest, the rest from the ledger."""
    columns = {
        "document_id": "string",
        "file_name": "string",
        "byte_count": "int64",
        "media_type": "string",
        "page_count": "int32",
        "state": "string",
        "error_code": "string",
        "reason": "string",
        "advice": "string",
        "fingerprint": "string",
        "layout_version": "string",
        "engine_versions": "string",
        "row_count": "int64",
    }
    read = {manifest.document_id: manifest for manifest in manifests}
    rows: list[tuple[object, ...]] = []
    for document in inputs.documents:
        known = (document.document_id, document.file_name, document.byte_count, document.media_type)
        manifest = read.get(document.document_id)
        if manifest is None:
            state = (str(document.state), document.error_code, document.reason, document.advice)
            rows.append((*known, None, *state, None, None, None, 0))
        else:
            state = (str(manifest.state), None, manifest.reason, manifest.advice)
            versions = json.dumps(dict(sorted(manifest.engine_versions.items())))
            extraction = (manifest.fingerprint, manifest.layout_version, versions, manifest.row_count)
            rows.append((*known, manifest.page_count, *state, *extraction))
    with registered(connection, "given_document", columns, rows):
        connection.execute(
            "INSERT INTO raw.document"
            " SELECT * REPLACE (engine_versions::JSON::MAP(VARCHAR, VARCHAR) AS engine_versions)"
            " FROM given_document ORDER BY document_id"
        )
