"""The committed pictures of settings are read as drawn; OCR happens once; what is no picture of settings is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractors import others
from extractors.pictures.versions import READER_NAMES, reader_versions
from samples.hotlists.truth import DrawnMark, read_truth
from tests.golden.reading import Parts, job_for, read, read_parts, run
from tests.unit.raw_pdf import RawPage, write_pdf

SAMPLES = Path(__file__).parents[2] / "samples"
PICTURES = sorted(path.name.removesuffix(".json") for path in (SAMPLES / "expected").glob("*.json"))
BY_HAND = "form-scan.pdf"
"""Ticks drawn over their boxes: what cannot be told may be unreadable, if an issue names it."""

pytestmark = pytest.mark.skipif(set(READER_NAMES) - set(reader_versions()) != set(), reason="an OCR reader is missing")


def sample(name: str) -> Path:
    [path] = (SAMPLES / "inbox").glob(f"*/{name}")
    return path


def named(parts: Parts) -> set[int]:
    """The numbers of the marks that an issue names."""
    return {issue["mark_number"] for issue in parts.tables["issue"] if issue["mark_number"]}


def overlap(box: tuple[float, ...], mark: dict[str, Any], scale: float) -> float:
    """The share of the drawn *box* that the mark's label box covers."""
    x0, top, x1, bottom = (v * scale for v in box)
    width = min(x1, mark["x1"]) - max(x0, mark["x0"])
    height = min(bottom, mark["bottom"]) - max(top, mark["top"])
    return max(0.0, width) * max(0.0, height) / ((x1 - x0) * (bottom - top))


def of_label(drawn: DrawnMark, marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [mark for mark in marks if mark["label"] == drawn.label]


@pytest.mark.parametrize("name", PICTURES)
def test_every_mark_is_read_as_drawn(name: str, tmp_path: Path) -> None:
    [page] = read_truth(SAMPLES / "expected" / f"{name}.json")
    parts = read(sample(name), tmp_path)
    marks = parts.tables["mark"]
    wanted = [mark for mark in page.marks if not mark.is_cut]
    assert [m.label for m in wanted if len(of_label(m, marks)) != 1] == []
    found = {m.label: of_label(m, marks)[0] for m in wanted}
    wrong = [m.label for m in wanted if found[m.label]["state"] != m.state]
    if name == BY_HAND:
        assert all(found[label]["state"] == "unreadable" for label in wrong)
        assert {found[label]["mark_number"] for label in wrong} <= named(parts)
    else:
        assert wrong == []
    unnamed = [m for m in marks if m["mark_number"] not in named(parts)]
    assert {m["label"] for m in unnamed} <= {m.label for m in page.marks}, "nothing is invented without an issue"
    assert parts.manifest["mark_count"] == len(marks) and parts.manifest["state"] == "loaded"


def test_boxes_lie_on_labels_and_marks_of_the_page(tmp_path: Path) -> None:
    [page] = read_truth(SAMPLES / "expected" / "hotlist-settings.png.json")
    parts = read(sample("hotlist-settings.png"), tmp_path)
    [stored] = parts.tables["page"]
    scale = stored["width"] / page.width
    for drawn in page.marks:
        [mark] = of_label(drawn, parts.tables["mark"])
        assert overlap(drawn.label_box, mark, scale) > 0.7
        x0, top, x1, bottom = (v * scale for v in drawn.mark_box)
        assert x0 - 4 < mark["mark_x0"] < mark["mark_x1"] < x1 + 4
        assert top - 4 < mark["mark_top"] < mark["mark_bottom"] < bottom + 4


def test_every_reading_is_kept_and_belongs_to_its_mark(tmp_path: Path) -> None:
    parts = read(sample("hotlist-dark.png"), tmp_path)
    for mark in parts.tables["mark"]:
        own = [r for r in parts.tables["reading"] if r["mark_number"] == mark["mark_number"]]
        assert {r["reader"] for r in own} == set(READER_NAMES)
    seen = sum(page["glyphs_seen"] for page in parts.tables["page"])
    told = sum(page[f"glyphs_{account}"] for page in parts.tables["page"] for account in ("used", "furniture", "left"))
    assert seen == told > 0


def test_what_ocr_saw_is_used_again_by_another_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = job_for(sample("hotlist-dark.png"), tmp_path)
    run(job)
    first = read_parts(job.target)
    job.target.rename(tmp_path / "older")

    def refuse(*arguments: object) -> None:
        raise AssertionError("the page was recognised twice")

    monkeypatch.setattr(others, "read_picture", refuse)
    run(job)
    again = read_parts(job.target)
    assert (again.tables["mark"], again.tables["reading"]) == (first.tables["mark"], first.tables["reading"])


def test_a_page_of_outlines_is_a_picture_not_blank(tmp_path: Path) -> None:
    strokes = b" ".join(b"%d %d m %d %d l S" % (x, 700, x + 20, 730) for x in range(60, 500, 25))
    parts = read(write_pdf(tmp_path / "drawn.pdf", [RawPage(b"6 w " + strokes), RawPage(b"")]), tmp_path)
    assert [page["page_class"] for page in parts.tables["page"]] == ["picture", "blank"]
    assert parts.manifest["state"] == "set_aside"


def test_a_hint_sets_a_picture_aside(tmp_path: Path) -> None:
    parts = read(sample("hotlist-dark.png"), tmp_path, {"kind": "letter"})
    assert (parts.manifest["state"], parts.tables["mark"]) == ("set_aside", [])
