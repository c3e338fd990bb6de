"""Lines in which a reader joined a state word and its topic: parted again where the page has a column of such words."""

from __future__ import annotations

from dataclasses import replace

from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.words import is_bare_word, state_word
from extractors.pictures.read_page import TextLine, Word


def part_words(runs: list[Run], lines: tuple[TextLine, ...], unit: float, scale: float) -> list[Run]:
    """*runs*, with a first or last word apart that says a state and stands in a column of two such words or more.

    A column may be joined in all of its lines: then nearly every line that begins at its edge begins with a state word,
    on as well as off.
    """
    bare = [r for r in runs if is_bare_word(r.text)]
    edges = _edges(runs, lines, unit)
    parted: list[Run] = []
    for run in runs:
        words = lines[run.line].words
        if len(words) < 2 or is_bare_word(run.text) or " ".join(w.text for w in words) != run.text:
            parted.append(run)
            continue
        first, last = words[0], words[-1]
        if is_bare_word(first.text) and (
            sum(abs(b.box[0] - run.box[0]) <= 0.3 * unit for b in bare) >= 2
            or sum(_ends_as(b, first, unit, scale) for b in bare) >= 2
            or any(abs(edge - run.box[0]) <= 0.3 * unit for edge in edges)
        ):
            at = words[1].box[0] * scale
            rest = " ".join(w.text for w in words[1:])
            parted += [_cut(run, first.text, run.box[0], first.box[2] * scale), _cut(run, rest, at, run.box[2])]
        elif is_bare_word(last.text) and sum(abs(b.box[0] - last.box[0] * scale) <= 0.3 * unit for b in bare) >= 2:
            to = words[-2].box[2] * scale
            rest = " ".join(w.text for w in words[:-1])
            parted += [_cut(run, rest, run.box[0], to), _cut(run, last.text, last.box[0] * scale, run.box[2])]
        else:
            parted.append(run)
    return parted


def _ends_as(bare: Run, first: Word, unit: float, scale: float) -> bool:
    """Whether a word alone and the first word of a line end at one place: a sign before them was read into the line."""
    return bare.text == first.text and abs(bare.box[2] - first.box[2] * scale) <= 0.3 * unit


def _edges(runs: list[Run], lines: tuple[TextLine, ...], unit: float) -> list[float]:
    """Where lines begin of which nearly all open with a word that says on, or with one that says off."""
    opened = [r for r in runs if _opens(r, lines)]
    found: list[float] = []
    for run in opened:
        beside = [r for r in opened if abs(r.box[0] - run.box[0]) <= 0.3 * unit]
        top, bottom = min(r.middle for r in beside), max(r.middle for r in beside)
        between = [r for r in runs if abs(r.box[0] - run.box[0]) <= 0.3 * unit and top <= r.middle <= bottom]
        said = {state_word(r.text.split()[0]) for r in beside}
        if len(beside) >= _COLUMN and len(said) == 2 and len(beside) >= _NEARLY_ALL * len(between):
            found.append(run.box[0])
    return found


def _opens(run: Run, lines: tuple[TextLine, ...]) -> bool:
    words = lines[run.line].words
    return bool(words) and run.text.startswith(words[0].text) and is_bare_word(words[0].text)


_COLUMN, _NEARLY_ALL = 5, 0.85
"""Lines that open with a state word from which on they are a column; of all lines that begin there."""


def _cut(run: Run, text: str, x0: float, x1: float) -> Run:
    return replace(run, text=text, box=(x0, run.box[1], x1, run.box[3]))
