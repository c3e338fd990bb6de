"""What stays of free text, what stays of names, and what tokens are."""

from __future__ import annotations

import hashlib
import hmac
import re

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.analyst_columns import masked, register_masks
from warehouse.analyst_labels import scrub_label
from warehouse.analyst_tokens import TOKEN, key_id, normalised, tokens
from warehouse.analyst_words import SCRUBBED, plain_words, scrub
from warehouse.search_rules import offense_categories, rules

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("stolen vehicle, case 25-12345 plate ABC1234", "stolen vehicle, case [scrubbed] plate [scrubbed]"),
        ("california9AAA999", "[scrubbed]"),
        ("9AAA 999 seen near bank", "[scrubbed] seen near bank"),
        ("9 A A A 9 9 9", "[scrubbed]"),
        ("９ＡＡＡ９９９", "[scrubbed]"),  # noqa: RUF001 - full-width, as some keyboards type
        ("jane.doe@pd.example.org asked", "[scrubbed] asked"),
        ("DOB 1/2/1990, VIN 1HGCM82633A004352", "DOB [scrubbed], VIN [scrubbed]"),
        ("call 555-123-4567 a suspect", "call [scrubbed] a suspect"),
        ("John Q. Sample's car", "[scrubbed] car"),
        ("Immigration (civil/administrative) - 26-12879", "Immigration (civil/administrative) - [scrubbed]"),
        ("287(g) task force", "287(g) task force"),
        ("26-287(g)", "[scrubbed])"),
        ("U.S. Border Patrol, I.C.E.", "U.S. Border Patrol, I.C.E."),
        ("Dispatch quick search associated with Alert: Stolen Plate ABC123 - 11/02/2025 10:00",
         "Dispatch quick search associated with Alert: Stolen Plate [scrubbed]"),
        ("White Suv All Images ", "White Suv All Images "),
        ("", ""),
    ],
)  # fmt: skip
def test_free_text_keeps_plain_words_only(text: str, stays: str) -> None:
    assert scrub(text) == stays


@given(st.text(max_size=60))
def test_no_word_and_no_digit_passes_that_is_not_on_the_list(text: str) -> None:
    left = scrub(text).replace(SCRUBBED, " ")
    left = re.sub(r"287\s*\(\s*g\s*\)|8\s*u\.?\s?s\.?c\.?\W*132[3-8]|u\.\s?s\.|i\.c\.e\.?", " ", left, flags=re.I)
    assert {word.lower() for word in re.findall(r"[^\W_]+", left)} <= plain_words()
    assert scrub(scrub(text)) == scrub(text)


def test_a_name_of_plain_words_is_hidden_when_it_is_an_account() -> None:
    assert scrub("search by case grant") != scrub("search by case") + " grant"
    assert scrub("asked by May Stone", frozenset({" may stone"})) == "asked by [scrubbed]"
    assert scrub("it may be, black car", frozenset({" may black"})) == "it may be, black car"


def test_no_plain_word_is_a_number_and_every_label_and_term_is_made_of_them() -> None:
    assert {word for word in plain_words() if not word.isalpha()} == {"k9", "apiv1"}
    for label in offense_categories():
        assert scrub(label) == label
    for entry in rules("rule_sets")["set"]:
        assert all(scrub(term) == term for term in entry["terms"])
    for word in rules("search_words")["search_type"]["known"]:
        assert scrub(word) == word


def test_what_an_immigration_rule_matches_stays_as_it_is_printed() -> None:
    for rule in rules("immigration")["rule"]:
        flags = 0 if rule.get("ignore_case") is False else re.IGNORECASE
        for example in rule.get("match", []):
            found = re.search(rule["pattern"], example, flags)
            assert found, (rule["id"], example)
            if not any(letter.isdigit() for letter in found[0]) or "(" in found[0]:
                assert scrub(found[0]) == found[0], rule["id"]


KNOWN = frozenset({" jqsmithson", "=9aaa999", "=luvqatz", "=5550172", " rowan grayson", "=251235"})


