"""Signs that were once taken for others: discs for chosen radio buttons, crosses for ticked boxes, two sides of a bevel
for half a box. Each is drawn here with its states, on lossless and lossy screens."""

from __future__ import annotations

import pytest

from extractors.pictures.marks.crosses import doubt_dashes
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.facts import find_facts, page_texts
from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.ground import lay_ground
from extractors.pictures.marks.options import two_words
from extractors.pictures.marks.words import option_words
from records.marks import MarkState, MarkStyle
from tests.unit.marks_page import FONT, TOPICS, Drawn, box_list
from tests.unit.test_marks_widgets import STATES, drawn_states, stored, told

GREEN, RED = (22, 163, 74), (220, 38, 38)


@pytest.mark.parametrize("quality", [None, 60])
def test_white_discs_on_grey_are_chosen_by_their_dots(quality: int | None) -> None:
    drawn = Drawn(paper=(212, 208, 200), width=460)
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 40 + 34 * row
        drawn.text(20, y, label)
        for x, word, is_chosen in ((260, "Enable", state == "on"), (350, "Disable", state == "off")):
            drawn.draw.ellipse((x, y + 3, x + 12, y + 15), fill=(255, 255, 255), outline=(128, 128, 128))
            if is_chosen:
                drawn.draw.ellipse((x + 4, y + 7, x + 8, y + 11), fill=(0, 0, 0))
            drawn.text(x + 19, y, word)
    read = drawn.read()
    found = told(find_marks(read if quality is None else stored(read, quality)))
    assert {label: found[label] for label in TOPICS if found[label] != "unreadable"}.items() <= drawn_states().items()
    assert "unreadable" not in found.values() or quality is not None


def signs(states: list[str], paper: tuple[int, int, int], ink: tuple[int, int, int]) -> Drawn:
    """A tick for on and a cross for off behind each topic, without boxes."""
    drawn = Drawn(paper=paper, ink=ink)
    for row, (label, state) in enumerate(zip(TOPICS, states, strict=True)):
        x, y = 360, 42 + 34 * row
        drawn.text(20, y - 2, label)
        strokes = [((0, 5), (3, 8), (10, 0))] if state == "on" else [((0, 0), (8, 8)), ((8, 0), (0, 8))]
        for stroke in strokes:
            drawn.draw.line([(x + dx, y + dy) for dx, dy in stroke], fill=GREEN if state == "on" else RED, width=2)
    return drawn


@pytest.mark.parametrize("quality", [None, 60, 40, 30])
@pytest.mark.parametrize("colours", [((17, 24, 39), (229, 231, 235)), ((255, 255, 255), (33, 33, 33))])
@pytest.mark.parametrize("states", [STATES, ["off"] * len(TOPICS)])
def test_a_cross_without_a_box_never_says_on(
    quality: int | None, colours: tuple[tuple[int, int, int], ...], states: list[str]
) -> None:
    read = signs(states, *colours).read()
    page = find_marks(read if quality is None else stored(read, quality))
    meant = dict(zip(TOPICS, states, strict=True))
    assert {m.label for m in page.marks} == set(TOPICS)
    assert all(m.state is MarkState.UNREADABLE or str(m.state) == meant[m.label] for m in page.marks)
    if states == STATES and quality is None:
        assert told(page) == meant


def test_two_sides_of_a_bevel_are_a_whole_box() -> None:
    drawn = Drawn(paper=(240, 240, 240))
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 40 + 34 * row
        drawn.box(30, y, "off" if state == "off" else "on", side=13)
        drawn.draw.line([(43, y), (43, y + 13), (30, y + 13)], fill=(255, 255, 255), width=1)
        drawn.text(58, y - 2, label)
    assert told(find_marks(drawn.read())) == drawn_states()


@pytest.mark.parametrize(
    ("texts", "on", "off"),
    [
        (["Enable", "Disable"], "Enable", "Disable"),
        (["O Alert", "No alert"], "Alert", "No alert"),
        (["Do not notify", "Notify"], "Notify", "Do not notify"),
        (["Yes", "No"], "Yes", "No"),
    ],
)
def test_the_two_words_of_a_choice_say_on_and_off(texts: list[str], on: str, off: str) -> None:
    says = option_words(texts * 4)
    assert (says(on), says(off), says("Stolen Plate")) == (True, False, None)


