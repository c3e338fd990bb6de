"""Reading as on a machine where a text layer is not compared with its print: faster, and the same on all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extractors import plan_job


@pytest.fixture(scope="session", autouse=True)
def without_ocr() -> Iterator[None]:
    """Nothing in these tests is about OCR, and whether Tesseract is there must not change a digest."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plan_job, "check_layer", lambda *_: None)
        yield
