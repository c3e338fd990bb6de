"""What a file is, by its first bytes. Pure and cheap: safe in the parent process."""

from __future__ import annotations

import codecs
from pathlib import Path

HEAD_BYTES = 4096
"""How much of a file :func:`sniff` wants to see."""

PICTURE_TYPES = frozenset({"image/png", "image/jpeg", "image/tiff", "image/webp", "image/bmp", "image/gif"})
"""The pictures that are read."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", "application/rtf"),
)
_ARCHIVES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"PK\x07\x08", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)


def sniff(head: bytes, size: int) -> str:
    """The media type of a file of *size* bytes that begins with *head* (at least HEAD_BYTES of it).

    ``application/x-empty`` for no bytes, ``application/octet-stream`` for bytes of no kind known here. Zip-based
    office files are told apart from plain archives by the names stored at their start.
    """
    if size == 0:
        return "application/x-empty"
    # Before PDF: what is packed without being compressed shows its own first bytes, and one file of many is not all.
    for magic, media_type in _ARCHIVES:
        if head.startswith(magic):
            return _zip_kind(head) if media_type == "application/zip" else media_type
    if head[257:262] == b"ustar":
        return "application/x-tar"
    # Readers accept a PDF header within the first kilobyte: mail and web servers put bytes before it.
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return _text_kind(head)


def is_picture_file(path: Path) -> bool:
    """Whether the file's first bytes are those of a picture that is read."""
    with path.open("rb") as file:
        return sniff(file.read(HEAD_BYTES), path.stat().st_size) in PICTURE_TYPES


def _zip_kind(head: bytes) -> str:
    if b"xl/" in head:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    if b"word/" in head:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return "application/zip"


def _text_kind(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"\x00" in head:
        return "application/octet-stream"
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    try:  # the head may end inside a character
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "application/octet-stream"
    first_line = text.lstrip("\ufeff").split("\n", 1)[0]
    return "text/csv" if first_line.count(",") >= 2 else "text/plain"
