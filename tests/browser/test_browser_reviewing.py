"""A reviewer's day in a real Chromium: ten values by keyboard, the night after it, and what a crash leaves behind."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from axe_playwright_python.sync_playwright import Axe

from flows.paths import DataFolder, data_folder
from review.decision_log import read_log
from samples.content import entries
from samples.layouts import draw, layout_named
from tests.browser.conftest import serving
from tests.published import night
from warehouse.query import connect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUEUE = "/queue?kind=audit_cell&field_is=search_time"
ROOT = Path(__file__).parents[2]
Key = tuple[str, str]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after a night on one log in which every third time is an impossible one: 14 doubtful values."""
    data = tmp_path_factory.mktemp("reviewed") / "data"
    release = data / "inbox" / "r"
    release.mkdir(parents=True)
    layout = layout_named("ruled")
    rows = [
        replace(entry, search_time=f"11/31/2025, {number:02d}:30:00 AM UTC") if number % 3 == 0 else entry
        for number, entry in enumerate(entries(11, 42, layout.content))
    ]
    draw(layout, rows, release / "log.pdf")
    (release / "release.toml").write_text('agency = "Drawnham PD"\nproduced_date = 2026-01-05\n', encoding="utf-8")
    night(data)
    return data


@pytest.fixture
def folder(read: Path, tmp_path: Path) -> DataFolder:
    """The same, for one test to write into."""
    shutil.copytree(read, tmp_path / "data", symlinks=True)
    shutil.copyfile(read.parent / "masking.key", tmp_path / "masking.key")
    (tmp_path / "masking.key").chmod(0o600)
    return data_folder(tmp_path / "data")


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A window that tells of every error of a script."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    # A picture may be asked for ahead when the server of the test has ended.
    expected = ("status of 409", "ERR_CONNECTION_REFUSED")
    assert [error for error in errors if not any(one in error for one in expected)] == []


def value_of(page: Any) -> Key:
    """The value that is shown."""
    asked = parse_qs(urlsplit(page.url).query)
    return asked["id"][0], asked["field"][0]


def press(page: Any, key: str) -> Key:
    """Press *key*, wait for the page it leads to, and name the value that was left."""
    left = value_of(page) if "id=" in page.url else ("", "")
    with page.expect_navigation():
        page.keyboard.press(key)
    return left


def correct(page: Any, text: str) -> Key:
    page.keyboard.press("c")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    return press(page, "Enter")


def asked(folder: DataFolder, query: str) -> list[tuple[Any, ...]]:
    with connect(folder.full_snapshot) as connection:
        return connection.execute(query).fetchall()


