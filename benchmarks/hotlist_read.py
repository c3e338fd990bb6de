"""Our reader for the benchmark: page by page, or as the night job runs it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pypdfium2

from benchmarks.accuracy import run
from benchmarks.hotlist_score import GotMark, GotPage
from extractors.pictures.document import PictureDocument
from extractors.pictures.marks.find import find_marks
from extractors.pictures.read_page import PagePicture
from extractors.pictures.reading import read_picture
from extractors.pictures.upright import turn_upright
from records.marks import MarkState
from samples.hotlists.truth import Box

Reader = Callable[[Path], list[GotPage]]
_PDF_DPI = 200


def without_rapidocr() -> None:
    """From here on as if it were not installed."""
    sys.modules["rapidocr"] = None  # type: ignore[assignment]


def pages(path: Path) -> list[GotPage]:
    """Ours, page by page: the picture upright, both readers, marks. Vector marks and form fields are not looked at."""
    return [_got(picture) for picture in _pictures(path)]


def _pictures(path: Path) -> list[PagePicture]:
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return [
                turn_upright(page.render(scale=_PDF_DPI / 72).to_pil().convert("RGB"), number, *page.get_size())
                for number, page in enumerate(pdf, start=1)
            ]
    document = PictureDocument(path, 100)
    sizes = [document.page_size(number) for number in range(1, document.page_count + 1)]
    found = [turn_upright(document.render(n, 1.0), n, *size) for n, size in enumerate(sizes, start=1)]
    document.close()
    return found


def _got(picture: PagePicture) -> GotPage:
    page = find_marks(read_picture(picture))
    named = {issue.mark for issue in page.issues if issue.mark is not None}
    marks = tuple(
        GotMark(
            mark.label,
            mark.state,
            picture.to_points(mark.label_box),
            picture.to_points(mark.mark_box) if mark.mark_box else None,
            number in named,
            str(mark.label_agreement),
            mark.state_basis,
            str(mark.style),
        )
        for number, mark in enumerate(page.marks)
    )
    facts = frozenset((fact.fact, fact.value or fact.text) for fact in page.facts)
    left = tuple(f"{issue.code}: {issue.message}" for issue in page.issues if issue.mark is None)
    return GotPage(marks, facts, left, str(page.kind))


def parts(path: Path) -> list[GotPage]:
    """Ours as the night job runs it: whatever the file is, through the extraction job, read back from its parts."""
    with tempfile.TemporaryDirectory(prefix="hotlists-") as work:
        folder = run(path, Path(work))
        rows = {
            name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in ("mark", "issue", "fact", "page")
        }
    return [_of_page(number, rows) for number in sorted(page["page_number"] for page in rows["page"])]


def _of_page(number: int, rows: dict[str, list[dict[str, Any]]]) -> GotPage:
    here = {name: [row for row in rows[name] if row["page_number"] == number] for name in ("mark", "issue", "fact")}
    named = {issue["mark_number"] for issue in here["issue"] if issue["mark_number"] is not None}
    marks = tuple(
        GotMark(
            mark["label"],
            MarkState(mark["state"]),
            _box(mark, ""),
            _box(mark, "mark_") if mark["mark_x0"] is not None else None,
            mark["mark_number"] in named,
            mark["label_agreement"],
            mark["state_basis"] or "",
            mark["style"],
        )
        for mark in here["mark"]
    )
    facts = frozenset((fact["fact"], fact["value"] or fact["text"]) for fact in here["fact"])
    left = tuple(f"{one['code']}: {one['message']}" for one in here["issue"] if one["mark_number"] is None)
    return GotPage(marks, facts, left)


def _box(row: dict[str, Any], cell: str) -> Box:
    return row[f"{cell}x0"], row[f"{cell}top"], row[f"{cell}x1"], row[f"{cell}bottom"]
