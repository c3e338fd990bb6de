"""The manifest of one document's parts: read once, believed only where it can be checked."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from records.documents import DocumentState
from records.errors import WarehouseError
from records.parts import MANIFEST, TABLES

_ROW_FILE = re.compile(r"row-s(\d+)-c(\d+)\.parquet\Z")


@dataclass(frozen=True, slots=True)
class RowFile:
    """One ``row-s<segment>-c<chunk>.parquet``."""

    file_name: str
    segment_ordinal: int
    chunk_ordinal: int
    """Chunks of a segment follow each other in page order."""
    row_count: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one extraction says it left in ``folder``."""

    document_id: str
    folder: Path
    fingerprint: str
    layout_version: str
    engine_versions: dict[str, str]
    page_count: int
    row_count: int
    mark_count: int
    sharing_count: int
    state: DocumentState
    reason: str | None
    advice: str | None
    row_files: tuple[RowFile, ...]


def read_manifest(document_id: str, folder: Path) -> Manifest:
    """The manifest in *folder*, checked: the right document, every table and row file there, counts that add up."""
    prefix = document_id[:16]
    try:
        content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = _from_json(content, folder)
    except FileNotFoundError as error:
        raise WarehouseError(f"The parts of {prefix} have no manifest: the extraction did not finish.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WarehouseError(f"The manifest of {prefix} cannot be read ({type(error).__name__}).") from error
    if manifest.document_id != document_id:
        raise WarehouseError(f"The parts given for {prefix} are of {manifest.document_id[:16]}.")
    if manifest.state not in (DocumentState.LOADED, DocumentState.SET_ASIDE):
        raise WarehouseError(f"The manifest of {prefix} has the state {manifest.state}; parts are loaded or set_aside.")
    expected = [f"{table}.parquet" for table in TABLES] + [file.file_name for file in manifest.row_files]
    missing = [name for name in expected if not (folder / name).is_file()]
    if missing:
        raise WarehouseError(f"The parts of {prefix} lack {', '.join(missing)}.")
    counted = sum(file.row_count for file in manifest.row_files)
    if counted != manifest.row_count:
        raise WarehouseError(f"The manifest of {prefix} counts {manifest.row_count} rows, its files {counted}.")
    return manifest


def _from_json(content: dict[str, Any], folder: Path) -> Manifest:
    return Manifest(
        document_id=content["document_id"],
        folder=folder,
        fingerprint=content["fingerprint"],
        layout_version=str(content["layout_version"]),
        engine_versions={str(name): str(version) for name, version in content["engines"].items()},
        page_count=int(content["page_count"]),
        row_count=int(content["row_count"]),
        mark_count=int(content["mark_count"]),
        sharing_count=int(content["sharing_count"]),
        state=DocumentState(content["state"]),
        reason=content["reason"],
        advice=content["advice"],
        row_files=tuple(
            _row_file(name, int(facts["segment_ordinal"]), int(facts["rows"]))
            for name, facts in content["files"].items()
        ),
    )


def _row_file(file_name: str, segment_ordinal: int, row_count: int) -> RowFile:
    match = _ROW_FILE.match(file_name)
    if match is None or int(match[1]) != segment_ordinal:
        raise ValueError("a row file is named row-s<segment>-c<chunk>.parquet, after its segment")
    return RowFile(file_name, segment_ordinal, int(match[2]), row_count)
