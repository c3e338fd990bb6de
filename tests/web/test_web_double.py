"""Reading blind: where to look, changing what was said, and what the figures leave out."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import duckdb
import pytest
from fastapi.testclient import TestClient

from records.decisions import Target, TargetKind
from review.double_log import ADJUDICATION, READING, DoubleLog
from review.double_sample import Drawn
from review.targets import see
from review.web.house import House
from review.web.pages import double
from tests.web.conftest import client_of, token_of

ON_TWO_PAGES = """SELECT r.row_id, r.page_number, c.continued_page_number, c.box FROM raw.audit_row AS r
    JOIN raw.row_continuation AS c ON c.row_id = r.row_id AND c.column_ordinal IS NULL
    WHERE r.reason IS NOT NULL ORDER BY 1 LIMIT 1"""


@pytest.fixture
def ben(house: House) -> Iterator[TestClient]:
    with client_of(replace(house, reviewer="ben")) as made:
        yield made


@pytest.fixture
def cells(house: House, warehouse: duckdb.DuckDBPyConnection) -> list[Target]:
    """The reasons of three rows, in a round; the first is of a row that goes on on the next page."""
    (first, *_) = warehouse.execute(ON_TWO_PAGES).fetchall()[0]
    others = warehouse.execute(
        "SELECT row_id FROM raw.audit_row WHERE reason IS NOT NULL AND row_id > ? ORDER BY 1 LIMIT 2", [first]
    ).fetchall()
    targets = [see(warehouse, id, "reason").target for id in (first, *(id for (id,) in others))]
    with DoubleLog(house.decisions) as log:
        log.start([Drawn(one, "pdfium", 44) for one in targets], "anna", "f" * 64, 3)
    return targets


def say(client: TestClient, said: str, item: int | None = None, what: str = "read") -> str:
    """Answer a value, and where that leads; what stands there comes from the page."""
    text = client.get(f"/double/1/{what}" + (f"?item={item}" if item else "")).text
    form = re.search(r'<form[^>]*id="decide".*?</form>', text, re.DOTALL)
    assert form is not None, text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    answer = client.post(f"/double/1/{what}", data={**hidden, "said": "text", "text": said})
    assert answer.is_redirect, answer.text
    return str(hidden["item"])


def words_of(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_a_row_over_two_pages_is_shown_whole(
    client: TestClient, cells: list[Target], warehouse: duckdb.DuckDBPyConnection
) -> None:
    _, page, further, box = warehouse.execute(ON_TWO_PAGES).fetchall()[0]
    for address in ("/double/1/read", f"/queue?id={cells[0].id}&field=reason"):
        text = client.get(address).text
        shown = re.findall(r'<img src="/picture/\w+/(\d+)/page\.png"', text)
        assert shown == [str(page), str(further)], address
        last = text[text.rindex("<figure") :]
        rows = re.findall(r'<rect class="box row chosen" x="([^"]*)" y="([^"]*)"', last)
        assert [(float(x), float(y)) for x, y in rows] == [(box["x0"], box["top"])], address


def test_after_another_extraction_the_value_is_looked_for_where_it_was(
    house: House, cells: list[Target], tmp_path: Path
) -> None:
    """As if the page were read anew, and all its rows were numbered from the end."""
    path = tmp_path / "anew.duckdb"
    shutil.copyfile(house.snapshot, path)
    target = cells[1]
    assert target.bbox is not None
    with duckdb.connect(path) as connection:
        boxes = connection.execute(
            "SELECT row_id, row_box FROM raw.audit_row WHERE document_id = ? AND page_number = ? ORDER BY row_number",
            [target.document_id, target.page_number],
        ).fetchall()
        ids = [id for id, _ in boxes]
        for (id, _), renamed in zip(boxes, reversed(ids), strict=True):
            connection.execute("UPDATE raw.audit_row SET row_id = ? WHERE row_id = ?", [f"new {renamed}", id])
        connection.execute("UPDATE raw.audit_row SET row_id = replace(row_id, 'new ', '')")
    place = dict(boxes)[target.id]
    with client_of(replace(house, snapshot=path)) as client:
        say(client, "whatever")
        text = client.get("/double/1/read").text
    row = re.search(r'<rect class="box row chosen" x="([^"]*)" y="([^"]*)"', text)
    assert row is not None
    assert (float(row[1]), float(row[2])) == pytest.approx((place["x0"], place["top"]))


def test_the_last_answer_can_be_changed_and_both_stay(
    client: TestClient, ben: TestClient, house: House, cells: list[Target]
) -> None:
    first = say(client, "a slip")
    shown = client.get("/double/1/read").text
    assert "a slip" in shown and f"/double/1/read?item={first}" in shown and 'data-alt-key="z"' in shown
    assert ">a slip</textarea>" in client.get(f"/double/1/read?item={first}").text
    say(client, "what is printed", int(first))
    with DoubleLog(house.decisions) as log:
        assert [one.text for one in log.readings(1)] == ["a slip", "what is printed"]
    # Ben's own slip, on a value that is then read by two.
    assert say(ben, "another slip") == first
    say(ben, "what is printed", int(first))
    assert "1 were read by two people" in words_of(client.get("/double").text)
    assert client.get("/double/1/settle").is_redirect  # nothing differs
    # Anna's was read by ben meanwhile, and is not her last any more.
    say(client, "the second")
    refused = client.get(f"/double/1/read?item={first}")
    assert refused.status_code == 422 and "can no longer be changed" in refused.text


def test_nobody_changes_what_is_settled_or_what_another_one_read(
    client: TestClient, ben: TestClient, house: House, cells: list[Target]
) -> None:
    first = say(client, "one")
    assert ben.get(f"/double/1/read?item={first}").status_code == 422
    say(ben, "two")
    say(client, "one", what="settle")
    for reader in (client, ben):
        assert reader.get(f"/double/1/read?item={first}").status_code == 422
        form = {"item": first, "said": "text", "text": "x", "token": "t" * 20, "csrf": token_of(reader)}
        assert reader.post("/double/1/read", data=form).status_code == 422
    with DoubleLog(house.decisions) as log:
        assert [one.role for one in log.readings(1)] == [READING, READING, ADJUDICATION]


def test_a_rate_tells_how_many_differ_and_are_not_in_it(
    client: TestClient, ben: TestClient, cells: list[Target]
) -> None:
    for target in cells:
        say(client, str(target.seen_text))
    for target in cells[:2]:
        say(ben, str(target.seen_text))
    say(ben, "something else")
    shown = words_of(client.get("/double").text)
    assert "Differ, unsettled" in shown and "leaves out 1" in shown and "rates are too low" in shown
    say(client, "something else", what="settle")
    shown = words_of(client.get("/double").text)
    assert "leaves out" not in shown and "33.3 %" in shown


def test_two_clicks_at_once_draw_one_round(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ask before either has drawn."""
    both = Barrier(2, timeout=20)
    drawn = double.draw

    def together(*given: object) -> list[Drawn]:
        both.wait()
        return drawn(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(double, "draw", together)
    with client_of(house) as client, ThreadPoolExecutor(2) as threads:
        form = {"wanted": "2", "last": "0", "csrf": token_of(client, "/double")}
        answers = list(threads.map(lambda _: client.post("/double/start", data=form), range(2)))
    assert [answer.status_code for answer in answers] == [303, 303]
    with DoubleLog(house.decisions) as log:
        assert len(log.rounds()) == 1


def test_a_mark_is_shown_at_its_stored_place(
    client: TestClient, house: House, warehouse: duckdb.DuckDBPyConnection
) -> None:
    ((mark,),) = warehouse.execute("SELECT min(mark_id) FROM raw.hotlist_mark WHERE mark_box IS NOT NULL").fetchall()
    target = see(warehouse, mark, "state").target
    assert target.kind is TargetKind.MARK_STATE and target.bbox is not None
    with DoubleLog(house.decisions) as log:
        log.start([Drawn(target, "check_box/both", 9)], "anna", "f" * 64, 1)
    rect = re.search(r'<rect class="box mark chosen[^"]*" x="([^"]*)" y="([^"]*)"', client.get("/double/1/read").text)
    assert rect is not None
    assert (float(rect[1]), float(rect[2])) == (target.bbox.x0, target.bbox.top)
