"""A child does its job and says how it ended: with parts, a picture, or the error of the document."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from records.errors import DOCUMENT_ERRORS, TooLargeError
from samples import others
from samples.content import entries
from samples.layouts import SHEET, draw
from tests.golden.reading import check_rows, job_for, read_parts
from tests.unit.raw_pdf import RawPage, write_pdf


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


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [RawPage(b"")] * 3)
    exit_code, events, _ = start_child(path, tmp_path, limits={"max_pages": 2})
    assert (exit_code, events[-1]["code"]) == (3, TooLargeError.code)
