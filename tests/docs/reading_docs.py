"""The pages of the documentation, taken apart: fenced blocks, links, anchors, commands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
"""What we write for people. Pages made by a command are among them."""

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, its text and the line it begins on."""

    language: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a page, the exit code it is said to end with, and its line."""

    command: str
    exit_code: int
    line: int


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> list[Block]:
    text = text_of(page)
    return [Block(m[1], m[2], text.count("\n", 0, m.start()) + 1) for m in _FENCE.finditer(text)]


def steps(block: Block) -> list[Step]:
    """The commands of an ``sh`` block, one a line; ``# exit code N`` at the end of a line is what it must end with."""
    found = []
    for offset, line in enumerate(block.text.splitlines(), start=1):
        if line.strip():
            said = re.search(r"# exit code (\d+)$", line)
            found.append(Step(line, int(said[1]) if said else 0, block.line + offset))
    return found


def links(page: Path) -> Iterator[str]:
    yield from _LINK.findall(_FENCE.sub("", text_of(page)))


def anchors(page: Path) -> set[str]:
    """What a link may name after ``#``: headings, as repositories make anchors of them, and ``<a id=…>``."""
    text = _FENCE.sub("", text_of(page))
    named = set(re.findall(r'<a id="([^"]+)"></a>', text))
    return named | {_slug(heading) for heading in _HEADING.findall(text)}


def _slug(heading: str) -> str:
    kept = (c for c in heading.strip().casefold() if c in " -_" or unicodedata.category(c)[0] in "LN")
    return "".join(kept).replace(" ", "-")