def test_ten_values_by_keyboard_a_night_and_a_reading_that_changes(folder: DataFolder, page: Any) -> None:
    said: list[tuple[str, Key, str | None]] = []
    with serving(folder) as address:
        page.goto(address + QUEUE)
        press(page, "Enter")
        # The picture of the page is there, and the mark on the value lies within the window.
        wait_for(lambda: page.evaluate("document.querySelector('.viewer img').naturalWidth > 0"))
        seen = page.evaluate(
            "() => { const mark = document.querySelector('.box.cell.chosen').getBoundingClientRect();"
            " const sight = document.querySelector('.viewer-window').getBoundingClientRect();"
            " return mark.left >= sight.left && mark.right <= sight.right && mark.top >= sight.top; }"
        )
        assert seen
        said.append(("accept", press(page, "a"), None))
        said.append(("correct", correct(page, "11/30/2025, 01:30:00 AM UTC"), "11/30/2025, 01:30:00 AM UTC"))
        skipped = press(page, "s")
        said.append(("reject", press(page, "r"), None))
        said.append(("unreadable", press(page, "u"), None))
        said.append(("correct", correct(page, "11/29/2025, 02:30:00 PM UTC"), "11/29/2025, 02:30:00 PM UTC"))
        undone = press(page, "a")
        said.append(("accept", undone, None))
        press(page, "z")  # and back before it
        assert value_of(page) == undone
        said.append(("undo", undone, None))
        for _ in range(3):
            press(page, "s")
        assert "7 of" not in page.text_content("main") and "5 of 14" in page.text_content("main")
        press(page, "k")
        assert press(page, "j") != skipped
        page.goto(address + QUEUE)
        assert skipped[0] in page.content() and undone[0] in page.content()  # both are open still
        assert said[0][1][0] not in page.content()
    assert [(e.kind.value, (e.target.id, e.target.field), e.value) for e in read_log(folder.decisions)] == said
    assert {entry.who for entry in read_log(folder.decisions)} == {"anna"}

    night(folder.root)
    accepted, first, rejected, unreadable, second = (key[0] for _, key, _ in said[:5])
    found = {id: rest for id, *rest in asked(folder, SHOWN)}
    assert found[first] == ["2025-11-30 01:30:00", "value", "corrected"]
    assert found[second] == ["2025-11-29 14:30:00", "value", "corrected"]
    assert found[accepted] == [None, "value", "accepted"]  # it is printed so, and it is no time
    assert found[rejected] == [None, "illegible", "rejected"]
    assert found[unreadable] == [None, "illegible", "unreadable"]
    assert found[undone[0]][2] == found[skipped[0]][2] == "machine"

    change_reading(folder, first)
    night(folder.root)
    found = {id: rest for id, *rest in asked(folder, SHOWN)}
    assert found[first] == ["2025-11-03 01:30:00", "value", "stale"]
    assert found[second][2] == "corrected"
    with serving(folder) as address:
        page.goto(f"{address}/queue?code=decision_stale")
        assert first in page.content() and "stale: decide anew" in page.content()


SHOWN = "SELECT row_id, searched_datetime::VARCHAR, searched_datetime_state, standing FROM out.audit_search"


def change_reading(folder: DataFolder, row_id: str) -> None:
    """As if another extraction read another time in that row: the part that holds it is written anew."""
    page_number, row_number = (int(number) for number in re.findall(r"-[pr](\d+)", row_id))
    ordinal = asked(folder, "SELECT column_ordinal FROM raw.segment_column WHERE field = 'search_time'")[0][0]
    (document,) = [one for one in folder.parts.iterdir() if row_id.startswith(one.name[:16])]
    for part in document.rglob("row-*.parquet"):
        table = pq.read_table(part)
        rows = table.to_pylist()
        for row in rows:
            if (row["page_number"], row["row_number"]) == (page_number, row_number):
                # As many letters, so that the account of the page stays true.
                row[f"text_{ordinal}"] = "11/03/2025, 01:30:00 AM UTC"
        part.chmod(0o600)
        pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), part)


def test_keys_that_go_elsewhere_or_are_hit_beside_an_open_correction_decide_nothing(
    folder: DataFolder, page: Any
) -> None:
    with serving(folder) as address:
        page.goto(address + QUEUE)
        press(page, "Enter")
        there = page.url
        page.keyboard.press("g")
        page.keyboard.press("a")
        page.keyboard.press("c")
        page.evaluate("document.activeElement.blur()")
        for key in "aurzs":
            page.keyboard.press(key)
        page.keyboard.press("Escape")
        assert page.url == there
        page.keyboard.press("g")
        press(page, "r")
        assert page.url.endswith("/double")
    assert read_log(folder.decisions) == []


