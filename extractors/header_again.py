"""A header that is known already, printed again on another page: word for word, and in its place."""

from __future__ import annotations

from extractors.glyphs import Glyphs
from extractors.header_labels import row_text
from extractors.header_words import HeaderWord
from extractors.labels import PLACE, Header, Label
from records.places import BBox


def _is_in_place(rows: list[list[HeaderWord]], header: Header, sideways: list[float]) -> bool:
    """Whether every label begins where it does in the known header; *sideways* are the left sides of what stands so."""
    begins = [word.x0 for row in rows for word in row] + sideways
    return all(any(abs(x0 - label.box.x0) <= PLACE for x0 in begins) for label in header.labels)


def printed_again(rows: list[list[HeaderWord]], known: list[Header], slanted: Glyphs | None) -> list[Header]:
    """Known headers whose baselines stand on the page word for word, moved to where they stand."""
    sizes = {len(words.split()) for header in known for words in header.rows}
    texts = [row_text(row) if len(row) in sizes else "" for row in rows] if known else []
    sideways = slanted.x0.tolist() if slanted is not None else []
    found = []
    for header in known:
        n = len(header.rows)
        for i in range(len(texts) - n + 1):
            if tuple(texts[i : i + n]) == header.rows and _is_in_place(rows[i : i + n], header, sideways):
                dy = min(w.top for row in rows[i : i + n] for w in row) - header.top - header.rise
                found.append(_moved(header, dy))
    return sorted(found, key=lambda header: header.top)


def _moved(header: Header, dy: float) -> Header:
    def shift(box: BBox) -> BBox:
        return BBox(box.x0, box.top + dy, box.x1, box.bottom + dy)

    labels = tuple(Label(label.text, shift(label.box)) for label in header.labels)
    return Header(labels, header.top + dy, header.bottom + dy, header.rows, header.rise)
