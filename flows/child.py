"""Child processes: what parses a file from outside runs here, under limits, never in this process.

One child reads one document or one chunk. It runs in its own session, so that its whole process group can be killed:
at its deadline, when it takes too much memory, and when this process is told to stop. (When this process is killed
without warning, the child's own parent-death signal ends it.)

Of what a child says only our own codes, numbers and sentences are used. Its error output can hold text of the document:
of that, the class name of the last exception is all that is kept.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from flows.processes import group_resident_bytes, kill_group
from flows.settings import Settings, variable_of
from records.errors import DOCUMENT_ERRORS, DocumentError, LimitError, PipelineError, ReaderCrashedError, ToolError

Event = dict[str, Any]
Progress = Callable[[int, int], None]
"""Called with the pages done and the pages in all."""

_WATCH_SECONDS = 0.5
_MAX_LINE = 64 * 1024
_LIMIT_SIGNALS: dict[int, str] = {signal.SIGXCPU: "child_cpu_seconds", signal.SIGXFSZ: "child_output_bytes"}
_LIMIT_WORDS = {
    "child_wall_seconds": "wall-clock",
    "child_cpu_seconds": "processor time",
    "child_memory_bytes": "memory",
    "child_output_bytes": "output",
}
_EXCEPTION = re.compile(r"^(?:[A-Za-z_][\w.]*\.)?([A-Z]\w*(?:Error|Exception|Interrupt|Exit))\b", re.MULTILINE)


class StoppedError(PipelineError):
    """The run is being stopped; no more children are started."""

    code = "stopped"
    advice = "Run again: what was finished is kept."


class _Crash(Exception):
    """The child died without a word of its own."""


@dataclass(slots=True)
class _Watch:
    """What the watchdog saw of one child."""

    group: int
    is_over: threading.Event = field(default_factory=threading.Event)
    stopped_by: str | None = None
    """The setting whose limit was reached."""


class Children:
    """Starts children, at most ``settings.worker_count`` at a time, and can end them all."""

    def __init__(self, settings: Settings, work: Path, command: Sequence[str] = (sys.executable, "-m", "extractors")):
        self._settings = settings
        self._work = work
        self._command = tuple(command)
        self._slots = threading.BoundedSemaphore(settings.worker_count)
        self._mutex = threading.Lock()
        self._groups: set[int] = set()
        self._is_stopping = False

    def run(self, job: Event, progress: Progress | None = None) -> Event:
        """Run one job to its end; returns the child's last event (``done`` or ``planned``).

        Raises the DocumentError the child reports, LimitError, ReaderCrashedError (after a second try), ToolError.
        """
        with self._slots:
            try:
                return self._run_once(job, progress)
            except _Crash:
                pass
            try:
                return self._run_once(job, progress)
            except _Crash as crash:
                raise ReaderCrashedError(f"The reader crashed twice on this file ({crash}).") from None

    def stop(self) -> None:
        """Kill every child with its group, and start no more."""
        with self._mutex:
            self._is_stopping = True
            for group in self._groups:
                kill_group(group)

    def _run_once(self, job: Event, progress: Progress | None) -> Event:
        with self._job_file(job) as job_file, tempfile.TemporaryFile(dir=self._work) as errors:
            with self._started(job_file, errors) as process:
                watch = _Watch(process.pid)
                watchdog = threading.Thread(target=self._watch, args=(watch,), daemon=True)
                watchdog.start()
                try:
                    last = _read_events(process, progress)
                    status = process.wait()
                finally:
                    watch.is_over.set()
                    watchdog.join()
            return self._outcome(last, status, watch, errors)

    @contextmanager
    def _job_file(self, job: Event) -> Iterator[Path]:
        # A file of our own (mode 0600), because a job may hold a password and command lines are public.
        with tempfile.NamedTemporaryFile("w", dir=self._work, prefix="job-", suffix=".json") as file:
            json.dump({**job, "parent_pid": os.getpid()}, file)
            file.flush()
            yield Path(file.name)

    @contextmanager
    def _started(self, job_file: Path, errors: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
        with self._mutex:  # between `stop` and here there is no gap in which a child could slip through
            if self._is_stopping:
                raise StoppedError("The run is being stopped.")
            try:
                process = subprocess.Popen(
                    [*self._command, str(job_file)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    start_new_session=True,
                )
            except OSError as error:
                raise ToolError(f"A reader process could not be started: {error.strerror}.") from error
            self._groups.add(process.pid)
        try:
            yield process
        finally:
            kill_group(process.pid)  # also what the child itself may have started
            process.wait()
            with self._mutex:
                self._groups.discard(process.pid)
            if process.stdout is not None:
                process.stdout.close()

    def _watch(self, watch: _Watch) -> None:
        deadline = time.monotonic() + self._settings.child_wall_seconds
        while not watch.is_over.wait(_WATCH_SECONDS):
            if time.monotonic() > deadline:
                watch.stopped_by = "child_wall_seconds"
            elif group_resident_bytes(watch.group) > self._settings.child_memory_bytes:
                watch.stopped_by = "child_memory_bytes"
            if watch.stopped_by is not None:
                kill_group(watch.group)
                return

    def _outcome(self, last: Event | None, status: int, watch: _Watch, errors: IO[bytes]) -> Event:
        limit = watch.stopped_by or _LIMIT_SIGNALS.get(-status)
        if limit is not None:
            raise _limit_error(limit, getattr(self._settings, limit))
        if self._is_stopping and status < 0:
            raise StoppedError("The run is being stopped.")
        kind = last["event"] if last is not None else None
        if last is not None and kind == "document_error":
            raise _document_error(last)
        if last is not None and kind in ("done", "planned") and status == 0:
            return last
        raise _Crash(_how_it_died(status, errors))


def _read_events(process: subprocess.Popen[bytes], progress: Progress | None) -> Event | None:
    """Read the child's lines until it closes its output; returns the last event that is no progress."""
    assert process.stdout is not None
    last: Event | None = None
    while untrusted_line := process.stdout.readline(_MAX_LINE):
        try:
            event = json.loads(untrusted_line)
            kind = event["event"]
            if kind != "progress":
                last = event
            elif progress is not None:
                progress(int(event["pages_done"]), int(event["pages"]))
        except (ValueError, KeyError, TypeError):  # a library printed something; it is not for us
            continue
    return last


def _document_error(event: Event) -> DocumentError:
    """The error a child reports, as the class of its code."""
    error_class = DOCUMENT_ERRORS.get(str(event.get("code")), DocumentError)
    advice = event.get("advice")
    return error_class(str(event.get("message", "")), str(advice) if advice else None)


def _limit_error(setting: str, value: float) -> LimitError:
    return LimitError(
        f"Stopped at its {_LIMIT_WORDS[setting]} limit: {setting} = {value:g}.",
        f"If this file is trusted, set {variable_of(setting)} higher, then `recordtrail retry`.",
    )


def _how_it_died(status: int, errors: IO[bytes]) -> str:
    errors.seek(0, 2)
    errors.seek(max(0, errors.tell() - 16_384))
    names = _EXCEPTION.findall(errors.read().decode("utf-8", "replace"))
    end = f"signal {-status}" if status < 0 else f"exit code {status}"
    return f"{end}, {names[-1]}" if names else end
