"""Picture files: every kind that is read, as displayed, within limits, and never a crash."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.picture import page_image
from extractors.pictures import document as module
from extractors.pictures.document import PictureDocument
from extractors.sniff import is_picture_file
from records.errors import DamagedError, DocumentError, TooLargeError

SIZE = (90, 40)
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def _drawn() -> Image.Image:
    """White, a red corner at the top left and a blue one at the bottom right."""
    image = Image.new("RGB", SIZE, WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 19, 9), fill=RED)
    draw.rectangle((70, 30, 89, 39), fill=BLUE)
    return image


def _is_near(pixel: object, color: tuple[int, int, int]) -> bool:
    return bool(np.abs(np.array(pixel, int) - color).max() <= 40)


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "webp", "bmp", "gif"])
def test_every_kind_is_rendered_as_drawn(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    _drawn().save(path, quality=95)
    document = PictureDocument(path)
    assert (document.page_count, document.page_size(1), is_picture_file(path)) == (1, (90.0, 40.0), True)
    image = document.render(1)
    assert (image.size, image.mode) == (SIZE, "RGB")
    assert _is_near(image.getpixel((5, 5)), RED)
    assert _is_near(image.getpixel((85, 35)), BLUE)
    assert document.render(1, 2.0).size == (180, 80)
    document.close()


@pytest.mark.parametrize("suffix", ["jpg", "tif", "png"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_page_is_turned_as_its_orientation_says(tmp_path: Path, suffix: str, orientation: int) -> None:
    # What the camera stored is the page, changed by the inverse of what the orientation asks for.
    inverse = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = _drawn() if orientation == 1 else _drawn().transpose(inverse[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"a.{suffix}"
    stored.save(path, exif=exif, quality=95)
    document = PictureDocument(path)
    assert document.page_size(1) == (90.0, 40.0)
    image = document.render(1)
    assert image.size == SIZE
    assert _is_near(image.getpixel((5, 5)), RED)
    assert _is_near(image.getpixel((85, 35)), BLUE)


def test_what_is_transparent_lies_on_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    image.putpixel((3, 3), (255, 0, 0, 255))
    image.save(tmp_path / "a.png")
    palette = Image.new("P", SIZE, 0)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    palette.putpixel((3, 3), 1)
    palette.save(tmp_path / "b.png", transparency=0)
    for name in ("a.png", "b.png"):
        shown = PictureDocument(tmp_path / name).render(1)
        assert (shown.getpixel((0, 0)), shown.getpixel((3, 3))) == (WHITE, RED)


def test_sixteen_bits_cmyk_and_one_bit_become_eight_bit_rgb(tmp_path: Path) -> None:
    deep = np.zeros((40, 90), np.uint16)
    deep[:, 45:] = 65535
    deep[:, 20:45] = 32768
    Image.fromarray(deep).save(tmp_path / "deep.png")
    shown = PictureDocument(tmp_path / "deep.png").render(1)
    assert [shown.getpixel((x, 5)) for x in (5, 30, 80)] == [(0, 0, 0), (128, 128, 128), WHITE]
    Image.new("CMYK", SIZE, (0, 255, 255, 0)).save(tmp_path / "ink.jpg", quality=95)
    assert _is_near(PictureDocument(tmp_path / "ink.jpg").render(1).getpixel((5, 5)), RED)
    bits = Image.new("1", SIZE, 1)
    bits.putpixel((3, 3), 0)
    bits.save(tmp_path / "fax.tif", compression="group4")
    shown = PictureDocument(tmp_path / "fax.tif").render(1)
    assert (shown.getpixel((0, 0)), shown.getpixel((3, 3))) == (WHITE, (0, 0, 0))


def test_a_tiff_has_all_its_pages_and_others_their_first_frame(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (30 + n, 20), (n * 50, 0, 0)) for n in range(3)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    document = PictureDocument(tmp_path / "a.tif")
    assert document.page_count == 3
    for number in (3, 1, 2):
        assert document.page_size(number) == (29.0 + number, 20.0)
        assert document.render(number).getpixel((0, 0)) == ((number - 1) * 50, 0, 0)
    with pytest.raises(TooLargeError):
        PictureDocument(tmp_path / "a.tif", max_pages=2)
    pages[0].save(tmp_path / "a.gif", save_all=True, append_images=pages[1:])
    assert PictureDocument(tmp_path / "a.gif").page_count == 1


def test_a_coarse_fax_gets_square_pixels(tmp_path: Path) -> None:
    Image.new("1", (204, 98), 1).save(tmp_path / "fax.tif", compression="group4", dpi=(204, 98))
    document = PictureDocument(tmp_path / "fax.tif")
    assert document.page_size(1) == (204.0, 204.0)
    assert document.render(1).size == (204, 204)


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "webp", "bmp", "gif"])
def test_a_truncated_file_is_a_document_error_with_advice(tmp_path: Path, suffix: str) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (64, 64, 3), np.uint8)
    path = tmp_path / f"a.{suffix}"
    Image.fromarray(noise).save(path)
    whole = path.read_bytes()
    for share in (0.1, 0.5, 0.8):
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(DocumentError) as caught:
            PictureDocument(path).render(1)
        assert caught.value.code == "damaged"
        assert caught.value.advice


def test_pixels_are_counted_before_anything_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    _drawn().save(path)
    monkeypatch.setattr(module, "MAX_PIXELS", 90 * 40 - 1)
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(TooLargeError, match="3,600 pixels"):
        PictureDocument(path).render(1)


def test_bytes_that_are_no_picture_are_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"no picture at all" * 9)
    with pytest.raises(DamagedError):
        PictureDocument(path)


def test_trace_draws_on_pictures_too(tmp_path: Path) -> None:
    path = tmp_path / "a.bmp"
    _drawn().save(path)
    image = page_image(path, 1, 2.0)
    assert image.size == (180, 80)
    assert _is_near(image.getpixel((10, 10)), RED)