@pytest.mark.parametrize(
    "name",
    [
        "Okaloosa County FL SO", "[Federal] US Border Patrol [Inactive]", "City of West Haven (UT)", "Alvin ISD TX PD",
        "DEA 5th District", "Fictional-on-Sea FL PD 2", "Precinct 12", "HOA Unit 5", "OR - Central Point PD",
        "7_1_2025-7_31_2025-Example TX PD-Audit.csv", "July 2025 audit.pdf", "audit-Q3-2025.pdf", "hotlist 2.png",
        "Screenshot 2025-11-02 at 9.53.36 AM.png", "network-audit-2025-11.pdf", "scan0001.pdf", "ruled-large.pdf",
        "Pct 4 Dist 2", "USD 259", "Flock Audit 1 of 12.pdf",
        "Photo at park.jpg", "Flock%20Audit%20July.pdf", "audit at night v2.csv",
        "Gov. Code 7923.600", "RCW 42.56.240(1)",
        "ECSO-2025-118", "PIR-2025-0117", "287(g)", "Station12 TX PD",
        "changed from on to off between 2025-01-01 and 2025-02-01",
        f"Example Sheriff, request 25-0900, produced 2025-12-11, file a.pdf, page 12, row 3, SHA-256 {'9aaa999' * 9}a",
    ],
)  # fmt: skip
def test_names_of_organizations_files_and_citations_stay(name: str) -> None:
    assert scrub_label(name, KNOWN) == name


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("9AAA999.pdf", "[scrubbed].pdf"),
        ("9aaa-999 list", "[scrubbed] list"),
        ("ABC-123 list", "[scrubbed] list"),
        ("Custom: 7 ABC 123", "Custom: [scrubbed]"),
        ("california9AAA999", "[scrubbed]"),
        ("LuvQatz", "[scrubbed]"),
        ("jqsmithson_export.xlsx", "[scrubbed]_export.xlsx"),
        ("list of Rowan  Grayson", "list of [scrubbed]"),
        ("request 25-1235", "request [scrubbed]"),
        ("call 555-123-4567 or j@x.example", "call [scrubbed] or [scrubbed]"),
        ("dob 1/2/1990, 1988-03-04", "[scrubbed]"),
        ("1HGCM82633A004352", "[scrubbed]"),
        ("123-45-6789", "[scrubbed]"),
        ("plate 5550172", "plate [scrubbed]"),
        ("DOB: Jan 2 85", "[scrubbed]"),
    ],
)
def test_what_may_be_a_persons_goes_from_names(name: str, stays: str) -> None:
    assert scrub_label(name, KNOWN) == stays


@pytest.mark.parametrize(
    "secret",
    [
        "ABC-1234", "ABC 1234", "ABC - 1234", "ABC  1234", "ABC\u00b71234", "abc.1234", "ABC_1234", "ABC/1234",
        "ABC, 1234",
        "A B C 1 2 3 4", "A-B-C-1-2-3-4", "A.B.C.1.2.3.4", "ABC 12 34", "AB C1 234", "1 ABC 234", "12 34 AB", "A12 34B",
        "A\u200bB\u200bC\u200b1\u200b2\u200b3\u200b4", "ABC\u00ad1234", "555-0101", "555 0101", "(555) 010-1234",
        "(555)010-1234", "555/010/1234", "555\u00b7010\u00b71234", "+1 555 010 1234", "+44 20 7946 0958",
        "jo.sample@pd.example.org", "jo.sample @ pd.example.org", "jo.sample(at)pd.example.org",
        "jo.sample [at] pd [dot] example", "jo.sample AT pd DOT org", "123 45 6789", "123.45.6789", "01 02 1985",
        "Jan 2 1985", "January 2, 1985", "2 Jan 1985", "02JAN1985", "badge 4471", "Badge #12", "192.168.10.44",
        "30.42,-86.61", "30.4213 lon -86.6170",
        "ABC -- 1234", "ABC%201234", "ABC%2D1234", "ABC\u30fb1234", "\u24b6\u24b7\u24b8\u2460\u2461\u2462\u2463",
        "[ABC][1234]", "{ABC}1234", "ABC\\1234", "AB12 CDE", "A1 B2 C3", "ABC\u0661\u0662\u0663\u0664",
        "555-555-0172x12", "555 / 555 / 0172", "555,555,0172", "555*555*0172", "001 555 555 0172", "123 - 45 - 6789",
        "jo.sample<at>pd.example.org", "jo.sample at pd.example.org", "jo.sample_at_pd.example.org",
        "jo.sample%40pd.example.org", "jo.sample&#64;pd.example.org", "jo.sample\uff20pd.example.org",
        '"Jo Sample" <jo.sample@pd.example.org>', "Jo Sample <jo.sample@pd.example.org>",
    ],
)  # fmt: skip
def test_nothing_is_left_of_a_secret_in_a_name_however_it_is_spelled(secret: str) -> None:
    left = scrub_label(f"Example County SO {secret} log.pdf")
    assert left.startswith("Example County SO ") and left.endswith(" log.pdf")
    kept = set(re.findall(r"[^\W_]+", left[18:-8].replace(SCRUBBED, "")))
    assert kept & set(re.findall(r"[^\W_]+", secret)) <= {"Badge", "badge"}


