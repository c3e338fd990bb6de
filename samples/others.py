"""What comes along with logs and is none, and files that cannot be read. Every one is drawn, none is committed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from samples import vocabulary
from samples.content import entries
from samples.draw_reportlab import ReportlabProducer
from samples.draw_table import TableDrawing
from samples.expected import ExpectedRow
from samples.layout import Column, Layout, row_texts
from samples.layouts import RULED, producer_of
from samples.pages import DrawnPage, TextRun
from samples.typeset import Ruler

_PAPER = Layout("letter", "reportlab", (), margins=(72.0, 72.0, 72.0, 72.0), font="Times-Roman", size=11, leading=15)

_CLAUSES = (
    "The Provider shall retain the audit log for no less than five years, including the Name, Org Name, Time Frame,"
    " License Plate, Reason, Search Time and Search Type of every search.",
    "The Agency shall enter a Reason for each search; a Case # is recommended but not required.",
    "Search Time is recorded in UTC. For example, a search may be logged as 11/03/2025, 04:15:22 PM UTC.",
    "Nothing in this Agreement creates an employment relationship between the invented parties named above.",
    "Fees are due within thirty days of an invoice. Late payments bear interest at one percent a month.",
    "The Provider warrants that the services will be performed in a workmanlike manner by imaginary personnel.",
    "Either party may terminate this Agreement for convenience upon sixty days written notice to the other.",
    "Total Networks Searched and Total Devices Searched are informational and carry no warranty whatsoever.",
    "Moderation of text prompts is performed by automated means and may be reviewed by the Agency on request.",
    "Confidential information excludes information that is or becomes public through no fault of the recipient.",
)


def letter(path: Path, pages: int = 50, seed: int = 1) -> None:
    """A contract of *pages* pages of prose. It speaks of Search Time, Reason and the rest, and holds no log."""
    ReportlabProducer().print_pages(_PAPER, _prose(random.Random(seed), pages), path)


def memo(path: Path) -> None:
    """One page: a few lines of a memo over a small ruled table of devices."""
    layout = Layout(
        "memo",
        "reportlab",
        (Column("", "Device", 3), Column("", "Location", 6), Column("", "Installed", 3), Column("", "Status", 3)),
        margins=(72.0, 220.0, 72.0, 72.0),
        rules="grid",
        size=10,
        leading=12,
        font="Times-Roman",
    )
    rows = [
        (f"CAM-{number:03d}", f"{town} Rd at Placeholder Ave", f"0{number % 9 + 1}/2025", "active")
        for number, town in enumerate(vocabulary.TOWNS[:8], start=1)
    ]
    producer = ReportlabProducer()
    pages = list(TableDrawing(layout, producer).pages(rows))
    above = (
        "MEMORANDUM",
        "To: Records, Exampleton PD    From: unit 07    Date: December 4, 2025",
        "The following devices were installed in the current year. Search Time and Reason are kept elsewhere.",
    )
    for line, text in enumerate(above):
        pages[0].texts.append(TextRun(72, 90 + 30 * line, text, "Times-Roman", 11))
    producer.print_pages(layout, pages, path)


def sharing_list(path: Path, organizations: int = 200, seed: int = 1) -> list[ExpectedRow]:
    """A print of a sharing list: three unruled columns, the middle one wraps."""
    layout = Layout(
        "sharing-list",
        "fpdf2",
        (
            Column("", "Organization Name", 10),
            Column("", "Networks Shared With Me", 12),
            Column("", "Networks I'm Sharing", 10),
        ),
        font="Vera",
        size=8,
        leading=10,
        rules="none",
        is_header_bold=True,
        footer="{page}/{pages}",
    )
    rng = random.Random(seed)
    rows = []
    for _ in range(organizations):
        town, state = rng.choice(vocabulary.TOWNS), rng.choice(vocabulary.STATES)
        name = rng.choice(vocabulary.AGENCY_FORMS).format(town=town, state=state)
        networks = ", ".join(f"{town} {part} Network" for part in rng.sample(("North", "South", "Mall", "I-0"), 2))
        rows.append((name, networks if rng.random() < 0.6 else name, name if rng.random() < 0.5 else ""))
    producer = producer_of(layout)
    drawing = TableDrawing(layout, producer)
    producer.print_pages(layout, drawing.pages(rows), path)
    return drawing.rows


def encrypted(path: Path, password: str = "exampleton", rows: int = 30) -> list[ExpectedRow]:
    """A log that opens with *password* only; the rows are what must come out once it is known."""
    producer = ReportlabProducer(password)
    drawing = TableDrawing(RULED, producer)
    producer.print_pages(RULED, drawing.pages(row_texts(RULED, entries(11, rows, RULED.content))), path)
    return drawing.rows


def truncated(path: Path, layout: Layout = RULED, rows: int = 60, kept: float = 0.6) -> None:
    """A log of which the first *kept* of the bytes arrived."""
    producer = producer_of(layout)
    drawing = TableDrawing(layout, producer)
    producer.print_pages(layout, drawing.pages(row_texts(layout, entries(12, rows, layout.content))), path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])


def empty(path: Path) -> None:
    """No bytes at all."""
    path.write_bytes(b"")


def picture(path: Path) -> None:
    """A PNG, whatever the name of *path* says."""
    image = Image.new("RGB", (640, 400), "white")
    ImageDraw.Draw(image).text((40, 40), "Hotlists Alerted On (invented)", fill="black")
    image.save(path, format="PNG")


def _prose(rng: random.Random, pages: int) -> Iterator[DrawnPage]:
    producer = ReportlabProducer()
    ruler = Ruler(_PAPER.font, _PAPER.size, producer.char_width, producer.can_print)
    left, top, right, bottom = _PAPER.margins
    section = 0
    for number in range(1, pages + 1):
        page = DrawnPage(number)
        y = top
        if number == 1:
            page.texts.append(TextRun(left, y, "AGREEMENT FOR INVENTED CAMERA SERVICES", "Times-Bold", 14))
            y += 30
        while y < _PAPER.paper[1] - bottom - 6 * _PAPER.leading:
            section += 1
            text = f"{section}. " + " ".join(rng.sample(_CLAUSES, 3))
            for line in ruler.wrap(text, _PAPER.paper[0] - left - right, breaks_at_hyphens=True):
                page.texts.append(TextRun(left, y, line, ruler.font, ruler.size))
                y += _PAPER.leading
            y += _PAPER.leading
        page.texts.append(TextRun(280, _PAPER.paper[1] - 40, f"Page {number} of {pages}", "Times-Roman", 9))
        yield page
