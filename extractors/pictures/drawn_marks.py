"""Marks from vector drawing: shapes that lie on one another, judged only where the drawing is plain.

What is not plain gives no mark at all: then the rendered page decides. Anything else that is painted or noted over a
box (a pen stroke, a picture, an annotation) makes it not plain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.pictures.read_page import Box
from extractors.pictures.small_shapes import Colour, Form, Painted, Shape, luma
from extractors.pictures.vector_mark import VectorMark, overlap
from records.marks import MarkMethod, MarkState, MarkStyle

SMALLEST, HIGHEST = 5.0, 26.0
"""Points: sizes of boxes and circles, heights of toggles."""
_PART = 0.75
"""Of the mark's size: shapes at least this large are its frame and ground, smaller ones stand inside."""
_CONTRAST = 0.25
"""Difference in lightness from which one colour stands out on another."""
_LIGHT = 0.8
TICKS = frozenset("✓✔✗✘✕✖☓xX×")
"""Signs that, alone in a box, tick it."""


@dataclass(slots=True)
class _Group:
    """Shapes on one place, in painting order."""

    shapes: list[Shape]
    box: Box
    signs: list[str] = field(default_factory=list)

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]

    def is_outer(self, shape: Shape) -> bool:
        return shape.width >= _PART * self.width and shape.height >= _PART * self.height and not _is_line(shape)


def drawn_marks(painted: Painted, signs: Sequence[tuple[str, Box]], noted: Sequence[Box]) -> list[VectorMark]:
    """The marks that are plain. *signs* are the glyphs of the text layer with their boxes, *noted* the places of
    annotations."""
    groups = _groups(painted.shapes)
    for sign, box in signs:
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        for group in groups:
            if group.box[0] <= middle[0] <= group.box[2] and group.box[1] <= middle[1] <= group.box[3]:
                group.signs.append(sign)
    plain = [group for group in groups if not _is_disturbed(group, painted, noted)]
    marks = [mark for group in plain if (mark := _judge(group)) is not None]
    return marks + _toggles([group for group in plain if group.shapes[0].form is Form.PILL and not group.signs])


def _groups(shapes: list[Shape]) -> list[_Group]:
    """Each frame with what is painted on it. A shape belongs to the last group whose box holds its middle."""
    groups: list[_Group] = []
    for shape in shapes:
        x, y = (shape.box[0] + shape.box[2]) / 2, (shape.box[1] + shape.box[3]) / 2
        home = next((g for g in reversed(groups) if g.box[0] <= x <= g.box[2] and g.box[1] <= y <= g.box[3]), None)
        if home is not None and shape.width <= 1.35 * home.width and shape.height <= 1.35 * home.height:
            home.shapes.append(shape)
            if shape.form in (Form.SQUARE, Form.CIRCLE) and home.is_outer(shape):
                a, b = home.box, shape.box
                home.box = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
        elif shape.form in (Form.SQUARE, Form.CIRCLE, Form.PILL) and SMALLEST <= shape.height <= HIGHEST:
            groups.append(_Group([shape], shape.box))
    return groups


def _is_disturbed(group: _Group, painted: Painted, noted: Sequence[Box]) -> bool:
    """Whether something besides the group's own shapes lies over it: painted later, or noted."""
    x0, top, x1, bottom = group.box
    inner = (x0 + 0.15 * group.width, top + 0.15 * group.height, x1 - 0.15 * group.width, bottom - 0.15 * group.height)
    begun = group.shapes[0].order
    if any(order > begun and overlap(inner, box) > 0 for order, box in painted.others):
        return True
    mine = {shape.order for shape in group.shapes}
    if any(s.order > begun and s.order not in mine and overlap(inner, s.box) > 0 for s in painted.shapes):
        return True
    return any(overlap(inner, box) > 0 for box in noted)


