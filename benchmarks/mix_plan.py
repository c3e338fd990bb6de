"""A seed and a number -> one print of a log with every option chosen at random, such that a person could read it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from benchmarks.mix_cells import CellMix, cell_mix
from benchmarks.mix_columns import columns_of
from samples.layout import A4, LEDGER, LEGAL, LETTER, Layout

Program = Literal["reportlab", "fpdf2", "platypus", "chromium", "calc"]
PROGRAMS: tuple[Program, ...] = ("reportlab", "fpdf2", "platypus", "chromium", "calc")

_TITLES = ("Organization Audit", "Network Audit Report - Port Sample TX ISD PD", "Search history, 11/2025", "Audit")
_FEET = (
    "Page {page} of {pages}",
    "Page {page}",
    "{page}",
    "- {page} -",
    "{page}/{pages}",
    "Printed 12/04/2025    {page}",
)
_RUNNING = ("PUBLIC RECORDS RESPONSE - INVENTED FOR TESTING", "Exampleton County - Search Audit", "Confidential")
_STAMPS = ("RELEASED", "COPY", "PUBLIC RECORD", "Request 25-0117")


@dataclass(frozen=True, slots=True)
class Mix:
    """One print, declared."""

    name: str
    program: Program
    layout: Layout
    cells: CellMix
    rows: int
    seed: int
    lower: int = 0
    """How many of the columns, the last ones, stand in a second printed line of each row."""
    group_by: str | None = None
    """The field whose value is printed as a title above the rows that share it."""
    has_dashes: bool = False
    """A line of dashes under each label, as typewritten reports have."""
    total: str | None = None
    stamp: str | None = None
    stamp_angle: float = 0.0
    covers: int = 0
    """How many cells a black box is painted over."""
    is_form: bool = False
    """Every page's content is one Form XObject."""
    turn: Literal[0, 90, 180, 270] = 0
    """How a finished print is turned by ``/Rotate``, for programs that print upright only."""
    has_letter: bool = False
    repeats_header: bool = True
    splits_rows: bool = False
    tail: Mix | None = None
    """Another log behind this one in the same file."""
    options: dict[str, str] = field(default_factory=dict)
    """What was chosen, by name of the option: for tables of how each fares."""


def plan(seed: int, number: int, programs: tuple[Program, ...], has_tail: bool = True) -> Mix:
    """The mix number *number* of *seed*, of one of *programs*. The same arguments give the same mix."""
    rng = random.Random(f"recordtrail-mix-{seed}-{number}-{has_tail}")
    program = rng.choice(programs)
    cells = cell_mix(rng)
    columns, kind = columns_of(rng, cells)
    size = round(rng.choice((4.5, 5, 5.5, 6, 6.5, 7, 7, 7.5, 8, 9, 10, 12, 14)), 1)
    layout = _layout(rng, f"mix-{seed}-{number}", program, columns, size)
    mix = Mix(layout.name, program, layout, cells, rng.randrange(40, 110), rng.randrange(10**6))
    mix = _extras(rng, mix)
    if has_tail and rng.random() < 0.12:
        mix = replace(mix, tail=plan(seed, number, (program,), has_tail=False))
    return replace(mix, options=_options(mix, kind))


def _layout(rng: random.Random, name: str, program: Program, columns: Any, size: float) -> Layout:
    paper = rng.choice((LETTER, LETTER, LEGAL, A4, LEDGER))
    if rng.random() < 0.7 or len(columns) > 8:
        paper = paper[::-1]
    is_canvas = program in ("reportlab", "fpdf2")
    if program in ("chromium", "calc"):  # these are told letter only
        paper = LETTER if paper[0] < paper[1] else LETTER[::-1]
    rules = _pick(rng, {"grid": 4, "none": 5, "horizontal": 2, "vertical": 1, "header": 1})
    header = _pick(rng, {"every": 5, "first": 4, "none": 0.6})
    margins = [rng.choice((14.0, 24.0, 36.0, 36.0, 50.0, 72.0)) for _ in range(4)]
    return Layout(
        name,
        "fpdf2" if program == "fpdf2" else "reportlab",
        columns,
        paper=paper,
        rotate=rng.choice((0, 0, 0, 90, 180, 270)) if is_canvas else 0,
        crop_offset=rng.choice(((0.0, 0.0), (0.0, 0.0), (30.0, 18.0))) if is_canvas else (0.0, 0.0),
        margins=(margins[0], margins[1], margins[2], margins[3]),
        font=rng.choice(("Helvetica", "Helvetica", "Times-Roman", "Courier", "Vera")),
        size=size,
        leading=round(size * rng.choice((1.0, 1.1, 1.15, 1.2, 1.2, 1.3, 1.5)), 2),
        pad_x=rng.choice((0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)),
        pad_y=rng.choice((0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)),
        rules=rules,  # type: ignore[arg-type]
        rule_style=rng.choice(("lines", "lines", "thin_fills", "rects")) if rules == "grid" else "lines",
        is_zebra=rng.random() < 0.25,
        header_on=header,  # type: ignore[arg-type]
        header_again_after=rng.randrange(5, 35) if is_canvas and header == "first" and rng.random() < 0.25 else None,
        is_header_bold=rng.random() < 0.6,
        has_header_fill=rng.random() < 0.3,
        align_header=rng.choice((None, "left", "left", "center")),
        header_rows=rng.choice((None, "top", "middle", "bottom")),
        align_rows=_pick(rng, {"top": 4, "middle": 3, "bottom": 2}),  # type: ignore[arg-type]
        splits_rows=rng.random() < 0.4,
        breaks_at_hyphens=rng.random() < 0.6,
        char_spacing=rng.choice((0.0, 0.0, 0.0, 0.0, 0.2, 0.5)) if is_canvas else 0.0,
        row_height=rng.choice((0.0, 0.0, 0.0, size * 4)),
        time_frame_joint=rng.choice(("\n", " to ", " - ", "\n")),
        blank_repeats=rng.choice(((), (), (), (), ("org_name",))) if is_canvas else (),
        title=rng.choice((None, None, *_TITLES)),
        running_title=rng.choice((None, None, None, *_RUNNING)),
        footer=rng.choice((None, None, *_FEET)),
        drawn_by=rng.choice(("line", "line", "word", "glyph")),
        stream_order=rng.choice(("row", "row", "column", "shuffled")),
    )