def test_keys_hit_while_a_decision_is_on_its_way_do_nothing(folder: DataFolder, page: Any) -> None:
    """Accept, then undo and next at once: undo would take back the decision before, next leave before this is sent."""
    held: list[Any] = []
    with serving(folder) as address:
        page.goto(address + QUEUE)
        press(page, "Enter")
        press(page, "a")
        value = value_of(page)
        page.route("**/queue/decide*", lambda route: held.append(route))
        page.keyboard.press("a")
        while not held:
            page.wait_for_timeout(20)
        for key in "zjus":
            page.keyboard.press(key)
        page.wait_for_timeout(100)
        assert len(held) == 1
        with page.expect_navigation():
            held[0].continue_()
        assert [(entry.kind.value, entry.target.id) for entry in read_log(folder.decisions)][1] == ("accept", value[0])
        page.unroute("**/queue/decide*")
        press(page, "z")
        assert value_of(page) == value
        _, second, undo = read_log(folder.decisions)
        assert undo.undoes == second.decision_id


def test_keys_of_one_letter_can_be_switched_off(folder: DataFolder, page: Any) -> None:
    with serving(folder) as address:
        page.goto(address + QUEUE)
        press(page, "Enter")
        there = page.url
        page.click("#show-keys")
        page.uncheck("#single-keys")
        page.keyboard.press("Escape")
        page.reload()  # it is kept
        for key in ("a", "u", "s", "j", "+", "g", "q", "?"):
            page.keyboard.press(key)
        page.wait_for_timeout(200)
        assert page.url == there and not page.is_visible("#keys")
        page.click("#show-keys")
        page.check("#single-keys")
        page.keyboard.press("Escape")
        press(page, "a")
    assert len(read_log(folder.decisions)) == 1


def test_a_blind_answer_is_changed_by_keyboard(folder: DataFolder, page: Any) -> None:
    with serving(folder) as address:
        page.goto(f"{address}/double")
        page.fill("input[name=wanted]", "1")
        for link in ("text=Draw a new round", "text=Read the sample"):
            with page.expect_navigation():
                page.click(link)
        page.keyboard.type("a slip")
        press(page, "Enter")
        press(page, "Alt+z")
        assert page.input_value("#blind") == "a slip"
        page.keyboard.press("Control+a")
        page.keyboard.type("as printed")
        press(page, "Enter")
        assert "as printed" in page.text_content("main") and "a slip" not in page.text_content("main")


def test_a_thumbnail_that_cannot_be_drawn_says_so(folder: DataFolder, chromium: Any) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/thumb.png", lambda route: route.fulfill(status=422, body="no"))
    ((document, count),) = asked(folder, "SELECT document_id, page_count FROM raw.document")
    with serving(folder) as address:
        page.goto(f"{address}/documents/{document}")
        page.locator(".thumb").last.scroll_into_view_if_needed()
        wait_for(lambda: page.locator("text=Cannot be drawn").count() == count)
    context.close()


def test_two_reviewers_a_reload_and_a_killed_server_lose_and_double_nothing(folder: DataFolder, chromium: Any) -> None:
    port = free_port()
    anna, ben = (chromium.new_context().new_page() for _ in range(2))
    with server(folder, port) as (process, address):
        ben.goto(f"{address}/login")
        ben.fill("input[name=who]", "ben")
        with ben.expect_navigation():
            ben.keyboard.press("Enter")
        for window in (anna, ben):
            window.goto(address + QUEUE)
            press(window, "Enter")
        value = value_of(anna)
        assert value_of(ben) == value
        press(ben, "a")
        anna.keyboard.press("c")
        anna.keyboard.press("Control+a")
        anna.keyboard.type("what anna sees")
        press(anna, "Enter")
        told = anna.text_content("main")
        assert "ben decided on it meanwhile" in told
        assert anna.input_value("#value") == "what anna sees"
        assert len(read_log(folder.decisions)) == 1
        anna.reload()  # sends the form once more; again it is told, and nothing is logged
        assert len(read_log(folder.decisions)) == 1
        # What ben said is new to her: neither Enter nor a key decides before she says that she has seen it.
        for key in ("Enter", "a"):
            anna.keyboard.press(key)
        assert "ben decided on it meanwhile" in anna.text_content("main")
        anna.keyboard.press("y")
        correct(anna, "what anna sees")
        assert [entry.who for entry in read_log(folder.decisions)] == ["ben", "anna"]

        # Logged, and the server dies before it answers.
        lost = value_of(anna)

        def die(route: Any) -> None:
            route.fetch(max_redirects=0)
            process.send_signal(signal.SIGKILL)
            process.wait()
            route.abort("aborted")

        anna.route("**/queue/decide*", die, times=1)
        anna.keyboard.press("u")
        while process.poll() is None:
            anna.wait_for_timeout(50)
    entries_then = read_log(folder.decisions)
    assert [(entry.who, entry.kind.value) for entry in entries_then] == [
        ("ben", "accept"), ("anna", "correct"), ("anna", "unreadable"),
    ]  # fmt: skip
    assert (entries_then[2].target.id, entries_then[2].target.field) == lost
    with server(folder, port):
        wait_for(lambda: anna.evaluate("!document.documentElement.dataset.sent"))
        assert press(anna, "u") == lost  # the same form to the new server
        assert value_of(anna) != lost
        anna.reload()
        assert read_log(folder.decisions) == entries_then
        press(anna, "a")
        assert len(read_log(folder.decisions)) == 4
    for window in (anna, ben):
        window.context.close()


