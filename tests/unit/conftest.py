"""What tests of nights share."""

from __future__ import annotations

import pytest


@pytest.fixture
def full_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nights publish without the masked copy, half of the time of a small one: for tests that never look at it."""
    import flows.publishing

    monkeypatch.setattr(flows.publishing, "_mask", lambda *_: None)
