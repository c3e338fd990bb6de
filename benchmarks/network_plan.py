"""What a network audit is to say, decided before it is drawn: rows from a seed, and every figure a report must print.

The shape is that of a published one: a school district's cameras, thousands of agencies of several states, two
immigration labels of which civil is chosen more than twice as often as criminal, agencies and topics named in free
text, words that may mean something else, and words that only look like it. Figures are counted while rows are planned,
from what a row is meant to be, never from its text.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from samples.content import utc_text
from samples.vocabulary import STATES, TOWNS

FILE_NAME = "12_1_2025-1_1_2026-Mock Harbor TX ISD PD-Network-Audit.pdf"
PRODUCER, PRODUCER_STATE, PRODUCER_TYPE = "Mock Harbor TX ISD PD", "TX", "school_district"

_FORMS = (
    # A town's police in one spelling only: `TX - Dummyfield PD` is `Dummyfield TX PD`.
    ("{town} {state} PD", "police", TOWNS[0::3]),
    ("{state} - {town} PD", "police", TOWNS[1::3]),
    ("{town} ({state}) PD", "police", TOWNS[2::3]),
    ("{town} County {state} SO", "sheriff", TOWNS),
    ("{town} {state} ISD PD", "school_district", TOWNS),
    ("{town} University {state} PD", "campus", TOWNS),
)
"""Form of a name, what it is, and the towns that have one."""
_FEDERAL = ("[Federal] US Sample Patrol [Inactive]", "Example Investigations [Federal]")
_CATEGORIES = (
    "Motor Vehicle Theft/Stolen", "Larceny/Theft Offenses", "Burglary/Breaking & Entering", "Drugs/Narcotics",
    "Wanted Person (Arrest Warrant/Fugitive)", "Assault/Battery Offenses", "Robbery", "Hit and Run/Car Accident",
    "Missing/Endangered Person/Runaway", "Obstructing Justice", "Traffic Infraction", "Welfare Check",
)  # fmt: skip
_CIVIL, _CRIMINAL = "Immigration (civil/administrative)", "Immigration (criminal)"
_TEXTS = {
    "": (
        "stolen veh", "26-12879", "5145", "287PC", "287(B) vehicle", "police service", "office burglary",
        "justice notice", "device found at service office", "ofc safety - traffic stop", "2025-00402691",
        "ice cream truck",
    ),
    "agency keyword": ("ICE warrant", "ICE investigation", "CBP Investigation", "assist ICE with arrest", "ICE FUGOPS"),
    "topic keyword": ("illegal immigration", "deportee", "criminal alien", "287(g) task force"),
    "ambiguous": ("HSI", "assist HSI", "parole detainer", "DHS"),
}  # fmt: skip
"""Class of evidence -> texts that are in it by domain knowledge, not by our rules."""
_PER_ROW = {"label: civil": 0.0006, "label: criminal": 0.00025, "agency keyword": 0.0004, "topic keyword": 0.0003,
            "ambiguous": 0.001}  # fmt: skip
_LEAST = {"label: civil": 11, "label: criminal": 4, "agency keyword": 5, "topic keyword": 3, "ambiguous": 6}
_TYPES = ("lookup", "search", "convoy", "visual", "multiGeo")
_TWICE = 0.01
"""Share of rows that are printed once more, right below."""
_FIRST = datetime(2025, 12, 1, 6, 0, 7, tzinfo=UTC)
_DAYS = 31

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    """A name as printed, and what it is."""

    name: str
    state: str | None
    type: str


@dataclass(slots=True)
class Figures:
    """What a report of the drawn log must print. Counters are of searches in the log, but for ``rows``."""

    rows: int = 0
    searches: int = 0
    organizations: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    search_types: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    class_rows: Counter[str] = field(default_factory=Counter)
    labelled_organizations: Counter[str] = field(default_factory=Counter)
    labelled_states: Counter[str] = field(default_factory=Counter)


def organizations(count: int, seed: int) -> list[Organization]:
    """*count* different organizations, some of them federal."""
    made = [
        Organization(form.format(town=town, state=state), state, kind)
        for form, kind, towns in _FORMS
        for town in towns
        for state in STATES
    ]
    random.Random(f"organizations-{seed}").shuffle(made)
    federal = [Organization(name, None, "federal") for name in _FEDERAL]
    extra = (
        Organization(f"{one.name} {number}", one.state, one.type) if one.name.endswith(("PD", "SO")) else None
        for number in range(2, 99)
        for one in made
    )
    more = (one for one in extra if one is not None)
    chosen = [*federal, *made]
    while len(chosen) < count:
        chosen.append(next(more))
    return chosen[:count]


def planned_rows(seed: int, count: int, organization_count: int, figures: Figures) -> Iterator[Cells]:
    """*count* rows as printed, in order of time; *figures* is filled meanwhile. Every organization occurs."""
    rng = random.Random(f"network-{seed}")
    known = organizations(organization_count, seed)
    classes = _classes(rng, count)
    # As published: a few agencies choose the labels, and some of them often.
    choosers = rng.sample(known, min(30, max(3, organization_count // 100)))
    step = timedelta(days=_DAYS) / (count + 1)
    number = 0
    while figures.rows < count:
        at = (_FIRST + step * number).replace(microsecond=0)
        what = classes.get(figures.rows, "")
        is_label = what.startswith("label")
        one = rng.choice(choosers) if is_label else known[number] if number < len(known) else rng.choice(known)
        times = 2 if rng.random() < _TWICE and figures.rows + 1 < count and figures.rows + 1 not in classes else 1
        cells = _row(rng, at, one, what, figures, times)
        yield from (cells for _ in range(times))
        number += 1


def _classes(rng: random.Random, count: int) -> dict[int, str]:
    """Place of a row -> the class of evidence that it is to have."""
    wanted = [what for what, share in _PER_ROW.items() for _ in range(max(_LEAST[what], round(share * count)))]
    # Behind the first rows, which show every organization once.
    return dict(zip(rng.sample(range(count // 2, count), len(wanted)), wanted, strict=True))


def _row(rng: random.Random, at: datetime, one: Organization, what: str, figures: Figures, times: int) -> Cells:
    category, reason = _reason(rng, what)
    search_type = rng.choice(_TYPES)
    figures.rows += times
    figures.searches += 1
    figures.organizations[one.name] += 1
    figures.states[one.state or "not known"] += 1
    figures.types[one.type] += 1
    figures.months[at.strftime("%Y-%m")] += 1
    figures.categories[category or "without_label"] += 1
    figures.search_types[search_type] += 1
    if what:
        figures.classes[what] += 1
        figures.class_rows[what] += times
    if what.startswith("label"):
        figures.labelled_organizations[one.name] += 1
        figures.labelled_states[one.state or "not known"] += 1
    begin, end = at - timedelta(seconds=rng.randrange(3_600, 2_000_000)), at + timedelta(seconds=rng.randrange(3_600))
    frame = f"{utc_text(begin)}\n{utc_text(end)}"
    networks, devices = str(rng.randrange(1, 7_000)), str(rng.randrange(1, 90_000))
    case = f"25-{rng.randrange(10**6):06d}" if rng.random() < 0.5 else ""
    return ("***", one.name, networks, devices, frame, "***", reason, case, "***", utc_text(at), search_type)


def _reason(rng: random.Random, what: str) -> tuple[str, str]:
    """(label, or blank; the cell)."""
    if what.startswith("label"):
        label = _CIVIL if what == "label: civil" else _CRIMINAL
        return label, f"{label} - {rng.choice(_TEXTS[''])}" if rng.random() < 0.7 else f"{label} -"
    text = rng.choice(_TEXTS[what])
    if rng.random() < 0.6:
        category = rng.choice(_CATEGORIES)
        return category, f"{category} - {text}"
    return "", text
