"""Finding the printed header of an audit log: labels side by side that the alias table knows.

A header may be one line or stacked over several, ruled or not, and may hold labels nobody has seen. Words of the
candidate band are grouped into labels by the choice that explains most words with known spellings.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from itertools import takewhile

import numpy as np

from extractors.glyphs import PageContent
from extractors.header_again import printed_again
from extractors.header_cut import may_be_cut
from extractors.header_glued import vocabulary
from extractors.header_labels import (
    ends_at_rule,
    is_level,
    joined_text,
    labels_by_rulings,
    labels_by_spelling,
    lines_beside,
    row_text,
)
from extractors.header_phrases import are_phrases, join_phrases
from extractors.header_vertical import sideways_labels
from extractors.header_words import HeaderWord, baselines, header_words, normalised
from extractors.labels import Header, Label
from extractors.lines import Lines, glyph_height
from extractors.values import SEARCH_TYPES
from records.headers import header_aliases
from records.places import BBox

MIN_KNOWN = 3
"""Labels of an audit log that must be known before a line is taken for its header."""
_LINE = 1.8
"""Of the glyph height: lines of one label stand no further apart."""
_TIGHT = 0.5
"""Of the glyph height: the white between two lines of one label at most, and what there is more of below them."""
_TITLE = 2.5
"""Of the glyph height: taller words are those of a title, also right above a heading that they would go with."""
_TITLE_LINES = 6
"""Lines of a page above its headings, at most."""
_PIECE = 4
"""Letters of a piece of a heading at least."""
MAX_LINES = 11
"""Distinct baselines a header may have: labels of one to six lines, centred against each other."""


@functools.cache
def _fragments() -> frozenset[str]:
    """Everything that a word of a known spelling can be, however it is broken into words; normalised."""
    known = header_aliases()
    return frozenset(key[a:b] for key in known for a in range(len(key) + 1) for b in range(a, len(key) + 1))


def _is_ours(word: str) -> bool:
    """Whether the word is one of a known spelling, all of one (``SEARCH_TIME``), or a piece that its column cut."""
    key = normalised(word)
    return key in vocabulary() or (len(key) >= _PIECE and key in _fragments())


def find_headers(page: PageContent, known: list[Header] | None = None) -> list[Header]:
    """All headers on the page, top to bottom.

    Where one of the *known* headers is printed again, word for word, others are looked for only in lines of which most
    words are those of headers.
    """
    if not len(page.glyphs):
        return []
    height = glyph_height(page.glyphs)
    words = [w for w in header_words(page.glyphs, height, page.rulings) if w.bottom - w.top <= _TITLE * height]
    rows = baselines(words, height)
    again = printed_again(rows, known or [], page.slanted)
    ours = {text for text in {word.text for word in words} if _is_ours(text)}
    dense = [sum(word.text in ours for word in row) * 2 >= len(row) for row in rows]
    if again:
        dense = [
            is_dense
            and len(row) >= MIN_KNOWN
            and not any(h.top <= row[0].bottom and row[0].top <= h.bottom for h in again)
            for is_dense, row in zip(dense, rows, strict=True)
        ]
    found: list[Header] = []
    i = 0
    while i < len(rows):
        here = _best_band(rows, i, page, height) if dense[i] else None
        if here is None:
            i += 1
            continue
        # A line of values just above may have been taken in: the band is better without it.
        later = [b for k in range(i + 1, here[1] + 1) if dense[k] and (b := _best_band(rows, k, page, height))]
        best = max([here, *later], key=lambda band: band[0])
        last, header = _whole(rows, best[1] - len(best[2].rows) + 1, best[1], best[2], page, height)
        last, header = _with_rests_below(rows, last, header, page, height)
        found.append(_with_sideways(header, page, height))
        i = last + 1
    return sorted([*again, *found], key=lambda header: header.top)


def find_short_headers(page: PageContent) -> list[Header]:
    """Lines at the top of the page that are known labels and nothing else, though too few for a header: the others may
    stand on the pages beside this one. The page's end may cut the last label."""
    if not len(page.glyphs):
        return []
    height = glyph_height(page.glyphs)
    found = []
    for row in baselines(header_words(page.glyphs, height), height)[:_TITLE_LINES]:
        top, bottom = min(word.top for word in row), max(word.bottom for word in row)
        labels = labels_within(page, top, bottom)
        if (
            len(labels) > 1
            and all(label.field for label in labels[:-1])
            and (labels[-1].field or may_be_cut(labels[-1]))
        ):
            found.append(Header(labels, top, bottom))
    return found


