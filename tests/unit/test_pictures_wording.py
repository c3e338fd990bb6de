"""Words that the readers differ on, settled by what is known: the catalogue, and the rest of the page."""

from __future__ import annotations

import pytest

from extractors.pictures.read_page import Box, Reading, TextLine, Word
from extractors.pictures.wording import settle_words
from records.marks import Agreement


def line(text: str, *others: str, agreement: Agreement | None = None) -> TextLine:
    box: Box = (0.0, 0.0, 100.0, 20.0)
    readings = tuple(Reading(f"reader {k}", one, None, box) for k, one in enumerate((text, *(others or (text,)))))
    words = tuple(Word(word, box) for word in text.split())
    return TextLine(text, box, words, agreement or (Agreement.DIFFER if others else Agreement.BOTH), readings)


def texts(*lines: TextLine) -> list[str]:
    return [one.text for one in settle_words(lines)]


def test_of_two_readings_the_known_word_is_taken() -> None:
    assert texts(line("Stolen Flate", "Stolen Plate")) == ["Stolen Plate"]


def test_words_seen_alike_elsewhere_on_the_page_are_known() -> None:
    known = line("Fixture Lake Detail")
    assert texts(known, line("Fixture Loke Task Force", "Fixture Lake Task Forec"))[1] == "Fixture Lake Task Force"


def test_what_no_reader_saw_is_not_made_up() -> None:
    assert texts(line("Nootan PD Custom", "Nootian PD Custom")) == ["Nootan PD Custom"]


def test_two_known_readings_settle_nothing() -> None:
    assert texts(line("Gang Flafe", "Gang Plate", "Gang Plates")) == ["Gang Flafe"]


@pytest.mark.parametrize("word", ["Vehicie", "Vehic1e"])
def test_letters_drawn_alike_make_the_word_of_the_catalogue(word: str) -> None:
    (mended,) = settle_words([line(f"Fixture {word}")])
    assert (mended.text, mended.agreement) == ("Fixture Vehicle", Agreement.FORMAT)


def test_broken_letters_are_mended_where_the_page_reads_badly_and_the_line_is_named() -> None:
    poor = [line("Sex Oftender", "Sex Ottender") for _ in range(3)]
    (first, *_, last) = settle_words([*poor, line("Stoten Boat")])
    assert first.text == "Sex Offender"
    assert (last.text, last.agreement) == ("Stolen Boat", Agreement.DIFFER)
    assert [word.text for word in last.words] == ["Stolen", "Boat"]
    assert last.readings[0].text == "Stoten Boat"


def test_on_a_page_that_reads_well_both_readers_are_believed() -> None:
    lines = [line(f"Fixture List {k}") for k in range(12)]
    assert texts(*lines, line("Stoten Boat"))[-1] == "Stoten Boat"


def test_a_word_that_comes_again_and_again_is_no_misreading() -> None:
    lines = [line(f"Stoten {k}", f"Stoten {k}", agreement=Agreement.BOTH) for k in "abc"]
    poor = [line("Sex Oftender", "Sex Ottender") for _ in range(3)]
    assert texts(*poor, *lines)[-1] == "Stoten c"
