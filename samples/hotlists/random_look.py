"""Marks as no library draws them: sizes, shapes, pens and colours by seed, so that no reader is tuned to a look."""

from __future__ import annotations

import random
from collections.abc import Callable

from records.marks import MarkState, MarkStyle
from samples.hotlists.html_parts import DISABLED, svg
from samples.hotlists.spec import ON_STATES
from samples.hotlists.styles import LOOKS, Look

_WORDS = (("On", "Off"), ("Yes", "No"), ("Enabled", "Disabled"), ("Active", "Inactive"), ("Allow", "Block"))


def _color(rng: random.Random) -> str:
    """One that is seen on light and on dark pages."""
    return rng.choice(("var(--accent)", "var(--accent)", f"hsl({rng.randrange(360)} {rng.randint(45, 90)}% 46%)"))


def _faded(state: MarkState, share: float) -> str:
    return f"opacity:{share};" if state in DISABLED else ""


def _ticked(rng: random.Random) -> str:
    """A tick, a cross, a square or a disc on a field of 24 x 24; ``PEN`` stands for its colour."""
    pen = f'fill="none" stroke="PEN" stroke-width="{rng.uniform(1.6, 4.2):.1f}"'
    pen += f' stroke-linecap="{rng.choice(("butt", "round"))}"'
    low, turn = rng.uniform(15, 19), rng.uniform(8.5, 11)
    tick = f'<path d="M{rng.uniform(4, 6.5):.1f} {rng.uniform(10.5, 13.5):.1f}L{turn:.1f} {low:.1f}'
    tick += f'L{rng.uniform(17, 20.5):.1f} {rng.uniform(5.5, 8):.1f}" {pen}/>'
    inset = rng.uniform(5, 8)
    side = 24 - 2 * inset
    square = f'<rect x="{inset:.1f}" y="{inset:.1f}" width="{side:.1f}" height="{side:.1f}" fill="PEN"/>'
    cross = f'<path d="M{inset:.1f} {inset:.1f}l{side:.1f} {side:.1f}m0 -{side:.1f}l-{side:.1f} {side:.1f}" {pen}/>'
    return rng.choices((tick, cross, square), (8, 1, 1))[0]


def _box(rng: random.Random, is_round: bool) -> Callable[[MarkState], str]:
    size, line = rng.randint(12, 28), rng.choice((1, 1, 1, 2, 2, 3))
    radius = "50%" if is_round else f"{rng.choice((0, 1, 2, 3, 4, size // 4))}px"
    edge = rng.choice(("var(--muted)", "var(--muted)", "var(--fg)", "var(--accent)"))
    field = rng.choice(("none", "none", "var(--field)", "color-mix(in srgb,var(--fg) 6%,var(--bg))"))
    color, is_filled, share = _color(rng), rng.random() < 0.7, rng.uniform(0.35, 0.6)
    sign = _ticked(rng).replace("PEN", "var(--on)" if is_filled else rng.choice((color, "var(--fg)")))
    depth = rng.choice(("", "", "", "box-shadow:inset 0 1px 2px rgba(0,0,0,.25);"))

    def mark(state: MarkState) -> str:
        is_on = state in ON_STATES
        around = color if is_on and is_filled else edge
        css = f"width:{size}px;height:{size}px;box-sizing:border-box;border:{line}px solid {around};"
        css += f"border-radius:{radius};background:{color if is_on and is_filled else field};{depth}"
        inner = size - 2 * line
        return f'<div style="{css}{_faded(state, share)}">{svg(sign, inner) if is_on else ""}</div>'

    return mark


