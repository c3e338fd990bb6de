"""How exactly drawn logs are read back: ``python -m benchmarks.accuracy [--rows N] [--only NAME …] [--prints]``.

Each layout is drawn, extracted as the night job does it, and compared cell by cell with the rows as drawn. Stored
boxes are re-cropped with pdfplumber, which had no part in making them.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pdfplumber
import pyarrow.parquet as pq

from extractors import jobs
from extractors.fingerprint import fingerprint
from extractors.job import Job
from extractors.limits import Limits
from extractors.plumber import visible_part
from records.errors import DocumentError
from records.release import FileHints
from samples.content import entries
from samples.expected import ExpectedRow
from samples.layouts import all_layouts, draw


@dataclass(slots=True)
class Extracted:
    """What the parts of one document hold: rows in page order, as printed columns."""

    rows: list[dict[str, Any]]
    headers: dict[int, list[str | None]]
    issues: list[dict[str, Any]]
    pages: list[dict[str, Any]]
    continued: set[tuple[int, int]]
    """Page and row number of rows that go on over a page break."""
    problem: str | None = None


@dataclass(slots=True)
class Score:
    """How one document was read."""

    name: str
    expected: int = 0
    found: int = 0
    invented: int = 0
    cells: int = 0
    exact: int = 0
    exact_with_spaces: int = 0
    silent: int = 0
    """Wrong cells that no issue names."""
    false_alarms: int = 0
    """Right cells that an issue names."""
    page_wrong: int = 0
    cropped: int = 0
    cropped_right: int = 0
    left: int = 0
    problem: str = ""
    examples: list[str] = field(default_factory=list)


def extract(path: Path, work: Path, engine: str = "auto") -> Extracted:
    """Extract a PDF into *work* and read its parts back."""
    try:
        return read_back(run(path, work, engine))
    except DocumentError as error:
        return Extracted([], {}, [], [], set(), f"{error.code}: {error}")


def run(path: Path, work: Path, engine: str = "auto") -> Path:
    """Extract a PDF into *work*; the folder of its parts."""
    document_id = hashlib.sha256(path.read_bytes()).hexdigest()
    name = fingerprint(FileHints(), engine)
    job = Job("extract", path, document_id, work / document_id, name, {}, engine, Limits(), None)
    jobs.extract(job, lambda event, **facts: None)
    return job.target


def read_back(folder: Path) -> Extracted:
    """What the parts in *folder* hold."""
    headers: dict[int, list[str | None]] = defaultdict(list)
    for column in pq.read_table(folder / "column.parquet").to_pylist():
        headers[column["segment_ordinal"]].append(column["printed_header"])
    rows = [row for part in sorted(folder.glob("row-*.parquet")) for row in pq.read_table(part).to_pylist()]
    rows.sort(key=lambda r: (r["page_number"], r["row_number"]))
    issues = pq.read_table(folder / "issue.parquet").to_pylist()
    pages, pieces = (pq.read_table(folder / f"{name}.parquet").to_pylist() for name in ("page", "continuation"))
    return Extracted(rows, headers, issues, pages, {(p["page_number"], p["row_number"]) for p in pieces})


def score(name: str, path: Path, expected: list[ExpectedRow], got: Extracted, crops: int = 200) -> Score:
    """Compare the extracted rows with the rows as drawn, aligned in order."""
    result = Score(name, expected=len(expected), problem=got.problem or "")
    result.left = sum(p["glyphs_left"] for p in got.pages)
    want = [tuple(squeezed(c) for c in row.cells) for row in expected]
    have = [_cells(row, got, expected[0].header) for row in got.rows]
    keys = [tuple(squeezed(c) for c in row) for row in have]
    named = {(i["page_number"], i["row_number"], i["column_ordinal"]) for i in got.issues}
    for i, j in aligned(want, keys):
        if i is None:
            result.invented += 1
            _example(result, "invented", str(have[j])[:300] if j is not None else "")
            continue
        if j is None:
            _example(result, "lost", str(expected[i].cells)[:300])
            continue
        result.found += 1
        _compare(result, expected[i], got.rows[j], have[j], named)
    _recrop(result, path, got, crops)
    return result


def _compare(result: Score, row: ExpectedRow, stored: dict[str, Any], cells: list[str], named: set[Any]) -> None:
    if row.page_numbers and stored["page_number"] not in row.page_numbers:
        result.page_wrong += 1
    for j, (want, have) in enumerate(zip(row.cells, cells, strict=True)):
        result.cells += 1
        place = (stored["page_number"], stored["row_number"])
        is_named = (*place, j) in named or (*place, None) in named
        if squeezed(want) == squeezed(have):
            result.exact += 1
            spaced = " ".join(want.split()) == " ".join(have.split())
            result.exact_with_spaces += spaced
            result.false_alarms += is_named
            if not spaced:
                _example(result, "space", f"{want!r} read {have!r}")
        else:
            result.silent += not is_named
            _example(result, "cell", f"p{place[0]} r{place[1]} c{j}: {want!r} read {have!r}")


def _cells(row: dict[str, Any], got: Extracted, header: tuple[str, ...]) -> list[str]:
    """The row's cells in the order of the drawn header, matched by label; by position where none is printed."""
    labels = got.headers[row["segment_ordinal"]]
    texts = [row.get(f"text_{j}") or "" for j in range(len(labels))]
    if not header:
        return texts
    by_label: dict[str, list[str]] = defaultdict(list)
    for label, text in zip(labels, texts, strict=True):
        by_label[squeezed(label or "")].append(text)
    return [by_label[squeezed(h)].pop(0) if by_label[squeezed(h)] else "" for h in header]


