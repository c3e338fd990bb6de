"""release.toml: what is right is used, what is wrong is said, and nothing in it stops a run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.release_file import ReleaseFile, read_release_file
from records.issues import Severity
from records.release import FileHints, RequestStatus

_FULL = """
agency = "Sampleville PD"
state = "Florida"
time_zone = "America/New_York"
request_number = "R-1"
request_url = "https://records.example.org/R-1"
requested_date = 2025-12-01
produced_date = "2025-12-30"
status = "No records"
exemptions = ["a", "b"]
notes = "n"

[files."logs/café.pdf"]
kind = "audit_log"
pages = "3-20"
column_names = ["ID", "Reason"]
time_zone = "UTC"
producer = "Other PD"
date = 2025-11-30
password = "hush"
"""


def _read(folder: Path, text: str | bytes) -> ReleaseFile:
    path = folder / "release.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_release_file(path, "r")


def test_every_key_is_understood(tmp_path: Path) -> None:
    found = _read(tmp_path, _FULL)
    assert found.issues == []
    release = found.release
    assert (release.agency, release.state, release.time_zone) == ("Sampleville PD", "FL", "America/New_York")
    assert (release.requested_date, release.produced_date) == (date(2025, 12, 1), date(2025, 12, 30))
    assert release.status is RequestStatus.NO_RECORDS
    assert release.exemptions == ("a", "b")
    assert not release.is_inferred
    # The name is written as one code point here and as two on a Mac's disk.
    hints = found.hints_for("logs/cafe\u0301.pdf")
    assert hints == FileHints(
        "audit_log", 3, 20, ("ID", "Reason"), "UTC", "Other PD", date(2025, 11, 30), password="hush"
    )
    assert found.hints_for("other.pdf") == FileHints()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('state = "Atlantis"', "Expected a state or territory"),
        ('time_zone = "America/Springfield"', "Expected a time zone"),
        ('time_zone = "../../etc/passwd"', "Expected a time zone"),
        ('request_url = "javascript:alert(1)"', "https://"),
        ("produced_date = 20251103", "Expected a date such as"),
        ("produced_date = 2025-11-03T10:00:00", "Expected a date such as"),
        ('status = "maybe"', "fulfilled"),
        ("agency = 5", "valid string"),
        ('exemptions = "one"', "valid list"),
    ],
)
def test_a_wrong_value_is_left_out_and_the_rest_is_kept(tmp_path: Path, line: str, expected: str) -> None:
    found = _read(tmp_path, f'# a comment\n{line}\nnotes = "kept"\n')
    wrong = [issue for issue in found.issues if issue.code == "release_file_wrong_value"]
    assert len(wrong) == 1
    assert wrong[0].message.startswith(f"release.toml, line 2: {line.split(' ')[0]}")
    assert expected in wrong[0].message
    assert wrong[0].advice
    assert found.release.notes == "kept"
    assert getattr(found.release, line.split(" ")[0]) in (None, RequestStatus.UNKNOWN, ())


def test_an_unknown_key_is_named_with_the_likely_one(tmp_path: Path) -> None:
    found = _read(tmp_path, 'agancy = "X"\n')
    (issue,) = [issue for issue in found.issues if issue.code == "release_file_unknown_key"]
    assert "line 1: agancy" in issue.message
    assert issue.advice == "Did you mean agency?"


@pytest.mark.parametrize("pages", ["0", "9-3", "a-b", "1-2-3", "-5"])
def test_wrong_pages_cost_only_that_hint(tmp_path: Path, pages: str) -> None:
    found = _read(tmp_path, f'[files."a.pdf"]\npages = "{pages}"\npassword = "p"\n')
    assert found.hints_for("a.pdf") == FileHints(password="p")
    assert any("line 2: files.a.pdf.pages" in issue.message for issue in found.issues)


def test_a_wrong_password_is_not_repeated(tmp_path: Path) -> None:
    found = _read(tmp_path, '[files."a.pdf"]\npassword = ["secret"]\n')
    assert all("secret" not in repr(issue) for issue in found.issues)


@pytest.mark.parametrize(
    ("text", "said"),
    [("agency = \n", "line 1"), (b"\xff\xfe", "UTF-8"), ("a = 1\na = 2\n", "line 2"), ("[" * 5000, "TOML")],
)
def test_what_is_no_toml_is_said_and_the_release_taken_anyway(tmp_path: Path, text: str | bytes, said: str) -> None:
    found = _read(tmp_path, text)
    (issue,) = found.issues
    assert (issue.code, issue.severity) == ("release_file_malformed", Severity.ERROR)
    assert said in issue.message
    assert found.release.is_inferred
    assert found.release.release_id == "r"


def test_without_a_file_the_issue_says_what_is_missing(tmp_path: Path) -> None:
    found = read_release_file(tmp_path / "release.toml", "r")
    (issue,) = found.issues
    assert issue.code == "release_file_missing"
    assert "agency" in issue.message
    assert "time_zone" in issue.message
    assert found.release.is_inferred


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.toml").write_text('agency = "X"')
    (tmp_path / "release.toml").symlink_to(tmp_path / "elsewhere.toml")
    found = read_release_file(tmp_path / "release.toml", "r")
    assert found.release.agency is None
    assert found.issues[0].code == "release_file_malformed"


def test_dates_the_wrong_way_round_are_a_doubt(tmp_path: Path) -> None:
    found = _read(tmp_path, "requested_date = 2025-12-30\nproduced_date = 2025-12-01\n")
    assert "release_dates_reversed" in {issue.code for issue in found.issues}


@given(text=st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_stops_the_run(tmp_path: Path, text: str) -> None:
    assert _read(tmp_path, text.encode("utf-8", "surrogatepass")).release.release_id == "r"


_values = st.recursive(
    st.one_of(st.integers(-9, 9), st.booleans(), st.text("ab", max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("ab"), inner, max_size=2)),
    max_leaves=4,
)
_keys = st.sampled_from(["agency", "state", "files", "status", "exemptions", "produced_date", "other"])


@given(table=st.dictionaries(_keys, _values, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_shape_of_table_stops_the_run(tmp_path: Path, table: dict[str, object]) -> None:
    lines = [f"{key} = {_toml(value)}" for key, value in table.items()]
    found = _read(tmp_path, "\n".join(lines))
    assert not found.release.is_inferred
    assert {"other"} & table.keys() <= {issue.field for issue in found.issues}


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case list():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + "}"
        case _:
            return str(value)
