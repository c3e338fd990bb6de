"""Names of organizations, files, releases and lists, for the analyst file: kept, but for what may be a person's.

Place names cannot be listed, so here it is the other way round than in free text: what has the form of a plate, an
e-mail address, a telephone or other number of a person goes, and so does every plate and account that the warehouse
knows. Letters of our own citations (page, row, SHA-256, dates of a log) stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from warehouse.analyst_forms import HIDDEN, IDS, OF_PERSONS, OURS, YEAR
from warehouse.analyst_words import SCRUBBED, WORD, merged, spans
from warehouse.search_rules import rules

_DIGITS = re.compile(
    r"(?<![\w.])\+?\(?\d{1,5}\)?(?:[-. /,*:\u00b7\u2010-\u2013]{0,3}\(?\d{1,5}\)?){1,6}(?:\s?x\d{1,5})?(?!\w)"
)
"""Groups of digits: seven and more are a telephone, a social security or another number of a person."""
_FEWEST_DIGITS = 7
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Signs that take no place: nobody sees that they part a plate."""
_NUMBERED = re.compile(r"[A-Z][a-z]{3,}\d{1,3}")
"""A word with a number behind it, as written: `Station12`. Plates are printed in one case."""
_MOST_PIECES, _LONGEST_PIECE, _LONGEST_PLATE, _WIDEST_GAP = 8, 4, 8, 5
_KEPT_BEFORE_NUMBER = frozenset(rules("label_words")["before_number"].split())
"""Short words after which a number is a number and not the rest of a plate: `TX 12`, `page 3`, `PD 2`."""


def scrub_label(text: str, known: frozenset[str] = frozenset()) -> str:
    """*text* without what may be a person's; *known* are keys of plates and accounts of the warehouse."""
    if "%" in text and (plain := unquote(text)) != text:
        # An address of a page writes signs as %20; the name stays as printed where nothing is to be hidden.
        left = scrub_label(plain, known)
        return text if left == plain else left
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    text = _outside_ids(OF_PERSONS, text)
    if known:
        text = _without_known(text, known)
    pieces: list[str] = []
    at = 0
    for match in OURS.finditer(text):
        if HIDDEN.fullmatch(match[0]):
            continue
        pieces += [_scrub_rest(text[at : match.start()]), match[0]]
        at = match.end()
    pieces.append(_scrub_rest(text[at:]))
    return merged("".join(pieces))


def _without_known(text: str, known: frozenset[str]) -> str:
    ids = [match.span() for match in IDS.finditer(text)]
    places = [
        match
        for match in WORD.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in ids)
    ]
    words = [match[0].casefold() for match in places]
    hidden = [holds_known(word, known) for word in words]
    for first, count in spans(words, known):
        hidden[first : first + count] = [True] * count
    return _with_hidden(text, places, hidden)


def _outside_ids(pattern: re.Pattern[str], text: str) -> str:
    """*text* with what *pattern* finds hidden, but for what lies in one of our ids."""
    ids = [match.span() for match in IDS.finditer(text)]
    return pattern.sub(
        lambda match: match[0] if any(a < match.end() and match.start() < b for a, b in ids) else SCRUBBED, text
    )


def _scrub_rest(text: str) -> str:
    text = _DIGITS.sub(_number, HIDDEN.sub(_but_ends, text))
    places = [match for match in WORD.finditer(text) if not _is_mark(text, match)]
    words = [match[0].casefold() for match in places]
    hidden = [
        _is_plate_like(word) and not _NUMBERED.fullmatch(match[0]) for match, word in zip(places, words, strict=True)
    ]
    gaps = [text[places[place].end() : places[place + 1].start()] for place in range(len(words) - 1)]
    for first, count in _plates_in_pieces(words, gaps):
        hidden[first : first + count] = [True] * count
    # The rest of a plate on either side of a part of it.
    for place in (*range(len(words) - 1), *reversed(range(len(words) - 1))):
        if len(gaps[place]) <= 1 and _are_a_plate(words[place], words[place + 1], hidden[place] or hidden[place + 1]):
            hidden[place] = hidden[place + 1] = True
    return _with_hidden(text, places, hidden)


def _but_ends(match: re.Match[str]) -> str:
    """The mark, and the white space that the match begins and ends with."""
    said = match[0]
    return said[: len(said) - len(said.lstrip())] + SCRUBBED + said[len(said.rstrip()) :]


def _number(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[0])
    is_year = re.match(rf"{YEAR}\b", match[0]) or re.search(rf"(?<!\d){YEAR}\Z", match[0])
    return match[0] if len(digits) < _FEWEST_DIGITS or is_year else SCRUBBED


def _plates_in_pieces(words: list[str], gaps: list[str]) -> Iterator[tuple[int, int]]:
    """First piece and number of pieces of every run of short ones that may be one plate: `AB C1 234`, `A B C 1 2 3`."""
    for first in range(len(words)):
        for count in range(2, min(_MOST_PIECES, len(words) - first) + 1):
            run = words[first : first + count]
            if len(run[-1]) > _LONGEST_PIECE or run[-1] in _KEPT_BEFORE_NUMBER or re.fullmatch(YEAR, run[-1]):
                break
            if len(gaps[first + count - 2]) > _WIDEST_GAP:
                break
            joined = "".join(run)
            if not _is_piece(run[0]) or len(joined) > _LONGEST_PLATE:
                break
            digits = sum(map(str.isdigit, joined))
            if len(joined) >= 5 and digits >= 2 and digits < len(joined):
                yield first, count


def _is_piece(word: str) -> bool:
    return len(word) <= _LONGEST_PIECE and word not in _KEPT_BEFORE_NUMBER and not re.fullmatch(YEAR, word)


def _with_hidden(text: str, places: list[re.Match[str]], hidden: list[bool]) -> str:
    out: list[str] = []
    at = 0
    for match, is_hidden in zip(places, hidden, strict=True):
        out += [text[at : match.start()], SCRUBBED if is_hidden else match[0]]
        at = match.end()
    return "".join([*out, text[at:]])


def _is_mark(text: str, match: re.Match[str]) -> bool:
    return text[max(match.start() - 1, 0) : match.end() + 1] == SCRUBBED


def _is_plate_like(word: str) -> bool:
    """Letters and digits in one word of four and more, or a long number: a plate, a VIN, an account, a case."""
    if word.isdigit():
        return len(word) >= 5
    if len(word) < 4 or word.isalpha():
        return False
    name = word.rstrip("0123456789")
    return not (name in _KEPT_BEFORE_NUMBER and len(name) > 2 and len(word) - len(name) <= 4)


def _are_a_plate(left: str, right: str, is_either_hidden: bool) -> bool:
    """`ABC 123`, `123-ABC`, and the rest of a plate beside a part of it: `9AAA 999`."""
    if any(word.isalpha() and (word in _KEPT_BEFORE_NUMBER or len(word) > 4) for word in (left, right)):
        return False
    if any(word.isdigit() and re.fullmatch(YEAR, word) for word in (left, right)):
        return False
    length = len(left) + len(right)
    mixed = any(map(str.isalpha, (left, right))) and any(not word.isalpha() for word in (left, right))
    return length <= 8 and ((mixed and length >= 5) or (is_either_hidden and not (left + right).isalpha()))


def holds_known(word: str, known: frozenset[str]) -> bool:
    """Whether a known plate is glued into *word*: only those with a digit, of five letters and more."""
    if not any(letter.isdigit() for letter in word):
        return False
    return any(
        "=" + word[first : first + count] in known
        for count in range(5, min(len(word), 10) + 1)
        for first in range(len(word) - count + 1)
    )
