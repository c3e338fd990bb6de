"""One network audit of 733,000 rows, from file to published snapshot: ``python -m benchmarks.network_audit``.

The PDF (about 18,000 pages, 3,100 organizations) is drawn once into a cache folder. Then ``recordtrail nightly`` runs
on it in a new data folder; wall-clock time, CPU time and the largest resident size of every process are taken. A second
night is killed half-way and run again: what was read before is not read again, and the same content is published. The
plain loop (``extract_table`` on every page, rows into DuckDB) runs on 300 pages and is extrapolated.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pdfplumber
import psutil

from benchmarks.crash import COMMAND, content_of, kill_night, new_folder, wait_for_none
from benchmarks.network_draw import ROWS_A_PAGE, draw_network_audit

ROWS, ORGANIZATIONS, PLAIN_PAGES = 733_000, 3_100, 300
MOST_MB = 500


@dataclass(slots=True)
class Night:
    """What one night took. ``peaks`` are the largest resident sizes in MB, by what the process does."""

    wall: float = 0.0
    cpu: float = 0.0
    code: int = 0
    peaks: dict[str, float] = field(default_factory=dict)


def cache_folder() -> Path:
    """Where the drawn file is kept between runs."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "recordtrail-benchmarks"


def drawn_file(folder: Path, rows: int, organizations: int) -> Path:
    """The network audit, drawn if it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"network-{rows}-{organizations}.pdf"
    if not path.exists():
        draw_network_audit(path, rows, organizations)
    return path


def run_night(data: Path) -> Night:
    """One night, watched."""
    night = Night()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    process = subprocess.Popen([*COMMAND, "nightly", "--data", str(data)], stdout=subprocess.DEVNULL)
    watcher = threading.Thread(target=_watch, args=(process.pid, night.peaks), daemon=True)
    watcher.start()
    night.code = process.wait()
    night.wall = time.monotonic() - started
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    night.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return night


def _watch(pid: int, peaks: dict[str, float]) -> None:
    """Look four times a second at the peak size of the process and all its descendants, until it is gone."""
    while psutil.pid_exists(pid):
        try:
            parent = psutil.Process(pid)
            if parent.status() == psutil.STATUS_ZOMBIE:
                return
            family = [parent, *parent.children(recursive=True)]
        except psutil.Error:
            return
        for process in family:
            try:
                name = "night (build, publish)" if process.pid == pid else _name(process.cmdline())
                peaks[name] = max(peaks.get(name, 0.0), _peak_mb(process.pid))
            except (psutil.Error, OSError):
                continue
        time.sleep(0.25)


def _name(command: list[str]) -> str:
    told = " ".join(command)
    for word, name in (("extractors", "reader"), ("prefect", "Prefect's server"), ("tesseract", "Tesseract")):
        if word in told:
            return name
    return "other"


def _peak_mb(pid: int) -> float:
    """``VmHWM``: the largest resident size so far, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def plain_loop(path: Path, pages: int) -> float:
    """CPU seconds a page of the loop most people write: every page's table into DuckDB."""
    started = time.process_time()
    with tempfile.TemporaryDirectory() as name, pdfplumber.open(path, pages=list(range(1, pages + 1))) as pdf:
        connection = duckdb.connect(str(Path(name) / "plain.duckdb"))
        for page in pdf.pages:
            rows = page.extract_table() or []
            page.close()
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                columns = ", ".join(f"c{j} VARCHAR" for j in range(len(rows[0])))
                connection.execute(f"CREATE TABLE IF NOT EXISTS audit ({columns})")
                connection.executemany(f"INSERT INTO audit VALUES ({marks})", rows)
        connection.close()
    return (time.process_time() - started) / pages


def count_published(data: Path) -> tuple[int, int]:
    """Rows of the published snapshot, and how many of their cells have a box."""
    with duckdb.connect(str(data / "snapshots" / "full.duckdb"), read_only=True) as connection:
        told = connection.execute("SELECT unnest(cell_boxes) FROM raw.audit_row LIMIT 0").description or []
        boxes = " + ".join(f'count(cell_boxes."{column[0]}")' for column in told)
        found = connection.execute(f"SELECT count(*), {boxes} FROM raw.audit_row").fetchone()
    return found if found else (0, 0)


def main() -> None:
    """Draw if need be, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="where the drawn file is kept")
    parser.add_argument("--plain-pages", type=int, default=PLAIN_PAGES, help="pages of the plain loop")
    parser.add_argument("--no-interruption", action="store_true", help="leave the second night out")
    options = parser.parse_args()
    path = drawn_file(options.cache, options.rows, min(ORGANIZATIONS, options.rows))
    pages = -(-options.rows // ROWS_A_PAGE)
    with tempfile.TemporaryDirectory() as name:
        data = new_folder(Path(name), "whole", [path])
        night = run_night(data)
        rows, boxes = count_published(data)
        print(f"{pages:,} pages, {rows:,} of {options.rows:,} rows published, exit {night.code}")
        print(f"cells with a box: {boxes:,}")
        print(f"one night: {night.wall:.0f} s wall-clock, {night.cpu:.0f} s CPU; largest resident sizes in MB:")
        for process, peak in sorted(night.peaks.items()):
            print(f"  {process}: {peak:.0f}{'  (too much)' if peak > MOST_MB else ''}", flush=True)
        bad = rows != options.rows or max(night.peaks.values()) > MOST_MB
        if not options.no_interruption:
            shutil.rmtree(data / "work", ignore_errors=True)
            other = new_folder(Path(name), "killed", [path])
            kill_night(other, night.wall / 2)
            wait_for_none(other)
            again = run_night(other)
            same = content_of(other) == content_of(data)
            bad = bad or not same
            print(
                f"killed after {night.wall / 2:.0f} s and run again: {again.wall:.0f} s more, same content: {same}",
                flush=True,
            )
        slow = plain_loop(path, min(pages, options.plain_pages))
        whole = slow * pages
        print(f"plain loop: {slow:.3f} s CPU a page, {whole:,.0f} s for all pages")
        print(f"against our CPU time {whole / night.cpu:.1f}×, against our wall-clock time {whole / night.wall:.1f}×")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
