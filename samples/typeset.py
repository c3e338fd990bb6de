"""Texts -> lines that fit a width, with the widths of the font they will be printed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

CharWidth = Callable[[str, str], float]
"""(font, character) -> advance at size 1. Each producer measures with its own tables."""

_STAND_INS = {"\u2588": "#", "\u2014": "-"}


@dataclass
class Ruler:
    """Measures and wraps text in one font and size."""

    font: str
    size: float
    char_width: CharWidth
    can_print: Callable[[str, str], bool]
    """(font, character): whether the producer has it in that font."""
    _widths: dict[str, float] = field(default_factory=dict)

    def width(self, text: str) -> float:
        """Printed width in points."""
        return sum([self._char(char) for char in text])

    def printable(self, text: str) -> str:
        """*text* with what this font lacks (a black box, a dash) replaced by what a typist would use."""
        if text.isascii():
            return text
        return "".join(
            char if char == "\n" or self.can_print(self.font, char) else _STAND_INS.get(char, "?") for char in text
        )

    def wrap(self, text: str, width: float, breaks_at_hyphens: bool) -> tuple[str, ...]:
        """Lines no wider than *width*. Breaks at spaces, then after hyphens if allowed, then anywhere."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines.extend(self._wrap_paragraph(paragraph.split(), width, breaks_at_hyphens))
        return tuple(lines)

    def widest_word(self, text: str) -> float:
        """What a column needs so that no word of *text* is broken."""
        return max((self.width(word) for word in text.split()), default=0.0)

    def _wrap_paragraph(self, words: list[str], width: float, breaks_at_hyphens: bool) -> list[str]:
        lines: list[str] = []
        line = ""
        for word in words:
            joined = f"{line} {word}" if line else word
            if self.width(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            # What does not fit on a line of its own is cut; its last piece begins the next line.
            *whole, line = self._pieces(word, width, breaks_at_hyphens)
            lines.extend(whole)
        if line:
            lines.append(line)
        return lines

    def _pieces(self, word: str, width: float, breaks_at_hyphens: bool) -> list[str]:
        pieces: list[str] = []
        while self.width(word) > width and len(word) > 1:
            cut = self._cut(word, width, breaks_at_hyphens)
            pieces.append(word[:cut])
            word = word[cut:]
        return [*pieces, word]

    def _cut(self, word: str, width: float, breaks_at_hyphens: bool) -> int:
        """How many characters of *word* go on this line; at least one."""
        used, fits = 0.0, 0
        for char in word:
            used += self._char(char)
            if used > width:
                break
            fits += 1
        if breaks_at_hyphens and (hyphen := word.rfind("-", 0, fits)) > 0:
            return hyphen + 1
        return max(fits, 1)

    def _char(self, char: str) -> float:
        width = self._widths.get(char)
        if width is None:
            width = self._widths[char] = self.char_width(self.font, char) * self.size
        return width
