"""The short pattern that is asked of every cell finds all that the long one finds."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.search_rules import field_kinds, not_value, odd, rules

PIECES = (
    "REDACTED", "redaction", "Redacted per", "pursuant to", "withheld", "EXEMPT", "from disclosure", "in full",
    "confidential", "[", "]", "(", ")", "***", "* *", "##", "\u2588", "\u25a0 \u25a0", "illegible", "\ufffd", "n/a",
    "none", "-", "...", "x", "0", "TBD", "", " ", "\u00a0", "\u200b", "\n", "(b)(6)", "(b)(7)(C)", "\u00a7 552.108",
    "Gov. Code 7923.600", "GC 6254(f)", "F.S. 119.071", "119.071(2)(c), F.S.", "OCGA 50-18-72", "24-72-305, C.R.S.",
    "and", ",", ";", "AB12CD3", "stolen veh", "26-1234", "plate only",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=5).flatmap(
    lambda pieces: st.sampled_from(("", " ")).map(lambda space: space.join(pieces))
)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize("field", [fields[0] for fields in field_kinds().values()])
@given(texts=st.lists(TEXTS, min_size=20, max_size=60))
def test_whatever_is_no_value_is_odd(connection: duckdb.DuckDBPyConnection, field: str, texts: list[str]) -> None:
    missed = connection.execute(
        "SELECT list_filter($texts, lambda text: regexp_matches(text, $not_value) AND NOT regexp_matches(text, $odd))",
        {"texts": texts, "not_value": not_value(field), "odd": odd(field)},
    ).fetchone()
    assert missed == ([],)


def test_no_rule_makes_a_citation_optional() -> None:
    """Where it were, a text without one could fit the rule and not the short pattern."""
    table = rules("cell_states")
    patterns = [p for state in ("masked", "redacted", "withheld", "illegible") for p in table[state]["patterns"]]
    for pattern in (*patterns, *table["partial"]["inside"]):
        _, *behind = pattern.split("%citation%")
        assert not any(rest[:1] in ("?", "*", "{") for rest in behind), pattern
