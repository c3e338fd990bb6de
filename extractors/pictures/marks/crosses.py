"""Ticks and crosses in marks of one make: where their colours differ, a cross says off.

In a form filled by hand a cross is as good as a tick. On a screen that draws both, in two colours, it is the opposite.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.colours import common_colour
from extractors.pictures.marks.draft import Draft, is_off
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.icons import Figure, figure_inside, figure_of
from extractors.pictures.marks.series import Kind
from extractors.pictures.read_page import Box
from records.marks import MarkState, MarkStyle

_COLOURED = 40.0
"""Levels between a colour's channels from which it has a hue."""
_OTHER_HUE = 0.5
"""Cosine between two hues below which they are two colours: green and red, not blue and pale blue."""


def with_crosses(ground: Ground, kinds: list[Kind]) -> list[Kind]:
    """*kinds*, with crosses that stand among ticks as one make with them: JPEG closes a small cross to a square."""
    signs = [k for k in kinds if k.family == "tick" and 2 * _count(ground, k, Figure.TICK) >= len(k.members) > 1]
    joined = list(kinds)
    for kind in kinds:
        if kind.family not in ("box", "circle") or _count(ground, kind, Figure.CROSS) < _NEARLY_ALL * len(kind.members):
            continue
        home = next((k for k in signs if _stand_among(kind, k, ground.line_height)), None)
        if home is not None:
            joined = [k for k in joined if k is not kind]
            home.members.extend(kind.members)
    return joined


def told_by_hue(ground: Ground, boxes: list[Box], figures: list[Figure]) -> list[Figure]:
    """*figures* of the signs of one column, where those that are ticks have one hue and those that are crosses another:
    what is too blurred to be told has the figure of its hue, if it has just that."""
    hues = [_hue(ground, box) for box in boxes]
    known = {
        figure: [hue for hue, own in zip(hues, figures, strict=True) if own is figure]
        for figure in (Figure.TICK, Figure.CROSS)
    }
    if min(map(len, known.values())) < 2:
        return figures
    usual = {figure: np.median(own, axis=0) for figure, own in known.items()}
    if not _differ(usual[Figure.TICK], usual[Figure.CROSS]):
        return figures
    if any(_differ(hue, usual[figure]) for figure, own in known.items() for hue in own):
        return figures
    told = []
    for hue, figure in zip(hues, figures, strict=True):
        like = [name for name, own in usual.items() if _are_one(hue, own)]
        told.append(like[0] if figure is Figure.OTHER and len(like) == 1 else figure)
    return told


