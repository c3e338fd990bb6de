"""What the readings of a picture depend on, as one short name. Nothing is loaded: cheap enough for the parent."""

from __future__ import annotations

import hashlib
import json

from extractors.pictures.rapid import NAME as RAPID
from extractors.pictures.rapid import rapid_version
from extractors.tesseract import NAME as WITNESS
from extractors.tesseract import program_version

READER_NAMES = (RAPID, WITNESS)
READING_VERSION = 5
"""Raise it with every change that can change what is read of a page."""


def reader_versions() -> dict[str, str]:
    """Version of every reader that is installed, by name. Cheap: nothing is loaded."""
    found = {RAPID: rapid_version(), WITNESS: program_version()}
    return {name: version for name, version in found.items() if version is not None}


def reading_fingerprint() -> str:
    """``r<reading version>-<12 hex>`` over the versions of readers and models: what was read under
    it is not read again."""
    key = json.dumps([READING_VERSION, reader_versions()], sort_keys=True)
    return f"r{READING_VERSION}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
