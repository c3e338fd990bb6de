"""Logs whose records are printed over several lines: cards of ``label: value`` pairs, and rows with further lines of
fields that are named in the line. How they are printed is told from the sample; :mod:`extractors.unfold` then moves
every field into a column of its own.

A field is known by its label, printed in every record at one place: at the beginning of a line or, on cards, right of
a value, too. Unless the records print their labels in one order, the pages are left as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from extractors.glyphs import PageContent
from extractors.page_text import PageWord, page_lines
from extractors.two_lines import TwoLines
from records.headers import canonical_field, header_aliases, normalise_header

PLACE = 2.0
"""Points by which labels of one field stand apart at most."""
LEAST = 5
"""Records that a sample must show."""
_ALL = 0.9
"""Share of the records that print a label of theirs, and print them in order."""
_VALUED = 0.5
"""Share of the labels that have a value behind them."""
_FIELDS = 3
"""Known labels of a card."""
_WORDS = 6
"""Of one label."""
_SHARE = 0.25
"""Of the lines of a log whose rows have further lines: how many of them name their field at least."""
_PAGES = 12
"""Pages of the sample that are looked at."""


@dataclass(frozen=True, slots=True)
class Fold:
    """How the records of a document are printed: *width* points is that of its pages, *labels* are those of the fields
    in the order of print, each with the place where it begins. With ``is_card`` all fields have a label, else these
    are those of the lines below the rows of a table."""

    width: float
    labels: tuple[tuple[str, float], ...]
    is_card: bool
    lines: TwoLines | None = None
    """Where the header has a second line, whose fields have no labels of their own in the records."""

    @property
    def parts(self) -> int:
        """Page widths that an unfolded page takes. The first is for rows of a table; on cards the last one is for what
        is of no record."""
        return len(self.labels) + 1 if self.lines is None else 2

    @staticmethod
    def from_plan(told: dict[str, Any]) -> Fold:
        """A fold as the plan stores it."""
        lines = TwoLines(**told["lines"]) if told["lines"] else None
        return Fold(told["width"], tuple((text, x) for text, x in told["labels"]), told["is_card"], lines)


@dataclass(frozen=True, slots=True)
class FoundLabel:
    """A label on a page: the number of its field, its words, and the line it is in."""

    number: int
    words: list[PageWord]
    line: int


def may_name_lines(page: PageContent, fields: Iterable[str | None]) -> bool:
    """A cheap necessary condition for records with lines that name their field: one that is not among the *fields* of
    the header, with a colon behind it, time and again."""
    known = set(fields)
    text = page.glyphs.text.casefold()
    return any(text.count(f"{key}:") >= LEAST for key, field in header_aliases().items() if field not in known)


def find_fold(pages: list[PageContent], fields: frozenset[str]) -> Fold | None:
    """How the records of the sample *pages* are printed, if in lines that name their fields; *fields* are those of the
    header of a table on them, if there is one."""
    pages = [page for page in pages if len(page.glyphs)][:_PAGES]
    lines = [page_lines(page) for page in pages]
    labels = _repeated_labels(lines, dict.fromkeys(fields, True))
    is_card = not fields
    if len({canonical_field(text) for text, _ in labels} - {None}) < (_FIELDS if is_card else 1):
        return None
    fold = Fold(pages[0].width, tuple(labels), is_card)
    named = sum(1 for page in lines for _ in find_labels(page, fold))
    if not is_card and named < _SHARE * sum(map(len, lines)):
        return None
    return _in_order(fold, lines)


def _repeated_labels(pages: list[list[list[PageWord]]], taken: dict[str, bool]) -> list[tuple[str, float]]:
    """The labels that nearly all records print, with their places. Beside a table (*taken*: the fields of its header)
    only known ones with a colon count."""
    counts: Counter[tuple[str, int]] = Counter()
    told: dict[tuple[str, int], tuple[str, float]] = {}
    for lines in pages:
        for line in lines:
            for begin, words in _candidates(line):
                text = _text(words)
                field = canonical_field(text)
                if field is None and (begin or taken or not text.strip(":")):
                    continue
                if taken and (field in taken or begin or not text.endswith(":")):
                    continue
                key = normalise_header(text), round(words[0].x0 / PLACE)
                counts[key] += 1
                told.setdefault(key, (text.rstrip(":").strip(), words[0].x0))
    known = [n for key, n in counts.items() if canonical_field(told[key][0])]
    records = max(known, default=0)
    if records < LEAST:
        return []
    return [told[key] for key, n in counts.items() if n >= _ALL * records]


def _in_order(fold: Fold, pages: list[list[list[PageWord]]]) -> Fold | None:
    """The fold with its labels in the order in which every record prints them, without such as name nothing; None where
    there is no such order."""
    numbers: list[int] = []
    valued: Counter[int] = Counter()
    for lines in pages:
        labels = list(find_labels(lines, fold))
        begun = {id(found.words[0]) for found in labels}
        for found in labels:
            numbers.append(found.number)
            line = lines[found.line]
            after = line.index(found.words[-1]) + 1
            valued[found.number] += after < len(line) and id(line[after]) not in begun
    if valued.total() < _VALUED * len(numbers):
        return None  # headings of a table
    kept = [k for k, (text, _) in enumerate(fold.labels) if valued[k] or canonical_field(text)]
    order = [k for k in dict.fromkeys(numbers) if k in kept]
    if not order:
        return None
    rank = {number: k for k, number in enumerate(order)}
    runs: list[list[int]] = []
    for number in (rank[k] for k in numbers if k in rank):
        if not runs or number == 0 or number in runs[-1]:
            runs.append([])
        runs[-1].append(number)
    ordered = sum(run[0] == 0 and all(a < b for a, b in pairwise(run)) for run in runs)
    if len(runs) < LEAST or ordered < _ALL * len(runs):
        return None
    return replace(fold, labels=tuple(fold.labels[k] for k in order))


def _candidates(line: list[PageWord]) -> Iterator[tuple[int, list[PageWord]]]:
    """What may be a label of the line, with the word it begins at: the words up to a colon or up to a wide gap, at the
    beginning of the line or behind such a gap."""
    for begin, word in enumerate(line):
        if begin and not word.is_apart:
            continue
        for end in range(begin, min(begin + _WORDS, len(line))):
            if line[end].text.endswith(":") or end + 1 == len(line) or line[end + 1].is_apart:
                yield begin, line[begin : end + 1]
                break


def find_labels(lines: list[list[PageWord]], fold: Fold) -> Iterator[FoundLabel]:
    """The labels of the fold in *lines*, in the order of print."""
    wanted: dict[str, list[tuple[float, int]]] = {}
    for number, (text, x) in enumerate(fold.labels):
        wanted.setdefault(normalise_header(text), []).append((x, number))
    for k, line in enumerate(lines):
        for _, words in _candidates(line):
            places = wanted.get(normalise_header(_text(words)), [])
            at = [number for x, number in places if abs(words[0].x0 - x) <= 2 * PLACE]
            if at:
                yield FoundLabel(at[0], words, k)


def _text(words: list[PageWord]) -> str:
    return " ".join(word.text for word in words)
