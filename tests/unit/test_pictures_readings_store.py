"""What is stored of a reading comes back whole, pixels rendered anew."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from extractors.pictures import versions
from extractors.pictures.read_page import Reading, ReadPicture, TextLine, Word
from extractors.pictures.readings_store import load, save
from extractors.pictures.upright import apply_turn
from extractors.pictures.versions import reading_fingerprint
from records.errors import DamagedError
from records.marks import Agreement

_side = st.floats(0, 5000, allow_nan=False)
_box = st.tuples(_side, _side, _side, _side)
_text = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
_word = st.builds(Word, _text, _box)
_reading = st.builds(Reading, st.sampled_from(["rapidocr", "tesseract", "layer"]), _text, st.none() | _side, _box)
_line = st.builds(
    TextLine,
    _text,
    _box,
    st.lists(_word, max_size=3).map(tuple),
    st.sampled_from(Agreement),
    st.lists(_reading, max_size=3).map(tuple),
)


@st.composite
def _page(draw: st.DrawFn) -> tuple[Image.Image, ReadPicture]:
    wide, high = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    image = Image.fromarray(np.random.default_rng(wide * 41 + high).integers(0, 255, (high, wide, 3), np.uint8))
    turned, skew = draw(st.sampled_from([0, 90, 180, 270])), draw(st.sampled_from([0.0, -3.4, 0.22]))
    number, size = draw(st.integers(1, 99)), draw(st.tuples(st.floats(1, 900), st.floats(1, 900)))
    picture = apply_turn(np.asarray(image), number, size, turned, skew)
    lines = draw(st.lists(_line, max_size=4).map(tuple))
    readers = draw(st.sampled_from([("rapidocr", "tesseract"), ("tesseract",), ("rapidocr", "tesseract", "layer")]))
    return image, ReadPicture(picture, lines, readers)


@given(st.lists(_page(), max_size=3))
def test_load_undoes_save(pages: list[tuple[Image.Image, ReadPicture]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "readings.parquet"
        save([page for _, page in pages], path)
        stored = load(path)
    assert len(stored) == len(pages)
    for (image, page), kept in zip(pages, stored, strict=True):
        again = kept.with_pixels(image)
        assert (again.lines, again.readers) == (page.lines, page.readers)
        a, b = again.picture, page.picture
        assert (a.page_number, a.width, a.height, a.turned, a.skew) == (
            b.page_number,
            b.width,
            b.height,
            b.turned,
            b.skew,
        )
        assert np.array_equal(a.pixels, b.pixels)
        assert np.array_equal(a.matrix, b.matrix)
        assert np.array_equal(kept.read.picture.matrix, b.matrix)


def test_pixels_of_another_size_are_refused(tmp_path: Path) -> None:
    image = Image.new("RGB", (30, 20))
    save([ReadPicture(apply_turn(np.asarray(image), 1, (30, 20), 0, 0.0), (), ("tesseract",))], tmp_path / "r.parquet")
    with pytest.raises(DamagedError):
        load(tmp_path / "r.parquet")[0].with_pixels(Image.new("RGB", (31, 20)))


def test_a_broken_file_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "r.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(DamagedError):
        load(tmp_path / "r.parquet")


def test_the_fingerprint_follows_the_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    both = reading_fingerprint()
    monkeypatch.setattr(versions, "rapid_version", lambda: None)
    alone = reading_fingerprint()
    monkeypatch.setattr(versions, "READING_VERSION", versions.READING_VERSION + 1)
    assert len({both, alone, reading_fingerprint()}) == 3
