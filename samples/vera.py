"""Bitstream Vera, the embedded font of the samples. ReportLab ships it; its licence allows embedding."""

from __future__ import annotations

import functools
from importlib.resources import as_file, files
from pathlib import Path

from fontTools.ttLib import TTFont

FACES = ("Vera", "VeraBd")


@functools.cache
def face_path(name: str) -> Path:
    """The file of one of ``FACES``."""
    with as_file(files("reportlab") / "fonts" / f"{name}.ttf") as path:  # installed as a plain folder: stays there
        return path


@functools.cache
def vera_has(char: str) -> bool:
    """Whether the font has a glyph for *char*."""
    return ord(char) in _code_points()


@functools.cache
def _code_points() -> frozenset[int]:
    with TTFont(face_path("Vera")) as font:
        return frozenset(font.getBestCmap())
