"""Two dates on one page: that of a letter, and that on the picture pasted into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.pictures.marks.result import Fact
from extractors.pictures.read_page import Box, TextLine

_SENTENCE = 7
"""Words from which a line that is no label is running text."""
_OF_A_LETTER = re.compile(r"^\W*(?:re|subject|dear|to|attn|sincerely|regards|respectfully|enclosures?)\b[\s:.,]", re.I)
"""How lines begin that stand in letters and on no screen."""


def part_dates(
    facts: Sequence[Fact], lines: Sequence[TextLine], labels: frozenset[int], marks: Sequence[Box]
) -> tuple[Fact, ...]:
    """*facts*, of which a date of the letter is a ``letter_date``: running text parts it from the marks.

    *marks*: boxes of the labels. A screen has sentences as well: of several dates those with the fewest between them
    and the marks are the screen's, and one alone is the letter's only on a page that speaks as a letter.
    """
    dates = [fact for fact in facts if fact.fact == "date"]
    if not dates or not marks:
        return tuple(facts)
    first, last = min(box[1] for box in marks), max(box[3] for box in marks)
    texts = [line for i, line in enumerate(lines) if i not in labels and len(line.text.split()) >= _SENTENCE]
    between = {id(fact): sum(_is_between(line.box, fact.box, first, last) for line in texts) for fact in dates}
    fewest = min(between.values())
    if len({fact.value for fact in dates}) < 2 and any(_OF_A_LETTER.match(f"{line.text} ") for line in lines):
        fewest = 0
    return tuple(replace(f, fact="letter_date") if between.get(id(f), 0) > fewest else f for f in facts)


def _is_between(line: Box, date: Box, first: float, last: float) -> bool:
    """Whether *line* stands below a date above the marks and above them, or the other way round."""
    is_above = date[3] <= line[1] and line[3] <= first
    return is_above or (last <= line[1] and line[3] <= date[1])
