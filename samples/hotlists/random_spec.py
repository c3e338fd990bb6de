"""Settings pages by seed: topics, states, surroundings and looks drawn at random, so that no reader is tuned to one."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

from records.marks import MarkState, MarkStyle
from samples.hotlists import words
from samples.hotlists.pens import PENS, Pen
from samples.hotlists.random_look import browser_look
from samples.hotlists.spec import ON_STATES, Entry, Group, ListSpec, Surroundings
from samples.hotlists.styles import LOOKS, THEMES, Look

STYLES: dict[str, Look | Pen] = {**LOOKS, **PENS}
"""What a browser draws, and what Pillow draws, the same with every seed."""
_FONTS = (
    "Liberation Sans",
    "DejaVu Sans",
    "Nimbus Sans",
    "Liberation Serif",
    "URW Gothic",
    "Liberation Sans Narrow",
    "Noto Sans Mono",
)
_FONT_WEIGHTS = (8, 4, 3, 2, 1, 1, 1)
_SCALES = (1.0, 1.0, 1.25, 1.5, 2.0, 2.0, 3.0)
_THEME_WEIGHTS = {"light": 6, "grey": 3, "brand": 2, "green": 2, "dark": 4, "navy": 2, "contrast": 1, "pale": 1}
_MONTHS = ("January", "March", "May", "June", "August", "October", "November", "December")


def random_spec(style: str, seed: int) -> ListSpec:
    """The page that *seed* gives in *style*; the same every time."""
    rng = random.Random(f"{style}/{seed}")
    look = look_of(style, seed)
    groups = _groups(rng, style, look)
    date, value = dates(rng) if rng.random() < 0.4 else ("", "")
    is_wide = look.shape in ("list", "tree") and not any(len(e.label) > 60 for g in groups for e in g.entries)
    columns = rng.choice((1, 1, 1, 2, 2, 3)) if is_wide and look.shape == "list" else 1
    around = Surroundings(*(rng.random() < share for share in (0.25, 0.35, 0.15, 0.2, 0.35, 0.3)))
    width = rng.choice((520, 640, 760)) + (rng.choice((260, 420)) if columns > 1 else 0) + 180 * (columns == 3)
    spec = ListSpec(
        style,
        groups,
        theme=rng.choices(list(THEMES), [_THEME_WEIGHTS[theme] for theme in THEMES])[0],
        title=rng.choice(words.TITLES) if rng.random() < 0.8 else "",
        list_name=rng.choice(("NCIC", "State Hotlist", "NCIC Alerts")) if rng.random() < 0.3 else "",
        account=rng.choice(words.AGENCIES) if rng.random() < 0.6 else "",
        date=date,
        date_value=value,
        counter="" if style.startswith("ink-") else rng.choice(("of", "selected", "", "")),
        font=f"'{rng.choices(_FONTS, _FONT_WEIGHTS)[0]}'",
        size=rng.choice((13, 14, 15, 16, 16, 18)),
        scale=rng.choice(_SCALES),
        width=width + 170 * around.sidebar + 92 * around.modal,
        columns=columns,
        gap=rng.choice((4, 8, 10, 14, 20)),
        is_zebra=rng.random() < 0.2,
        is_ruled=rng.random() < 0.25,
        mark_right=columns == 1 and look.shape in ("list", "menu", "words") and rng.random() < _right_share(look),
        words=rng.choice(words.WORD_PAIRS),
        around=around,
        look=seed,
    )
    if look.shape not in ("chips",) and rng.random() < 0.12:
        above, below = rng.choice(((0.3, 0.0), (0.0, 0.35), (0.2, 0.2)))
        spec = replace(spec, cut_top=above, cut_bottom=below)
    return spec


def dates(rng: random.Random) -> tuple[str, str]:
    """A date as a screen prints it, and as YYYY-MM-DD."""
    year, month, day = 2025, rng.randrange(len(_MONTHS)), rng.randint(1, 28)
    number = (1, 3, 5, 6, 8, 10, 11, 12)[month]
    forms = (
        f"{_MONTHS[month]} {day}, {year}",
        f"{number}/{day}/{year}",
        f"{year}-{number:02d}-{day:02d}",
        f"{_MONTHS[month][:3]} {day}, {year}",
    )
    return rng.choice(forms), f"{year}-{number:02d}-{day:02d}"


def look_of(style: str, seed: int) -> Look | Pen:
    """How the marks of a page look: by its style, or, where every seed looks otherwise, by that."""
    return PENS[style] if style in PENS else browser_look(style, seed)


def _right_share(look: Look | Pen) -> float:
    if look.shape == "words":
        return 0.85
    return 0.5 if look.kind is MarkStyle.TOGGLE else 0.15


def _groups(rng: random.Random, style: str, look: Look | Pen) -> tuple[Group, ...]:
    pool = list(words.NATIONAL)
    for more, share in ((words.OTHER_NATIONAL, 0.5), (words.STATE_LISTS, 0.4), (words.CUSTOM, 0.5)):
        if rng.random() < share:
            pool += rng.sample(more, rng.randint(2, 8))
    if rng.random() < 0.25 and look.shape not in ("menu", "chips", "table"):
        pool.append(rng.choice(words.LONG))
    rng.shuffle(pool)
    pool = pool[: rng.randint(5, 26)]
    if "Immigration Violator" not in pool:
        pool[rng.randrange(len(pool))] = "Immigration Violator"
    share = rng.choice((0.0, 1.0, 0.15, 0.4, 0.5, 0.6, 0.85))
    if look.shape == "chips":
        share = max(share, 0.4)
    with_notes = rng.random() < 0.25 and look.shape in ("list", "words")
    # A pale word is still that word, and nobody disables paper.
    has_disabled = look.kind not in (MarkStyle.CHIP, MarkStyle.WORD) and not style.startswith("ink-")
    entries = [_entry(rng, label, share, with_notes, has_disabled) for label in pool]
    if look.shape == "tree":
        return (Group("", tuple(_nested(rng, entries))),)
    if rng.random() < 0.35 and len(entries) > 6 and look.shape != "chips":
        at = sorted(rng.sample(range(2, len(entries) - 1), rng.randint(1, 2)))
        pieces = [entries[a:b] for a, b in zip([0, *at], [*at, len(entries)], strict=True)]
        names = rng.sample(words.GROUPS, len(pieces))
        return tuple(Group(name, tuple(piece)) for name, piece in zip(names, pieces, strict=True))
    if look.can_be_mixed and rng.random() < 0.3:
        return (Group("", tuple(_with_all(entries))),)
    return (Group("", tuple(entries)),)


def _entry(rng: random.Random, label: str, share: float, with_notes: bool, has_disabled: bool) -> Entry:
    is_on, is_disabled = rng.random() < share, has_disabled and rng.random() < 0.06
    state = MarkState.ON if is_on else MarkState.OFF
    if is_disabled:
        state = MarkState.DISABLED_ON if is_on else MarkState.DISABLED_OFF
    return Entry(label, state, description=rng.choice(words.DESCRIPTIONS) if with_notes and rng.random() < 0.6 else "")


def _nested(rng: random.Random, entries: list[Entry]) -> list[Entry]:
    nested: list[Entry] = []
    first = rng.randint(1, len(entries) - 2)
    cuts = [0, first, rng.randint(first + 1, len(entries) - 1), len(entries)]
    for name, (start, stop) in zip(rng.sample(words.GROUPS, 3), itertools.pairwise(cuts), strict=True):
        children = [replace(entry, level=1) for entry in entries[start:stop]]
        nested += [Entry(name, _parent_state(children)), *children]
    return nested


def _with_all(entries: list[Entry]) -> list[Entry]:
    return [Entry("Select all", _parent_state(entries)), *(replace(e, level=1) for e in entries)]


def _parent_state(children: list[Entry]) -> MarkState:
    on = sum(child.state in ON_STATES for child in children)
    return MarkState.OFF if on == 0 else MarkState.ON if on == len(children) else MarkState.MIXED
