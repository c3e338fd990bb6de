"""Pictures of settings and sharing lists: each list once, every entry with its marks, and nothing claimed unseen."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from records.errors import WarehouseError
from records.hotlists import topics
from tests.unit.lists_factory import Mark, doubt, line_box, mark_box, say, settings, sharing
from tests.unit.parts_factory import PartsFactory, document_id, inputs
from warehouse.build import BuildInputs, build
from warehouse.confidence import confidences

Rows = list[tuple[object, ...]]

NCIC = {topic.topic for topic in topics() if topic.list == "ncic"}
TOP: list[Mark] = [("Stolen Vehicle", "on"), ("Stolen Plate", "on"), ("Missing Person", "off"), ("Sex Offender", "off")]
MIDDLE: list[Mark] = [*TOP[2:], ("Immigration Violator", "on"), ("Local List 7", "mixed")]
BOTTOM: list[Mark] = [*MIDDLE[2:], ("Violent Person", "disabled_off")]


def asked(tmp_path: Path, given: BuildInputs | Sequence[PartsFactory], *queries: str) -> list[Rows]:
    """The answers of a warehouse built of *given*."""
    made = given if isinstance(given, BuildInputs) else inputs(tmp_path / "parts", *given)
    build(made, tmp_path / "b.duckdb")
    with duckdb.connect(tmp_path / "b.duckdb", read_only=True) as connection:
        return [connection.execute(query).fetchall() for query in queries]


def issues(code: str) -> str:
    return f"SELECT left(document_id, 16), mark_number, row_number FROM core.issue WHERE code = '{code}' ORDER BY ALL"


def prefix(name: str) -> str:
    return document_id(name)[:16]


STATES = 'SELECT label, state FROM "out".hotlist_setting WHERE mark_id IS NOT NULL ORDER BY list_id, entry_number'
LISTS = "SELECT list_id, list(left(document_id, 16) ORDER BY page_ordinal), list(joined_by ORDER BY page_ordinal)"
LISTS += " FROM core.list_page GROUP BY list_id ORDER BY list_id"


def test_a_mark_is_loaded_with_all_that_the_parts_say_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.load_lists.confidences", lambda: [])
    one = settings("one", TOP)
    one.tables["mark"][1] |= {"parent_number": 1, "group_label": "NCIC"}
    columns = "mark_id, segment_id, label, state, state_basis, style, method, group_label, parent_mark_id"
    (found, boxes, counts) = asked(
        tmp_path,
        [one],
        f"SELECT {columns} FROM raw.hotlist_mark WHERE mark_number = 2",
        "SELECT label_box, mark_box, confidence FROM raw.hotlist_mark WHERE mark_number = 2",
        "SELECT mark_count, sharing_count FROM raw.document WHERE state = 'loaded'",
    )
    mark = f"{prefix('one')}-p00001-m00"
    told = ("Stolen Plate", "on", "ring and tick", "check_box", "pixels", "NCIC")
    assert found == [(f"{mark}2", f"{prefix('one')}-s1", *told, f"{mark}1")]
    assert boxes == [(line_box(2), {side.removeprefix("mark_"): v for side, v in mark_box(2).items()}, None)]
    assert counts == [(4, 0)]


def test_a_setting_has_its_topic_code_date_and_citation(tmp_path: Path) -> None:
    columns = "topic, code, label, state, as_of_date, as_of_basis, standing, page_number, citation, trace_url"
    ((found,),) = asked(
        tmp_path,
        [settings("one", [("N - Deported Felon", "on")])],
        f'SELECT {columns} FROM "out".hotlist_setting WHERE mark_id IS NOT NULL',
    )
    citation = "Example Sheriff, request R-1, produced 2025-05-01, file logs/one.pdf, page 1, mark 1, SHA-256 "
    assert found == (
        *("immigration_violator", "N", "N - Deported Felon", "on", date(2025, 5, 1), "produced", "machine", 1),
        *(citation + document_id("one"), f"/trace/{prefix('one')}-p00001-m001"),
    )


def test_what_a_cropped_picture_does_not_show_is_not_visible_and_never_off(tmp_path: Path) -> None:
    hidden, lists = asked(
        tmp_path,
        [settings("one", TOP)],
        "SELECT topic, mark_id, label, citation, trace_url FROM \"out\".hotlist_setting WHERE state = 'not_visible'",
        LISTS,
    )
    shown = {"stolen_vehicle", "stolen_plate", "missing_person", "sex_offender"}
    assert {topic for topic, *_ in hidden} == NCIC - shown
    assert {(mark, label) for _, mark, label, *_ in hidden} == {(None, None)}
    assert all("page 1, not shown on the page, SHA-256" in str(row[3]) for row in hidden)
    assert {row[4] for row in hidden} == {f"/trace/{prefix('one')}-p00001-list"}
    assert lists == [(f"{prefix('one')}-p00001-list", [prefix("one")], ["first"])]


def test_chips_say_nothing_about_topics_without_a_chip(tmp_path: Path) -> None:
    states = asked(
        tmp_path,
        [settings("chips", [("Stolen Vehicle", "on"), ("Wanted Person", "on")], style="chip")],
        'SELECT state, count(*) FROM "out".hotlist_setting GROUP BY ALL ORDER BY ALL',
    )
    assert states == [[("not_visible", len(NCIC) - 2), ("on", 2)]]


def test_an_unreadable_mark_stays_unreadable(tmp_path: Path) -> None:
    states = asked(
        tmp_path,
        [settings("one", [("Immigration Violator", "unreadable"), ("Felony", "on")])],
        "SELECT state FROM \"out\".hotlist_setting WHERE topic = 'immigration_violator'",
    )
    assert states == [[("unreadable",)]]


def test_a_label_that_the_catalogue_does_not_know_is_kept_and_named_beside_what_it_resembles(tmp_path: Path) -> None:
    one = settings("one", [("lmmigration Vio1ator", "on"), ("Service Vehicle", "off")])
    one.tables["mark"][0]["label_agreement"] = "differ"
    states, hidden, doubts = asked(
        tmp_path,
        [one],
        'SELECT topic, label, state FROM "out".hotlist_setting WHERE mark_id IS NOT NULL ORDER BY entry_number',
        'SELECT topic, like_labels, issue_count FROM "out".hotlist_setting WHERE mark_id IS NULL AND issue_count > 0',
        issues("label_near_topic"),
    )
    assert states == [(None, "lmmigration Vio1ator", "on"), (None, "Service Vehicle", "off")]
    assert hidden == [("immigration_violator", ["lmmigration Vio1ator"], 1)]
    assert doubts == [(prefix("one"), 1, None)]


def test_a_label_that_could_not_be_read_may_be_any_topic(tmp_path: Path) -> None:
    one = settings("one", TOP)
    one.tables["mark"][0] |= {"label": "", "label_agreement": "one"}
    shown, hidden = asked(
        tmp_path,
        [one],
        'SELECT label, topic, state FROM "out".hotlist_setting WHERE entry_number = 1',
        "SELECT DISTINCT issue_count FROM \"out\".hotlist_setting WHERE state = 'not_visible'",
    )
    assert (shown, hidden) == ([(None, None, "on")], [(1,)])


@pytest.mark.parametrize("names", ["abc", "acb", "bac", "bca", "cab", "cba"])
def test_screenshots_of_one_scrolled_list_are_ordered_by_what_they_show(names: str, tmp_path: Path) -> None:
    pictures = [settings(n, marks) for n, marks in zip(names, (TOP, MIDDLE, BOTTOM), strict=True)]
    states, lists, marks, gaps = asked(
        tmp_path,
        pictures,
        STATES,
        LISTS,
        "SELECT mark_ids FROM \"out\".hotlist_setting WHERE topic = 'immigration_violator'",
        "SELECT code FROM core.issue WHERE stage = 'derive'",
    )
    assert states == [*TOP, *MIDDLE[2:], *BOTTOM[2:]]
    top, middle, bottom = map(prefix, names)
    assert lists == [(f"{top}-p00001-list", [top, middle, bottom], ["first", "overlap", "overlap"])]
    assert marks == [([f"{middle}-p00001-m003", f"{bottom}-p00001-m001"],)]
    assert gaps == []


def test_a_seam_that_disagrees_names_both_marks_and_says_neither(tmp_path: Path) -> None:
    flipped = [MIDDLE[0], ("Sex Offender", "on"), *MIDDLE[2:]]
    states, doubts, counts = asked(
        tmp_path,
        [settings("top", TOP), settings("middle", flipped)],
        STATES,
        issues("seam_disagrees"),
        "SELECT issue_count FROM \"out\".hotlist_setting WHERE topic = 'sex_offender'",
    )
    assert states == [*TOP[:3], ("Sex Offender", "unreadable"), *MIDDLE[2:]]
    assert doubts == sorted([(prefix("top"), 4, None), (prefix("middle"), 2, None)])
    assert counts == [(2,)]


def test_a_mark_that_one_picture_cannot_tell_is_told_by_the_other(tmp_path: Path) -> None:
    blurred = [MIDDLE[0], ("Sex Offender", "unreadable"), *MIDDLE[2:]]
    states, doubts, shown = asked(
        tmp_path,
        [settings("top", TOP), settings("middle", blurred)],
        STATES,
        issues("seam_disagrees"),
        "SELECT mark_id FROM \"out\".hotlist_setting WHERE topic = 'sex_offender'",
    )
    assert states == [*TOP, *MIDDLE[2:]]
    assert (doubts, shown) == ([], [(f"{prefix('top')}-p00001-m004",)])


def test_an_entry_cut_by_the_edge_joins_nothing_and_hides_nothing(tmp_path: Path) -> None:
    top = settings("top", [*TOP, ("Immigration Viola", "unreadable")])
    doubt(top, "label_cut", 1, 5)
    middle = settings("middle", [("ng Person", "unreadable"), *MIDDLE[1:]])
    doubt(middle, "mark_cut", 1, 1)
    states, lists = asked(tmp_path, [top, middle], STATES, LISTS)
    assert states == [*TOP, *MIDDLE[2:]]
    assert [row[2] for row in lists] == [["first", "overlap"]]


def test_an_entry_on_the_edge_of_the_picture_joins_nothing_either(tmp_path: Path) -> None:
    middle = settings("middle", [("ssing Person", "unreadable"), *MIDDLE[1:]])
    middle.tables["mark"][0] |= {"top": 0.0, "bottom": 9.0}
    rest = settings("rest", [*MIDDLE[1:3], ("Local List 7", "unreadable")])
    rest.tables["mark"][2]["bottom"] = 1000.0  # the height of the picture
    states, lists = asked(tmp_path, [settings("top", TOP), middle, rest], STATES, LISTS)
    assert states == [*TOP, *MIDDLE[2:]]
    assert len(lists) == 1


def test_without_an_overlap_pictures_stay_observations_of_their_own(tmp_path: Path) -> None:
    pictures = [settings("top", TOP), settings("bottom", BOTTOM)]
    lists, notices, hidden = asked(
        tmp_path,
        pictures,
        LISTS,
        issues("not_stitched"),
        "SELECT count(DISTINCT list_id) FROM \"out\".hotlist_setting WHERE state = 'not_visible'",
    )
    assert len(lists) == 2
    assert notices == sorted([(prefix("top"), None, None), (prefix("bottom"), None, None)])
    assert hidden == [(2,)]


@pytest.mark.parametrize("fact", ["account", "list_name", "date", "agency", "title"])
def test_pictures_of_different_lists_are_not_stitched(fact: str, tmp_path: Path) -> None:
    texts = ("2025-01-01", "2025-02-02") if fact == "date" else ("North", "South")
    pictures = [settings(n, marks, facts={fact: t}) for n, marks, t in zip("ab", (TOP, MIDDLE), texts, strict=True)]
    (lists,) = asked(tmp_path, pictures, LISTS)
    assert len(lists) == 2


def test_a_name_that_the_readers_do_not_agree_on_parts_nothing(tmp_path: Path) -> None:
    pictures = [settings(n, marks, facts={"title": t}) for n, marks, t in (("a", TOP, "Lists"), ("b", MIDDLE, "Lisls"))]
    pictures[1].tables["fact"][0]["agreement"] = "differ"
    (lists,) = asked(tmp_path, pictures, LISTS)
    assert len(lists) == 1


def test_one_common_entry_joins_pictures_of_one_size_only(tmp_path: Path) -> None:
    rest: list[Mark] = [TOP[-1], ("Felony", "on"), ("Stolen Boat", "on")]
    (lists,) = asked(tmp_path / "same", [settings("a", TOP), settings("b", rest)], LISTS)
    assert [row[2] for row in lists] == [["first", "overlap"]]
    larger = settings("b", rest)
    for mark in larger.tables["mark"]:
        mark["bottom"] += 5
    (lists,) = asked(tmp_path / "larger", [settings("a", TOP), larger], LISTS)
    assert len(lists) == 2


def test_a_part_of_a_picture_in_the_same_states_is_the_same_list(tmp_path: Path) -> None:
    lists, states = asked(tmp_path, [settings("whole", TOP), settings("part", TOP[1:3])], LISTS, STATES)
    assert [row[2] for row in lists] == [["first", "contained"]]
    assert states == TOP


def test_the_same_list_in_other_states_is_two_observations_and_an_issue_at_every_difference(tmp_path: Path) -> None:
    before, after = TOP, [*TOP[:2], ("Missing Person", "on"), TOP[3]]
    lists, doubts = asked(
        tmp_path, [settings("before", before), settings("after", after)], LISTS, issues("seam_disagrees")
    )
    assert len(lists) == 2
    assert doubts == sorted([(prefix("before"), 3, None), (prefix("after"), 3, None)])


def test_pages_of_one_form_are_one_list_in_page_order(tmp_path: Path) -> None:
    form = settings("form", [("Alpha PD", "on"), ("Beta PD", "off")], [("Gamma SO", "on")], kind="tick_box_form")
    boxes, hidden, lists = asked(
        tmp_path,
        [form],
        'SELECT label, state, page_number FROM "out".tick_box ORDER BY entry_number',
        'SELECT * FROM "out".hotlist_setting',
        LISTS,
    )
    assert boxes == [("Alpha PD", "on", 1), ("Beta PD", "off", 1), ("Gamma SO", "on", 2)]
    assert hidden == []  # agencies are no topics
    assert [row[2] for row in lists] == [["first", "page_order"]]


def test_a_form_of_topics_is_a_hotlist(tmp_path: Path) -> None:
    form = settings("form", [("Immigration Violator", "off"), ("Other", "off")], kind="tick_box_form")
    assert asked(tmp_path, [form], STATES) == [[("Immigration Violator", "off"), ("Other", "off")]]


@pytest.mark.parametrize(
    ("facts", "produced", "expected"),
    [
        ({"date": "2025-03-04"}, date(2025, 5, 1), (date(2025, 3, 4), "printed")),
        ({"date": "someday"}, date(2025, 5, 1), (date(2025, 5, 1), "produced")),
        ({}, None, (date(2026, 1, 2), "received")),
    ],
)
def test_the_date_carries_its_basis(
    facts: dict[str, str], produced: date | None, expected: tuple[date, str], tmp_path: Path
) -> None:
    given = inputs(tmp_path / "parts", settings("one", TOP, facts=facts))
    release = dataclasses.replace(given.releases[0], produced_date=produced)
    given = dataclasses.replace(given, releases=[release, given.releases[1]])
    dates = asked(tmp_path, given, 'SELECT DISTINCT as_of_date, as_of_basis FROM "out".hotlist_setting')
    assert dates == [[expected]]


def test_a_letters_date_is_taken_before_the_release_and_two_printed_dates_are_none(tmp_path: Path) -> None:
    one = settings("one", TOP, letter_pages=1)
    say(one, 1, "date", "2025-04-05")
    for day in ("2025-03-01", "2025-03-02"):
        say(one, 2, "date", day)
    dates, doubts = asked(
        tmp_path, [one], 'SELECT DISTINCT as_of_date, as_of_basis FROM "out".hotlist_setting', issues("dates_differ")
    )
    assert dates == [(date(2025, 4, 5), "letter")]
    assert doubts == [(prefix("one"), None, None)]


def two_days(tmp_path: Path, *pictures: PartsFactory) -> BuildInputs:
    """Two pictures in two releases of one agency, produced on two days."""
    given = inputs(tmp_path / "parts", *pictures)
    later = dataclasses.replace(given.releases[0], release_id="later-2025", produced_date=date(2025, 9, 1))
    (mine,) = [receipt for receipt in given.receipts if receipt.document_id == pictures[1].document_id]
    receipts = [receipt for receipt in given.receipts if receipt is not mine]
    receipts.append(dataclasses.replace(mine, release_id="later-2025"))
    return dataclasses.replace(given, releases=[*given.releases, later], receipts=receipts)


CHANGES = 'SELECT topic, earlier_state, later_state, finding, earlier_citation, citation FROM "out".hotlist_change'


def test_a_change_is_told_with_both_days_and_both_citations(tmp_path: Path) -> None:
    now: list[Mark] = [("Stolen Vehicle", "on"), ("Stolen Plate", "unreadable"), ("Missing Person", "on")]
    (changes,) = asked(tmp_path, two_days(tmp_path, settings("then", TOP), settings("now", now)), CHANGES)
    ((topic, before, after, finding, earlier, later),) = changes
    assert (topic, before, after) == ("missing_person", "off", "on")
    assert finding == "changed from off to on between 2025-05-01 and 2025-09-01"
    assert "file logs/then.pdf, page 1, mark 3" in str(earlier) and "file logs/now.pdf, page 1, mark 3" in str(later)


@pytest.mark.parametrize("why", ["account", "list_name", "same_day", "no_agency", "day_not_known", "both_that_day"])
def test_no_change_is_told_where_it_cannot_be_known(why: str, tmp_path: Path) -> None:
    now: list[Mark] = [("Stolen Vehicle", "off"), *TOP[1:]]
    pictures = [settings("then", TOP), settings("now", now)]
    if why == "both_that_day":
        pictures.append(settings("again", TOP, facts={"date": "2025-09-01"}))
    if why in ("account", "list_name"):
        say(pictures[0], 1, why, "North")
        say(pictures[1], 1, why, "South")
    given = two_days(tmp_path, *pictures)
    changed = {
        "same_day": {"produced_date": date(2025, 5, 1)},
        "no_agency": {"agency": None},
        "day_not_known": {"produced_date": None},
    }.get(why, {})
    releases = [dataclasses.replace(release, **changed) for release in given.releases]
    (changes,) = asked(tmp_path, dataclasses.replace(given, releases=releases), CHANGES)
    assert changes == []


NAMES = ["Alder OR PD", "Birch County WA SO", "Cedar ID PD", "Dogwood OR - Tribal Police", "Elm UT PD", "Fir NV SO"]


def rows_of(*names: str) -> list[tuple[str, str | None, str | None]]:
    return [(name, None, None) for name in names]


def test_overlapping_pictures_of_a_sharing_list_show_each_organization_once(tmp_path: Path) -> None:
    pictures = [sharing("b", rows_of(*NAMES[3:])), sharing("a", rows_of(*NAMES[:4]))]
    found, raw = asked(
        tmp_path,
        pictures,
        'SELECT organization, direction, len(row_ids) FROM "out".sharing ORDER BY entry_number',
        "SELECT count(*) FROM raw.sharing_row",
    )
    assert found == [(name, "unknown", 2 if name == NAMES[3] else 1) for name in NAMES]
    assert raw == [(7,)]


def test_pieces_of_an_alphabetical_list_are_one_list_with_a_gap(tmp_path: Path) -> None:
    pictures = [sharing("b", rows_of(*NAMES[:3])), sharing("a", rows_of(*NAMES[3:]))]
    names, gaps, lists = asked(
        tmp_path, pictures, 'SELECT organization FROM "out".sharing ORDER BY entry_number', issues("list_gap"), LISTS
    )
    assert [name for (name,) in names] == NAMES
    assert gaps == [(prefix("a"), None, None)]
    assert [row[2] for row in lists] == [["first", "sorted"]]


def test_both_lists_are_kept_as_printed_with_direction_and_citation(tmp_path: Path) -> None:
    printed = sharing(
        "printed",
        [("Alder OR PD", "Alder, East; Alder, West", "Home"), ("Birch County WA SO", None, "Home")],
        [("Birch County WA SO", "Birch", None)],
        direction="both",
        page_class="text",
    )
    columns = "organization, direction, shared_with_me, sharing_to, page_number, as_of_basis, trace_url"
    found, cited, boxes = asked(
        tmp_path,
        [printed],
        f'SELECT {columns} FROM "out".sharing ORDER BY entry_number',
        'SELECT citation FROM "out".sharing WHERE entry_number = 3',
        "SELECT row_box, shared_with_me_box, sharing_to_box FROM raw.sharing_row WHERE row_number = 2",
    )
    row = f"/trace/{prefix('printed')}-p0000"
    assert found == [
        ("Alder OR PD", "both", "Alder, East; Alder, West", "Home", 1, "produced", f"{row}1-r001"),
        ("Birch County WA SO", "both", None, "Home", 1, "produced", f"{row}1-r002"),
        ("Birch County WA SO", "both", "Birch", None, 2, "produced", f"{row}2-r001"),  # printed twice, so there twice
    ]
    assert str(cited[0][0]).endswith(f"page 2, row 1, SHA-256 {document_id('printed')}")
    assert boxes == [(line_box(2) | {"x1": 700.0}, None, line_box(2, 500.0))]


def test_readings_and_issues_name_mark_row_and_column(tmp_path: Path) -> None:
    one, two = settings("one", TOP), sharing("two", rows_of(*NAMES))
    doubt(one, "style_not_known", 1, 2)
    said = {"page_number": 1, "reader": "rapidocr", "score": 0.5, **line_box(2)}
    one.tables["reading"] += [said | {"mark_number": 2, "text": "Stolen P1ate"}, said | {"text": "Settings"}]
    two.tables["reading"].append(said | {"row_number": 2, "column_ordinal": 0, "text": "Birch"})
    issue = {"code": "words_differ", "severity": "doubt", "message": "m", "page_number": 1, "row_number": 2}
    two.tables["issue"].append(issue | {"column_ordinal": 1})
    readings, found = asked(
        tmp_path,
        [one, two],
        "SELECT mark_id, row_id, field, text FROM raw.reading ORDER BY text",
        "SELECT mark_id, row_id, field FROM core.issue WHERE code IN ('style_not_known', 'words_differ') ORDER BY code",
    )
    mark, row = f"{prefix('one')}-p00001-m002", f"{prefix('two')}-p00001-r002"
    assert readings == [
        (None, row, "organization", "Birch"),
        (None, None, None, "Settings"),
        (mark, None, "label", "Stolen P1ate"),
    ]
    assert found == [(mark, None, None), (None, row, "shared_with_me")]


def test_confidence_is_what_was_measured_for_the_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = [("mark", "check_box/both", 0.998), ("organization", "both", 0.5)]
    monkeypatch.setattr("warehouse.load_lists.confidences", lambda: measured)
    marks = [("Felony", "on"), ("Stolen Boat", "unreadable")]
    found, rows = asked(
        tmp_path,
        [settings("one", marks), settings("two", [("Other", "on")], style="toggle"), sharing("s", rows_of("Alder"))],
        'SELECT label, round(confidence, 3) FROM "out".hotlist_setting WHERE mark_id IS NOT NULL ORDER BY label',
        'SELECT confidence FROM "out".sharing',
    )
    assert found == [("Felony", pytest.approx(0.998)), ("Other", None), ("Stolen Boat", None)]
    assert rows == [(0.5,)]


def test_a_class_is_as_frequent_as_it_was_counted_and_too_few_say_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = tmp_path / "confidence.toml"
    held.write_text('[mark]\n"toggle/both" = { right = 40, of = 50 }\n"word/both" = { right = 29, of = 29 }\n')
    monkeypatch.setattr("warehouse.confidence.importlib.resources.files", lambda _: tmp_path)
    assert confidences() == [("mark", "toggle/both", 0.8)]
    held.write_text('[mark]\n"toggle/both" = { right = 51, of = 50 }\n')
    with pytest.raises(WarehouseError, match="toggle/both"):
        confidences()
