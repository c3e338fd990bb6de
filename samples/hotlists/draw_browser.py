"""Settings pages as a browser shows them. The truth is where the browser says that it put labels and marks."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image

from samples.hotlists.browser import Browser, Shown
from samples.hotlists.cuts import cut
from samples.hotlists.html_page import SCRIPT, page
from samples.hotlists.random_look import browser_look
from samples.hotlists.shown_counter import counter_numbers, counter_text
from samples.hotlists.spec import ListSpec, parents
from samples.hotlists.truth import Box, Drawn, DrawnFact, DrawnMark, DrawnPage


def draw(browser: Browser, spec: ListSpec, name: str) -> Drawn:
    """The picture of *spec*, cut as it asks, and its truth."""
    return cut(_drawn(browser, spec, name)[0], spec)


def draw_print(browser: Browser, spec: ListSpec, name: str) -> tuple[bytes, DrawnPage]:
    """A PDF of one page whose marks are vectors and whose text is text; boxes in its points. Never cut."""
    drawn, shown = _drawn(browser, spec, name, prints=True)
    points = 0.75 / spec.scale
    return shown.pdf, drawn.page.moved(
        np.diag([points, points, 1.0]), shown.width * 0.75, (shown.height + 1) * 0.75, "printed"
    )


def _drawn(browser: Browser, spec: ListSpec, name: str, prints: bool = False) -> tuple[Drawn, Shown]:
    shown = browser.show(page(spec), SCRIPT, width=spec.width, scale=spec.scale, prints=prints)
    image = Image.open(io.BytesIO(shown.png)).convert("RGB")
    marks, hidden = [], []
    above, look = parents(spec.entries), browser_look(spec.style, spec.look)
    groups = [group.heading for group in spec.groups for _ in group.entries]
    for index, entry in enumerate(spec.entries):
        if str(index) not in shown.found["labels"]:
            hidden.append(entry.label)  # a chip that is not there
            continue
        label, mark = (_scaled(shown.found[kind][str(index)], spec.scale) for kind in ("labels", "marks"))
        parent = above[index]
        marks.append(
            DrawnMark(
                entry.label,
                entry.state,
                look.kind,
                label,
                mark,
                groups[index],
                "" if parent is None else spec.entries[parent].label,
            )
        )
    truth = DrawnPage(
        name,
        spec.style,
        spec.theme,
        image.width,
        image.height,
        tuple(marks),
        tuple(_facts(spec, shown.found["facts"])),
        tuple(hidden),
    )
    return Drawn(image, truth), shown


def _facts(spec: ListSpec, places: dict[str, Any]) -> list[DrawnFact]:
    facts = []
    texts = {"title": spec.title, "list_name": spec.list_name, "account": spec.account}
    for fact, place in places.items():
        box = _scaled(place, spec.scale)
        if fact == "counter":
            facts += [DrawnFact(name, counter_text(spec), value, box) for name, value in counter_numbers(spec)]
        elif fact == "date":
            facts.append(DrawnFact(fact, spec.date, spec.date_value, box))
        else:
            facts.append(DrawnFact(fact, texts[fact], texts[fact], box))
    return facts


def _scaled(box: list[float], scale: float) -> Box:
    x0, top, x1, bottom = (round(side * scale, 2) for side in box)
    return x0, top, x1, bottom
