"""What is told of delimited text (:mod:`extractors.delimited`): its sign, its labels, what is a record of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extractors.delimited_fields import Parsed, parse
from extractors.delimited_flow import Flow, Page
from extractors.page_text import line_text
from extractors.values import FIELD_TYPES, VALUE_TYPES, is_marker, squeeze
from records.headers import canonical_field

_STARTS = frozenset({"uuid", "time"})
"""Types of values that tell a new record from a wrapped line."""


@dataclass(frozen=True, slots=True)
class Delimited:
    """How fields are parted: the *sign*; the lines of the header, and its labels; whether lines are wrapped."""

    sign: str
    header: tuple[str, ...]
    labels: tuple[str, ...]
    is_wrapped: bool = False
    flow: Flow | None = None
    """Where the lines begin and end that are wrapped."""

    @staticmethod
    def from_plan(told: dict[str, Any]) -> Delimited:
        """What the plan stores."""
        flow = Flow(**told["flow"]) if told["flow"] else None
        return Delimited(told["sign"], tuple(told["header"]), tuple(told["labels"]), told["is_wrapped"], flow)

    @property
    def names_first(self) -> bool:
        """Whether the lines are wrapped and a record's first value does not tell it from the rest of another."""
        return self.is_wrapped and self.kinds[0] not in _STARTS

    @property
    def kinds(self) -> list[str | None]:
        """The names of the value types that the labels promise."""
        kinds = [FIELD_TYPES.get(canonical_field(label) or "") for label in self.labels]
        return [kind.name if kind else None for kind in kinds]


@dataclass(frozen=True, slots=True)
class Record:
    """A record, or a header, with its first line and the line after its last one."""

    first: int
    end: int
    parsed: Parsed
    is_header: bool = False
    is_piece: bool = False
    """A page's end cut it: the fields are its first ones, or its last ones."""
    before: int = 0
    """Its fields that stand on the page before."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The last fields of a record, without the *before* that stand on the page before; whether they begin in a quoted
    field."""

    parsed: Parsed
    before: int
    is_quoted: bool


def is_header(lines: Page, k: int, told: Delimited) -> bool:
    """Whether the header is printed from the line *k* on."""
    return tuple(line_text(line) for line in lines[k : k + len(told.header)]) == told.header


def rest_of(lines: Page, told: Delimited) -> Rest | None:
    """What the *lines* are of a record that begins on the page before: its last fields. Whether they begin in a quoted
    field, their types must tell."""
    found = []
    for is_quoted in (False, True):
        parsed = parse(lines, told.sign, is_quoted) if lines else None
        if parsed is None or not parsed.is_closed or len(parsed.texts) > len(told.labels):
            continue
        if parsed.has_stray:
            continue  # the quote closes a field that is quoted
        before = len(told.labels) - len(parsed.texts)
        if are_of(told.kinds[before + 1 :], parsed.texts[1:]):
            found.append(Rest(parsed, before, is_quoted))
    return found[0] if len(found) == 1 else None


def are_of(kinds: list[str | None], texts: list[str]) -> bool:
    """Whether all *texts* are of the types that the labels above them promise."""
    pairs = zip(kinds, texts, strict=True)
    return all(not kind or not text.strip() or is_marker(text) or _is_of(kind, text) for kind, text in pairs)


def _is_of(kind: str, text: str) -> bool:
    return VALUE_TYPES[kind].whole.match(squeeze(text)) is not None


def is_record(parsed: Parsed, told: Delimited) -> bool:
    """Whether the fields are as many as the labels, and most of the typed ones are of their types."""
    if len(parsed.texts) != len(told.labels) or not parsed.is_closed:
        return False
    typed = [(kind, text) for kind, text in zip(told.kinds, parsed.texts, strict=True) if kind]
    typed = [(kind, text) for kind, text in typed if text.strip() and not is_marker(text)]
    return bool(typed) and 2 * sum(_is_of(kind, text) for kind, text in typed) >= len(typed)
