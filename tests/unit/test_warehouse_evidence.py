"""Immigration evidence: every example of the rules, look-alikes nobody listed, searches counted once, denominators."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import duckdb
import pytest

from tests.unit.parts_factory import PartsFactory, inputs
from warehouse.build import build
from warehouse.derive_evidence_rules import find_evidence
from warehouse.evidence_rules import evidence_rules, prefilter, rule_sets, table

Query = Callable[[str], list[tuple[object, ...]]]

EXAMPLES = [
    (rule.rule_id, text, {"match": rule.evidence_class, "ambiguous": "ambiguous", "none": None}[kind])
    for rule in evidence_rules()
    for kind in ("match", "ambiguous", "none")
    for text in rule.entry.get(kind, ())
]

# None of these may ever be more than ambiguous.
LOOK_ALIKES = """police service device office justice notice
POLICE OFFICE SERVICE DEVICE JUSTICE NOTICE
26-12879
5145
287PC
287(B) vehicle
PC 287(g)
HSI case
ICE machine theft
suspect sold ICE to UC
Drugs/Narcotics - ICE
ICE HOUSE bar fight
ICE QUEEN pageant
ICE-T concert
check ICE contacts for next of kin
J. ICE 4412
vanity plate ICE HOLD
ICE HOLD MY BEER
ICE REMOVAL FROM ROADWAY
snow and ICE operations
ICE officer impersonator
ICE OFFICER ASSAULTED
ICE agent's vehicle stolen
protest at ICE facility
NOT ICE RELATED
this is not an immigration case
burglary at immigration office
123 Immigration Blvd
DHS caseworker assault
child removal order
parole detainer
unlawful detainer eviction
ERO violation
Extreme Risk Protection Order (ERO)
AERO zero hero EROS
CBP Brewery burglary
illegal alien t-shirt
custom chop shop
Immigrant Song concert""".splitlines()


@pytest.mark.parametrize(("rule_id", "text", "expected"), EXAMPLES)
def test_every_example_of_the_rules(rule_id: str, text: str, expected: str | None) -> None:
    found = {hit.rule_id: hit for hit in find_evidence(text)}
    assert (found[rule_id].evidence_class if rule_id in found else None) == expected
    # What the cheap pattern keeps out is never asked.
    assert not found or re.search(prefilter(), text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes_claim_nothing(text: str) -> None:
    assert {hit.evidence_class for hit in find_evidence(text)} <= {"ambiguous"}


def test_every_rule_has_a_source_a_why_and_examples_of_both_kinds() -> None:
    for rule in evidence_rules():
        assert rule.entry["source"] in table()["sources"], rule.rule_id
        assert rule.entry["why"] and rule.entry["none"], rule.rule_id
        assert rule.entry.get("match") or rule.evidence_class == "ambiguous", rule.rule_id


def test_spans_are_places_in_the_text() -> None:
    for _, text, _ in EXAMPLES:
        for hit in find_evidence(text):
            assert text[hit.start : hit.end] == hit.matched_text


HEADERS: list[str | None] = ["ID", "Org Name", "Search Time", "Reason", "Case #"]


def _row(number: int, reason: str | None, case: str | None = None) -> list[str | None]:
    uuid = f"{number:08d}-1111-4111-8111-111111111111"
    return [uuid, f"Town {number} TX PD", f"03/01/2025, 10:00:{number:02d} AM UTC", reason, case]


@pytest.fixture(scope="module")
def query(tmp_path_factory: pytest.TempPathFactory) -> Query:
    folder = tmp_path_factory.mktemp("evidence")
    rows = [
        _row(1, "Immigration (civil/administrative) - 26-12879"),
        _row(2, "Immigration (civil/administrative)"),
        _row(3, "Immigration (criminal) - ICE detainer"),
        _row(4, "Robbery - police device office notice"),
        _row(5, "assist ICE"),
        _row(6, "not ICE, zero immigration"),
        _row(7, "illegal immigration"),
        _row(8, "***"),
        _row(9, "REDACTED"),
        _row(10, None),
        _row(11, "theft", "ICE"),
        _row(3, "Immigration (criminal) - ICE detainer"),
    ]
    log = PartsFactory("first-log", HEADERS, rows)
    # The same search in another log, which masks what the first one shows, and one more.
    other = PartsFactory("second-log", HEADERS, [_row(1, "***"), _row(5, "assist ICE"), _row(12, "deportee")])
    given = inputs(folder / "parts", log, other)
    build(replace(given, releases=[replace(given.releases[0], agency=None), *given.releases[1:]]), folder / "w.duckdb")
    connection = duckdb.connect(folder / "w.duckdb", read_only=True)
    return lambda sql: connection.execute(sql).fetchall()


def test_labels_keywords_and_look_alikes_are_kept_apart(query: Query) -> None:
    found = query(
        "SELECT e.rule_id, e.evidence_class, e.field, count(*) FROM out.immigration_evidence AS e"
        " JOIN raw.document AS d USING (document_id) WHERE file_name = 'first-log.pdf' GROUP BY ALL ORDER BY ALL"
    )
    assert found == [
        ("imm.detainer", "ambiguous", "reason", 2),
        ("imm.ice", "agency_keyword", "reason", 3),
        ("imm.ice", "ambiguous", "case_number", 1),
        ("imm.ice", "ambiguous", "reason", 1),
        ("imm.immigration", "ambiguous", "reason", 1),
        ("imm.immigration", "topic_keyword", "reason", 1),
        ("imm.label_civil", "dropdown_label", "reason", 2),
        ("imm.label_criminal", "dropdown_label", "reason", 2),
    ]


def test_searches_are_counted_once_in_a_log_and_once_across_logs(query: Query) -> None:
    in_log = query(
        "SELECT evidence_class, count(*) FROM out.immigration_evidence_in_log JOIN raw.document USING (document_id)"
        " WHERE file_name = 'first-log.pdf' GROUP BY ALL ORDER BY ALL"
    )
    assert in_log == [("agency_keyword", 1), ("ambiguous", 2), ("dropdown_label", 3), ("topic_keyword", 1)]
    across = query(
        "SELECT evidence_class, count(*), count_if(has_civil_label), count_if(has_criminal_label)"
        " FROM out.immigration_evidence_distinct GROUP BY ALL ORDER BY ALL"
    )
    assert across == [
        ("agency_keyword", 1, 0, 0),
        ("ambiguous", 2, 0, 0),
        ("dropdown_label", 3, 2, 1),
        ("topic_keyword", 2, 0, 0),
    ]


def test_the_denominator_tells_what_could_not_be_read(query: Query) -> None:
    found = query(
        "SELECT n.row_count, search_count, readable_count, empty_count, masked_count, redacted_count, labelled_count,"
        " dropdown_label_count FROM out.immigration_denominator AS n JOIN raw.document USING (document_id)"
        " WHERE file_name = 'first-log.pdf'"
    )
    assert found == [(12, 11, 8, 1, 1, 1, 4, 3)]


def test_every_evidence_row_cites_its_page(query: Query) -> None:
    rows = query("SELECT row_id, citation, trace_url FROM out.immigration_evidence")
    assert rows and all(f"SHA-256 {row_id[:16]}" in cite and url.endswith(row_id) for row_id, cite, url in rows)


def test_published_terms_can_be_counted_again(query: Query) -> None:
    found = query(
        "SELECT rule_set_id, term, count(DISTINCT across_search_row_id) FROM out.rule_set_hit GROUP BY ALL ORDER BY ALL"
    )
    assert found == [
        ("national_story", "illegal immigration", 1),
        ("virginia_newsroom", "ICE", 3),
        ("virginia_newsroom", "deportee", 1),
        ("virginia_newsroom", "immigration", 5),
    ]
    assert {term for entry in rule_sets().values() for term in entry["terms"]} == {
        row[0] for row in query("SELECT term FROM core.rule_set_term")
    }
