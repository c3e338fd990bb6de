"""The decision log against a model: whatever is decided and undone, in whatever words."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from records.decisions import Decision, DecisionKind, Target, TargetKind, chained, live
from records.places import BBox
from review.decision_log import DecisionLog, read_log
from review.errors import DecisionError

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=10)
SIDES = st.floats(0, 1000, width=32)
KINDS = st.sampled_from([kind for kind in DecisionKind if kind is not DecisionKind.UNDO])


@st.composite
def targets(draw: st.DrawFn) -> Target:
    x0, top = draw(SIDES), draw(SIDES)
    box = BBox(x0, top, x0 + draw(st.floats(1, 100, width=32)), top + 1)
    page = draw(st.integers(1, 99))
    return Target(TargetKind.AUDIT_CELL, f"r{page}", draw(NAMES), draw(st.none() | WORDS), "ab" * 32, page, box)


STEPS = st.lists(st.tuples(KINDS, targets(), WORDS, NAMES) | st.integers(1, 8), max_size=8)


@given(STEPS)
def test_the_log_gives_back_what_was_said_and_what_counts_is_what_was_not_undone(
    steps: list[tuple[DecisionKind, Target, str, str] | int],
) -> None:
    said: list[tuple[DecisionKind, Target, str | None, str]] = []
    counted: set[int] = set()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "decisions.db"
        with DecisionLog(path) as log:
            for step in steps:
                try:
                    if isinstance(step, int):
                        log.undo(step, "anna")
                        assert step in counted
                        counted.remove(step)
                        said.append((DecisionKind.UNDO, said[step - 1][1], None, "anna"))
                    else:
                        kind, target, words, who = step
                        value = words if kind is DecisionKind.CORRECT else None
                        log.append(kind, target, who, value=value)
                        said.append((kind, target, value, who))
                        counted.add(len(said))
                except DecisionError:
                    refused_undo = isinstance(step, int) and step not in counted
                    assert refused_undo or (not isinstance(step, int) and step[2] == (step[1].seen_text or ""))
        entries = read_log(path)
    assert [(e.kind, e.target, e.value, e.who) for e in entries] == said
    assert [e.sequence for e in live(entries)] == sorted(counted)


@given(targets(), WORDS, st.sampled_from(["who", "reason", "target", "sequence", "snapshot_hash", "previous"]))
def test_the_chain_covers_every_word(target: Target, words: str, changed: str) -> None:
    entry = read_one(target, words)
    one = chained("a", entry)
    assert chained("a", replace(entry, chain="other")) == one
    other = {
        "who": replace(entry, who=entry.who + "x"),
        "reason": replace(entry, reason=words + "x"),
        "target": replace(entry, target=replace(target, field=target.field + "x")),
        "sequence": replace(entry, sequence=entry.sequence + 1),
        "snapshot_hash": replace(entry, snapshot_hash="f" * 64),
        "previous": entry,
    }[changed]
    assert chained("b" if changed == "previous" else "a", other) != one


def read_one(target: Target, words: str) -> Decision:
    """An entry as the log makes it."""
    with tempfile.TemporaryDirectory() as folder, DecisionLog(Path(folder) / "decisions.db") as log:
        return log.append(DecisionKind.ACCEPT, target, "anna", reason=words)