def _judge(group: _Group) -> VectorMark | None:
    """A box or a circle, or None where it is neither or not plain."""
    first = group.shapes[0].form
    if first not in (Form.SQUARE, Form.CIRCLE):
        return None
    outer = [shape for shape in group.shapes if group.is_outer(shape)]
    inner = [shape for shape in group.shapes if not group.is_outer(shape)]
    grounds = [shape for shape in outer if shape.is_filled]
    ground: Colour = grounds[-1].ink if grounds else (255.0, 255.0, 255.0)
    # A frame is a dark line, or a dark fill under a slightly smaller light one.
    is_framed = any(luma(s.ink) < 0.9 for s in outer if not s.is_filled or s is not grounds[-1])
    is_faint = any(shape.is_faint for shape in outer)
    told: tuple[MarkState, str] | None
    if group.signs:
        is_tick = len(group.signs) == 1 and group.signs[0] in TICKS and not inner
        told = (MarkState.ON, "vector: a drawn frame with a tick of the text layer") if is_tick else None
    elif not inner:
        is_empty = luma(ground) >= _LIGHT and is_framed
        told = (MarkState.OFF, "vector: an empty frame") if is_empty else None
    elif first is Form.CIRCLE:
        told = _dot(group, inner, ground)
    else:
        told = _tick(group, inner, ground)
    if told is None or not SMALLEST <= group.height <= HIGHEST:
        return None
    state, basis = told
    if is_faint and state in _DISABLED:
        state, basis = _DISABLED[state], f"{basis}, drawn faint"
    kind = MarkStyle.CHECK_BOX if first is Form.SQUARE else MarkStyle.RADIO
    return VectorMark(group.box, kind, state, MarkMethod.VECTOR, basis)


_DISABLED = {MarkState.ON: MarkState.DISABLED_ON, MarkState.OFF: MarkState.DISABLED_OFF}


def _is_line(shape: Shape) -> bool:
    return shape.form is Form.STROKE


def _stands_out(shape: Shape, ground: Colour) -> bool:
    return abs(luma(shape.ink) - luma(ground)) >= _CONTRAST


def _tick(group: _Group, inner: list[Shape], ground: Colour) -> tuple[MarkState, str] | None:
    """What stands in a box: a tick, a cross, a dash; None for anything else."""
    if not all(_stands_out(shape, ground) for shape in inner):
        return None
    if len(inner) == 2 and all(shape.is_diagonal for shape in inner):
        return MarkState.ON, "vector: a frame with a cross of two lines"
    if len(inner) != 1:
        return None
    shape = inner[0]
    wide, high = shape.width / group.width, shape.height / group.height
    if shape.form is Form.STROKE and shape.pieces == 2 and wide >= 0.3 and high >= 0.25:
        return MarkState.ON, "vector: a frame with a tick"
    if shape.form is Form.OTHER and shape.is_filled and shape.pieces >= 5 and wide >= 0.4 and high >= 0.3:
        return MarkState.ON, "vector: a frame with a filled sign"
    if shape.form is Form.FLAT and wide >= 0.35 and high <= 0.3:
        return MarkState.MIXED, "vector: a frame with a dash"
    return None


def _dot(group: _Group, inner: list[Shape], ground: Colour) -> tuple[MarkState, str] | None:
    """What stands in a circle: a dark dot on a light ground, or nothing that is plain."""
    if len(inner) != 1 or inner[0].form is not Form.CIRCLE or not inner[0].is_filled:
        return None
    size = inner[0].height / group.height
    is_dark = luma(ground) >= _LIGHT and _stands_out(inner[0], ground)
    return (MarkState.ON, "vector: a circle with a dot") if is_dark and 0.2 <= size <= _PART else None


def _toggles(groups: list[_Group]) -> list[VectorMark]:
    """Pills with a round knob at one end. On is right, where the track's colour goes with the side on this page: grey
    on the left and coloured or dark on the right."""
    found: list[tuple[_Group, bool, Colour]] = []
    for group in groups:
        knobs = [s for s in group.shapes[1:] if s.form is Form.CIRCLE and s.is_filled]
        if len(group.shapes) != 2 or len(knobs) != 1 or not _stands_out(knobs[0], group.shapes[0].ink):
            continue
        middle = (knobs[0].box[0] + knobs[0].box[2]) / 2
        place = (middle - group.box[0]) / group.width
        if 0.4 < place < 0.6:
            continue
        found.append((group, place > 0.5, group.shapes[0].ink))
    if any(_is_grey(ink) is is_right for _, is_right, ink in found):
        return []
    return [
        VectorMark(
            group.box,
            MarkStyle.TOGGLE,
            MarkState.ON if is_right else MarkState.OFF,
            MarkMethod.VECTOR,
            f"vector: a knob on the {'right of a coloured' if is_right else 'left of a grey'} track",
        )
        for group, is_right, _ in found
    ]


def _is_grey(ink: Colour) -> bool:
    return max(ink) - min(ink) < 30
