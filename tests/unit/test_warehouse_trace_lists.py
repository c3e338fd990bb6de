"""From a mark, a list or an organization to the paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from flows import pictures, trace_text
from records.errors import ConfigurationError
from records.places import BBox, PageBox
from tests.unit.lists_factory import doubt, line_box, mark_box, settings, sharing
from tests.unit.parts_factory import document_id, inputs, ruled
from warehouse.build import build
from warehouse.query import connect
from warehouse.trace import ListTrace, MarkTrace, Trace, UnknownIdError, cite, trace

TOP, NEXT, SHARED = document_id("top"), document_id("next"), document_id("shared")
MARK = f"{TOP[:16]}-p00001-m003"


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("trace")
    top = settings("top", [("Felony", "on"), ("Stolen Plate", "off"), ("Immigration Violator", "on")])
    top.tables["mark"][2] |= {"group_label": "NCIC", "parent_number": 1}
    said = {"page_number": 1, "mark_number": 3, "score": 0.5, **line_box(3)}
    top.tables["reading"] += [said | {"reader": r, "text": f"by {r}"} for r in ("tesseract", "rapidocr")]
    doubt(top, "of_this_mark", 1, 3)
    doubt(top, "of_another_mark", 1, 1)
    top.tables["issue"].append({"code": "of_the_page", "severity": "notice", "message": "m", "page_number": 1})
    after = settings("next", [("Stolen Plate", "off"), ("Immigration Violator", "off"), ("Stolen Boat", "mixed")])
    shared = sharing("shared", [("Alder OR PD", "East", None), ("Birch WA SO", None, None)], direction="shared_with_me")
    build(inputs(folder / "parts", top, after, shared, ruled()), folder / "b.duckdb")
    with connect(folder / "b.duckdb") as connection:
        yield connection


def place(document: str, box: dict[str, float]) -> PageBox:
    return PageBox(document, 1, BBox(**box))


def test_a_mark_leads_to_its_release_with_label_and_mark(connection: duckdb.DuckDBPyConnection) -> None:
    found = trace(connection, MARK)
    assert isinstance(found, MarkTrace)
    own, other = found.marks
    assert (own.mark_id, own.label, own.state) == (MARK, "Immigration Violator", "on")
    assert own.label_box == place(TOP, line_box(3))
    assert own.mark_box == place(TOP, {side.removeprefix("mark_"): v for side, v in mark_box(3).items()})
    assert (other.mark_id, other.state) == (f"{NEXT[:16]}-p00001-m002", "off")
    assert (found.style, found.method, found.state_basis) == ("check_box", "pixels", "ring and tick")
    assert (found.group_label, found.parent_mark_id) == ("NCIC", f"{TOP[:16]}-p00001-m001")
    assert (found.topic, found.list_id) == ("Immigration Violator", f"{TOP[:16]}-p00001-list")
    assert found.entry_state == "unreadable"  # the two pictures contradict each other
    assert (found.as_of_date, found.as_of_basis) == (date(2025, 5, 1), "produced")
    assert (found.segment.kind, found.document.file_name) == ("hotlist_configuration", "top.pdf")
    assert found.release.agency == "Example Sheriff"


def test_a_mark_has_its_readings_and_its_issues_and_those_of_the_page(connection: duckdb.DuckDBPyConnection) -> None:
    found = trace(connection, MARK)
    assert [(reading.reader, reading.text) for reading in found.readings] == [
        ("rapidocr", "by rapidocr"),
        ("tesseract", "by tesseract"),
    ]
    assert {issue.code for issue in found.issues} == {"of_this_mark", "seam_disagrees", "of_the_page"}


def test_every_id_of_the_views_is_traced_and_cited_alike(connection: duckdb.DuckDBPyConnection) -> None:
    ids = 'SELECT mark_id, citation, trace_url FROM "out".hotlist_setting WHERE mark_id IS NOT NULL'
    ids += ' UNION ALL SELECT row_id, citation, trace_url FROM "out".sharing'
    found = connection.execute(ids).fetchall()
    assert len(found) == 4 + 2
    for id, citation, trace_url in found:
        assert cite(connection, id) == trace(connection, id).citation == citation
        assert trace_url == f"/trace/{id}"


def test_a_topic_that_is_not_visible_leads_to_its_list(connection: duckdb.DuckDBPyConnection) -> None:
    (url,) = connection.execute("SELECT trace_url FROM out.hotlist_setting WHERE topic = 'amber_alert'").fetchall()[0]
    found = trace(connection, url.removeprefix("/trace/"))
    assert isinstance(found, ListTrace)
    assert found.pages == ((TOP, 1), (NEXT, 1))
    assert [mark.label for mark in found.marks if mark.mark_id.startswith(TOP[:16])] == [
        "Felony",
        "Stolen Plate",
        "Immigration Violator",
    ]
    assert len(found.marks) == 6
    assert cite(connection, found.list_id) == found.citation


def test_an_organization_is_a_row_with_its_cells(connection: duckdb.DuckDBPyConnection) -> None:
    found = trace(connection, f"{SHARED[:16]}-p00001-r001")
    assert isinstance(found, Trace)
    assert [(cell.name, cell.text, cell.boxes) for cell in found.cells] == [
        ("organization", "Alder OR PD", (place(SHARED, line_box(1)),)),
        ("shared_with_me", "East", (place(SHARED, line_box(1, 280.0)),)),
    ]
    assert found.place == place(SHARED, line_box(1) | {"x1": 480.0})


def test_an_unknown_mark_or_list_is_told_as_such(connection: duckdb.DuckDBPyConnection) -> None:
    for id in (f"{TOP[:16]}-p00001-m009", f"{TOP[:16]}-p00009-list", f"{SHARED[:16]}-p00001-list"):
        for question in (trace, cite):
            with pytest.raises(UnknownIdError, match="no row, mark or list"):
                question(connection, id)


def test_label_and_mark_are_drawn_on_every_picture_in_the_color_of_the_state(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = trace(connection, MARK)
    marks = pictures.marks_by_page(found, None)
    told = {page: [(mark["color"], mark["label"]) for mark in drawn] for page, drawn in marks.items()}
    assert told == {
        (TOP, 1): [("label", ""), ("mark_on", "on")],
        (NEXT, 1): [("label", ""), ("mark_off", "off")],
    }
    whole = pictures.marks_by_page(trace(connection, f"{TOP[:16]}-p00001-list"), None)
    assert [mark["color"] for mark in whole[NEXT, 1]] == ["label", "mark_off", "label", "mark_off", "label", "mark"]
    with pytest.raises(ConfigurationError, match="Only rows have fields"):
        pictures.marks_by_page(found, "reason")


def test_the_chain_of_a_mark_in_words(connection: duckdb.DuckDBPyConnection) -> None:
    found = trace(connection, MARK)
    lines = trace_text.lines(found, None)
    assert lines[0].startswith("label     'Immigration Violator' at page 1 (60, 100, 260, 114), below 'NCIC'")
    assert lines[1].startswith("state     on (ring and tick), check_box by pixels at page 1 (40, 100, 52, 114)")
    assert lines[-1] == f"citation  {found.citation}"
    assert "reading   rapidocr read label as 'by rapidocr', score 0.50" in lines
    assert f"also      {NEXT[:16]}-p00001-m002 shows 'Immigration Violator', off" in lines
    listed = trace_text.lines(trace(connection, f"{TOP[:16]}-p00001-list"), None)
    assert listed[0] == f"list      {TOP[:16]}-p00001-list: 6 marks on 2 pages, as of 2025-05-01 (produced)"
