"""The text of a file, printed: fields parted by signs become cells, and a line that is no record gives no row."""

from __future__ import annotations

import pytest

from extractors.delimited import find_delimited
from extractors.delimited_fields import parse
from extractors.fit_log import fit_from
from extractors.folded import Fold
from extractors.layout import layout_page
from extractors.page_text import page_lines
from extractors.sample import SamplePage
from extractors.unfold import unfold, unfolded_headers
from tests.unit.typed_pages import TypedPage, cells_of, uuid_of

LABELS = ("ID", "Org Name", "Reason", "Search Time", "Total Networks Searched")
TIME = "11/02/2025, 04:05:06 PM UTC"


def typed(lines: list[str], width: float = 1200.0) -> TypedPage:
    return TypedPage(width=width).stack(20, 40, lines, 10.0)


def record(k: int, sign: str = ",", reason: str = "theft", time: str = TIME) -> str:
    return sign.join((uuid_of(k), "Fakeville PD", reason, f'"{time}"', str(k + 3)))


def rows_of(page: TypedPage) -> list[list[str]]:
    content = page.content
    told = find_delimited([page_lines(content)])
    assert told is not None
    fold = Fold(content.width, (), False, delimited=told)
    unfolded = unfold(content, fold)
    assert unfolded.glyph_count == content.glyph_count
    sample = SamplePage(unfolded, unfolded_headers(unfolded, content, fold))
    model = fit_from(sample.headers[0], 1, [sample])
    assert model is not None
    return cells_of(layout_page(unfolded, model))


@pytest.mark.parametrize("sign", [",", ";", "|"])
def test_fields_between_signs_are_cells(sign: str) -> None:
    lines = [sign.join(LABELS), *(record(k, sign) for k in range(8))]
    assert rows_of(typed(lines)) == [[uuid_of(k), "Fakeville PD", "theft", TIME, str(k + 3)] for k in range(8)]


def test_a_sign_and_a_quote_in_a_quoted_field_are_text() -> None:
    lines = [",".join(LABELS), *(record(k, reason='"so called ""bait"" car, red"') for k in range(8))]
    assert rows_of(typed(lines))[3][2] == 'so called "bait" car, red'


def test_a_blank_field_is_a_blank_cell() -> None:
    lines = [",".join(LABELS), *(record(k, reason="" if k == 2 else "theft") for k in range(8))]
    assert [row[2] for row in rows_of(typed(lines))][1:4] == ["theft", "", "theft"]


def test_lines_that_the_page_wraps_go_on_with_their_record() -> None:
    whole = [",".join(LABELS), *(record(k) for k in range(8))]
    lines = [line[a : a + 60] for line in whole for a in range(0, len(line), 60)]
    rows = rows_of(typed(lines))
    assert [row[0] for row in rows] == [uuid_of(k) for k in range(8)]
    assert ["".join(row[3].replace("|", "").split()) for row in rows] == ["".join(TIME.split())] * 8


OTHERS = (record(5).rsplit(",", 1)[0], record(5) + ",7", record(5, time="lookup").replace("8", "x"))


@pytest.mark.parametrize("line", OTHERS)
def test_a_line_with_other_fields_is_no_row(line: str) -> None:
    lines = [",".join(LABELS), *(record(k) for k in range(30))]
    lines[6] = line
    assert [row[0] for row in rows_of(typed(lines))] == [uuid_of(k) for k in range(30) if k != 5]


def test_a_line_that_the_page_may_have_cut_is_no_row() -> None:
    lines = [",".join(LABELS), *(record(k, reason="a stolen car" if k == 5 else "theft") for k in range(30))]
    page = typed(lines)
    page.width = float(page.content.glyphs.x1.max()) + 0.5
    assert [row[0] for row in rows_of(page)] == [uuid_of(k) for k in range(30) if k != 5]


@pytest.mark.parametrize(
    "lines",
    [
        ["Name,Unit,Date,Phone", *(f"jdoe,3,{TIME},x" for _ in range(8))],
        [",".join(LABELS), *("Moved, seconded, and carried, that the minutes, as read, be approved" for _ in range(8))],
    ],
)
def test_other_text_with_commas_is_no_log(lines: list[str]) -> None:
    assert find_delimited([page_lines(typed(lines).content)]) is None


def test_text_behind_a_closed_quote_is_no_field() -> None:
    lines = page_lines(typed(['a,"b"c,d']).content)
    assert parse(lines, ",") is None
