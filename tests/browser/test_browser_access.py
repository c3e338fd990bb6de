"""No page hinders people who see little, see other colours, or have no mouse: by axe-core's rules, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe

from flows.paths import data_folder
from warehouse.query import connect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _first(query: str) -> Callable[[duckdb.DuckDBPyConnection], str]:
    def found(connection: duckdb.DuckDBPyConnection) -> str:
        row = connection.execute(query).fetchone()
        assert row is not None, query
        return str(row[0])

    return found


_ROW = _first("SELECT row_id FROM raw.audit_row WHERE reason IS NOT NULL ORDER BY row_id LIMIT 1")
_MARK = _first("SELECT mark_id FROM raw.hotlist_mark ORDER BY mark_id LIMIT 1")
_SHARED = _first("SELECT row_id FROM raw.sharing_row ORDER BY row_id LIMIT 1")
_LOG = _first("SELECT document_id FROM raw.document WHERE file_name = 'ruled.pdf'")
_SCAN = _first("SELECT document_id FROM raw.document WHERE file_name = 'form-scan.pdf'")
_BROKEN = _first("SELECT document_id FROM raw.document WHERE state = 'quarantined'")

PAGES: dict[str, Callable[[duckdb.DuckDBPyConnection], str]] = {
    "morning": lambda _: "/",
    "login": lambda _: "/login",
    "documents": lambda _: "/documents",
    "quarantine": lambda _: "/documents?state=quarantined",
    "document": lambda c: f"/documents/{_LOG(c)}",
    "document that is broken": lambda c: f"/documents/{_BROKEN(c)}",
    "page of a log": lambda c: f"/documents/{_LOG(c)}/pages/1",
    "page of a scan": lambda c: f"/documents/{_SCAN(c)}/pages/1",
    "row": lambda c: f"/trace/{_ROW(c)}",
    "value": lambda c: f"/trace/{_ROW(c)}?field=reason",
    "organization of a sharing list": lambda c: f"/trace/{_SHARED(c)}",
    "mark": lambda c: f"/trace/{_MARK(c)}",
    "list": lambda c: f"/trace/{_MARK(c)[:23]}-list",
    "nothing": lambda _: "/trace/0123456789abcdef-p00001-r001",
    "queue": lambda _: "/queue",
    "cell to decide on": lambda c: f"/queue?id={_ROW(c)}&field=search_type",
    "mark to decide on": lambda c: f"/queue?id={_MARK(c)}&field=state",
    "decisions": lambda _: "/decisions",
    "double review": lambda _: "/double",
}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 480)])
def test_no_page_has_a_serious_fault(chromium: Any, site: str, published: Path, scheme: str, width: int) -> None:
    with connect(data_folder(published).full_snapshot) as connection:
        addresses = {name: address(connection) for name, address in PAGES.items()}
    context = chromium.new_context(
        viewport={"width": width, "height": 950}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    found = []
    for name, address in addresses.items():
        answer = page.goto(site + address, wait_until="networkidle")
        assert answer.status == (404 if name == "nothing" else 200), name
        # Axe is put into the page from outside; the policy of the page has no say in that.
        said = Axe().run(page).response
        assert len(said["passes"]) > 5, name
        found += [
            (name, one["id"], node["html"][:160])
            for one in said["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]
        is_wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
        assert not is_wider, f"{name} has to be scrolled sideways"
    context.close()
    assert found == []
    assert [fault for fault in faults if "404" not in fault] == []
