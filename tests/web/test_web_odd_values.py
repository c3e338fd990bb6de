"""Values that a document could make odd: too long, over several lines, under a header of any shape. Each is shown, each
can be passed by, and what can be decided on is."""

from __future__ import annotations

import hashlib
import html
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient

from records.decisions import Target
from review.decision_log import read_log
from review.web.house import House
from tests.web.conftest import client_of

LONG = "A" * 1_000_001
RETURNS = "one\rtwo\r\nthree\n\tfour\u2028five"
HEADERS = ("x" * 300, "Two\nLines\tof it", "sha256:" + "0" * 64, "x" * 60_000, "=HYPERLINK(1)&amp;<b>")
UNTELLABLE = "cut\0here"


class Odd:
    """A copy of the published snapshot in which the first item of the queue is the reason of some row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with duckdb.connect(path) as connection:
            found = connection.execute(
                "SELECT row_id, segment_id, document_id FROM raw.audit_row WHERE reason IS NOT NULL ORDER BY 1 LIMIT 1"
            ).fetchone()
            assert found is not None
            self.row, self.segment, document = found
            connection.execute(
                "UPDATE core.review_item SET target_kind = 'audit_cell', target_id = ?, field = 'reason',"
                " document_id = ?, page_number = 1, codes = ['odd'] WHERE item_number = 1",
                [self.row, document],
            )
            connection.execute("UPDATE meta.build SET content_hash = sha256(?)", [str(path)])

    def read(self, text: str) -> None:
        self._run("UPDATE raw.audit_row SET reason = $1 WHERE row_id = $2", [text, self.row])

    def head(self, header: str) -> None:
        """Have the column of reasons stand under a header that nobody knows."""
        about = "WHERE segment_id = $2 AND field = 'reason'"
        self._run(f"UPDATE raw.segment_column SET other_key = $1, field = NULL {about}", [header, self.segment])
        self._run(
            "UPDATE raw.audit_row SET other = map([$1], [reason]), other_boxes = map([$1], [cell_boxes.reason])"
            " WHERE row_id = $2",
            [header, self.row],
        )
        self._run("UPDATE core.review_item SET field = $1 WHERE item_number = 1", [header])

    def _run(self, query: str, values: list[str]) -> None:
        with duckdb.connect(self.path) as connection:
            connection.execute(query, values)


@pytest.fixture
def odd(published: Path, tmp_path: Path) -> Odd:
    path = tmp_path / "odd.duckdb"
    shutil.copyfile(published / "snapshots" / "full.duckdb", path)
    return Odd(path)


@pytest.fixture
def client(odd: Odd, house: House) -> Iterator[TestClient]:
    with client_of(replace(house, snapshot=odd.path)) as made:
        yield made


def form_of(text: str) -> dict[str, str]:
    form = re.search(r'<form[^>]*id="decide".*?</form>', text, re.DOTALL)
    assert form is not None, text[:2000]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    typed = re.search(r'<textarea name="value"[^>]*>(.*?)</textarea>', form[0], re.DOTALL)
    assert typed is not None
    # A browser sends every line break of a field, also a lone return, as two characters.
    value = re.sub(r"\r\n|\r|\n", "\r\n", html.unescape(typed[1]).removeprefix("\n"))
    found = {name: html.unescape(value) for name, value in hidden} | {"value": value}
    return {name: re.sub(r"\r\n|\r|\n", "\r\n", value) for name, value in found.items()}


def decided_target(client: TestClient, house: House) -> Target:
    """Accept the first open value, as a browser would."""
    there = client.get("/queue/next").headers["location"]
    assert len(there) < 2_000
    shown = client.get(there)
    assert shown.status_code == 200 and len(shown.content) < 1_000_000
    done = client.post("/queue/decide", data={**form_of(shown.text), "said": "accept"})
    assert done.status_code == 303, done.text
    after = client.get(done.headers["location"]).headers["location"]
    assert after != there
    (entry,) = read_log(house.decisions)
    assert client.get("/decisions").status_code == client.get("/queue?show=all").status_code == 200
    return entry.target


def test_a_reading_that_no_decision_holds_whole_is_decided_on_by_its_hash(
    odd: Odd, client: TestClient, house: House
) -> None:
    odd.read(LONG)
    target = decided_target(client, house)
    assert target.seen_text == f"sha256:{hashlib.sha256(LONG.encode()).hexdigest()}"
    assert (target.id, target.field) == (odd.row, "reason")


def test_a_reading_with_lone_returns_can_be_accepted(odd: Odd, client: TestClient, house: House) -> None:
    odd.read(RETURNS)
    assert decided_target(client, house).seen_text == RETURNS


@pytest.mark.parametrize("header", HEADERS, ids=["long", "lines", "like-a-hash", "very-long", "formula"])
def test_a_field_of_any_name_is_reached_decided_on_and_filtered_by(
    odd: Odd, client: TestClient, house: House, header: str
) -> None:
    odd.head(header)
    listed = client.get("/queue").text
    choice = re.search(r'<option value="(sha256:\w+|=HYPERLINK[^"]*)"', listed)
    assert choice is not None
    filtered = client.get("/queue", params={"field_is": html.unescape(choice[1])})
    assert filtered.status_code == 200 and f"id={odd.row}" in filtered.text
    assert decided_target(client, house).field == header
    trace = client.get(f"/trace/{odd.row}").text
    (link,) = {one for one in re.findall(r'href="(\?field=[^"]*)"', trace) if "HYPERLINK" in one or "sha256" in one}
    marked = client.get(f"/trace/{odd.row}{html.unescape(link)}")
    assert marked.status_code == 200 and 'aria-current="true"' in marked.text


def test_what_cannot_be_decided_on_is_shown_and_passed_by(odd: Odd, client: TestClient, house: House) -> None:
    odd.head(UNTELLABLE)
    there = client.get("/queue/next").headers["location"]
    shown = client.get(there)
    assert shown.status_code == 200
    assert "cannot be decided on" in shown.text and "zero character" in shown.text
    skip = re.search(r'data-key="s" href="([^"]+)"', shown.text)
    assert skip is not None
    further = client.get(html.unescape(skip[1])).headers["location"]
    assert further != there and client.get(further).status_code == 200


@pytest.mark.parametrize("make", ["read", "head"])
def test_a_round_of_double_review_is_drawn_all_the_same(odd: Odd, client: TestClient, make: str) -> None:
    getattr(odd, make)(LONG if make == "read" else UNTELLABLE)
    token = re.search(r'name="csrf" value="(\w+)"', client.get("/double").text)
    assert token is not None
    started = client.post("/double/start", data={"wanted": "1000", "last": "0", "csrf": token[1]})
    assert started.status_code == 303
    assert client.get("/double/1/read").status_code == 200


def test_lists_hold_the_beginning_of_a_text_only(odd: Odd, client: TestClient) -> None:
    """Fifty cells of megabytes on one page of the queue, and as many labels on one page."""
    with duckdb.connect(odd.path) as connection:
        connection.execute("UPDATE raw.audit_row SET reason = repeat('m', 5000000) WHERE rowid < 20")
        connection.execute("UPDATE raw.hotlist_mark SET label = repeat('m', 5000000), style = 'toggle'")
        connection.execute(
            "UPDATE core.review_item SET target_kind = 'audit_cell', field = 'reason', target_id = ("
            "SELECT row_id FROM raw.audit_row AS r WHERE r.rowid = (item_number - 1) % 20)"
        )
        ((document,),) = connection.execute("SELECT min(document_id) FROM raw.hotlist_mark").fetchall()
    for address in ("/queue", f"/documents/{document}/pages/1"):
        assert texts_taken(client, address) < 1_000_000, address


def texts_taken(client: TestClient, address: str) -> int:
    """Characters that the database handed to Python for a page."""
    taken = 0
    snapshots = client.app.state.snapshots  # type: ignore[attr-defined]
    opened = snapshots.open

    class Counting:
        def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
            self._connection = connection

        def execute(self, *given: object) -> Counting:
            self._result = self._connection.execute(*given)  # type: ignore[arg-type]
            return self

        @property
        def description(self) -> object:
            return self._result.description

        def fetchall(self) -> list[tuple[object, ...]]:
            nonlocal taken
            rows = self._result.fetchall()
            taken += sum(len(str(value)) for row in rows for value in row)
            return rows

        def fetchone(self) -> tuple[object, ...] | None:
            return self._result.fetchone()

    from contextlib import contextmanager

    @contextmanager
    def counted() -> Iterator[object]:
        with opened() as found:
            yield replace(found, connection=Counting(found.connection))

    snapshots.open = counted
    assert client.get(address).status_code == 200
    return taken


def test_a_form_sent_after_its_document_was_read_anew_shows_the_value_where_it_is_now(
    odd: Odd, house: House, tmp_path: Path
) -> None:
    """The row has another number now; what was typed is still there, and nothing is logged before she has looked."""
    served, anew = tmp_path / "full.duckdb", tmp_path / "anew.duckdb"
    present, address = f"{odd.row[:-3]}999", f"/queue?id={odd.row}&field=reason"
    shutil.copyfile(odd.path, anew)
    with duckdb.connect(anew) as connection:
        for table in ("raw.audit_row", "core.audit_search"):
            connection.execute(f"UPDATE {table} SET row_id = ?, row_number = 999 WHERE row_id = ?", [present, odd.row])
        connection.execute("INSERT INTO meta.row_successor VALUES (?, ?, repeat('0', 64), 'f')", [odd.row, present])
    served.symlink_to(odd.path)
    with client_of(replace(house, snapshot=served)) as client:
        form = form_of(client.get(address).text)
        served.unlink()
        served.symlink_to(anew)
        refused = client.post("/queue/decide", data={**form, "said": "correct", "value": "what anna typed"})
        assert refused.status_code == 409 and "what anna typed" in refused.text
        assert form_of(refused.text)["id"] == present
        assert form_of(client.get(address).text)["id"] == present  # a link of then leads there, too
    assert read_log(house.decisions) == []
