"""What a file is, by its first bytes; the parent refuses by them what no child should see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractors.sniff import HEAD_BYTES, sniff
from flows.reading import check_readable
from records.errors import DOCUMENT_ERRORS
from samples import others


@pytest.mark.parametrize(
    ("draw_bad", "code"), [(others.empty, "empty_file"), (others.picture, "not_what_its_name_says")]
)
def test_the_parent_refuses_by_first_bytes(draw_bad: Callable[[Path], object], code: str, tmp_path: Path) -> None:
    path = tmp_path / "audit.pdf"
    draw_bad(path)
    size = path.stat().st_size
    media_type = sniff(path.read_bytes()[:HEAD_BYTES], size)
    with pytest.raises(DOCUMENT_ERRORS[code]):
        check_readable(SimpleNamespace(byte_count=size, media_type=media_type, file_name=path.name), 1 << 30)


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"", "application/x-empty"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"PK\x03\x04....xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"PK\x03\x04....word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x03\x04....a.txt", "application/zip"),
        (b"PK\x03\x04....log.pdf%PDF-1.7\n", "application/zip"),  # packed without being compressed
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVE\x00", "application/octet-stream"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", "text/html"),
        (b"ID,Name,Reason\n1,2,3\n", "text/csv"),
        (b"Dear Sir or Madam,\n", "text/plain"),
        (b"\x00\x01\x02\x03", "application/octet-stream"),
        (b"caf\xe9 au lait", "application/octet-stream"),
        (b"caf\xc3", "text/plain"),  # so does the file: text all the same
        ("é".encode() * HEAD_BYTES, "text/plain"),
        (b"a" + "é".encode() * HEAD_BYTES, "text/plain"),  # the head ends inside a character
    ],
)
def test_files_are_told_by_their_first_bytes(head: bytes, media_type: str) -> None:
    assert sniff(head[:HEAD_BYTES], len(head)) == media_type
