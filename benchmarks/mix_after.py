"""What is done to a finished print of a mix: put into a form, turned, joined with other files, blacked out."""

from __future__ import annotations

import random
from pathlib import Path

import pypdfium2 as pdfium
from reportlab.pdfgen.canvas import Canvas

from benchmarks.mix_plan import Mix
from samples.expected import ExpectedRow
from samples.layout import LETTER
from samples.mutate_pdf import WIDE, cover
from samples.pages import TextRun

_LETTER = (
    "Office of Public Records, Exampleton County",
    "December 4, 2025",
    "Re: your request 25-0117 for audit logs of licence plate readers",
    "Dear requester, enclosed please find the records responsive to your request. The organization audit was",
    "exported on 12/04/2025 and covers searches from 11/01/2025 to 11/30/2025. Portions were withheld under the",
    "exemption for investigative records. If you believe that this was done in error you may appeal within 30 days.",
    "Sincerely, the custodian of records",
)


def letter(path: Path) -> None:
    """A page of prose, as agencies put it before what they release."""
    canvas = Canvas(str(path), pagesize=LETTER, invariant=1)
    for index, line in enumerate(_LETTER):
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(60, 700 - 22 * index, line)
    canvas.save()


def shows_all(path: Path, rows: list[ExpectedRow], repeats_header: bool) -> bool:
    """Whether the file holds as many letters and digits as the cells and the printed headers do."""
    with pdfium.PdfDocument(path) as document:
        printed = sum(sum(map(str.isalnum, page.get_textpage().get_text_range())) for page in document)
        headers = len(document) if repeats_header else 1
    labels = headers * sum(map(str.isalnum, "".join(rows[0].header)))
    return printed >= labels + sum(sum(map(str.isalnum, cell)) for row in rows for cell in row.cells)


def join(path: Path, behind: Path) -> int:
    """Put the pages of *behind* after those of *path* and remove *behind*; how many pages *path* had."""
    made = pdfium.PdfDocument.new()
    with pdfium.PdfDocument(path) as first, pdfium.PdfDocument(behind) as second:
        count = len(first)
        made.import_pages(first)
        made.import_pages(second)
        _save(made, path)
    behind.unlink()
    return count


def rewrap(path: Path, turn: int) -> None:
    """Every page's content as one Form XObject, turned against ``/Rotate``, so that it is displayed as before."""
    made = pdfium.PdfDocument.new()
    with pdfium.PdfDocument(path) as source:
        for number in range(len(source)):
            width, height = source[number].get_size()
            # A form shows the page as it was displayed, turned as it was.
            turned = source[number].get_rotation() or turn
            form = source.page_as_xobject(number, made).as_pageobject()
            page = made.new_page(*((height, width) if turned in (90, 270) else (width, height)))
            form.set_matrix(_matrix(turned, width, height))
            page.set_rotation(turned)
            page.insert_obj(form)
            page.gen_content()
        _save(made, path)


def _matrix(turn: int, width: float, height: float) -> pdfium.PdfMatrix:
    match turn:
        case 90:
            return pdfium.PdfMatrix(0, 1, -1, 0, height, 0)
        case 270:
            return pdfium.PdfMatrix(0, -1, 1, 0, 0, width)
        case 180:
            return pdfium.PdfMatrix(-1, 0, 0, -1, width, height)
    return pdfium.PdfMatrix()


def cover_cells(
    path: Path, rows: list[ExpectedRow], runs: list[tuple[int, TextRun]], mix: Mix, rights: list[float]
) -> frozenset[tuple[int, int]]:
    """Paint a black box over some texts that are a whole cell each; which (row, column) they are."""
    rng = random.Random(mix.seed)
    whole = [
        (index, j, row.page_numbers[0], cell)
        for index, row in enumerate(rows)
        for j, cell in enumerate(row.cells)
        if len(row.page_numbers) == 1 and len(row.lines[j]) == 1 and len(cell) > 4
        if mix.layout.columns[j].field in ("license_plate", "case_number", "name")
    ]
    covered = set()
    for index, j, number, cell in rng.sample(whole, min(mix.covers, len(whole))):
        found = [run for at, run in runs if at == number and run.column == j and run.text == cell]
        # The box is wider than most texts: it must not reach the next column.
        if len(found) == 1 and found[0].x + WIDE * found[0].size * len(cell) < rights[j]:
            cover(path, number, found[0], 0)
            covered.add((index, j))
    return frozenset(covered)


def _save(made: pdfium.PdfDocument, path: Path) -> None:
    made.save(path.with_suffix(".new"))
    made.close()
    path.with_suffix(".new").replace(path)
