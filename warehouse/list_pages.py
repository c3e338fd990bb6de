"""The pages that show lists, as :mod:`warehouse.stitch` takes them: read from ``raw``, and from the issues so far."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

import duckdb

from records.hotlists import label_key
from records.marks import Agreement, MarkState, MarkStyle
from warehouse.overlap import Entry, Page

IDENTITY = ("account", "agency", "list_name", "title", "date")
"""Facts that say whose list a page shows, which and when: pages that differ in one show different lists."""
KNOWN = {state.value for state in MarkState} - {MarkState.UNREADABLE.value, MarkState.NOT_VISIBLE.value}
"""States that a mark can be said to be in."""

Facts = Mapping[tuple[str, int], Mapping[str, Sequence[str]]]
"""Document and page -> fact -> all that the page says, each thing once."""

_PAGE = """JOIN raw.page AS page ON page.document_id = x.document_id AND page.page_number = x.page_number
    JOIN raw.segment AS s ON s.segment_id = x.segment_id
    LEFT JOIN raw.receipt AS rec ON rec.document_id = x.document_id AND rec.receipt_number = 1"""
_EDGE = "(x.{box}.top <= 1 OR x.{box}.bottom >= page.height - 1)"
_CUT = """EXISTS (SELECT 1 FROM noticed AS n
            WHERE n.document_id = x.document_id AND n.page_number = x.page_number AND n.{number} = x.{number}
                AND n.code IN ('cut_at_edge', 'label_cut', 'mark_cut')
                AND coalesce(n.field, 'organization') = 'organization')"""
_MARKS = f"""SELECT x.document_id, x.page_number, x.segment_id, coalesce(rec.release_id, '') AS release_id, s.kind,
        page.page_class, s.first_page = s.last_page AS is_alone, x.mark_id AS id, x.mark_number AS number,
        x.label AS text, x.style, x.state, x.label_box.bottom - x.label_box.top AS height,
        {_EDGE.format(box="label_box")} OR {_CUT.format(number="mark_number")} AS is_cut
    FROM raw.hotlist_mark AS x {_PAGE}
    ORDER BY x.document_id, x.page_number, x.mark_number"""
_ROWS = f"""SELECT x.document_id, x.page_number, x.segment_id, coalesce(rec.release_id, '') AS release_id, s.kind,
        page.page_class, s.first_page = s.last_page AS is_alone, x.row_id AS id, x.row_number AS number,
        x.organization AS text, x.direction AS style, concat_ws(chr(31), x.direction, coalesce(x.shared_with_me, ''),
            coalesce(x.sharing_to, '')) AS state, x.row_box.bottom - x.row_box.top AS height,
        {_EDGE.format(box="row_box")} OR {_CUT.format(number="row_number")} AS is_cut
    FROM raw.sharing_row AS x {_PAGE}
    ORDER BY x.document_id, x.page_number, x.row_number"""


def hotlist_pages(connection: duckdb.DuckDBPyConnection, facts: Facts) -> list[Page]:
    """Every page with marks. ``noticed`` must hold the issues of the extraction."""
    return _pages(connection, _MARKS, facts)


def sharing_pages(connection: duckdb.DuckDBPyConnection, facts: Facts) -> list[Page]:
    """Every page with organizations of a sharing list."""
    return _pages(connection, _ROWS, facts)


def page_facts(connection: duckdb.DuckDBPyConnection, is_sure: bool = False) -> Facts:
    """What every page says besides its marks; dates as YYYY-MM-DD, and only those that are one.

    *is_sure*: only what the readers agree on, so that a misread name does not part the pages of one list.
    """
    found: dict[tuple[str, int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = connection.execute(
        "SELECT document_id, page_number, fact,"
        " CASE WHEN fact IN ('date', 'letter_date') THEN try_cast(value AS DATE)::VARCHAR"
        " ELSE coalesce(value, text) END FROM raw.page_fact WHERE NOT (? AND agreement IN (?, ?)) ORDER BY ALL",
        [is_sure, Agreement.DIFFER, Agreement.ONE],
    ).fetchall()
    for document_id, page_number, fact, said in rows:
        known = found[document_id, page_number][fact]
        if said is not None and label_key(said) not in map(label_key, known):
            known.append(said)
    return found


def _pages(connection: duckdb.DuckDBPyConnection, query: str, facts: Facts) -> list[Page]:
    result = connection.execute(query)
    names = [column[0] for column in result.description or []]
    by_page: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for values in result.fetchall():
        row = dict(zip(names, values, strict=True))
        by_page[row["document_id"], row["page_number"]].append(row)
    return [_page(rows, facts.get(place, {})) for place, rows in by_page.items()]


def _page(rows: list[dict[str, Any]], facts: Mapping[str, Sequence[str]]) -> Page:
    first = rows[0]
    kind, style = first["kind"], Counter(row["style"] for row in rows).most_common(1)[0][0]
    is_picture = first["page_class"] != "text"
    # A form has its own pages, and chips stand in no order: neither is scrolled.
    is_scrolled = is_picture and kind != "tick_box_form" and style != MarkStyle.CHIP
    return Page(
        document_id=first["document_id"],
        page_number=first["page_number"],
        segment_id=first["segment_id"],
        group=(first["release_id"], kind, style if is_scrolled else ""),
        is_scrolled=is_scrolled,
        is_alone=first["is_alone"],
        is_sortable=is_scrolled and kind == "sharing_list",
        facts={fact: label_key(facts[fact][0]) for fact in IDENTITY if len(facts.get(fact, ())) == 1},
        text_height=median(row["height"] or 1.0 for row in rows),
        entries=tuple(_entry(row, kind) for row in rows),
    )


def _entry(row: dict[str, Any], kind: str) -> Entry:
    is_known = kind == "sharing_list" or row["state"] in KNOWN
    text = row["text"] or ""
    return Entry(
        id=row["id"],
        number=row["number"],
        text=text,
        key=label_key(text),
        state=row["state"] if is_known else None,
        is_cut=row["is_cut"],
    )
