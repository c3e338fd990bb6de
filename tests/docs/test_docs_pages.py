"""The documentation holds what is there: links, codes, commands, settings, keys, columns. What it leaves out fails."""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
import typer

from flows.cli import app
from flows.exit_codes import ExitCode
from flows.release_file import read_release_file
from flows.release_table import FileTable, ReleaseTable
from flows.settings import Settings, variable_of
from tests.docs.codes import codes_in, emitted_codes
from tests.docs.reading_docs import PAGES, README, ROOT, anchors, blocks, links, text_of
from warehouse.dictionary import dictionary

DOCS = ROOT / "docs"
ERRORS = DOCS / "errors.md"
OPERATIONS = DOCS / "operations.md"
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
MADE_BY_A_COMMAND = {"docs/benchmarks.md"}
"""Pages that other pages may name before they are there."""


@EACH_PAGE
def test_links_lead_somewhere(page: Path) -> None:
    wrong = []
    for link in links(page):
        if re.match(r"https?://", link):
            wrong.append(f"{link}: pages name no host")
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists():
            wrong.append(f"{link}: there is no such file")
        elif anchor and anchor not in anchors(target):
            wrong.append(f"{link}: no such heading")
    assert wrong == []


def test_every_page_of_docs_is_reached_from_the_readme() -> None:
    named = {link.partition("#")[0] for link in links(README)}
    there = {page.relative_to(ROOT).as_posix() for page in PAGES if page != README}
    assert there - named - MADE_BY_A_COMMAND == set()


@EACH_PAGE
def test_a_page_names_no_host_and_no_path_of_a_machine(page: Path) -> None:
    text = text_of(page)
    hosts = [url for url in re.findall(r"https?://([\w.-]+)", text) if not url.endswith("example.org")]
    assert hosts == []
    assert re.findall(r"(?<![\w.~*$}>/…-])/(?:home|mnt|opt|root|tmp|Users|var|work)/\w[\w/.-]*", text) == []


@EACH_PAGE
def test_fenced_blocks_are_closed_and_have_a_known_language(page: Path) -> None:
    assert text_of(page).count("```") % 2 == 0
    assert {block.language for block in blocks(page)} <= {"", "sh", "text", "toml", "sql"}


def test_every_code_is_on_the_errors_page_and_no_other() -> None:
    emitted = emitted_codes(ROOT)
    told = set(re.findall(r'<a id="(\w+)"></a>`\1`', text_of(ERRORS)))
    assert sorted(f"{code} ({emitted[code]})" for code in emitted.keys() - told) == []
    assert sorted(told - emitted.keys()) == []


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("class E(DocumentError):\n    code = 'cut_short'", {"cut_short"}),
        ("Issue('odd', Severity.DOUBT, message)", {"odd"}),
        ("PageIssue(code='odd', severity=Severity.DOUBT)", {"odd"}),
        ("found.append(('odd', Severity.DOUBT, message))", {"odd"}),
        ("def make(text, code): return Issue(code, severity, text)\nmake('x y', 'odd')", {"odd"}),
        ("Issue('odd' if n else 'even', severity, message)", {"odd", "even"}),
        ("print('odd')", set()),
    ],
)
def test_codes_are_found_however_they_are_written(source: str, codes: set[str]) -> None:
    assert codes_in(ast.parse(source)) == codes


def test_the_data_dictionary_is_in_step() -> None:
    assert text_of(DOCS / "data-dictionary.md") == dictionary(), (
        "run python -m warehouse.dictionary docs/data-dictionary.md"
    )


def test_the_data_dictionary_leaves_no_column_without_words() -> None:
    assert re.findall(r"^\|.*\| *(?:None)? *\|$", dictionary(), re.MULTILINE) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_told_in_the_readme_and_in_operations(command: str) -> None:
    for page in (README, OPERATIONS):
        assert f"recordtrail {command}" in text_of(page), f"{page.name} does not mention it"


def test_no_page_tells_of_a_command_that_does_not_exist() -> None:
    for page in PAGES:
        named = set(re.findall(r"(?:`|bin/|^|# )recordtrail ([a-z][a-z-]*)", text_of(page), re.MULTILINE))
        assert named <= {*COMMANDS, "ends"}, page.name


def test_options_that_pages_give_exist() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for page in PAGES:
        for name, arguments in re.findall(r"recordtrail ([a-z][a-z-]*)((?: [^`\n]*)?)", text_of(page)):
            if name in commands:
                known = {option for one in commands[name].params for option in (*one.opts, *one.secondary_opts)}
                assert set(re.findall(r"(?<!\S)--[a-z-]+", arguments)) <= known | {"--help"}, f"{page.name}: {name}"


@pytest.mark.parametrize("code", list(ExitCode), ids=lambda code: str(code.value))
def test_every_exit_code_is_in_operations(code: ExitCode) -> None:
    assert f"| {code.value} | {code.meaning} |" in text_of(OPERATIONS)


def test_every_setting_is_in_operations_and_no_other() -> None:
    settings = {variable_of(setting.name) for setting in fields(Settings)}
    told = set(re.findall(r"^\| `(RECORDTRAIL_\w+)` \|", text_of(OPERATIONS), re.MULTILINE))
    assert told == settings
    everywhere = {name for page in PAGES for name in re.findall(r"RECORDTRAIL_[A-Z_]*[A-Z]", text_of(page))}
    assert everywhere - settings <= {"RECORDTRAIL_REAL_DOCUMENTS"}


def test_the_example_of_a_release_file_has_every_key_and_no_mistake(tmp_path: Path) -> None:
    (example,) = [block.text for block in blocks(README) if block.language == "toml"]
    file = tmp_path / "release.toml"
    file.write_text(example, encoding="utf-8")
    assert read_release_file(file, "example").issues == []
    content = tomllib.loads(example)
    assert content.keys() == ReleaseTable.model_fields.keys()
    (hints,) = content["files"].values()
    assert hints.keys() == {field.alias or name for name, field in FileTable.model_fields.items()}