def labels_within(page: PageContent, top: float, bottom: float) -> tuple[Label, ...]:
    """What stands between the heights *top* and *bottom*, parted into labels as if it were a header."""
    if not len(page.glyphs):
        return ()
    height = glyph_height(page.glyphs)
    words = [word for word in header_words(page.glyphs, height) if top <= word.top and word.bottom <= bottom]
    if not words:
        return ()
    baselines(words, height)
    labels = join_phrases(labels_by_spelling(words, height), page, height)
    return _header(labels).labels if labels else ()


def _with_sideways(header: Header, page: PageContent, height: float) -> Header:
    """The header with the labels that stand sideways beside the others."""
    sideways = sideways_labels(page, list(header.labels), height)
    if not sideways:
        return header
    labels = tuple(sorted((*header.labels, *sideways), key=lambda label: label.box.x0))
    top, bottom = min(label.box.top for label in labels), max(label.box.bottom for label in labels)
    return Header(labels, top, bottom, header.rows, header.top - top)


def _best_band(
    rows: list[list[HeaderWord]], i: int, page: PageContent, height: float
) -> tuple[float, int, Header] | None:
    """The best header that begins on baseline *i*: (score, last baseline, header). Where a rule is drawn below the
    line that ends one, the lines above it are but a part of its cells."""
    found: list[tuple[bool, float, int, Header]] = []
    for j in range(i, min(i + MAX_LINES, len(rows))):
        if j > i and (_gap(rows[j - 1], rows[j]) > 0.9 * height or _is_value(rows[j])):
            break
        header = _read_band([w for row in rows[i : j + 1] for w in row], page, height)
        if header is not None:
            printed = tuple(row_text(row) for row in rows[i : j + 1])
            is_closed = ends_at_rule(rows[j], rows[j + 1] if j + 1 < len(rows) else None, page.rulings)
            found.append((is_closed, _score(header), j, replace(header, rows=printed)))
    best = max(found, key=lambda band: band[:3], default=None)
    return best[1:] if best else None


def _whole(
    rows: list[list[HeaderWord]], first: int, last: int, header: Header, page: PageContent, height: float
) -> tuple[int, Header]:
    """The last baseline, and the *header* read from the baselines *first* to *last*, with the lines above, below and
    beside that are parts of labels nobody knows."""
    begin, end = first, last
    while begin > 0 and is_level(rows[begin - 1], rows[first : last + 1]):
        begin -= 1
    while end + 1 < len(rows) and is_level(rows[end + 1], rows[first : last + 1]) and not _is_value(rows[end + 1]):
        end += 1
    above = lines_beside(rows[begin : end + 1], rows[max(0, begin - MAX_LINES) : begin][::-1])
    if not above and begin > 0 and _begins_label(rows[begin - 1], header, height):
        above = 1
    further = list(takewhile(lambda row: not _is_value(row), rows[end + 1 : end + 1 + MAX_LINES]))
    below = lines_beside(rows[begin : end + 1], further)
    if not below and _ends_label(rows[end + 1 :], header, height):
        below = 1
    for a, b in ((begin - above, end + below), (begin, end + below), (begin - above, end), (begin, end)):
        if b - a < MAX_LINES and (a, b) != (first, last):
            more = _read_band([w for row in rows[a : b + 1] for w in row], page, height)
            if more is not None and (a == begin or more.known >= header.known):
                return b, replace(more, rows=tuple(row_text(row) for row in rows[a : b + 1]))
    return _with_lines_below(rows, first, last, header, page, height)


def _with_lines_below(
    rows: list[list[HeaderWord]], first: int, last: int, header: Header, page: PageContent, height: float
) -> tuple[int, Header]:
    """As :func:`_whole`, with the lines below that make a label known which was not, though most words of others be
    unknown. No row begins without a digit."""
    found = last, header
    for end in range(last + 1, min(first + MAX_LINES, len(rows))):
        if _gap(rows[end - 1], rows[end]) > 0.9 * height or any(map(str.isdigit, row_text(rows[end]))):
            break
        more = _read_band([w for row in rows[first : end + 1] for w in row], page, height, is_begun=True)
        if more is None:
            continue
        gained, before = _fields(more), _fields(found[1])
        if gained - before or (found[0] > last and gained >= before):
            found = end, replace(more, rows=tuple(row_text(row) for row in rows[first : end + 1]))
    return found


def _with_rests_below(
    rows: list[list[HeaderWord]], last: int, header: Header, page: PageContent, height: float
) -> tuple[int, Header]:
    """As :func:`_whole`, with the lines below that are but the rests of known labels, which these leave known: a narrow
    column breaks a label of several words in their middle, and some of them make a known one, too."""
    first, found = last - len(header.rows) + 1, (last, header)
    texts = {label.text for label in header.labels}
    for end in range(last + 1, min(first + MAX_LINES, len(rows))):
        if first < 0 or _gap(rows[end - 1], rows[end]) > 0.9 * height or any(map(str.isdigit, row_text(rows[end]))):
            break
        more = _read_band([w for row in rows[first : end + 1] for w in row], page, height, is_begun=True)
        if more is None or len(more.labels) != len(header.labels) or _fields(more) != _fields(header):
            continue
        if all(label.field for label in more.labels if label.text not in texts):
            found = end, replace(more, rows=tuple(row_text(row) for row in rows[first : end + 1]))
    return found


