"""Names of organizations: state and type where the name tells them, abstention where it does not; roles never mixed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from records.release import FileHints
from tests.unit.parts_factory import PartsFactory, inputs
from warehouse.build import build
from warehouse.derive_organizations_name import judge
from warehouse.derive_organizations_rules import state_rules, tag_rules, type_rules

Query = Callable[[str], list[tuple[object, ...]]]

TOLD = [
    ("Champaign IL PD", "IL", "police"),
    ("OR - Central Point PD", "OR", "police"),
    ("FL- Sanford PD", "FL", "police"),
    ("Tooele City PD UT", "UT", "police"),
    ("Kansas City MO PD", "MO", "police"),
    ("Nevada MO PD", "MO", "police"),
    ("Oregon WI PD", "WI", "police"),
    ("Indiana PA PD", "PA", "police"),
    ("California PD (PA)", "PA", "police"),
    ("Virginia Beach VA PD", "VA", "police"),
    ("Sioux Falls SD PD", "SD", "police"),
    ("CHAMPAIGN IL PD", "IL", "police"),
    ("La Crosse WI PD", "WI", "police"),
    ("Federal Way WA PD", "WA", "police"),
    ("Demopolis AL PD", "AL", "police"),
    ("College Station TX PD", "TX", "police"),
    ("Port Orange FL PD", "FL", "police"),
    ("Bay Harbor Island FL PD", "FL", "police"),
    ("Indian Shores FL PD", "FL", "police"),
    ("Nation Ford SC PD", "SC", "police"),
    ("Springfield, Illinois PD", "IL", "police"),
    ("Washington DC Metropolitan PD", "DC", "police"),
    ("Adams County CO SO", "CO", "sheriff"),
    ("Adams CO IL SO", "IL", "sheriff"),
    ("Schuyler Co. IL SO", "IL", "sheriff"),
    ("Washington County UT SO", "UT", "sheriff"),
    ("Delaware County OH SO", "OH", "sheriff"),
    ("Washington County SO - GA", "GA", "sheriff"),
    ("Greenville County SC SD", "SC", "sheriff"),
    ("Alvin ISD TX PD", "TX", "school_district"),
    ("University of South Florida FL PD", "FL", "campus"),
    ("Indiana University of Pennsylvania PA PD", "PA", "campus"),
    ("Georgia Southwestern State University Campus PD", "GA", "campus"),
    ("Washington State Patrol", "WA", "state_police"),
    ("West Virginia State Police", "WV", "state_police"),
    ("NJ State Police", "NJ", "state_police"),
    ("Texas DPS", "TX", "state_police"),
    ("Alabama Department of Revenue", "AL", "state_agency"),
    ("Department of Natural Resources - GA", "GA", "state_agency"),
    ("FL - Department of Corrections", "FL", "corrections"),
    ("Colville WA Tribal Police", "WA", "tribal"),
    ("Nashville Intl Airport TN PD", "TN", "transit"),
    ("Cherokee County GA DA", "GA", "prosecutor"),
    ("Baltimore County MD Fire Department", "MD", "fire"),
    ("Drug Task Force KY", "KY", "task_force"),
    ("[Federal] US Border Patrol [Inactive]", None, "federal"),
    ("Homeland Security Investigations [Federal]", None, "federal"),
    ("Tennessee Valley Authority Police", None, "federal"),
    ("Example Homes HOA", None, "private"),
    ("Oregon Community Credit Union", None, "private"),
    ("Demo PD", None, "demo"),
]

NOT_TOLD = [
    ("Jefferson Co SO", "state_unknown"),
    ("Jefferson CO SO", "state_unknown"),
    ("Washington County SO", "state_unknown"),
    ("Oregon PD", "state_unknown"),
    ("Paris Texas PD", "state_unknown"),
    ("Riverside County SD", "state_unknown"),
    ("LA County SO", "state_unknown"),
    ("Penn State PD", "state_unknown"),
    ("Tarrant County CA", "state_unknown"),
    ("Port Authority of NY and NJ PD", "state_ambiguous"),
    ("OR - Central Point WA PD", "state_ambiguous"),
    ("West Ranch, Friendswood (TX)", "type_unknown"),
    ("Albany OR PR", "type_unknown"),
    ("City of West Haven (UT)", "type_weak"),
    ("Army & Navy Mall", "type_ambiguous"),
]


@pytest.mark.parametrize(("name", "state", "org_type"), TOLD)
def test_a_name_tells_state_and_type(name: str, state: str | None, org_type: str) -> None:
    found = judge(name)
    assert (found.state, found.org_type, found.review) == (state, org_type, [])


@pytest.mark.parametrize(("name", "reason"), NOT_TOLD)
def test_what_a_name_does_not_tell_is_flagged(name: str, reason: str) -> None:
    found = judge(name)
    assert reason in found.review
    if reason.startswith("state"):
        assert found.state is None


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("[Federal] US Border Patrol [Inactive]", {"is_federal", "is_inactive"}),
        ("[deactivated] Springfield IL PD", {"is_deactivated"}),
        ("Springfield IL PD [turned off]", {"is_deactivated"}),
        ("Springfield IL PD - Inactive", {"is_inactive"}),
        ("Demo PD", {"is_demo"}),
        ("Federal Heights CO PD", set()),
    ],
)
def test_tags_are_flags_and_no_part_of_the_name(name: str, flags: set[str]) -> None:
    found = judge(name)
    assert {flag for flag, is_set in found.flags.items() if is_set} == flags
    assert "[" not in found.name


def test_every_assignment_names_its_rule_and_its_letters() -> None:
    found = judge("  [Federal]  OR - Example US Marshals")
    rules = {rule.rule_id for rule in (*state_rules(), *type_rules(), *tag_rules())}
    told = {a.attribute: found.printed[a.start : a.end] for a in found.assignments}
    assert told == {"is_federal": "[Federal]", "state": "OR", "org_type": "US Marshals"}
    assert {a.rule_id for a in found.assignments} <= rules


def test_spellings_of_one_organization_have_one_id() -> None:
    one = {judge(n).org_id for n in ("OR - Central Point PD", "Central Point OR PD", "CENTRAL  POINT Police Dept (OR)")}
    assert len(one) == 1
    others = {judge(n).org_id for n in ("Central Point PD", "Central Point OR SO", "Central Point WA PD")}
    assert len(others) == 3 and not one & others
    assert judge("Mock County Sheriff's Office", "Florida").org_id == judge("Mock County FL SO").org_id


def _log(name: str, organizations: list[str | None], has_column: bool = True) -> PartsFactory:
    rows = [
        [f"{n:08d}-1111-4111-8111-111111111111", f"03/01/2025, 10:00:{n % 60:02d} AM UTC", "theft", organization]
        for n, organization in enumerate(organizations)
    ]
    headers = ["ID", "Search Time", "Reason", "Org Name"]
    return PartsFactory(name, list(headers[: 3 + has_column]), [row[: 3 + has_column] for row in rows])


def _built(folder: Path, *logs: PartsFactory, agency: str | None = "Mock Harbor PD", **changes: object) -> Query:
    given = inputs(folder / "parts", *logs)
    releases = [replace(given.releases[0], agency=agency, state="VA"), *given.releases[1:]]
    build(replace(given, releases=releases, **changes), folder / "w.duckdb")
    connection = duckdb.connect(folder / "w.duckdb", read_only=True)
    return lambda sql: connection.execute(sql).fetchall()


_FACTS = (
    "SELECT o.organization, producer_basis, audit_kind, audit_kind_basis, org_count FROM core.audit_log"
    " LEFT JOIN core.organization AS o ON o.org_id = producer_id"
)
_ISSUES = "SELECT code, severity FROM core.issue WHERE code IN ('producer_disagrees', 'audit_kind_unclear')"


def test_a_network_audit_keeps_producer_and_searcher_apart(tmp_path: Path) -> None:
    log = _log("3_1_2025-3_31_2025-Mock Harbor VA PD-Network-Audit", ["Alvin ISD TX PD", "Mock Harbor VA PD", "***"])
    query = _built(tmp_path, log)
    assert query(_FACTS) == [("Mock Harbor PD", "release", "network", "file_name", 2)]
    rows = query(
        "SELECT producer, searching_organization, searching_type, org_basis FROM out.audit_search_organization"
    )
    assert [row[1:] for row in rows] == [
        ("Alvin ISD TX PD", "school_district", "printed"),
        ("Mock Harbor PD", "police", "printed"),
        (None, None, None),
    ]
    assert {row[0] for row in rows} == {"Mock Harbor PD"}
    assert query(_ISSUES) == []


def test_an_organization_audit_without_the_column_was_searched_by_its_producer(tmp_path: Path) -> None:
    named = _log("3_1_2025-3_31_2025-Mock Harbor VA PD-Audit", [None] * 3, has_column=False)
    unnamed = _log("somebody's log", [None] * 3, has_column=False)
    query = _built(tmp_path, named, unnamed)
    found = dict(
        query(
            "SELECT file_name, list(DISTINCT org_basis) FROM out.audit_search_organization"
            " JOIN raw.document USING (document_id) GROUP BY ALL"
        )
    )
    assert found == {f"{named.name}.pdf": ["organization_audit"], f"{unnamed.name}.pdf": [None]}


def test_releases_and_file_name_that_disagree_name_no_producer(tmp_path: Path) -> None:
    log = _log("3_1_2025-3_31_2025-Other Town OH PD-Network-Audit", ["A Town TX PD", "B Town TX PD"])
    query = _built(tmp_path, log)
    assert query(_FACTS)[0][:2] == (None, "disagree")
    assert query(_ISSUES) == [("producer_disagrees", "doubt")]
    assert query("SELECT DISTINCT producer_id FROM core.audit_search") == [(None,)]


def test_a_persons_word_for_the_file_decides(tmp_path: Path) -> None:
    log = _log("3_1_2025-3_31_2025-Other Town OH PD-Network-Audit", ["A Town TX PD", "B Town TX PD"])
    query = _built(tmp_path, log, hints={log.document_id: FileHints(producer="Other Town OH PD")})
    assert query(_FACTS)[0][:2] == ("Other Town OH PD", "file_hint")
    assert query(_ISSUES) == [("producer_disagrees", "notice")]


def test_a_log_named_organization_audit_with_others_rows_is_unclear(tmp_path: Path) -> None:
    log = _log("3_1_2025-3_31_2025-Mock Harbor VA PD-Audit", ["Mock Harbor VA PD", "B Town TX PD"])
    query = _built(tmp_path, log)
    assert query(_FACTS)[0][2:4] == ("unknown", "disagree")
    assert query(_ISSUES) == [("audit_kind_unclear", "doubt")]


def test_a_log_whose_rows_all_print_somebody_else_is_unclear(tmp_path: Path) -> None:
    query = _built(tmp_path, _log("log", ["Other Town OH PD"] * 20))
    assert query(_FACTS) == [("Mock Harbor PD", "release", "unknown", "disagree", 1)]
    assert query(_ISSUES) == [("audit_kind_unclear", "doubt")]


def test_without_other_evidence_one_organization_in_all_rows_is_the_producer(tmp_path: Path) -> None:
    query = _built(tmp_path, _log("log", ["Other Town OH PD"] * 20), agency=None)
    assert query(_FACTS) == [("Other Town OH PD", "rows", "organization", "rows", 1)]


def test_the_city_that_answers_for_its_police_does_not_contradict_it(tmp_path: Path) -> None:
    log = _log("3_1_2025-3_31_2025-Mock Harbor VA PD-Network-Audit", ["A Town TX PD", "B Town TX PD"])
    query = _built(tmp_path, log, agency="City of Mock Harbor")
    assert query(_FACTS)[0][:2] == ("Mock Harbor VA PD", "file_name")
    assert query(_ISSUES) == []


def test_aliases_and_masks(tmp_path: Path) -> None:
    query = _built(
        tmp_path, _log("log", ["OR - Central Point PD", "[Inactive] Central Point OR PD", "***", "REDACTED"])
    )
    assert query("SELECT organization, is_inactive, alias_count FROM out.organization WHERE state = 'OR'") == [
        ("Central Point OR PD", True, 2)
    ]
    assert query("SELECT count(*) FROM core.organization_alias WHERE is_in_log") == [(2,)]
