"""Lists of organizations on pictures: from lines with places to rows, without a reader."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.pictures.organizations import OrganizationPage, find_organizations
from extractors.pictures.read_page import PagePicture, Reading, ReadPicture, TextLine, Word
from records.marks import Agreement
from records.organization_names import is_like_organization, is_whole_organization
from records.parts import READING_COLUMNS, SHARING_COLUMNS

NAMES = ["Exampleton ID SO", "Mock Harbor OR PD", "City of Port Sample (UT)", "Home Sample Mart", "OR - Fakeville PD"]
HINT = "Expand this section for more details"


def line(text: str, x: float, y: float, agreement: Agreement = Agreement.BOTH, other: str | None = None) -> TextLine:
    box = (x, y, x + 8.0 * len(text), y + 14.0)
    at, words = x, []
    for word in text.split():
        words.append(Word(word, (at, y, at + 8.0 * len(word), y + 14.0)))
        at += 8.0 * (len(word) + 1)
    readings = [Reading("rapidocr", text, 0.99, box)]
    readings += [Reading("tesseract", other or text, 0.9, box)] if agreement is not Agreement.ONE else []
    return TextLine(text, box, tuple(words), agreement, tuple(readings))


def screen(*lines: TextLine, height: int = 900) -> ReadPicture:
    pixels = np.full((height, 1600, 3), 255, np.uint8)
    picture = PagePicture(1, pixels, 800.0, height / 2, np.array([[0.5, 0.0, 0.0], [0.0, 0.5, 0.0]]))
    return ReadPicture(picture, tuple(lines), ("rapidocr", "tesseract"))


def rows(names: list[str], top: float = 40.0) -> list[TextLine]:
    return [
        piece
        for k, name in enumerate(names)
        for piece in (line("V", 20, top + 90 * k + 3), line(name, 60, top + 90 * k), line(HINT, 900, top + 90 * k))
    ]


def found(*lines: TextLine) -> OrganizationPage:
    page = find_organizations(screen(*lines))
    assert page is not None
    return page


def test_every_row_is_an_organization_also_an_odd_one() -> None:
    page = found(*rows(NAMES))
    assert [row.organization for row in page.rows] == NAMES
    assert page.left == [] and page.issues == []
    assert {piece.text for piece in page.furniture} == {"V", HINT}


def test_an_arrow_read_as_a_letter_before_the_name_is_taken_off_but_kept_in_the_readings() -> None:
    page = found(*[line(f"V {name}", 40, 40 + 90 * k) for k, name in enumerate(NAMES)])
    assert [row.organization for row in page.rows] == NAMES
    assert [row.name[0].readings[0].text for row in page.rows] == [f"V {name}" for name in NAMES]
    assert page.rows[0].name[0].box[0] == 56


def test_readers_that_differ_are_an_issue_of_their_row() -> None:
    differing = line("Mock Harbor OR PD", 60, 130, Agreement.DIFFER, "Mock Harbor OR PO")
    lines = [piece for piece in rows(NAMES) if piece.text != "Mock Harbor OR PD"]
    page = found(*lines, differing, line("Testborough TX SO", 60, 490, Agreement.ONE))
    told = {issue.row_number: issue for issue in page.issues}
    assert [issue.code for issue in page.issues] == ["readers_differ"] * 2
    assert set(told) == {2, 6} and "Mock Harbor OR PO" in (told[2].seen_text or "")


def test_a_row_cut_by_the_edge_is_named_and_is_no_organization() -> None:
    sliver = TextLine("Lovver Sarnple", (60, 894, 170, 900), (), Agreement.DIFFER, ())
    page = found(*rows(NAMES), sliver)
    assert [row.organization for row in page.rows] == NAMES
    assert [(issue.code, issue.row_number, issue.seen_text) for issue in page.issues] == [
        ("cut_at_edge", None, "Lovver Sarnple")
    ]
    assert sliver in page.left


def test_headings_tell_which_networks_stand_beside_a_name() -> None:
    printed = {"Organization Name": 60, "Networks Shared With Me": 500, "Networks I'm Sharing": 1000}
    heads = [line(text, x, 5) for text, x in printed.items()]
    names = ["Exampleton ID SO", "Mock Harbor OR PD"]
    body = [line(name, 60, 40 + 60 * k) for k, name in enumerate(names)]
    page = found(*heads, *body, line("Exampleton ID SO (Flex)", 500, 40), line("Fixture Lake GA PD", 1000, 100))
    stored = page.found(screen().picture, ("rapidocr", "tesseract")).organizations
    assert [row[2:6] for row in stored] == [
        ("Exampleton ID SO", "Exampleton ID SO (Flex)", None, "shared_with_me"),
        ("Mock Harbor OR PD", None, "Fixture Lake GA PD", "sharing_to"),
    ]


@pytest.mark.parametrize(
    ("headings", "direction"),
    [
        (["Networks shared with me"], "shared_with_me"),
        (["Shared with me", "Networks I'm sharing"], "unknown"),
        ([], "unknown"),
    ],
)
def test_one_heading_over_the_list_tells_the_direction(headings: list[str], direction: str) -> None:
    page = found(*[line(text, 700, 5 + 20 * k) for k, text in enumerate(headings)], *rows(NAMES, 60))
    assert str(page.direction) == direction


def test_an_opened_row_gives_its_networks_where_a_label_tells_them() -> None:
    label, network = line("Networks I'm sharing:", 120, 160), line("Exampleton Mall", 120, 185)
    page = found(*rows(NAMES), label, network)
    assert page.rows[1].text(2) == "Exampleton Mall" and label in page.left
    assert [row.text(2) for k, row in enumerate(page.rows) if k != 1] == [None] * 4


def test_every_line_is_accounted_for_and_stored_in_points() -> None:
    page = found(*rows(NAMES), line("Exampleton PD", 700, 5))
    stored = page.found(screen().picture, ("rapidocr", "tesseract"))
    assert stored.seen == stored.used + sum(piece.glyph_count for piece in stored.outside)
    assert all(len(row) == len(SHARING_COLUMNS) - 1 for row in stored.organizations)
    assert all(len(row) == len(READING_COLUMNS) for row in stored.readings)
    assert stored.organizations[0][8:12] == (30.0, 20.0, 30.0 + 4 * len(NAMES[0]), 27.0)


@pytest.mark.parametrize(
    "texts",
    [
        ["Stolen Vehicle", "Stolen Plate", "Missing Person", "Sex Offender", "Violent Person"],
        ["We write in answer to your request of May 5.", "The records are attached to this letter.", "Sincerely,"],
        ["Mock Harbor OR PD", "Settings", "Save", "Help"],
    ],
    ids=["hotlist", "letter", "menu"],
)
def test_what_is_no_list_is_none(texts: list[str]) -> None:
    assert find_organizations(screen(*[line(text, 60, 40 + 40 * k) for k, text in enumerate(texts)])) is None


def test_a_log_with_a_column_of_organizations_is_no_sharing_list() -> None:
    lines = [
        line(text, x, 40 + 40 * k)
        for k, name in enumerate(NAMES)
        for text, x in ((f"3f2c{k}", 20), (name, 200), (f"11/0{k + 1}/2025", 700))
    ]
    assert find_organizations(screen(*lines)) is None


@pytest.mark.parametrize(
    ("name", "like", "whole"),
    [
        ("Exampleton IL PD", True, True),
        ("[Federal] US Sample Patrol", True, False),
        ("City of West Sample (UT)", True, True),
        ("OR - Fakeville PD", True, True),
        ("FL PD", True, False),
        ("(VA)", False, False),
        ("Total Networks Searched", False, False),
        ("the city shall pay the fee within thirty days", False, False),
    ],
)
def test_what_names_of_organizations_look_like(name: str, like: bool, whole: bool) -> None:
    assert (is_like_organization(name), is_whole_organization(name)) == (like, whole)
