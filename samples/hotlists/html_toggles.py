"""Toggles as HTML: one function a look, from state to HTML."""

from __future__ import annotations

from records.marks import MarkState
from samples.hotlists.html_parts import TICK, faded, svg
from samples.hotlists.spec import ON_STATES


def ios(state: MarkState) -> str:
    """A wide track with a white knob; green or grey."""
    return _track(state, 46, 28, 24, "#34c759", "var(--track)")


def android(state: MarkState) -> str:
    """Material's older switch: a thin pale track under a larger knob."""
    is_on = state in ON_STATES
    knob, track = ("var(--accent)", "var(--accent)") if is_on else ("var(--knob)", "var(--muted)")
    return (
        f'<div style="position:relative;width:36px;height:20px;{faded(state)}">'
        f'<div style="position:absolute;left:1px;top:3px;width:34px;height:14px;border-radius:7px;background:{track};'
        f'opacity:.45"></div><div style="position:absolute;left:{16 if is_on else 0}px;top:0;width:20px;height:20px;'
        f'border-radius:50%;background:{knob};box-shadow:0 1px 3px rgba(0,0,0,.4)"></div></div>'
    )


def material3(state: MarkState) -> str:
    """Material 3: an outlined track with a small knob for off, a filled one with a tick in the knob for on."""
    is_on = state in ON_STATES
    line = "var(--accent)" if is_on else "var(--muted)"
    size, left, color = (22, 25, "var(--on)") if is_on else (14, 7, "var(--muted)")
    tick = svg(f'<path d="{TICK}" fill="var(--accent)"/>', 14, "margin:4px") if is_on else ""
    return (
        f'<div style="position:relative;width:50px;height:30px;box-sizing:border-box;border:2px solid {line};'
        f'border-radius:15px;background:{"var(--accent)" if is_on else "transparent"};{faded(state)}">'
        f'<div style="position:absolute;left:{left - 2}px;top:{13 - size // 2}px;width:{size}px;height:{size}px;'
        f'border-radius:50%;background:{color}">{tick}</div></div>'
    )


def switch(state: MarkState) -> str:
    """Bootstrap's switch: a small outlined pill."""
    is_on = state in ON_STATES
    fill, line, knob = (
        ("var(--accent)", "var(--accent)", "var(--on)") if is_on else ("var(--field)", "var(--muted)", "var(--muted)")
    )
    return (
        f'<div style="width:32px;height:16px;box-sizing:border-box;border:1px solid {line};border-radius:8px;'
        f'background:{fill};{faded(state)}"><div style="width:10px;height:10px;margin:2px;border-radius:50%;'
        f'margin-left:{18 if is_on else 2}px;background:{knob}"></div></div>'
    )


def worded_toggle(state: MarkState) -> str:
    """A track that says ON or OFF beside its knob."""
    is_on = state in ON_STATES
    css = f"left:{8 if is_on else 26}px;color:{'#fff' if is_on else 'var(--fg)'}"
    text = f'<span style="position:absolute;top:5px;font:700 11px sans-serif;{css}">{"ON" if is_on else "OFF"}</span>'
    return _track(state, 56, 24, 20, "var(--accent)", "var(--track)", text)


def _track(state: MarkState, width: int, height: int, knob: int, on: str, off: str, text: str = "") -> str:
    is_on, edge = state in ON_STATES, (height - knob) // 2
    return (
        f'<div style="position:relative;width:{width}px;height:{height}px;border-radius:{height}px;'
        f'background:{on if is_on else off};{faded(state)}">{text}'
        f'<div style="position:absolute;top:{edge}px;left:{width - knob - edge if is_on else edge}px;width:{knob}px;'
        f'height:{knob}px;border-radius:50%;background:#fff;box-shadow:0 1px 2px rgba(0,0,0,.35)"></div></div>'
    )
