"""The load: releases, documents and parts into ``raw``, what follows and what is doubtful into ``core``. One writer."""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb

from records.release import Release
from warehouse.decide_lists import decide_lists
from warehouse.derive_evidence import derive_evidence
from warehouse.derive_lists import derive_lists
from warehouse.derive_logs import derive_logs
from warehouse.derive_organizations import derive_organizations
from warehouse.derive_review import derive_review
from warehouse.derive_search import derive_search
from warehouse.derive_standing import derive_standing
from warehouse.flat import registered
from warehouse.inputs import BuildInputs
from warehouse.load_decisions import load_decisions
from warehouse.load_double_review import load_double_review
from warehouse.load_issues import collect_issues, store_issues
from warehouse.load_lists import load_catalogue, load_lists
from warehouse.load_parts import find_files, load_segments, load_side_tables
from warehouse.load_rows import load_rows
from warehouse.manifest import Manifest
from warehouse.row_successors import find_successors
from warehouse.standing_unplaced import decide_organizations, decide_releases


def load(connection: duckdb.DuckDBPyConnection, inputs: BuildInputs, manifests: Sequence[Manifest]) -> None:
    """Fill ``raw``, ``core`` and the bookkeeping of ``meta`` from *inputs*; the tables must be there and empty."""
    load_decisions(connection, inputs.decisions)
    _load_releases(connection, decide_releases(connection, inputs.releases))
    _load_receipts(connection, inputs)
    _load_documents(connection, inputs, manifests)
    _load_hints(connection, inputs)
    find_files(connection, manifests)
    layouts = load_segments(connection)
    load_side_tables(connection)
    load_rows(connection, layouts)
    load_lists(connection)
    load_catalogue(connection)
    collect_issues(connection, inputs.issues, layouts)
    derive_standing(connection)
    derive_lists(connection)
    decide_lists(connection)
    derive_logs(connection)
    derive_organizations(connection)
    decide_organizations(connection)
    derive_search(connection)
    derive_evidence(connection)
    store_issues(connection)
    derive_review(connection)
    load_double_review(connection, inputs.double_review)
    find_successors(connection, inputs.former_parts)


def _load_releases(connection: duckdb.DuckDBPyConnection, releases: Sequence[Release]) -> None:
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
        for release in releases
    ]
    with registered(connection, "given_release", columns, rows):
        connection.execute(
            "INSERT INTO raw.release"
            " SELECT * REPLACE (exemptions::JSON::VARCHAR[] AS exemptions) FROM given_release ORDER BY release_id"
        )


def _load_hints(connection: duckdb.DuckDBPyConnection, inputs: BuildInputs) -> None:
    columns = {"document_id": "string", "time_zone": "string", "producer": "string", "document_date": "date"}
    rows = [
        (document_id, hints.time_zone, hints.producer, hints.document_date)
        for document_id, hints in inputs.hints.items()
        if hints.time_zone or hints.producer or hints.document_date
    ]
    with registered(connection, "given_hint", columns, rows):
        connection.execute("INSERT INTO raw.document_hint SELECT * FROM given_hint ORDER BY document_id")


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
        "mark_count": "int64",
        "sharing_count": "int64",
    }
    read = {manifest.document_id: manifest for manifest in manifests}
    rows: list[tuple[object, ...]] = []
    for document in inputs.documents:
        known = (document.document_id, document.file_name, document.byte_count, document.media_type)
        manifest = read.get(document.document_id)
        if manifest is None:
            state = (str(document.state), document.error_code, document.reason, document.advice)
            rows.append((*known, None, *state, None, None, None, 0, 0, 0))
        else:
            state = (str(manifest.state), None, manifest.reason, manifest.advice)
            versions = json.dumps(dict(sorted(manifest.engine_versions.items())))
            extraction = (manifest.fingerprint, manifest.layout_version, versions)
            counts = (manifest.row_count, manifest.mark_count, manifest.sharing_count)
            rows.append((*known, manifest.page_count, *state, *extraction, *counts))
    with registered(connection, "given_document", columns, rows):
        connection.execute(
            "INSERT INTO raw.document"
            " SELECT * REPLACE (engine_versions::JSON::MAP(VARCHAR, VARCHAR) AS engine_versions)"
            " FROM given_document ORDER BY document_id"
        )