@pytest.mark.parametrize("texts", [["Enable"] * 4, ["Enable", "Edit"] * 4, ["Enable", "Disable", "Stolen Plate"] * 4])
def test_a_word_that_offers_a_choice_says_nothing_without_its_contrary(texts: list[str]) -> None:
    assert option_words(texts)("Enable") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("AlertNo alert", ("alert", "no alert")),
        ("O Subscribe O Ignore", ("subscribe", "ignore")),
        ("Enable Alert", None),
        ("Alert", None),
    ],
)
def test_options_read_as_one_line_are_its_two_words(text: str, words: tuple[str, str] | None) -> None:
    assert two_words(text) == words


def test_a_list_is_named_behind_a_colon_and_not_behind_the_dash_of_an_entry() -> None:
    drawn = Drawn()
    drawn.text(20, 20, "Hotlist: Statewide")
    drawn.text(20, 60, "Test List - Do Not Use")
    facts, _ = find_facts(tuple(drawn.lines), frozenset())
    assert [f.value for f in facts if f.fact == "list_name"] == ["Statewide"]
    assert page_texts(["Test List - Do Not Use"]) == frozenset()


def chip(drawn: Drawn, x: int, y: int, label: str, sign: str) -> None:
    """A chip: outlined, with a cross in a disc behind its words (``x``), or pale, with a tick before them (``v``)."""
    wide, lead = round(drawn.draw.textlength(label, font=FONT)), 26 if sign == "v" else 0
    fill = (228, 214, 246) if sign == "v" else drawn.paper
    outline = fill if sign == "v" else (150, 150, 150)
    right = x + 12 + lead + wide + (34 if sign == "x" else 12)
    drawn.draw.rounded_rectangle((x, y, right, y + 29), radius=14 if sign == "x" else 7, fill=fill, outline=outline)
    if sign == "v":
        drawn.draw.line([(x + 10, y + 15), (x + 14, y + 19), (x + 23, y + 9)], fill=drawn.ink, width=2)
    if sign == "x":
        drawn.draw.ellipse((right - 25, y + 7, right - 9, y + 23), fill=(150, 150, 150))
        for dx in (-21, -13):
            drawn.draw.line([(right + dx, y + 11), (right - 34 - dx, y + 19)], fill=drawn.paper, width=2)
    drawn.text(x + 12 + lead, y + 5, label)


@pytest.mark.parametrize(
    ("rows", "meant"),
    [([["x", "x"]] * 4, ["on"] * 8), ([["v", "-"], ["-", "-"], ["-", "v"], ["-", "-"]], None)],
)
def test_outlined_chips_are_on_where_a_cross_closes_them_and_filled_ones_among_them_where_ticked(
    rows: list[list[str]], meant: list[str] | None
) -> None:
    drawn = Drawn(width=520)
    places = [(20 + 250 * column, 40 + 44 * row) for row in range(4) for column in range(2)]
    signs_of = [sign for row in rows for sign in row]
    for label, (x, y), sign in zip(TOPICS, places, signs_of, strict=True):
        chip(drawn, x, y, label, sign)
    expected = meant or ["on" if sign == "v" else "off" for sign in signs_of]
    assert told(find_marks(drawn.read())) == dict(zip(TOPICS, expected, strict=True))


def test_a_dash_in_a_disc_is_not_mixed_where_none_of_the_discs_is_empty() -> None:
    drafts = [Draft(MarkStyle.RADIO, (10.0, 30.0 * row, 26.0, 30.0 * row + 16), []) for row in range(4)]
    for draft, state in zip(drafts, (MarkState.ON, MarkState.MIXED, MarkState.ON, MarkState.MIXED), strict=True):
        draft.settle(state, "as drawn")
    read = box_list([]).read()
    ground = lay_ground(read.picture.pixels, [(20.0, 350.0, 90.0, 366.0)], [0])  # nothing is drawn: no plain tick
    doubt_dashes(ground, drafts)
    assert [str(d.state) for d in drafts] == ["on", "unreadable", "on", "unreadable"]
    drafts[1].settle(MarkState.MIXED, "as drawn")
    drafts[3].settle(MarkState.OFF, "as drawn")
    doubt_dashes(ground, drafts)
    assert [str(d.state) for d in drafts] == ["on", "mixed", "on", "off"]
