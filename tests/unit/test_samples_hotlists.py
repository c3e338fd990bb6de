"""Drawn settings pages: what the truth says is where the picture shows it, whatever is done to the picture."""

from __future__ import annotations

import io
import itertools
import random
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2
import pytest
from PIL import Image

from records.marks import MarkState, MarkStyle
from samples.degrade import degrade
from samples.draw import main
from samples.hotlists import draw_browser, draw_pillow, words
from samples.hotlists.browser import Browser
from samples.hotlists.cuts import scrolled
from samples.hotlists.fields import draw_fields
from samples.hotlists.files import FORMATS, save
from samples.hotlists.pens import PENS
from samples.hotlists.random_look import RANDOM, browser_look
from samples.hotlists.random_spec import STYLES, random_spec
from samples.hotlists.spec import ON_STATES, Entry, Group, ListSpec, parents
from samples.hotlists.styles import LOOKS
from samples.hotlists.tick_form import TickForm, draw_form
from samples.hotlists.truth import Drawn, DrawnMark, DrawnPage, read_truth, write_truth
from samples.outside import ProgramMissingError

ENTRIES = tuple(Entry(topic, MarkState.ON if n % 3 else MarkState.OFF) for n, topic in enumerate(words.NATIONAL))
SPEC = ListSpec("drawn-boxes", (Group("NCIC", ENTRIES),), title="Hotlist Settings", counter="of", scale=2.0, width=500)


def dot(mode: str = "RGB") -> Drawn:
    """A dark block on white, and a truth that says so; high and narrow enough to see any turn."""
    image = Image.new(mode, (420, 620), "white")
    box = (40, 60, 90, 90)
    image.paste("black", box)
    mark = DrawnMark("A", MarkState.ON, MarkStyle.CHECK_BOX, (40.0, 60.0, 90.0, 90.0), (40.0, 60.0, 90.0, 90.0))
    return Drawn(image, DrawnPage("dot", "drawn-boxes", "light", 420, 620, (mark,)))


@pytest.mark.parametrize(
    "way", ["jpeg-low", "shared", "photo", "scan", "fax", "turned-90", "turned-180", "scan-turned-270"]
)
def test_the_truth_moves_with_the_picture(way: str) -> None:
    drawn = degrade(dot(), way, seed=5)
    assert (drawn.page.width, drawn.page.height) == drawn.image.size
    x0, top, x1, bottom = drawn.page.marks[0].mark_box
    grey = np.asarray(drawn.image.convert("L"), dtype=float)
    inside = grey[round(top) : round(bottom), round(x0) : round(x1)]
    wide = grey[max(0, round(top) - 12) : round(bottom) + 12, max(0, round(x0) - 12) : round(x1) + 12]
    middle = (wide.min() + np.median(grey)) / 2
    ys, xs = np.nonzero(wide < middle)
    assert (inside < middle).mean() > 0.75  # a skewed block does not fill the upright box around it
    assert abs(xs.mean() + max(0, round(x0) - 12) - (x0 + x1) / 2) < 3
    assert abs(ys.mean() + max(0, round(top) - 12) - (top + bottom) / 2) < 3


def test_degrading_is_repeatable_and_depends_on_the_seed() -> None:
    drawn = draw_pillow.draw(SPEC, "page")
    one, two, other = (degrade(drawn, "fax", seed) for seed in (1, 1, 2))
    assert one.image.tobytes() == two.image.tobytes() != other.image.tobytes()
    assert one.page == two.page != other.page


def test_a_drawn_box_is_filled_where_the_truth_says_on_and_empty_where_it_says_off() -> None:
    drawn = draw_pillow.draw(SPEC, "page")
    assert [(mark.label, mark.state) for mark in drawn.page.marks] == [(e.label, e.state) for e in ENTRIES]
    for mark in drawn.page.marks:
        x0, top, x1, bottom = map(round, mark.mark_box)
        inner = np.asarray(drawn.image.crop((x0 + 6, top + 6, x1 - 6, bottom - 6)), dtype=float)
        is_blue = inner[..., 2].mean() - inner[..., 0].mean() > 50
        assert is_blue == (mark.state is MarkState.ON)
        label = np.asarray(drawn.image.convert("L").crop(tuple(map(round, mark.label_box))))
        assert label.min() < 90  # ink in the label's box, and none right of it
        beside = drawn.image.convert("L").crop((round(mark.label_box[2]) + 3, top, drawn.image.width - 2, bottom))
        assert np.asarray(beside).min() == 255


