"""What the pages say: of a value, of a document, of a night."""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient

from records.decisions import DecisionKind
from review.decision_log import DecisionLog
from review.targets import see
from review.web.house import House
from review.web.marking import marks_on
from review.web.views import linked
from tests.web.conftest import client_of


def text_of(client: TestClient, address: str) -> str:
    """The words of a page, without its elements, runs of white space made one."""
    done = client.get(address)
    assert done.status_code == 200, address
    return " ".join(html.unescape(re.sub(r"<title>.*?</title>|<[^>]*>", " ", done.text)).split())


def first(warehouse: duckdb.DuckDBPyConnection, query: str) -> tuple[object, ...]:
    found = warehouse.execute(query).fetchone()
    assert found is not None, query
    return tuple(found)


def test_a_row_shows_its_citation_its_values_and_the_rules_that_typed_them(
    client: TestClient, warehouse: duckdb.DuckDBPyConnection
) -> None:
    id, citation, searched, printed, reason = first(
        warehouse,
        """SELECT o.row_id, o.citation, o.searched_datetime, a.search_time, a.reason FROM "out".audit_search AS o
        JOIN raw.audit_row AS a USING (row_id) WHERE a.reason IS NOT NULL AND o.searched_datetime IS NOT NULL
        ORDER BY row_id LIMIT 1""",
    )
    shown = text_of(client, f"/trace/{id}")
    for expected in (citation, f"searched_datetime {searched}", printed, reason, "zone from printed", "typed ok"):
        assert str(expected) in shown, expected
    assert f"SHA-256 {str(citation)[-64:]}" in shown
    assert "Drawnham PD, request D-1 (partial)" in shown
    assert "produced 2026-01-05" in shown
    assert "Nobody has decided on it." in shown


def test_a_mark_shows_its_state_its_class_and_what_each_reader_saw(
    client: TestClient, warehouse: duckdb.DuckDBPyConnection
) -> None:
    id, label, state, style, agreement = first(
        warehouse,
        "SELECT mark_id, label, m.state, style, label_agreement FROM raw.hotlist_mark AS m"
        " JOIN raw.document USING (document_id)"
        " WHERE file_name = 'form-scan.pdf' AND label IS NOT NULL ORDER BY mark_id LIMIT 1",
    )
    readings = warehouse.execute("SELECT reader, text FROM raw.reading WHERE mark_id = ?", [id]).fetchall()
    assert len(readings) >= 2
    shown = text_of(client, f"/trace/{id}")
    assert f"{label} {str(state).replace('_', ' ')}" in shown
    assert f"class {style}/{agreement}" in shown
    for reader, text in readings:
        assert f"{reader} {text}" in shown
    assert "List" in text_of(client, f"/trace/{str(id)[:23]}-list")


def test_issues_stand_with_what_they_are_about(client: TestClient, warehouse: duckdb.DuckDBPyConnection) -> None:
    id, code, message = first(
        warehouse, "SELECT mark_id, code, message FROM core.issue WHERE mark_id IS NOT NULL ORDER BY issue_id LIMIT 1"
    )
    shown = text_of(client, f"/trace/{id}")
    assert str(message) in shown and f"({code})" in shown


def test_rows_lead_to_the_rows_and_pages_beside_them(client: TestClient, warehouse: duckdb.DuckDBPyConnection) -> None:
    ids = [
        id
        for (id,) in warehouse.execute(
            "SELECT row_id FROM raw.audit_row JOIN raw.document USING (document_id) WHERE file_name = 'ruled.pdf'"
            " ORDER BY page_number, row_number"
        ).fetchall()
    ]
    for before, id, after in zip([None, *ids], ids, [*ids[1:], None], strict=False):
        page = client.get(f"/trace/{id}").text
        steps = dict(re.findall(r'data-step="(previous|next)" href="/trace/([^"?]+)"', page))
        assert steps == {k: v for k, v in {"previous": before, "next": after}.items() if v is not None}


def test_decisions_are_told_with_what_became_of_them(
    client: TestClient, house: House, warehouse: duckdb.DuckDBPyConnection
) -> None:
    (id,) = first(warehouse, "SELECT row_id FROM raw.audit_row WHERE reason IS NOT NULL ORDER BY row_id LIMIT 1")
    target = see(warehouse, str(id), "reason").target
    with DecisionLog(house.decisions) as log:
        log.append(DecisionKind.CORRECT, target, "ben", value="something else", reason="<b>plain</b> to see")
        log.append(DecisionKind.UNREADABLE, target, "cleo", seen_sequence=1)
        log.undo(2, "cleo")
    shown = text_of(client, f"/trace/{id}")
    assert "correct reason to “something else”" in shown and "number 1, ben" in shown
    assert "waits for the next build <b>plain</b> to see" in shown
    assert re.search(r"number 2, cleo, [^;]*; undone", shown) and re.search(r"number 3, cleo, [^;]*; takes one", shown)
    assert "3 decisions wait for the next build" in text_of(client, "/")


