"""The pale field that old screens draw under a tick, white on grey, and boxes that show it and nothing else: off."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.boxes import BoxLook, Look
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.measure import BoxMeasure
from extractors.pictures.read_page import Box

_FEWEST = 2
"""Ticked boxes that tell what the field is."""
_SHARE = 0.08
"""Of a ticked box's inside, at least, that its figure leaves free: a cross in a small box leaves a tenth."""
_ALIKE = 12.0
"""Levels by which the field may differ from box to box."""
_NEARER = 0.4
"""How near the field is to the page, as a share of its distance from the figure: what is filled to say on is not."""
_RIM, _RIMS = 0.45, 0.12
"""Share of its rim that is drawn of a box with two lit and two shaded sides, and by how much that of the others may
differ."""
_INSET = 0.2


class Fields:
    """What the boxes of one make have under their figures. *live*: box, measure and look of those whose labels are not
    pale; a disabled box may well be of the page's own colour."""

    def __init__(self, ground: Ground, live: list[tuple[Box | None, BoxMeasure, BoxLook]]) -> None:
        ticked = [(box, m) for box, m, one in live if one.look is Look.DRAWN and box is not None]
        has_empty = any(one.look is Look.EMPTY for _, _, one in live)
        is_told = len(ticked) >= _FEWEST and not has_empty
        self._insides = [_inside(ground, box) for box, _ in ticked] if is_told else []
        self._rim = float(np.median([m.coverage for _, m in ticked])) if is_told else 1.0

    def has(self, blank: BoxMeasure) -> bool:
        """Whether *blank*, a box without a figure, is the field that the ticked ones have under theirs: its colour is
        seen beside every figure, and it is much nearer to the page than to any figure."""
        is_rimmed = blank.coverage >= 0.8 or (blank.coverage >= _RIM and abs(blank.coverage - self._rim) <= _RIMS)
        if not self._insides or not is_rimmed:
            return False
        colour = np.array(blank.colour)
        away = [np.abs(inside - colour).max(axis=1) for inside in self._insides]
        free = float(np.percentile([(one <= max(_ALIKE, blank.floor)).mean() for one in away], 25))
        figure = float(np.percentile([np.percentile(one, 95) for one in away], 25))
        return free >= _SHARE and max(blank.fill, blank.stroke) <= _NEARER * figure


def _inside(ground: Ground, box: Box) -> NDArray[np.int16]:
    """The colours of the pixels within the rim of *box*."""
    rows, columns = ground.cut(box)
    image = ground.pixels[rows, columns]
    high, wide = image.shape[:2]
    down, across = max(1, round(_INSET * high)), max(1, round(_INSET * wide))
    return image[down : high - down, across : wide - across].reshape(-1, 3)
