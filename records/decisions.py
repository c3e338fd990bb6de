"""Decisions: what reviewers said of values, each bound to the place on the page and the text that was seen there.

Append-only: nothing is changed or taken back but by another decision (``undo``). A decision is about what is printed,
not about a row id, so it outlives a new extraction; where that reads something else, the decision is stale.
"""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from records.marks import Direction, MarkState
from records.places import BBox, check_document_id

MAX_TEXT = 10_000
"""Characters of a value or a reason."""
MAX_SEEN = 1_000_000
"""Characters of the text that was seen, verbatim; see :func:`as_seen`."""
MAX_WHO = 200


class DecisionKind(enum.StrEnum):
    """What the reviewer says."""

    ACCEPT = "accept"
    """The reading is what is printed."""
    CORRECT = "correct"
    """Something else is printed: the value of the decision, verbatim. An empty one: nothing is printed."""
    REJECT = "reject"
    """The reading is wrong; what is right is not said."""
    UNREADABLE = "unreadable"
    """Nobody can tell what is printed."""
    UNDO = "undo"
    """An earlier decision no longer counts."""


class TargetKind(enum.StrEnum):
    """What a decision is about."""

    AUDIT_CELL = "audit_cell"
    MARK_LABEL = "mark_label"
    MARK_STATE = "mark_state"
    SHARING_CELL = "sharing_cell"
    ORGANIZATION_ATTRIBUTE = "organization_attribute"
    """Of the registry of organizations: no place on a page."""
    RELEASE_FACT = "release_fact"
    """What is stated about a release: no place on a page."""


RELEASE_FACTS = (
    "agency", "state", "time_zone", "request_number", "request_url", "requested_date", "produced_date", "status",
)  # fmt: skip
"""What can be decided of a release: fields of :class:`records.release.Release`, as text."""

PLACED = frozenset(
    {TargetKind.AUDIT_CELL, TargetKind.MARK_LABEL, TargetKind.MARK_STATE, TargetKind.SHARING_CELL},
)
"""Kinds of targets that are printed somewhere."""


class Standing(enum.StrEnum):
    """How a value stands after the decisions about it; the worst first."""

    STALE = "stale"
    """Decided on, but the page is now read differently: the machine's reading counts again, until decided anew."""
    REJECTED = "rejected"
    UNREADABLE = "unreadable"
    CORRECTED = "corrected"
    ACCEPTED = "accepted"
    MACHINE = "machine"
    """As read; nobody has decided on it."""


def as_seen(text: str | None) -> str | None:
    """How a decision holds a reading: verbatim; by its hash where it is too long for that, or has a zero character,
    which SQLite would cut it at. ``warehouse.derive_standing`` says the same in SQL."""
    if text is None or (len(text) <= MAX_SEEN and "\0" not in text):
        return text
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def can_be_named(field: str) -> bool:
    """Whether a decision can name a field like that."""
    return 0 < len(field) <= MAX_SEEN and "\0" not in field


@dataclass(frozen=True, slots=True)
class Target:
    """A value that can be decided on, as somebody saw it."""

    kind: TargetKind
    id: str
    """``row_id`` or ``mark_id`` at that time; the id of the organization or release."""
    field: str
    seen_text: str | None
    """The reading, as :func:`as_seen` has it; None where nothing was read."""
    document_id: str | None = None
    page_number: int | None = None
    bbox: BBox | None = None
    """Of the value; of its whole row where nothing was read."""

    def __post_init__(self) -> None:
        if (self.kind in PLACED) != (None not in (self.document_id, self.page_number, self.bbox)):
            raise ValueError(f"a decision on a {self.kind} {'needs' if self.kind in PLACED else 'has no'} place")
        if self.document_id is not None:
            check_document_id(self.document_id)
        if not self.id or not self.field:
            raise ValueError("a decision names what it is about")
        _check_text("the text that was seen", self.seen_text, MAX_SEEN)
        _check_text("the name of the field", self.field, MAX_SEEN)


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the decision log."""

    sequence: int
    """From 1, without a gap."""
    decided_datetime: datetime
    """Naive UTC."""
    who: str
    kind: DecisionKind
    target: Target
    """Of an undo: that of the decision it undoes."""
    value: str | None = None
    """Of a correction."""
    reason: str | None = None
    undoes: str | None = None
    """``decision_id`` of the decision that no longer counts."""
    snapshot_hash: str | None = None
    """Content hash of the snapshot the reviewer looked at."""
    along_with: str | None = None
    """``decision_id`` of the decision that this one was taken along with; None for that one itself, and for others."""
    chain: str = ""
    """SHA-256 over the entry before and this one: nothing can be changed or left out unnoticed. See :func:`chained`."""

    def __post_init__(self) -> None:
        check_words(self.kind, self.target, self.value, self.reason, self.who)
        if (self.kind is DecisionKind.UNDO) != (self.undoes is not None):
            raise ValueError("an undo, and only an undo, names the decision it undoes")

    @property
    def decision_id(self) -> str:
        """``d-`` and the first 16 hex digits of the chain."""
        return f"d-{self.chain[:16]}"

    def content(self) -> dict[str, object]:
        """All of it but the chain, as JSON can hold it: what the chain covers and the export writes."""
        facts: dict[str, object] = asdict(self)
        del facts["chain"]
        if self.along_with is None:  # logs that are older than it have no such word
            del facts["along_with"]
        return facts | {"decided_datetime": self.decided_datetime.isoformat(sep=" ")}


def chained(previous: str, decision: Decision) -> str:
    """The chain of *decision* after an entry whose chain is *previous*; empty for the first."""
    text = json.dumps(decision.content(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def live(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that count: no undo, and not undone. In the order of the log."""
    known = list(decisions)
    undone = {decision.undoes for decision in known}
    return [d for d in known if d.kind is not DecisionKind.UNDO and d.decision_id not in undone]


def check_words(kind: DecisionKind, target: Target, value: str | None, reason: str | None, who: str) -> None:
    """Raise ``ValueError``, in words for a reviewer, unless such a decision makes sense."""
    if not who.strip() or len(who) > MAX_WHO or not who.isprintable():
        raise ValueError(f"who decides is told by a name of 1 to {MAX_WHO} printable characters")
    _check_text("the reason", reason, MAX_TEXT)
    _check_text("the value", value, MAX_TEXT)
    if (kind is DecisionKind.CORRECT) != (value is not None):
        raise ValueError("a correction, and only a correction, has a value")
    if value is None:
        return
    if value == (target.seen_text or ""):
        raise ValueError("the value is what was read; accept the reading instead")
    if target.kind is TargetKind.MARK_STATE and value not in _STATES:
        raise ValueError(f"a state is one of {', '.join(_STATES)}; what nobody can tell is unreadable")
    if target.kind is TargetKind.SHARING_CELL and target.field == "direction" and value not in list(Direction):
        raise ValueError(f"a direction is one of {', '.join(Direction)}")


_STATES = tuple(
    state.value for state in MarkState if state not in (MarkState.UNREADABLE, MarkState.NOT_VISIBLE)
)  # not_visible is said of topics without a mark


def _check_text(what: str, text: str | None, most: int) -> None:
    if text is None:
        return
    if len(text) > most:
        raise ValueError(f"{what} has {len(text):,} characters; at most {most:,} are kept")
    if "\0" in text:
        raise ValueError(f"{what} has a zero character")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{what} is no valid text") from error
