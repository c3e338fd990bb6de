"""The review page on the published samples, asked without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from flows.morning import account
from flows.paths import data_folder
from review.web.app import create_app
from review.web.house import House
from warehouse.query import connect


@pytest.fixture
def house(published: Path, tmp_path: Path) -> House:
    """The published samples, with a decision log and pictures of this test's own. Pages are drawn as grey sheets."""
    folder = data_folder(published)

    def draw(_document_id: str, pages: Sequence[tuple[int, Path]], scale: float) -> None:
        for _, path in pages:
            Image.new("L", (round(100 * scale), round(100 * scale)), 200).save(path)

    return House(
        snapshot=folder.full_snapshot,
        decisions=tmp_path / "decisions.db",
        pictures=tmp_path / "pictures",
        secret=b"for tests only, no secret at all",
        draw=draw,
        ledger=lambda: account(folder),
        reviewer="anna",
    )


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    """A browser on this machine, without a password at the door."""
    with client_of(house) as made:
        yield made


@pytest.fixture
def guarded(house: House) -> Iterator[TestClient]:
    """A browser somewhere else, before a door with a password."""
    with client_of(replace(house, password="open sesame, please", is_loopback=False)) as made:
        yield made


@pytest.fixture(scope="session")
def warehouse(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published snapshot."""
    with connect(data_folder(published).full_snapshot) as connection:
        yield connection


def client_of(house: House) -> TestClient:
    """A browser on the page of *house*."""
    return TestClient(create_app(house), base_url="http://127.0.0.1:8321", follow_redirects=False)


def token_of(client: TestClient, address: str = "/login") -> str:
    """The token that a page gives its forms."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get(address).text)
    assert found is not None
    return found[1]
