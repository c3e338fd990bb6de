"""What is no log gives no row and says what it is; what cannot be read gives its own error, through a child as well."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest

from extractors.sniff import HEAD_BYTES, sniff
from flows.reading import check_readable
from records.errors import DOCUMENT_ERRORS, DamagedError, EncryptedError, TooLargeError
from samples import others
from samples.content import entries
from samples.layouts import SHEET, draw
from tests.golden.reading import check_account, check_rows, job_for, read, read_parts, run, witness
from tests.unit.raw_pdf import RawPage, text_at, write_pdf


def letter(path: Path) -> None:
    others.letter(path, pages=3)


@pytest.mark.parametrize(
    ("draw_other", "kind"),
    [(letter, "letter"), (others.memo, "unknown"), (others.sharing_list, "sharing_list")],
    ids=["letter", "memo", "sharing list"],
)
def test_what_is_no_log_is_set_aside_with_its_kind(
    draw_other: Callable[[Path], object], kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "other.pdf"
    draw_other(path)
    parts = read(path, tmp_path)
    assert parts.rows == [] and parts.manifest["row_count"] == 0 and parts.manifest["files"] == {}
    assert parts.manifest["state"] == "set_aside"
    assert [segment["kind"] for segment in parts.tables["segment"]] == [kind]
    assert kind in parts.manifest["reason"] and parts.manifest["advice"]
    assert parts.tables["column"] == []
    told = [issue for issue in parts.tables["issue"] if issue["code"] == "segment_set_aside"]
    assert [(issue["page_number"], issue["severity"], bool(issue["advice"])) for issue in told] == [(1, "notice", True)]
    check_account(parts, witness(path))
    assert sum(page["glyphs_left"] for page in parts.tables["page"]) == sum(map(len, witness(path).values()))


def test_nothing_is_doubtful_about_a_letter(tmp_path: Path) -> None:
    letter(tmp_path / "letter.pdf")
    assert read(tmp_path / "letter.pdf", tmp_path).doubts() == []


def test_a_letter_costs_no_more_than_a_log(tmp_path: Path) -> None:
    others.letter(tmp_path / "letter.pdf", pages=6)
    began = time.process_time()
    read(tmp_path / "letter.pdf", tmp_path)
    assert time.process_time() - began < 2.5, "six pages; a log of six pages takes well under one second"


def test_a_long_letter_is_set_aside_too(tmp_path: Path) -> None:
    others.letter(tmp_path / "letter.pdf", pages=50)
    manifest = read(tmp_path / "letter.pdf", tmp_path).manifest
    assert (manifest["state"], manifest["page_count"], manifest["kinds"]) == ("set_aside", 50, {"letter": 1})


def test_an_empty_page_is_blank(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "blank.pdf", [RawPage(b""), RawPage(b"")])
    parts = read(path, tmp_path)
    assert [page["page_class"] for page in parts.tables["page"]] == ["blank", "blank"]
    assert (parts.manifest["state"], parts.manifest["kinds"]) == ("set_aside", {"blank": 1})


def test_a_blank_page_inside_a_log_belongs_to_it(tmp_path: Path) -> None:
    layout = dataclasses.replace(SHEET, header_on="every")
    expected = draw(layout, entries(31, 20, layout.content), tmp_path / "log.pdf")
    with pypdfium2.PdfDocument(tmp_path / "log.pdf") as whole:
        whole.new_page(612, 792, index=1)
        whole.save(tmp_path / "all.pdf")
    parts = read(tmp_path / "all.pdf", tmp_path)
    assert [parts.cells(row)[0] for row in parts.rows] == [row.cells[0] for row in expected]
    assert [(s["kind"], s["first_page"], s["last_page"]) for s in parts.tables["segment"]] == [("audit_log", 1, 4)]


def test_a_letter_before_a_log_is_a_segment_of_its_own(tmp_path: Path) -> None:
    others.letter(tmp_path / "letter.pdf", pages=2)
    expected = draw(SHEET, entries(31, 20, SHEET.content), tmp_path / "log.pdf")
    with pypdfium2.PdfDocument.new() as whole:
        for name in ("letter.pdf", "log.pdf", "letter.pdf"):
            with pypdfium2.PdfDocument(tmp_path / name) as part:
                whole.import_pages(part)
        whole.save(tmp_path / "all.pdf")
    parts = read(tmp_path / "all.pdf", tmp_path)
    found = [(s["kind"], s["first_page"], s["last_page"]) for s in parts.tables["segment"]]
    assert found == [("letter", 1, 2), ("audit_log", 3, 5), ("letter", 6, 7)]
    assert [parts.cells(row)[0] for row in parts.rows] == [row.cells[0] for row in expected]
    assert {row["segment_ordinal"] for row in parts.rows} == {2}
    assert parts.manifest["state"] == "loaded"
    check_account(parts, witness(tmp_path / "all.pdf"))


def test_a_page_that_cannot_be_loaded_is_an_issue_and_the_rest_is_read(tmp_path: Path) -> None:
    pages: list[RawPage | None] = []
    header = {30: "ID", 250: "Org Name", 350: "Reason", 450: "Search Time"}
    for number in range(1, 4):
        content = b"".join(text_at(x, 700, text, 8) for x, text in header.items())
        for k in range(5):
            row = {30: f"{number:07x}{k}-1111-4222-8333-00000000000{k}", 250: "Fakeville PD", 350: "test"}
            row[450] = "11/02/2025"
            content += b"".join(text_at(x, 680 - 20 * k, text, 8) for x, text in row.items())
        pages.append(RawPage(content))
    whole = read(write_pdf(tmp_path / "whole.pdf", pages), tmp_path)
    assert len(whole.rows) == 15, "the page as such is readable"
    pages[1] = None
    parts = read(write_pdf(tmp_path / "hole.pdf", pages), tmp_path)
    assert [row["page_number"] for row in parts.rows] == [1] * 5 + [3] * 5
    assert ("page_unreadable", "error", 2) in {(i["code"], i["severity"], i["page_number"]) for i in parts.doubts()}


def start_child(path: Path, folder: Path, **changes: Any) -> tuple[int, list[dict[str, Any]], str]:
    """Run one job in a child as the parent does: exit code, events, standard error."""
    job = job_for(path, folder / "parts")
    data = {
        "command": job.command,
        "source": str(job.source),
        "document_id": job.document_id,
        "file_name": path.name,
        "parts_dir": str(job.parts_dir),
        "fingerprint": job.fingerprint,
        "hints": {},
        "engine": "auto",
        "limits": {"memory_bytes": 2 << 30, "cpu_seconds": 60, "output_bytes": 1 << 30, "max_pages": 1000},
        "parent_pid": os.getpid(),
    } | changes
    told = folder / "job.json"
    told.write_text(json.dumps(data))
    done = subprocess.run(
        [sys.executable, "-m", "extractors", str(told)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "truncated.pdf": (others.truncated, "damaged"),
    "locked.pdf": (lambda path: others.encrypted(path, rows=3), "encrypted"),
    # The parent sees by their first bytes that these are no PDF; a child that gets one all the same must not crash.
    "empty.pdf": (others.empty, "damaged"),
    "picture.pdf": (others.picture, "damaged"),
    "text.pdf": (lambda path: path.write_text("no PDF at all"), "damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_ends_the_child_with_its_own_error(name: str, tmp_path: Path) -> None:
    draw_bad, code = BAD[name]
    path = tmp_path / name
    draw_bad(path)
    exit_code, events, errors = start_child(path, tmp_path)
    assert exit_code == 3, errors
    assert [event["event"] for event in events] == ["document_error"]
    assert (events[0]["code"], events[0]["advice"]) == (code, DOCUMENT_ERRORS[code].advice)
    assert events[0]["message"].endswith(".") and errors == ""
    assert not list((tmp_path / "parts").rglob("manifest.json"))


def test_a_child_extracts_a_log(tmp_path: Path) -> None:
    path = tmp_path / "log.pdf"
    expected = draw(SHEET, entries(32, 12, SHEET.content), path)
    exit_code, events, errors = start_child(path, tmp_path)
    assert (exit_code, errors) == (0, "")
    done = {"event": "done", "state": "loaded", "page_count": 2, "row_count": 12, "reason": None, "advice": None}
    assert events[-1] == done
    assert {"event": "progress", "pages_done": 2, "pages": 2} in events
    [manifest] = (tmp_path / "parts").rglob("manifest.json")
    check_rows(read_parts(manifest.parent), expected)
    again = start_child(path, tmp_path)
    assert again == (0, [done], ""), "a document whose parts exist is not read again"


def test_a_child_without_memory_says_so(tmp_path: Path) -> None:
    path = tmp_path / "log.pdf"
    draw(SHEET, entries(32, 12, SHEET.content), path)
    exit_code, events, _ = start_child(path, tmp_path, limits={"memory_bytes": 60 << 20})
    # numpy and Arrow may die on their own below the limit; what must not happen is parts that look complete.
    assert exit_code != 0 and (exit_code != 3 or events[-1]["code"] == "limit_reached")
    assert not list((tmp_path / "parts").rglob("manifest.json"))


def test_a_child_renders_a_page_with_marks(tmp_path: Path) -> None:
    from PIL import Image

    path, out = tmp_path / "log.pdf", tmp_path / "page.png"
    draw(SHEET, entries(32, 12, SHEET.content), path)
    marks = [{"box": [100, 100, 200, 120], "label": "Reason", "color": "cell"}]
    exit_code, events, errors = start_child(
        path, tmp_path, command="render", page_number=2, scale=1.0, out=str(out), marks=marks
    )
    assert (exit_code, events, errors) == (0, [{"event": "done"}], "")
    with Image.open(out) as picture:
        assert picture.size == (792, 612), "as displayed: /Rotate 90 is undone"
        assert picture.getpixel((150, 99)) != (255, 255, 255)


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


@pytest.mark.parametrize("wanted", ["sesame", None, "wrong"])
def test_a_locked_log_opens_with_its_password_only(wanted: str | None, tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    others.encrypted(path, password="sesame", rows=3)
    job = job_for(path, tmp_path, {"password": wanted})
    if wanted == "sesame":
        assert run(job)[-1]["row_count"] == 3
    else:
        with pytest.raises(EncryptedError, match="needs a password" if wanted is None else "wrong"):
            run(job)


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [RawPage(b"")] * 3)
    exit_code, events, _ = start_child(path, tmp_path, limits={"max_pages": 2})
    assert (exit_code, events[-1]["code"]) == (3, TooLargeError.code)


def test_bytes_after_the_end_mark_do_no_harm_and_a_cut_end_does(tmp_path: Path) -> None:
    path = tmp_path / "log.pdf"
    draw(SHEET, entries(32, 12, SHEET.content), path)
    whole = path.read_bytes()
    path.write_bytes(whole + b"\r\n<!-- served in 12 ms -->\n")
    assert len(read(path, tmp_path / "a").rows) == 12
    for kept in (0.3, 0.6, 0.99):
        path.write_bytes(whole[: int(len(whole) * kept)])
        with pytest.raises(DamagedError):
            read(path, tmp_path / f"b{kept}")


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
