"""The hotlist pictures that are committed: few, small, drawn with Pillow alone so that they are the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from records.marks import MarkState
from samples.degrade import degrade
from samples.hotlists import words
from samples.hotlists.cuts import scrolled
from samples.hotlists.draw_pillow import draw
from samples.hotlists.files import save
from samples.hotlists.spec import Entry, Group, ListSpec
from samples.hotlists.truth import Drawn, DrawnPage

_ON, _OFF, _MIXED = MarkState.ON, MarkState.OFF, MarkState.MIXED
_AGENCY = "Mock Harbor PD"
_STATE_TOPICS = ("TCIC Stolen Vehicle", "TCIC Wanted Person", "Silver Alert", "Mock Harbor Regional BOLO")


@dataclass(frozen=True, slots=True)
class PictureFile:
    """One committed file: its name in the release, and what writes it and returns its truth."""

    name: str
    write: Callable[[Path], list[DrawnPage]]


def _topics(off: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(Entry(topic, _OFF if topic in off else _ON) for topic in words.NATIONAL)


_NCIC = _topics(off=("Protection Order", "Supervised Release"))
_BOXES = ListSpec(
    "drawn-boxes",
    (Group("NCIC", _NCIC),),
    title="Hotlist Settings",
    account=_AGENCY,
    date="November 18, 2025",
    date_value="2025-11-18",
    counter="of",
    width=520,
)
_TOGGLES = replace(
    _BOXES,
    style="drawn-toggles",
    theme="dark",
    date="6/2/2025",
    date_value="2025-06-02",
    groups=(Group("", _topics(off=("Immigration Violator", "Sex Offender", "Stolen Plate"))),),
    counter="",
)
_TREE = replace(
    _BOXES,
    style="drawn-tree",
    groups=(
        Group(
            "",
            (
                Entry("NCIC", _MIXED),
                *(replace(entry, level=1) for entry in _NCIC[4:]),
                Entry("State hotlists", _OFF),
                *(Entry(topic, _OFF, level=1) for topic in _STATE_TOPICS),
                Entry("Amber Alert", MarkState.DISABLED_ON),
            ),
        ),
    ),
    is_ruled=True,
    scale=1.5,
)
_WORDS = replace(_BOXES, style="drawn-words", counter="", is_ruled=True, scale=1.25)
_LONG = replace(
    _BOXES,
    groups=(
        Group("NCIC", _NCIC),
        Group("State hotlists", tuple(Entry(t, _ON if n % 3 else _OFF) for n, t in enumerate(words.STATE_LISTS[:8]))),
    ),
    counter="",
    gap=14,
)
_INK = replace(_BOXES, style="ink-ticks", counter="", title="Alert topics in use (invented form)", gap=16, size=14)


def _picture(spec: ListSpec) -> Drawn:
    return draw(spec, spec.style)


PICTURES = (
    PictureFile("hotlist-settings.png", lambda path: save([_picture(_BOXES)], path, "png")),
    PictureFile("hotlist-dark.png", lambda path: save([_picture(_TOGGLES)], path, "png")),
    PictureFile("hotlist-tree.png", lambda path: save([_picture(_TREE)], path, "png")),
    PictureFile("letter-with-screenshot.pdf", lambda path: save([_picture(_WORDS)], path, "letter")),
    PictureFile("form-scan.pdf", lambda path: save([degrade(_picture(_INK), "scan-1bit", 1)], path, "pdf")),
    # The upper part has the later name: the order of files is not the order of the list.
    PictureFile("Screenshot (2).png", lambda path: save(scrolled(_picture(_LONG), overlap=0.3)[:1], path, "png")),
    PictureFile("Screenshot (1).png", lambda path: save(scrolled(_picture(_LONG), overlap=0.3)[1:], path, "png")),
)
