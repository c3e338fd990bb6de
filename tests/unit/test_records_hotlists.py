"""A label stands for a topic as a whole or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import hotlists
from records.hotlists import label_key, near_topic, topic_of, topics


@pytest.mark.parametrize(
    ("label", "topic"),
    [
        ("Immigration Violator", "immigration_violator"),
        ("IMMIGRATION  VIOLATORS", "immigration_violator"),
        ("ImmigrationViolator", "immigration_violator"),
        ("Deported Felon", "immigration_violator"),
        ("NCIC - Immigration Violator", "immigration_violator"),
        ("NCIC: N – Deported Felons", "immigration_violator"),
        ("“Immigration Violator” (N)", "immigration_violator"),
        ("Gang/Terrorist Member", "gang_or_terrorist"),
        ("VGT Violent Gang Member/Terrorist", "gang_or_terrorist"),
        ("Possible Terrorist", "gang_or_terrorist"),
        ("Warrants / Wanted Person", "wanted_person"),
        ("W - Wanted Person", "wanted_person"),
        ("Stolen Canadian Vehicle/Plate", "stolen_canadian"),
        ("Sex Offender", "sex_offender"),
        ("FL DMV - Sex Offender", "fl_dmv_sex_offender"),
        ("NCMEC AMBER Alert", "ncmec_amber"),
        ("Amber Alert", "amber_alert"),
    ],
)
def test_labels_that_stand_for_a_topic(label: str, topic: str) -> None:
    found = topic_of(label)
    assert found is not None and found.topic == topic


@pytest.mark.parametrize(
    "label",
    [
        "",
        "–",
        "Immigration",
        "No Immigration Violator",
        "Immigration Violator Alerts",
        "V - Immigration Violator",  # another topic's letter
        "W",
        "Service Vehicle",
        "Office",
        "Gang",
        "Felon",
        "Stolen",
        "Police Vehicle",
        "Custom List 3",
    ],
)
def test_labels_that_stand_for_none(label: str) -> None:
    assert topic_of(label) is None


CODES = "A F W V P M C H K L R T X N B"


def test_every_letter_of_the_extract_has_its_topic() -> None:
    with_code = [topic for topic in topics() if topic.code]
    assert sorted(topic.code or "" for topic in with_code) == sorted(CODES.split())
    assert {topic.list for topic in with_code} == {"ncic"}
    assert next(topic for topic in topics() if topic.code == "N").name == "Immigration Violator"


def test_every_spelling_leads_back_to_its_topic_and_has_a_source() -> None:
    for topic in topics():
        assert topic.aliases[0].text == topic.name
        for alias in topic.aliases:
            assert topic_of(alias.text) == topic
            assert alias.source in ("seen", "reported", "spelling")


@given(st.sampled_from([alias.text for topic in topics() for alias in topic.aliases]), st.sampled_from("abz29"))
def test_one_more_letter_is_another_label(text: str, letter: str) -> None:
    found = topic_of(f"{text} {letter}{letter}{letter}")
    assert found is None


@pytest.mark.parametrize(
    ("label", "topic"),
    [
        ("lmmigration Vio1ator", "immigration_violator"),
        ("mmigration Violator", "immigration_violator"),
        ("Immigration Violator Alerts", "immigration_violator"),
        ("Stolen Vehicle Parts", "stolen_vehicle"),
        ("Immigration Viola", "immigration_violator"),
        ("gration Violator", "immigration_violator"),
        ("Violator", None),
        ("Person", None),
        ("Immigration Violator", None),  # is one
        ("Service Vehicle", None),
        ("School Patrol", None),
        ("X", None),
    ],
)
def test_what_a_label_resembles_is_named_and_not_taken(label: str, topic: str | None) -> None:
    found = near_topic(label)
    assert (found.topic if found else None) == topic


def test_a_label_for_two_topics_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = {"name": "Stolen  Boat!", "list": "state", "source": "seen"}
    table = hotlists._table()
    monkeypatch.setattr(hotlists, "_table", lambda: {**table, "topic": {**table["topic"], "twin": twin}})
    topics.cache_clear()
    hotlists._by_key.cache_clear()
    try:
        with pytest.raises(ValueError, match="stands for two topics"):
            topic_of("Stolen Boat")
    finally:
        monkeypatch.undo()
        topics.cache_clear()
        hotlists._by_key.cache_clear()


def test_keys_keep_letters_and_digits_of_any_script() -> None:
    assert label_key("Gang / Terrorist-Member ") == "gangterroristmember"
    assert label_key("Lista Nº 7: Vehículo") == "listano7vehículo"
