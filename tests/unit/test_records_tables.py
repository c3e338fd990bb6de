"""The tables in records/: header spellings, error codes, the layout of parts."""

from __future__ import annotations

import dataclasses

import pytest

from records import errors
from records.errors import DOCUMENT_ERRORS, DocumentError, PipelineError
from records.headers import canonical_field, header_aliases, header_spellings, normalise_header
from records.issues import Issue
from records.parts import (
    CONTINUATION_COLUMNS,
    ISSUE_COLUMNS,
    PAGE_COLUMNS,
    ROW_COLUMNS,
    SEGMENT_COLUMNS,
    TABLES,
    cell_columns,
)
from records.rows import AUDIT_FIELDS


def every_error(base: type[PipelineError] = PipelineError) -> list[type[PipelineError]]:
    """*base* and what derives from it in records; other packages may have errors of their own."""
    found = [base, *(sub for direct in base.__subclasses__() for sub in every_error(direct))]
    return [error for error in found if error.__module__ == errors.__name__]


def test_no_spelling_stands_for_two_fields() -> None:
    seen: dict[str, str] = {}
    for spelling in header_spellings():
        field = canonical_field(spelling)
        assert field in AUDIT_FIELDS, spelling
        assert seen.setdefault(normalise_header(spelling), field) == field


def test_every_canonical_field_is_reached_by_its_name_and_by_a_printed_spelling() -> None:
    assert {canonical_field(name) for name in AUDIT_FIELDS} == set(AUDIT_FIELDS)
    assert {canonical_field(spelling) for spelling in header_spellings()} == set(AUDIT_FIELDS)


def test_a_clash_in_the_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("records.headers._table", lambda: {"name": ["User"], "reason": ["user"]})
    with pytest.raises(ValueError, match="'user' stands for"):
        header_aliases.__wrapped__()
    monkeypatch.setattr("records.headers._table", lambda: {"nickname": ["User"]})
    with pytest.raises(ValueError, match="not a canonical"):
        header_aliases.__wrapped__()


@pytest.mark.parametrize(
    ("printed", "field"),
    [
        ("ID", "id"),
        (" Org  Name ", "org_name"),
        ("Total\nNetworks\nSearched", "total_networks_searched"),
        ("cameraCount", "total_devices_searched"),
        ("LICENSE PLATE", "license_plate"),
        ("Case #", "case_number"),
        ("Case No.", "case_number"),
        ("Search Date/Time", "search_time"),
        ("userID", "name"),
        ("Text Prompt", "text_prompt"),
    ],
)
def test_printed_headers_map_to_fields(printed: str, field: str) -> None:
    assert canonical_field(printed) == field


@pytest.mark.parametrize("printed", ["", "#", "Officer Badge", "=MOD(ROW(),100)", "Column1", "Reason Code"])
def test_unknown_headers_map_to_nothing(printed: str) -> None:
    assert canonical_field(printed) is None


def test_normalising_keeps_the_number_sign() -> None:
    assert normalise_header("Case #") == "case#" != normalise_header("Case")


def test_error_codes_are_unique_and_each_has_advice() -> None:
    ours = every_error()
    codes = [error.code for error in ours]
    assert len(set(codes)) == len(codes), sorted(codes)
    for error in ours:
        assert error.code.replace("_", "").isalnum() and error.code.islower()
        assert len(error.advice.split()) >= 5, error.code
        assert error("said").advice == error.advice
        assert error("said", "do that").advice == "do that" != error.advice


def test_every_document_error_can_be_raised_again_by_its_code() -> None:
    assert set(DOCUMENT_ERRORS.values()) == set(every_error(DocumentError))
    assert all(kind.code == code for code, kind in DOCUMENT_ERRORS.items())


def test_every_document_error_advises_on_its_own_cause() -> None:
    general = (PipelineError.advice, DocumentError.advice)
    own = [kind.advice for kind in DOCUMENT_ERRORS.values() if kind is not DocumentError]
    assert not set(own) & set(general)


def test_only_our_errors_are_defined_in_errors() -> None:
    found = {v for v in vars(errors).values() if isinstance(v, type) and issubclass(v, Exception)}
    assert found == set(every_error())


def test_an_issue_can_be_stored_as_far_as_it_goes() -> None:
    stored = {"column_ordinal" if f.name == "field" else f.name for f in dataclasses.fields(Issue)}
    assert set(ISSUE_COLUMNS) <= stored


def test_parts_name_each_column_once() -> None:
    columns = [*ROW_COLUMNS, *(name for j in range(14) for name in cell_columns(j))]
    assert len(set(columns)) == len(columns)
    assert {"glyphs_seen", "glyphs_used", "glyphs_furniture", "glyphs_left"} <= set(PAGE_COLUMNS)
    assert {"page_number", "row_number", "continued_page_number"} <= set(CONTINUATION_COLUMNS)
    assert "segment" in TABLES and TABLES["segment"] is SEGMENT_COLUMNS
    kinds = {kind for columns in (*TABLES.values(), ROW_COLUMNS, cell_columns(0)) for kind in columns.values()}
    assert kinds == {"int32", "float", "string", "bool"}
