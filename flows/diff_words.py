"""Differences between two snapshots, for the terminal, as Markdown and as JSON."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from flows.figures import cell
from flows.figures_markdown import escaped
from warehouse.diff import Change


def told(changes: Sequence[Change], is_markdown: bool) -> str:
    """Headings, sentences and short lists; of a part without a difference only that."""
    return "\n".join(_lines(changes, is_markdown)).strip("\n") + "\n"


def _lines(changes: Sequence[Change], is_markdown: bool) -> Iterator[str]:
    write = escaped if is_markdown else str
    for part, group in itertools.groupby(changes, key=lambda change: change.part):
        yield from ("", f"## {part}" if is_markdown else part.upper(), "")
        kinds = list(group)
        if not any(change.total for change in kinds):
            yield "No difference."
        for change in kinds:
            if change.total:
                yield from (write(change.said), "")
                yield from _cases(change, write)


def _cases(change: Change, write: Callable[[str], str]) -> Iterator[str]:
    for row in change.rows:
        named = zip(change.columns, row, strict=True)
        yield f"- {write('; '.join(f'{name} {cell(value)}' for name, value in named if value is not None))}"
    if change.total > len(change.rows) > 0:
        yield f"- … and {change.total - len(change.rows):,} more (--limit, --format json)"
    yield ""


def as_data(changes: Sequence[Change]) -> list[dict[str, object]]:
    """For JSON: each kind with its total and its cases."""
    return [
        asdict(change) | {"rows": [dict(zip(change.columns, row, strict=True)) for row in change.rows]}
        for change in changes
    ]
