"""Two readers, one text: agreement, spaces, runs that are apart, and what happens when a reader is missing."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.pictures import rapid, reading, witness
from extractors.pictures.agree import agree
from extractors.pictures.ink import grey_of, ink_of, letter_specks
from extractors.pictures.pieces import Piece, find_pieces, is_box
from extractors.pictures.rapid import Recognized
from extractors.pictures.read_page import PagePicture, Reading, ReadPicture, TextLine, Word
from extractors.pictures.rules import without_rules
from extractors.pictures.upright import apply_turn
from extractors.pictures.witness import Seen
from records.errors import ToolError
from records.marks import Agreement

THEMES = {"light": ((255, 255, 255), (32, 33, 36)), "dark": ((24, 24, 27), (228, 228, 231))}


def _page(lines: list[tuple[int, int, str]], theme: str = "light", size: int = 18) -> PagePicture:
    paper, ink = THEMES[theme]
    image = Image.new("RGB", (520, 60 + 40 * len(lines)), paper)
    draw = ImageDraw.Draw(image)
    for x, y, text in lines:
        draw.text((x, y), text, font=ImageFont.load_default(size=size), fill=ink)
    return apply_turn(np.asarray(image), 1, image.size, 0, 0.0)


@pytest.mark.ocr
@pytest.mark.parametrize("theme", THEMES)
def test_both_readers_read_a_screenshot_in_reading_order(theme: str) -> None:
    page = _page(
        [(40, 20, "Immigration Violator"), (40, 60, "Stolen Plate"), (440, 60, "On"), (40, 100, "8 of 14")], theme
    )
    found = reading.read_picture(page)
    assert found.readers == ("rapidocr", "tesseract")
    assert [line.text for line in found.lines] == ["Immigration Violator", "Stolen Plate", "On", "8 of 14"]
    assert {line.agreement for line in found.lines} == {Agreement.BOTH}
    first = found.lines[0]
    assert [word.text for word in first.words] == ["Immigration", "Violator"]
    # Boxes are of the ink as drawn: the first word ends before the second begins.
    drawn = ImageFont.load_default(size=18)
    assert first.words[1].box[0] == pytest.approx(40 + drawn.getlength("Immigration "), abs=3)
    assert first.words[0].box[2] == pytest.approx(40 + drawn.getlength("Immigration"), abs=3)


@pytest.mark.ocr
@pytest.mark.parametrize(("absent", "left"), [(rapid, "tesseract"), (witness, "rapidocr")])
def test_one_reader_alone_reads_and_says_so(monkeypatch: pytest.MonkeyPatch, absent: object, left: str) -> None:
    monkeypatch.setattr(absent, "is_there", lambda: False)
    found = reading.read_picture(_page([(40, 20, "Protection Order"), (40, 60, "Missing Person")]))
    assert found.readers == (left,)
    assert [(line.text, line.agreement) for line in found.lines] == [
        ("Protection Order", Agreement.ONE),
        ("Missing Person", Agreement.ONE),
    ]


def test_no_reader_at_all_is_the_operators_move(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rapid, "is_there", lambda: False)
    monkeypatch.setattr(witness, "is_there", lambda: False)
    with pytest.raises(ToolError):
        reading.read_picture(_page([(40, 20, "Felony")]))


@pytest.mark.ocr
def test_the_text_layer_is_a_third_reader_and_its_lone_words_stay_apart() -> None:
    def printed(text: str, box: tuple[float, float, float, float]) -> TextLine:
        return TextLine(text, box, (Word(text, box),), Agreement.LAYER, (Reading("layer", text, None, box),))

    layer = [printed("Felony", (40, 22, 95, 40)), printed("unseen", (300, 70, 380, 90))]
    found = reading.read_picture(_page([(40, 20, "Felony")]), layer)
    assert found.readers == ("rapidocr", "tesseract", "layer")
    assert [(line.text, len(line.readings)) for line in found.lines] == [("Felony", 3), ("unseen", 1)]
    assert found.lines[1].agreement is Agreement.ONE


def _piece(text: str) -> Piece:
    """Every letter a block of ink 6 wide, 2 apart, a space 8 wide."""
    columns: list[bool] = []
    for letter in text:
        columns += [False] * 8 if letter == " " else [True] * 6 + [False] * 2
    ink = np.tile(np.array(columns[:-2]), (20, 1))
    box = (0, 0, ink.shape[1], 20)
    return Piece(box, box, ink, False)


def _read(text: str, drawn: str) -> Recognized:
    places, x = [], 0
    for letter in drawn:
        if letter != " ":
            places.append((x + 3) / len(_piece(drawn).ink[0]))
        x += 8
    return Recognized(text, 0.99, tuple(places))


@pytest.mark.parametrize(
    ("by_rapid", "by_tesseract", "text", "agreement"),
    [
        ("SEX OFF", "SEX OFF", "SEX OFF", Agreement.BOTH),
        ("SEXOFF", "SEX OFF", "SEX OFF", Agreement.SPACES),
        ("SEX OFF", "SEXOFF", "SEX OFF", Agreement.SPACES),
        ("SEX OFF", "SE XOFF", "SEX OFF", Agreement.SPACES),
        ("SEX OFF", "5EX OFF", "SEX OFF", Agreement.DIFFER),
        ("SEXOFF", "5EX OFF", "SEX OFF", Agreement.DIFFER),
        ("SEX OFF", "", "SEX OFF", Agreement.ONE),
        ("", "SEX OFF", "SEX OFF", Agreement.ONE),
    ],
)
def test_letters_by_the_readers_spaces_by_the_ink(
    by_rapid: str, by_tesseract: str, text: str, agreement: Agreement
) -> None:
    line = agree(_piece("SEX OFF"), [_read(by_rapid, "SEX OFF")], [Seen(by_tesseract, 0.9)])
    assert line is not None
    assert (line.text, line.agreement) == (text, agreement)
    assert " ".join(word.text for word in line.words) == line.text
    assert [r.text for r in line.readings] == [seen for seen in (by_rapid, by_tesseract) if seen]


@pytest.mark.parametrize(("second", "agreement"), [("SEX OFF", Agreement.BOTH), ("SEX 0FF", Agreement.DIFFER)])
def test_a_second_look_settles_it_where_most_looks_agree(second: str, agreement: Agreement) -> None:
    looks = [_read("5EX OFF", "SEX OFF"), _read("SEX OFF", "SEX OFF")]
    line = agree(_piece("SEX OFF"), looks, [Seen("SEX OFF", 0.9), Seen(second, 0.8)])
    assert line is not None
    assert (line.text, line.agreement, len(line.readings)) == ("SEX OFF", agreement, 4)


def test_rules_are_painted_over_and_letters_and_boxes_are_not() -> None:
    image = Image.new("RGB", (400, 300), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    for row in range(6):
        draw.text((30, 20 + 45 * row), "illicit Hill", font=ImageFont.load_default(size=20), fill=(0, 0, 0))
        draw.rectangle((220, 20 + 45 * row, 240, 40 + 45 * row), outline=(0, 0, 0), width=2)
    plain = np.asarray(image)
    for x in (15, 200, 260):
        draw.line((x, 5, x, 290), fill=(0, 0, 0), width=2)
    draw.line((15, 10, 260, 10), fill=(0, 0, 0), width=2)
    ruled = np.asarray(image)
    ink = ink_of(grey_of(ruled))
    cleaned, _ = without_rules(ruled, ink, letter_specks(ink))
    assert np.array_equal(cleaned, plain)
    untouched, _ = without_rules(plain, ink_of(grey_of(plain)), letter_specks(ink))
    assert untouched is plain


def test_nobody_read_anything_is_no_line() -> None:
    assert agree(_piece("I"), [Recognized("", 0.0, ())], [Seen("", None)]) is None


def _grey(boxes: list[tuple[int, int, int, int]], size: tuple[int, int]) -> np.ndarray:
    grey = np.full(size[::-1], 255, np.uint8)
    for x0, top, x1, bottom in boxes:
        grey[top:bottom, x0:x1] = 0
    return grey


def test_runs_far_apart_are_apart_and_no_letter_is_lost() -> None:
    letters = [(10 + 12 * i, 10, 18 + 12 * i, 30) for i in range(6)]
    far = [(200 + 12 * i, 10, 208 + 12 * i, 30) for i in range(2)]
    grey = _grey([*letters, *far], (300, 40))
    pieces = sorted(find_pieces(grey, np.array([[0.0, 0, 300, 40]])), key=lambda piece: piece.box[0])
    assert [piece.box for piece in pieces] == [(10, 10, 78, 30), (200, 10, 220, 30)]


@pytest.mark.parametrize("word", ["OLD", "DOE", "0010", "QUOD"])
def test_letters_that_look_like_boxes_stay_in_their_word(word: str) -> None:
    for size in (11, 14, 24):
        image = Image.new("L", (300, 60), 255)
        ImageDraw.Draw(image).text((30, 15), word, font=ImageFont.load_default(size=size), fill=0)
        pieces = find_pieces(np.asarray(image), np.array([[20.0, 5, 280, 55]]))
        assert len(pieces) == 1
        assert not is_box(pieces[0].ink)


@pytest.mark.parametrize("checked", [False, True])
def test_a_check_box_is_no_part_of_its_label(checked: bool) -> None:
    image = Image.new("L", (300, 60), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 18, 37, 35), outline=0, width=2)
    if checked:
        draw.line((24, 27, 28, 32, 34, 22), fill=0, width=2)
    draw.text((48, 17), "Stolen Plate", font=ImageFont.load_default(size=18), fill=0)
    pieces = sorted(find_pieces(np.asarray(image), np.array([[10.0, 8, 290, 46]])), key=lambda piece: piece.box[0])
    assert [is_box(piece.ink) for piece in pieces] == [True, False]
    assert pieces[1].box[0] >= 48


def test_the_same_text_is_read_from_the_same_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is stored is only valid if reading is a function of the pixels: no order of calls, no state."""
    asked: list[int] = []

    def recognize(crops: list[np.ndarray]) -> list[Recognized]:
        asked.append(len(crops))
        return [Recognized(f"line {crop.shape[1]}", 0.9, ()) for crop in crops]

    monkeypatch.setattr(rapid, "is_there", lambda: True)
    monkeypatch.setattr(rapid, "detect", lambda pixels: np.array([[30.0, 15, 260, 45], [30, 55, 260, 85]]))
    monkeypatch.setattr(rapid, "recognize", recognize)
    monkeypatch.setattr(witness, "look", lambda *args: None)
    monkeypatch.setattr(witness, "is_there", lambda: False)
    page = _page([(40, 20, "Immigration Violator"), (40, 60, "Stolen Plate")])
    first, again = reading.read_picture(page), reading.read_picture(page)
    assert isinstance(first, ReadPicture)
    assert first.lines == again.lines
    assert len(first.lines) == 2
    assert asked == [2, 2]
