"""Wrapped delimited text whose records begin with a name, or another value that a line in the middle of a record may
begin with, too: the number of fields, the quotes and the lines that are full tell where a record ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractors.delimited_fields import Parsed, parse
from extractors.page_text import PageWord

Page = list[list[PageWord]]

_MOST = 60
"""Lines of one record."""
_INDENT = 2.0
"""Glyphs by which a line may begin beside the edge: a space that a wrap left at its beginning."""
_NEARLY = 0.75
"""Of the width, that the last line of a page fills where a record goes on behind it outside of quotes."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Where the lines of a wrapped text begin and end at most, in points; ``is_cut``: between any two of its glyphs,
    not at spaces."""

    left: float
    right: float
    is_cut: bool = False

    def holds(self, line: list[PageWord]) -> bool:
        """Whether the line is as wide as those of the text at most, and begins where they do."""
        return abs(line[0].x0 - self.left) <= _INDENT * glyph_width(line[0]) and line[-1].x1 <= self.right + 0.5

    def is_full(self, line: list[PageWord], after: list[PageWord]) -> bool:
        """Whether the first word of the line *after* would not have fitted behind the *line*."""
        word = after[0]
        return line[-1].x1 + glyph_width(word) + word.x1 - word.x0 > self.right

    def is_filled(self, line: list[PageWord], after: list[PageWord]) -> bool:
        """Whether the first glyph of the line *after* would not have fitted behind the *line* and a space."""
        return line[-1].x1 + 2 * glyph_width(after[0]) > self.right - 0.1


def glyph_width(word: PageWord) -> float:
    """The mean width of the word's glyphs."""
    return (word.x1 - word.x0) / len(word.text)


def find_flow(pages: list[Page], sign: str) -> Flow | None:
    """Where the lines of delimited text on *pages* begin and end; None without such lines."""
    lines = [line for page in pages for line in page if sum(word.text.count(sign) for word in line) > 1]
    if not lines:
        return None
    left = sorted(line[0].x0 for line in lines)[len(lines) // 2]
    ends = [line[-1].x1 for line in lines if abs(line[0].x0 - left) <= _INDENT * glyph_width(line[0])]
    return Flow(left, max(ends)) if ends else None


def is_near(lines: Page, k: int) -> bool:
    """Whether the line *k* follows the one above as closely as lines of one text do."""
    above, line = lines[k - 1], lines[k]
    height = max(w.bottom - w.top for w in line)
    return min(w.top for w in line) - max(w.bottom for w in above) <= height


def breaks_outside_quotes(lines: Page, sign: str, is_quoted: bool = False) -> Iterator[int]:
    """The lines (but the last one) of a record that do not end in a quoted field: the page wrapped them."""
    for k in range(len(lines) - 1):
        parsed = parse(lines[: k + 1], sign, is_quoted)
        if parsed is not None and parsed.is_closed:
            yield k


def wraps_well(lines: Page, sign: str, flow: Flow, is_quoted: bool = False) -> bool:
    """Whether all of the *lines* of a record that the page wrapped are full."""
    return all(flow.is_full(lines[k], lines[k + 1]) for k in breaks_outside_quotes(lines, sign, is_quoted))


def end_of_text(lines: Page, first: int, flow: Flow) -> int:
    """Up to which line the text goes that the line *first* is of."""
    end = first + 1
    while end < len(lines) and is_near(lines, end) and flow.holds(lines[end]):
        end += 1
    return end


def record_end(
    lines: Page, first: int, sign: str, count: int, flow: Flow, is_record: Callable[[Parsed], bool]
) -> tuple[int, Parsed] | None:
    """The line after the last one of the record that begins with the line *first*, and the record, of *count* fields;
    None where no record does. A line without a sign below a full one goes on with the record's last field."""
    if not flow.holds(lines[first]):
        return None
    found = None
    for end in range(first + 1, min(end_of_text(lines, first, flow), first + _MOST) + 1):
        if found is not None and not flow.is_full(lines[end - 2], lines[end - 1]):
            break
        parsed = parse(lines[first:end], sign)
        if parsed is None or parsed.has_stray or len(parsed.texts) > count:
            break
        if is_record(parsed):
            found = end, parsed
        elif found is not None:
            break
        elif parsed.is_closed and end < len(lines) and not flow.is_full(lines[end - 1], lines[end]):
            return None
    return found


def may_go_on(lines: Page, end: int, flow: Flow) -> bool:
    """Whether the line before *end* is the page's last one of the text, and nearly full."""
    is_last = not any(flow.holds(lines[k]) for k in range(end, len(lines)))
    return is_last and lines[end - 1][-1].x1 > flow.left + _NEARLY * (flow.right - flow.left)
