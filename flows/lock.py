"""One run per data folder.

The lock is the kernel's (``flock``), so it falls with its owner, however that dies; the file's text says who holds it.
A text left behind by an owner who no longer holds the lock is a run that crashed.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from records.errors import RunInProgressError


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds the data folder."""

    run_id: str
    command: str
    pid: int
    host: str
    started: str

    def in_words(self) -> str:
        return f"`{self.command}` (process {self.pid} on {self.host}, since {self.started} UTC)"


def owner_now(run_id: str, command: str, started: datetime) -> Owner:
    """This process as the owner of run *run_id*."""
    return Owner(run_id, command, os.getpid(), socket.gethostname(), started.isoformat(" ", "seconds"))


@contextmanager
def hold(path: Path, owner: Owner) -> Iterator[Owner | None]:
    """Hold the lock at *path* for the body; yields the previous owner if that one crashed.

    Raises RunInProgressError, which names the holder, when another run has it.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _lock(handle):
            holder = _read(handle)
            raise RunInProgressError(
                f"Another run holds this data folder: {holder.in_words() if holder else 'its name is not known yet'}.",
                "Wait until it has finished, or stop it; `recordtrail status` shows it.",
            )
        crashed = _read(handle)
        _write(handle, json.dumps(asdict(owner)))
        try:
            yield crashed
        finally:
            _write(handle, "")
    finally:
        os.close(handle)


def holder_of(path: Path) -> Owner | None:
    """Who holds the lock now, or None."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(handle)
    else:
        return None
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    # Three tries: `status` looks at the lock by holding it for a moment (see holder_of).
    for _ in range(3):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


def _read(handle: int) -> Owner | None:
    text = os.pread(handle, 4096, 0)
    try:
        return Owner(**json.loads(text)) if text.strip() else None
    except (ValueError, TypeError):  # cut off while it was written: the owner died in that moment
        return None


def _write(handle: int, text: str) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, text.encode(), 0)
    os.fsync(handle)