def aligned(want: list[tuple[str, ...]], have: list[tuple[str, ...]]) -> Iterable[tuple[int | None, int | None]]:
    """Pairs of row indices; None where a row is lost or invented. Rows that differ in some cells still pair up."""
    matcher = SequenceMatcher(None, want, have, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
            continue
        left = list(range(j1, j2))
        for i in range(i1, i2):
            near = max(left, key=lambda j: _alike(want[i], have[j]), default=None)
            if near is not None and _alike(want[i], have[near]) >= 0.3:
                left.remove(near)
                yield i, near
            else:
                yield i, None
        for j in left:
            yield None, j


def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    filled = [(x, y) for x, y in zip(a, b, strict=False) if x or y]
    return sum(x == y for x, y in filled) / max(1, len(filled))


def _recrop(result: Score, path: Path, got: Extracted, most: int) -> None:
    """Re-crop stored boxes with pdfplumber: glyphs whose centre lies in the box give the cell's text."""
    cells = [
        (row, j)
        for row in got.rows
        for j in range(len(got.headers[row["segment_ordinal"]]))
        if row.get(f"x0_{j}") is not None
    ]
    cells = [c for c in cells if (c[0]["page_number"], c[0]["row_number"]) not in got.continued]
    step = max(1, len(cells) // most)
    by_page: dict[int, list[tuple[dict[str, Any], int]]] = defaultdict(list)
    for row, j in cells[::step]:
        by_page[row["page_number"]].append((row, j))
    with pdfplumber.open(path) as pdf:
        for number, wanted in sorted(by_page.items()):
            page = pdf.pages[number - 1]
            left, top, _, _ = visible_part(page)
            for row, j in wanted:
                x0, y0, x1, y1 = (row[f"{k}_{j}"] for k in ("x0", "top", "x1", "bottom"))
                inside = [
                    c["text"]
                    for c in page.chars
                    if x0 <= (c["x0"] + c["x1"]) / 2 - left <= x1 and y0 <= (c["top"] + c["bottom"]) / 2 - top <= y1
                ]
                result.cropped += 1
                right = Counter(squeezed("".join(inside))) == Counter(squeezed(row[f"text_{j}"]))
                result.cropped_right += right
                if not right:
                    _example(result, "crop", f"p{number} c{j}: {row[f'text_{j}']!r} cropped {''.join(inside)!r}")
            page.close()


def squeezed(text: str) -> str:
    return "".join(text.split())


def _example(result: Score, kind: str, text: str) -> None:
    if sum(e.startswith(kind) for e in result.examples) < 3:
        result.examples.append(f"{kind}: {text}")


def table(scores: list[Score]) -> str:
    """The scores as a markdown table."""
    columns = ["layout", "rows", "found", "invented", "exact", "with spaces", "silent"]
    columns += ["false alarms", "page wrong", "re-crop", "left"]
    head = "| " + " | ".join(columns) + " |"
    lines = [head, "|" + "---|" * 11]
    for s in scores:
        if s.problem:
            lines.append(f"| {s.name} | {s.expected} | {s.problem} |" + " |" * 8)
            continue
        found = _share(s.found, s.expected)
        exact, spaced = _share(s.exact, s.cells), _share(s.exact_with_spaces, s.cells)
        lines.append(
            f"| {s.name} | {s.expected} | {found} | {s.invented} | {exact} | {spaced} | {s.silent} |"
            f" {_share(s.false_alarms, s.exact)} | {s.page_wrong} | {s.cropped_right}/{s.cropped} | {s.left} |"
        )
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "–"


def main() -> None:
    """Draw, extract and score; print the table, and examples of every kind of difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200, help="rows per layout")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--only", nargs="*", help="names of layouts")
    parser.add_argument("--engine", default="auto", choices=["auto", "pdfium", "pdfplumber", "both"])
    parser.add_argument("--prints", action="store_true", help="browser and spreadsheet prints too (need the programs)")
    parser.add_argument("--keep", type=Path, help="keep the drawn PDFs in this folder")
    options = parser.parse_args()
    scores = []
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        folder.mkdir(exist_ok=True)
        for label, path, expected in _drawn(folder, options):
            got = extract(path, Path(name), options.engine)
            scores.append(score(label, path, expected, got))
            print(table(scores[-1:]).splitlines()[-1], flush=True)
            for example in scores[-1].examples:
                print("   ", example)
    print(table(scores))


def _drawn(folder: Path, options: argparse.Namespace) -> Iterable[tuple[str, Path, list[ExpectedRow]]]:
    for layout in all_layouts():
        if not options.only or layout.name in options.only:
            path = folder / f"{layout.name}.pdf"
            rows = entries(options.seed, options.rows, layout.content)
            yield layout.name, path, draw(layout, rows, path)
    if options.prints:
        from samples import draw_chromium, draw_libreoffice

        for module in (draw_chromium, draw_libreoffice):
            for style in module.PRINTS:
                if not options.only or style.name in options.only:
                    path = folder / f"{style.name}.pdf"
                    yield (
                        style.name,
                        path,
                        module.print_log(style, entries(options.seed, options.rows, style.content), path),
                    )


if __name__ == "__main__":
    main()
