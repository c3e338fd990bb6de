"""A settings page as HTML, and the script that asks the browser where its labels and marks came to stand."""

from __future__ import annotations

import html
from functools import partial

from records.marks import MarkStyle
from samples.hotlists.html_parts import DISABLED
from samples.hotlists.page_css import style_sheet
from samples.hotlists.random_look import browser_look
from samples.hotlists.shown_counter import counter_text
from samples.hotlists.spec import ON_STATES, Entry, ListSpec
from samples.hotlists.styles import Look, badge, radio, word
from samples.hotlists.words import MENU

SCRIPT = """(() => {
  document.querySelectorAll('input[data-mixed]').forEach(e => { e.indeterminate = true; });
  const around = rects => [Math.min(...rects.map(r => r.left)), Math.min(...rects.map(r => r.top)),
                           Math.max(...rects.map(r => r.right)), Math.max(...rects.map(r => r.bottom))];
  const ink = e => { const r = document.createRange(); r.selectNodeContents(e);
                     return around([...r.getClientRects()].filter(b => b.width > 0)); };
  const all = name => Object.fromEntries([...document.querySelectorAll('[' + name + ']')].map(e => {
      const box = e.className === 'chip' ? e : e.firstElementChild;
      return [e.getAttribute(name), name === 'data-mark' && box ? around([box.getBoundingClientRect()]) : ink(e)]; }));
  return {labels: all('data-label'), marks: all('data-mark'), facts: all('data-fact')};
})()"""


def page(spec: ListSpec) -> str:
    """The whole document."""
    look, around = browser_look(spec.style, spec.look), spec.around
    body = f'<div class="card">{_head(spec)}{_body(spec, look)}{_buttons() if around.buttons else ""}</div>'
    if around.sidebar:
        items = "".join(f'<div class="nav">{_glyph(i)}<span>{item}</span></div>' for i, item in enumerate(MENU))
        body = f'<div style="display:flex"><div class="side">{items}</div><div style="flex:1">{body}</div></div>'
    if around.toolbar:
        account = f'<span data-fact="account">{html.escape(spec.account)}</span>' if spec.account else ""
        bar = f'<div class="logo"></div><b>Sample Reader</b><i></i>{account}<div class="face">JD</div>'
        body = f'<div class="bar">{bar}</div>{body}'
    if around.modal:
        body = f'<div class="behind"><div class="modal">{body}</div></div>'
    if around.scroll_bar:
        body += '<div class="scroll"><div></div></div>'
    head = f'<meta charset="utf-8"><style>{style_sheet(spec)}</style>'
    return f'<!doctype html><html lang="en">{head}<body>{body}</body></html>'


def _head(spec: ListSpec) -> str:
    parts = [f'<h1 data-fact="title">{html.escape(spec.title)}</h1>'] if spec.title else []
    if spec.list_name:
        parts.append(f'<h2 data-fact="list_name">{html.escape(spec.list_name)}</h2>')
    if spec.account and not spec.around.toolbar:
        parts.append(f'<p class="muted"><span data-fact="account">{html.escape(spec.account)}</span></p>')
    if spec.date:
        parts.append(f'<p class="muted">Last updated <span data-fact="date">{spec.date}</span></p>')
    if spec.around.hint:
        parts.append('<p class="muted">Choose which alerts your users receive. Changes are saved at once.</p>')
    if text := counter_text(spec):
        parts.append(f'<p><span data-fact="counter">{text}</span></p>')
    return "".join(parts)


def _body(spec: ListSpec, look: Look) -> str:
    if look.shape == "table":
        return _table(spec, look)
    number, parts = 0, []
    for group in spec.groups:
        rows = []
        for entry in group.entries:
            rows.append(_chip(entry, number) if look.shape == "chips" else _row(spec, look, entry, number))
            number += 1
        heading = f'<h3 class="group">{html.escape(group.heading)}</h3>' if group.heading else ""
        parts.append(f'{heading}<div class="rows">{"".join(rows)}</div>')
    return f'<div class="{look.shape}">{"".join(parts)}</div>'


def _row(spec: ListSpec, look: Look, entry: Entry, number: int) -> str:
    mark = f'<div class="mark" data-mark="{number}">{_mark(spec, look, entry)}</div>'
    note = f'<div class="note">{html.escape(entry.description)}</div>' if entry.description else ""
    faded = " off" if entry.state in DISABLED else ""
    label = f'<div class="text{faded}"><span data-label="{number}">{html.escape(entry.label)}</span>{note}</div>'
    caret = ""
    if look.shape == "tree":
        has_children = entry.level == 0
        caret = f'<span class="caret">{_caret() if has_children else ""}</span>'
    chosen = " chosen" if look.shape == "menu" and entry.state in ON_STATES else ""
    order = label + mark if spec.mark_right else mark + label
    return f'<div class="row{chosen}" style="padding-left:{8 + 26 * entry.level}px">{caret}{order}</div>'


def _mark(spec: ListSpec, look: Look, entry: Entry) -> str:
    if look.mark in (radio, word, badge):
        return partial(look.mark, words=spec.words)(entry.state)
    return look.mark(entry.state)


def _chip(entry: Entry, number: int) -> str:
    if entry.state not in ON_STATES:
        return ""
    cross = '<span class="x">' + _line("M6 6l12 12M18 6L6 18", 12) + "</span>"
    label = f'<span data-label="{number}">{html.escape(entry.label)}</span>'
    return f'<div class="chip" data-mark="{number}">{label}{cross}</div>'


def _table(spec: ListSpec, look: Look) -> str:
    number, rows = 0, []
    for group in spec.groups:
        if group.heading:
            rows.append(f'<tr><th colspan="4" class="group">{html.escape(group.heading)}</th></tr>')
        for entry in group.entries:
            faded = ' class="off"' if entry.state in DISABLED else ""
            source = ("NCIC", "State file", "Local", "Regional")[sum(map(ord, entry.label)) % 4]
            records = f"{sum(map(ord, entry.label)) * 37 % 90000:,}"
            rows.append(
                f'<tr{faded}><td><span data-label="{number}">{html.escape(entry.label)}</span></td><td>{source}</td>'
                f'<td class="right">{records}</td><td><div class="cell" data-mark="{number}">{_mark(spec, look, entry)}'
                "</div></td></tr>"
            )
            number += 1
    last = "Status" if look.kind is MarkStyle.WORD else "Alert"
    head = f"<tr><th>Topic</th><th>Source</th><th class='right'>Records</th><th>{last}</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"


def _buttons() -> str:
    return '<div class="buttons"><span class="button">Cancel</span><span class="button main">Save changes</span></div>'


def _caret() -> str:
    return _line("M7 10l5 5 5-5", 14)


def _glyph(number: int) -> str:
    shapes = (
        "M4 11l8-7 8 7v9H4z",
        "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l6 6",
        "M4 5h16v11H4zM9 20h6",
        "M4 20V9M10 20V4M16 20v-7",
    )
    return _line(shapes[number % len(shapes)], 18)


def _line(path: str, size: int) -> str:
    drawn = f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="2"/>'
    return f'<svg width="{size}" height="{size}" viewBox="0 0 24 24">{drawn}</svg>'
