"""How marks look in a browser: one function a style, from state to HTML. The colours are those of the theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from records.marks import MarkState, MarkStyle
from samples.hotlists.html_parts import DISABLED, TICK, faded, svg
from samples.hotlists.html_toggles import android, ios, material3, switch, worded_toggle
from samples.hotlists.spec import ON_STATES

_THIN = "M5 12.5l4.5 4.5L19 7.5"


@dataclass(frozen=True, slots=True)
class Look:
    """One style: what the mark is, and how it is drawn for a state. ``shape`` says how entries are laid out."""

    kind: MarkStyle
    mark: Callable[[MarkState], str]
    shape: str = "list"
    """``list``, ``menu``, ``chips``, ``tree``, ``table`` or ``words``."""
    can_be_mixed: bool = False


def material(state: MarkState) -> str:
    """A Material check box: an outline, or a filled square with a tick, or with a dash."""
    if state in ON_STATES or state is MarkState.MIXED:
        sign = f'<path d="{TICK}" fill="var(--on)" transform="translate(3 3) scale(.75)"/>'
        if state is MarkState.MIXED:
            sign = '<rect x="7" y="11" width="10" height="2" fill="var(--on)"/>'
        return svg(f'<rect x="3" y="3" width="18" height="18" rx="2" fill="var(--accent)"/>{sign}', 24, faded(state))
    box = '<rect x="4" y="4" width="16" height="16" rx="1.5" fill="none" stroke="var(--muted)" stroke-width="2"/>'
    return svg(box, 24, faded(state))


def bootstrap(state: MarkState) -> str:
    """Bootstrap: 1 px grey border, rounded; filled with a thin rounded tick."""
    return _filled_box(state, 16, 4, "2.6")


def fluent(state: MarkState) -> str:
    """Fluent: a larger box with square corners and a hair-thin tick."""
    return _filled_box(state, 20, 2, "1.5")


def _filled_box(state: MarkState, size: int, radius: int, pen: str) -> str:
    css = f"width:{size}px;height:{size}px;border-radius:{radius}px;box-sizing:border-box;{faded(state)}"
    if state in ON_STATES or state is MarkState.MIXED:
        path = _THIN if state in ON_STATES else "M6 12h12"
        sign = f'<path d="{path}" fill="none" stroke="var(--on)" stroke-width="{pen}" stroke-linecap="round"/>'
        return f'<div style="{css}background:var(--accent)">{svg(sign, size)}</div>'
    return f'<div style="{css}border:1px solid var(--muted);background:var(--field)"></div>'


def outlined(state: MarkState) -> str:
    """A box whose tick has the colour of the text, and no fill."""
    return _outlined(state, f'<path d="{TICK}" fill="var(--fg)" transform="translate(2.5 2) scale(.8)"/>')


def crossed(state: MarkState) -> str:
    """A box with an x for on."""
    return _outlined(state, '<path d="M7 7l10 10M17 7L7 17" stroke="var(--fg)" stroke-width="2.4"/>')


def blocked(state: MarkState) -> str:
    """A box with a smaller filled square for on."""
    return _outlined(state, '<rect x="7" y="7" width="10" height="10" fill="var(--accent)"/>')


def _outlined(state: MarkState, sign: str) -> str:
    if state is MarkState.MIXED:
        sign = '<path d="M7 12h10" stroke="var(--fg)" stroke-width="2.4"/>'
    sign = sign if state in ON_STATES or state is MarkState.MIXED else ""
    box = '<rect x="3" y="3" width="18" height="18" fill="var(--field)" stroke="var(--fg)" stroke-width="1.4"/>'
    return svg(box + sign, 18, faded(state))


def native(state: MarkState) -> str:
    """The browser's own check box, in the theme's colour scheme."""
    words = ["checked"] if state in ON_STATES else []
    words += ["disabled"] if state in DISABLED else []
    words += ["data-mixed"] if state is MarkState.MIXED else []
    return f'<input type="checkbox" style="display:block;margin:2px" {" ".join(words)}>'


def native_large(state: MarkState) -> str:
    """The browser's own check box, enlarged and in the brand's colour."""
    large = 'style="display:block;margin:1px;width:20px;height:20px;accent-color:var(--accent)"'
    return native(state).replace('style="display:block;margin:2px"', large)


def circled(state: MarkState) -> str:
    """A ring, or a filled disc with a tick."""
    if state in ON_STATES:
        pen = 'fill="none" stroke="var(--on)" stroke-width="2.2" transform="translate(2.4 2) scale(.8)"'
        sign = f'<path d="{_THIN}" {pen}/>'
        return svg(f'<circle cx="12" cy="12" r="10" fill="var(--accent)"/>{sign}', 22, faded(state))
    ring = '<circle cx="12" cy="12" r="9.2" fill="none" stroke="var(--muted)" stroke-width="1.6"/>'
    return svg(ring, 22, faded(state))


def check_icon(state: MarkState) -> str:
    """A bare tick before what is chosen, and nothing before the rest."""
    if state not in ON_STATES:
        return '<div style="width:20px;height:20px"></div>'
    return svg(f'<path d="{TICK}" fill="var(--accent)"/>', 20, faded(state))


def radio(state: MarkState, words: tuple[str, str] = ("On", "Off")) -> str:
    """Two circles with their words; the chosen one has a dot."""
    both = []
    for word, is_chosen in zip(words, (state in ON_STATES, state not in ON_STATES), strict=True):
        color = "var(--accent)" if is_chosen else "var(--muted)"
        dot = f'<circle cx="12" cy="12" r="5.2" fill="{color}"/>' if is_chosen else ""
        ring = f'<circle cx="12" cy="12" r="9" fill="none" stroke="{color}" stroke-width="2"/>'
        both.append(f'{svg(ring + dot, 20)}<span style="margin:0 16px 0 6px">{word}</span>')
    return f'<div style="display:flex;align-items:center;{faded(state)}">{"".join(both)}</div>'


def word(state: MarkState, words: tuple[str, str] = ("On", "Off")) -> str:
    """The word alone."""
    return f"<span>{words[0] if state in ON_STATES else words[1]}</span>"


def badge(state: MarkState, words: tuple[str, str] = ("On", "Off")) -> str:
    """The word on a coloured pill."""
    colors = "background:#1b873f;color:#fff" if state in ON_STATES else "background:var(--track);color:var(--fg)"
    css = f"display:inline-block;padding:2px 10px;border-radius:10px;font-size:.86em;{colors}"
    return f'<span style="{css}">{words[0] if state in ON_STATES else words[1]}</span>'


_BOX, _TOGGLE = MarkStyle.CHECK_BOX, MarkStyle.TOGGLE
LOOKS: dict[str, Look] = {
    "material-boxes": Look(_BOX, material, can_be_mixed=True),
    "bootstrap-boxes": Look(_BOX, bootstrap, can_be_mixed=True),
    "fluent-boxes": Look(_BOX, fluent, can_be_mixed=True),
    "native-boxes": Look(_BOX, native, can_be_mixed=True),
    "native-large-boxes": Look(_BOX, native_large, can_be_mixed=True),
    "outlined-boxes": Look(_BOX, outlined, can_be_mixed=True),
    "crossed-boxes": Look(_BOX, crossed, can_be_mixed=True),
    "blocked-boxes": Look(_BOX, blocked),
    "circled-ticks": Look(MarkStyle.OTHER, circled),
    "tree": Look(_BOX, material, "tree", can_be_mixed=True),
    "native-tree": Look(_BOX, native, "tree", can_be_mixed=True),
    "table-boxes": Look(_BOX, bootstrap, "table"),
    "menu-icons": Look(MarkStyle.CHECK_ICON, check_icon, "menu"),
    "menu-boxes": Look(_BOX, material, "menu"),
    "chips": Look(MarkStyle.CHIP, check_icon, "chips"),
    "ios-toggles": Look(_TOGGLE, ios),
    "android-toggles": Look(_TOGGLE, android),
    "material3-toggles": Look(_TOGGLE, material3),
    "switches": Look(_TOGGLE, switch),
    "worded-toggles": Look(_TOGGLE, worded_toggle),
    "radios": Look(MarkStyle.RADIO, radio, "words"),
    "words": Look(MarkStyle.WORD, word, "words"),
    "table-words": Look(MarkStyle.WORD, word, "table"),
    "table-badges": Look(MarkStyle.WORD, badge, "table"),
}
THEMES: dict[str, dict[str, str]] = {
    "light": {"bg": "#ffffff", "fg": "#212529", "muted": "#6c757d", "accent": "#1976d2"},
    "grey": {"bg": "#f3f4f6", "fg": "#374151", "muted": "#9ca3af", "accent": "#4f46e5", "field": "#ffffff"},
    "brand": {"bg": "#fffdf7", "fg": "#2b2118", "muted": "#8a7f70", "accent": "#c2410c"},
    "green": {"bg": "#ffffff", "fg": "#10261b", "muted": "#789", "accent": "#0f766e"},
    "dark": {"bg": "#121212", "fg": "#e6e6e6", "muted": "#9e9e9e", "accent": "#90caf9", "on": "#121212"},
    "navy": {"bg": "#0f172a", "fg": "#e2e8f0", "muted": "#64748b", "accent": "#38bdf8", "on": "#0f172a"},
    "contrast": {"bg": "#000000", "fg": "#ffffff", "muted": "#ffffff", "accent": "#ffff00", "on": "#000000"},
    "pale": {"bg": "#ffffff", "fg": "#8b8f96", "muted": "#c3c7cc", "accent": "#8ab4f8"},
}
DARK = frozenset({"dark", "navy", "contrast"})
