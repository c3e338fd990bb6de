"""A real Chromium on a real server, over the published samples."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn

from flows.paths import DataFolder, data_folder
from flows.reviewing import Drawer, house_of
from flows.settings import Settings
from review.web.app import create_app

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium() -> Iterator[playwright.Browser]:  # type: ignore[name-defined]
    """The Chromium of this system; without one the test skips."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"there is no Chromium on this machine: none of {', '.join(NAMES)}")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the review page of the published samples. What it keeps of its own is of this run only."""
    shared, own = data_folder(published), DataFolder(tmp_path_factory.mktemp("site"))
    own.snapshots.symlink_to(shared.snapshots)
    own.store.symlink_to(shared.store)
    shutil.copyfile(shared.ledger, own.ledger)
    with serving(own) as address:
        yield address


class serving:
    """The review page of a data folder, on a free port of this machine, drawn by real children."""

    def __init__(self, folder: DataFolder, reviewer: str = "anna") -> None:
        settings = replace(Settings(), data=folder.root)
        self._draw = Drawer(folder, settings)
        house = house_of(folder, settings, self._draw, reviewer, "", "127.0.0.1")
        config = uvicorn.Config(create_app(house), host="127.0.0.1", port=0, log_level="error", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.02)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(20)
        self._draw.stop()
