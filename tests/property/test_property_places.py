"""However a page is boxed, turned and scaled: a point of user space is where a viewer shows it."""

from __future__ import annotations

import ctypes
import itertools
import tempfile
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.pdfium import PdfiumDocument
from extractors.segments import find_segments
from extractors.sniff import sniff
from records.documents import SegmentKind
from records.places import BBox
from tests.unit.raw_pdf import RawPage, write_pdf

whole = st.integers
MEDIA = st.tuples(whole(-200, 200), whole(-200, 200), whole(300, 900), whole(300, 900))
INSET = st.tuples(*[whole(0, 60)] * 4)


def shown_at(path: Path, x: float, y: float, width: float, height: float) -> tuple[float, float]:
    """Where pdfium's viewer shows a point of user space, in points from the top left: its own mapping, not ours."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0]
        device_x, device_y = ctypes.c_int(), ctypes.c_int()
        fine = 100  # the mapping is in whole pixels
        size = (round(width * fine), round(height * fine))
        pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, device_x, device_y)
        return device_x.value / fine, device_y.value / fine


@settings(max_examples=50)
@given(MEDIA, INSET, st.sampled_from([0, 90, 180, 270]), st.floats(0.1, 0.8), st.floats(0.1, 0.8))
def test_a_drawn_line_is_where_a_viewer_shows_it(
    media: tuple[int, int, int, int], inset: tuple[int, ...], turn: int, along: float, up: float
) -> None:
    x0, y0, wide, high = media
    box = (x0, y0, x0 + wide, y0 + high)
    crop = (box[0] + inset[0], box[1] + inset[1], box[2] - inset[2], box[3] - inset[3])
    x, y = round(crop[0] + along * (crop[2] - crop[0])), round(crop[1] + up * (crop[3] - crop[1]))
    content = b"0.2 w %d %d m %d %d l S\n" % (x, y, x + 20, y)
    entries = {"Rotate": str(turn), "CropBox": "[{} {} {} {}]".format(*crop)}
    with tempfile.TemporaryDirectory() as folder:
        path = write_pdf(Path(folder) / "a.pdf", [RawPage(content, box, entries)])
        page = PdfiumDocument(path).read(1)
        ends = [shown_at(path, px, y, page.width, page.height) for px in (x, x + 20)]
    assert (page.width, page.height) == (
        (crop[3] - crop[1], crop[2] - crop[0]) if turn in (90, 270) else (crop[2] - crop[0], crop[3] - crop[1])
    )
    (ax, ay), (bx, by) = sorted(ends)
    if turn in (90, 270):
        [(top, bottom, at)] = page.rulings.vertical.tolist()
        assert (at, top, bottom) == pytest.approx((ax, min(ay, by), max(ay, by)), abs=0.25)
    else:
        [(left, right, at)] = page.rulings.horizontal.tolist()
        assert (left, right, at) == pytest.approx((ax, bx, ay), abs=0.25)


sides = st.floats(-1e4, 1e4, allow_nan=False, width=32)


@st.composite
def some_box(draw: st.DrawFn) -> BBox:
    x0, x1 = sorted(draw(st.lists(sides, min_size=2, max_size=2, unique=True)))
    top, bottom = sorted(draw(st.lists(sides, min_size=2, max_size=2, unique=True)))
    return BBox(x0, top, x1, bottom)


@given(some_box(), some_box())
def test_a_union_holds_every_corner_and_is_the_smallest(a: BBox, b: BBox) -> None:
    union = a.union(b)
    for box in (a, b):
        assert all(union.contains(x, y) for x, y in itertools.product((box.x0, box.x1), (box.top, box.bottom)))
    assert union == b.union(a) == union.union(a)
    assert union.x0 in (a.x0, b.x0) and union.bottom in (a.bottom, b.bottom)


@given(sides, sides, sides, sides)
def test_a_box_is_refused_exactly_when_it_has_no_area(x0: float, top: float, x1: float, bottom: float) -> None:
    if x0 < x1 and top < bottom:
        assert BBox(x0, top, x1, bottom).contains(x0, bottom)
    else:
        with pytest.raises(ValueError, match="a box needs"):
            BBox(x0, top, x1, bottom)


OTHER_KINDS = sorted(set(SegmentKind) - {SegmentKind.AUDIT_LOG})


@given(st.lists(st.tuples(st.integers(-1, 2), st.sampled_from(OTHER_KINDS)), min_size=1, max_size=30))
def test_segments_hold_every_page_once_in_order(pages: list[tuple[int, SegmentKind]]) -> None:
    found = find_segments([(n, model, kind) for n, (model, kind) in enumerate(pages, start=1)])
    held = [page for segment in found for page in range(segment.first_page, segment.last_page + 1)]
    assert held == list(range(1, len(pages) + 1))
    assert [segment.ordinal for segment in found] == list(range(1, len(found) + 1))
    for segment in found:
        models = {pages[n - 1][0] for n in range(segment.first_page, segment.last_page + 1)}
        assert models - {-1} <= {segment.model}, "a page of a log is never put into another segment"
        assert (segment.kind is SegmentKind.AUDIT_LOG) == (segment.model >= 0)


@given(st.binary(max_size=200))
def test_any_bytes_have_a_media_type(head: bytes) -> None:
    assert "/" in sniff(head, len(head))
    assert sniff(b"%PDF-" + head, len(head) + 5) == "application/pdf"
