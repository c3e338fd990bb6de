"""The two engines: the same glyphs at the same places, whatever the page is turned or cropped to."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import pytest

from extractors.compare import glyph_differences
from extractors.pdfium import PdfiumDocument
from samples.content import entries
from samples.layout import Layout
from samples.layouts import RULED, SHEET, draw, layout_named
from tests.unit.engine_pair import TURNS, assert_agree, both, marks
from tests.unit.raw_pdf import RawPage, text_at, write_pdf

TURNED = [
    dataclasses.replace(
        RULED,
        producer=producer,
        rotate=turn,
        crop_offset=crop,
        title=None,
        font="Vera" if producer == "fpdf2" else "Helvetica",
    )
    for producer, turn, crop in itertools.product(("reportlab", "fpdf2"), TURNS, ((0.0, 0.0), (24.0, 40.0)))
]


@pytest.mark.parametrize("layout", TURNED, ids=lambda o: f"{o.producer}-{o.rotate}-{o.crop_offset[0]:.0f}")
def test_engines_agree_on_drawn_pages_however_turned_and_cropped(layout: Layout, tmp_path: Path) -> None:
    path = tmp_path / "log.pdf"
    draw(layout, entries(5, 9, layout.content), path)
    fast, reference = both(path)
    assert_agree(fast, reference, layout.size)
    assert (fast.width, fast.height) == pytest.approx(layout.paper, abs=0.1)
    assert marks(fast).keys() == marks(reference).keys()
    for side in ("h", "v"):
        near = {tuple(v + d for v, d in zip(line, shift, strict=True)) for line in marks(reference)[side]
                for shift in itertools.product((-1, 0, 1), repeat=3)}  # fmt: skip
        assert marks(fast)[side] <= near and marks(fast)[side]


@pytest.mark.parametrize(
    "name",
    [
        "sheet",
        "tight-unruled",
        "widest-grid-boxes",
        "without-devices-thin-fills",
        "removed-columns-rotate-270",
        "removed-columns-unruled-bottom",
        "federal-cropped",
        "date-and-clock",
        "portal-lower-case",
        "monthly-dense",
        "junk-columns",
        "courier-bottom",
        "upside-down",
        "rotated-and-cropped",
        "split-unruled",
    ],
)
def test_engines_agree_on_every_trait_of_print(name: str, tmp_path: Path) -> None:
    layout = layout_named(name)
    path = tmp_path / "log.pdf"
    draw(layout, entries(3, 20, layout.content), path)
    assert_agree(*both(path), layout.size)


def test_engines_agree_on_large_type(tmp_path: Path) -> None:
    layout = layout_named("large-type-hyphenated-ids")
    draw(layout, entries(3, 12, layout.content), tmp_path / "log.pdf")
    assert_agree(*both(tmp_path / "log.pdf"), layout.size)


def test_of_a_shuffled_stream_only_the_order_differs(tmp_path: Path) -> None:
    """pdfium puts texts of one line that are drawn apart back in order; the kind of difference says so."""
    layout = layout_named("tiny-type-shuffled")
    draw(layout, entries(3, 20, layout.content), tmp_path / "log.pdf")
    assert {d.kind for d in glyph_differences(*both(tmp_path / "log.pdf"))} <= {"order"}


@pytest.mark.parametrize("turn", [*TURNS, -90, 450])
def test_boxes_are_measured_from_the_displayed_corner(turn: int, tmp_path: Path) -> None:
    """A grid cell at a known place of user space; MediaBox off the origin, CropBox different on all four sides."""
    path = write_pdf(
        tmp_path / "a.pdf",
        [
            RawPage(
                b"200 300 m 400 300 l S 200 300 m 200 350 l S\n" + text_at(150, 200, "Hn"),
                (100, 50, 712, 842),
                {"Rotate": str(turn), "CropBox": "[120 90 700 800]"},
            )
        ],
    )
    fast = PdfiumDocument(path).read(1)
    user = {"x": 200 - 120, "y": 300 - 90, "right": 700 - 200, "top": 800 - 300}
    long_at, short_at = {
        0: (user["top"], user["x"]),
        90: (user["y"], user["x"]),
        180: (user["y"], user["right"]),
        270: (user["top"], user["right"]),
    }[turn % 360]
    flat, upright = (fast.rulings.vertical, fast.rulings.horizontal) if turn % 180 else (
        fast.rulings.horizontal, fast.rulings.vertical)  # fmt: skip
    assert [line[2] for line in flat] == [pytest.approx(long_at, abs=0.1)]
    assert [line[2] for line in upright] == [pytest.approx(short_at, abs=0.1)]
    assert (fast.width, fast.height) == pytest.approx((710, 580) if turn % 180 else (580, 710))
    assert fast.rotation == turn % 360


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("media_box", [(0, 0, 712, 842), (100, 50, 712, 842)], ids=["origin", "off the origin"])
def test_engines_agree_on_a_crop_box_that_is_not_centred(
    media_box: tuple[float, float, float, float], turn: int, tmp_path: Path
) -> None:
    # The text is upright on the displayed page, so that both engines mean the same by its bottom.
    matrix = {0: b"1 0 0 1 300 400", 90: b"0 1 -1 0 300 400", 180: b"-1 0 0 -1 300 400", 270: b"0 -1 1 0 300 400"}[turn]
    content = b"q %s cm %sQ\n" % (matrix, text_at(0, 0, "Hollow"))
    box = {"Rotate": str(turn), "CropBox": "[120 90 700 800]"}
    path = write_pdf(tmp_path / "a.pdf", [RawPage(content, media_box, box)])
    assert_agree(*both(path), 10)


def test_a_crop_box_larger_than_the_page_is_cut_to_it(tmp_path: Path) -> None:
    page = RawPage(text_at(150, 200, "Hollow"), entries={"CropBox": "[-20 -30 500 900]"})
    path = write_pdf(tmp_path / "a.pdf", [page])
    fast, reference = both(path)
    assert_agree(fast, reference, 10)
    assert (fast.width, fast.height, fast.glyphs.x0[0]) == pytest.approx((500, 792, 150), abs=0.01)


def test_differences_are_told_by_kind(tmp_path: Path) -> None:
    draw(SHEET, entries(5, 3, SHEET.content), tmp_path / "log.pdf")
    fast, reference = both(tmp_path / "log.pdf")

    def kinds(**changes: object) -> dict[str, int]:
        glyphs = dataclasses.replace(reference.glyphs, **changes)
        return {d.kind: d.count for d in glyph_differences(fast, dataclasses.replace(reference, glyphs=glyphs))}

    text = reference.glyphs.text
    assert kinds() == {}
    assert kinds(text="\N{SNOWMAN}" + text[1:]) == {"only fast": 1, "only reference": 1}
    assert kinds(x0=reference.glyphs.x0 + 0.8) == {"x": len(text)}
    assert kinds(bottom=reference.glyphs.bottom + 2.5) == {"bottom": len(text)}
    wider = dataclasses.replace(reference, width=reference.width + 3)
    assert [d.kind for d in glyph_differences(fast, wider)] == ["page size"]