def test_the_counter_counts_what_is_on() -> None:
    facts = {fact.fact: fact.value for fact in draw_pillow.draw(SPEC, "page").page.facts}
    assert facts == {"title": "Hotlist Settings", "count_on": "6", "count_total": "10"}


@pytest.mark.parametrize("style", [*STYLES, *RANDOM])
def test_every_seed_gives_a_page_that_agrees_with_itself(style: str) -> None:
    specs = [random_spec(style, seed) for seed in range(40)]
    assert specs == [random_spec(style, seed) for seed in range(40)]
    assert len({spec.theme for spec in specs}) > 4 and len({spec.scale for spec in specs}) > 3
    for spec in specs:
        labels = [entry.label for entry in spec.entries]
        assert len(labels) == len(set(labels)) and "Immigration Violator" in labels
        above = parents(spec.entries)
        for parent in {number for number in above if number is not None}:
            children = {e.state in ON_STATES for e, number in zip(spec.entries, above, strict=True) if number == parent}
            expected = {(True,): MarkState.ON, (False,): MarkState.OFF}.get(tuple(children), MarkState.MIXED)
            assert spec.entries[parent].state is expected


@pytest.mark.parametrize("style", RANDOM)
def test_every_seed_of_a_random_style_looks_otherwise(style: str) -> None:
    looks = [browser_look(style, seed) for seed in range(40)]
    assert len({look.mark(MarkState.ON) for look in looks}) == 40
    assert all(look.mark(MarkState.ON) != look.mark(MarkState.OFF) for look in looks)
    assert [look.mark(MarkState.OFF) for look in looks] == [
        browser_look(style, seed).mark(MarkState.OFF) for seed in range(40)
    ]


def test_scrolled_parts_show_every_topic_and_say_what_they_do_not_show() -> None:
    whole = draw_pillow.draw(SPEC, "page")
    parts = scrolled(whole, 3, overlap=0.3)
    labels = {mark.label for mark in whole.page.marks}
    for part in parts:
        shown = {mark.label for mark in part.page.marks}
        assert shown | set(part.page.hidden) == labels and not shown & set(part.page.hidden)
    assert {mark.label for part in parts for mark in part.page.marks if not mark.is_cut} == labels
    for upper, lower in itertools.pairwise(parts):
        whole_above, whole_below = ({m.label for m in one.page.marks if not m.is_cut} for one in (upper, lower))
        assert whole_above & whole_below


def test_the_official_form_has_its_boxes_ticks_and_blobs() -> None:
    pages = draw_form(TickForm(seed=3), "form")
    marks = [mark for page in pages for mark in page.page.marks]
    assert len(pages) == 3 and {page.image.size for page in pages} == {(1700, 2200)}
    assert len({mark.label for mark in marks}) == len(marks) == 361
    assert sum(mark.state is MarkState.ON for mark in marks) == 168
    assert sum(mark.is_cut for mark in marks) == 12
    page = pages[0]
    ink = {MarkState.ON: [], MarkState.OFF: []}
    for mark in page.page.marks:
        x0, top, x1, bottom = map(round, mark.mark_box)
        inner = np.asarray(page.image.convert("L").crop((x0 + 4, top + 4, x1 - 4, bottom - 4)))
        if not mark.is_cut:
            ink[mark.state].append((inner < 128).mean())
    assert max(ink[MarkState.OFF]) == 0 < min(ink[MarkState.ON])


@pytest.mark.parametrize("form", FORMATS)
def test_pictures_come_in_every_container(form: str, tmp_path: Path) -> None:
    drawn = [draw_pillow.draw(SPEC, "page"), degrade(draw_pillow.draw(SPEC, "page"), "fax", 1)]
    if form not in ("tiff", "pdf", "letter"):
        drawn = drawn[:1]
    path = tmp_path / "file"
    pages = save(drawn, path, form)
    if form in ("pdf", "letter"):
        with pypdfium2.PdfDocument(path) as pdf:
            sizes = [page.get_size() for page in pdf]
            is_dark = np.asarray(pdf[0].render(scale=2).to_pil().convert("L")) < 200
    else:
        with Image.open(path) as file:
            assert file.format == form.upper()
            sizes = [(file.width, file.height)] if form != "tiff" else [one.image.size for one in drawn]
            assert getattr(file, "n_frames", 1) == len(drawn)
    assert [(page.width, page.height) for page in pages] == [pytest.approx(size, abs=0.01) for size in sizes]
    if form in ("pdf", "letter"):
        for mark in pages[0].marks:
            x0, top, x1, bottom = (round(2 * side) for side in mark.mark_box)
            assert is_dark[top : bottom + 1, x0 : x1 + 1].any()


