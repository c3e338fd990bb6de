"""A text layer is a claim: does it say what is printed?

Fonts with a wrong Unicode map print one text and give another, which may look like text and even like dates. A strip
of a page is rendered and read by OCR; if the two hardly share a three-character sequence, nothing of the layer is used.
OCR errors spoil single characters; a wrong map spoils nearly all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from extractors.find_lines import find_lines
from extractors.glyphs import PageContent
from extractors.lines import Lines, glyph_height
from extractors.pdfium import PdfiumDocument
from extractors.pictures.document import MAX_PIXELS
from extractors.tesseract import read_text
from records.errors import ToolError

Band = tuple[float, float]
"""Top and bottom of a strip of a page, in points."""

_GLYPH_PIXELS = 22.0
"""Height of the page's usual glyph in the picture that is read: sheets squeezed onto one page print 3-point type."""
_SCALES = (250 / 72, 8.0)
"""Pixels per point, the least and the most."""
_TALLEST = 120.0
"""Points of page height that are compared at most: where a page has most text, which is that of its table."""
_FEWEST = 120
"""Glyphs that this strip must hold."""
_TELLING = 20
"""Different sequences of letters, or of digits, from which on they tell anything."""
_ENOUGH = 40
"""Different sequences of either from which on a strip is compared: then one misread word hardly counts."""
_RIM = 1.0
"""Points of page height above and below the lines of a strip."""
_LIES = 0.35
"""Share of the layer's sequences found by OCR below which the layer lies. On the drawn set true layers reach 0.7 and
more even in 5-point type; wrong maps stay below 0.1."""
TRUSTED = 0.6
"""Share below which Tesseract is not believed alone (rulings lead it astray), and below which the layer is doubtful."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How much of the layer's text OCR found on one strip; ``share`` is None where that could not be asked."""

    page_number: int
    share: float | None

    @property
    def is_lie(self) -> bool:
        return self.share is not None and self.share < _LIES


def check_layer(engine: PdfiumDocument, contents: list[PageContent], document_id: str) -> Verdict | None:
    """Compare the text layer with the print on one page of *contents*, chosen by the document's hash; None where no
    page has text enough."""
    ranked = sorted(contents, key=lambda c: hashlib.sha256(f"{document_id}:{c.page_number}".encode()).digest())
    for content in ranked:
        busiest = _busiest_band(content)
        if busiest is None:
            continue
        lines = find_lines(content.glyphs, covered=content.covered)
        band = _telling_band(lines, busiest) or busiest
        layer = "\n".join(lines.text[i] for i in _inside(lines, band))
        scale = float(np.clip(_GLYPH_PIXELS / glyph_height(content.glyphs), *_SCALES))
        if content.width * (band[1] - band[0]) * scale**2 > MAX_PIXELS:
            continue
        strip = (min(1.0, max(0.0, y / content.height)) for y in band)
        picture = engine.render_strip(content.page_number, scale, *strip)
        shares = [_shared(layer, read) for read in _readings(layer, picture, round(72 * scale))]
        return Verdict(content.page_number, max((share for share in shares if share is not None), default=None))
    return None


def _readings(layer: str, picture: Image.Image, dpi: int) -> Iterator[str]:
    """What OCR sees. Both readers of pictures are asked, with the rulings taken out, only where Tesseract alone does
    not bear the layer out."""
    printed = read_text(picture, dpi)
    if printed is not None:
        yield printed
    if printed is None or (_shared(layer, printed) or 0.0) < TRUSTED:
        # Imported here: they load OpenCV, and few layers are in doubt.
        from extractors.pictures.read_page import PagePicture
        from extractors.pictures.reading import read_picture

        pixels = np.asarray(picture.convert("RGB"))
        try:
            read = read_picture(PagePicture(1, pixels, *picture.size, np.eye(2, 3)))
        except ToolError:
            return
        yield "\n".join(reading.text for line in read.lines for reading in line.readings)


def _telling_band(lines: Lines, within: Band) -> Band | None:
    """The strip *within* another with the least text, because reading takes as long as there is text, that tells enough
    of letters and digits both; None where none does. Lines that its ends cut count twice: they are read for nothing."""
    shown = np.array(_inside(lines, within), np.int64)
    tops, bottoms, counts = lines.top[shown], lines.bottom[shown], lines.glyph_count[shown]
    kinds = [_kinds(lines.text[i]) for i in shown.tolist()]
    best, least = None, np.inf
    for first, top in enumerate(tops.tolist()):
        digits: set[str] = set()
        letters: set[str] = set()
        for last in range(first, len(shown)):
            digits |= kinds[last][0]
            letters |= kinds[last][1]
            if min(len(digits), len(letters)) < _ENOUGH:
                continue
            bottom = float(bottoms[first : last + 1].max())
            touched = (bottoms > top - _RIM) & (tops < bottom + _RIM)
            touched[first : last + 1] = False
            text = int(counts[first : last + 1].sum()) + 2 * int(counts[touched].sum())
            if text < least:
                best, least = (top - _RIM, bottom + _RIM), text
            break
    return best


def _busiest_band(content: PageContent) -> Band | None:
    """The strip of the greatest height that holds most glyphs; None where these are too few."""
    middle = np.sort((content.glyphs.top + content.glyphs.bottom) / 2)
    tops = np.arange(0.0, max(1.0, content.height - _TALLEST / 2), _TALLEST / 2)
    counts = np.searchsorted(middle, tops + _TALLEST) - np.searchsorted(middle, tops)
    best = int(np.argmax(counts))
    return (float(tops[best]), float(tops[best]) + _TALLEST) if counts[best] >= _FEWEST else None


def _inside(lines: Lines, band: Band) -> list[int]:
    """The lines (indices) that can be seen wholly in the *band*."""
    return np.flatnonzero((lines.top >= band[0]) & (lines.bottom <= band[1]) & ~lines.covered).tolist()


def _shared(layer: str, printed: str) -> float | None:
    """The share of the layer's three-character sequences, inside words, that OCR saw too: that of the letters or that
    of the digits, whichever is lower, because a font may lie about one of them only."""
    seen = _sequences(printed)
    return min((len(kind & seen) / len(kind) for kind in _kinds(layer) if len(kind) >= _TELLING), default=None)


def _kinds(layer: str) -> tuple[set[str], set[str]]:
    """The layer's sequences of digits, and those of letters."""
    wanted = _sequences(layer)
    return {s for s in wanted if s.isdigit()}, {s for s in wanted if s.isalpha()}


def _sequences(text: str) -> set[str]:
    found: set[str] = set()
    for word in text.casefold().split():
        plain = "".join(ch for ch in word if ch.isalnum())
        found |= {plain[i : i + 3] for i in range(len(plain) - 2)}
    return found
