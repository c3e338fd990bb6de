"""The report prints what was drawn: a network audit is planned with its figures, drawn, read, built and reported."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime

import pytest

from benchmarks.network_check import differences
from benchmarks.network_draw import draw_rows
from benchmarks.network_plan import FILE_NAME, Figures, planned_rows
from flows.figures_html import html
from flows.figures_json import told_as_json
from flows.figures_markdown import markdown
from records.documents import DocumentState, SourceDocument
from records.release import Receipt, Release
from tests.golden.reading import job_for, run
from warehouse.build import BuildInputs, build
from warehouse.query import connect
from warehouse.report import Report, choose, report


@pytest.fixture(scope="module", params=[1, 2])
def reported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Figures]:
    folder = tmp_path_factory.mktemp(f"network-{request.param}")
    path, plan = folder / "log.pdf", Figures()
    draw_rows(path, planned_rows(request.param, 2_000, 500, plan))
    document_id = hashlib.sha256(path.read_bytes()).hexdigest()
    job = job_for(path, folder / "parts")
    run(job)
    parts = folder / "parts" / document_id / job.fingerprint
    inputs = BuildInputs(
        [Release("mock-harbor-2026", agency="Mock Harbor ISD Police Department", produced_date=date(2026, 2, 1))],
        [Receipt("mock-harbor-2026", document_id, FILE_NAME, datetime(2026, 2, 2, tzinfo=UTC).replace(tzinfo=None))],
        [SourceDocument(document_id, FILE_NAME, 1, "application/pdf", DocumentState.LOADED)],
        (),
        {document_id: parts},
    )
    build(inputs, folder / "built.duckdb")
    with connect(folder / "built.duckdb") as connection:
        return report(connection, choose([])), plan


def test_every_figure_is_as_planned(reported: tuple[Report, Figures]) -> None:
    made, plan = reported
    tables = {table["name"]: table["rows"] for table in json.loads(told_as_json(made, 1))["tables"]}
    assert list(differences(tables, plan)) == []
    assert plan.classes["label: civil"] > 2 * plan.classes["label: criminal"] > 0
    assert plan.rows == 2_000 > plan.searches


def test_every_line_of_a_search_figure_has_a_citation(reported: tuple[Report, Figures]) -> None:
    for table in reported[0].tables:
        if table.query.part == "Searches":
            cited = table.columns.index("example")
            assert all(" SHA-256 " in row[cited] for row in table.rows), table.query.name


def test_people_read_the_same_numbers(reported: tuple[Report, Figures]) -> None:
    made, plan = reported
    page, text = html(made, 1000), markdown(made, 1000)
    civil = plan.classes["label: civil"]
    assert f"| label: civil | {plan.class_rows['label: civil']} | {civil} |" in text
    assert f'<td>label: civil</td><td class="number">{plan.class_rows["label: civil"]}</td>' in page
    assert f">{plan.searches:,}</td>" in page
    assert text.count("```sql") == len(made.tables) == page.count("<details>")
