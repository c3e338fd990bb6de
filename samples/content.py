"""Synthetic rows of an audit log: the same seed gives the same rows, on every machine."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from samples import vocabulary

_FIRST_SEARCH = datetime(2025, 11, 1, 4, 3, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One search, in the texts an export would hold. The fields are ``records.rows.AUDIT_FIELDS``; blank is ``""``."""

    id: str
    name: str
    org_name: str
    total_networks_searched: str
    total_devices_searched: str
    time_frame: str
    """Two UTC times, joined by a newline."""
    license_plate: str
    reason: str
    case_number: str
    filters: str
    search_time: str
    search_type: str
    text_prompt: str
    moderation: str
    searched_at: datetime
    """``search_time`` once more, for layouts that print it differently."""
    category: str
    """The drop-down category of ``reason``, or blank."""


@dataclass(frozen=True, slots=True)
class ContentStyle:
    """How an agency's export looks inside its cells."""

    own_agency: str | None = None
    """The one agency of an organization audit; None draws a network audit of many agencies."""
    is_masked: bool = False
    """Name, License Plate and Filters print ``***``, as network audits do since December 2025."""
    is_padded: bool = True
    """``01/02/2026`` as exports print since mid 2025, not ``1/2/2026`` as before."""
    has_categories: bool = True
    """Reasons begin with a drop-down category, as since late 2025."""
    longest_reason: int = 400
    """Reasons are cut after this many characters: spreadsheets with fixed rows hold short ones."""


def entries(seed: int, count: int, style: ContentStyle | None = None) -> Iterator[AuditEntry]:
    """*count* rows in order of time. Lazy: memory does not grow with *count*."""
    style = style or ContentStyle()
    rng = random.Random(f"recordtrail-samples-{seed}")
    agencies = _agencies(rng)
    at = _FIRST_SEARCH
    for _ in range(count):
        at += timedelta(seconds=int(rng.expovariate(1 / 420)) + 1)
        yield _entry(rng, at, agencies, style)


def utc_text(at: datetime, is_padded: bool = True) -> str:
    """``11/02/2025, 04:05:06 PM UTC``, or without the zeros before month and day."""
    date = at.strftime("%m/%d/%Y") if is_padded else f"{at.month}/{at.day}/{at.year}"
    return f"{date}, {at.strftime('%I:%M:%S %p')} UTC"


def _entry(rng: random.Random, at: datetime, agencies: list[str], style: ContentStyle) -> AuditEntry:
    search_type = _weighted(rng, vocabulary.SEARCH_TYPES)
    is_freeform = search_type == "freeform"
    plate = _plate(rng)
    category, reason = _reason(rng, at, plate, style)
    networks = _magnitude(rng, (1, 40), (300, 900), (1_000, 7_000))
    # The period asked for mostly ends after the search itself; that is so in real exports too.
    begin = at - timedelta(seconds=rng.randrange(3_600, 40 * 86_400))
    end = at + timedelta(seconds=rng.randrange(-600, 3_600))
    mask = "***" if style.is_masked else None
    return AuditEntry(
        id=str(uuid.UUID(int=rng.getrandbits(128), version=4)),
        name=mask or _name(rng),
        org_name=style.own_agency or rng.choice(agencies),
        total_networks_searched=networks,
        total_devices_searched=_magnitude(rng, (1, 60), (4_000, 20_000), (60_000, 130_000)),
        time_frame=f"{utc_text(begin, style.is_padded)}\n{utc_text(end, style.is_padded)}",
        license_plate=mask or ("" if is_freeform or rng.random() < 0.08 else plate),
        reason=reason,
        case_number=_case(rng) if rng.random() < 0.45 else rng.choice(("", "", "", "n/a", "REDACTED")),
        filters=mask or (_filled(rng.choice(vocabulary.FILTERS), rng, at, plate) if rng.random() < 0.3 else ""),
        search_time=utc_text(at, style.is_padded),
        search_type=search_type,
        text_prompt=rng.choice(vocabulary.PROMPTS) if is_freeform else "",
        moderation=_weighted(rng, vocabulary.MODERATION) if is_freeform or rng.random() < 0.2 else "",
        searched_at=at,
        category=category,
    )


def _agencies(rng: random.Random) -> list[str]:
    made: dict[str, None] = {}
    for _ in range(60):
        town, state = rng.choice(vocabulary.TOWNS), rng.choice(vocabulary.STATES)
        made[rng.choice(vocabulary.AGENCY_FORMS).format(town=town, state=state)] = None
    return list(made)


def _reason(rng: random.Random, at: datetime, plate: str, style: ContentStyle) -> tuple[str, str]:
    """(category, the whole cell)."""
    text = _free_text(rng, at, plate)
    if rng.random() < 0.03:
        return "", ""
    if not style.has_categories or rng.random() < 0.35:
        return "", text[: style.longest_reason].strip()
    category = _weighted(rng, vocabulary.CATEGORIES)
    printed = category
    if rng.random() < 0.06:
        printed += ", " + _weighted(rng, vocabulary.CATEGORIES)
    whole = f"{printed} - {text}" if rng.random() < 0.7 else f"{printed} -"
    return category, whole[: style.longest_reason].strip()


def _free_text(rng: random.Random, at: datetime, plate: str) -> str:
    dice = rng.random()
    if dice < 0.45:
        return rng.choice(vocabulary.SHORT_REASONS)
    if dice < 0.70:
        return _case(rng)
    if dice < 0.88:
        return _filled(rng.choice(vocabulary.LONG_REASONS), rng, at, plate)
    return rng.choice(vocabulary.TRAP_REASONS)


def _filled(pattern: str, rng: random.Random, at: datetime, plate: str) -> str:
    return pattern.format(plate=plate, case=_case(rng), case2=_case(rng), time=utc_text(at))


def _name(rng: random.Random) -> str:
    return rng.choice(("user-{:04d}", "user-{:04d}", "demo.account{:03d}", "unit {:02d} (inactive)")).format(
        rng.randrange(1, 100)
    )


def _plate(rng: random.Random) -> str:
    return rng.choice(("FAKE{:03d}", "SMPL{:02d}", "TEST{:03d}", "XX-DEMO{:d}")).format(rng.randrange(1, 1000) % 100)


def _case(rng: random.Random) -> str:
    return rng.choice(("25-{:06d}", "2025-{:08d}", "DEMO25{:06d}")).format(rng.randrange(1, 1_000_000))


def _magnitude(rng: random.Random, *ranges: tuple[int, int]) -> str:
    if rng.random() < 0.01:
        return rng.choice(("0", "2.0", "\u2014\u2014"))
    low, high = rng.choice(ranges)
    return str(rng.randrange(low, high))


def _weighted(rng: random.Random, table: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([text for text, _ in table], [weight for _, weight in table])[0]
