"""Text in layers that are switched off (optional content): in the file, but on no page as anybody sees it."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import literal_name

from extractors.covers import unseen
from extractors.glyphs import Glyphs
from extractors.pdfium_calls import Door, address, text_object

_MOSTLY = 0.5
"""Share of a text's glyphs that cannot be seen before all of it counts as unseen: something else may shine through."""


def hides_layers(path: Path, password: str | None) -> bool:
    """Whether the PDF has a layer that viewers do not show at first. Only files that can have layers are parsed."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(b"/OCProperties") < 0 and data.find(b"/ObjStm") < 0:
            return False
    with path.open("rb") as file:
        try:
            catalog = PDFDocument(PDFParser(file), password or "").catalog
            return _is_some_off(resolve1(catalog.get("OCProperties")))
        except (PSException, ValueError, KeyError, TypeError, AttributeError):
            return True  # nobody knows: the rendered pages tell


def _is_some_off(properties: Any) -> bool:
    if not isinstance(properties, dict):
        return False
    default = dict_value(properties.get("D") or {})
    base = resolve1(default.get("BaseState"))
    is_off = base is not None and literal_name(base) == "OFF"
    return is_off or bool(list_value(default.get("OFF") or [])) or bool(list_value(default.get("AS") or []))


def find_layered(page: Any, text_page: Any, door: Door, glyphs: Glyphs, index: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which glyphs, on a page of such a file, are of texts that the rendered page does not show. *index* holds each
    glyph's number among pdfium's characters."""
    if not len(glyphs):
        return np.zeros(0, np.bool_)
    missing = unseen(page, door, glyphs, np.ones(len(glyphs), np.bool_))
    _, text = np.unique(text_object(index, address(text_page)), return_inverse=True)
    share = np.bincount(text, missing) / np.bincount(text)
    hidden: NDArray[np.bool_] = share[text] > _MOSTLY
    return hidden
