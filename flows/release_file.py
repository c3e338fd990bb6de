"""``release.toml``: what a person says about a release and its files.

A mistake in it never stops a run and never costs the files: the key in question is left out, the rest is used, and an
issue names the line, the key and what was expected.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from flows.regular_file import NotARegularFileError, open_regular
from flows.release_table import FileTable, ReleaseTable
from records.issues import Issue, Severity
from records.release import FileHints, Release, RequestStatus

NAME = "release.toml"
_MAX_BYTES = 1024 * 1024
_WANTED = ("agency", "state", "time_zone", "request_number", "produced_date", "status")


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A release with its hints by file name, and what was wrong or missing in ``release.toml``."""

    release: Release
    hints: dict[str, FileHints]
    issues: list[Issue]

    def hints_for(self, path: str) -> FileHints:
        return self.hints.get(unicodedata.normalize("NFC", path), FileHints())


def read_release_file(path: Path, release_id: str) -> ReleaseFile:
    """Read ``release.toml``; without one, or with one that is no TOML, only the folder's name is known."""
    try:
        with open_regular(path) as file:
            untrusted_bytes = file.read(_MAX_BYTES + 1)
        if len(untrusted_bytes) > _MAX_BYTES:
            return _inferred(release_id, "release_file_malformed", f"{NAME} is larger than 1 MB.")
        text = untrusted_bytes.decode("utf-8-sig")
        untrusted = tomllib.loads(text)
    except FileNotFoundError:
        missing = ", ".join(_WANTED)
        return _inferred(release_id, "release_file_missing", f"There is no {NAME}: {missing} are not known.")
    except UnicodeDecodeError as error:
        return _inferred(release_id, "release_file_malformed", f"{NAME}: byte {error.start} is not UTF-8 text.")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return _inferred(release_id, "release_file_malformed", f"{NAME} is not TOML: {error}.")
    except NotARegularFileError:
        return _inferred(release_id, "release_file_malformed", f"{NAME} is a link or no file; it was not followed.")
    except OSError as error:
        return _inferred(release_id, "release_file_malformed", f"{NAME} cannot be read: {error.strerror}.")
    table, issues = _validated(untrusted, text, release_id)
    return _release_file(table, issues, release_id)


def _validated(untrusted: dict[str, Any], text: str, release_id: str) -> tuple[ReleaseTable, list[Issue]]:
    """The table without the keys that are wrong, and an issue for each of those."""
    issues: list[Issue] = []
    while True:
        try:
            return ReleaseTable.model_validate(untrusted), issues
        except ValidationError as error:
            wrong = {_key(e["loc"]): e for e in reversed(error.errors())}
            for key, details in sorted(wrong.items()):
                issues.append(_wrong_key(key, details, text, release_id, _take_out(untrusted, key)))


def _key(location: tuple[int | str, ...]) -> tuple[str, ...]:
    """The key to leave out: ``("status",)`` or ``("files", NAME, "pages")``."""
    depth = 3 if location[0] == "files" else 1
    return tuple(str(part) for part in location[:depth])


def _take_out(untrusted: dict[str, Any], key: tuple[str, ...]) -> object:
    table = untrusted
    for part in key[:-1]:
        table = table[part]
    return table.pop(key[-1])


def _wrong_key(key: tuple[str, ...], details: Any, text: str, release_id: str, value: object) -> Issue:
    spelled = ".".join(key)
    line = _line_of(text, key)
    where = f"{NAME}{f', line {line}' if line else ''}: {spelled}"
    if details["type"] == "extra_forbidden":
        fields = FileTable.model_fields if len(key) == 3 else ReleaseTable.model_fields
        known = [field.alias or name for name, field in fields.items()]
        near = difflib.get_close_matches(key[-1], known, 1)
        advice = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(known)}."
        return Issue(
            "release_file_unknown_key", Severity.DOUBT, f"{where} is no key we know.", advice, release_id, field=spelled
        )
    expected = str(details["msg"]).removeprefix("Value error, ")
    return Issue(
        "release_file_wrong_value",
        Severity.DOUBT,
        f"{where} is left out. {expected}.",
        f"Correct the line in {NAME} and run again.",
        release_id,
        field=spelled,
        seen_text=None if key[-1] == "password" else str(value)[:1000],
    )


def _line_of(text: str, key: tuple[str, ...]) -> int | None:
    """The line a key is set on, as far as a plain search can tell."""
    lines = text.splitlines()
    start = 0
    if len(key) == 3:
        start = next((n for n, line in enumerate(lines) if line.strip().startswith("[") and key[1] in line), 0)
    pattern = re.compile(rf"""\s*(?:\[.*)?["']?{re.escape(key[-1])}["']?\s*[=\]]""")
    return next((n + 1 for n, line in enumerate(lines) if n >= start and pattern.match(line)), None)


def _release_file(table: ReleaseTable, issues: list[Issue], release_id: str) -> ReleaseFile:
    facts = table.model_dump(exclude={"files", "exemptions"})
    release = Release(release_id=release_id, exemptions=tuple(table.exemptions), **facts)
    missing = [key for key in _WANTED if getattr(release, key) in (None, RequestStatus.UNKNOWN)]
    if missing:
        message = f"{NAME} does not say: {', '.join(missing)}."
        issues.append(
            Issue("release_incomplete", Severity.NOTICE, message, f"Add the keys to {NAME} if known.", release_id)
        )
    if release.requested_date and release.produced_date and release.produced_date < release.requested_date:
        message = f"{NAME}: produced_date lies before requested_date."
        issues.append(Issue("release_dates_reversed", Severity.DOUBT, message, "Correct one of them.", release_id))
    hints = {unicodedata.normalize("NFC", name): file.hints() for name, file in table.files.items()}
    return ReleaseFile(release, hints, issues)


def _inferred(release_id: str, code: str, message: str) -> ReleaseFile:
    advice = (
        f"Write a {NAME} beside the files (README, Your own releases) and run again; the files were taken without it."
    )
    severity = Severity.DOUBT if code == "release_file_missing" else Severity.ERROR
    issue = Issue(code, severity, message, advice, release_id)
    return ReleaseFile(Release(release_id, is_inferred=True), {}, [issue])