def _are_one(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    if min(float(np.ptp(one)), float(np.ptp(other))) < _COLOURED:
        return False
    return float(one @ other) >= _ONE_HUE * float(np.linalg.norm(one)) * float(np.linalg.norm(other))


_ONE_HUE = 0.9
"""Cosine between two hues above which they are one colour."""


def _count(ground: Ground, kind: Kind, figure: Figure) -> int:
    return sum(figure_of(ground, m.box) is figure for m in kind.members)


def _stand_among(kind: Kind, signs: Kind, unit: float) -> bool:
    xs = [m.middle[0] for m in signs.members]
    return all(any(abs(m.middle[0] - x) <= 0.5 * unit for x in xs) for m in kind.members)


_NEARLY_ALL = 0.8
"""Share of a make that must be crosses for it to be one of crosses."""


def settle_crosses(ground: Ground, drafts: list[Draft], is_round: bool) -> None:
    """Settle what is drawn otherwise than the ticks of its make, or give it up.

    In another hue: a cross is off, anything else unreadable. In their own hue: a round or filled one is unreadable.
    Round signs none of which is empty are no boxes to tick: only a plain tick among them is on. Crosses without a ring,
    and nothing else, may be how a page draws off.
    """
    if drafts and all(d.box is not None and figure_of(ground, d.box) is Figure.CROSS for d in drafts):
        for draft in drafts:
            draft.give_up("all of its make are crosses without a box, and nothing tells what they say")
        return
    drawn = [
        (d, d.box, _figure(ground, d.box, is_round)) for d in drafts if d.state is MarkState.ON and d.box is not None
    ]
    ticks = [box for _, box, figure in drawn if figure is Figure.TICK]
    are_signs = is_round and not any(is_off(d.state) for d in drafts)
    usual = np.median([_hue(ground, box) for box in ticks], axis=0) if ticks else None
    for draft, box, figure in drawn:
        if figure is Figure.TICK or (usual is None and not are_signs):
            continue
        if usual is not None and _differ(_hue(ground, box), usual):
            if figure is Figure.CROSS:
                draft.settle(MarkState.OFF, "a cross, others of its make are ticked in another colour")
            else:
                draft.give_up("no tick, and drawn in another colour than the ticks of the others")
        elif are_signs:
            draft.give_up("no plain tick in it, and none of the round signs is empty")
        elif figure is Figure.CROSS and (draft.style is not MarkStyle.CHECK_BOX or _is_filled(ground, box)):
            draft.give_up("a cross, while others of its make are ticked")


def doubt_dashes(ground: Ground, drafts: list[Draft]) -> None:
    """Settle the dashes in discs none of which is empty: mixed is only said of a box.

    Where all others have a plain tick, and no entry is indented and so may have entries below it, a dash says off.
    Elsewhere nothing tells what it says.
    """
    dashes = [d for d in drafts if d.state is MarkState.MIXED]
    if any(is_off(d.state) for d in drafts):
        return
    ticks = [d for d in drafts if d.state is MarkState.ON and d.box and _figure(ground, d.box, True) is Figure.TICK]
    are_opposites = len(ticks) >= _OPPOSITES and len(ticks) + len(dashes) == len(drafts)
    for draft in dashes:
        if are_opposites and is_flat(drafts, ground.line_height):
            draft.settle(MarkState.OFF, "a dash, all others are ticked and none stands below another")
        else:
            draft.give_up("a dash, and none of the round signs is empty: it may say off")


_OPPOSITES = 2
"""Plain ticks beside which a dash is their opposite."""


def is_flat(drafts: list[Draft], unit: float) -> bool:
    """Whether no entry is indented: the labels of every column of marks begin at one place."""
    placed = [(d.box[0], d.runs[0].box[0]) for d in drafts if d.box is not None and d.runs]
    return all(
        abs(label - other) <= 0.5 * unit for _, label in placed for _, other in placed if abs(label - other) <= 4 * unit
    )


def _figure(ground: Ground, box: Box, is_round: bool = False) -> Figure:
    """What is drawn on the commonest colour inside; on the fill where a heavy figure is commoner than its fill."""
    for fill in (None, _fill(ground, box)):
        for without_ring in (False, True) if is_round else (False,):
            figure = figure_inside(ground, box, fill, without_ring)
            if figure is not Figure.OTHER:
                return figure
    return Figure.OTHER


def _fill(ground: Ground, box: Box) -> NDArray[np.int16]:
    """The colour of what differs from the ground: the fill where it is filled, else the strokes."""
    rows, columns = ground.cut(box)
    ink = ground.ink[rows, columns]
    # On a dark page a white figure differs most, so the fill is the commonest colour and not the strongest.
    return common_colour(ground.pixels[rows, columns][ink >= 0.25 * float(np.percentile(ink, 95))])


def _hue(ground: Ground, box: Box) -> NDArray[np.float64]:
    colour = _fill(ground, box).astype(np.float64)
    return colour - float(colour.mean())


def _differ(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Whether two hues are two colours; a plain grey is another colour than a strong one."""
    paler, stronger = sorted((float(np.ptp(one)), float(np.ptp(other))))
    if paler < _COLOURED:
        return stronger >= 2 * _COLOURED and paler <= 0.25 * stronger
    return float(one @ other) < _OTHER_HUE * float(np.linalg.norm(one)) * float(np.linalg.norm(other))


def _is_filled(ground: Ground, box: Box) -> bool:
    ink = ground.ink[ground.cut(box)]
    return float((ink > 0.5 * float(np.percentile(ink, 95))).mean()) > 0.5
