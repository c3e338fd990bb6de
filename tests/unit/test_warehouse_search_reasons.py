"""Reason: the label of the drop-down list apart from what people and programs wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.search_logs import built, each, log
from warehouse.search_rules import offense_categories

COLUMNS = "reason_category, reason_category_2, category_basis, reason_text, reason_source"
ALERT = "Dispatch quick search associated with Alert: Stolen Plate SMPL01 - 11/02/2025"


REASONS: list[tuple[str | None, tuple[str | None, ...]]] = [
    ("Robbery - two men", ("Robbery", None, "label_and_dash", "two men", "free_text")),
    ("Robbery -", ("Robbery", None, "label_and_dash", None, "label")),
    ("Robbery, Arson - a - b", ("Robbery", "Arson", "label_and_dash", "a - b", "free_text")),
    (
        "Assault/Battery Offenses (Domestic) - x",
        ("Assault/Battery Offenses (Domestic)", None, "label_and_dash", "x", "free_text"),
    ),
    ("Assault/ Battery  Offenses -", ("Assault/Battery Offenses", None, "label_and_dash", None, "label")),
    (
        "Immigration (criminal), Smuggling - x",
        ("Immigration (criminal)", None, "label_and_unknown", "Smuggling - x", "free_text"),
    ),
    ("Immigration (criminal)", ("Immigration (criminal)", None, "label_alone", None, "label")),
    ("Robbery \u2013 x", ("Robbery", None, "label_and_dash", "x", "free_text")),
    ("Robbery", (None, None, None, "Robbery", "free_text")),
    ("robbery - two men", (None, None, None, "robbery - two men", "free_text")),
    ("Robbery, and arson - y", (None, None, None, "Robbery, and arson - y", "free_text")),
    ("Other agency assist - z", (None, None, None, "Other agency assist - z", "free_text")),
    ("ofc safety - unknown occupants", (None, None, None, "ofc safety - unknown occupants", "free_text")),
    ("Robbery-homicide unit", (None, None, None, "Robbery-homicide unit", "free_text")),
    (ALERT, (None, None, None, ALERT, "dispatch_alert")),
    (f"Robbery - {ALERT}", ("Robbery", None, "label_and_dash", ALERT, "dispatch_alert")),
    (None, (None, None, None, None, None)),
    ("***", (None, None, None, None, None)),
]


@pytest.fixture(scope="module")
def reasons(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    printed = [{"Reason": text} for text, _ in REASONS]
    return each(tmp_path_factory.mktemp("reasons"), printed, f"{COLUMNS} FROM core.audit_search")


@pytest.mark.parametrize("number", range(len(REASONS)), ids=[str(text) for text, _ in REASONS])
def test_a_label_is_told_from_what_is_written(reasons: list[tuple[object, ...]], number: int) -> None:
    assert reasons[number] == REASONS[number][1]


def test_a_word_alone_is_a_label_where_the_log_prints_labels(tmp_path: Path) -> None:
    with built(tmp_path, log("labels", [{"Reason": "Robbery"}, {"Reason": "Arson - shed"}])) as connection:
        found = connection.execute(f"SELECT {COLUMNS} FROM core.audit_search ORDER BY row_id").fetchall()
    assert found[0] == ("Robbery", None, "label_alone", None, "label")


def test_every_label_of_the_catalogue_is_read_back_with_and_without_text(tmp_path: Path) -> None:
    labels = sorted(offense_categories())
    rows = [{"Reason": f"{label} - {text}".rstrip()} for label in labels for text in ("", "free - text")]
    with built(tmp_path, log("all", rows)) as connection:
        found = connection.execute(
            "SELECT reason_category, coalesce(reason_text, '') FROM core.audit_search ORDER BY row_id"
        ).fetchall()
    assert found == [(label, text) for label in labels for text in ("", "free - text")]
