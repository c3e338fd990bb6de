"""``raw`` -> lists: screenshots of one scrolled list stitched, every entry once, with all marks or rows that show it.

What two pages of a list say differently is an issue at each of them (:mod:`warehouse.list_issues`), and the entry then
says neither.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from records.hotlists import near_topic, topic_of
from records.marks import Direction, MarkState
from warehouse.flat import registered
from warehouse.list_issues import list_issues, near_topics
from warehouse.list_pages import Facts, hotlist_pages, page_facts, sharing_pages
from warehouse.load_issues import add_issues
from warehouse.overlap import Entry, Page
from warehouse.stitch import StitchedList, stitch

_LIST = {
    "list_id": "string",
    "release_id": "string",
    "document_id": "string",
    "page_number": "int32",
    "page_count": "int32",
    "account": "string",
    "agency_shown": "string",
    "list_name": "string",
    "title": "string",
    "printed_date": "string",
    "letter_date": "string",
}


def derive_lists(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the lists of ``core``; ``raw`` must be loaded, and ``noticed`` hold the issues of the extraction."""
    facts = page_facts(connection)
    identity = page_facts(connection, is_sure=True)
    settings = stitch(hotlist_pages(connection, identity))
    sharing = stitch(sharing_pages(connection, identity))
    letters = _letter_dates(connection, facts)
    _store_pages(connection, [*settings, *sharing])
    _store_settings(connection, settings, facts, letters)
    _store_sharing(connection, sharing, facts, letters)
    add_issues(connection, "derive", [*list_issues(settings, facts), *list_issues(sharing, facts)])
    add_issues(connection, "derive", near_topics(connection))


def list_id(page: Page) -> str:
    """``<16 hex>-p00001-list``: a list is named by its first page."""
    return f"{page.document_id[:16]}-p{page.page_number:05d}-list"


def _letter_dates(connection: duckdb.DuckDBPyConnection, facts: Facts) -> dict[str, str]:
    """Document -> the date of the letter in it, where there is one."""
    pages = connection.execute(
        "SELECT page.document_id, page.page_number FROM raw.page AS page JOIN raw.segment USING (segment_id)"
        " WHERE kind = 'letter' ORDER BY ALL"
    ).fetchall()
    dates: dict[str, set[str]] = {}
    for document_id, page_number in pages:
        dates.setdefault(document_id, set()).update(facts.get((document_id, page_number), {}).get("date", ()))
    return {document_id: min(said) for document_id, said in dates.items() if len(said) == 1}


def _store_pages(connection: duckdb.DuckDBPyConnection, lists: Sequence[StitchedList]) -> None:
    columns = {
        "list_id": "string",
        "page_ordinal": "int32",
        "document_id": "string",
        "page_number": "int32",
        "joined_by": "string",
        "overlap_count": "int32",
    }
    rows = [
        (list_id(one.first), ordinal, *found.page.key, found.joined_by, found.overlap_count)
        for one in lists
        for ordinal, found in enumerate(one.pages, start=1)
    ]
    with registered(connection, "given", columns, rows):
        connection.execute("INSERT INTO core.list_page FROM given ORDER BY list_id, page_ordinal")