def test_the_same_readings_are_taken_along_and_undone_by_keyboard(folder: DataFolder, page: Any) -> None:
    ((kind, count, row_id),) = asked(
        folder,
        "SELECT search_type, count(*), min(row_id) FROM raw.audit_row GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT 1",
    )
    assert count > 2
    with serving(folder) as address:
        page.goto(f"{address}/queue?id={row_id}&field=search_type")
        page.keyboard.press("c")
        assert f"Same reading in this layout: {count - 1}" in page.text_content("main")
        page.keyboard.press("Alt+t")
        page.keyboard.press("Control+a")
        page.keyboard.type("convoy")
        assert press(page, "Enter") == (row_id, "search_type")
        entries_then = read_log(folder.decisions)
        assert [(entry.target.seen_text, entry.value) for entry in entries_then] == [(kind, "convoy")] * count
        assert len({entry.target.id for entry in entries_then}) == count
        press(page, "z")
        undone = read_log(folder.decisions)[count:]
        assert {entry.undoes for entry in undone} == {entry.decision_id for entry in entries_then}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_work_under_way_have_no_serious_fault(folder: DataFolder, chromium: Any, scheme: str) -> None:
    """With a correction begun, decisions in the log, and a value to be read blind."""
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 480, "height": 900})
    page = context.new_page()
    found: list[Any] = []

    def look() -> None:
        faults = [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
        found.extend((page.url, one["id"], node["html"][:160]) for one in faults for node in one["nodes"])
        is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        found.extend([(page.url, "has to be scrolled sideways")] * is_wide)

    with serving(folder) as address:
        page.goto(address + QUEUE)
        press(page, "Enter")
        press(page, "r")
        press(page, "a")
        press(page, "z")
        page.keyboard.press("c")
        look()
        page.goto(f"{address}/decisions")
        look()
        page.goto(f"{address}/double")
        page.fill("input[name=wanted]", "1")
        for link in ("text=Draw a new round", "text=Read the sample"):
            with page.expect_navigation():
                page.click(link)
        look()
        page.keyboard.type("what somebody reads")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        with page.expect_navigation():
            page.keyboard.press("Alt+b")
        page.goto(f"{address}/double")
        look()
        assert "you have read 2" in page.text_content("main")
    context.close()
    assert found == []


def free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


@contextmanager
def server(folder: DataFolder, port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`recordtrail review` as a process of its own."""
    command = [sys.executable, "-m", "flows.cli", "review", "--no-open", "--port", str(port), "--who", "anna"]
    process = subprocess.Popen(
        [*command, "--data", str(folder.root)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert process.stdout is not None
        told = process.stdout.readline()
        assert "http://" in told, told + process.stdout.read()
        wait_for(lambda: is_listening(port))
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()


def is_listening(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def wait_for(done: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)
