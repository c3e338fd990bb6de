"""A topic that is printed and got no mark is named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extractors.pictures.marks.net import name_the_missed
from extractors.pictures.marks.result import FoundMark, MarkPage, PictureIssue
from extractors.pictures.read_page import PagePicture, Reading, ReadPicture, TextLine
from records.documents import SegmentKind
from records.issues import Severity
from records.marks import Agreement, MarkMethod, MarkState, MarkStyle

SETTINGS, PICTURE = SegmentKind.HOTLIST_CONFIGURATION, SegmentKind.PICTURE


def line(text: str, top: float) -> TextLine:
    box = (40.0, top, 40.0 + 7 * len(text), top + 12)
    return TextLine(text, box, (), Agreement.BOTH, (Reading("rapidocr", text, 0.9, box),))


def read(*texts: str) -> ReadPicture:
    picture = PagePicture(1, np.zeros((1, 1, 3), np.uint8), 1.0, 1.0, np.eye(2, 3))
    return ReadPicture(picture, tuple(line(text, 30.0 * k) for k, text in enumerate(texts)), ("rapidocr",))


def mark(seen: TextLine, state: MarkState, parent: int | None = None, group: str | None = None) -> FoundMark:
    place = (10.0, seen.box[1], 22.0, seen.box[3])
    told = (place, state, "whole ring", MarkStyle.CHECK_BOX, MarkMethod.PIXELS)
    return FoundMark(seen.text, seen.box, Agreement.BOTH, seen.readings, *told, group, parent)


def page(seen: ReadPicture, of: dict[int, FoundMark], issues: tuple[PictureIssue, ...] = ()) -> MarkPage:
    left = tuple(i for i in range(len(seen.lines)) if i not in of)
    kind = SETTINGS if of else PICTURE
    return MarkPage(kind, "as told", tuple(of.values()), (), issues, tuple(of), left, 0.0)


def test_a_missed_topic_is_unreadable_named_and_in_its_place() -> None:
    seen = read("Stolen Vehicle", "Immigration Violator", "Sex Offender")
    off, on = mark(seen.lines[0], MarkState.OFF), mark(seen.lines[2], MarkState.ON, parent=0)
    doubt = PictureIssue("mark_doubtful", Severity.DOUBT, "said", 1, "Sex Offender")
    told = name_the_missed(seen, page(seen, {0: off, 2: on}, (doubt,)))
    states = [(m.label, m.state.value, m.parent) for m in told.marks]
    assert states == [
        ("Stolen Vehicle", "off", None),
        ("Immigration Violator", "unreadable", None),
        ("Sex Offender", "on", 0),
    ]
    assert [(i.code, i.mark) for i in told.issues] == [("mark_doubtful", 2), ("mark_missing", 1)]
    assert (told.left, told.used) == ((), (0, 1, 2))


@pytest.mark.parametrize("sign", ["V", "17", "El"])
def test_what_a_reader_made_of_the_mark_is_no_part_of_the_label(sign: str) -> None:
    seen = read("Stolen Vehicle", f"{sign} Immigration Violator")
    told = name_the_missed(seen, page(seen, {0: mark(seen.lines[0], MarkState.OFF)}))
    assert [m.label for m in told.marks] == ["Stolen Vehicle", "Immigration Violator"]


def test_a_topic_taken_for_a_heading_is_a_topic_again() -> None:
    seen = read("Stolen Plate", "Sex Offender")
    under = mark(seen.lines[1], MarkState.ON, group="Stolen Plate")
    told = name_the_missed(seen, MarkPage(SETTINGS, "as told", (under,), (), (), (0, 1), (), 0.0))
    assert [(m.label, m.state.value, m.group_label) for m in told.marks] == [
        ("Stolen Plate", "unreadable", None),
        ("Sex Offender", "on", None),
    ]


def test_a_page_of_topics_without_any_mark_is_named_too() -> None:
    topics = ("Stolen Vehicle", "Immigration Violator", "Sex Offender")
    told = name_the_missed(seen := read(*topics), page(seen, {}))
    assert told.kind is SETTINGS and {m.state for m in told.marks} == {MarkState.UNREADABLE}
    few = read(*topics[:2])
    assert name_the_missed(few, page(few, {})) == page(few, {})


def test_sentences_and_other_labels_are_left_alone() -> None:
    seen = read("Stolen Vehicle", "We were told that the Immigration Violator list is not in use", "Lost property")
    told = page(seen, {0: mark(seen.lines[0], MarkState.OFF)})
    assert name_the_missed(seen, told) == told


def test_what_stands_in_rows_of_chips_is_named_and_no_counter_is() -> None:
    seen = read("Stolen Vehicle", "Stolen Plate", "Teal Boat Watch", "+3 more")
    first, second, third, more = (line(one.text, top) for one, top in zip(seen.lines, (0, 0, 20, 20), strict=True))
    second = replace(second, box=(200.0, 0.0, 290.0, 12.0))
    more = replace(more, box=(200.0, 20.0, 260.0, 32.0))
    seen = replace(seen, lines=(first, second, third, more))
    chips = {i: replace(mark(seen.lines[i], MarkState.ON), style=MarkStyle.CHIP) for i in (0, 1)}
    told = name_the_missed(seen, page(seen, chips))
    assert [(m.label, m.state) for m in told.marks[2:]] == [("Teal Boat Watch", MarkState.UNREADABLE)]
    assert [(i.code, i.mark) for i in told.issues] == [("mark_missing", 2)]


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Stolen Vehicle Teal Boat Watch Stolen Plate", True),
        ("Stolen Vehicle × Teal Boat Watch×", True),
        ("Stolen Vehicle alerts are sent to all users of this account", False),
    ],
)
def test_chips_that_a_reader_took_for_one_line_are_named(text: str, is_named: bool) -> None:
    seen = read("Missing Person", "Sex Offender", "Violent Person", text)
    told = name_the_missed(seen, page(seen, {}))
    assert (text in {m.label for m in told.marks}) is is_named


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("Stolen Vehicle", "Warrant", "Stolen Vehicle", "Stolen Vehicle", "Warrant"), PICTURE),
        (("Stolen Vehicle", "Warrant", "Sex Offender", "Immigration Violator", "Warrant"), SETTINGS),
    ],
)
def test_topics_that_are_said_again_and_again_are_the_reasons_of_a_log(texts: tuple[str, ...], kind: str) -> None:
    seen = read(*texts)
    told = name_the_missed(seen, page(seen, {}))
    assert told.kind == kind
    assert len(told.marks) == (len(texts) if kind == SETTINGS else 0)
