"""Mixed prints are the same for the same seed, and hold the rows they say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from benchmarks.accuracy import Extracted
from benchmarks.mix_cells import read_real, rows_of
from benchmarks.mix_draw import draw_mix, fitted
from benchmarks.mix_plan import Mix, Program, plan
from benchmarks.mix_score import score_mix
from samples.columns import FRAME, ID

LIBRARIES: tuple[Program, ...] = ("reportlab", "fpdf2", "platypus")


def small(number: int) -> Mix:
    return replace(plan(5, number, LIBRARIES), rows=8, tail=None)


def glyphs_of(path: Path) -> Counter[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return Counter(char for page in pdf for char in page.get_textpage().get_text_range() if char.isalnum())


@pytest.mark.parametrize("number", [1, 3, 4])
def test_a_mix_draws_the_rows_it_says(number: int, tmp_path: Path) -> None:
    drawn = draw_mix(small(number), tmp_path / "mix.pdf", [])
    missing = Counter("".join(cell for row in drawn.rows for cell in row.cells))
    missing.subtract(glyphs_of(drawn.path))
    assert len(drawn.rows) >= 8
    assert not [char for char, count in missing.items() if char.isalnum() and count > 0]


def test_a_seed_gives_one_mix_and_the_same_bytes(tmp_path: Path) -> None:
    assert plan(5, 9, LIBRARIES) == plan(5, 9, LIBRARIES) != plan(6, 9, LIBRARIES)
    mix = replace(small(2), is_form=False, has_letter=False, covers=0, turn=0)
    one, other = (draw_mix(mix, tmp_path / name, []) for name in ("one.pdf", "other.pdf"))
    assert one.rows == other.rows
    assert glyphs_of(one.path) == glyphs_of(other.path)


def test_every_option_is_chosen_now_and_then() -> None:
    chosen = Counter(pair for number in range(150) for pair in plan(1, number, LIBRARIES).options.items())
    for name in (
        "lower",
        "group_by",
        "has_dashes",
        "covers",
        "is_form",
        "has_letter",
        "tail",
        "redacted",
        "missing_ids",
    ):
        assert chosen[name, "True"] and chosen[name, "False"], name
    assert {value for name, value in chosen if name == "header_on"} == {"first", "every", "none"}


def test_columns_get_the_width_that_a_person_needs() -> None:
    for number in range(12):
        mix = fitted(plan(7, number, LIBRARIES))
        assert mix == fitted(mix)


def test_rows_of_a_file_are_printed_where_it_has_them(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("ID,Time Frame Start,Time Frame End,Reason\nabc,one,two,theft of a car\n", encoding="utf-8")
    [row] = read_real(path)
    assert (row.id, row.time_frame, row.reason, row.name) == ("abc", "one\ntwo", "theft of a car", "")
    mix = small(1)
    cells = replace(mix.cells, redacted=None, constant=None, blank=None, long_tokens=0.0, missing_ids=0.0, repeats=0.0)
    layout = replace(mix.layout, columns=(ID, FRAME), time_frame_joint=" to ")
    assert rows_of(cells, layout, 3, 1, [row]) == [("abc", "one to two")]


def test_what_is_wrong_is_told_with_its_reason(tmp_path: Path) -> None:
    mix = replace(small(4), covers=0)
    drawn = draw_mix(mix, tmp_path / "mix.pdf", [])
    labels: list[str | None] = list(mix.layout.header) or [None] * len(mix.layout.columns)
    rows = [
        {"page_number": 1, "row_number": n, "segment_ordinal": 1}
        | {f"text_{k}": text for k, text in enumerate(r.cells)}
        for n, r in enumerate(drawn.rows, 1)
    ]
    assert score_mix(drawn, Extracted(rows, {1: labels}, [], [], set())).is_clean
    first = next(k for k, text in enumerate(drawn.rows[1].cells) if text)
    wrong = [*rows[:1], rows[1] | {f"text_{first}": "something else"}, *rows[2:-1]]
    score = score_mix(drawn, Extracted(wrong, {1: labels}, [], [], set()))
    assert score.counts["found"] == len(rows) - 1
    assert score.counts["silent"] == 1
    assert score.reasons["lost"] == 1
