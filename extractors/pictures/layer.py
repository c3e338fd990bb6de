"""The text layer of a PDF page, as lines in upright pixels; and whether a text page may hold settings at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.glyphs import PageContent
from extractors.lines import glyph_height
from extractors.pictures.glyph_marks import is_mark_sign
from extractors.pictures.read_page import PagePicture, Reading, TextLine, Word
from extractors.words import PageWord, box_of_words, page_words, split_row
from records.hotlists import topic_of
from records.marks import Agreement

LAYER = "layer"
_GAP = 1.5
"""Times the glyph height: white wider than this parts two lines of text on one baseline."""
_FEW = 2
"""Signs, labels or squares from which on a page is looked at."""
_WORDS = frozenset({"on", "off", "yes", "no", "enabled", "disabled"})
_FEW_WORDS = 3
_SMALLEST, _LARGEST = 4.0, 24.0
"""Points: sides of squares that may be boxes to tick."""


def layer_lines(content: PageContent, picture: PagePicture) -> list[TextLine]:
    """The lines of the page's own text, top to bottom, then left to right. What is covered on the page is left out."""
    glyphs = content.glyphs
    if not len(glyphs):
        return []
    matrix = np.linalg.inv(np.vstack([picture.matrix, [0.0, 0.0, 1.0]]))
    ones = np.ones(len(glyphs))
    corners = [np.stack([x, y, ones]) for x in (glyphs.x0, glyphs.x1) for y in (glyphs.top, glyphs.bottom)]
    moved = np.stack([(matrix @ corner)[:2] for corner in corners])
    (x0, top), (x1, bottom) = moved.min(axis=0), moved.max(axis=0)
    keep = ~content.covered if content.covered is not None else np.ones(len(glyphs), np.bool_)
    seen = replace(
        glyphs,
        text="".join(sign for sign, is_seen in zip(glyphs.text, keep.tolist(), strict=True) if is_seen),
        x0=x0[keep], top=top[keep], x1=x1[keep], bottom=bottom[keep], space_before=glyphs.space_before[keep],
    )  # fmt: skip
    if not len(seen):
        return []
    height = glyph_height(seen)
    return [_line(part) for row in page_words(seen, height) for part in split_row(row, _GAP * height)]


def _line(words: list[PageWord]) -> TextLine:
    box = box_of_words(words)
    place = (box.x0, box.top, box.x1, box.bottom)
    text = " ".join(word.text for word in words)
    pieces = tuple(Word(w.text, (w.box.x0, w.box.top, w.box.x1, w.box.bottom)) for w in words)
    return TextLine(text, place, pieces, Agreement.LAYER, (Reading(LAYER, text, None, place),))


def may_be_settings(content: PageContent) -> bool:
    """Whether a page with text may be a hotlist configuration or a form of boxes to tick, without rendering it: signs
    of boxes and ticks, labels of the catalogue, On and Off in words, or small drawn squares. Form fields are not seen
    here (see :meth:`extractors.pictures.vector_marks.MarkLayer.has_buttons`)."""
    if sum(map(is_mark_sign, set(content.glyphs.text))) and sum(map(is_mark_sign, content.glyphs.text)) >= _FEW:
        return True
    if _small_squares(content) >= _FEW:
        return True
    if not len(content.glyphs):
        return False
    height = glyph_height(content.glyphs)
    topics, words = set(), 0
    for row in page_words(content.glyphs, height):
        for part in split_row(row, _GAP * height):
            text = " ".join(word.text for word in part)
            words += text.casefold() in _WORDS
            topic = topic_of(text) if len(part) <= 8 else None
            if topic is not None:
                topics.add(topic.topic)
    return len(topics) >= _FEW or words >= _FEW_WORDS


def _small_squares(content: PageContent) -> int:
    """How many pairs of short level rulings lie one above the other as far apart as they are long."""
    ruled = content.rulings.horizontal
    length = ruled[:, 1] - ruled[:, 0]
    short = ruled[(length >= 0.5 * _SMALLEST) & (length <= _LARGEST)]
    if len(short) < 2:
        return 0
    order = np.lexsort((short[:, 2], np.round(short[:, 0]), np.round(short[:, 1])))
    short = short[order]
    step = np.diff(short[:, 2])
    same = (np.abs(np.diff(short[:, 0])) < 1.5) & (np.abs(np.diff(short[:, 1])) < 1.5)
    # Rounded corners make the straight pieces shorter than the square is high.
    size = (short[:-1, 1] - short[:-1, 0]) / np.maximum(step, 1e-6)
    is_square = same & (step >= _SMALLEST) & (step <= _LARGEST) & (size > 0.5) & (size < 1.3)
    return int(np.count_nonzero(is_square))
