"""The data dictionary as a page: ``python -m warehouse.dictionary [FILE]``.

Written from the comments in the schema, the questions of the checks and the alias table, so that it cannot say
anything else than they do. Without FILE it is printed. A test holds ``docs/data-dictionary.md`` in step.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import duckdb

from records.headers import header_aliases, header_spellings, normalise_header
from records.hotlists import topics
from records.rows import AUDIT_FIELDS
from warehouse.analyst_policy import LEAVE_OUT, Relation, rule_for
from warehouse.check import checks
from warehouse.migrate import migrate

_BOX = "STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT)"
_SCHEMAS = {
    "out": "for people; views, each with its citation",
    "core": "typed and linked; what is doubtful",
    "raw": "as printed and as handed over",
    "meta": "what the warehouse says about itself",
}
"""Those that people begin with come first."""

_HEAD = f"""\
# Data dictionary

Written by `python -m warehouse.dictionary docs/data-dictionary.md` from the comments in the schema; do not edit it.
The same is in every snapshot: `recordtrail sql "from meta.dictionary"`. Start at [out.audit_search](#outaudit_search).

`box` stands for `{_BOX}`, in points (1/72 inch) from the top-left corner of the page as displayed.
Quote `"out"` in programs that take it for a keyword.

The column *analyst* says what the masked copy has of a column: [treatments](sharing.md#what-is-in-it), `–`: nothing.
It has two tables of its own: `meta.analyst` (which build and key it is of) and `meta.masking` (what became of columns).
"""


def dictionary() -> str:
    """The whole page, as Markdown."""
    with duckdb.connect(":memory:") as connection:
        migrate(connection)
        columns = connection.execute(
            "SELECT schema_name, relation_name, relation_kind, relation_comment, column_name, data_type, column_comment"
            " FROM meta.dictionary ORDER BY list_position(?, schema_name), relation_name, column_ordinal",
            [list(_SCHEMAS)],
        ).fetchall()
    return "\n".join([_HEAD, *_relations(columns), *_aliases(), *_topics(), *_checks()])


def _relations(columns: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for schema, of_schema in groupby(columns, key=lambda column: column[0]):
        yield f"## {schema}: {_SCHEMAS[schema]}\n"
        for (name, kind, comment), found in groupby(of_schema, key=lambda column: column[1:4]):
            masked = rule_for(f"{schema}.{name}")
            yield f"### {schema}.{name}\n\n{_text(comment)} ({kind}{_shared_as(masked)})\n"
            rows = [
                (f"`{column}`", f"`{type_.replace(_BOX, 'box')}`", masked.rule(column).treatment, _text(said))
                for *_, column, type_, said in found
            ]
            if masked.form == LEAVE_OUT:
                yield _table(("column", "type", "what it holds"), [(row[0], row[1], row[3]) for row in rows])
            else:
                shown = [(*row[:2], "–" if row[2] == LEAVE_OUT else f"`{row[2]}`", row[3]) for row in rows]
                yield _table(("column", "type", "analyst", "what it holds"), shown)


def _shared_as(masked: Relation) -> str:
    """What the analyst file has of a relation, behind its kind."""
    if masked.form == LEAVE_OUT:
        return "; not in the analyst file"
    return "" if masked.name == masked.source else f"; in the analyst file part of it, as `{masked.name}`"


def _aliases() -> Iterator[str]:
    yield "## Printed headers\n"
    yield (
        "Which printed header stands for which field (`records/header_aliases.toml`). Case, spaces and punctuation but"
        " `#` make no difference.\nAny other header keeps its name in `other`, with an issue"
        " ([unknown_header](errors.md#unknown_header)).\n"
    )
    field_of = header_aliases()
    spellings = {
        field: [s for s in header_spellings() if field_of[normalise_header(s)] == field] for field in AUDIT_FIELDS
    }
    yield _table(("field", "printed as"), [(f"`{field}`", _text(", ".join(said))) for field, said in spellings.items()])


def _topics() -> Iterator[str]:
    yield "## Hotlist topics\n"
    yield (
        "Which label of a hotlist stands for which topic (`records/hotlist_catalogue.toml`), always as a whole. Case,"
        " spaces and punctuation make\nno difference; `NCIC` and the topic's own letter may stand before or behind it."
        " Any other label is kept verbatim and stands for no topic.\n"
    )
    rows = [
        (
            f"`{topic.topic}`",
            topic.list,
            topic.code or "",
            _text("; ".join(f"{a.text} ({a.source})" for a in topic.aliases)),
        )
        for topic in topics()
    ]
    yield _table(("topic", "list", "code", "written as (source)"), rows)


def _checks() -> Iterator[str]:
    yield "## Checks\n"
    yield (
        "Asked of every build. Each answer must be zero rows; otherwise nothing is published (exit code 5). The query"
        " of a check is in `warehouse/checks/`.\n"
    )
    yield _table(("check", "question"), [(f"`{check.name}`", _text(check.question)) for check in checks()])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _text(comment: str) -> str:
    """Text that Markdown shows as it is, also inside a table."""
    for letter in "\\|<*_[":
        comment = comment.replace(letter, f"\\{letter}")
    return comment


def main(arguments: Sequence[str]) -> int:
    """Write the page to the file named, or print it; the exit code."""
    match arguments:
        case []:
            print(dictionary(), end="")
        case [name] if not name.startswith("-"):
            Path(name).write_text(dictionary(), encoding="utf-8")
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
