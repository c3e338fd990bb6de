"""Chunks are a matter of speed: whatever their size, and wherever a run was killed, the parts are the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import jobs, plan_job
from records.parts import MANIFEST
from samples.content import entries
from samples.layouts import draw, layout_named
from tests.golden.reading import Parts, check_rows, job_for, read_parts, run, squeeze, with_chunk

SPLIT = ("ruled", "split-unruled", "sheet", "portal-lower-case", "header-again")
"""Rows over page breaks, ruled and not; bottom-aligned with the header on page 1 only; two headers."""
QUIET = settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""An example reads a document twice, page by page."""


class Killed(Exception):
    """What a test throws where a run would be killed."""


def content_of(parts: Parts) -> dict[str, Any]:
    """Everything but the names of the files, in an order of its own."""
    tables = {name: sorted(map(repr, rows)) for name, rows in parts.tables.items()}
    kept = {key: value for key, value in parts.manifest.items() if key != "files"}
    return {"rows": parts.rows, "manifest": kept, **tables}


@pytest.fixture(scope="module", params=SPLIT)
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp(request.param)
    layout = layout_named(request.param)
    expected = draw(layout, entries(67, 60, layout.content), folder / "log.pdf")
    job = job_for(folder / "log.pdf", folder / "whole")
    run(job)
    parts = read_parts(job.target)
    check_rows(parts, expected)
    assert parts.manifest["page_count"] > 1
    return folder / "log.pdf", content_of(parts)


def test_some_rows_go_over_page_breaks(drawn: tuple[Path, dict[str, Any]], request: pytest.FixtureRequest) -> None:
    splits = layout_named(request.node.callspec.params["drawn"]).splits_rows
    assert bool(drawn[1]["continuation"]) is splits


