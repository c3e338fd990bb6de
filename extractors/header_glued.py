"""Words that the headings of neighbouring columns make together, where the columns all but touch.

``TimeTime`` of the headings Search Time and Time Frame is no part of any spelling, and is two words of spellings;
``DeviTime`` where a spreadsheet cuts Total Devices at the column's edge. So is
``OrgID``, which is one heading: where such a word is parted, the text below tells (:mod:`extractors.header_phrases`).
"""

from __future__ import annotations

import functools

from records.headers import header_aliases, header_spellings, normalise_header


@functools.cache
def vocabulary() -> frozenset[str]:
    """Every word of every known spelling, normalised."""
    words = {normalise_header(word) for spelling in header_spellings() for word in spelling.split()}
    return frozenset(words - {""})


@functools.cache
def _beginnings() -> frozenset[str]:
    """What is left of the words of known spellings where the next column cuts them."""
    return frozenset(word[:k] for word in vocabulary() for k in range(min(2, len(word)), len(word) + 1))


@functools.lru_cache(maxsize=4096)
def seams(word: str) -> tuple[int, ...]:
    """Where words of known spellings begin inside *word*, each with a capital letter, as few as make it whole; none
    where they do not, or where the word is a spelling itself."""
    if not any(map(str.isupper, word[1:])) or normalise_header(word) in header_aliases():
        return ()
    best: dict[int, tuple[int, ...]] = {0: ()}
    for end in range(1, len(word) + 1):
        if end < len(word) and not word[end].isupper():
            continue
        known = vocabulary() if end == len(word) else _beginnings()
        begun = [begin for begin in best if normalise_header(word[begin:end]) in known]
        if begun:
            first = min(begun, key=lambda begin: len(best[begin]))
            best[end] = best[first] if end == len(word) else (*best[first], end)
    return best.get(len(word), ())
