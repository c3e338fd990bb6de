"""A form with live fields (AcroForm): check boxes, or radio buttons Yes and No. Their state is in the file."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from records.marks import MarkState, MarkStyle
from samples.hotlists.draw_pillow import PAPER
from samples.hotlists.spec import ON_STATES, ListSpec
from samples.hotlists.truth import DrawnFact, DrawnMark, DrawnPage

_WIDTH, _HEIGHT, _LEFT = 612, 792, 72


def draw_fields(spec: ListSpec, path: Path, name: str, is_radio: bool = False) -> DrawnPage:
    """Write the entries of *spec* (those that fit one letter page) as fields; boxes in points of the page."""
    canvas = Canvas(str(path), pagesize=(_WIDTH, _HEIGHT), invariant=1)
    canvas.setFont("Helvetica-Bold", 15)
    title = spec.title or "Hotlist Settings"
    canvas.drawString(_LEFT, _HEIGHT - 84, title)
    title_box = (float(_LEFT), 72.0, _LEFT + canvas.stringWidth(title, "Helvetica-Bold", 15), 88.0)
    canvas.setFont("Helvetica", 11)
    marks: list[DrawnMark] = []
    group = ""
    y = 120
    for heading in spec.groups:
        if heading.heading:
            group = heading.heading
            canvas.setFont("Helvetica-Bold", 12)
            canvas.drawString(_LEFT, _HEIGHT - y - 11, group)
            canvas.setFont("Helvetica", 11)
            y += 24
        for entry in heading.entries:
            if y > _HEIGHT - 90 or len(entry.label) > 60:
                continue
            number, is_on = len(marks) + 1, entry.state in ON_STATES
            left = _LEFT + 26
            if is_radio:
                left = _LEFT
                for place, word in enumerate(("Yes", "No")):
                    x = 400 + 70 * place
                    is_chosen = is_on == (word == "Yes")
                    canvas.acroForm.radio(
                        name=f"topic{number}", value=word, x=x, y=_HEIGHT - y - 14, size=14, selected=is_chosen
                    )
                    canvas.drawString(x + 20, _HEIGHT - y - 11, word)
                mark_box = (400.0, y, 470.0 + 20 + canvas.stringWidth("No", "Helvetica", 11), y + 14)
            else:
                canvas.acroForm.checkbox(
                    name=f"topic{number}", tooltip=entry.label, checked=is_on, x=_LEFT, y=_HEIGHT - y - 14, size=14
                )
                mark_box = (_LEFT, y, _LEFT + 14, y + 14)
            canvas.drawString(left, _HEIGHT - y - 11, entry.label)
            right = left + canvas.stringWidth(entry.label, "Helvetica", 11)
            state = MarkState.ON if is_on else MarkState.OFF
            kind = MarkStyle.RADIO if is_radio else MarkStyle.CHECK_BOX
            marks.append(DrawnMark(entry.label, state, kind, (left, y + 2, right, y + 14), mark_box, group))
            y += 24
    canvas.save()
    shown = {mark.label for mark in marks}
    hidden = tuple(entry.label for entry in spec.entries if entry.label not in shown)
    facts = (DrawnFact("title", title, title, title_box),)
    style = "fields-radio" if is_radio else "fields-boxes"
    return DrawnPage(name, style, PAPER, _WIDTH, _HEIGHT, tuple(marks), facts, hidden)
