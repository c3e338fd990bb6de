"""Deciding on the review page: each form counts once, nothing is decided that nobody saw, blind stays blind."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest
from fastapi.testclient import TestClient
from httpx import Response

from records.decisions import DecisionKind
from review.decision_log import DecisionLog, read_log
from review.double_log import DoubleLog
from review.targets import see
from review.web.house import House
from tests.web.conftest import client_of

Form = dict[str, str]


@pytest.fixture
def ben(house: House) -> Iterator[TestClient]:
    """Another reviewer, at a browser of his own."""
    with client_of(replace(house, reviewer="ben")) as made:
        yield made


@pytest.fixture
def row(warehouse: duckdb.DuckDBPyConnection) -> str:
    """A row of a log whose kind of search other rows of it share."""
    found = warehouse.execute(
        "SELECT min(row_id) FROM raw.audit_row WHERE search_type IS NOT NULL GROUP BY document_id, search_type"
        " HAVING count(*) > 2 ORDER BY count(*) DESC, 1 LIMIT 1"
    ).fetchone()
    assert found is not None
    return str(found[0])


def opened(client: TestClient, address: str, id: str = "decide") -> Form:
    """The hidden fields of a form of a page."""
    return form_of(client.get(address).text, id)


def form_of(text: str, id: str = "decide") -> Form:
    form = re.search(rf'<form[^>]*id="{id}".*?</form>', text, re.DOTALL)
    assert form is not None, text[:2000]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    return {name: html.unescape(value) for name, value in found}


def page_of(id: str, field: str) -> str:
    return f"/queue?id={id}&field={field}"


def correct(client: TestClient, form: Form, value: str, along: list[str] | None = None) -> Response:
    sent: Response = client.post(
        "/queue/decide", data={**form, "said": "correct", "value": value, "along": along or []}
    )
    return sent


def first_open(client: TestClient) -> str:
    return str(client.get("/queue/next").headers["location"])


def test_the_queue_shows_values_in_their_order_and_leads_through_them(
    client: TestClient, warehouse: duckdb.DuckDBPyConnection
) -> None:
    rows = warehouse.execute("SELECT target_id, field FROM core.review_item ORDER BY item_number LIMIT 3").fetchall()
    text = client.get("/queue").text
    places = [text.index(f"id={id}&amp;field={field}") for id, field in rows]
    assert places == sorted(places)
    assert first_open(client) == page_of(*rows[0])
    assert client.get("/queue/next?after=1").headers["location"] == page_of(*rows[1])
    last = client.get("/queue/next?after=1000000").headers["location"]
    assert "That was the last open value" in client.get(last).text
    assert "Nothing open here" in client.get("/queue?kind=audit_cell&field_is=nothing").text


def test_a_decision_is_logged_once_however_often_its_form_comes(client: TestClient, house: House) -> None:
    address = first_open(client)
    form = opened(client, address) | {"said": "accept"}
    answers = [client.post("/queue/decide", data=form) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303] * 3
    assert answers[0].headers["location"] == answers[2].headers["location"] != address
    (entry,) = read_log(house.decisions)
    assert (entry.who, entry.kind) == ("anna", DecisionKind.ACCEPT)
    assert entry.target.id in address and entry.snapshot_hash is not None


def test_a_value_decided_meanwhile_is_shown_with_both_words(
    client: TestClient, ben: TestClient, house: House, row: str
) -> None:
    anna_form, ben_form = opened(client, page_of(row, "search_type")), opened(ben, page_of(row, "search_type"))
    assert ben.post("/queue/decide", data={**ben_form, "said": "unreadable", "value": shown(ben, row)}).is_redirect
    answer = correct(client, anna_form, "what anna typed")
    assert answer.status_code == 409
    assert "ben decided on it meanwhile" in answer.text and "what anna typed" in answer.text
    assert len(read_log(house.decisions)) == 1
    # Having seen it, she may decide all the same.
    again = opened(client, page_of(row, "search_type"))
    assert correct(client, again, "what anna typed").is_redirect
    assert [entry.who for entry in read_log(house.decisions)] == ["ben", "anna"]


def shown(client: TestClient, row: str) -> str:
    """What the field for a correction holds."""
    found = re.search(
        r'<textarea name="value"[^>]*>(.*?)</textarea>', client.get(page_of(row, "search_type")).text, re.DOTALL
    )
    assert found is not None
    return html.unescape(found[1])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"said": "accept", "value": "typed, not saved"}, "not saved as a correction"),
        ({"said": "accept", "along": "x"}, "Only a correction"),
        ({"said": "correct", "value": "x" * 10_001}, "10,001 characters"),
        ({"said": "undo"}, "not saved as a correction"),
    ],
)
def test_what_nobody_meant_is_not_logged(client: TestClient, house: House, row: str, change: Form, said: str) -> None:
    form = opened(client, page_of(row, "search_type")) | {"said": "correct", "value": shown(client, row)} | change
    answer = client.post("/queue/decide", data=form)
    assert answer.status_code == 422 and said in answer.text
    assert read_log(house.decisions) == []


def test_the_same_readings_are_taken_along_together_and_undone_together(
    client: TestClient, house: House, row: str, warehouse: duckdb.DuckDBPyConnection
) -> None:
    text = client.get(page_of(row, "search_type")).text
    others = re.findall(r'name="along" value="([^"]+)"', text)
    (count,) = re.findall(r"Same reading in this layout: <strong>(\d+)</strong>", text)
    assert len(others) == int(count) >= 2
    form = opened(client, page_of(row, "search_type"))
    assert correct(client, form, "as printed", [*others, "0" * 16 + "-p00001-r001"]).status_code == 409
    assert read_log(house.decisions) == []
    assert correct(client, form, "as printed", others).is_redirect
    entries = read_log(house.decisions)
    assert {entry.target.id for entry in entries} == {row, *others}
    assert {entry.target.seen_text for entry in entries} == {see(warehouse, row, "search_type").target.seen_text}
    undo = opened(client, page_of(row, "search_type"), "last")
    for _ in range(2):
        done = client.post("/decisions/undo", data=undo | {"number": "1"})
        assert done.headers["location"] == page_of(row, "search_type")
    with DecisionLog(house.decisions) as log:
        assert log.newest(9, is_counted=True) == [] and log.last_sequence == 2 * len(entries)
    page = client.get("/decisions").text
    assert page.count('<tr id="number-') == 2 * len(entries)
    assert "<strong>" in page and "wait for the next build" in page


def test_what_is_new_on_a_page_is_looked_at_before_anything_is_logged(
    client: TestClient, ben: TestClient, house: House, row: str
) -> None:
    """Enter twice on a value that is read differently now, or that somebody decided on meanwhile."""
    address = page_of(row, "search_type")
    stale = opened(client, address) | {"digest": "0" * 32}
    refused = correct(client, stale, "what anna typed")
    assert refused.status_code == 409 and "read differently since" in refused.text
    again = form_of(refused.text)
    assert correct(client, again, "what anna typed").status_code == 409
    assert read_log(house.decisions) == []
    ben.post("/queue/decide", data={**opened(ben, address), "said": "unreadable", "value": shown(ben, row)})
    refused = correct(client, again | {"is_looked_at": "true"}, "what anna typed")
    assert "ben decided on it meanwhile" in refused.text and 'name="is_looked_at"' in refused.text
    again = form_of(refused.text)
    assert correct(client, again, "what anna typed").status_code == 409
    assert len(read_log(house.decisions)) == 1
    assert correct(client, again | {"is_looked_at": "true"}, "what anna typed").is_redirect
    assert [entry.who for entry in read_log(house.decisions)] == ["ben", "anna"]


def test_undo_takes_back_what_the_page_names_and_nothing_earlier(client: TestClient, house: House) -> None:
    """Accept, and undo at once from the page before: that names the decision before."""
    accepted(client, first_open(client))
    page = first_open(client)
    undo = opened(client, page, "last")
    assert undo["number"] == "1"
    accepted(client, page)
    too_early = client.post("/decisions/undo", data=undo)
    assert too_early.status_code == 409 and "number 2" in too_early.text
    assert len(read_log(house.decisions)) == 2
    anew = opened(client, first_open(client), "last")
    assert client.post("/decisions/undo", data=anew).is_redirect
    assert read_log(house.decisions)[-1].undoes == read_log(house.decisions)[1].decision_id


def accepted(client: TestClient, address: str) -> None:
    text = client.get(address).text
    typed = re.search(r'<textarea name="value"[^>]*>(.*?)</textarea>', text, re.DOTALL)
    form = form_of(text) | {"said": "accept", "value": html.unescape(typed[1]) if typed else ""}
    assert client.post("/queue/decide", data=form).is_redirect


@pytest.mark.parametrize("field", ["org_type", "is_federal", "status"])
def test_choosing_nothing_is_no_correction(
    client: TestClient, house: House, warehouse: duckdb.DuckDBPyConnection, field: str
) -> None:
    table, id = ("raw.release", "release_id") if field == "status" else ("core.organization", "org_id")
    ((target,),) = warehouse.execute(f"SELECT min({id}) FROM {table} WHERE {field} IS NOT NULL").fetchall()
    answer = correct(client, opened(client, page_of(target, field)), "")
    assert answer.status_code == 422 and f"{field} is one of" in answer.text
    assert read_log(house.decisions) == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/queue?id=../../etc/passwd&field=search_type", 404),
        ("/queue?id=0000000000000000-p00001-r001&field=search_type", 404),
        ("/queue?id=x%00y&field=search_type", 404),
        ("/queue?id={row}&field=no+such+field", 422),
        ("/queue?id={row}&field=", 404),
        ("/queue?after=-1", 422),
        ("/queue?kind=%27+OR+1%3D1", 200),
        ("/decisions?before=0", 422),
        ("/double/1/read", 303),
    ],
)
def test_forged_addresses_are_refused_or_harmless(client: TestClient, row: str, address: str, status: int) -> None:
    assert client.get(address.format(row=row)).status_code == status


def test_a_blind_page_shows_neither_the_machines_reading_nor_the_other_readers(
    client: TestClient, ben: TestClient, house: House
) -> None:
    started = {"wanted": "2", "csrf": opened_csrf(client), "last": "0"}
    for _ in range(2):  # sent twice, it is one round
        assert client.post("/double/start", data=started).is_redirect
    with DoubleLog(house.decisions) as log:
        assert len(log.rounds()) == 1
        items = {item.item_number: item for item in log.items(1)}
    for _ in range(len(items)):
        form = opened(client, "/double/1/read")
        item = items[int(form["item"])]
        text = client.get("/double/1/read").text
        if item.machine_text and item.kind != "mark_state" and len(item.machine_text) > 3:
            assert html.escape(item.machine_text) not in text, item
        answer = client.post("/double/1/read", data={**form, "said": "text", "text": f"anna says {item.item_number}"})
        assert answer.headers["location"] == "/double/1/read"
        assert f"anna says {item.item_number}" not in ben.get("/double/1/read").text
    assert client.get("/double/1/read").headers["location"] == "/double"  # nothing left for her
    form = opened(ben, "/double/1/read")
    ben.post("/double/1/read", data={**form, "said": "unreadable"})
    both = ben.get("/double/1/settle").text
    assert f"anna says {form['item']}" in both and "unreadable" in both
    settle = opened(client, "/double/1/settle")
    client.post("/double/1/settle", data={**settle, "said": "text", "text": "as printed"})
    assert client.get("/double/1/settle").headers["location"] == "/double"
    assert "Machine wrong" in client.get("/double").text


def opened_csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/double").text)
    assert found is not None
    return found[1]


def test_a_blank_cell_is_marked_where_its_column_crosses_the_row(
    client: TestClient, warehouse: duckdb.DuckDBPyConnection
) -> None:
    found = warehouse.execute(
        """SELECT r.row_id, c.left_edge, c.right_edge, r.row_box.top, r.row_box.bottom
        FROM raw.audit_row AS r JOIN raw.segment_column AS c ON c.segment_id = r.segment_id AND c.field = 'reason'
        WHERE r.reason IS NULL ORDER BY r.row_id LIMIT 1"""
    ).fetchone()
    assert found is not None
    id, left, right, top, bottom = found
    focus = re.search(r'data-focus="([^"]+)"', client.get(page_of(id, "reason")).text)
    assert focus is not None
    assert [float(side) for side in focus[1].split()] == pytest.approx([left, top, right, bottom])