@pytest.mark.parametrize("is_radio", [False, True])
def test_fields_hold_the_states_of_the_truth(is_radio: bool, tmp_path: Path) -> None:
    page = draw_fields(SPEC, tmp_path / "form.pdf", "form", is_radio)
    with pdfplumber.open(tmp_path / "form.pdf") as pdf:
        found = [(one["x0"], one["top"], str(one["data"]["AS"])) for one in pdf.pages[0].annots]
        text = pdf.pages[0].extract_text()
    for mark in page.marks:
        inside = [(x, name) for x, y, name in found if abs(y - mark.mark_box[1]) < 3]
        chosen = [x for x, name in inside if "Off" not in name]
        expected = [400.0] if is_radio and mark.state is MarkState.ON else [470.0] if is_radio else [72.0]
        assert chosen == ([] if mark.state is MarkState.OFF and not is_radio else pytest.approx(expected, abs=2))
        assert mark.label in text


def test_truth_survives_its_file(tmp_path: Path) -> None:
    pages = [
        degrade(draw_pillow.draw(SPEC, "page"), "scan", 1).page,
        draw_form(TickForm(boxes=20, ticked=5), "f")[0].page,
    ]
    write_truth(pages, tmp_path / "truth.json")
    assert read_truth(tmp_path / "truth.json") == pages


def test_ink_by_hand_leaves_boxes_apart() -> None:
    for style in (style for style, pen in PENS.items() if pen.is_by_hand and pen.kind is MarkStyle.CHECK_BOX):
        page = draw_pillow.draw(random_spec(style, 3), style)
        assert page.image.size == (1700, 2200)
        assert {mark.state for mark in page.page.marks} <= {MarkState.ON, MarkState.OFF}


def test_the_command_line_draws_pictures_with_their_truth(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(
        ["--hotlists", str(tmp_path), "--styles", "drawn-menu", "ink-rings", "--degrade", "clean", "fax", "--seed", "4"]
    )
    names = {Path(line).name for line in capsys.readouterr().out.splitlines()}
    assert names == {f"{style}-4-{way}-png.png" for style in ("drawn-menu", "ink-rings") for way in ("clean", "fax")}
    for name in names:
        (page,) = read_truth(tmp_path / f"{name}.json")
        assert page.marks
        with Image.open(tmp_path / name) as file:
            assert (page.width, page.height) == file.size


@pytest.mark.browser
def test_a_browser_says_where_its_marks_stand() -> None:
    try:
        browser = Browser()
    except ProgramMissingError as error:
        pytest.skip(str(error))
    rng = random.Random(1)
    with browser:
        for style in (*LOOKS, *RANDOM):
            drawn = draw_browser.draw(browser, random_spec(style, rng.randrange(1000)), style)
            grey = drawn.image.convert("L")
            for mark in drawn.page.marks:
                if not mark.is_cut:
                    label = np.asarray(grey.crop(tuple(map(round, mark.label_box))), dtype=int)
                    assert np.ptp(label) > 15, (style, mark)
            if style in LOOKS and LOOKS[style].kind is MarkStyle.CHIP:
                assert {mark.state for mark in drawn.page.marks} == {MarkState.ON} and drawn.page.hidden
        spec = ListSpec("material-boxes", SPEC.groups, width=500)
        drawn = draw_browser.draw(browser, spec, "page")
        for mark in drawn.page.marks:
            x0, top = map(round, mark.mark_box[:2])
            red, _, blue = drawn.image.getpixel((x0 + 5, top + 5))
            assert (blue - red > 80) == (mark.state is MarkState.ON)
        pdf, page = draw_browser.draw_print(browser, spec, "page")
    with pdfplumber.open(io.BytesIO(pdf)) as printed:
        assert len(printed.pages) == 1
        for mark in page.marks:
            assert " ".join(printed.pages[0].crop(_grown(mark.label_box)).extract_text().split()) == mark.label


def _grown(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return box[0] - 1, box[1] - 1, box[2] + 2, box[3] + 1
