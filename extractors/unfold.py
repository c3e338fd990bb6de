"""Unfolding a page whose records are printed over several lines (:mod:`extractors.folded`): the values of every field
are moved to the right, by whole widths of the page, into a column of their own; labels go out of the text. Heights
stay as they are. :mod:`extractors.fold_back` is the way back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.folded import PLACE, Fold, FoundLabel, find_labels
from extractors.glyphs import PageContent, Rulings
from extractors.header import find_headers
from extractors.labels import Header, Label
from extractors.lines import glyph_height
from extractors.page_text import PageWord, page_lines
from extractors.slanted import pick
from extractors.unfold_delimited import delimited_headers, unfold_delimited
from extractors.unfold_lines import RIM, lines_headers, unfold_lines
from records.places import BBox

_GAP = 0.9
"""Of the glyph height: white between two lines of one value at most."""
_CENTRED = 0.15
"""Of the glyph height: by how much closer to the value below a line may stand than to the one above."""
_HALF = 0.25
"""Of the glyph height: by how much more two lines overlap than tight ones do where one stands at half a line."""
_DASHES = 10
"""Signs of a typed rule at least."""


@dataclass(slots=True)
class _Open:
    """A field that may go on in the next line: its number, where its label and its value begin, and how far down it
    goes."""

    number: int
    label: float
    value: float
    bottom: float


def unfold(page: PageContent, fold: Fold) -> PageContent:
    """The page with its fields side by side; the page itself where it prints no labels, where it cannot be told to
    which of them a line belongs, or before the first page of the log that is folded."""
    if abs(page.width - fold.width) > PLACE or not len(page.glyphs) or page.page_number < fold.from_page:
        return page
    lines = page_lines(page)
    if fold.lines is not None:
        return unfold_lines(page, lines, fold.lines)
    if fold.delimited is not None:
        return unfold_delimited(page, lines, fold.delimited)
    labels = list(find_labels(lines, fold))
    if not labels:
        return page
    part = _parts(page, lines, labels, fold)
    if part is None or (fold.is_card and part.min() == len(fold.labels)):
        return page
    is_label, is_rule = np.zeros(len(part), np.bool_), np.zeros(len(part), np.bool_)
    is_label[[i for found in labels for word in found.words for i in word.glyphs]] = True
    is_rule[[i for line in lines for word in _rules(line) for i in word.glyphs]] = True
    glyphs = replace(page.glyphs, x0=page.glyphs.x0 + part * fold.width, x1=page.glyphs.x1 + part * fold.width)
    return replace(
        page,
        width=page.width * fold.parts,
        glyphs=pick(glyphs, ~(is_label | is_rule)),
        covered=None if page.covered is None else page.covered[~(is_label | is_rule)],
        rulings=_rulings(page, lines, labels, part, fold) if fold.is_card else _below(page, lines, part, fold),
        labels=pick(page.glyphs, is_label),
        typed_rules=pick(page.glyphs, is_rule) if page.typed_rules is None else page.typed_rules,
    )


def _rules(line: list[PageWord]) -> list[PageWord]:
    """The words of a line that are rules; a text between two of them, as programs number their records, is of these."""
    found = [word for word in line if _is_rule(word)]
    return line if len(found) > 1 and found[0] is line[0] and found[-1] is line[-1] else found


def _is_rule(word: PageWord) -> bool:
    """Whether the word is a line of dashes, as typed reports draw between their records."""
    return len(word.text) >= _DASHES and len(set(word.text)) == 1 and word.text[0] in "-=_*"


def unfolded_headers(page: PageContent, before: PageContent, fold: Fold) -> list[Header]:
    """The headers of an unfolded *page*, with the labels that its lines print; *before* is the page as it was."""
    lines = page_lines(before)
    if fold.lines is not None:
        return lines_headers(before, lines, fold.lines)
    if fold.delimited is not None:
        return delimited_headers(before, lines, fold.delimited)
    first: dict[int, BBox] = {}
    for found in find_labels(lines, fold):
        words = found.words
        box = (words[0].x0, min(w.top for w in words), words[-1].x1, max(w.bottom for w in words))
        first.setdefault(found.number, BBox(*box))
    if len(first) < len(fold.labels):
        return []
    if fold.is_card:
        at = min(box.top for box in first.values()) - RIM
        return [Header(tuple(_label(k, first[k], fold) for k in sorted(first)), at, at)]
    more = tuple(_label(k, first[k], fold) for k in sorted(first))
    return [replace(header, labels=header.labels + more) for header in find_headers(page)]


def _label(number: int, box: BBox, fold: Fold) -> Label:
    dx = _part_of(number, fold) * fold.width
    return Label(fold.labels[number][0], BBox(box.x0 + dx, box.top, box.x1 + dx, box.bottom))


def _part_of(number: int, fold: Fold) -> int:
    return number if fold.is_card else number + 1


def _parts(
    page: PageContent, lines: list[list[PageWord]], labels: list[FoundLabel], fold: Fold
) -> NDArray[np.int64] | None:
    """The part of every glyph; None where a line may be of the value above or below it."""
    height = glyph_height(page.glyphs)
    part = np.full(len(page.glyphs), len(fold.labels) if fold.is_card else 0)
    opened: list[_Open] = []
    on_line: dict[int, list[FoundLabel]] = {}
    for found in labels:
        on_line.setdefault(found.line, []).append(found)
    rules = page.rulings.horizontal
    of_label = {id(word) for found in labels for word in found.words}
    for k, line in enumerate(lines):
        mine = on_line.get(k, [])
        fresh: dict[int, _Open] = {}
        of_rule = {id(word) for word in _rules(line)}
        for word in line:
            if id(word) in of_label or id(word) in of_rule:
                continue
            own = [found for found in mine if found.words[0].x0 <= word.x0]
            if own:
                field = _begun(own[-1], word, opened, fresh)
            else:
                going = [o for o in opened if o.label <= word.x0 + PLACE]
                if going and not fold.is_card and line[0].x0 < going[-1].value - PLACE:
                    continue  # a row of the table
                is_between = fold.is_card and k < labels[-1].line
                if not going or not _goes_on(going[-1], word, height, is_between, fresh, rules):
                    continue
                field = going[-1]
                fresh.setdefault(field.number, field)
                if _is_centred(field, word, lines, k, on_line, height):
                    return None
            part[word.glyphs] = _part_of(field.number, fold)
        for found in mine:
            if found.number not in fresh:  # a blank value
                _begun(found, None, opened, fresh)
        for o in opened:
            if o.number in fresh:
                o.bottom = max(w.bottom for w in line)
        opened.sort(key=lambda o: o.label)
    return part


def _begun(found: FoundLabel, word: PageWord | None, opened: list[_Open], fresh: dict[int, _Open]) -> _Open:
    """The field that a label opens, and its first *word*; what was open at the label's place, or below it, ends."""
    if found.number in fresh:
        return fresh[found.number]
    at = found.words[0].x0
    opened[:] = [o for o in opened if abs(o.label - at) > PLACE]
    field = _Open(found.number, at, word.x0 if word else at, found.words[0].bottom)
    opened.append(field)
    fresh[found.number] = field
    return field


