"""One document -> its parts, by child processes. What is finished is never done again."""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from flows import store
from flows.child import Children, Event, Progress
from flows.paths import DataFolder
from flows.settings import Settings
from records.documents import DocumentState
from records.errors import DocumentError
from records.parts import MANIFEST, READINGS_PREFIX
from records.release import FileHints


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the manifest says of one extraction."""

    state: DocumentState
    page_count: int
    row_count: int
    mark_count: int
    sharing_count: int
    reason: str | None
    advice: str | None
    kinds: Mapping[str, int] = field(default_factory=dict)
    """Kind of segment -> how many there are."""
    is_new: bool = False
    """It was made now, not found."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be extracted, and how."""

    document_id: str
    file_name: str
    fingerprint: str
    hints: FileHints


def extract(
    order: Order, folder: DataFolder, settings: Settings, children: Children, progress: Progress | None = None
) -> Extraction:
    """Extract a document, in chunks when the child plans some. Raises DocumentError and ToolError."""
    done = finished(folder, order)
    if done is not None:
        return done
    parts = folder.parts_of(order.document_id)
    parts.mkdir(mode=0o700, exist_ok=True)
    try:
        last = children.run(_job("extract", None, order, folder, settings), progress)
        while last["event"] == "planned":  # again after "finish" when a chunk met a header that the plan did not know
            _run_chunks(int(last["chunks"]), order, folder, settings, children, progress)
            last = children.run(_job("finish", None, order, folder, settings))
    except DocumentError:
        _remove_empty(parts)
        raise
    _remove_unfinished(parts)
    store.sync_folder(parts)
    return replace(read_manifest(folder.part(order.document_id, order.fingerprint)), is_new=True)


def finished(folder: DataFolder, order: Order) -> Extraction | None:
    """The extraction, if its parts are complete."""
    if not folder.has_part(order.document_id, order.fingerprint):
        return None
    return read_manifest(folder.part(order.document_id, order.fingerprint))


def read_manifest(part: Path) -> Extraction:
    """What a complete part says of itself."""
    manifest = json.loads((part / MANIFEST).read_text(encoding="utf-8"))
    return Extraction(
        DocumentState(manifest["state"]),
        int(manifest["page_count"]),
        int(manifest["row_count"]),
        int(manifest["mark_count"]),
        int(manifest["sharing_count"]),
        manifest["reason"],
        manifest["advice"],
        manifest.get("kinds", {}),
    )


def forget(folder: DataFolder, document_id: str, fingerprint: str) -> None:
    """Remove the parts of one extraction, so that it is done again. Renamed first: half a part is never a part."""
    part = folder.part(document_id, fingerprint)
    if part.is_dir():
        aside = folder.work / f"forgotten-{document_id[:16]}-{fingerprint}"
        part.rename(aside)
        shutil.rmtree(aside)


def _run_chunks(
    count: int, order: Order, folder: DataFolder, settings: Settings, children: Children, progress: Progress | None
) -> None:
    progress_of = _sum_of_chunks(count, progress)
    with ThreadPoolExecutor(max_workers=settings.worker_count, thread_name_prefix="chunk") as pool:
        runs = [
            pool.submit(children.run, _job("chunk", chunk, order, folder, settings), progress_of(chunk))
            for chunk in range(1, count + 1)
        ]
        try:
            for run in runs:
                run.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _sum_of_chunks(count: int, progress: Progress | None) -> Callable[[int], Progress | None]:
    """A progress callback per chunk; together they report the pages of the whole document.

    A chunk says how many pages it has when it starts; until then it counts like the largest so far.
    """
    pages_done: dict[int, int] = {}
    pages_of: dict[int, int] = {}
    mutex = threading.Lock()

    def progress_of(chunk: int) -> Progress | None:
        if progress is None:
            return None

        def report(done: int, pages: int) -> None:
            with mutex:
                pages_done[chunk], pages_of[chunk] = done, pages
                unknown = (count - len(pages_of)) * max(pages_of.values())
                progress(sum(pages_done.values()), sum(pages_of.values()) + unknown)

        return report

    return progress_of


def _job(command: str, chunk: int | None, order: Order, folder: DataFolder, settings: Settings) -> Event:
    hints: dict[str, Any] = asdict(order.hints)
    return {
        "command": command,
        "chunk": chunk,
        "source": str(store.path_of(folder.store, order.document_id)),
        "document_id": order.document_id,
        "file_name": order.file_name,
        "parts_dir": str(folder.parts_of(order.document_id)),
        "fingerprint": order.fingerprint,
        "hints": {key: hints[key] for key in ("kind", "first_page", "last_page", "column_names", "password")},
        "engine": settings.engine,
        "limits": child_limits(settings),
    }


def child_limits(settings: Settings) -> dict[str, int]:
    """The limits a child sets on itself."""
    return {
        "memory_bytes": settings.child_memory_bytes,
        "cpu_seconds": settings.child_cpu_seconds,
        "output_bytes": settings.child_output_bytes,
        "max_pages": settings.max_pages,
    }


def _remove_empty(parts: Path) -> None:
    """Remove what an extraction left that did not get anywhere. Finished chunks stay: a raised limit goes on there."""
    for folder in (*(path for path in parts.iterdir() if path.is_dir()), parts):
        with contextlib.suppress(OSError):  # it is not empty
            folder.rmdir()


def _remove_unfinished(parts: Path) -> None:
    """Remove what interrupted or older extractions of a finished document left behind: folders with no manifest.
    What OCR has read stays, whatever the layout does with it."""
    for leftover in parts.iterdir():
        is_readings = leftover.name.startswith(READINGS_PREFIX)
        if leftover.is_dir() and not is_readings and not (leftover / MANIFEST).is_file():
            shutil.rmtree(leftover)
