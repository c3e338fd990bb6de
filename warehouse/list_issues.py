"""What is doubtful about lists: pages that contradict each other, pieces that nothing joins, labels almost known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import duckdb

from records.issues import Issue, Severity
from records.marks import Agreement
from warehouse.list_pages import Facts
from warehouse.overlap import Entry, Page
from warehouse.stitch import StitchedList, may_be_one_list

_SIGHT = "Look at both pages: recordtrail trace <id>."


def list_issues(lists: Sequence[StitchedList], facts: Facts) -> list[Issue]:
    """What the pages of *lists* of one kind say of each other."""
    return [*_seams(lists), *_shown_twice(lists), *_apart(lists), *_dates_differ(lists, facts)]


def near_topics(connection: duckdb.DuckDBPyConnection) -> list[Issue]:
    """Labels that resemble a topic and that the readers do not agree on: perhaps the topic, misread."""
    sure = [str(agreement) for agreement in (Agreement.LAYER, Agreement.BOTH, Agreement.FORMAT)]
    found = connection.execute(
        """SELECT m.document_id, m.page_number, m.mark_number, m.label, t.name
        FROM core.hotlist_observation AS o
        JOIN raw.hotlist_mark AS m ON m.mark_id = o.mark_id
        JOIN core.hotlist_topic AS t ON t.topic = o.near_topic
        WHERE NOT list_contains(?, m.label_agreement) ORDER BY m.mark_id""",
        [sure],
    ).fetchall()
    return [
        Issue(
            "label_near_topic",
            Severity.DOUBT,
            f"The label is almost, but not, a spelling of the topic {name}; it was not taken for it.",
            "Look at the label. If it is the topic, add the spelling to records/hotlist_catalogue.toml.",
            document_id=document_id,
            page_number=page_number,
            seen_text=label,
            mark_number=mark_number,
        )
        for document_id, page_number, mark_number, label, name in found
    ]


def _seams(lists: Sequence[StitchedList]) -> Iterator[Issue]:
    for one in lists:
        pages = one.pages_by_id()
        for views in one.entries:
            known = [view for view in views if view.state is not None]
            if len({view.state for view in known}) > 1:
                for view in known:
                    other = next(o for o in known if o.state != view.state)
                    yield _disagreement(pages[view.id], view, other)


def _shown_twice(lists: Sequence[StitchedList]) -> Iterator[Issue]:
    """Topics that two lists of one release, that may be the same list, show in different states."""
    settings = [one for one in lists if one.first.group[1] == "hotlist_configuration"]
    for k, one in enumerate(settings):
        for other in (other for other in settings[k + 1 :] if may_be_one_list(one, other)):
            mine, theirs = _once(one), _once(other)
            for key in mine.keys() & theirs.keys():
                if mine[key].state != theirs[key].state:
                    yield _disagreement(one.pages_by_id()[mine[key].id], mine[key], theirs[key])
                    yield _disagreement(other.pages_by_id()[theirs[key].id], theirs[key], mine[key])


def _once(one: StitchedList) -> dict[str, Entry]:
    """Key -> the first view that tells its state, for the labels that the list shows once."""
    count = Counter({view.key for view in views}.pop() for views in one.entries if len({v.key for v in views}) == 1)
    telling = (view for views in one.entries for view in views if view.state is not None and count[view.key] == 1)
    found: dict[str, Entry] = {}
    for view in telling:
        if view.key:
            found.setdefault(view.key, view)
    return found


def _disagreement(page: Page, view: Entry, other: Entry) -> Issue:
    is_row = page.group[1] == "sharing_list"
    if is_row:
        message = f"Another page of the list shows this organization with other entries: {other.id}."
    else:
        message = f"The mark shows {view.state}; another page of the list shows it {other.state}: {other.id}."
    return Issue(
        "seam_disagrees",
        Severity.DOUBT,
        message,
        _SIGHT,
        document_id=page.document_id,
        page_number=page.page_number,
        row_number=view.number if is_row else None,
        mark_number=None if is_row else view.number,
        seen_text=view.text or None,
    )


def _apart(lists: Sequence[StitchedList]) -> Iterator[Issue]:
    """Pictures that look like pieces of one list but have no entry in common that joins them."""
    for one in lists:
        page = one.first
        for found in one.pages:
            if found.joined_by == "sorted":
                yield _about_page(
                    "list_gap",
                    Severity.NOTICE,
                    "The list goes on here in alphabetical order; no entry is on both pictures, so entries between them"
                    " may be missing.",
                    found.page,
                )
        rest = (other for other in lists if other is not one and other.first.is_alone)
        if page.is_scrolled and page.is_alone and any(may_be_one_list(one, other) for other in rest):
            yield _about_page(
                "not_stitched",
                Severity.NOTICE,
                "Other pictures of this release look like parts of the same list, but no entries join them: they are"
                " kept as observations of their own.",
                page,
            )


def _dates_differ(lists: Sequence[StitchedList], facts: Facts) -> Iterator[Issue]:
    for one in lists:
        if len({date for found in one.pages for date in facts.get(found.page.key, {}).get("date", ())}) > 1:
            said = "Several dates are printed on the pages of this list; none is taken for its date."
            yield _about_page("dates_differ", Severity.DOUBT, said, one.first)


def _about_page(code: str, severity: Severity, message: str, page: Page) -> Issue:
    return Issue(code, severity, message, document_id=page.document_id, page_number=page.page_number)
