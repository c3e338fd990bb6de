"""The rules for what a printed cell says, from ``warehouse/rules/*.toml``, as SQL literals and RE2 patterns.

Rules are our own data: they may go into a statement. Text of a document never does.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Callable, Iterable
from typing import Any

from records.rows import AUDIT_FIELDS

SPACE = r"[\s\x{00A0}\x{2007}\x{2009}\x{202F}]"
"""RE2 for one space, as spreadsheets and browsers print them too."""

_UNSEEN = r"[\x{00AD}\x{200B}-\x{200D}\x{2060}\x{FEFF}]"
"""RE2 for a sign that takes no place."""

STATES = (
    "value",
    "empty",
    "masked",
    "redacted",
    "partial",
    "placeholder",
    "not_exported",
    "withheld",
    "blacked_out",
    "illegible",
)
"""What a printed cell is. Two of them are never merged; what a value could not be read as is said elsewhere."""

COUNT_FIELDS = ("total_networks_searched", "total_devices_searched")
WORD_FIELDS = ("search_type", "moderation")

_CITATION = "%citation%"


@functools.cache
def rules(name: str) -> dict[str, Any]:
    """``warehouse/rules/<name>.toml``."""
    file = importlib.resources.files("warehouse") / "rules" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def quoted(text: str) -> str:
    """*text* as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def quoted_list(texts: list[str] | tuple[str, ...]) -> str:
    """*texts* as an SQL list; typed, so that an empty one is a list of texts too."""
    return f"([{', '.join(quoted(text) for text in texts)}]::VARCHAR[])"


def names(groups: tuple[str, ...]) -> str:
    """*groups* as the SQL list that ``regexp_extract`` names the parts of a text by."""
    return f"[{', '.join(map(quoted, groups))}]"


@functools.cache
def whole(state: str) -> str:
    """The pattern that a whole cell in *state* fits."""
    patterns = map(_with_citations, rules("cell_states")[state]["patterns"])
    return rf"(?i)\A{SPACE}*(?:{'|'.join(patterns)}){SPACE}*\z"


@functools.cache
def inside(state: str) -> str:
    """The pattern of what a cell in *state* has in it somewhere."""
    return f"(?i)(?:{'|'.join(map(_with_citations, rules('cell_states')[state]['inside']))})"


@functools.cache
def state_patterns(field: str) -> dict[str, str]:
    """State -> the pattern that a cell of *field* fits which is in it; ``blank`` too. Tried in this order: the first
    that fits is the state."""
    patterns = _state_patterns(field, lambda patterns: map(_with_citations, patterns))
    return {state: rf"(?is)\A(?:{pattern})" for state, pattern in patterns.items()}


@functools.cache
def not_value(field: str) -> str:
    """The pattern that a cell of *field* fits whose state is not ``value``: any of :func:`state_patterns`."""
    return "|".join(f"(?:{pattern})" for pattern in state_patterns(field).values())


@functools.cache
def odd(field: str) -> str:
    """A shorter pattern that every cell fits which fits :func:`not_value`, and few others: where that holds a citation
    the citation alone, once. Citations are long, and a pattern is compiled for each place that names it."""
    patterns = _state_patterns(field, lambda patterns: (p for p in patterns if _CITATION not in p))
    citations = "|".join(entry["pattern"] for entry in rules("cell_states")["citation"])
    return rf"(?is)\A(?:{'|'.join(patterns.values())})|{citations}"


def _state_patterns(field: str, chosen: Callable[[list[str]], Iterable[str]]) -> dict[str, str]:
    """State -> the pattern that a cell in it fits from its start on, made of the *chosen* ones of each list."""
    table = rules("cell_states")
    wholes = {"blank": rf"(?:{SPACE}|{_UNSEEN})*\z"}
    for state in ("masked", "redacted", "withheld"):
        wholes[state] = _to_the_end(chosen(table[state]["patterns"]))
    unread = _to_the_end(table["illegible"]["patterns"])
    wholes["illegible"] = f"{unread}|.*(?:{'|'.join(table['illegible']['inside'])})"
    wholes["placeholder"] = _to_the_end(_placeholders(field))
    wholes["partial"] = f".*(?i:{'|'.join(chosen(table['partial']['inside']))})"
    return wholes


