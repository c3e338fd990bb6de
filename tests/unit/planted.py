"""Invented plates, accounts and addresses in every text that a warehouse takes in, and a search for them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from records.decisions import DecisionKind
from records.issues import Issue, Severity
from records.release import FileHints, Receipt, Release
from tests.unit.decision_factory import log as decided
from tests.unit.decision_factory import target
from tests.unit.lists_factory import settings, sharing
from tests.unit.parts_factory import PartsFactory, inputs
from tests.unit.search_logs import HEADERS, VALUES
from warehouse.build import BuildInputs, build

PLATES = ("9QXJ417", "KZV8821", "LUVQATZ", "5550172", "THXW042")
SPELLED = {
    "9QXJ417": (
        "9QXJ417", "9qxj417", "9QXJ 417", "9-QXJ-417", "9Q XJ 417", "california9QXJ417", "9QXJ\n417", "9 Q X J 4 1 7",
        "9.Q.X.J.4.1.7", "9QX\u200bJ417", "9QX - J417",
    ),
    "KZV8821": (
        "KZV8821", "KZV-8821", "kzv 8821", "TX KZV8821", "KZV·8821", "plateKZV8821x", "KZV  8821", "[KZV] [8821]",
    ),
    "LUVQATZ": ("LUVQATZ", "plate luvqatz", "LuvQatz,", "L U V Q A T Z", "ＬＵＶＱＡＴＺ"),  # noqa: RUF001 - full-width
    "5550172": ("5550172", "lp: 5550172", "(5550172)", "555 0172", "555.0172"),
    "THXW042": ("THXW042", "thxw042*", "#THXW042"),
}  # fmt: skip
ACCOUNTS = ("Zbigniew Quartermain", "qmain77", "Ofc. Wren Oakhollow")
SPELLED_ACCOUNTS = (
    "Zbigniew Quartermain", "QUARTERMAIN, ZBIGNIEW", "zbigniew_quartermain", "qmain77", "QMain77", "ofc wren oakhollow",
)  # fmt: skip
MAILS = ("zq@pd.example.org", "wren.oakhollow@example.com")
NEEDLES = (
    *(plate.lower() for plate in PLATES),
    "zbigniewquartermain", "quartermainzbigniew", "qmain77", "wrenoakhollow", "zqpdexampleorg", "oakhollowexamplecom",
)  # fmt: skip
SECRETS = [*(spelling for spellings in SPELLED.values() for spelling in spellings), *SPELLED_ACCOUNTS, *MAILS]
SEARCH = "0000000{}-0000-4000-8000-000000000001"


def _rows() -> list[dict[str, str | None]]:
    """One row per secret: in every text field of it, with the known ones in Name and License Plate."""
    rows: list[dict[str, str | None]] = []
    for number, secret in enumerate(SECRETS):
        rows.append(
            {
                **VALUES,
                "ID": SEARCH.format(number % 3) if number < 3 else f"id {secret}",
                "Name": (*ACCOUNTS, *MAILS)[number % 5],
                "Org Name": "Example TX PD" if number % 7 else f"Example TX PD {secret}",
                "License Plate": PLATES[number % 5],
                "Reason": f"Robbery - {secret}, stolen vehicle" if number % 2 else f"dispatch {secret}",
                "Case #": f"25-{number} {secret}",
                "Filters": f"White Suv {secret}",
                "Search Type": "lookup" if number % 5 else f"lookup {secret}",
                "Search Time": VALUES["Search Time"] if number % 6 else f"11/02/2025 {secret}",
                "Total Networks Searched": "12" if number % 8 else f"{secret}",
                "Text Prompt": f"red truck {secret}",
                "Moderation": f"this prompt names {secret}",
                "Notes": f"unknown column {secret}",
            }
        )
    return rows


def planted_log(name: str, first: int = 0, count: int | None = None) -> PartsFactory:
    """A log with secrets in every cell, under an unknown header that holds one as well."""
    headers = [*HEADERS, f"Notes {SECRETS[0]}"]
    rows = [[*(row[header] for header in HEADERS), row["Notes"]] for row in _rows()[first:][:count]]
    return PartsFactory(name, list(headers), rows)


def planted(folder: Path) -> Path:
    """A built warehouse in *folder* with secrets wherever a text comes in: rows, unknown columns, names of files,
    releases, lists, facts of pages, readings, issues and decisions."""
    first, second = planted_log(f"audit {PLATES[0]} {ACCOUNTS[1]}"), planted_log("other", 0, 5)
    constant = PartsFactory("constant", ["License Plate", "Reason"], [[PLATES[4], "theft"] for _ in range(25)])
    hotlist = settings(
        f"hotlist {MAILS[0]}", [("Immigration Violator", "on"), (f"Custom {PLATES[1]}", "off"), (PLATES[2], "on")],
        facts={"account": ACCOUNTS[0], "list_name": f"List of {ACCOUNTS[2]}", "agency": "Example PD", "url": MAILS[1]},
    )  # fmt: skip
    form = settings("form", [(f"agency {PLATES[3]}", "on"), ("Example TX PD", "off")], kind="tick_box_form")
    lists = sharing("sharing", [("Example TX PD", None, None), (f"Vacant {PLATES[0]}", ACCOUNTS[0], MAILS[0])])
    given = inputs(folder / "parts", first, second, constant, hotlist, form, lists)
    release = replace(
        given.releases[0], agency=f"Example TX PD {PLATES[1]}", request_number=f"R-{PLATES[0]}",
        notes=f"from {ACCOUNTS[0]}", exemptions=(f"plate {PLATES[4]}",), request_url=f"https://example.org/{PLATES[0]}",
    )  # fmt: skip
    other = Release(f"box {PLATES[2]}", agency=ACCOUNTS[2], produced_date=date(2026, 1, 2))
    seen = datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None)
    receipts = [*given.receipts, Receipt(other.release_id, second.document_id, f"{MAILS[1]}/{PLATES[3]}.pdf", seen)]
    issues = [
        Issue(
            "test", Severity.DOUBT, f"It says {PLATES[0]}", f"Ask {ACCOUNTS[0]}", other.release_id, seen_text=PLATES[1]
        )
    ]
    made = replace(
        given, releases=[release, *given.releases[1:], other], receipts=receipts, issues=issues,
        hints={first.document_id: FileHints(producer=f"Example TX PD {PLATES[3]}")},
    )  # fmt: skip
    build(made, folder / "undecided.duckdb")
    return _decided(made, folder, first)


def _decided(made: BuildInputs, folder: Path, log: PartsFactory) -> Path:
    row_id = f"{log.document_id[:16]}-p00001-r001"
    undecided = folder / "undecided.duckdb"
    corrections = {
        "reason": {"value": f"seen {PLATES[2]} {MAILS[0]}", "reason": PLATES[0]},
        "license_plate": {"value": "8WVU305", "who": "Ingrid Vantongeren"},
        "org_name": {"value": "Example TX PD 8WVU305"},
    }
    said = decided(
        *((target(undecided, row_id, name), DecisionKind.CORRECT, words) for name, words in corrections.items())
    )
    build(replace(made, decisions=said), folder / "full.duckdb")
    return folder / "full.duckdb"


DECIDED_NEEDLES = ("8wvu305", "ingridvantongeren")


def found_in(texts: dict[str, list[str]]) -> list[str]:
    """Where a secret stands, whatever is between its letters: place and secret."""
    found = []
    for place, values in texts.items():
        squeezed = re.sub(r"[\W_]+", "", "\0".join(values)).casefold()
        found += [f"{place}: {needle}" for needle in (*NEEDLES, *DECIDED_NEEDLES) if needle in squeezed]
    return found


def texts_in(file: Path) -> dict[str, list[str]]:
    """Every text of every column of every relation of a DuckDB file, lists and maps among them."""
    texts: dict[str, list[str]] = {}
    with duckdb.connect(file, read_only=True) as connection:
        for schema, relation, column, data_type in connection.execute(
            "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        ).fetchall():
            if "VARCHAR" in data_type:
                rows = connection.execute(
                    f'SELECT DISTINCT CAST("{column}" AS VARCHAR) FROM "{schema}"."{relation}"'
                ).fetchall()
                texts[f"{schema}.{relation}.{column}"] = [value for (value,) in rows if value is not None]
    return texts