def _extras(rng: random.Random, mix: Mix) -> Mix:
    layout, is_canvas = mix.layout, mix.program in ("reportlab", "fpdf2")
    if layout.rules in ("none", "header", "vertical") and layout.align_rows != "top":
        # Where nothing parts centred rows but white, a person needs some.
        layout = replace(layout, pad_y=max(layout.pad_y, 0.25 * layout.size))
    if layout.splits_rows or not is_canvas:
        layout = replace(layout, row_height=0.0)
    lower = rng.choice((2, 3)) if is_canvas and len(layout.columns) >= 6 and rng.random() < 0.12 else 0
    if lower:
        layout = replace(layout, rules=rng.choice(("horizontal", "none")), align_rows="top", header_on="every")
        layout = replace(layout, header_again_after=None, blank_repeats=(), pad_y=max(layout.pad_y, 1.0))
        # Labels centred over columns of two widths would stand over each other's values.
        left = tuple(replace(column, align="left") for column in layout.columns)
        layout = replace(layout, columns=left, align_header="left", header_rows="top")
    fields = {column.field for column in layout.columns}
    group = "org_name" if "org_name" in fields and is_canvas and not lower and rng.random() < 0.12 else None
    turn = rng.choice((0, 0, 0, 0, 90, 270)) if not is_canvas else 0
    return replace(
        mix,
        layout=layout,
        lower=lower,
        group_by=group,
        has_dashes=is_canvas and not lower and layout.rules == "none" and rng.random() < 0.15,
        total=rng.choice((None, None, None, None, "Total searches: {rows}", "{rows} records")),
        stamp=rng.choice((None,) * 5 + _STAMPS) if is_canvas else None,
        stamp_angle=rng.choice((0.0, 30.0, 45.0)),
        covers=rng.choice((0, 0, 0, 0, 0, 4)) if is_canvas else 0,
        is_form=rng.random() < 0.15,
        turn=turn,  # type: ignore[arg-type]
        has_letter=rng.random() < 0.12,
        repeats_header=layout.header_on == "every",
        splits_rows=layout.splits_rows,
    )


def _options(mix: Mix, kind: str) -> dict[str, str]:
    layout = mix.layout
    names = (
        "font",
        "size",
        "rules",
        "rule_style",
        "is_zebra",
        "header_on",
        "align_header",
        "header_rows",
        "align_rows",
    )
    names += (
        "splits_rows",
        "breaks_at_hyphens",
        "char_spacing",
        "drawn_by",
        "stream_order",
        "rotate",
        "pad_x",
        "pad_y",
    )
    chosen = {name: str(getattr(layout, name)) for name in names}
    chosen |= {"program": mix.program, "columns": kind, "paper": f"{layout.paper[0]:.0f}x{layout.paper[1]:.0f}"}
    chosen |= {name: str(bool(getattr(mix, name))) for name in ("lower", "group_by", "has_dashes", "total", "stamp")}
    chosen |= {name: str(bool(getattr(mix, name))) for name in ("covers", "is_form", "turn", "has_letter", "tail")}
    chosen |= {name: str(bool(getattr(layout, name))) for name in ("header_again_after", "blank_repeats", "title")}
    chosen |= {name: str(bool(getattr(layout, name))) for name in ("running_title", "footer")}
    chosen["crop"] = str(any(layout.crop_offset))
    return chosen | mix.cells.options()


def _pick(rng: random.Random, weights: dict[str, float]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
