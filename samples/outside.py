"""Runs a program that prints: found by name, alone in its process group, with a time limit."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterable
from pathlib import Path

from samples.expected import ExpectedRow


class ProgramMissingError(RuntimeError):
    """The printing program is not installed here. Its samples are a measurement, never a requirement."""


class PrintFailedError(RuntimeError):
    """The program ran and left no PDF."""


def find(names: tuple[str, ...]) -> str:
    """The first of *names* on the PATH; :class:`ProgramMissingError` if there is none."""
    for name in names:
        if found := shutil.which(name):
            return found
    raise ProgramMissingError(f"none of {', '.join(names)} is installed")


def run(command: list[str], printed: Path, seconds: float) -> None:
    """Run *command* until it ends or time is up; it must have written *printed*."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise PrintFailedError(f"{Path(command[0]).name} did not end within {seconds:.0f} s") from error
    if process.returncode or not printed.exists() or not printed.stat().st_size:
        tail = output.decode("utf-8", "replace")[-500:]
        raise PrintFailedError(f"{Path(command[0]).name} printed nothing (exit code {process.returncode}): {tail}")


def rows_in_order(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[ExpectedRow]:
    """What must come out where the program breaks the pages: the texts, in order, without pages or lines."""
    return [
        ExpectedRow((), ordinal, header, tuple(" ".join(text.split()) for text in texts), ())
        for ordinal, texts in enumerate(rows, start=1)
    ]
