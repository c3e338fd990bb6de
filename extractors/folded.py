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

from extractors.delimited_told import Delimited
from extractors.glyphs import PageContent
from extractors.page_text import PageWord, page_lines
from extractors.two_line_records import TwoLines
from extractors.two_lines import PARTS
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
_LEADER = "..."
_WORDS = 6
"""Of one label."""
_SHARE = 0.25
"""Of the lines of a log whose rows have further lines: how many of them name their field at least."""
_CARD_SHARE = 0.15
"""Of the lines of cards, the same: the headings of a table stand in one line of a page."""
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
    delimited: Delimited | None = None
    """Where the fields are parted by signs."""
    from_page: int = 1
    """The first page of that log; those before are of another one, with a line for each record."""

    @property
    def parts(self) -> int:
        """Page widths that an unfolded page takes. The first is for rows of a table; on cards, and of delimited text,
        the last one is for what is of no record."""
        if self.delimited is not None:
            return len(self.delimited.labels) + 1
        return len(self.labels) + 1 if self.lines is None else PARTS

    @staticmethod
    def from_plan(told: dict[str, Any]) -> Fold:
        """A fold as the plan stores it."""
        lines = TwoLines.from_plan(told["lines"]) if told["lines"] else None
        delimited = Delimited.from_plan(told["delimited"]) if told["delimited"] else None
        labels = tuple((text, x) for text, x in told["labels"])
        return Fold(told["width"], labels, told["is_card"], lines, delimited, told["from_page"])


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
    named = sum(len({found.line for found in find_labels(page, fold)}) for page in lines)
    if named < (_CARD_SHARE if is_card else _SHARE) * sum(map(len, lines)):
        return None
    return _in_order(fold, lines)


def _repeated_labels(pages: list[list[list[PageWord]]], taken: dict[str, bool]) -> list[tuple[str, float]]:
    """The labels that nearly all records print, with their places. Beside a table (*taken*: the fields of its header)
    only known ones with a colon count. An unknown one has a colon or dots behind it; or it stands where known ones do
    that have their values beside them, and has one, too: a value that is the same everywhere is no label."""
    counts: Counter[tuple[str, int]] = Counter()
    beside: Counter[tuple[str, int]] = Counter()
    told: dict[tuple[str, int], tuple[str, float]] = {}
    inner: set[tuple[str, int]] = set()
    behind: Counter[tuple[str, int]] = Counter()
    among: Counter[tuple[str, int]] = Counter()
    for line in (line for lines in pages for line in lines):
        labels = list(_candidates(line))
        known_at = {begin for begin, words in labels if canonical_field(_text(words))}
        for n, (begin, words) in enumerate(labels):
            text = _text(words)
            field, is_led = canonical_field(text), text.endswith((":", _LEADER))
            if taken and (field is None or field in taken or begin or not is_led):
                continue
            key = normalise_header(text), round(words[0].x0 / PLACE)
            if not key[0]:
                continue
            counts[key] += 1
            after = begin + len(words)
            beside[key] += (after < len(line) and after not in known_at) or is_led
            if field is None and begin:
                inner.add(key)
                behind[key] += n > 1 and labels[n - 1][0] not in known_at
                among[key] += bool(known_at)
            told.setdefault(key, (text, words[0].x0))
    known = [key for key in counts if canonical_field(told[key][0])]
    records = max((counts[key] for key in known), default=0)
    if records < LEAST:
        return []
    usual = [key for key in known if counts[key] >= _ALL * records]
    is_inline = 2 * sum(beside[key] for key in usual) >= sum(counts[key] for key in usual)
    places = {key[1] for key in usual}
    others = [key for key, n in counts.items() if n >= _ALL * records and not canonical_field(told[key][0])]
    chosen = list(usual)
    for key in others:
        is_led = told[key][0].endswith((":", _LEADER))
        is_beside = is_inline and key[1] in places and 2 * beside[key] >= counts[key]
        if key not in inner and (is_led or is_beside):
            chosen.append(key)
    if any((behind if is_inline else among)[key] >= _ALL * records for key in others):
        return []  # a label that nobody knows, right of a value or a label: where the value ends cannot be told
    return _joined_labels(*([(_bare(told[k][0]), told[k][1]) for k in keys] for keys in (chosen, others)))


def _joined_labels(labels: list[tuple[str, float]], others: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The *labels*, those of two lines as one: one of the unknown *others* is the rest of a known one at its place."""
    rests: dict[tuple[str, float], tuple[str, float]] = {}
    for text, x in labels:
        for rest, at in others:
            field = canonical_field(text)
            if field is not None and abs(at - x) <= PLACE and canonical_field(f"{text} {rest}") == field:
                rests[text, x] = rest, at
    kept = [label for label in labels if label not in rests.values()]
    return [(f"{text} {rests[text, x][0]}" if (text, x) in rests else text, x) for text, x in kept]


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
            after = line.index([word for word in found.words if word in line][-1]) + 1
            is_beside = after < len(line) and id(line[after]) not in begun
            valued[found.number] += is_beside or _stands_over(found, lines, begun)
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


def _stands_over(found: FoundLabel, lines: list[list[PageWord]], begun: set[int]) -> bool:
    """Whether the label has a value right below it, which begins where it does."""
    below = lines[found.line + 1] if found.line + 1 < len(lines) else []
    return any(abs(word.x0 - found.words[0].x0) <= PLACE and id(word) not in begun for word in below)


def _candidates(line: list[PageWord]) -> Iterator[tuple[int, list[PageWord]]]:
    """What may be a label of the line, with the word it begins at: the words up to a colon, dots that lead
    on or a wide gap, at the beginning of the line or behind such a gap."""
    for begin, word in enumerate(line):
        if begin and not word.is_apart:
            continue
        for end in range(begin, min(begin + _WORDS, len(line))):
            is_led = end > begin and line[end].text.endswith(_LEADER)
            if is_led or line[end].text.endswith(":") or end + 1 == len(line) or line[end + 1].is_apart:
                yield begin, line[begin : end + 1]
                break


def find_labels(lines: list[list[PageWord]], fold: Fold) -> Iterator[FoundLabel]:
    """The labels of the fold in *lines*, in the order of print; one may go on in the line below."""
    for k, line in enumerate(lines):
        below = lines[k + 1] if k + 1 < len(lines) else []
        for _, words in _candidates(line):
            key, x0 = normalise_header(_text(words)), words[0].x0
            for number, (text, x) in enumerate(fold.labels):
                wanted = normalise_header(text)
                if abs(x0 - x) > 2 * PLACE or not key or not wanted.startswith(key):
                    continue
                rest = next((w for _, w in _candidates(below) if abs(w[0].x0 - x0) <= PLACE), [])
                if key == wanted:
                    yield FoundLabel(number, words, k)
                elif key + normalise_header(_text(rest)) == wanted:
                    yield FoundLabel(number, [*words, *rest], k)
                else:
                    continue
                break


def _bare(text: str) -> str:
    """A label without what leads on to its value."""
    plain = text.rstrip(": ")
    return plain.rstrip(". ") if plain.endswith(_LEADER) else plain


def _text(words: list[PageWord]) -> str:
    return " ".join(word.text for word in words)
