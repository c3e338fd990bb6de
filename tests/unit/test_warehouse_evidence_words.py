"""What police type, judged by hand before the rules were asked (``evidence_words.txt``), through a whole build."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.unit.parts_factory import PartsFactory, inputs
from warehouse.build import build

_FILE = Path(__file__).with_name("evidence_words.txt")


def _judged() -> dict[str, list[str]]:
    """Class -> texts."""
    found: dict[str, list[str]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].replace("_", "").isalpha():
            texts = found.setdefault(line[1:-1], [])
        elif not line.startswith("# "):
            texts.append(line)
    return found


JUDGED = _judged()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Reason -> the classes of evidence that a build found in it."""
    folder = tmp_path_factory.mktemp("words")
    texts = [text for texts in JUDGED.values() for text in texts]
    rows: list[list[str | None]] = [
        [f"{n:08d}-1111-4111-8111-111111111111", "03/01/2025, 10:00:00 AM UTC", text] for n, text in enumerate(texts)
    ]
    log = PartsFactory("words-log", ["ID", "Search Time", "Reason"], rows)
    build(inputs(folder / "parts", log), folder / "w.duckdb")
    with duckdb.connect(folder / "w.duckdb", read_only=True) as connection:
        listed = connection.execute(
            "SELECT r.reason, list(e.evidence_class) FILTER (e.evidence_class IS NOT NULL) FROM raw.audit_row AS r"
            " LEFT JOIN out.immigration_evidence AS e USING (row_id) GROUP BY ALL"
        ).fetchall()
    return {reason: set(classes or ()) for reason, classes in listed}


def test_enough_was_judged() -> None:
    assert len(JUDGED["look_alikes"]) >= 900
    assert sum(len(JUDGED[name]) for name in ("dropdown_label", "agency_keyword", "topic_keyword")) >= 500


def test_no_look_alike_is_more_than_ambiguous(found: dict[str, set[str]]) -> None:
    assert {text: found[text] for text in JUDGED["look_alikes"] if found[text] - {"ambiguous"}} == {}


@pytest.mark.parametrize("evidence_class", ["dropdown_label", "agency_keyword", "topic_keyword"])
def test_what_is_meant_is_found_in_its_class(found: dict[str, set[str]], evidence_class: str) -> None:
    assert {text: found[text] for text in JUDGED[evidence_class] if evidence_class not in found[text]} == {}


def test_what_the_rules_abstain_from_is_not_counted(found: dict[str, set[str]]) -> None:
    assert {text: found[text] for text in JUDGED["abstained"] if found[text] - {"ambiguous"}} == {}
