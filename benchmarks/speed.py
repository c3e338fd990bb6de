"""Speed side by side with exactness and memory: ``python -m benchmarks.speed [--pages N] [--prints] [--real FILE …]``.

Readers, each in a process of its own, one after the other, on the same files: our pdfium path and our pdfplumber path
(both as the night job runs them: glyphs, layout, judgement, Parquet with a box for every cell); the plain loop most
people write, ``page.extract_table()`` with ``page.close()``; the same loop by text, as one has to ask on pages without
rulings, where the plain one finds nothing at once; the same told where our columns are, with rows by text lines; and
pdfium's floor: every character and its box in numpy, and nothing else. CPU seconds of the process and
its children (ours start Tesseract once, to compare the text layer with the print) after imports, not wall-clock time;
ratios are what counts. ``--prints`` adds browser and spreadsheet prints, where these programs are installed.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pdfplumber
import pyarrow.parquet as pq
import pypdfium2.raw as raw

from benchmarks.accuracy import Extracted, read_back, run
from extractors.limits import collect_seldom, keep_freed
from extractors.pdfium import PdfiumDocument
from extractors.pdfium_calls import Door
from extractors.pdfium_glyphs import read_glyphs
from samples import draw_chromium, draw_libreoffice
from samples.content import entries
from samples.expected import ExpectedRow
from samples.layouts import draw, layout_named

PATIENCE = 600.0
"""Seconds for a program to print a file."""

SHORT_RUNS = 3
"""How often a reader is measured that takes seconds where others take minutes: the median counts."""
OURS = ("pdfium", "pdfplumber")
PLAIN, TEXT, GIVEN = "extract_table", "extract_table, by text", "extract_table, our columns"
FLOOR = "pdfium's floor"
READERS = (*OURS, PLAIN, TEXT, GIVEN, FLOOR)
BY_TEXT = {"vertical_strategy": "text", "horizontal_strategy": "text"}
ROWS_A_PAGE = {"ruled": 13.5, "sheet": 9.0}
PRINTED_ROWS_A_PAGE = {"chromium-grid": 14.4, "chromium-unruled": 15.0, "calc-grid": 15.7, "calc-plain": 16.0}


def worker(reader: str, path: Path, edges: list[float]) -> dict[str, Any]:
    """Read the file in this process; CPU seconds, peak memory, the rows as lists of squeezed cells, and for our readers
    the edges of the first log's columns."""
    if reader in OURS:
        collect_seldom()  # as in every child of a night
        keep_freed()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.process_time()
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as work:
        parts = run(path, Path(work), reader) if reader in OURS else None
        if reader in (PLAIN, TEXT, GIVEN):
            rows = _plain(path, _told(reader, edges))
        elif reader == FLOOR:
            _floor(path)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = time.process_time() - started
        cpu += children.ru_utime + children.ru_stime - before.ru_utime - before.ru_stime
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if parts is not None:
            rows, edges = _squeezed(read_back(parts)), _edges(parts)
    return {"cpu": cpu, "peak_mb": peak, "rows": rows, "edges": edges}


def _told(reader: str, edges: list[float]) -> dict[str, Any]:
    """The settings of ``extract_table``."""
    if reader == GIVEN:
        return BY_TEXT | {"vertical_strategy": "explicit", "explicit_vertical_lines": edges}
    return BY_TEXT if reader == TEXT else {}


def _plain(path: Path, told: dict[str, Any]) -> list[list[str]]:
    rows: list[list[str]] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            found = page.extract_table(told) or []
            rows += [["".join((c or "").split()) for c in row] for row in found]
            page.close()
    return rows


def _floor(path: Path) -> None:
    document = PdfiumDocument(path)
    for number in range(document.page_count):
        page = raw.FPDF_LoadPage(document.handle, number)
        text_page = raw.FPDFText_LoadPage(page)
        read_glyphs(text_page, Door(page, 1.0))
        raw.FPDFText_ClosePage(text_page)
        raw.FPDF_ClosePage(page)
    document.close()


def _edges(parts: Path) -> list[float]:
    columns = pq.read_table(parts / "column.parquet").to_pylist()
    first = [c for c in columns if c["segment_ordinal"] == columns[0]["segment_ordinal"]]
    return [first[0]["left_edge"], *(c["right_edge"] for c in first)]