def _store_settings(
    connection: duckdb.DuckDBPyConnection, lists: Sequence[StitchedList], facts: Facts, letters: Mapping[str, str]
) -> None:
    styles = dict(connection.execute("SELECT mark_id, style FROM raw.hotlist_mark").fetchall())
    made, entries = [], []
    for one in lists:
        kind = one.first.group[1]
        is_hotlist = kind != "tick_box_form"
        pages = one.pages_by_id()
        style = Counter(styles[id] for id in pages).most_common(1)[0][0]
        for number, views in enumerate(one.entries, start=1):
            shown, state = _view(views)
            topic = topic_of(shown.text)
            near = near_topic(shown.text) if topic is None else None
            is_hotlist = is_hotlist or topic is not None
            entries.append(
                (
                    shown.id,
                    list_id(one.first),
                    number,
                    pages[shown.id].document_id,
                    shown.text or None,
                    shown.key or None,
                    topic.topic if topic else None,
                    near.topic if near else None,
                    state or MarkState.UNREADABLE.value,
                    json.dumps([view.id for view in views]),
                )
            )
        made.append((*_list_row(one, facts, letters), kind, is_hotlist, style))
    with registered(connection, "given", {**_LIST, "kind": "string", "is_hotlist": "bool", "style": "string"}, made):
        _insert(connection, "core.hotlist_list")
    columns = dict.fromkeys(("mark_id", "list_id"), "string") | {"entry_number": "int32"}
    names = ("document_id", "label", "label_key", "topic", "near_topic", "state", "mark_ids")
    with registered(connection, "given", columns | dict.fromkeys(names, "string"), entries):
        connection.execute(
            "INSERT INTO core.hotlist_observation BY NAME"
            " SELECT * REPLACE (mark_ids::JSON::VARCHAR[] AS mark_ids) FROM given ORDER BY list_id, entry_number"
        )


def _store_sharing(
    connection: duckdb.DuckDBPyConnection, lists: Sequence[StitchedList], facts: Facts, letters: Mapping[str, str]
) -> None:
    entries = []
    for one in lists:
        pages = one.pages_by_id()
        for number, views in enumerate(one.entries, start=1):
            shown, _ = _view(views)
            directions = {view.state.partition("\x1f")[0] for view in views if view.state is not None}
            direction = directions.pop() if len(directions) == 1 else Direction.UNKNOWN.value
            ids = json.dumps([view.id for view in views])
            entries.append((shown.id, list_id(one.first), number, pages[shown.id].document_id, direction, ids))
    with registered(connection, "given", _LIST, [_list_row(one, facts, letters) for one in lists]):
        _insert(connection, "core.sharing_list")
    columns = dict.fromkeys(("row_id", "list_id"), "string") | {"entry_number": "int32"}
    names = ("document_id", "direction", "row_ids")
    with registered(connection, "given", columns | dict.fromkeys(names, "string"), entries):
        connection.execute(
            "INSERT INTO core.sharing_entry BY NAME"
            " SELECT * REPLACE (row_ids::JSON::VARCHAR[] AS row_ids) FROM given ORDER BY list_id, entry_number"
        )


def _insert(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    connection.execute(
        f"INSERT INTO {relation} BY NAME SELECT * REPLACE (printed_date::DATE AS printed_date,"
        " letter_date::DATE AS letter_date) FROM given ORDER BY list_id"
    )


def _list_row(one: StitchedList, facts: Facts, letters: Mapping[str, str]) -> tuple[Any, ...]:
    """The columns of ``_LIST``. What the pages say differently, the list does not say."""
    said: dict[str, dict[str, str]] = {}
    for found in one.pages:
        for fact, texts in facts.get(found.page.key, {}).items():
            said.setdefault(fact, {}).update({_same(text): text for text in texts})
    told = {fact: next(iter(texts.values())) for fact, texts in said.items() if len(texts) == 1}
    return (
        list_id(one.first),
        one.first.group[0] or None,
        *one.first.key,
        len(one.pages),
        *(told.get(fact) for fact in ("account", "agency", "list_name", "title", "date")),
        told.get("letter_date") or letters.get(one.first.document_id),
    )


def _same(text: str) -> str:
    return "".join(text.casefold().split())


def _view(views: Sequence[Entry]) -> tuple[Entry, str | None]:
    """The view that stands for an entry, and what the entry says: nothing, where its views say different things."""
    states = {view.state for view in views} - {None}
    whole = [view for view in views if not view.is_cut] or views
    telling = [view for view in whole if view.state is not None] or whole
    return telling[0], states.pop() if len(states) == 1 else None
