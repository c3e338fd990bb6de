"""Text and ids that want to be more than text and ids: shown, bounded, or refused."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient

from review.web.house import House
from review.web.views import LONGEST
from tests.web.conftest import client_of

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("https://evil.example","x")'
QUOTES = "\"><img src=x onerror=alert(1)> ' {{ 7*7 }} {% raw %} \u202e &quot;"
MEGABYTES = "A" * 5_000_000
HOSTILE = {"script": SCRIPT, "formula": FORMULA, "quotes": QUOTES, "megabytes": MEGABYTES}

ROW = "SELECT row_id FROM raw.audit_row ORDER BY rowid LIMIT 1"
MARK = "SELECT mark_id FROM raw.hotlist_mark ORDER BY rowid LIMIT 1"
SHARED = "SELECT row_id FROM raw.sharing_row ORDER BY rowid LIMIT 1"


@pytest.fixture(scope="module", params=HOSTILE)
def hostile(
    request: pytest.FixtureRequest, published: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The published snapshot with one hostile text wherever a document or a file name could put it."""
    text = HOSTILE[request.param]
    path = tmp_path_factory.mktemp("hostile") / "full.duckdb"
    shutil.copyfile(published / "snapshots" / "full.duckdb", path)
    with duckdb.connect(path) as connection:
        for table, columns in {
            "raw.audit_row": ("reason", "name", "org_name", "case_number"),
            "raw.hotlist_mark": ("label", "group_label", "state_basis"),
            "raw.sharing_row": ("organization", "shared_with_me"),
            "raw.reading": ("text",),
            "raw.page_text": ("text",),
            "raw.segment_column": ("printed_header",),
            "raw.document": ("file_name", "reason", "advice"),
            "raw.segment": ("reason",),
            "raw.page": ("class_reason",),
            "raw.receipt": ("path",),
            "raw.release": ("agency", "request_number", "notes"),
            "core.issue": ("message", "advice", "seen_text"),
        }.items():
            assignments = ", ".join(f"{column} = $1" for column in columns)
            # Of megabytes, a few in every table: one vector of such cells alone would take gigabytes.
            few = f" WHERE rowid <= (SELECT min(rowid) + 3 FROM {table})" if len(text) > 1000 else ""
            connection.execute(f"UPDATE {table} SET {assignments}{few}", [text])
    yield path
    path.unlink()


@pytest.fixture
def shown(hostile: Path, house: House) -> Iterator[TestClient]:
    with client_of(replace(house, snapshot=hostile)) as client:
        yield client


def one(path: Path, query: str) -> str:
    with duckdb.connect(path, read_only=True) as connection:
        found = connection.execute(query).fetchone()
    assert found is not None
    return str(found[0])


def test_hostile_text_is_shown_as_text_on_every_page(shown: TestClient, hostile: Path) -> None:
    document = one(hostile, "SELECT document_id FROM raw.audit_row ORDER BY rowid LIMIT 1")
    quarantined = one(hostile, "SELECT document_id FROM raw.document WHERE state = 'quarantined'")
    row, mark = one(hostile, ROW), one(hostile, MARK)
    addresses = [
        "/",
        "/documents",
        f"/documents/{document}",
        f"/documents/{document}/pages/1",
        f"/documents/{quarantined}",
        f"/trace/{row}",
        f"/trace/{row}?field=reason",
        f"/trace/{one(hostile, SHARED)}",
        f"/trace/{mark}",
        f"/trace/{mark[:23]}-list",
        f"/documents/{one(hostile, 'SELECT document_id FROM raw.hotlist_mark ORDER BY rowid LIMIT 1')}/pages/1",
    ]
    text = one(hostile, "SELECT reason FROM raw.audit_row ORDER BY rowid LIMIT 1")
    for address in addresses:
        done = shown.get(address)
        assert done.status_code == 200, address
        assert found_in(done.text) == [], address
        assert len(done.content) < 2_000_000, address
    page = Page(shown.get(f"/trace/{row}?field=reason").text)
    assert text[:LONGEST] in page.text
    decided = [f"/queue?id={id}&field={name}" for id, name in ((row, "reason"), (mark, "label"))]
    for address in ("/queue?show=all", "/decisions", *decided):
        done = shown.get(address)
        assert done.status_code == 200, address
        assert found_in(done.text) == [] and len(done.content) < 2_000_000, address


