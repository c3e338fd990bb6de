"""Pictures by style, way and seed, each a file with its truth beside it; drawn once and kept."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from samples.degrade import degrade
from samples.hotlists import draw_browser, draw_pillow
from samples.hotlists.browser import Browser
from samples.hotlists.files import save
from samples.hotlists.pens import PENS
from samples.hotlists.random_look import RANDOM
from samples.hotlists.random_spec import STYLES, random_spec
from samples.hotlists.spec import ListSpec
from samples.hotlists.styles import LOOKS
from samples.hotlists.tick_form import TickForm, draw_form
from samples.hotlists.truth import Drawn, DrawnPage, read_truth, write_truth
from samples.outside import ProgramMissingError

FORM = "tick-form"
SCREEN_WAYS = ("clean", "jpeg", "jpeg-low", "shared", "shrunk", "grown", "grey", "faint", "photo")
ALL_STYLES = (*STYLES, *RANDOM, FORM)


@dataclass(frozen=True, slots=True)
class Case:
    """One file and what is drawn on its pages."""

    style: str
    way: str
    path: Path
    pages: list[DrawnPage]


@contextlib.contextmanager
def painter() -> Iterator[Browser | None]:
    """A browser, or None where there is none: then the styles that need one are left out, and said so."""
    try:
        browser = Browser()
    except ProgramMissingError as error:
        print(f"{error}: {', '.join((*LOOKS, *RANDOM))} are left out")
        yield None
        return
    with browser:
        yield browser


def paint(browser: Browser | None, spec: ListSpec, name: str) -> Drawn | None:
    """The picture of *spec*; None where it needs a browser that is not there."""
    if spec.style in PENS:
        return draw_pillow.draw(spec, name)
    return None if browser is None else draw_browser.draw(browser, spec, name)


def cases(folder: Path, styles: Sequence[str], ways: Sequence[str], seeds: Sequence[int], form: str) -> list[Case]:
    """Every style in every way with every seed, as files of *form*; drawn unless they lie in *folder* already."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [(style, way, seed) for style in styles for seed in seeds for way in ways]
    with contextlib.ExitStack() as stack:
        browser: Browser | None = None
        is_asked = False
        found = []
        for style, way, seed in wanted:
            if style.startswith("ink-") and way in SCREEN_WAYS and way != "clean":
                continue  # paper is scanned, not shared as a screenshot
            path = folder / f"{style}-{seed}-{way}-{form}.{'pdf' if form == 'letter' else _extension(style, form)}"
            truth = path.with_name(f"{path.name}.json")
            if not truth.exists():
                if not is_asked and (style in LOOKS or style in RANDOM):
                    browser, is_asked = stack.enter_context(painter()), True
                drawn = _drawn(browser, style, way, seed)
                if not drawn:
                    continue
                write_truth(save(drawn, path, "tiff" if path.suffix == ".tiff" else form), truth)
            found.append(Case(style, way, path, read_truth(truth)))
    return found


def _extension(style: str, form: str) -> str:
    return "tiff" if style == FORM and form == "png" else form


def _drawn(browser: Browser | None, style: str, way: str, seed: int) -> list[Drawn]:
    name = f"{style}-{seed}"
    if style == FORM:
        pages = draw_form(TickForm(seed=seed, is_boxed=seed % 2 == 1), name)
        return [degrade(page, way, seed) for page in pages]
    one = paint(browser, random_spec(style, seed), name)
    return [] if one is None else [degrade(one, way, seed)]
