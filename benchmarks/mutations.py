"""Does anything go wrong unseen? ``python -m benchmarks.mutations [--count N] [--only KIND …] [--examples]``.

Drawn logs are damaged in one place, read as the night job reads them, and loaded. After each damage either the rows
read are the rows printed, or an issue says that something is wrong; the table counts both, and what is neither.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import duckdb

from benchmarks.accuracy import read_back, run
from extractors import plan_job
from records.documents import DocumentState, SourceDocument
from records.release import Receipt, Release
from samples.mutations import KINDS, Mutated, layout_of, mutate, undamaged
from warehouse.build import BuildInputs, build

_RECEIVED = datetime(2025, 12, 1, tzinfo=UTC).replace(tzinfo=None)
_BATCH = 25
"""Documents that are built into one warehouse."""


_OF_THE_DRAWING = {"drop_row_under_total": {"left_over"}}
"""Issues that the drawing brings along, whatever is damaged: the total itself is in no cell."""


@dataclass(slots=True)
class Outcome:
    """What became of the mutations of one kind."""

    kind: str
    count: int = 0
    followed: int = 0
    """Rows read exactly as printed after the damage."""
    noticed: int = 0
    """An issue that the undamaged print does not have."""
    silent: int = 0
    """Neither."""
    codes: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)


def issues_of(documents: list[Mutated], work: Path) -> list[Counter[str]]:
    """The codes of each document's issues, as the warehouse has them."""
    sources, receipts, parts, keys = [], [], {}, []
    for document in documents:
        data = document.path.read_bytes()
        key = hashlib.sha256(data).hexdigest()
        keys.append(key)
        if key in parts:
            continue
        parts[key] = run(document.path, work)
        name = document.path.name
        has_rows = bool(read_back(parts[key]).rows)
        state = DocumentState.LOADED if has_rows else DocumentState.SET_ASIDE
        sources.append(SourceDocument(key, name, len(data), "application/pdf", state))
        receipts.append(Receipt("r", key, name, _RECEIVED))
    path = work / "mutations.duckdb"
    build(BuildInputs([Release("r")], receipts, sources, [], parts), path)
    found: dict[str, Counter[str]] = {key: Counter() for key in keys}
    with duckdb.connect(str(path), read_only=True) as connection:
        for key, code, count in connection.execute(
            "SELECT document_id, code, count(*) FROM core.issue WHERE document_id IS NOT NULL GROUP BY ALL"
        ).fetchall():
            found[key][code] = count
    return [found[key] for key in keys]


def rows_of(document: Mutated, work: Path) -> list[tuple[str, ...]]:
    """The rows read, white space removed, cells from left to right."""
    got = read_back(run(document.path, work))
    width = {ordinal: len(labels) for ordinal, labels in got.headers.items()}
    return [
        tuple(_squeeze(row.get(f"text_{j}") or "") for j in range(width[row["segment_ordinal"]])) for row in got.rows
    ]


def printed_rows(document: Mutated) -> list[tuple[str, ...]] | None:
    """The rows as printed, in the same form."""
    if document.rows is None:
        return None
    return [tuple(_squeeze(cell) for cell in row.cells) for row in document.rows]


def try_kind(kind: str, count: int, first: int, folder: Path, plain: dict[tuple[str, int], Counter[str]]) -> Outcome:
    """*count* mutations of one kind; *plain* keeps the issues of undamaged prints."""
    outcome = Outcome(kind)
    for begin in range(first, first + count, _BATCH):
        seeds = range(begin, min(begin + _BATCH, first + count))
        new = [seed for seed in seeds if (layout_of(kind, seed), seed) not in plain]
        found = issues_of([undamaged(layout_of(kind, seed), folder, seed) for seed in new], folder) if new else []
        plain |= {(layout_of(kind, seed), seed): codes for seed, codes in zip(new, found, strict=True)}
        documents = [mutate(kind, seed, folder) for seed in seeds]
        for seed, document, codes in zip(seeds, documents, issues_of(documents, folder), strict=True):
            before = plain[layout_of(kind, seed), seed]
            more = {code for code, number in codes.items() if number > before[code]} - _OF_THE_DRAWING.get(kind, set())
            wanted = printed_rows(document)
            followed = wanted is not None and rows_of(document, folder) == wanted
            outcome.count += 1
            outcome.followed += followed
            outcome.noticed += bool(more)
            outcome.codes.update(more)
            if not followed and not more:
                outcome.silent += 1
                outcome.examples.append(f"{layout_of(kind, seed)}, seed {seed}")
    return outcome


def table(outcomes: list[Outcome]) -> str:
    """The outcomes as a markdown table."""
    lines = [
        "| damage | tried | rows follow the print | noticed | neither | what notices |",
        "|---|---|---|---|---|---|",
    ]
    for o in outcomes:
        codes = ", ".join(f"{code} {number}" for code, number in o.codes.most_common(5))
        lines.append(f"| {o.kind} | {o.count} | {o.followed} | {o.noticed} | {o.silent} | {codes} |")
    return "\n".join(lines)


def unnoticeable(outcomes: list[Outcome]) -> list[str]:
    """The kinds of damage that one document alone does not always betray, in words."""
    return [
        f"{o.kind}: {o.count - o.noticed} of {o.count} leave a print that contradicts itself nowhere"
        for o in outcomes
        if o.noticed < o.count
    ]


def _squeeze(text: str) -> str:
    return "".join(text.split())


def main() -> None:
    """Damage, read, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="mutations of each kind")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--only", nargs="*", choices=KINDS, metavar="KIND", help="one of: " + ", ".join(KINDS))
    parser.add_argument("--examples", action="store_true", help="name the mutations that went unseen")
    options = parser.parse_args()
    outcomes: list[Outcome] = []
    plain: dict[tuple[str, int], Counter[str]] = {}
    # Whether the text layer is the print is another question, and the dearest one of a small document.
    unasked = patch.object(plan_job, "check_layer", lambda *_: None)
    with tempfile.TemporaryDirectory() as name, unasked:
        for kind in options.only or KINDS:
            outcomes.append(try_kind(kind, options.count, options.first, Path(name), plain))
            print(table(outcomes[-1:]).splitlines()[-1], flush=True)
            for example in outcomes[-1].examples if options.examples else []:
                print("   ", example, flush=True)
    print()
    print(table(outcomes))
    print("\nNot noticed from one source, where nothing printed tells:")
    for line in unnoticeable(outcomes):
        print("-", line)


if __name__ == "__main__":
    main()