class Page(HTMLParser):
    """What a browser would make of a page: its elements, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def found_in(text: str) -> list[tuple[str, dict[str, str | None]]]:
    """Elements that no template of ours has."""
    return [
        (tag, attributes)
        for tag, attributes in Page(text).elements
        if any(name.startswith("on") or name == "style" for name in attributes)
        or tag in ("iframe", "object", "embed", "style", "base")
        or (tag == "script" and not str(attributes.get("src")).startswith("/static/"))
        or (tag == "img" and not str(attributes.get("src")).startswith("/picture/"))
        or (tag == "a" and re.match(r"[/?#]|\d+\Z", str(attributes.get("href"))) is None)
    ]


def test_the_search_for_what_is_not_ours_finds_it() -> None:
    assert len(found_in(f"{SCRIPT}<p onclick=x>{QUOTES}<a href='javascript:1'>")) == 4


def test_a_field_in_the_address_is_shown_as_text(client: TestClient, warehouse: duckdb.DuckDBPyConnection) -> None:
    (row,) = warehouse.execute(ROW).fetchall()[0]
    done = client.get(f"/trace/{row}", params={"field": SCRIPT})
    assert done.status_code == 200
    assert SCRIPT not in done.text and html.escape(SCRIPT) in done.text
    assert client.get(f"/trace/{row}", params={"field": "x" * 201}).status_code == 422


@pytest.mark.parametrize(
    "id",
    [
        "0123456789abcdef-p00001-r001",
        "0123456789abcdef-p00001-m001",
        "0123456789abcdef-p00001-list",
        "0123456789abcdef-p99999999999-r001",
        "0123456789ABCDEF-p00001-r001",
        "x' OR 1=1 --",
        "..%2F..%2Fledger.db",
        "%2Fetc%2Fpasswd",
        "..%5C..%5Cledger.db",
        "%00",
        "0123456789abcdef-p00001-r001%0a",
        "a" * 20_000,
    ],
)
def test_a_forged_id_is_not_found(client: TestClient, id: str) -> None:
    done = client.get(f"/trace/{id}")
    assert done.status_code == 404
    assert "Traceback" not in done.text and len(done.text) < 20_000


@pytest.mark.parametrize(
    "address",
    [
        "/documents/{}",
        "/documents/{}/pages/1",
        "/picture/{}/1/page.png",
        "/picture/{}/1/thumb.png",
    ],
)
@pytest.mark.parametrize("id", ["f" * 64, "../../ledger.db", "..%2f..%2fledger.db", "F" * 64, "0" * 63, "%2e%2e"])
def test_a_document_is_named_by_its_hash_only(client: TestClient, house: House, address: str, id: str) -> None:
    assert client.get(address.format(id)).status_code == 404
    assert not house.pictures.exists()


def test_only_pages_of_the_snapshot_are_drawn_and_only_in_three_sizes(
    client: TestClient, warehouse: duckdb.DuckDBPyConnection
) -> None:
    document, count = warehouse.execute(
        "SELECT document_id, page_count FROM raw.document WHERE page_count > 1"
    ).fetchall()[0]
    assert client.get(f"/picture/{document}/{count}/page.png").status_code == 200
    for page, size in ((count + 1, "page"), (0, "page"), (-1, "page"), (1, "huge"), (1, "../page"), ("1e3", "page")):
        assert client.get(f"/picture/{document}/{page}/{size}.png").status_code == 404, (page, size)


@pytest.mark.parametrize(
    "path", ["/static/../house.py", "/static/%2e%2e/house.py", "/static/..%2fapp.py", "//etc/passwd"]
)
def test_static_files_are_only_those(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_snapshot_cannot_be_written_nor_files_be_read_through_it(client: TestClient, house: House) -> None:
    snapshots = client.app.state.snapshots  # type: ignore[attr-defined]
    with snapshots.open() as found:
        for query in (
            "DELETE FROM raw.audit_row",
            "SELECT * FROM read_text('/etc/hostname')",
            "ATTACH ':memory:' AS other; COPY raw.document TO 'x.csv'",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                found.connection.execute(query)


def test_what_is_cut_says_how_much(client: TestClient) -> None:
    from review.web.views import cut

    assert cut("x" * LONGEST) == "x" * LONGEST
    assert cut(MEGABYTES).endswith(f"… ({5_000_000 - LONGEST:,} more characters)")
