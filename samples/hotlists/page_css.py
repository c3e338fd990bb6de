"""The style sheet of a drawn settings page: its theme, its spacing, and what stands around the list."""

from __future__ import annotations

from samples.hotlists.spec import ListSpec
from samples.hotlists.styles import DARK, THEMES


def style_sheet(spec: ListSpec) -> str:
    """All of the page's CSS."""
    colors = {"on": "#ffffff", "knob": "#fafafa", "track": "#d5d7db", **THEMES[spec.theme]}
    if spec.theme in DARK:
        colors = {**colors, "track": "#3f4650", "knob": "#bdbdbd"}
    colors.setdefault("field", colors["bg"])
    names = ";".join(f"--{name}:{value}" for name, value in colors.items())
    line = "color-mix(in srgb,var(--fg) 16%,var(--bg))"
    rows = f"display:grid;grid-template-columns:repeat({spec.columns},1fr);column-gap:24px"
    zebra = ".row:nth-child(even),tr:nth-child(even) td{background:color-mix(in srgb,var(--fg) 6%,var(--bg))}"
    return (
        f":root{{{names};color-scheme:{'dark' if spec.theme in DARK else 'light'}}}"
        "*{-webkit-print-color-adjust:exact}"
        f"body{{margin:0;background:var(--bg);color:var(--fg);font:{spec.size}px {spec.font};position:relative}}"
        ".card{padding:20px 26px}h1{font-size:1.45em;margin:0 0 10px}h2{font-size:1.12em;margin:0 0 8px}"
        "h2{font-weight:600}h3{font-size:1em;margin:14px 0 6px}p{margin:0 0 8px}"
        ".muted{color:var(--muted);font-size:.92em}"
        f".rows{{{rows}}}.row{{display:flex;align-items:center;gap:10px;padding:{spec.gap / 2}px 8px}}"
        f"{f'.row,td,th{{border-bottom:1px solid {line}}}' if spec.is_ruled else ''}{zebra if spec.is_zebra else ''}"
        f".mark{{flex:none}}.text{{{'flex:1;' if spec.mark_right else ''}line-height:1.3}}.off{{opacity:.5}}"
        ".note{font-size:.82em;color:var(--muted)}.caret{width:14px;flex:none}.cell{display:inline-block}"
        f".menu{{width:340px;border:1px solid {line};border-radius:6px;padding:6px 0}}"
        ".menu{box-shadow:0 4px 14px rgba(0,0,0,.3)}"
        ".chosen{background:color-mix(in srgb,var(--accent) 14%,var(--bg))}"
        f".chips .rows{{display:flex;flex-wrap:wrap;gap:8px;border:1px solid {line};border-radius:6px;padding:10px}}"
        f".chip{{display:flex;align-items:center;gap:6px;padding:4px 10px;border-radius:14px;background:{line}}}"
        ".chip .x{display:flex;opacity:.7}.words .text{flex:0 0 58%}"
        f"table{{border-collapse:collapse;width:100%}}td,th{{padding:{max(4, spec.gap / 2)}px 8px;text-align:left}}"
        ".right{text-align:right}"
        f".bar{{display:flex;align-items:center;gap:12px;padding:10px 20px;background:{line}}}.bar i{{flex:1}}"
        ".logo{width:26px;height:26px;background:var(--accent);border-radius:6px}"
        ".face{width:30px;height:30px;border-radius:50%;background:var(--accent);color:var(--on);display:flex;"
        "align-items:center;justify-content:center;font-size:12px}"
        f".side{{width:170px;padding:16px 0;border-right:1px solid {line}}}"
        ".nav{display:flex;gap:10px;align-items:center;padding:9px 18px;color:var(--muted)}"
        ".behind{background:#777;padding:34px 46px}.modal{background:var(--bg);border-radius:8px;overflow:hidden}"
        f".scroll{{position:absolute;right:2px;top:4px;bottom:4px;width:10px;background:{line};border-radius:5px}}"
        ".scroll div{width:10px;height:38%;background:var(--muted);border-radius:5px}"
        ".buttons{margin-top:18px;display:flex;gap:12px}"
        f".button{{padding:7px 16px;border:1px solid {line};border-radius:5px}}"
        ".main{background:var(--accent);color:var(--on)}"
    )