def test_find_leads_to_an_id_and_nowhere_else(client: TestClient) -> None:
    done = client.get("/find", params={"id": " 0123456789abcdef-p00001-r001 "})
    assert (done.status_code, done.headers["location"]) == (303, "/trace/0123456789abcdef-p00001-r001")
    for wrong in ("", "//evil.example", "x", "/trace//evil.example"):
        assert client.get("/find", params={"id": wrong}).status_code == 404


def test_documents_are_listed_with_the_account_of_their_text_and_those_that_failed_with_a_way_on(
    client: TestClient, warehouse: duckdb.DuckDBPyConnection
) -> None:
    shown = text_of(client, "/documents")
    for name, used, furniture, left in warehouse.execute(
        """SELECT file_name, sum(glyphs_used), sum(glyphs_furniture), sum(glyphs_left) FROM raw.page
        JOIN raw.document USING (document_id) GROUP BY ALL"""
    ).fetchall():
        assert re.search(
            rf"{re.escape(name)} .*? {used:,} used ?, {furniture:,} furniture ?, {left:,} left over", shown
        )
    assert "Fakeville PD" in shown and "No file came with it." in shown
    document, reason = first(warehouse, "SELECT document_id, reason FROM raw.document WHERE state = 'quarantined'")
    quarantined = text_of(client, "/documents?state=quarantined")
    assert f"Why: {reason}" in quarantined and f"recordtrail retry {str(document)[:12]}" in quarantined
    assert "ruled.pdf" not in quarantined
    assert client.get("/documents?state=odd").status_code == 422


def test_a_document_shows_its_pages_with_their_accounts(
    client: TestClient, warehouse: duckdb.DuckDBPyConnection
) -> None:
    (document,) = first(warehouse, "SELECT document_id FROM raw.document WHERE file_name = 'ruled.pdf'")
    shown = text_of(client, f"/documents/{document}")
    pages = warehouse.execute(
        "SELECT page_number, glyphs_used, glyphs_furniture, glyphs_left FROM raw.page WHERE document_id = ?", [document]
    ).fetchall()
    assert len(pages) > 2
    for number, used, furniture, left in pages:
        said = rf"Page {number} [^P]*{used:,} used ?, {furniture:,} furniture ?, {left:,} left over"
        assert re.search(said, shown), number
    assert "Page 1 " in text_of(client, f"/documents/{document}?which=left")
    assert "No page is of that sort." in text_of(client, f"/documents/{document}?which=unread")


def test_a_page_shows_its_rows_and_what_is_in_none(client: TestClient, warehouse: duckdb.DuckDBPyConnection) -> None:
    (document,) = first(warehouse, "SELECT document_id FROM raw.document WHERE file_name = 'ruled.pdf'")
    shown = text_of(client, f"/documents/{document}/pages/1")
    for id, reason in warehouse.execute(
        "SELECT id, reason FROM raw.audit_row WHERE document_id = ? AND page_number = 1 AND reason IS NOT NULL",
        [document],
    ).fetchall():
        assert str(id) in shown and str(reason)[:100] in shown
    for (text,) in warehouse.execute(
        "SELECT text FROM raw.page_text WHERE document_id = ? AND page_number = 1 AND account = 'left'", [document]
    ).fetchall():
        assert f"{text} left over" in shown
    page = client.get(f"/documents/{document}/pages/1").text
    assert page.count('class="box left') == 1 and page.count('class="box row') >= 10


def test_the_morning_page_tells_of_the_night_and_of_what_needs_a_person(client: TestClient) -> None:
    shown = text_of(client, "/")
    assert "Good morning, anna" in shown
    assert "succeeded recordtrail nightly" in shown
    assert "6 files came in last night" in shown
    assert "1 document needs a person" in shown
    assert "audit-november.pdf quarantined damaged" in shown and "recordtrail retry" in shown


