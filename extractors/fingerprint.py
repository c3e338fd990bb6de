"""What an extraction depends on besides the document's bytes, as one short name. Cheap: safe in the parent."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from importlib.metadata import version

from extractors.pictures.versions import reading_fingerprint
from records.headers import tables_digest
from records.release import FileHints

LAYOUT_VERSION = 16
"""Raise it with every change that can change a part; a test compares golden output with it."""

_READING_HINTS = ("kind", "first_page", "last_page", "column_names")
"""The hints that change what is read. The password opens a file but changes nothing in it."""


def engine_versions() -> dict[str, str]:
    """Version of each program that reads pages."""
    return {name: version(name) for name in ("pypdfium2", "pdfplumber", "pdfminer.six")}


def fingerprint(hints: FileHints, engine: str = "auto") -> str:
    """``v<layout version>-<12 hex>`` over engine versions, header table, engine choice and the hints that steer
    reading."""
    chosen = dataclasses.asdict(hints)
    settings = {name: chosen[name] for name in _READING_HINTS}
    # A spelling that the tables have learnt may turn a file that was set aside into a log or a list.
    parts = [LAYOUT_VERSION, engine_versions(), reading_fingerprint(), tables_digest(), engine, settings]
    key = json.dumps(parts, sort_keys=True, default=str)
    return f"v{LAYOUT_VERSION}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