def _fields(header: Header) -> set[str]:
    return {label.field for label in header.labels if label.field}


def _begins_label(row: list[HeaderWord], header: Header, height: float) -> bool:
    """Whether the baseline *row* above a header of one line is the first line of a label that nobody knows: all of it
    stands close above that label, and above no other."""
    x0, x1 = min(word.x0 for word in row), max(word.x1 for word in row)
    under = [label for label in header.labels if label.box.x0 < x1 and x0 < label.box.x1]
    gap = header.bottom - max(word.bottom for word in row)
    return len(header.rows) == 1 and len(under) == 1 and under[0].field is None and gap <= _LINE * height


def _ends_label(rows: list[list[HeaderWord]], header: Header, height: float) -> bool:
    """Whether the first of the *rows* below a header of one line is the last line of a label that nobody knows: it
    stands within that label, closer than to the rows that follow, or as close and all words of known labels that stand
    nowhere below. No row begins without a digit."""
    if not rows or len(header.rows) != 1 or any(map(str.isdigit, row_text(rows[0]))):
        return False
    x0, x1 = min(word.x0 for word in rows[0]), max(word.x1 for word in rows[0])
    within = [label for label in header.labels if label.box.x0 - 1 <= x0 and x1 <= label.box.x1 + 1]
    gap = min(word.top for word in rows[0]) - header.bottom
    after = _gap(rows[0], rows[1]) if len(rows) > 1 else np.inf
    if len(within) != 1 or within[0].field is not None or gap > _TIGHT * height:
        return False
    if after > gap + _TIGHT * height:
        return True
    text, words = row_text(rows[0]), {word.text for row in rows[1:] for word in row if x0 - 1 <= word.x0 <= x1}
    ends = {normalised(word.text) for word in rows[0]}
    return ends <= vocabulary() - SEARCH_TYPES and not words & set(text.split())


def _is_value(row: list[HeaderWord]) -> bool:
    """Whether the baseline prints numbers and dates alone, which no line of a label does."""
    return all(any(map(str.isdigit, word.text)) for word in row)


def _score(header: Header) -> float:
    """Known labels count for, unknown words against: a title line above the labels makes the band worse."""
    unknown = sum(len(label.text.split()) for label in header.labels if label.field is None)
    fields = [label.field for label in header.labels if label.field]
    words = sum(len(label.text.split()) for label in header.labels if label.field)
    return 2 * len(set(fields)) - unknown - 2 * (len(fields) - len(set(fields))) + words


def _gap(above: list[HeaderWord], below: list[HeaderWord]) -> float:
    return min(w.top for w in below) - max(w.bottom for w in above)


def _read_band(words: list[HeaderWord], page: PageContent, height: float, is_begun: bool = False) -> Header | None:
    """The best reading of a band of words as a header, or None when fewer than MIN_KNOWN labels are known. Where one
    is begun already, more of its words may be unknown."""
    if not is_begun and sum(word.key in _fragments() for word in words) * 2 < len(words):
        return None  # too few words that any known spelling could explain
    best = _header(join_phrases(labels_by_spelling(words, height), page, height))
    is_header = _is_header(best, len(words), is_begun)
    ruled = labels_by_rulings(words, page.rulings)
    # A ruled header is exact where it knows as much, and where each cell holds one phrase.
    if ruled and (_header(ruled).known >= best.known or are_phrases(ruled, height)):
        best = _header(ruled)
        is_header |= _is_header(best, len(words), is_begun)
    return best if is_header else None


def _is_header(header: Header, word_count: int, is_begun: bool) -> bool:
    """Whether enough of the labels, and of the words, are known."""
    explained = sum(len(label.text.split()) for label in header.labels if label.field)
    return (
        header.known >= MIN_KNOWN
        and header.known * 2 >= len(header.labels)
        and (is_begun or explained * 2 >= word_count)
    )


def _header(groups: list[list[HeaderWord]]) -> Header:
    labels = tuple(_label(group) for group in groups)
    return Header(labels, min(label.box.top for label in labels), max(label.box.bottom for label in labels))


def _label(words: list[HeaderWord]) -> Label:
    box = BBox(
        min(w.x0 for w in words),
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
    )
    return Label(joined_text(words), box)


def header_lines(lines: Lines, headers: list[Header]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which lines belong to one of the headers."""
    inside = np.zeros(len(lines), np.bool_)
    for header in headers:
        inside |= (lines.middle >= header.top) & (lines.middle <= header.bottom)
    return inside
