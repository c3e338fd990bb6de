"""What becomes of one column, as SQL, and the functions that the SQL calls."""

from __future__ import annotations

import functools
from collections.abc import Callable

import duckdb
import pyarrow as pa
from duckdb.func import ARROW

from warehouse.analyst_labels import scrub_label
from warehouse.analyst_policy import TOKEN_KINDS
from warehouse.analyst_tokens import tokens
from warehouse.analyst_words import SCRUBBED, merged, scrub
from warehouse.search_rules import quoted, whole

_REMEMBERED = 50_000
"""Different values a function remembers the answer for; most columns repeat theirs."""

_COUNT = r"\s*(?:\d{1,6}|\d{1,3},\d{3})(?:\.0+)?\s*"
_LARGEST_COUNT = 999_999
"""Networks and devices of one search: a larger number is none, but may be a plate in a shifted column."""
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = (
    r"(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?(?:\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d\d)"
    rf"|\d{{4}}[/-]\d{{1,2}}[/-]\d{{1,2}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}[\s-]{_MONTH}[\s-](?:\d{{4}}|\d\d)))"
)
_CLOCK = r"(?:\d{1,2}:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:\s*[AP]\.?M\.?)?|[0-2]\d[0-5]\d\s*h(?:ou)?rs?\.?)"
_ZONE = (
    r"\(?(?:(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?|UTC|GMT|Z|Zulu|AK[SD]T|[AECHMP][SD]?T"
    r"|(?:Eastern|Central|Mountain|Pacific|local)(?:\s(?:Standard|Daylight))?(?:\sTime)?)\)?"
)
_MOMENT = rf"(?:{_DATE}(?:(?:\s*,?\s*(?:at\s|-\s)?|T){_CLOCK})?|{_CLOCK})(?:\s*{_ZONE})?"
_TIME = rf"(?i)\W*{_MOMENT}(?:\s*(?:to|through|until|[-–—,;|])?\s*{_MOMENT})?\W*"
"""One time or two, and nothing else: digits alone may be a telephone or a plate."""
_NO_WORD = r"[^\p{L}\p{N}]*"


def register_masks(
    connection: duckdb.DuckDBPyConnection, key: bytes, known: frozenset[str], hidden: frozenset[str]
) -> None:
    """Give *connection* the functions of :func:`masked`.

    *known*: keys of plates and accounts, for labels; *hidden*: of names made of plain words, for free text.
    """
    release = tokens("release", key)

    def label(text: str) -> str:
        return scrub_label(text, known)

    def label_key(text: str) -> str:
        return text if label(text) == text else release(text)

    @functools.lru_cache(_REMEMBERED)
    def part(text: str) -> str:
        return scrub(text, hidden)

    def free(text: str) -> str:
        # A reason is one of few labels, and what the next column holds alone: each is scrubbed once.
        head, dash, tail = text.partition(" - ") if not hidden else (text, "", "")
        return merged(part(head) + dash + part(tail)) if dash else part(text)

    masks: dict[str, Callable[[str], str]] = {"mask_scrub": free, "mask_label": label, "mask_label_key": label_key}
    masks |= {f"mask_{kind}": tokens(kind, key) for kind in TOKEN_KINDS}
    for name, mask in masks.items():
        connection.create_function(name, over_column(mask), ["VARCHAR"], "VARCHAR", type=ARROW)


def over_column(mask: Callable[[str], str]) -> Callable[[pa.ChunkedArray], pa.Array]:
    """*mask* for a whole column, null where the text is; what repeats is masked once."""
    remembered: dict[str, str] = {}

    def mask_column(column: pa.ChunkedArray) -> pa.Array:
        masked: list[str | None] = []
        for text in column.to_pylist():
            if text is None:
                masked.append(None)
                continue
            answer = remembered.get(text)
            if answer is None:
                if len(remembered) >= _REMEMBERED:
                    remembered.clear()
                answer = remembered[text] = mask(text)
            masked.append(answer)
        return pa.array(masked, pa.string())

    return mask_column


def masked(column: str, data_type: str, treatment: str) -> str:
    """SQL for *column* as the analyst file has it; for a list, of each of its texts."""
    if treatment in ("copy", "ours", "id", "word"):
        return column
    if treatment == "count":
        return f"CASE WHEN {column} BETWEEN 0 AND {_LARGEST_COUNT} THEN {column} END"
    if data_type == "VARCHAR[]":
        return f"list_transform({column}, lambda text: {_one('text', treatment)})"
    return _one(column, treatment)


def _one(text: str, treatment: str) -> str:
    match treatment:
        case "marker":
            return f"CASE WHEN regexp_matches({text}, {markers()}) THEN {text} ELSE mask_scrub({text}) END"
        case "time":
            return f"""CASE WHEN {text} IS NULL THEN NULL
                WHEN regexp_full_match({text}, {quoted(_COUNT)}) OR regexp_full_match({text}, {quoted(_NO_WORD)})
                    OR regexp_full_match({text}, {quoted(_TIME)})
                THEN {text} ELSE {quoted(SCRUBBED)} END"""
        case "scrub" | "label" | "label_key":
            return f"mask_{treatment}({text})"
        case _:
            return f"mask_{treatment.removeprefix('token:')}({text})"


@functools.cache
def markers() -> str:
    """RE2, as SQL, for a cell that prints one of the known markers and nothing else."""
    states = ("masked", "redacted", "withheld", "illegible", "placeholder")
    return quoted("|".join(f"(?:{pattern})" for pattern in (*map(whole, states), r"\Ablack box\z")))
