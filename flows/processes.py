"""Asking about and ending processes of our own."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path


def start_mark(pid: int) -> str | None:
    """When the process started, as the system counts it: with the pid it names a process for good.

    None where the system does not say; then a pid that was given out again cannot be told apart.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return stat.rpartition(")")[2].split()[19]  # field 22, counted after the name, which may hold spaces


def is_alive(pid: int, mark: str | None = None) -> bool:
    """Whether process *pid* runs and, where *mark* is known, is still the same one."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    if mark is None:
        return True
    return start_mark(pid) in (mark, None)


def kill_group(pgid: int) -> None:
    """SIGKILL to a process group that we started; fine when it is gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pgid, signal.SIGKILL)


def group_resident_bytes(pgid: int) -> int:
    """Resident memory of all processes of a group, in bytes; 0 when it is gone or the system does not say."""
    import psutil

    total = 0
    for pid in psutil.pids():
        with contextlib.suppress(ProcessLookupError, PermissionError, psutil.Error):
            if os.getpgid(pid) == pgid:
                total += psutil.Process(pid).memory_info().rss
    return total
