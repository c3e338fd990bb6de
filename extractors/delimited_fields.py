"""Delimited text parted into fields, by the rules that spreadsheet programs write it by."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.page_text import PageWord

QUOTE = '"'


@dataclass(slots=True)
class Parsed:
    """Lines parted into fields: the glyphs (indices) and the text of each, the glyphs of signs and quotes, and whether
    the last field is whole."""

    glyphs: list[list[int]] = field(default_factory=lambda: [[]])
    texts: list[str] = field(default_factory=lambda: [""])
    signs: list[int] = field(default_factory=list)
    is_closed: bool = True
    has_stray: bool = False
    """A quote stands in a field that is not quoted: no program writes it so, but the lines may be half of a record."""


def parse(lines: list[list[PageWord]], sign: str, is_quoted: bool = False) -> Parsed | None:
    """The *lines* as one text, parted at the *sign*; None where a quoted field is followed by something else than one.
    Of two quotes in a quoted field one is of its text. *is_quoted*: whether the text begins in a quoted field."""
    parsed = Parsed()
    chars = [
        (char, glyph, " " * bool(k and n == 0))
        for line in lines
        for k, word in enumerate(line)
        for n, (char, glyph) in enumerate(zip(word.text, word.glyphs, strict=True))
    ]
    was_quoted = False
    at = 0
    while at < len(chars):
        char, glyph, space = chars[at]
        is_twice = is_quoted and char == QUOTE and chars[at + 1 : at + 2] and chars[at + 1][0] == QUOTE
        if is_twice:  # kept is the one that touches the text
            after = chars[at + 2] if at + 2 < len(chars) else (QUOTE, -1, " ")
            kept = 0 if after[2] or after[0] in (QUOTE, sign) else 1
            parsed.signs.append(chars[at + 1 - kept][1])
            glyph = chars[at + kept][1]
            at += 1
        if not is_twice and char == QUOTE and (is_quoted or not (parsed.texts[-1].strip() or was_quoted)):
            parsed.signs.append(glyph)
            is_quoted, was_quoted = not is_quoted, is_quoted
        elif char == sign and not is_quoted:
            parsed.signs.append(glyph)
            parsed.glyphs.append([])
            parsed.texts.append("")
            was_quoted = False
        elif was_quoted:
            return None
        else:
            parsed.has_stray |= char == QUOTE and not is_quoted
            parsed.glyphs[-1].append(glyph)
            parsed.texts[-1] += space + char
        at += 1
    parsed.is_closed = not is_quoted
    return parsed
