"""Letters of ligatures whose bytes the file tells in the wrong order: Ghostscript writes so the maps of what office
programs print (ff as U+6600 U+6600 for U+0066 U+0066)."""

from __future__ import annotations

import re

_SWAPPED = "".join(chr(ord(letter) << 8) for letter in "filst")
_RUN = re.compile(f"(?<=[A-Za-z0-9])[{_SWAPPED}]+|[{_SWAPPED}]+(?=[a-z])")
_LETTERS = {ord(letter) << 8: letter for letter in "filst"}


def in_order(text: str) -> str:
    """The *text* of a page's glyphs with such letters as they are printed: Chinese ones that stand alone beside English
    letters or behind digits, and are these with their bytes the other way round. As long as before."""
    if text.isascii():
        return text
    return _RUN.sub(lambda run: run[0].translate(_LETTERS), text)
