"""Parts of pictures and pages that show settings, forms and sharing lists. Labels and organizations are invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.unit.parts_factory import PartsFactory

Mark = tuple[str, str]
"""Label and state."""


def line_box(number: int, x0: float = 60.0) -> dict[str, float]:
    """The box of entry *number* of a page: 14 pt high, 20 pt apart."""
    return {"x0": x0, "top": 40.0 + 20 * number, "x1": x0 + 200, "bottom": 54.0 + 20 * number}


def mark_box(number: int) -> dict[str, float]:
    return {f"mark_{side}": v for side, v in (line_box(number, 40.0) | {"x1": 52.0}).items()}


def settings(
    name: str,
    *pages: Sequence[Mark],
    kind: str = "hotlist_configuration",
    style: str = "check_box",
    page_class: str = "picture",
    letter_pages: int = 0,
    facts: Mapping[str, str] | None = None,
) -> PartsFactory:
    """A document whose pages show marks, behind a letter if *letter_pages*; every page says *facts*."""
    made = _pages(name, kind, len(pages), page_class, letter_pages)
    for page, marks in enumerate(pages, start=letter_pages + 1):
        for number, (label, state) in enumerate(marks, start=1):
            made.tables["mark"].append(
                {
                    "segment_ordinal": made.log_segment,
                    "page_number": page,
                    "mark_number": number,
                    "label": label,
                    "label_agreement": "both",
                    "state": state,
                    "state_basis": "ring and tick",
                    "style": style,
                    "method": "pixels",
                    **line_box(number),
                    **mark_box(number),
                }
            )
        for fact, text in (facts or {}).items():
            say(made, page, fact, text)
    return made


def sharing(
    name: str,
    *pages: Iterable[tuple[str, str | None, str | None]],
    direction: str = "unknown",
    page_class: str = "picture",
) -> PartsFactory:
    """A document whose pages list organizations: name, shared with me, sharing to."""
    made = _pages(name, "sharing_list", len(pages), page_class, 0)
    for page, rows in enumerate(pages, start=1):
        for number, (organization, with_me, to) in enumerate(rows, start=1):
            row: dict[str, Any] = {
                "segment_ordinal": 1,
                "page_number": page,
                "row_number": number,
                "organization": organization,
                "shared_with_me": with_me,
                "sharing_to": to,
                "direction": direction,
                "agreement": "both",
                "engine": "rapidocr+tesseract",
                **line_box(number),
            }
            for cell, text, x0 in (("with_me_", with_me, 280.0), ("to_", to, 500.0)):
                if text is not None:
                    row |= {f"{cell}{side}": v for side, v in line_box(number, x0).items()}
            made.tables["sharing"].append(row)
    return made


def say(made: PartsFactory, page: int, fact: str, text: str) -> None:
    """Let a page say something besides its marks."""
    box = {"x0": 20.0, "top": 5.0, "x1": 200.0, "bottom": 15.0}
    said = {"page_number": page, "fact": fact, "text": text, "value": text, "agreement": "both", **box}
    made.tables["fact"].append(said)


def doubt(made: PartsFactory, code: str, page: int, mark: int, severity: str = "doubt") -> None:
    """An issue that names a mark."""
    made.tables["issue"].append(
        {"code": code, "severity": severity, "message": "m", "page_number": page, "mark_number": mark}
    )


def _pages(name: str, kind: str, count: int, page_class: str, letter_pages: int) -> PartsFactory:
    made = PartsFactory(name, [], [], kind=kind, letter_pages=letter_pages)
    made.page_count = letter_pages + count
    made.tables["segment"][-1]["last_page"] = made.page_count
    (page,) = made.tables["page"][letter_pages:]
    made.tables["page"][letter_pages:] = [
        page | {"page_number": letter_pages + k, "page_class": page_class, "width": 800.0, "height": 1000.0}
        for k in range(1, count + 1)
    ]
    return made
