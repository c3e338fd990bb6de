"""What stands in the cells of a mix: synthetic rows or those of a file, with masks, blanks, repeats and other times."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from records.headers import canonical_field
from samples.columns import EARLY_AUDIT, MASKED_AUDIT, OWN_AUDIT, SHORT_AUDIT
from samples.content import AuditEntry, ContentStyle, entries
from samples.layout import Layout, cell_text

_STYLES = (ContentStyle(), ContentStyle(), OWN_AUDIT, SHORT_AUDIT, EARLY_AUDIT, MASKED_AUDIT)
_MARKERS = ("***", "REDACTED", "[REDACTED]", "###", "* * *", "7923.600 GC")
_TIMES = (
    "%m/%d/%Y, %I:%M:%S %p UTC",
    "%m/%d/%Y, %I:%M:%S %p UTC",
    "%m/%d/%Y, %I:%M:%S %p UTC",
    "%Y-%m-%d %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%y %I:%M %p",
    "%Y-%m-%dT%H:%M:%SZ",
    "%b %d, %Y %I:%M:%S %p",
)
_UTC = re.compile(r"\d{1,2}/\d{1,2}/\d{4}, \d{2}:\d{2}:\d{2} [AP]M UTC")
_LONG_TOKENS = ("https://records.example.gov/case?id=25-0001177&view=full", "CASE25000117SUPPLEMENT04OFFICERREPORT")
_NOTES = ("", "", "", "", "see memo", "reviewed", "duplicate of request", "per Sgt.")


@dataclass(frozen=True, slots=True)
class CellMix:
    """What is done to the rows of an export before they are printed."""

    style: ContentStyle
    time_format: str
    redacted: tuple[str, str] | None
    """A field, and the marker that stands in some of its cells instead of the value."""
    blank: str | None
    """A field that holds nothing."""
    constant: str | None
    """A field that holds one word."""
    missing_ids: float
    repeats: float
    """The share of rows that are printed twice."""
    long_tokens: float

    def options(self) -> dict[str, str]:
        """What was chosen, for tables of how each fares."""
        chosen = {name: str(bool(getattr(self, name))) for name in ("redacted", "blank", "constant", "missing_ids")}
        chosen |= {"repeats": str(self.repeats), "long_tokens": str(self.long_tokens), "time_format": self.time_format}
        return chosen | {"is_masked": str(self.style.is_masked), "is_padded": str(self.style.is_padded)}


def cell_mix(rng: random.Random) -> CellMix:
    """A random choice of everything that shows in cells."""
    return CellMix(
        rng.choice(_STYLES),
        rng.choice(_TIMES),
        (rng.choice(("name", "reason", "license_plate", "case_number")), rng.choice(_MARKERS))
        if rng.random() < 0.3
        else None,
        rng.choice(("filters", "case_number", "moderation")) if rng.random() < 0.15 else None,
        rng.choice(("reason", "name", "case_number")) if rng.random() < 0.1 else None,
        rng.choice((0.0, 0.0, 0.0, 0.05)),
        rng.choice((0.0, 0.0, 0.0, 0.1, 1.0)),
        rng.choice((0.0, 0.0, 0.03)),
    )


def rows_of(cells: CellMix, layout: Layout, seed: int, count: int, real: list[AuditEntry]) -> list[tuple[str, ...]]:
    """*count* rows as the texts of *layout*'s columns; from a random place of *real* where there are such."""
    rng = random.Random(f"recordtrail-mix-cells-{seed}")
    made: Iterable[AuditEntry] = entries(seed, count, cells.style)
    if real:
        at = rng.randrange(max(1, len(real) - count))
        made = [_filled(row, own) for row, own in zip(real[at : at + count], made, strict=False)]
    return list(_texts(rng, cells, layout, made))


def _texts(rng: random.Random, cells: CellMix, layout: Layout, rows: Iterable[AuditEntry]) -> Iterator[tuple[str, ...]]:
    has_time = any(column.field == "search_time" for column in layout.columns)
    for index, row in enumerate(rows):
        own: dict[str, str] = {}
        if cells.redacted and rng.random() < 0.7:
            own[cells.redacted[0]] = cells.redacted[1]
        if cells.long_tokens and rng.random() < cells.long_tokens:
            own["reason"] = rng.choice(_LONG_TOKENS)
        if has_time and rng.random() < cells.missing_ids:
            own["id"] = ""
        if cells.blank:
            own[cells.blank] = ""
        if cells.constant:
            own[cells.constant] = "investigation"
        extra = {"note": rng.choice(_NOTES), "unit": rng.choice(("Patrol", "Traffic", "Detectives")), "nothing": ""}
        extra |= {"reviewer": rng.choice(("", "Lt. Sample", "Capt. Mock")), "row": str(index + 1)}
        extra["shift"] = rng.choice(("A", "B", "C"))
        changed = replace(row, **own)  # type: ignore[arg-type]
        texts = tuple(
            extra[column.field]
            if column.field in extra
            else _timed(cell_text(layout, column, changed, index), cells.time_format)
            for column in layout.columns
        )
        yield texts
        if rng.random() < cells.repeats:
            yield texts


def _timed(text: str, time_format: str) -> str:
    if time_format == _TIMES[0] or "UTC" not in text:
        return text
    return _UTC.sub(lambda at: datetime.strptime(at[0], _TIMES[0]).replace(tzinfo=UTC).strftime(time_format), text)


def read_real(path: Path) -> list[AuditEntry]:
    """The rows of a CSV whose header has known spellings, or pairs of ``… Start`` and ``… End`` for the time frame.

    Fields that the file lacks are blank here; :func:`rows_of` prints drawn ones in their place.
    """
    blank = replace(next(entries(1, 1)), **dict.fromkeys(_names(), ""))  # type: ignore[arg-type]
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for raw in csv.DictReader(file):
            found: dict[str, str] = {}
            for label, text in raw.items():
                name = canonical_field(re.sub(r"[ _](Start|End)$", "", label))
                if name is not None:
                    found[name] = f"{found[name]}\n{text}" if name in found else text
            rows.append(replace(blank, **found))  # type: ignore[arg-type]
    return rows


def _filled(row: AuditEntry, own: AuditEntry) -> AuditEntry:
    has = {name: value for name in _names() if (value := getattr(row, name))}
    return replace(own, **has)


def _names() -> list[str]:
    return [name for name in AuditEntry.__dataclass_fields__ if name not in ("searched_at", "category")]
