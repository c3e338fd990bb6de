"""Pictures of pages: drawn once, one at a time, in bounded room."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from records.errors import DamagedError, LimitError
from review.web import pictures
from review.web.house import House
from review.web.pictures import BLOCK, Pictures, Sheet, Size
from tests.web.conftest import client_of

DOCUMENT = "a" * 64


def sheet(page: int = 1, pages: int = 100) -> Sheet:
    return Sheet(DOCUMENT, page, pages, 612, 792, False)


class Draw:
    """Writes so many bytes for a picture, and notes what it was asked for."""

    def __init__(self, size: int = 100) -> None:
        self.size = size
        self.calls: list[list[int]] = []
        self.at_once = self.most_at_once = 0

    def __call__(self, document_id: str, pages: Sequence[tuple[int, Path]], scale: float) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(0.01)
        self.calls.append([number for number, _ in pages])
        for _, path in pages:
            path.write_bytes(b"x" * self.size)
        self.at_once -= 1


def test_a_page_is_drawn_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    draw = Draw()
    kept = Pictures(tmp_path / "p", draw, 10_000)
    path = kept.get(sheet(7), Size.PAGE)
    assert kept.get(sheet(7), Size.PAGE) == path and draw.calls == [[7]]
    assert path.stat().st_mode & 0o077 == 0 and (tmp_path / "p").stat().st_mode & 0o077 == 0
    assert Pictures(tmp_path / "p", draw, 10_000).get(sheet(7), Size.PAGE) == path and len(draw.calls) == 1
    assert kept.get(sheet(7), Size.FINE) != path


def test_thumbnails_are_drawn_a_block_at_a_time(tmp_path: Path) -> None:
    draw = Draw()
    kept = Pictures(tmp_path, draw, 100_000)
    for page in range(1, 31):
        kept.get(sheet(page, pages=30), Size.THUMB)
    assert draw.calls == [list(range(1, BLOCK + 1)), list(range(BLOCK + 1, 31))]


def test_what_was_not_looked_at_for_longest_goes_first(tmp_path: Path) -> None:
    kept = Pictures(tmp_path, Draw(size=100), 1_000)
    paths = {}
    for page in range(1, 11):
        paths[page] = kept.get(sheet(page), Size.PAGE)
        time.sleep(0.002)
    kept.get(sheet(1), Size.PAGE)
    kept.get(sheet(11), Size.PAGE)
    left = {page for page, path in paths.items() if path.exists()}
    assert 1 in left and 2 not in left
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.png")) <= 1_000


def test_what_a_killed_server_left_half_drawn_is_removed_in_time(tmp_path: Path) -> None:
    for name, age in (("aside-old", 7200), ("aside-new", 10)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    Pictures(tmp_path, Draw(), 1_000).forget_leftovers()
    assert [path.name for path in tmp_path.iterdir()] == ["aside-new"]


def test_one_page_is_drawn_at_a_time_and_nobody_waits_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = Draw()
    kept = Pictures(tmp_path, draw, 100_000)
    threads = [threading.Thread(target=kept.get, args=(sheet(page % 4 + 1), Size.PAGE)) for page in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert draw.most_at_once == 1 and sorted(draw.calls) == [[1], [2], [3], [4]]
    monkeypatch.setattr(pictures, "_WAIT_SECONDS", 0.01)
    with kept._turn, pytest.raises(LimitError):
        kept.get(sheet(9), Size.PAGE)


def test_a_page_that_cannot_be_drawn_says_why_and_leaves_nothing(
    house: House, warehouse: duckdb.DuckDBPyConnection
) -> None:
    def broken(_document_id: str, pages: Sequence[tuple[int, Path]], _scale: float) -> None:
        pages[0][1].write_bytes(b"half")
        raise DamagedError("The page is damaged.", "Ask for another copy.")

    (document,) = warehouse.execute("SELECT document_id FROM raw.page LIMIT 1").fetchall()[0]
    with client_of(replace(house, draw=broken)) as client:
        done = client.get(f"/picture/{document}/1/page.png")
    assert done.status_code == 422 and "The page is damaged." in done.text and "Ask for another copy." in done.text
    assert [path for path in house.pictures.rglob("*") if path.is_file()] == []
