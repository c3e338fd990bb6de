"""Check boxes and radio buttons of a PDF form: state from the file's own dictionaries, read by pdfminer.

What a widget shows is its appearance state ``/AS``; what the form holds is the field's ``/V``. Where the two say
different things, viewers differ, and so the mark is unreadable.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import list_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import literal_name
from pdfminer.utils import decode_text

from records.marks import MarkState, MarkStyle

_BUTTON, _OFF = "Btn", "Off"
_READ_ONLY, _RADIO, _PUSH = 1, 1 << 15, 1 << 16
"""Bits of ``/Ff``."""
_UNSEEN = 1 << 1 | 1 << 5
"""Bits of ``/F``: hidden, not to be viewed."""
_MOST_PARENTS = 16
_BROKEN = (
    PDFException, PSException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
    OverflowError, RecursionError, struct.error,
)  # fmt: skip
"""What pdfminer raises for files that are not what they claim to be."""


@dataclass(frozen=True, slots=True)
class FieldMark:
    """A widget of a check box or radio button. ``rect`` is PDF user space: left, bottom, right, top."""

    rect: tuple[float, float, float, float]
    kind: MarkStyle
    state: MarkState
    basis: str
    name: str | None


class FormFields:
    """The buttons of a PDF's form, page by page; the file is parsed at the first question. Damaged forms have none."""

    def __init__(self, path: Path, password: str | None = None) -> None:
        self._path, self._password = path, password or ""
        self._pages: dict[int, list[FieldMark]] | None = None

    def on_page(self, page_number: int) -> list[FieldMark]:
        """The buttons that are shown on a page (1-based)."""
        if self._pages is None:
            self._pages = {}
            try:
                with self._path.open("rb") as file:
                    self._pages = _read(file, self._password)
            except _BROKEN:
                self._pages = {}  # a form that cannot be parsed says nothing: pixels decide
        return self._pages.get(page_number, [])


def _read(file: BinaryIO, password: str) -> dict[int, list[FieldMark]]:
    document = PDFDocument(PDFParser(file), password)
    if "AcroForm" not in document.catalog:
        return {}
    found: dict[int, list[FieldMark]] = {}
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        widgets = list_value(page.annots) if page.annots else []
        marks = [mark for widget in widgets if (mark := _mark(resolve1(widget))) is not None]
        if marks:
            found[number] = marks
    return found


def _mark(widget: Any) -> FieldMark | None:
    """The widget as a mark; None for other annotations, other fields and what is not shown."""
    if not isinstance(widget, dict) or _name(widget.get("Subtype")) != "Widget":
        return None
    if _name(_inherited(widget, "FT")) != _BUTTON or _number(widget.get("F")) & _UNSEEN:
        return None
    flags = _number(_inherited(widget, "Ff"))
    if flags & _PUSH:
        return None
    kind = MarkStyle.RADIO if flags & _RADIO else MarkStyle.CHECK_BOX
    rect = [float(resolve1(value)) for value in list_value(widget["Rect"])]
    left, right = sorted((rect[0], rect[2]))
    bottom, top = sorted((rect[1], rect[3]))
    if left == right or bottom == top:
        return None
    state, basis = _state(widget)
    if flags & _READ_ONLY:
        disabled = {MarkState.ON: MarkState.DISABLED_ON, MarkState.OFF: MarkState.DISABLED_OFF}
        state, basis = disabled.get(state, state), f"{basis}, read-only"
    return FieldMark((left, bottom, right, top), kind, state, basis, _full_name(widget))


def _state(widget: dict[str, Any]) -> tuple[MarkState, str]:
    """On, off, or unreadable where the appearance and the value contradict each other."""
    on_names = _on_names(widget)
    shown, value = _name(resolve1(widget.get("AS"))), _value(_inherited(widget, "V"))
    by_value = None
    if value is not None and (value in on_names or value == _OFF):
        by_value = value in on_names
    if shown is None:
        if by_value is None:
            known = value is None and len(on_names) == 1
            return (MarkState.OFF, "form field without a value") if known else (MarkState.UNREADABLE, "no known state")
        return (MarkState.ON if by_value else MarkState.OFF), f"form field: /V {value}"
    if shown != _OFF and shown not in on_names:
        return MarkState.UNREADABLE, f"form field: /AS {shown} is no state of its appearance"
    is_on = shown != _OFF
    if by_value is not None and by_value is not is_on:
        return MarkState.UNREADABLE, f"form field: /AS {shown} contradicts /V {value}"
    return (MarkState.ON if is_on else MarkState.OFF), f"form field: /AS {shown}"


def _on_names(widget: dict[str, Any]) -> set[str]:
    """The states of the normal appearance besides Off."""
    appearance = resolve1(widget.get("AP"))
    normal = resolve1(appearance.get("N")) if isinstance(appearance, dict) else None
    return {str(key) for key in normal} - {_OFF} if isinstance(normal, dict) else set()


def _chain(widget: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The widget, then the fields above it."""
    here: Any = widget
    for _ in range(_MOST_PARENTS):
        if not isinstance(here, dict):
            return
        yield here
        here = resolve1(here.get("Parent"))


def _inherited(widget: dict[str, Any], key: str) -> Any:
    return next((resolve1(field[key]) for field in _chain(widget) if key in field), None)


def _full_name(widget: dict[str, Any]) -> str | None:
    parts = [decode_text(t) for field in _chain(widget) if isinstance(t := resolve1(field.get("T")), bytes)]
    return ".".join(reversed(parts)) or None


def _name(value: Any) -> str | None:
    return None if value is None else str(literal_name(value))


def _value(value: Any) -> str | None:
    """``/V`` as a name; forms also write it as a string."""
    if value is None:
        return None
    return decode_text(value) if isinstance(value, bytes) else str(literal_name(value))


def _number(value: Any) -> int:
    value = resolve1(value)
    return value if isinstance(value, int) else 0
