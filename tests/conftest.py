"""What every test shares: where real records are, and Hypothesis without a stopwatch."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

REAL_DOCUMENTS = "RECORDTRAIL_REAL_DOCUMENTS"

# A busy machine must not fail a property, and a run in CI must fail for the commit, not for its dice.
settings.register_profile("house", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole nights first: no worker is left alone with them, nor waits while another makes what both need."""
    items.sort(key=lambda item: "end_to_end" not in item.path.parts)


@pytest.fixture(scope="session", autouse=True)
def _own_configuration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nightly runs make a masking key where none is: never in the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("configuration")))
        yield


@pytest.fixture(scope="session")
def real_documents() -> Path:
    """The folder with real records. They are not in the repository: without the folder the test skips."""
    folder = os.environ.get(REAL_DOCUMENTS)
    if not folder:
        pytest.skip(f"{REAL_DOCUMENTS} is unset: no folder with real records to read")
    path = Path(folder)
    if not path.is_dir():
        pytest.fail(f"{REAL_DOCUMENTS} names no folder: {folder}")
    return path


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a published snapshot of a few samples. All tests share it: look, change nothing."""
    from tests.published import published_once

    return published_once(_common(tmp_path_factory))


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy it to ``prefect/`` of a new data folder, unless the test is about a folder that is new to Prefect."""
    from tests.prefect_home import prefect_home_once

    return prefect_home_once(_common(tmp_path_factory))


def _common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all processes of one test run: theirs are side by side in it."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