def _squeezed(got: Extracted) -> list[list[str]]:
    columns = {k: len(v) for k, v in got.headers.items()}
    return [
        ["".join((row.get(f"text_{j}") or "").split()) for j in range(columns[row["segment_ordinal"]])]
        for row in got.rows
    ]


def measure(reader: str, path: Path, edges: list[float], times: int = 1) -> dict[str, Any]:
    """Run a worker so many *times*, one after the other, and take the result of median CPU time."""
    results = [_measure(reader, path, edges) for _ in range(times)]
    return sorted(results, key=lambda result: result["cpu"])[times // 2]


def _measure(reader: str, path: Path, edges: list[float]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.speed", "--worker", reader, str(path), json.dumps(edges)]
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
    """Name, file and the rows as drawn, white space removed; None where nobody knows them."""
    drawn: list[tuple[str, list[ExpectedRow]]] = []
    for name, density in ROWS_A_PAGE.items():
        if name not in options.files:
            continue
        layout = layout_named(name)
        rows = entries(5, int(options.pages * density), layout.content)
        drawn.append((name, draw(layout, rows, folder / f"{name}.pdf")))
    for module in (draw_chromium, draw_libreoffice) if options.prints else ():
        for style in module.PRINTS:
            if style.name in PRINTED_ROWS_A_PAGE and style.name in options.files:
                rows = entries(5, int(options.pages * PRINTED_ROWS_A_PAGE[style.name]), style.content)
                drawn.append((style.name, module.print_log(style, rows, folder / f"{style.name}.pdf", PATIENCE)))
    squeezed = [(name, [["".join(c.split()) for c in row.cells] for row in rows]) for name, rows in drawn]
    return [(name, folder / f"{name}.pdf", rows) for name, rows in squeezed] + [(f.stem, f, None) for f in options.real]


def main() -> None:
    """Measure and print the table."""
    drawn = [*ROWS_A_PAGE, *PRINTED_ROWS_A_PAGE]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=800, help="about how many pages each drawn layout has")
    parser.add_argument("--prints", action="store_true", help="browser and spreadsheet prints too")
    parser.add_argument("--files", nargs="*", choices=drawn, default=drawn, help="these only, of the drawn and printed")
    parser.add_argument("--real", type=Path, nargs="*", default=[], help="logs whose rows are counted, not compared")
    parser.add_argument("--readers", nargs="*", choices=READERS, default=READERS, help="these only, and the peer")
    parser.add_argument("--worker", nargs=3, metavar=("READER", "FILE", "EDGES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        reader, path, edges = options.worker
        print(json.dumps(worker(reader, Path(path), json.loads(edges))))
        return
    print("| file | reader | pages | rows | exact rows | pages per CPU second | ratio to the peer | peak memory |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        for label, path, expected in _files(options, Path(name)):
            _print_rows(label, path, expected, options.readers)


def _print_rows(label: str, path: Path, expected: list[list[str]] | None, readers: Sequence[str]) -> None:
    """The peer is ``extract_table``, by text where it finds nothing otherwise: a ratio to no answer says nothing."""
    pages = _pages_of(path)
    known = {PLAIN: measure(PLAIN, path, [])}
    if not known[PLAIN]["rows"]:
        known[TEXT] = measure(TEXT, path, [])
    peer = known[TEXT if TEXT in known else PLAIN]
    edges: list[float] = []
    for reader in READERS:
        if reader not in readers and reader not in known:
            continue
        times = SHORT_RUNS if reader in (OURS[0], FLOOR) else 1
        result = known.get(reader) or measure(reader, path, edges if reader == GIVEN else [], times)
        edges = result["edges"] or edges
        is_floor = reader == FLOOR
        exact = "–" if expected is None or is_floor else f"{exact_share(result['rows'], expected):.2%}"
        rows = "–" if is_floor else f"{len(result['rows']):,}"
        print(
            f"| {label} | {reader} | {pages} | {rows} | {exact} | {pages / result['cpu']:.1f} |"
            f" {peer['cpu'] / result['cpu']:.1f}× | {result['peak_mb']:.0f} MB |",
            flush=True,
        )


if __name__ == "__main__":
    main()
