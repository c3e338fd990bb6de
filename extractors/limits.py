"""Limits that a child puts on itself before it touches a file from outside."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass

_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_LARGE = 32 << 20
"""Bytes, the most that every glibc takes. What is smaller is taken from memory that was freed before, and given back to
the system in larger pieces."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use. ``max_pages`` is checked by the reader, the rest by the system."""

    memory_bytes: int = 2 << 30
    cpu_seconds: int = 1800
    output_bytes: int = 4 << 30
    max_pages: int = 100_000


def apply_limits(limits: Limits, parent_pid: int | None) -> None:
    """Bound memory, CPU time, file size and files; die with the parent; leave the network, where the system allows."""
    if sys.platform == "linux":
        _leave_network()  # first: a process that has threads already may not
    _die_with_parent(parent_pid)
    if sys.platform != "win32":
        import resource

        def bound(kind: int, value: int) -> None:
            _, hard = resource.getrlimit(kind)
            top = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (top, top))

        bound(resource.RLIMIT_DATA, limits.memory_bytes)
        bound(resource.RLIMIT_CPU, limits.cpu_seconds)
        bound(resource.RLIMIT_FSIZE, limits.output_bytes)
        bound(resource.RLIMIT_NOFILE, 256)
        bound(resource.RLIMIT_CORE, 0)


def collect_seldom() -> None:
    """Have Python look for cycles of garbage seldom, and never among what is loaded already: pages make many small
    objects, and hardly any cycle."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def keep_freed() -> None:
    """Have glibc keep the memory that is freed: every page is read into arrays of the same sizes, and taking them from
    the system anew is a twentieth of the time. Elsewhere nothing happens."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
        mallopt(_M_TRIM_THRESHOLD, 4 * _LARGE)


def _die_with_parent(parent_pid: int | None) -> None:
    """A thread watches the parent. The kernel's own signal would come too early: it fires when the *thread* that
    started us ends, and Prefect's worker threads do."""
    if parent_pid is None:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)

    def watch() -> None:
        while _is_alive(parent_pid):
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)

    threading.Thread(target=watch, daemon=True, name="parent-watch").start()


def _is_alive(pid: int) -> bool:
    if os.getppid() == pid:
        return True
    if sys.platform == "linux":
        return False  # a child of this parent that has another parent now was orphaned
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _leave_network() -> None:
    """An own, empty network namespace; systems that forbid it keep the child as it is."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.unshare(_CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWUSER | _CLONE_NEWNET)
