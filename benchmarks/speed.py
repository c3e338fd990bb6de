"""Speed side by side with exactness and memory: ``python -m benchmarks.speed [--pages 300] [--real FILE]``.

Three readers, each in a process of its own, one after the other, on the same files: our pdfium path, our pdfplumber
path (both as the night job runs them: glyphs, layout, judgement, Parquet with a box for every cell) and the plain loop
most people write, ``page.extract_table()`` with ``page.close()``. CPU seconds of the process and its children (ours
start Tesseract once, to compare the text layer with the print), not wall time; ratios are what counts.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pdfplumber

from benchmarks.accuracy import Extracted, read_back, run
from samples.content import entries
from samples.layouts import draw, layout_named

READERS = ("pdfium", "pdfplumber", "extract_table")
ROWS_A_PAGE = {"ruled": 13.5, "sheet": 9.0}


def worker(reader: str, path: Path, pages: int) -> dict[str, Any]:
    """Read the file in this process; CPU seconds, peak memory and the rows as lists of squeezed cells."""
    started = time.process_time()
    with tempfile.TemporaryDirectory() as work:
        rows = _plain(path, pages) if reader == "extract_table" else []
        parts = None if rows or reader == "extract_table" else run(path, Path(work), reader)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = time.process_time() - started + children.ru_utime + children.ru_stime
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows = rows if parts is None else _squeezed(read_back(parts))
    return {"cpu": cpu, "peak_mb": peak, "rows": rows}


def _plain(path: Path, pages: int) -> list[list[str]]:
    rows: list[list[str]] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages[:pages]:
            rows += [["".join((c or "").split()) for c in row] for row in page.extract_table() or []]
            page.close()
    return rows


def _squeezed(got: Extracted) -> list[list[str]]:
    columns = {k: len(v) for k, v in got.headers.items()}
    return [
        ["".join((row.get(f"text_{j}") or "").split()) for j in range(columns[row["segment_ordinal"]])]
        for row in got.rows
    ]


def measure(reader: str, path: Path, pages: int) -> dict[str, Any]:
    """Run a worker and take its result."""
    command = [sys.executable, "-m", "benchmarks.speed", "--worker", reader, str(path), str(pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def exact_share(rows: list[list[str]], expected: list[list[str]]) -> float:
    """The share of expected rows that were read exactly, white space removed, in any order."""
    have: dict[tuple[str, ...], int] = {}
    for row in rows:
        have[tuple(row)] = have.get(tuple(row), 0) + 1
    hit = 0
    for row in expected:
        if have.get(tuple(row), 0):
            have[tuple(row)] -= 1
            hit += 1
    return hit / max(1, len(expected))


def _pages_of(path: Path) -> int:
    with pdfplumber.open(path) as pdf:
        return len(pdf.pages)


def _files(options: argparse.Namespace, folder: Path) -> list[tuple[str, Path, list[list[str]] | None]]:
    files: list[tuple[str, Path, list[list[str]] | None]] = []
    for name, density in ROWS_A_PAGE.items():
        layout = layout_named(name)
        path = folder / f"{name}.pdf"
        drawn = draw(layout, entries(5, int(options.pages * density), layout.content), path)
        files.append((name, path, [["".join(c.split()) for c in row.cells] for row in drawn]))
    if options.real:
        files.append(("real log", options.real, None))
    return files


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300, help="about how many pages each drawn layout has")
    parser.add_argument("--real", type=Path, help="a real log to measure too; its rows are counted, not compared")
    parser.add_argument("--worker", nargs=3, metavar=("READER", "FILE", "PAGES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        print(json.dumps(worker(options.worker[0], Path(options.worker[1]), int(options.worker[2]))))
        return
    print("| file | reader | pages | rows | exact rows | pages per CPU second | ratio | peak memory |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        for label, path, expected in _files(options, Path(name)):
            pages = _pages_of(path)
            results = {reader: measure(reader, path, pages) for reader in READERS}
            slow = results["extract_table"]["cpu"]
            for reader, result in results.items():
                exact = "–" if expected is None else f"{exact_share(result['rows'], expected):.2%}"
                print(
                    f"| {label} | {reader} | {pages} | {len(result['rows']):,} | {exact} |"
                    f" {pages / result['cpu']:.1f} | {slow / result['cpu']:.1f}× | {result['peak_mb']:.0f} MB |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
