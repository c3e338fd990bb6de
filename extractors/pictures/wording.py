"""Words that the readers could not agree on: settled where one form of them is known.

Known are the words of the hotlist catalogue, and those that both readers saw alike elsewhere on the page. What no
reader saw is never taken but for letters that are drawn alike. Every reading is kept beside the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from difflib import SequenceMatcher

from extractors.pictures.read_page import TextLine
from records.hotlists import topic_words
from records.marks import Agreement

_WORD = re.compile(r"[^\W\d_]{3,}")
_EDGES = ".,:;()'\"`·-"
"""Signs around a word that are no part of it."""
_LIKE = 0.5
"""How alike (difflib) two readings of one word are at least: other words of the line are not readings of it."""
_ALIKE = str.maketrans({"l": "i", "1": "i", "|": "i", "I": "i", "!": "i", "0": "o", "O": "o"})
"""Letters that some fonts draw alike."""
_BROKEN = str.maketrans(
    {**dict.fromkeys("ltfrjI1|!:;/", "i"), **dict.fromkeys("ceO0", "o"), **dict.fromkeys("uh", "n")}
)
"""Letters that are drawn alike where a scan has broken or filled their strokes."""
_POOR = 0.1
"""Share of lines that the readers differ on, from which on a page reads badly: 0.02 on screens."""
_OFTEN = 3
"""Times that both readers saw a word on one page, from which on it is no misreading."""
_SHORTEST = 3
"""Letters of a word that is looked up."""
_LONG = 5
"""Letters of a word that a broken one may be taken for."""


def settle_words(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """*lines*, with the known form of every word that is not known itself.

    Where the readers differ: the only known one of their readings. Else a word of the catalogue in letters drawn alike,
    which bears the line out; on a page that reads badly in letters that bad scans draw alike, and then the readers
    count as differing on the line.
    """
    seen = Counter(_page_words(lines))
    worded = [line for line in lines if sum(c.isalpha() for c in line.text) > _SHORTEST]
    is_poor = sum(line.agreement is Agreement.DIFFER for line in worded) >= _POOR * len(worded)
    return tuple(_settled(line, seen, is_poor) for line in lines)


def _settled(line: TextLine, seen: Counter[str], is_poor: bool) -> TextLine:
    """*seen*: how often both readers saw a word on the page; one that is misread alike is seen alike as well."""
    words = line.text.split()
    agreement = line.agreement
    for index, word in enumerate(words):
        bare = word.strip(_EDGES)
        if bare in topic_words() or seen[bare] >= _OFTEN or sum(c.isalpha() for c in bare) < _SHORTEST:
            continue
        found: set[str] = set()
        if line.agreement is Agreement.DIFFER and not seen[bare]:
            found = set(_known_readings(line, index, topic_words() | seen.keys()))
        if len(found) != 1:
            found = _drawn_alike(bare, _ALIKE)
            is_borne_out = len(found) == 1 and agreement is not Agreement.DIFFER
            agreement = Agreement.FORMAT if is_borne_out else agreement
        if len(found) != 1 and len(bare) >= _LONG and (is_poor or line.agreement is Agreement.DIFFER):
            found = _drawn_alike(bare, _BROKEN)
            agreement = Agreement.DIFFER if len(found) == 1 else agreement
        if len(found) == 1:
            words[index] = word.replace(bare, found.pop())
    text = " ".join(words)
    if text == line.text:
        return line
    parts = line.words
    if [w.text for w in parts] == line.text.split():
        parts = tuple(replace(part, text=word) for part, word in zip(parts, words, strict=True))
    return replace(line, text=text, words=parts, agreement=agreement)


def _known_readings(line: TextLine, index: int, known: Set[str]) -> Iterator[str]:
    """The known words that readers saw in the place of the word *index* of *line*."""
    words = line.text.split()
    for reading in line.readings:
        seen = reading.text.split()
        for kind, start, stop, first, last in SequenceMatcher(None, words, seen, autojunk=False).get_opcodes():
            if kind != "replace" or not start <= index < stop or stop - start != last - first:
                continue
            other = seen[first + index - start].strip(_EDGES)
            if other in known and SequenceMatcher(None, words[index], other, autojunk=False).ratio() >= _LIKE:
                yield other


def _drawn_alike(word: str, alike: Mapping[int, str]) -> set[str]:
    """The words of the catalogue that differ from *word* by letters drawn alike; the first letter keeps its size."""
    key, is_upper = _shape(word, alike), word[0].isupper()
    return {other for other in topic_words() if other[0].isupper() is is_upper and _shape(other, alike) == key}


def _shape(word: str, alike: Mapping[int, str]) -> str:
    if alike is _BROKEN:
        word = word.replace("ri", "n").replace("rn", "m")
    return word.translate(alike)


def _page_words(lines: Sequence[TextLine]) -> Iterator[str]:
    """Words that two readers saw alike."""
    for line in lines:
        if line.agreement in (Agreement.BOTH, Agreement.LAYER):
            yield from (bare for word in line.text.split() if _WORD.fullmatch(bare := word.strip(_EDGES)))
