"""The text of a file, printed: fields parted by signs become cells, and a line that is no record gives no row."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import numpy as np
import pytest

from extractors.batch import put_together
from extractors.delimited import find_delimited
from extractors.delimited_fields import parse
from extractors.delimited_records import records
from extractors.delimited_told import Record
from extractors.fit_log import fit_from
from extractors.folded import Fold
from extractors.layout import layout_page
from extractors.model import TableModel
from extractors.page_text import page_lines
from extractors.sample import SamplePage
from extractors.unfold import unfold, unfolded_headers
from extractors.unfold_delimited import flowing_model
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


NAMED = ("Name", "Time Frame", "Reason", "Search Time", "Search Type")
FRAME = "11/02/2025, 04:05:06 PM UTC\n11/03/2025, 04:05:06 PM UTC"


def named(k: int) -> str:
    """A record that begins with a name, and whose second field goes over two lines."""
    return f'J. Doe{k},"{FRAME}",{"a stolen car " * (k % 3)}theft,"{TIME}",lookup'


def wrapped(texts: list[str], width: int, is_cut: bool = True) -> list[str]:
    """The lines of a text, as an editor that cuts them, or breaks them at spaces, prints them."""
    lines = [line for text in texts for line in text.split("\n")]
    if is_cut:
        return [line[a : a + width] for line in lines for a in range(0, len(line), width)]
    return [part for line in lines for part in textwrap.wrap(line, width, break_on_hyphens=False)]


def named_pages(lines: list[str], size: int) -> list[list[Record]]:
    """The records of *lines*, printed on pages of *size* lines."""
    pages = [page_lines(typed(lines[a : a + size]).content) for a in range(0, len(lines), size)]
    told = find_delimited(pages)
    assert told is not None
    return [list(records(page, told)) for page in pages]


@pytest.mark.parametrize("is_cut", [True, False])
@pytest.mark.parametrize("width", [44, 60, 93])
def test_records_that_begin_with_a_name_end_by_their_fields(width: int, is_cut: bool) -> None:
    lines = wrapped([",".join(NAMED), *map(named, range(20))], width, is_cut)
    (found,) = named_pages(lines, 999)
    texts = [["".join(text.split()) for text in record.parsed.texts] for record in found if not record.is_header]
    wanted = [[f"J.Doe{k}", FRAME, "a stolen car " * (k % 3) + "theft", TIME, "lookup"] for k in range(20)]
    assert texts == [["".join(text.split()) for text in record] for record in wanted]


@pytest.mark.parametrize("size", range(21, 27))
def test_a_page_break_cuts_a_record_that_begins_with_a_name(size: int) -> None:
    pages = named_pages(wrapped([",".join(NAMED), *map(named, range(20))], 60), size)
    whole = sum(not record.is_header for page in pages for record in page)
    cut = [(page[-1], after[0]) for page, after in pairwise(pages) if after[0].is_piece]
    assert all(above.is_piece and not above.before for above, _ in cut)
    assert whole - len(cut) == 20
    assert all(len(a.parsed.texts) + len(b.parsed.texts) in (len(NAMED), len(NAMED) + 1) for a, b in cut)


def test_a_line_below_one_that_is_not_full_is_of_no_record() -> None:
    lines = wrapped([",".join(NAMED), *map(named, range(20))], 60)
    at = next(k for k, line in enumerate(lines) if k > 20 and line.endswith("lookup"))
    (found,) = named_pages([*lines[: at + 1], "Confidential", *lines[at + 1 :]], 999)
    assert at + 1 not in {k for record in found for k in range(record.first, record.end)}
    assert sum(not record.is_header for record in found) == 20


def test_words_of_a_text_that_is_cut_anywhere_have_no_space_where_it_is() -> None:
    reasons = ["a car that was seen twice" + "!" * k for k in range(20)]
    page = typed(
        wrapped([",".join(LABELS), *(record(k, reason=reason) for k, reason in enumerate(reasons))], 60)
    ).content
    told = find_delimited([page_lines(page)])
    assert told is not None and told.flow is not None and told.flow.is_cut
    fold = Fold(page.width, (), False, delimited=told)
    unfolded = unfold(page, fold)
    headers = unfolded_headers(unfolded, page, fold)
    model = fit_from(headers[0], 1, [SamplePage(unfolded, headers)])
    assert model is not None
    model = TableModel.from_json(flowing_model(model, told, page.width).to_json())
    texts = put_together([layout_page(unfolded, model).grid], [np.arange(20)], 20, model).texts
    assert texts[2].to_pylist() == reasons
