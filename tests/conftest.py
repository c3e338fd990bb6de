"""What every test shares: where real records are, and Hypothesis without a stopwatch."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

REAL_DOCUMENTS = "RECORDTRAIL_REAL_DOCUMENTS"

# A busy machine must not fail a property, and a run in CI must fail for the commit, not for its dice.
settings.register_profile("house", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("house")


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
