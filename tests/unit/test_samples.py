"""The samples are what they say: redrawn they are the same, and what they expect is what was drawn."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from records.release import Release, RequestStatus
from records.rows import AUDIT_FIELDS
from samples import draw_chromium, draw_libreoffice, others
from samples.accuracy import ACCURACY
from samples.content import AuditEntry, ContentStyle, entries
from samples.degrade import WAYS
from samples.draw import main
from samples.expected import ExpectedRow, read_expected, write_expected
from samples.hotlists.cases import ALL_STYLES
from samples.layout import Layout
from samples.layouts import RULED, all_layouts, draw, layout_named
from samples.outside import ProgramMissingError
from samples.releases import RELEASES, SAMPLES, draw_releases

CATALOGUE = (SAMPLES / "README.md").read_text(encoding="utf-8")
LAYOUTS = pytest.mark.parametrize("layout", all_layouts(), ids=lambda layout: layout.name)


def draw_rows(layout: Layout, count: int, path: Path) -> list[ExpectedRow]:
    return draw(layout, entries(5, count, layout.content), path)


def glyphs(text: str) -> Counter[str]:
    """Non-space glyphs without hyphens, of which PDFium makes other characters at the end of a line."""
    return Counter(re.sub(r"[\s\-\u0002\ufffe\uffff]", "", text))


def page_texts(path: Path, password: str | None = None) -> list[str]:
    with pypdfium2.PdfDocument(path, password=password) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def page_pictures(path: Path) -> list[bytes]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [bytes(page.render(scale=0.5).buffer) for page in pdf]


def pixels_apart(one: Path, other: Path) -> float:
    """How much two pictures differ, 0 to 255, on average."""
    with Image.open(one) as first, Image.open(other) as second:
        assert first.size == second.size
        return ImageStat.Stat(ImageChops.difference(first.convert("L"), second.convert("L"))).mean[0]


def committed() -> list[Path]:
    files = [path for folder in ("inbox", "expected") for path in (SAMPLES / folder).rglob("*") if path.is_file()]
    return sorted(files)


def test_redrawing_gives_the_committed_files(tmp_path: Path) -> None:
    drawn = draw_releases(tmp_path)
    assert sorted(path.relative_to(tmp_path) for path in drawn) == [path.relative_to(SAMPLES) for path in committed()]
    broken = {file.name for release in RELEASES for file in release.files if file.kept < 1}
    for path in drawn:
        before = SAMPLES / path.relative_to(tmp_path)
        if path.read_bytes() == before.read_bytes() or path.name in broken:
            continue
        # Another zlib packs the same pages into other bytes. What is printed must not differ.
        assert path.suffix in (".pdf", ".png"), (
            f"{path.name} differs: run python -m samples.draw, review the difference"
        )
        if path.suffix == ".png":
            assert pixels_apart(path, before) < 1
            continue
        assert page_texts(path) == page_texts(before)
        assert page_pictures(path) == page_pictures(before)


def test_committed_samples_are_small_and_bear_their_layouts() -> None:
    assert sum(path.stat().st_size for path in committed()) < 1_000_000
    producers = {file.layout.producer for release in RELEASES for file in release.files if file.kept == 1}
    assert producers == {"reportlab", "fpdf2"}


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.release_id)
def test_a_release_toml_says_what_a_release_holds(release: object) -> None:
    folder = SAMPLES / "inbox" / getattr(release, "release_id")  # noqa: B009
    facts = tomllib.loads((folder / "release.toml").read_text(encoding="utf-8"))
    assert set(facts) <= set(Release.__dataclass_fields__)
    assert {"agency", "state", "time_zone", "request_number", "request_url", "status"} <= set(facts)
    assert RequestStatus(facts["status"]) in (RequestStatus.FULFILLED, RequestStatus.PARTIAL, RequestStatus.DENIED)
    assert facts["request_url"].startswith("https://records.example.org/")
    has_files = any(path.name != "release.toml" for path in folder.iterdir())
    assert has_files is (facts["status"] != "denied")


def test_the_broken_file_is_broken() -> None:
    [path] = (SAMPLES / "inbox" / "testborough-pd-oh-2025-11").glob("*.pdf")
    assert path.read_bytes().startswith(b"%PDF") and b"%%EOF" not in path.read_bytes()


@LAYOUTS
def test_expected_rows_are_well_formed(layout: Layout, tmp_path: Path) -> None:
    rows = draw_rows(layout, 45, tmp_path / "log.pdf")
    assert len(rows) == 45
    for before, row in itertools.pairwise(rows):
        on_same_page = row.page_numbers[0] == before.page_numbers[0]
        assert row.ordinal == (before.ordinal + 1 if on_same_page else 1)
        assert row.page_numbers[0] >= before.page_numbers[-1]
    for row in rows:
        first, last = row.page_numbers[0], row.page_numbers[-1]
        assert row.page_numbers == tuple(range(first, last + 1))
        assert row.header == layout.header
        assert len(row.cells) == len(row.lines) == len(layout.columns)
        for text, lines in zip(row.cells, row.lines, strict=True):
            assert text == " ".join(text.split())
            assert "".join(lines).replace(" ", "") == text.replace(" ", "")
            assert all(line == line.strip() and line for line in lines)


@LAYOUTS
def test_every_expected_text_is_on_its_page(layout: Layout, tmp_path: Path) -> None:
    rows = draw_rows(layout, 45, tmp_path / "log.pdf")
    texts = page_texts(tmp_path / "log.pdf")
    assert len(texts) == rows[-1].page_numbers[-1]
    for number, text in enumerate(texts, start=1):
        expected: Counter[str] = Counter()
        for row in rows:
            if row.page_numbers == (number,):
                expected.update(glyphs("".join(row.cells)))
        assert not expected - glyphs(text)


@LAYOUTS
def test_a_page_is_displayed_upright_and_as_large_as_declared(layout: Layout, tmp_path: Path) -> None:
    rows = draw_rows(layout, 12, tmp_path / "log.pdf")
    with pypdfium2.PdfDocument(tmp_path / "log.pdf") as pdf:
        page = pdf[0]
        assert page.get_size() == pytest.approx(layout.paper, abs=0.1)
        assert page.get_rotation() == layout.rotate
        ink = page.render(scale=1).to_pil().convert("L").point(lambda level: 255 * (level < 128)).getbbox()
    left, top, right, bottom = layout.margins
    assert ink is not None and rows
    assert left - 2 <= ink[0] and top - 2 <= ink[1]
    assert ink[2] <= layout.paper[0] - right + 2 and ink[3] <= layout.paper[1] - bottom + 2


def test_the_same_seed_gives_the_same_rows_and_bytes(tmp_path: Path) -> None:
    assert list(entries(3, 40)) == list(entries(3, 40))
    assert list(entries(3, 40)) != list(entries(4, 40))
    for name in ("ruled", "sheet"):
        one, two = (tmp_path / f"{name}-{copy}.pdf" for copy in (1, 2))
        assert draw_rows(layout_named(name), 20, one) == draw_rows(layout_named(name), 20, two)
        assert one.read_bytes() == two.read_bytes()


def test_content_covers_what_real_logs_hold() -> None:
    rows = list(entries(1, 3000))
    assert set(AUDIT_FIELDS) <= set(AuditEntry.__dataclass_fields__)
    assert len({row.id for row in rows}) == len(rows)
    reasons = {row.reason for row in rows}
    for wanted in ("", "=1+1", "<script>alert(1)</script>", "[REDACTED]", "287(B) vehicle", "Immigration (criminal) -"):
        assert wanted in reasons
    assert max(map(len, reasons)) > 200
    assert [row.searched_at for row in rows] == sorted(row.searched_at for row in rows)
    masked = next(entries(1, 1, ContentStyle(is_masked=True)))
    assert (masked.name, masked.license_plate, masked.filters) == ("***", "***", "***")
    early = next(entries(1, 1, ContentStyle(is_padded=False)))
    assert early.search_time.startswith("11/1/2025, ")


def test_the_accuracy_set_covers_every_trait() -> None:
    assert len(ACCURACY) >= 24 and len({layout.name for layout in all_layouts()}) == len(all_layouts())
    traits: dict[str, set[object]] = {
        trait: {getattr(layout, trait) for layout in all_layouts()} for trait in Layout.__dataclass_fields__
    }
    assert traits["rotate"] == {0, 90, 180, 270}
    assert traits["rules"] == {"grid", "horizontal", "vertical", "header", "none"}
    assert traits["header_on"] == {"first", "every", "none"}
    assert traits["align_rows"] == {"top", "middle", "bottom"}
    assert traits["font"] == {"Helvetica", "Times-Roman", "Courier", "Vera"}
    assert traits["drawn_by"] == {"line", "word", "glyph"}
    assert traits["stream_order"] == {"row", "column", "shuffled"}
    assert traits["rule_style"] == {"lines", "rects", "thin_fills"}
    for two_sided in ("is_zebra", "splits_rows", "breaks_at_hyphens", "is_header_bold"):
        assert traits[two_sided] == {True, False}
    assert traits["align_header"] == {None, "left"}


def test_rows_go_over_page_breaks_where_they_may(tmp_path: Path) -> None:
    assert any(len(row.page_numbers) == 2 for row in draw_rows(RULED, 60, tmp_path / "log.pdf"))
    whole = layout_named("early-grid-middle")
    assert all(len(row.page_numbers) == 1 for row in draw_rows(whole, 60, tmp_path / "log.pdf"))


def test_expected_rows_survive_their_file(tmp_path: Path) -> None:
    rows = draw_rows(RULED, 20, tmp_path / "log.pdf")
    write_expected(rows, tmp_path / "log.jsonl")
    assert read_expected(tmp_path / "log.jsonl") == rows


def test_the_command_line_draws_any_layout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, expected = tmp_path / "log.pdf", tmp_path / "log.jsonl"
    main(["--layout", "sheet", "--rows", "30", "--seed", "7", "--out", str(out), "--expected", str(expected)])
    assert "30 rows on 4 pages" in capsys.readouterr().out
    assert [row.page_numbers[0] for row in read_expected(expected)] == [1] * 8 + [2] * 9 + [3] * 9 + [4] * 4


def test_what_is_no_log_is_drawn_too(tmp_path: Path) -> None:
    path = tmp_path / "other.pdf"
    others.letter(path)
    texts = page_texts(path)
    assert len(texts) == 50 and "Search Time" in "".join(texts)
    others.memo(path)
    assert "CAM-003" in page_texts(path)[0]
    assert len(others.sharing_list(path, organizations=40)) == 40
    others.empty(path)
    assert path.read_bytes() == b""
    others.picture(path)
    assert path.read_bytes().startswith(b"\x89PNG")
    others.truncated(path)
    assert b"%%EOF" not in path.read_bytes()


def test_an_encrypted_log_opens_with_its_password_only(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    rows = others.encrypted(path, password="sesame")
    with pytest.raises(pypdfium2.PdfiumError):
        page_texts(path)
    assert rows[0].cells[0][:8] in page_texts(path, password="sesame")[0]


def test_the_catalogue_lists_every_file_layout_and_print() -> None:
    names = [path.relative_to(SAMPLES).as_posix() for path in committed()]
    names += [path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*.py")]
    names += [*ALL_STYLES, *WAYS]
    names += [layout.name for layout in all_layouts()]
    names += [style.name for style in (*draw_chromium.PRINTS, *draw_libreoffice.PRINTS)]
    names += [f"others.{one.__name__}" for one in OTHERS]
    assert [name for name in names if f"`{name}`" not in CATALOGUE] == []


OTHERS: tuple[Callable[..., object], ...] = (
    others.letter,
    others.memo,
    others.sharing_list,
    others.encrypted,
    others.truncated,
    others.empty,
    others.picture,
)


@pytest.mark.browser
@pytest.mark.parametrize("style", draw_chromium.PRINTS[:1], ids=lambda style: style.name)
def test_chromium_prints_every_row(style: draw_chromium.BrowserPrint, tmp_path: Path) -> None:
    path = tmp_path / "log.pdf"
    try:
        rows = draw_chromium.print_log(style, entries(9, 20, style.content), path)
    except ProgramMissingError as error:
        pytest.skip(str(error))
    assert not glyphs("".join("".join(row.cells) for row in rows)) - glyphs("".join(page_texts(path)))


@pytest.mark.parametrize("style", draw_libreoffice.PRINTS[:1], ids=lambda style: style.name)
def test_libreoffice_prints_every_row(style: draw_libreoffice.SpreadsheetPrint, tmp_path: Path) -> None:
    path = tmp_path / "log.pdf"
    try:
        rows = draw_libreoffice.print_log(style, entries(9, 20, style.content), path)
    except ProgramMissingError as error:
        pytest.skip(str(error))
    assert not glyphs("".join("".join(row.cells) for row in rows)) - glyphs("".join(page_texts(path)))


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissingError, match="chromium"):
        draw_chromium.print_log(draw_chromium.PRINTS[0], entries(1, 1), tmp_path / "log.pdf")
    with pytest.raises(ProgramMissingError, match="soffice"):
        draw_libreoffice.print_log(draw_libreoffice.PRINTS[0], entries(1, 1), tmp_path / "log.pdf")
