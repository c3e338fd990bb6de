"""Damage done to a drawn log, seeded: what agencies, spreadsheets and careless readers do to records.

A mutation changes the rows before they are printed, or the printed file. What must be read afterwards is what is
printed afterwards.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from samples.content import entries
from samples.expected import ExpectedRow
from samples.layout import Layout, row_texts
from samples.layouts import draw_texts, layout_named
from samples.mutate_pdf import cover, put_picture, rearrange
from samples.pages import DrawnPage, TextRun

LAYOUTS = (
    "ruled", "sheet", "tight-unruled", "monthly-dense", "early-portrait-zebra", "removed-columns-rotate-270",
    "rotated-and-cropped", "widest-bottom-unruled", "five-columns-no-id", "split-unruled", "upside-down",
    "portal-lower-case", "centred-numbers", "grouped-blanks",
)  # fmt: skip
ROWS = 60
"""More than the 40 that must be seen before anything is said of an empty cell."""

_FULL = 40
"""Texts on a page that is worth damaging."""

Rows = list[list[str]]
RowMutation = Callable[[random.Random, Layout, Rows], Rows]


@dataclass(frozen=True, slots=True)
class Mutated:
    """A damaged print and what is printed on it; *rows* is None where no rows can be told in advance."""

    path: Path
    rows: list[ExpectedRow] | None


def undamaged(name: str, folder: Path, seed: int) -> Mutated:
    """The print before anything is done to it."""
    layout = layout_named(name)
    path = folder / f"{name}-{seed}.pdf"
    return Mutated(path, draw_texts(layout, _texts(layout, seed), path))


def mutate(kind: str, seed: int, folder: Path) -> Mutated:
    """One mutation of *kind*, in the layout that the seed chooses. The same seed gives the same bytes."""
    layout = layout_named(layout_of(kind, seed))
    rng = random.Random(f"{kind}-{seed}")
    texts, path = _texts(layout, seed), folder / f"{kind}-{seed}.pdf"
    if kind in ROW_MUTATIONS:
        return Mutated(path, draw_texts(layout, ROW_MUTATIONS[kind](rng, layout, texts), path))
    if kind in TOTAL_MUTATIONS:
        layout = replace(layout, title=f"Total: {len(texts)}", footer=None)
        return Mutated(path, draw_texts(layout, TOTAL_MUTATIONS[kind](rng, layout, texts), path))
    if kind in _WORD_MUTATIONS:
        return _hide(kind, rng, layout, texts, path)
    rows = draw_texts(layout, texts, path)
    return Mutated(path, rearrange(kind, rng, path, rows))


def layout_of(kind: str, seed: int) -> str:
    """The name of the layout that a seed chooses; pages are torn apart only where no row goes on over a break."""
    name = LAYOUTS[seed % len(LAYOUTS)]
    is_whole = kind not in _PAGE_MUTATIONS or not layout_named(name).splits_rows
    return name if is_whole else LAYOUTS[(seed + 1) % len(LAYOUTS)]


def _texts(layout: Layout, seed: int) -> Rows:
    return [list(row) for row in row_texts(layout, entries(seed, ROWS, layout.content))]


def _drop_row(rng: random.Random, layout: Layout, rows: Rows) -> Rows:
    at = rng.randrange(1, len(rows) - 1)
    return rows[:at] + rows[at + 1 :]


def _duplicate_row(rng: random.Random, layout: Layout, rows: Rows) -> Rows:
    at = rng.randrange(len(rows))
    return rows[: at + 1] + rows[at:]


def _duplicate_changed(rng: random.Random, layout: Layout, rows: Rows) -> Rows:
    at = rng.randrange(len(rows))
    twin = list(rows[at])
    column = next(j for j, c in enumerate(layout.columns) if c.field in ("reason", "org_name", "search_type"))
    twin[column] = "changed"
    return [*rows[: at + 1], twin, *rows[at + 1 :]]


def _move_row(rng: random.Random, layout: Layout, rows: Rows) -> Rows:
    at = rng.randrange(5, len(rows) - 5)
    to = rng.choice([k for k in range(len(rows) - 1) if abs(k - at) > 2])
    rest = rows[:at] + rows[at + 1 :]
    return [*rest[:to], rows[at], *rest[to:]]


def _shift(rows: Rows, begin: int, count: int, column: int, step: int) -> Rows:
    made = [list(row) for row in rows]
    for i in range(begin, min(begin + count, len(rows))):
        row = rows[i]
        if step > 0:
            made[i] = [*row[:column], "", *row[column:-1]]
        else:
            made[i] = [*row[:column], *row[column + 1 :], ""]
    return made


def _shift_range(rng: random.Random, layout: Layout, rows: Rows) -> Rows:
    count, column = rng.randrange(3, 12), rng.randrange(len(layout.columns) - 1)
    return _shift(rows, rng.randrange(2, len(rows) - 14), count, column, rng.choice((1, -1)))


def _swap_cells(rng: random.Random, layout: Layout, rows: Rows) -> Rows:
    typed = {"id", "total_networks_searched", "total_devices_searched", "time_frame", "search_time", "search_date"}
    kinds = {"total_devices_searched": "count", "total_networks_searched": "count"}
    at = rng.randrange(len(rows))
    columns = [j for j, c in enumerate(layout.columns) if c.field in typed and rows[at][j]]
    one = rng.choice(columns)
    kind = kinds.get(layout.columns[one].field, layout.columns[one].field)
    others = [
        j for j, c in enumerate(layout.columns) if kinds.get(c.field, c.field) != kind and rows[at][j] and j != one
    ]
    two = rng.choice(others)
    made = [list(row) for row in rows]
    made[at][one], made[at][two] = made[at][two], made[at][one]
    return made


def _cut_digit(rng: random.Random, layout: Layout, rows: Rows) -> Rows:
    at = rng.randrange(len(rows))
    columns = [j for j, c in enumerate(layout.columns) if c.field in ("id", "search_time", "search_date")]
    column = rng.choice(columns)
    text = rows[at][column]
    digit = rng.choice([k for k, letter in enumerate(text) if letter.isalnum()])
    made = [list(row) for row in rows]
    made[at][column] = text[:digit] + text[digit + 1 :]
    return made


def _blank_cell(rng: random.Random, layout: Layout, rows: Rows) -> Rows:
    at = rng.randrange(len(rows))
    columns = [j for j, c in enumerate(layout.columns) if c.field in ("id", "search_time", "search_date")]
    made = [list(row) for row in rows]
    made[at][rng.choice(columns)] = ""
    return made


ROW_MUTATIONS: dict[str, RowMutation] = {
    "drop_row": _drop_row,
    "duplicate_row": _duplicate_row,
    "duplicate_changed": _duplicate_changed,
    "move_row": _move_row,
    "shift_range": _shift_range,
    "swap_cells": _swap_cells,
    "cut_digit": _cut_digit,
    "blank_cell": _blank_cell,
}
TOTAL_MUTATIONS: dict[str, RowMutation] = {"drop_row_under_total": _drop_row}
_WORD_MUTATIONS = ("cover_word", "cover_word_white", "word_as_picture")
_PAGE_MUTATIONS = ("drop_page", "drop_last_page", "repeat_page", "swap_pages")
KINDS = (*ROW_MUTATIONS, *TOTAL_MUTATIONS, *_WORD_MUTATIONS, *_PAGE_MUTATIONS)
"""Every kind of mutation, in the order of the table."""


def _hide(kind: str, rng: random.Random, layout: Layout, texts: Rows, path: Path) -> Mutated:
    """Cover one printed text, or print it as a picture instead of a text."""
    chosen: list[tuple[int, TextRun]] = []

    def choose(pages: Iterable[DrawnPage]) -> Iterator[DrawnPage]:
        drawn: Sequence[DrawnPage] = list(pages)
        page = rng.choice([page for page in drawn if len(page.texts) >= _FULL])
        shortest = 1 if layout.drawn_by == "glyph" else 3
        body = [run for run in page.texts if run.column < len(layout.columns) and len(run.text) >= shortest]
        run = rng.choice(body[len(body) // 2 :])  # not the header's
        chosen.append((page.number, run))
        if kind == "word_as_picture":
            page.texts.remove(run)
        yield from drawn

    draw_texts(layout, texts, path, choose)
    number, run = chosen[0]
    if kind == "word_as_picture":
        put_picture(path, number, run)
    else:
        cover(path, number, run, grey=0 if kind == "cover_word" else 255)
    return Mutated(path, None)
