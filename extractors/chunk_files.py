"""The manifests that say which chunks of a document are done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def chunk_manifest(folder: Path, name: str) -> Path:
    """The file that says a chunk is complete."""
    return folder / f"{name}.json"


def is_done(folder: Path, number: int) -> bool:
    """Whether the chunk was written completely by an earlier run."""
    return chunk_manifest(folder, f"chunk-{number:05d}").exists()


def read_chunk_manifest(folder: Path, number: int) -> dict[str, Any]:
    """What a chunk that is done tells of itself: models, and the number of rows, first and last page of each; kinds of
    pages; models opened."""
    told: dict[str, Any] = json.loads(chunk_manifest(folder, f"chunk-{number:05d}").read_text())
    return told


def undo_chunk(folder: Path, number: int) -> None:
    """Make a chunk not done; its files are written over when it is read again."""
    chunk_manifest(folder, f"chunk-{number:05d}").unlink(missing_ok=True)