def _switch(rng: random.Random) -> Callable[[MarkState], str]:
    height = rng.randint(14, 32)
    width = round(height * rng.uniform(1.6, 2.3))
    knob = round(height * rng.uniform(0.5, 0.86)) if rng.random() < 0.8 else round(height * rng.uniform(1.1, 1.35))
    radius, knob_radius = (height, "50%") if rng.random() < 0.85 else (rng.randint(2, 4), "2px")
    outline = rng.choice((0, 0, 0, 1, 2))
    edge = max((height - knob) / 2, 0) if knob < height else 0
    color, share = _color(rng), rng.uniform(0.35, 0.6)
    off = rng.choice(("var(--track)", "var(--track)", "var(--muted)", "none" if outline else "var(--muted)"))
    light = rng.choice(("#fff", "#fff", "var(--knob)")) if off != "none" else "var(--muted)"
    shadow = rng.choice(("", "box-shadow:0 1px 2px rgba(0,0,0,.35);", "box-shadow:0 1px 3px rgba(0,0,0,.5);"))
    on = color
    if knob > height:  # nothing but a paler track, and a shadow, shows where such a knob is
        on, off, outline = f"color-mix(in srgb,{color} 45%,var(--bg))", "var(--track)", 0
        light, shadow = "var(--knob)", "box-shadow:0 1px 3px rgba(0,0,0,.5);"

    def mark(state: MarkState) -> str:
        is_on = state in ON_STATES
        fill = on if is_on else off
        line = f"box-shadow:inset 0 0 0 {outline}px {color if is_on else 'var(--muted)'};" if outline else ""
        track = f"position:relative;width:{width}px;height:{height}px;border-radius:{radius}px;background:{fill};{line}"
        left = width - knob - edge if is_on else edge
        css = f"position:absolute;left:{left}px;top:{(height - knob) / 2}px;width:{knob}px;height:{knob}px;"
        css += f"border-radius:{knob_radius};background:{('#fff' if knob < height else color) if is_on else light};"
        return f'<div style="{track}{_faded(state, share)}"><div style="{css}{shadow}"></div></div>'

    return mark


def _radios(rng: random.Random) -> Callable[[MarkState], str]:
    size, words, gap = rng.randint(13, 24), rng.choice(_WORDS), rng.randint(8, 30)
    color, share, inner = _color(rng), rng.uniform(0.35, 0.6), rng.uniform(3.5, 6.5)
    pen, is_disc = rng.uniform(1.4, 3), rng.random() < 0.25
    if rng.random() < 0.25:
        words = (words[1], words[0])
    is_first_on = words in _WORDS

    def mark(state: MarkState) -> str:
        both = []
        for k, word in enumerate(words):
            is_chosen = (state in ON_STATES) == (is_first_on == (k == 0))
            line = color if is_chosen else "var(--muted)"
            ring = f'<circle cx="12" cy="12" r="10" fill="none" stroke="{line}" stroke-width="{pen:.1f}"/>'
            dot = f'<circle cx="12" cy="12" r="{inner:.1f}" fill="{color}"/>'
            if is_disc:
                dot = f'<circle cx="12" cy="12" r="10" fill="{color}"/><circle cx="12" cy="12" r="4" fill="var(--on)"/>'
            shown = svg(ring + (dot if is_chosen else ""), size)
            both.append(f'{shown}<span style="margin:0 {gap}px 0 6px">{word}</span>')
        return f'<div style="display:flex;align-items:center;{_faded(state, share)}">{"".join(both)}</div>'

    return mark


def _boxes(rng: random.Random) -> Look:
    return Look(MarkStyle.CHECK_BOX, _box(rng, False), rng.choice(("list", "list", "table", "menu")))


def _rings(rng: random.Random) -> Look:
    return Look(MarkStyle.OTHER, _box(rng, True), rng.choice(("list", "list", "table")))


def _switches(rng: random.Random) -> Look:
    return Look(MarkStyle.TOGGLE, _switch(rng), rng.choice(("list", "list", "table")))


def _choices(rng: random.Random) -> Look:
    return Look(MarkStyle.RADIO, _radios(rng), "words")


RANDOM: dict[str, Callable[[random.Random], Look]] = {
    "random-boxes": _boxes,
    "random-rings": _rings,
    "random-toggles": _switches,
    "random-radios": _choices,
}
"""Styles of which every seed looks otherwise."""


def browser_look(style: str, seed: int) -> Look:
    """How a browser draws the marks of a style; *seed* gives the look in those of :data:`RANDOM`."""
    return RANDOM[style](random.Random(f"{style}/look/{seed}")) if style in RANDOM else LOOKS[style]