@pytest.mark.parametrize("size", [1, 2])
def test_chunks_of_any_size_give_the_same_parts(
    size: int, drawn: tuple[Path, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_job, "CHUNK_PAGES", size)
    job = job_for(drawn[0], tmp_path)
    events = run(job)
    pages = drawn[1]["manifest"]["page_count"]
    if size < pages:
        assert events[0] == {"event": "planned", "chunks": -(-pages // size)}
    assert content_of(read_parts(job.target)) == drawn[1]


@QUIET
@given(order=st.randoms(use_true_random=False), killed_in=st.integers(1, 4), killed_after=st.integers(0, 3))
def test_a_run_killed_anywhere_is_finished_by_the_next(
    order: Any, killed_in: int, killed_after: int, drawn: tuple[Path, dict[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    """Chunks in any order; one of them dies while it reads a page; the next run reads what is missing."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plan_job, "CHUNK_PAGES", 1)
        job = job_for(drawn[0], tmp_path_factory.mktemp("parts"))
        events: list[dict[str, Any]] = []

        def say(event: str, **facts: Any) -> None:
            events.append({"event": event, **facts})

        jobs.extract(job, say)
        count = events[-1]["chunks"]
        numbers = list(range(1, count + 1))
        order.shuffle(numbers)
        reads = 0
        real = jobs.PdfiumDocument.read

        def dies(self: Any, page_number: int) -> Any:
            nonlocal reads
            reads += 1
            if reads > killed_in + killed_after:
                raise Killed
            return real(self, page_number)

        patched.setattr(jobs.PdfiumDocument, "read", dies)
        with pytest.raises(Killed):
            for number in numbers:
                jobs.chunk(with_chunk(job, number), say)
            raise Killed  # after the last chunk, before the finish
        patched.setattr(jobs.PdfiumDocument, "read", real)
        assert not (job.target / MANIFEST).exists()
        run(job)
        assert content_of(read_parts(job.target)) == drawn[1]
        assert not job.work.exists()


def test_a_finish_that_died_after_the_rename_is_done_again(
    drawn: tuple[Path, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_job, "CHUNK_PAGES", 2)
    job = job_for(drawn[0], tmp_path)

    def dies(folder: Path, ignore_errors: bool = False) -> None:
        if not ignore_errors:
            raise Killed

    with pytest.MonkeyPatch.context() as patched, pytest.raises(Killed):
        patched.setattr("extractors.finish.shutil.rmtree", dies)
        run(job)
    assert (job.target / MANIFEST).exists()
    events = run(job)
    assert events[-1]["event"] == "done"
    assert content_of(read_parts(job.target)) == drawn[1]


def test_a_second_run_reads_nothing(
    drawn: tuple[Path, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = job_for(drawn[0], tmp_path)
    first = run(job)

    def never(*_: Any) -> None:
        raise AssertionError("the document is opened again")

    monkeypatch.setattr(plan_job, "open_first", never)
    assert run(job) == first[-1:]


LOGS = {"sheet": (71, 20), "five-columns-no-id": (72, 50), "date-and-clock": (73, 50)}
"""Layout -> seed and rows of the logs of one file; columns and places of columns differ."""


def logs_in_one(folder: Path, names: tuple[str, ...]) -> tuple[Path, list[list[str]]]:
    """Logs one after the other, each with its header on its first page only; and the first cells of each."""
    path, first_cells = folder / "all.pdf", []
    with pypdfium2.PdfDocument.new() as whole:
        for name in names:
            seed, count = LOGS[name]
            layout = replace(layout_named(name), footer=None, header_on="first")
            rows = draw(layout, entries(seed, count, layout.content), folder / f"{name}.pdf")
            first_cells.append([squeeze(row.cells[0]) for row in rows])
            with pypdfium2.PdfDocument(folder / f"{name}.pdf") as part:
                whole.import_pages(part)
        whole.save(path)
    return path, first_cells


@pytest.fixture
def small_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan sees three pages: of these files, none but pages of the first log."""
    monkeypatch.setattr("extractors.plan.FIRST_PAGES", 2)
    monkeypatch.setattr("extractors.plan.SPREAD_PAGES", 1)


@pytest.mark.usefixtures("small_sample")
def test_a_header_that_the_sample_missed_is_met_in_chunks_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chunk that meets a header tells the others: they are read again where they need it."""
    path, first_cells = logs_in_one(tmp_path, ("sheet", "five-columns-no-id"))
    contents = []
    for size in (100, 1):
        monkeypatch.setattr(plan_job, "CHUNK_PAGES", size)
        job = job_for(path, tmp_path / f"parts-{size}")
        events = run(job)
        assert [event["event"] for event in events].count("planned") == (0 if size == 100 else 2)
        parts = read_parts(job.target)
        assert [squeeze(parts.cells(row)[0]) for row in parts.rows] == first_cells[0] + first_cells[1]
        assert [segment["kind"] for segment in parts.tables["segment"]] == ["audit_log", "audit_log"]
        contents.append(content_of(parts))
    assert contents[0] == contents[1]


@pytest.mark.usefixtures("small_sample")
def test_a_header_met_late_is_fitted_on_its_own_log_only(tmp_path: Path) -> None:
    path, first_cells = logs_in_one(tmp_path, tuple(LOGS))
    job = job_for(path, tmp_path / "parts")
    run(job)
    parts = read_parts(job.target)
    mine = [squeeze(parts.cells(row)[0]) for row in parts.rows if row["segment_ordinal"] == 2]
    assert mine == first_cells[1]


@pytest.mark.usefixtures("small_sample")
def test_a_header_that_the_columns_before_it_cut_is_met(tmp_path: Path) -> None:
    path, first_cells = logs_in_one(tmp_path, ("five-columns-no-id", "date-and-clock"))
    job = job_for(path, tmp_path / "parts")
    run(job)
    parts = read_parts(job.target)
    assert [segment["kind"] for segment in parts.tables["segment"]] == ["audit_log", "audit_log"]
    assert [squeeze(parts.cells(row)[0]) for row in parts.rows] == first_cells[0] + first_cells[1]
