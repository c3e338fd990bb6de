"""Marks, organizations of sharing lists and facts of pages into ``raw``; the hotlist catalogue into ``core``."""

from __future__ import annotations

import duckdb

from records.hotlists import topics
from records.marks import MarkState
from warehouse.confidence import confidences
from warehouse.flat import registered
from warehouse.load_parts import MARK_ID, ROW_ID, SEGMENT_ID, box_of, read_parts

_CELLS = ("", "with_me_", "to_")
"""What the columns of the three cells of an organization begin with (``records.parts.SHARING_COLUMNS``)."""


def load_lists(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``raw.hotlist_mark``, ``raw.sharing_row`` and ``raw.page_fact``; segments and pages must be loaded."""
    columns = {"what": "string", "class": "string", "frequency": "double"}
    with registered(connection, "measured", columns, confidences()):
        _load_marks(connection)
        _load_sharing(connection)
    read_parts(
        connection,
        "fact",
        f"""INSERT INTO raw.page_fact
        SELECT f.document_id, page.segment_id, p.page_number, p.fact, p.text, p.value, p.agreement, {box_of()}
        FROM {{source}}
        LEFT JOIN raw.page AS page ON page.document_id = f.document_id AND page.page_number = p.page_number
        ORDER BY f.document_id, p.page_number, p.top, p.x0, p.fact""",
    )


def _load_marks(connection: duckdb.DuckDBPyConnection) -> None:
    parent = MARK_ID.replace("p.mark_number", "p.parent_number")
    # A mark that could not be read claims nothing, so there is nothing to be confident of.
    read_parts(
        connection,
        "mark",
        f"""INSERT INTO raw.hotlist_mark
        SELECT {MARK_ID}, f.document_id, {SEGMENT_ID}, p.page_number, p.mark_number, nullif(p.label, ''),
            p.label_agreement, p.state, p.state_basis, p.style, p.method, p.group_label,
            CASE WHEN p.parent_number IS NOT NULL THEN {parent} END,
            {box_of()}, {box_of("mark_")},
            CASE WHEN p.state <> '{MarkState.UNREADABLE}' THEN m.frequency END
        FROM {{source}}
        LEFT JOIN measured AS m ON m.what = 'mark' AND m.class = p.style || '/' || p.label_agreement
        ORDER BY f.document_id, p.page_number, p.mark_number""",
    )


def _load_sharing(connection: duckdb.DuckDBPyConnection) -> None:
    # least and greatest pass over nulls: a blank cell does not blank the row's box.
    x0, top = (f"least({', '.join(f'p.{cell}{side}' for cell in _CELLS)})" for side in ("x0", "top"))
    x1, bottom = (f"greatest({', '.join(f'p.{cell}{side}' for cell in _CELLS)})" for side in ("x1", "bottom"))
    cells = ", ".join(box_of(cell) for cell in _CELLS)
    read_parts(
        connection,
        "sharing",
        f"""INSERT INTO raw.sharing_row
        SELECT {ROW_ID}, f.document_id, {SEGMENT_ID}, p.page_number, p.row_number, p.organization, p.shared_with_me,
            p.sharing_to, p.direction, p.agreement, p.engine,
            struct_pack(x0 := {x0}, top := {top}, x1 := {x1}, bottom := {bottom}), {cells}, m.frequency
        FROM {{source}}
        LEFT JOIN measured AS m ON m.what = 'organization' AND m.class = p.agreement
        ORDER BY f.document_id, p.page_number, p.row_number""",
    )


def load_catalogue(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``core.hotlist_topic`` and ``core.hotlist_alias``."""
    known = [(topic.topic, topic.name, topic.list, topic.code) for topic in topics()]
    with registered(connection, "given", dict.fromkeys(("topic", "name", "list", "code"), "string"), known):
        connection.execute("INSERT INTO core.hotlist_topic FROM given ORDER BY topic")
    spellings = [(topic.topic, alias.text, alias.source) for topic in topics() for alias in topic.aliases]
    with registered(connection, "given", dict.fromkeys(("topic", "alias", "source"), "string"), spellings):
        connection.execute("INSERT INTO core.hotlist_alias FROM given ORDER BY topic, alias")
