"""Names of organizations, files, releases and lists, for the analyst file: kept, but for what may be a person's.

Place names cannot be listed, so here it is the other way round than in free text: what has the form of a plate, an
e-mail address, a telephone or other number of a person goes, and so does every plate and account that the warehouse
knows. Letters of our own citations (page, row, SHA-256, dates of a log) stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from warehouse.analyst_words import SCRUBBED, WORD, merged, spans
from warehouse.search_rules import rules

_OWN = (
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{16}-(?:p\d{5,}(?:-[rm]\d{3,}|-list)?|s\d+)|[oid]-[0-9a-f]{16}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9A-Za-z])"
)
_IDS = re.compile(_OWN)
"""Our own ids, hashes and UUIDs: they name places, bytes and searches, and may hold any letters by chance."""

_YEAR = r"(?:20[1-4]\d)"
_ROAD = r"(?:st|street|ave|avenue|rd|road|dr|drive|ln|lane|blvd|boulevard|ct|court|way|cir|circle|pl|place|trl|trail)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_CITATIONS = "|".join(entry["pattern"].replace(r"\x{00A7}", "§") for entry in rules("cell_states")["citation"])
"""Exemptions, as releases state them."""
_OURS = re.compile(
    rf"{_OWN}|(?<![\w.])(?:{_CITATIONS})(?!\w)|\bSHA-256\b|\b(?:page|row|mark|rows|pages|part)s?[ _]\d{{1,6}}\b"
    # Numbers of requests: a year and a number, with letters before it.
    rf"|(?<![\w-])(?:[a-z]{{1,6}}-)?(?:{_YEAR}|[12]\d)-\d{{3,6}}(?![\w-])"
    # Days of a log or a letter; days before 2010 are birthdays.
    rf"|(?<!\d){_YEAR}[-_./]\d{{1,2}}(?:[-_./]\d{{1,2}})?(?!\d)|(?<!\d)\d{{1,2}}[-_./]\d{{1,2}}[-_./](?:{_YEAR}|1\d|2\d|3\d)(?!\d)"
    rf"|(?<!\d){_YEAR}[01]\d[0-3]\d(?:T\d{{4,6}}Z?)?(?!\d)|\b{_MONTH}[-_. ]?(?:\d{{1,2}}(?!\d)|{_YEAR}\b)"
    rf"|\b{_YEAR}[-_. ]?(?:Q[1-4]|H[12]|{_MONTH})\b|\b(?:Q[1-4]|H[12]|FY)[-_. ]?{_YEAR}\b|\b\d{{1,3}}(?:st|nd|rd|th)\b"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b",
    re.IGNORECASE,
)
_PAST = r"(?:19\d\d|200\d)"
_HIDDEN = re.compile(
    r"[\w.+-]*\s?@\s?[\w.-]*"  # e-mail addresses
    r"|[\w.+-]+\s*(?:[\[({]\s*at\s*[\])}]|(?-i:\bAT\b)(?=.*\bDOT\b))\s*[\w.-]+(?:\s*(?:[\[({]\s*dot\s*[\])}]|(?-i:\bDOT\b))\s*\w+)*"
    rf"|(?<!\d){_PAST}[-_./ ]\d{{1,2}}[-_./ ]\d{{1,2}}(?!\d)"  # dates of birth
    rf"|(?<!\d)\d{{1,2}}[-_./ ]\d{{1,2}}[-_./ ](?:{_PAST}|[4-9]\d|0\d)(?!\d)"
    r"|\b(?:dob|born)\W{0,3}\d[\d/. -]*"
    # Numbers of homes.
    rf"|(?<!\d)\d{{2,5}}\s+(?:block\s+(?:of\s+)?)?(?=(?:[a-z.']+\s+){{1,3}}{_ROAD}\b)"
    r"|-?\d{1,3}\.\d{2,}\W{1,3}(?:lon\w*\W{1,3})?-?\d{1,3}\.\d{2,}",
    re.IGNORECASE,
)
_OF_PERSONS = re.compile(
    # Badges and cases, which look like our own numbers of requests.
    r"\b(?:badge|emp(?:loyee)?|serial|dl|oln|ssn|case|cfs|cad|oca|incident)\s*(?:no\b\.?|number|id|#|:)*\s*(?=[\w-]*\d)[\w-]{2,}"
    rf"|\b{_MONTH}[-_. ]{{0,2}}\d{{1,2}},?[-_. ]?{_PAST}\b|(?<!\d)\d{{1,2}}[-_. ]?{_MONTH}[-_. ]?{_PAST}\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.])\+?\(?\d{1,5}\)?(?:[-. /\u00b7\u2010-\u2013]{0,2}\(?\d{1,5}\)?){1,6}(?!\w)")
"""Groups of digits: seven and more are a telephone, a social security or another number of a person."""
_FEWEST_DIGITS = 7
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Signs that take no place: nobody sees that they part a plate."""
_NUMBERED = re.compile(r"[A-Z][a-z]{3,}\d{1,3}")
"""A word with a number behind it, as written: `Station12`. Plates are printed in one case."""
_MOST_PIECES, _LONGEST_PIECE, _LONGEST_PLATE, _WIDEST_GAP = 8, 4, 8, 3
_KEPT_BEFORE_NUMBER = frozenset(rules("label_words")["before_number"].split())
"""Short words after which a number is a number and not the rest of a plate: `TX 12`, `page 3`, `PD 2`."""


def scrub_label(text: str, known: frozenset[str] = frozenset()) -> str:
    """*text* without what may be a person's; *known* are keys of plates and accounts of the warehouse."""
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    text = _outside_ids(_OF_PERSONS, text)
    if known:
        text = _without_known(text, known)
    pieces: list[str] = []
    at = 0
    for match in _OURS.finditer(text):
        if _HIDDEN.fullmatch(match[0]):
            continue
        pieces += [_scrub_rest(text[at : match.start()]), match[0]]
        at = match.end()
    pieces.append(_scrub_rest(text[at:]))
    return merged("".join(pieces))


def _without_known(text: str, known: frozenset[str]) -> str:
    ids = [match.span() for match in _IDS.finditer(text)]
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
    ids = [match.span() for match in _IDS.finditer(text)]
    return pattern.sub(
        lambda match: match[0] if any(a < match.end() and match.start() < b for a, b in ids) else SCRUBBED, text
    )


def _scrub_rest(text: str) -> str:
    text = _DIGITS.sub(_number, _HIDDEN.sub(_but_ends, text))
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
    is_year = re.match(rf"{_YEAR}\b", match[0]) or re.search(rf"(?<!\d){_YEAR}\Z", match[0])
    return match[0] if len(digits) < _FEWEST_DIGITS or is_year else SCRUBBED


def _plates_in_pieces(words: list[str], gaps: list[str]) -> Iterator[tuple[int, int]]:
    """First piece and number of pieces of every run of short ones that may be one plate: `AB C1 234`, `A B C 1 2 3`."""
    for first in range(len(words)):
        for count in range(2, min(_MOST_PIECES, len(words) - first) + 1):
            run = words[first : first + count]
            if len(run[-1]) > _LONGEST_PIECE or run[-1] in _KEPT_BEFORE_NUMBER or re.fullmatch(_YEAR, run[-1]):
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
    return len(word) <= _LONGEST_PIECE and word not in _KEPT_BEFORE_NUMBER and not re.fullmatch(_YEAR, word)


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
    if any(word.isdigit() and re.fullmatch(_YEAR, word) for word in (left, right)):
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
