"""What the HTML of all marks is made of."""

from __future__ import annotations

from records.marks import MarkState

DISABLED = frozenset({MarkState.DISABLED_ON, MarkState.DISABLED_OFF})
TICK = "M9 16.2 4.8 12l-1.4 1.4L9 19 21 7l-1.4-1.4z"


def svg(inside: str, size: int, css: str = "") -> str:
    """*inside* on a field of 24 x 24, shown at *size*."""
    return f'<svg width="{size}" height="{size}" viewBox="0 0 24 24" style="display:block;{css}">{inside}</svg>'


def faded(state: MarkState) -> str:
    """The style of what is disabled."""
    return "opacity:.42;" if state in DISABLED else ""
