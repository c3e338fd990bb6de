"""What happens to a picture on its way: sent on, printed, scanned, faxed, turned, photographed. The truth moves along.

Every step is ``(drawn, rng) -> drawn``: the same seed gives the same picture. ``WAYS`` are what pictures in releases
have been through.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from samples.hotlists.draw_pillow import PAPER
from samples.hotlists.truth import Drawn, Matrix
from samples.one_bit import DPI, black_and_white, fax
from samples.warp import kept, perspective, rotation, warped

Step = Callable[[Drawn, random.Random], Drawn]
LETTER = (8.5, 11.0)


def degrade(drawn: Drawn, way: str, seed: int) -> Drawn:
    """*drawn* after all steps of ``WAYS[way]``."""
    rng = random.Random(f"{way}/{seed}/{drawn.page.name}")
    for step in WAYS[way]:
        if step is sheet and drawn.page.theme == PAPER:
            continue
        drawn = step(drawn, rng)
    return drawn


def jpeg(low: int, high: int) -> Step:
    """Saved as JPEG with a quality between *low* and *high*."""

    def step(drawn: Drawn, rng: random.Random) -> Drawn:
        quality = rng.randint(low, high)
        held = io.BytesIO()
        drawn.image.convert("L" if drawn.image.mode in "1L" else "RGB").save(held, "JPEG", quality=quality)
        return kept(drawn, Image.open(held).copy(), f"jpeg {quality}")

    return step


def rescale(low: float, high: float) -> Step:
    """Resampled, as phones and messengers do."""

    def step(drawn: Drawn, rng: random.Random) -> Drawn:
        factor = rng.uniform(low, high)
        size = (max(1, round(drawn.image.width * factor)), max(1, round(drawn.image.height * factor)))
        image = drawn.image.resize(size, Image.Resampling.BICUBIC)
        matrix = np.diag([size[0] / drawn.image.width, size[1] / drawn.image.height, 1.0])
        return Drawn(image, drawn.page.moved(matrix, *size, f"scaled {factor:.2f}"))

    return step


def grey(drawn: Drawn, rng: random.Random) -> Drawn:
    """Without colours."""
    return kept(drawn, drawn.image.convert("L"), "grey")


def faint(drawn: Drawn, rng: random.Random) -> Drawn:
    """With 35 to 60 percent of the contrast."""
    share, level = rng.uniform(0.35, 0.6), rng.uniform(110, 200)
    return kept(drawn, drawn.image.point(lambda v: int(level + (v - level) * share)), f"contrast {share:.2f}")


def blur(drawn: Drawn, rng: random.Random) -> Drawn:
    """Out of focus by half a pixel or one."""
    radius = rng.uniform(0.4, 0.9)
    return kept(drawn, drawn.image.filter(ImageFilter.GaussianBlur(radius)), f"blur {radius:.1f}")


def noise(drawn: Drawn, rng: random.Random) -> Drawn:
    """Sensor noise and single specks."""
    amount = rng.uniform(3, 11)
    random_ = np.random.default_rng(rng.getrandbits(32))
    grain = random_.normal(0, amount, drawn.image.size[::-1])[..., None]
    pixels = np.asarray(drawn.image.convert("RGB"), dtype=np.float64) + grain
    for _ in range(rng.randint(0, 60)):
        x, y, size = rng.randrange(drawn.image.width), rng.randrange(drawn.image.height), rng.randint(1, 3)
        pixels[y : y + size, x : x + size] = rng.choice((40, 90, 235))
    return kept(drawn, Image.fromarray(pixels.clip(0, 255).astype(np.uint8)), f"noise {amount:.0f}")


def shade(drawn: Drawn, rng: random.Random) -> Drawn:
    """Paper tone, and a shadow that deepens towards one side."""
    width, height = drawn.image.size
    angle, depth = rng.uniform(0, 2 * math.pi), rng.uniform(0.05, 0.3)
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, width), np.linspace(-0.5, 0.5, height))
    light = 1 - depth * (0.5 + (x * math.cos(angle) + y * math.sin(angle)) / math.sqrt(2))
    tone = np.array([rng.uniform(0.95, 1), rng.uniform(0.94, 1), rng.uniform(0.9, 0.98)])
    pixels = np.asarray(drawn.image.convert("RGB"), dtype=np.float32) * light[..., None] * tone
    return kept(drawn, Image.fromarray(pixels.clip(0, 255).astype(np.uint8)), f"shadow {depth:.2f}")


def sheet(drawn: Drawn, rng: random.Random) -> Drawn:
    """Printed on a letter page as wide as it fits, as paper has it at 200 dpi; punched now and then."""
    page = Image.new("RGB", (int(LETTER[0] * DPI), int(LETTER[1] * DPI)), "white")
    image = drawn.image.convert("RGB")
    margin = rng.uniform(0.45, 0.9) * DPI
    factor = min((page.width - 2 * margin) / image.width, (page.height - 2 * margin) / image.height, 2.2)
    size = (round(image.width * factor), round(image.height * factor))
    left, top = round((page.width - size[0]) / 2), round(margin)
    page.paste(image.resize(size, Image.Resampling.LANCZOS if factor < 1 else Image.Resampling.BICUBIC), (left, top))
    if rng.random() < 0.3:
        pen = ImageDraw.Draw(page)
        for y in (0.22, 0.5, 0.78):
            pen.ellipse((24, page.height * y, 74, page.height * y + 50), fill=(60, 60, 62))
    matrix = np.array([[size[0] / image.width, 0, left], [0, size[1] / image.height, top], [0, 0, 1.0]])
    return Drawn(page, drawn.page.moved(matrix, *page.size, f"on paper at {factor:.2f}"))


def skew(most: float = 3.0) -> Step:
    """Laid on the glass askew, by up to *most* degrees."""

    def step(drawn: Drawn, rng: random.Random) -> Drawn:
        angle = rng.uniform(-most, most)
        return warped(drawn, rotation(angle, drawn.image.size), f"skew {angle:.2f}")

    return step


def photo(drawn: Drawn, rng: random.Random) -> Drawn:
    """The screen, photographed: slightly in perspective, with a wavy pattern of light."""
    width, height = drawn.image.size
    corners = [
        (x + rng.uniform(-0.02, 0.02) * width, y + rng.uniform(-0.02, 0.02) * height) for x, y in _corners(drawn)
    ]
    bent = warped(drawn, perspective(_corners(drawn), corners), "photographed")
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    wave = 1 + 0.03 * np.sin(x * rng.uniform(0.6, 1.1) + y * rng.uniform(0.2, 0.5))
    pixels = np.asarray(bent.image.convert("RGB"), dtype=np.float32) * wave[..., None]
    return Drawn(Image.fromarray(pixels.clip(0, 255).astype(np.uint8)), bent.page)


def turned(degrees: int) -> Step:
    """Turned clockwise by 90, 180 or 270 degrees."""

    def step(drawn: Drawn, rng: random.Random) -> Drawn:
        w, h = drawn.image.size
        matrix: Matrix = np.array(
            {
                90: [[0, -1, h], [1, 0, 0], [0, 0, 1]],
                180: [[-1, 0, w], [0, -1, h], [0, 0, 1]],
                270: [[0, 1, 0], [-1, 0, w], [0, 0, 1]],
            }[degrees],
            dtype=np.float64,
        )
        image = drawn.image.rotate(-degrees, expand=True)
        return Drawn(image, drawn.page.moved(matrix, *image.size, f"turned {degrees}"))

    return step


_SCAN: tuple[Step, ...] = (sheet, skew(), blur, shade, noise)
WAYS: dict[str, tuple[Step, ...]] = {
    "clean": (),
    "jpeg": (jpeg(55, 90),),
    "jpeg-low": (jpeg(20, 45),),
    "shared": (rescale(0.62, 0.95), jpeg(35, 70)),
    "shrunk": (rescale(0.5, 0.7),),
    "grown": (rescale(1.3, 2.0), jpeg(60, 85)),
    "grey": (grey,),
    "faint": (faint, jpeg(50, 80)),
    "photo": (photo, blur, noise, jpeg(50, 80)),
    "scan": (*_SCAN, jpeg(60, 90)),
    "scan-grey": (*_SCAN, grey, jpeg(45, 75)),
    "scan-1bit": (*_SCAN, black_and_white),
    "fax": (sheet, skew(1.5), blur, fax),
    "turned-90": (turned(90),),
    "turned-180": (turned(180), jpeg(60, 90)),
    "scan-turned-270": (*_SCAN, turned(270), jpeg(60, 90)),
}


def _corners(drawn: Drawn) -> list[tuple[float, float]]:
    width, height = drawn.image.size
    return [(0, 0), (width, 0), (width, height), (0, height)]
