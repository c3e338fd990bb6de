"""Black and white: what office scanners and fax machines leave of a page."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
from PIL import Image

from records.marks import MarkStyle
from samples.hotlists.truth import Drawn, DrawnMark
from samples.warp import kept

DPI = 200
"""Of the pages that come in."""


def black_and_white(drawn: Drawn, rng: random.Random) -> Drawn:
    """One bit a pixel, as office scanners store text: a threshold, now and then scattered dots."""
    picture = drawn.image.convert("L")
    if rng.random() < 0.2:
        return _without_lost(kept(drawn, picture.convert("1"), "1 bit, dots"))
    level = float(np.median(np.asarray(picture))) * rng.uniform(0.66, 0.82)  # as scanners do: from the paper's own tone
    dark = picture.point(lambda v: 255 * (v > level)).convert("1", dither=Image.Dither.NONE)
    return _without_lost(kept(drawn, dark, f"1 bit at {level:.0f}"))


def fax(drawn: Drawn, rng: random.Random) -> Drawn:
    """Sent by fax in fine resolution: 204 dots an inch across, 196 down, one bit each, a few of them wrong."""
    size = (round(drawn.image.width * 204 / DPI), round(drawn.image.height * 196 / DPI))
    sent = drawn.image.resize(size, Image.Resampling.BICUBIC)
    page = drawn.page.moved(np.diag([204 / DPI, 196 / DPI, 1.0]), *size, "fax 204x196")
    dotted = black_and_white(Drawn(sent, page), rng)
    pixels = np.array(dotted.image)
    random_ = np.random.default_rng(rng.getrandbits(32))
    pixels ^= random_.random(pixels.shape) < rng.uniform(0, 0.002)
    image = Image.fromarray(pixels)
    image.info["dpi"] = (204, 196)
    return Drawn(image, dotted.page)


def _without_lost(drawn: Drawn) -> Drawn:
    """Labels and outlines that one bit has wiped out are not expected any more."""
    pixels = np.asarray(drawn.image.convert("L")) > 127

    def is_gone(mark: DrawnMark) -> bool:
        boxes = [mark.label_box] if mark.style is MarkStyle.CHECK_ICON else [mark.label_box, mark.mark_box]
        for x0, top, x1, bottom in boxes:
            light = float(pixels[int(top) : int(bottom) + 1, int(x0) : int(x1) + 1].mean())
            if min(light, 1 - light) < 0.04:
                return True
        return False

    marks = tuple(replace(mark, is_cut=mark.is_cut or is_gone(mark)) for mark in drawn.page.marks)
    return Drawn(drawn.image, replace(drawn.page, marks=marks))
