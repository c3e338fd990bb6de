"""Which strip of a page is compared with what OCR sees of it, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest
from PIL import Image

from extractors import claim
from extractors.claim import check_layer
from tests.unit.typed_pages import TypedPage

WORDS = ("network", "audit", "stolen vehicle", "warrant", "missing person", "county sheriff", "followup", "narcotics")


@dataclass(slots=True)
class _Engine:
    """Takes note of the strips, in points, that are rendered of a page of that *height*."""

    height: float
    strips: list[tuple[float, float]] = field(default_factory=list)

    def render_strip(self, page_number: int, scale: float, top: float, bottom: float) -> Image.Image:
        self.strips.append((top * self.height, bottom * self.height))
        return Image.new("L", (8, 8), 255)


def _row(k: int) -> str:
    """A line of a log: letters and digits, no two lines alike."""
    word = WORDS[k % len(WORDS)]
    return f"{word} {WORDS[(3 * k + 1) % len(WORDS)]} {7919 * (k + 3) % 99991} {104729 * (k + 2) % 999983}"


def _log(lines: int = 20) -> TypedPage:
    """A log in the middle of a page, and one long line at its foot."""
    page = TypedPage().stack(60, 200, [_row(k) for k in range(lines)])
    return page.type(
        60, 590, "printed by the bureau of sample records " + " ".join(str(k * k * 7) for k in range(30, 52))
    )


def _told(page: TypedPage, printed: str, monkeypatch: pytest.MonkeyPatch) -> tuple[float | None, bool, float, float]:
    """Share, whether it is a lie, and the strip, where OCR sees *printed*."""

    def seen(layer: str, picture: Image.Image, dpi: int) -> Iterator[str]:
        yield printed or layer

    monkeypatch.setattr(claim, "_readings", seen)
    engine = _Engine(page.height)
    verdict = check_layer(engine, [page.content], "0" * 64)  # type: ignore[arg-type]
    assert verdict is not None
    return verdict.share, verdict.is_lie, *engine.strips[0]


def test_the_strip_is_of_the_table_and_cuts_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    page = _log()
    share, is_lie, top, bottom = _told(page, "", monkeypatch)
    assert (share, is_lie) == (1.0, False)
    assert 190 <= top < bottom <= 400, "not the foot of the page, though it tells as much in one line"
    glyphs = page.typed
    assert not ((glyphs.top < top) & (glyphs.bottom > top)).any()
    assert not ((glyphs.top < bottom) & (glyphs.bottom > bottom)).any()


def test_the_strip_is_no_taller_than_it_takes_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    *_, top, bottom = _told(_log(), "", monkeypatch)
    inside = np.count_nonzero((np.arange(200, 400, 10) - 8 >= top) & (np.arange(200, 400, 10) <= bottom))
    assert 2 <= inside <= 9, "forty different sequences of digits are those of about six lines here"


def test_a_page_that_prints_something_else_is_a_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    share, is_lie, *_ = _told(_log(), "qzx vvk 000 jjq", monkeypatch)
    assert share == 0.0
    assert is_lie


def test_letters_alone_are_compared_where_no_digits_are(monkeypatch: pytest.MonkeyPatch) -> None:
    page = TypedPage().stack(60, 200, [" ".join(WORDS[(k + j) % len(WORDS)] for j in range(5)) for k in range(12)])
    share, _, top, bottom = _told(page, "", monkeypatch)
    assert share == 1.0
    assert bottom - top == pytest.approx(120), "as much as may be compared, for nothing less tells of digits"


def test_a_few_words_are_not_compared() -> None:
    page = TypedPage().type(60, 100, "page 3 of 17")
    assert check_layer(_Engine(page.height), [page.content], "0" * 64) is None  # type: ignore[arg-type]