def _goes_on(
    field: _Open, word: PageWord, height: float, is_between: bool, fresh: dict[int, _Open], rules: NDArray[np.float64]
) -> bool:
    """Whether a line without a label goes on with the field: where its value or its label begins, or further right,
    with no rule between. Below the last label of a page it must follow closely."""
    if field.number in fresh:
        return True
    if word.top - field.bottom > _GAP * height and not is_between:
        return False
    if word.x0 < field.value - PLACE and abs(word.x0 - field.label) > PLACE:
        return False
    between = (rules[:, 2] > field.bottom - 1.0) & (rules[:, 2] < word.top + 1.0)
    return not (between & (rules[:, 0] <= word.x0) & (rules[:, 1] >= word.x0)).any()


def _is_centred(
    field: _Open, word: PageWord, lines: list[list[PageWord]], k: int, on_line: dict[int, list[FoundLabel]],
    height: float,
) -> bool:  # fmt: skip
    """Whether the line *k*, which begins with the *word*, may be of the label below it: values centred beside their
    labels begin above and end below these, at half a line's height or at whole ones."""
    if not any(abs(found.words[0].x0 - field.label) <= PLACE for found in on_line.get(k + 1, [])):
        return False
    gap = min(w.top for w in lines[k + 1]) - word.bottom
    if gap < -_HALF * height:
        return True
    if gap > word.top - field.bottom - _CENTRED * height or k + 2 in on_line or k + 2 >= len(lines):
        return False
    after = lines[k + 2][0]
    return (
        abs(after.x0 - word.x0) <= PLACE and after.top - max(w.bottom for w in lines[k + 1]) < gap + _CENTRED * height
    )


def _rulings(
    page: PageContent, lines: list[list[PageWord]], labels: list[FoundLabel], part: NDArray[np.int64], fold: Fold
) -> Rulings:
    """Rules between the records of a page of cards, and between their fields."""
    wide = fold.width * fold.parts
    starts = [min(w.top for w in lines[found.line]) - RIM for found in labels if found.number == 0]
    first = min(w.top for w in labels[0].words) - RIM
    used = part < len(fold.labels)
    end = max(float(page.glyphs.bottom[used].max()), max(w.bottom for w in labels[-1].words)) + RIM
    at = sorted({first, *starts, end})
    upright = [(0.0, page.height, k * fold.width) for k in range(fold.parts)]
    return Rulings(np.array([(0.0, wide, y) for y in at]), np.array(upright))


def _below(page: PageContent, lines: list[list[PageWord]], part: NDArray[np.int64], fold: Fold) -> Rulings:
    """The rulings of a page of rows with further lines, and one more above every row that follows such a line; and
    above the first one, which takes as many lines above its own as most do."""
    of_line = [int(part[line[-1].glyphs[0]]) for line in lines]  # a label stands in the first part
    at = [min(w.top for w in lines[k]) - RIM for k in range(1, len(lines)) if of_line[k - 1] and not of_line[k]]
    further = [k for k, number in enumerate(of_line) if number]
    above = Counter(b - a - 1 for a, b in pairwise(further) if b > a + 1).most_common(1)
    if above and further[0] >= above[0][0]:
        at.append(min(w.top for w in lines[further[0] - above[0][0]]) - RIM)
    more = np.array([(0.0, fold.width * fold.parts, y) for y in at]).reshape(-1, 3)
    return Rulings(np.concatenate((page.rulings.horizontal, more)), page.rulings.vertical)
