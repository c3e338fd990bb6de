"""Pictures of pages: drawn once, kept in a folder of bounded size, one drawing at a time.

The key is the document's hash, the page and the size; the bytes of a document never change, so neither do its pictures.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from records.errors import LimitError
from review.web.house import Draw

VERSION = "1"
"""Of how pages are drawn: with another one, all are drawn anew."""
BLOCK = 24
"""Thumbnails drawn by one child: the pages around the one that was asked for."""
_WAIT_SECONDS = 60.0
_LEFT_SECONDS = 3600.0
_KEPT_SHARE = 0.8
"""What is left of the limit after a clean-up."""


class Size(StrEnum):
    """How large a picture is; no other sizes are drawn."""

    THUMB = "thumb"
    PAGE = "page"
    FINE = "fine"

    def scale(self, width: float, height: float, is_picture: bool) -> float:
        """Pixels per point for a page of that many points; a picture is never drawn larger than it is."""
        longest, most = _LARGEST[self]
        return min(longest / max(width, height, 1.0), 1.0 if is_picture else most)


_LARGEST = {Size.THUMB: (260, 1.0), Size.PAGE: (1700, 2.5), Size.FINE: (4200, 6.0)}
"""Pixels of the longer side, and pixels per point, at most."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to draw."""

    document_id: str
    page_number: int
    page_count: int
    width: float
    height: float
    is_picture: bool


class Pictures:
    """The drawn pages of one data folder."""

    def __init__(self, folder: Path, draw: Draw, most_bytes: int) -> None:
        self._folder = folder
        self._draw = draw
        self._most_bytes = most_bytes
        self._turn = threading.Lock()
        self._bytes: int | None = None

    def get(self, sheet: Sheet, size: Size) -> Path:
        """The PNG of a page, drawn now unless it was before. Raises ``PipelineError`` of the drawing, LimitError when
        too many others are waiting for theirs."""
        path = self._path(sheet.document_id, sheet.page_number, size)
        if not _touch(path):
            if not self._turn.acquire(timeout=_WAIT_SECONDS):
                raise LimitError("Other pages are being drawn.", "Wait a moment, then load the page again.")
            try:
                if not path.is_file():  # somebody else may have waited for the same
                    self._make(sheet, size)
            finally:
                self._turn.release()
        return path

    def _make(self, sheet: Sheet, size: Size) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        numbers = [sheet.page_number]
        if size is Size.THUMB:
            first = (sheet.page_number - 1) // BLOCK * BLOCK + 1
            block = range(first, min(first + BLOCK, sheet.page_count + 1))
            numbers = [n for n in block if not self._path(sheet.document_id, n, size).is_file()]
        with tempfile.TemporaryDirectory(dir=self._folder, prefix="aside-") as aside:
            wanted = [(number, Path(aside) / f"{number}.png") for number in numbers]
            self._draw(sheet.document_id, wanted, size.scale(sheet.width, sheet.height, sheet.is_picture))
            self._keep(sheet.document_id, wanted, size)

    def _keep(self, document_id: str, drawn: Sequence[tuple[int, Path]], size: Size) -> None:
        for number, made in drawn:
            target = self._path(document_id, number, size)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            made.chmod(0o600)
            if self._bytes is not None:
                self._bytes += made.stat().st_size
            made.replace(target)
        self._clean({self._path(document_id, number, size) for number, _ in drawn})

    def _clean(self, spared: set[Path]) -> None:
        """Remove what was not looked at for longest, when there is too much."""
        if self._bytes is not None and self._bytes <= self._most_bytes:
            return
        found = []
        for path in self._folder.rglob("*.png"):
            with contextlib.suppress(FileNotFoundError):
                about = path.stat()
                found.append((about.st_mtime, about.st_size, path))
        self._bytes = sum(size for _, size, _ in found)
        if self._bytes <= self._most_bytes:
            return
        for _, size, path in sorted(found):
            if self._bytes <= self._most_bytes * _KEPT_SHARE:
                break
            if path not in spared:
                path.unlink(missing_ok=True)
                self._bytes -= size

    def _path(self, document_id: str, page_number: int, size: Size) -> Path:
        return self._folder / f"v{VERSION}" / document_id[:2] / document_id / f"{size}-{page_number:07d}.png"

    def forget_leftovers(self) -> None:
        """Remove what a killed server left half drawn; not what another one may be drawing now."""
        for leftover in self._folder.glob("aside-*"):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - leftover.stat().st_mtime > _LEFT_SECONDS:
                    shutil.rmtree(leftover, ignore_errors=True)


def _touch(path: Path) -> bool:
    """Note that the picture was looked at; whether there is one."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True
