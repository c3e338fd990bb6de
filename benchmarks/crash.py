"""Kill a whole night at many moments, and see that the next one mends it: ``python -m benchmarks.crash FILE…``.

For every moment a new data folder gets the files; ``recordtrail nightly`` is started and, after the moment, its process
is killed with SIGKILL (nothing is told to its children: they must notice by themselves). After ten seconds no process
of the data folder may be left; then a second ``nightly`` must publish the same content as an undisturbed night.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

PATIENCE = 10.0
COMMAND = [sys.executable, "-c", "from flows.cli import main; main()"]


def run_night(data: Path) -> int:
    """One undisturbed night; its exit code."""
    return subprocess.run([*COMMAND, "nightly", "--data", str(data)], capture_output=True, check=False).returncode


def kill_night(data: Path, after: float) -> bool:
    """Start a night and kill its main process after so many seconds; whether it was still running then."""
    night = subprocess.Popen(
        [*COMMAND, "nightly", "--data", str(data)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        night.wait(after)
        return False
    except subprocess.TimeoutExpired:
        os.kill(night.pid, signal.SIGKILL)
        night.wait()
        return True


def processes_of(data: Path) -> list[str]:
    """Command names of processes that have the data folder in their arguments, environment or open files."""
    wanted = str(data)
    found = []
    for process in psutil.process_iter(["pid", "cmdline"]):
        if process.pid == os.getpid():
            continue
        try:
            told = " ".join(process.info["cmdline"] or []) + " ".join(process.environ().values())
        except psutil.Error:
            continue
        if wanted in told:
            found.append(" ".join(process.info["cmdline"] or [])[:60])
    return found


def wait_for_none(data: Path, patience: float = PATIENCE) -> float | None:
    """Seconds until no process of the data folder is left; None when some are after *patience*."""
    started = time.monotonic()
    while time.monotonic() - started < patience:
        if not processes_of(data):
            return time.monotonic() - started
        time.sleep(0.25)
    return None


def content_of(data: Path) -> str:
    """The content hash of the published snapshot, by its file's name; empty without one."""
    link = data / "snapshots" / "full.duckdb"
    return link.readlink().name.rsplit("-", 1)[-1].removesuffix(".duckdb") if link.is_symlink() else ""


def new_folder(parent: Path, name: str, files: list[Path]) -> Path:
    """A data folder with the files in one release."""
    data = parent / name
    release = data / "inbox" / "release"
    release.mkdir(parents=True)
    for file in files:
        shutil.copy(file, release / file.name)
    return data


def main() -> None:
    """Measure an undisturbed night, then kill nights at moments spread over that time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--kills", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        parent = Path(name)
        data = new_folder(parent, "whole", options.files)
        started = time.monotonic()
        run_night(data)
        whole = time.monotonic() - started
        wanted = content_of(data)
        print(f"an undisturbed night takes {whole:.1f} s and publishes {wanted}", flush=True)
        print("| killed after | published then | no process left after | next night | same content |")
        print("|---|---|---|---|---|", flush=True)
        bad = 0
        for k in range(options.kills):
            after = whole * (k + 1) / (options.kills + 1)
            data = new_folder(parent, f"kill-{k}", options.files)
            alive = kill_night(data, after)
            then = content_of(data) or "nothing"
            left = wait_for_none(data)
            code = run_night(data)
            same = content_of(data) == wanted
            bad += not same or left is None
            gone = "some left" if left is None else f"{left:.1f} s"
            moment = f"{after:.1f} s{'' if alive else ' (was over)'}"
            print(f"| {moment} | {then} | {gone} | exit {code} | {same} |", flush=True)
            shutil.rmtree(data)
        print("all as it must be" if not bad else f"{bad} kills went wrong")
        sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
