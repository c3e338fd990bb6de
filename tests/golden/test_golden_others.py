"""What is no log gives no row and says what it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from records.errors import DamagedError, EncryptedError
from samples import others
from samples.content import entries
from samples.layouts import SHEET, draw
from tests.golden.reading import check_account, job_for, read, run, witness
from tests.unit.raw_pdf import RawPage, text_at, write_pdf


def letter(path: Path) -> None:
    others.letter(path, pages=3)


@pytest.mark.parametrize(
    ("draw_other", "kind"),
    [(letter, "letter"), (others.memo, "unknown")],
    ids=["letter", "memo"],
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
