"""Opening a picture file: its pages, as displayed, within limits.

PNG, JPEG, TIFF (all its pages), WebP, BMP and GIF (the first frame). As displayed means: turned as its EXIF
orientation says, what is transparent on white, 8 bits a channel, and square pixels (a coarse fax stores every second
row). One pixel of that is one point.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageOps

from extractors.glyphs import NO_GLYPHS, PageContent, Rulings
from records.errors import DamagedError, TooLargeError

MAX_PIXELS = 60_000_000
"""Of one page; checked before it is decoded or rendered: about 240 MB of memory."""

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
_SIDEWAYS = (5, 6, 7, 8)
"""EXIF orientations that swap width and height."""
_SQUARE = 1.2
"""Pixels whose sides differ by less are shown as they are: 204 x 196 dpi is a fine fax."""
_BROKEN = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, OverflowError)
"""What Pillow raises for a file that is not what it says it is."""


class PictureDocument:
    """An open picture. Raises :class:`DamagedError` or :class:`TooLargeError` when it cannot be opened."""

    name = "picture"

    def __init__(self, path: Path, max_pages: int = 1_000_000) -> None:
        with _pillow_errors():
            self._image: Any = Image.open(path, formats=_FORMATS)
            self.page_count = int(getattr(self._image, "n_frames", 1)) if self._image.format == "TIFF" else 1
        if self.page_count > max_pages:
            raise TooLargeError(f"The picture has {self.page_count:,} pages; the limit max_pages is {max_pages:,}.")

    def close(self) -> None:
        self._image.close()

    def page_size(self, page_number: int) -> tuple[float, float]:
        """Width and height of a page (1-based) as displayed, in points: pixels."""
        width, height = self._seek(page_number)
        return float(width), float(height)

    def resolution(self, page_number: int) -> float | None:
        """Dots per inch that the file states, the finer of both directions; None where it states none."""
        self._seek(page_number)
        stated = _resolution(self._image)
        return None if stated is None else max(stated)

    def render(self, page_number: int, scale: float = 1.0) -> Image.Image:
        """The page (1-based) as displayed, RGB, *scale* pixels per point. Raises :class:`DamagedError`."""
        size = self._seek(page_number)
        with _pillow_errors():
            self._image.load()
            picture = _plain(ImageOps.exif_transpose(self._image))
        if picture.size != size:
            picture = picture.resize(size, Image.Resampling.BICUBIC)
        if scale != 1.0:
            width, height = (max(1, round(side * scale)) for side in size)
            if width * height > MAX_PIXELS:
                raise TooLargeError(f"Page {page_number} would have {width * height:,} pixels.")
            picture = picture.resize((width, height), Image.Resampling.LANCZOS)
        return picture

    def read(self, page_number: int) -> PageContent:
        """The page (1-based) as the page loop wants it: no text, one picture over all of it. Nothing is decoded."""
        width, height = self.page_size(page_number)
        return PageContent(page_number, width, height, 0, NO_GLYPHS, Rulings(), image_share=1.0)

    def _seek(self, page_number: int) -> tuple[int, int]:
        """Go to a page; its displayed size in pixels, within the limit."""
        with _pillow_errors():
            if self._image.tell() != page_number - 1:
                self._image.seek(page_number - 1)
            width, height = self._image.size
            across, down = _resolution(self._image) or (1.0, 1.0)
        turned = False
        if width * height <= MAX_PIXELS:  # what follows may decode
            with _pillow_errors():
                turned = int(self._image.getexif().get(ExifTags.Base.Orientation, 1)) in _SIDEWAYS
        if turned:
            across, down = down, across
            if self._image.format != "TIFF":  # Pillow turns these itself, in its own size too
                width, height = height, width
        if across > _SQUARE * down:
            height = round(height * across / down)
        elif down > _SQUARE * across:
            width = round(width * down / across)
        if width * height > MAX_PIXELS:
            raise TooLargeError(f"Page {page_number} has {width * height:,} pixels; the limit is {MAX_PIXELS:,}.")
        if width * height == 0:
            raise DamagedError(f"Page {page_number} of the picture has no pixels.")
        return width, height


@contextmanager
def _pillow_errors() -> Iterator[None]:
    """Pillow's errors as ours; its warning about large pictures is ours to give."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Image.DecompressionBombError:
        raise TooLargeError(f"The picture has more than {2 * int(Image.MAX_IMAGE_PIXELS or 0):,} pixels.") from None
    except _BROKEN:
        raise DamagedError("The picture is truncated or damaged: it cannot be decoded.") from None


def _resolution(image: Any) -> tuple[float, float] | None:
    """Dots per inch across and down, as the file states them; None without a sound statement."""
    stated = image.info.get("dpi")
    if not isinstance(stated, tuple) or len(stated) != 2:
        return None
    across, down = float(stated[0]), float(stated[1])
    if not (20 <= across <= 4800 and 20 <= down <= 4800) or max(across, down) > 4 * min(across, down):
        return None
    return across, down


def _plain(image: Image.Image) -> Image.Image:
    """RGB of 8 bits, on white."""
    if image.mode.startswith(("I", "F")):
        return Image.fromarray(_eight_bits(np.asarray(image))).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        drawn = image.convert("RGBA")
        paper = Image.new("RGBA", drawn.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, drawn).convert("RGB")
    return image.convert("RGB")


def _eight_bits(values: Any) -> Any:
    """Grey values of 16 or 32 bits, or of any range, as 8 bits."""
    values = np.nan_to_num(values.astype(np.float64))
    top = float(values.max(initial=0.0))
    full = 255.0 if top <= 255 and top > 1 else 65535.0 if top <= 65535 and top > 1 else max(top, 1e-9)
    return np.clip(np.rint(values * (255.0 / full)), 0, 255).astype(np.uint8)