def test_a_snapshot_published_meanwhile_is_shown_from_the_next_page_on(
    house: House, published: Path, tmp_path: Path
) -> None:
    old = (published / "snapshots" / "full.duckdb").resolve()
    new = tmp_path / "full-new.duckdb"
    new.write_bytes(old.read_bytes())
    with duckdb.connect(new) as connection:
        connection.execute("UPDATE meta.build SET content_hash = repeat('e', 64)")
    link = tmp_path / "full.duckdb"
    link.symlink_to(old)
    with client_of(replace(house, snapshot=link)) as client:
        snapshots = client.app.state.snapshots  # type: ignore[attr-defined]
        with snapshots.open() as before:
            (tmp_path / "link").symlink_to(new)
            (tmp_path / "link").replace(link)
            assert "eeeeeeeeeeee" in text_of(client, "/")
            assert before.connection.execute("SELECT content_hash FROM meta.build").fetchone() != ("e" * 64,)


def test_before_the_first_night_the_page_says_so(house: House, tmp_path: Path) -> None:
    with client_of(replace(house, snapshot=tmp_path / "none.duckdb")) as client:
        done = client.get("/documents")
    assert done.status_code == 503 and "recordtrail nightly" in done.text


@pytest.mark.parametrize("zoomed", ["thumb", "page", "fine"])
def test_a_picture_is_no_larger_than_its_size_allows(
    client: TestClient, warehouse: duckdb.DuckDBPyConnection, zoomed: str
) -> None:
    from review.web.pictures import Size

    for width, height in ((612, 792), (14400, 14400), (3, 9000), (520, 481)):
        scale = Size(zoomed).scale(width, height, is_picture=False)
        assert max(width, height) * scale <= {"thumb": 260, "page": 1700, "fine": 4200}[zoomed] + 1
    assert Size(zoomed).scale(520, 481, is_picture=True) <= 1


def test_an_id_is_found_in_what_stands_around_it(client: TestClient, warehouse: duckdb.DuckDBPyConnection) -> None:
    row, citation = first(warehouse, 'SELECT row_id, citation FROM "out".audit_search ORDER BY 1 LIMIT 1')
    document = str(citation)[-64:]
    for pasted, found in {
        f"https://records.example/trace/{row}?field=reason": f"/trace/{row}",
        str(citation): f"/documents/{document}",
        document.upper(): f"/documents/{document}",
    }.items():
        assert client.get("/find", params={"id": pasted}).headers["location"] == found


def test_the_morning_counts_what_the_queue_holds(
    client: TestClient, house: House, warehouse: duckdb.DuckDBPyConnection
) -> None:
    ((items,),) = warehouse.execute("SELECT count(*) FROM core.review_item").fetchall()
    document, count = first(
        warehouse, "SELECT document_id, count(*) FROM core.review_item WHERE document_id IS NOT NULL GROUP BY 1 LIMIT 1"
    )
    assert f"{items} doubtful values wait" in text_of(client, "/")
    assert f'<a href="/queue?document={document}"' in client.get("/").text
    assert f"of {count} decided" in text_of(client, f"/queue?document={document}")
    id, name = first(warehouse, "SELECT target_id, field FROM core.review_item ORDER BY item_number LIMIT 1")
    with DecisionLog(house.decisions) as log:
        log.append(DecisionKind.REJECT, see(warehouse, str(id), str(name)).target, "anna")
    assert f"{items - 1} doubtful values wait" in text_of(client, "/")


def test_ids_in_the_words_of_an_issue_are_links_and_all_else_is_text() -> None:
    id = "0123456789abcdef-p00001-m005"
    assert linked(f"see {id}: <b>{id}x") == f'see <a href="/trace/{id}">{id}</a>: &lt;b&gt;{id}x'


def test_a_state_is_written_where_there_is_room(house: House, tmp_path: Path) -> None:
    """A long word does not fit at the left of a box near the edge: then it stands behind the label."""
    path = tmp_path / "near.duckdb"
    shutil.copyfile(house.snapshot, path)
    box = "{'x0': %s, 'top': 10.0, 'x1': %s, 'bottom': 20.0}"
    with duckdb.connect(path) as connection:
        ((mark, document),) = connection.execute(
            "SELECT mark_id, document_id FROM raw.hotlist_mark ORDER BY 1 LIMIT 1"
        ).fetchall()
        for x0, sides in ((25.0, {"label": "right", "mark": ""}), (90.0, {"label": "", "mark": "left"})):
            connection.execute(
                f"UPDATE raw.hotlist_mark SET state = 'disabled_off', mark_box = {box % (x0, x0 + 10)},"
                f" label_box = {box % (x0 + 20, x0 + 80)} WHERE mark_id = ?",
                [mark],
            )
            told = {one.kind: one.told for one in marks_on(connection, document, 1, {mark}) if one.is_chosen}
            assert told == sides
