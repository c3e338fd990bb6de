"""Reads documents in this process, without OCR."""

from __future__ import annotations

from tests.golden.without_ocr import without_ocr

__all__ = ["without_ocr"]