def _to_the_end(patterns: Iterable[str]) -> str:
    return f"{SPACE}*(?:{'|'.join(patterns)}){SPACE}*\\z"


def field_kinds() -> dict[str, tuple[str, ...]]:
    """Kind -> its fields: those of one kind have the same :func:`state_patterns`."""
    texts = tuple(field for field in AUDIT_FIELDS if field not in (*COUNT_FIELDS, *WORD_FIELDS))
    return {"text": texts, "count": COUNT_FIELDS, "word": WORD_FIELDS}


def _placeholders(field: str) -> list[str]:
    table: dict[str, list[str]] = rules("cell_states")["placeholder"]
    return table["counts" if field in COUNT_FIELDS else "words" if field in WORD_FIELDS else "patterns"]


@functools.cache
def not_told() -> str:
    """The pattern of every text that is a mark of something missing, of whatever field; placeholders are not."""
    wholes = "|".join(f"(?:{whole(s)})" for s in ("masked", "redacted", "withheld", "illegible"))
    return f"{wholes}|(?:{inside('illegible')})|(?:{inside('partial')})"


def _with_citations(pattern: str) -> str:
    citations = "|".join(entry["pattern"] for entry in rules("cell_states")["citation"])
    # One, or several as they are cited side by side.
    return pattern.replace(_CITATION, rf"(?:(?:{citations})\s*(?:[,;/&]\s*(?:and\s+)?|and\s+)?)+")


def constant_columns() -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Least rows; fields whose constant is a placeholder; fields whose constant is only told."""
    table = rules("cell_states")["constant_column"]
    placeholder, told = tuple(table["placeholder_in"]), tuple(table["told_in"])
    if unknown := {*placeholder, *told} - set(AUDIT_FIELDS):
        raise ValueError(f"cell_states.toml: {sorted(unknown)} are no audit fields")
    return int(table["least_rows"]), placeholder, told


@functools.cache
def offense_categories() -> dict[str, str]:
    """Label of the drop-down list -> why it is known (a key of ``sources``), longest label first."""
    table = rules("offense_categories")
    found = {label: source for source, labels in table["labels"].items() for label in labels}
    if unknown := set(table["labels"]) - set(table["sources"]):
        raise ValueError(f"offense_categories.toml: {sorted(unknown)} are no sources")
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


def label_pattern(label: str) -> str:
    """RE2 for *label* as printed: a wrapped cell may have another number of spaces, also beside ``/`` and hyphens.

    A label that nobody types by hand, for its slash or brackets, may be in capitals too; never all in small letters.
    """
    pieces = re.split(r"(\s+|/|-|\()", label)
    pattern = "".join(
        r"\s*/\s*" if piece == "/" else r"-\s*" if piece == "-" else r"\s*\(\s*" if piece == "(" else
        r"\s+" if piece.isspace() else re.escape(piece)
        for piece in pieces
    ).replace(r"\s+\s*", r"\s*")  # fmt: skip
    return f"{pattern[0]}(?i:{pattern[1:]})" if re.search(r"[/(]", label) else pattern


@functools.cache
def label_start() -> str:
    """RE2 that finds a reason which may begin with a label: asked first, because most reasons of older logs do not."""
    return rf"\A\s*(?:{'|'.join(map(label_pattern, offense_categories()))})"


@functools.cache
def label_with_dash() -> str:
    """RE2 that finds a reason which begins with a label and a dash, as the drop-down list prints it."""
    labels = "|".join(map(label_pattern, offense_categories()))
    return rf"{label_start()}(?:\s*,\s*(?:{labels}))?\s+[-\x{{2013}}](?:\s|\z)"


@functools.cache
def label_groups() -> str:
    """RE2 with the groups label, label_2, open_label and open_rest for what is printed before the first `` - ``.

    After a label comes nothing, or a comma and another label. A label of several words may also be followed by a comma
    and a label that nobody knows yet; a single word with a comma after it is what people type.
    """
    labels = list(offense_categories())
    known = "|".join(map(label_pattern, labels))
    long = "|".join(label_pattern(label) for label in labels if re.search(r"[\s/(]", label))
    return (
        rf"(?s)\A\s*(?:(?P<label>{known})(?:\s*,\s*(?P<label_2>{known}))?\s*\z"
        rf"|(?P<open_label>{long})\s*,\s*(?P<open_rest>.*\S)\s*\z)"
    )
