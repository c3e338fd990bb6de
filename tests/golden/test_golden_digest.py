"""Parts of the committed samples change only together with LAYOUT_VERSION: old citations rest on it.

``digests.json`` is written by hand. When this test fails, look at what changed (the other golden tests say whether it
is right), raise ``LAYOUT_VERSION`` in ``extractors/fingerprint.py`` if parts of that version were ever published, and
copy the new facts from the failure into the file.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from extractors.fingerprint import LAYOUT_VERSION, fingerprint
from records.release import FileHints
from samples.releases import RELEASES, SAMPLES
from tests.golden.reading import Parts, read

STORED: dict[str, Any] = json.loads((Path(__file__).parent / "digests.json").read_text(encoding="utf-8"))
COMMITTED = [
    SAMPLES / "inbox" / release.release_id / file.name
    for release in RELEASES
    for file in release.files
    if file.kept == 1
]


def digest(rows: list[dict[str, Any]]) -> str:
    """Over all values, boxes to a tenth of a point: what a reader or a reviewer would see change."""
    plain = [[round(v, 1) if isinstance(v, float) else v for v in row.values()] for row in rows]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()[:16]


def facts_of(parts: Parts) -> dict[str, Any]:
    """What ``digests.json`` holds of one document: figures a person can check, and a digest of every table."""
    pages = parts.tables["page"]
    return {
        "rows_per_page": [sum(row["page_number"] == page["page_number"] for row in parts.rows) for page in pages],
        "glyphs": {name: sum(p[f"glyphs_{name}"] for p in pages) for name in ("seen", "used", "furniture", "left")},
        "first_row": parts.cells(parts.rows[0])[:3],
        "last_row": parts.cells(parts.rows[-1])[:3],
        "digest": {"row": digest(parts.rows)} | {name: digest(rows) for name, rows in parts.tables.items()},
    }


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem[:12])
def test_parts_change_only_with_the_layout_version(path: Path, tmp_path: Path) -> None:
    facts, before = facts_of(read(path, tmp_path)), STORED["documents"][path.name]
    if facts == before:
        return
    changed = sorted(name for name, value in facts["digest"].items() if before["digest"].get(name) != value)
    said = f"{path.name}: changed are {', '.join(changed)}. The facts now: {json.dumps(facts, ensure_ascii=False)}"
    if STORED["layout_version"] == LAYOUT_VERSION:
        pytest.fail(f"The parts changed and LAYOUT_VERSION is still {LAYOUT_VERSION}: raise it. {said}")
    pytest.fail(f"LAYOUT_VERSION is {LAYOUT_VERSION} now: look at the change, then store it in digests.json. {said}")


def test_the_stored_digests_are_of_this_layout_version_and_these_documents() -> None:
    assert STORED["layout_version"] == LAYOUT_VERSION, "look at every document's facts again, then store them"
    assert set(STORED["documents"]) == {path.name for path in COMMITTED}


def test_the_fingerprint_follows_what_steers_reading_and_nothing_else() -> None:
    plain = fingerprint(FileHints())
    assert plain.startswith(f"v{LAYOUT_VERSION}-") and plain == fingerprint(FileHints(), "auto")
    steering = ({"kind": "audit_log"}, {"first_page": 2}, {"last_page": 2}, {"column_names": ("ID",)})
    names = {plain, fingerprint(FileHints(), "both"), *(fingerprint(FileHints(**hints)) for hints in steering)}
    assert len(names) == 6
    assert fingerprint(FileHints(password="sesame", time_zone="UTC", producer="invented")) == plain
