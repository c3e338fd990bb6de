"""Keywords in company that says something else: texts judged before the rules were asked (``evidence_company.txt``)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse.derive_evidence_rules import find_evidence
from warehouse.evidence_rules import prefilter
from warehouse.evidence_words import is_all_known
from warehouse.search_rules import offense_categories

_FILE = Path(__file__).with_name("evidence_company.txt")


def _judged() -> dict[str, list[str]]:
    """Class -> texts; ``\\n`` in the file is a line break in the cell."""
    found: dict[str, list[str]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line in ("[look_alikes]", "[counted]", "[abstained]"):
            texts = found.setdefault(line[1:-1], [])
        elif not line.startswith("# "):
            texts.append(line.replace("\\n", "\n"))
    return found


JUDGED = _judged()


PLAIN = (
    "ICE warrant", "ICE investigation", "CBP Investigation", "assist ICE with arrest", "ICE FUGOPS", "ICE+ERO",
    "illegal immigration", "deportee", "criminal alien", "287(g) task force", "ICE detainer", "immigration detainer",
    "illegal reentry", "deportation order", "assist Border Patrol", "deported felon", "final order of removal",
)  # fmt: skip
LABELS = {"imm.label_civil", "imm.label_criminal"}


def counted(text: str) -> set[str]:
    """The rules that hold *text* to be evidence."""
    return {hit.rule_id for hit in find_evidence(text) if hit.evidence_class != "ambiguous"}


def test_enough_was_judged() -> None:
    assert len(JUDGED["look_alikes"]) >= 3000
    assert len(JUDGED["counted"]) >= 300


@pytest.mark.parametrize("change", [str, str.upper, lambda text: f"  {text} ", lambda text: text.replace(" ", "\n")])
def test_no_look_alike_is_more_than_ambiguous(change: Callable[[str], str]) -> None:
    # "immigration (criminal)" in capitals is printed as the list prints its label.
    labels = LABELS if change is str.upper else set()
    found = {text: counted(change(text)) - labels for text in JUDGED["look_alikes"]}
    assert {text: rules for text, rules in found.items() if rules} == {}


def test_what_officers_write_counts() -> None:
    assert [text for text in JUDGED["counted"] if not counted(text)] == []
    assert [text for text in JUDGED["counted"] if not re.search(prefilter(), text)] == []


def test_what_the_rules_abstain_from_is_not_counted() -> None:
    assert {text: counted(text) for text in JUDGED["abstained"] if counted(text)} == {}


@pytest.mark.parametrize(
    "text", ["ICE detainer", "assist ICE", "immigration detainer", "criminal alien", "287(g) warrant"]
)
def test_one_word_that_is_not_of_the_work_makes_a_text_ambiguous(text: str) -> None:
    assert counted(text)
    for word in ("bakery", "unfounded", "not", "hoax", "podcast", "zxqv", "?", '"', "$"):
        assert counted(f"{text} {word}") == set(), word
        assert counted(f"{word} {text}") == set(), word


def test_a_label_of_the_list_stands_whatever_the_free_text_says() -> None:
    assert counted("Immigration (criminal) - lawyer's office, see report") == {"imm.label_criminal"}
    assert counted("Immigration (criminal) - " + "x" * 2000) == {"imm.label_criminal"}
    assert counted("Immigration (criminal), Robbery - x") == {"imm.label_criminal"}
    assert counted("Immigration (criminal), Some New Label - x") == {"imm.label_criminal"}
    assert counted("Immigration (criminal), lawyer burglary") == set()


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_count_behind_every_label(text: str) -> None:
    assert [label for label in offense_categories() if not counted(f"{label} - {text}") - LABELS] == []


@pytest.mark.parametrize(
    "label", ["Assault/Battery Offenses", "Threats/Harassment", "Missing/Endangered Person/Runaway"]
)
def test_behind_the_label_of_another_offense_only_papers_and_requests_count(label: str) -> None:
    assert counted(f"{label} - ICE agents") == counted(f"{label} - Border Patrol") == set()
    assert counted(f"{label} - ICE warrant") == counted(f"{label} - assist ICE") == {"imm.ice"}


def test_words_with_digits_and_what_was_found_need_not_be_known() -> None:
    assert is_all_known("ICE warrant 26-00412", [(0, 3)])
    assert is_all_known("ICE 12 CR2600412", [(0, 3)])
    for other in ("ABC7", "K9", "4chan", "0", "-0-", "00"):
        assert not is_all_known(f"ICE warrant {other}", [(0, 3)])
    assert not is_all_known("ICE warrant", [])
    assert not is_all_known("ICE warrant mural", [(0, 3)])


@pytest.mark.parametrize(
    "piece", ["ice ", "ICE ", "a ", " ", "illegal ", "immigration ", "Robbery, ", "287(g)", "I.C.E."]
)
def test_a_text_as_long_as_a_book_counts_as_nothing(piece: str) -> None:
    """A pattern that tries every way to part it would not come to an end here."""
    assert counted("immigration" + piece * (100_000 // len(piece))) == set()


def test_a_long_text_keeps_its_keyword() -> None:
    hits = {hit.rule_id: hit for hit in find_evidence("ICE warrant " + "and " * 300)}
    assert (hits["imm.ice"].evidence_class, hits["imm.ice"].doubt) == ("ambiguous", "long_text")
