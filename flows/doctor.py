"""`recordtrail doctor`: is everything there that a night needs? Asks, changes nothing that stays."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.pictures.versions import READER_NAMES, reader_versions
from flows import ledger_documents, lock, store
from flows.child import Children
from flows.extract import child_limits
from flows.ledger import Ledger, open_ledger
from flows.masking_key import find_key, key_path
from flows.paths import DataFolder, data_folder
from flows.prefect_server import prefect_server, set_environment, wait_until_ready
from flows.settings import Settings
from flows.words import count
from records.errors import PipelineError
from records.parts import MANIFEST

_LOW_DISK_BYTES = 2 * 1024**3
_PINS = {
    "prefect": ((3, 8), (3, 9)),
    "fastapi": ((0,), (0, 151)),
    "sqlalchemy": ((2,), (2, 1)),
    "duckdb": ((2,), (2, 1)),
}
"""At least the first, below the second: outside of that Prefect's server or the snapshots break."""

# One page with one word.
_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 31>>stream
BT /F 9 Tf 9 36 Td (seen) Tj ET
endstreamendobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
xref
0 6
0000000000 65535 f\r
0000000009 00000 n\r
0000000052 00000 n\r
0000000101 00000 n\r
0000000208 00000 n\r
0000000284 00000 n\r
trailer<</Size 6/Root 1 0 R>>
startxref
345
%%EOF
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    is_fine: bool
    detail: str
    advice: str | None = None


def examine(folder: DataFolder, settings: Settings, with_server: bool, with_store: bool) -> Iterator[Finding]:
    """Look at everything, one finding after the other."""
    yield Finding("Python", True, f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    yield from _versions()
    found = importlib.util.find_spec("prefect") is not None
    yield Finding("Prefect can be imported", found, "yes" if found else "no", "Install the locked packages again.")
    yield from _folder(folder)
    yield _reader(settings)
    yield from _picture_readers()
    if folder.ledger.is_file():
        ledger = open_ledger(folder.ledger)
        yield from _ledger(folder, ledger, with_store)
        ledger.close()
    yield _snapshot(folder)
    yield _masking(folder, settings)
    if with_server:
        yield _server(folder, settings)


def _versions() -> Iterator[Finding]:
    for name, (least, below) in _PINS.items():
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, False, "not installed", "Install the locked packages again.")
            continue
        parts = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
        expected = f"{'.'.join(map(str, least))} or newer, below {'.'.join(map(str, below))}"
        yield Finding(name, least <= parts < below, version, f"Install {name} {expected}.")


def _folder(folder: DataFolder) -> Iterator[Finding]:
    existing = next(path for path in (folder.root, *folder.root.parents) if path.exists())
    is_writable = os.access(existing, os.W_OK | os.X_OK)
    yield Finding("Data folder", is_writable, str(folder.root), "Give --data a folder you may write to.")
    free = shutil.disk_usage(existing).free
    advice = "Make room: the store, the parts and the snapshots all live in the data folder."
    yield Finding("Free disk", free > _LOW_DISK_BYTES, f"{free / 1024**3:.1f} GiB", advice)
    holder = lock.holder_of(folder.lock)
    yield Finding("Lock", True, f"held by {holder.in_words()}" if holder else "free")


def _reader(settings: Settings) -> Finding:
    """Have a child process read a PDF of our own: tests the start, limits, pdfium and LLVM's loops."""
    name = "PDF reader (pdfium and LLVM, in a child process)"
    with tempfile.TemporaryDirectory() as scratch:
        source, parts = Path(scratch) / "page.pdf", Path(scratch) / "parts"
        source.write_bytes(_PDF)
        parts.mkdir()
        job = {
            "command": "extract",
            "source": str(source),
            "document_id": hashlib.sha256(_PDF).hexdigest(),
            "file_name": source.name,
            "parts_dir": str(parts),
            "fingerprint": "doctor",
            "hints": {},
            "engine": settings.engine,
            "limits": child_limits(settings),
        }
        try:
            Children(settings, Path(scratch)).run(job)
            told = json.loads((parts / "doctor" / MANIFEST).read_text(encoding="utf-8"))
        except PipelineError as error:
            return Finding(name, False, str(error), error.advice)
        return Finding(name, told["page_count"] == 1, "reads a page")


def _picture_readers() -> Iterator[Finding]:
    """The two readers of pictures. With one of them pictures are read with less confidence; with none, not at all."""
    there = reader_versions()
    for name in READER_NAMES:
        advice = f"Install the locked packages again: without {name}, what is read on pictures has one witness less."
        yield Finding(f"Picture reader {name}", name in there, there.get(name, "not installed"), advice)


def _ledger(folder: DataFolder, ledger: Ledger, with_store: bool) -> Iterator[Finding]:
    rows = ledger_documents.documents(ledger)
    yield Finding("Ledger", True, count(len(rows), "document"))
    if with_store:
        kept = [row["document_id"] for row in rows if store.has(folder.store, row["document_id"])]
        damaged = [document_id for document_id in kept if not store.verify(folder.store, document_id)]
        detail = f"{count(len(kept), 'file')}, {len(damaged)} damaged" + "".join(f" {d[:12]}" for d in damaged)
        advice = "Delete the damaged files from store/; the next run copies them again from the inbox."
        yield Finding("Store", not damaged, detail, advice)


def _snapshot(folder: DataFolder) -> Finding:
    if not folder.full_snapshot.exists():
        return Finding("Snapshot", True, "none is published yet")
    from warehouse.publish import published_hash

    content_hash = published_hash(folder.snapshots)
    name = folder.full_snapshot.resolve().name
    advice = "`recordtrail rollback` serves an older one, `recordtrail nightly` publishes a new one."
    if content_hash is None:
        return Finding("Snapshot", False, f"{name} cannot be read", advice)
    return Finding("Snapshot", True, f"{name}, content {content_hash[:12]}")


def _masking(folder: DataFolder, settings: Settings) -> Finding:
    """The key of the analyst file's tokens: there, private, and the one that was used last."""
    from warehouse.analyst_tokens import key_id
    from warehouse.versions import published_analyst

    there = published_analyst(folder.snapshots)
    try:
        key = find_key(settings)
    except PipelineError as error:
        return Finding("Masking key", False, str(error), error.advice)
    if key is None and there is None:
        return Finding("Masking key", True, f"none yet; the next nightly makes it at {key_path(settings)}")
    if key is None:
        advice = "Put it back from your backup, or see docs/sharing.md for a new one."
        return Finding("Masking key", False, f"{key_path(settings)} is gone", advice)
    used = f"; the analyst file was made with {there.key_id}" if there and there.key_id != key_id(key) else ""
    return Finding("Masking key", True, f"{key_id(key)}, {key_path(settings)}{used}")


def _server(folder: DataFolder, settings: Settings) -> Finding:
    with tempfile.TemporaryDirectory() as scratch:
        # A folder that is none yet must not become one by being asked about.
        home = folder if folder.inbox.is_dir() else data_folder(Path(scratch))
        home.create()
        set_environment(home)
        try:
            with prefect_server(home, settings):
                wait_until_ready(settings)
        except PipelineError as error:
            return Finding("Prefect's server", False, str(error), error.advice)
    return Finding("Prefect's server", True, "starts and answers")