def test_a_token_is_the_hmac_of_the_normalised_value() -> None:
    letters = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
    expected = hmac.new(KEY, b"plate\0" + b"9AAA999", hashlib.sha256).hexdigest()[:16].translate(letters)
    assert tokens("plate", KEY)("9aaa-999 ") == f"plate_{expected}"
    assert tokens("plate", b"o" * 32)("9AAA999") != f"plate_{expected}"
    assert key_id(KEY) != key_id(b"o" * 32)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("plate", "9AAA999", "９aaa·999"),  # noqa: RUF001 - full-width
        ("account", "J. Smith ", "j.  smith"),
        ("account", "J.Roe@PD.example", "j.roe@pd.example"),
        ("case", "25-001", "25 001"),
    ],
)
def test_spellings_of_one_value_have_one_token(kind: str, one: str, other: str) -> None:
    assert tokens(kind, KEY)(one) == tokens(kind, KEY)(other)
    assert normalised(kind, one) == normalised(kind, other)


def test_tokens_of_different_things_differ_and_look_like_no_plate() -> None:
    made = [tokens(kind, KEY)("9AAA999") for kind in ("plate", "account", "case", "search")]
    made += [tokens("plate", KEY)("9AAA99*"), tokens("account", KEY)("a@b.example")]
    assert len(set(made)) == 6
    assert all(TOKEN.fullmatch(token) for token in made)
    assert made[-1].startswith("email_")
    search = "0AC41F2E-0001-4000-8000-000000000001"
    assert tokens("search", KEY)(search) == search


def test_markers_and_times_that_are_none_are_scrubbed() -> None:
    with duckdb.connect(":memory:") as connection:
        register_masks(connection, KEY, frozenset(), frozenset())

        def mask(treatment: str, text: str) -> object:
            sql = f"SELECT {masked('t', 'VARCHAR', treatment)} FROM (SELECT ?::VARCHAR AS t)"
            return connection.execute(sql, [text]).fetchone()[0]  # type: ignore[index]

        for marker in ("***", "REDACTED", "[REDACTED]", "7923.600 GC", "n/a", "black box", "###"):
            assert mask("marker", marker) == marker
        assert mask("marker", "ABC1234") == SCRUBBED
        for time in (
            "11/02/2025, 09:53:36 AM UTC",
            "1/2/25, 9:00 AM to 1/3/25, 9:00 PM UTC",
            "Sunday, Nov 2, 2025 at 9:53 p.m. (Central Time)",
            "12",
            "130,000",
            "2.0",
            "—",
        ):
            assert mask("time", time) == time
        for other in ("9AAA999", "5550172", "theft", "AM 1234", "1/2/25 9AAA999"):
            assert mask("time", other) == SCRUBBED
        assert mask("label_key", "demo-2026") == "demo-2026"
        assert re.fullmatch(r"release_[b-t]{16}", str(mask("label_key", "demo 9AAA999")))
        lists = connection.execute(
            f"SELECT {masked('t', 'VARCHAR[]', 'label')}, {masked('n', 'INTEGER', 'count')}"
            " FROM (SELECT ['a PD', '9AAA999', NULL] AS t, 1000000 AS n)"
        ).fetchall()
        assert lists == [(["a PD", SCRUBBED, None], None)]
