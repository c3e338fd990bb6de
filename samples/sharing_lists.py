"""Synthetic sharing lists: who shares with whom, in the layouts that agencies print them in."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from samples import vocabulary
from samples.draw_table import TableDrawing
from samples.expected import ExpectedRow
from samples.layout import Column, Layout
from samples.layouts import producer_of

ORGANIZATION, WITH_ME, TO = "Organization Name", "Networks Shared With Me", "Networks I'm Sharing"
OWNER = "Exampleton FL PD"
"""Whose list it is: what stands in the last column."""

SPREADSHEET = Layout(
    "sharing-spreadsheet",
    "reportlab",
    (Column("", ORGANIZATION, 10), Column("", WITH_ME, 12), Column("", TO, 8)),
    paper=(792.0, 612.0),
    size=9,
    leading=12,
    pad_y=0,
    align_rows="bottom",
    is_header_bold=False,
)
"""As a spreadsheet prints it: no rules, header on the first page, rows as close as lines, cells at the bottom."""
BROWSER = replace(
    SPREADSHEET, name="sharing-browser", rules="grid", pad_y=3, align_rows="middle", header_on="every",
    title="Shared Networks", footer="Page {page} of {pages}", splits_rows=True,
)  # fmt: skip
SPACED = replace(SPREADSHEET, name="sharing-spaced", producer="fpdf2", font="Vera", size=8, pad_y=3, align_rows="top")
REORDERED = replace(SPREADSHEET, name="sharing-reordered", columns=tuple(SPREADSHEET.columns[i] for i in (2, 0, 1)))
NAMES = replace(
    SPREADSHEET, name="sharing-names", columns=(Column("", "Organizations granted access", 10),), align_rows="top"
)
"""Names only, under a heading that tells the direction."""

_LONG = (
    "Greater {town} Multi-Jurisdictional Auto Theft Task Force ({state})",
    "University of {town} at Port Sample Campus {state} PD",
)
_NETWORKS = (
    "PD (Flex)",
    "PD",
    "Mall (Condor)",
    "PD - Wing",
    "Estates HOA LLC",
    "SO (LR)",
    "North Network",
    "I-0 Corridor",
)


def organizations(count: int, seed: int = 1) -> list[tuple[str, str, str]]:
    """Rows: name, networks shared with the owner, networks the owner shares; at least one of the two is filled."""
    rng = random.Random(seed)
    rows = []
    for _ in range(count):
        town, state = rng.choice(vocabulary.TOWNS), rng.choice(vocabulary.STATES)
        form = rng.choice(_LONG if rng.random() < 0.1 else vocabulary.AGENCY_FORMS)
        networks = [f"{town} {state} {network}" for network in rng.sample(_NETWORKS, rng.choice((1, 1, 1, 2, 3, 6)))]
        with_me = ",".join(networks) if rng.random() < 0.7 else ""
        to = OWNER if rng.random() < 0.6 or not with_me else ""
        rows.append((form.format(town=town, state=state), with_me, to))
    return rows


def draw_sharing(layout: Layout, rows: list[tuple[str, ...]], path: Path) -> list[ExpectedRow]:
    """Print *rows*, whose cells are in the order of the layout's columns; the rows as drawn."""
    producer = producer_of(layout)
    drawing = TableDrawing(layout, producer)
    producer.print_pages(layout, drawing.pages(rows), path)
    return drawing.rows
