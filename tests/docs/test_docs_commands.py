"""Every command that README and tutorial tell people to type is typed, in order, on the samples; and prints what they
say it prints."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.reading_docs import README, ROOT, Block, blocks, steps

TUTORIAL = ROOT / "docs" / "tutorial.md"
_MARK = "@@ step"
_BOOTSTRAP = {
    # The environment is the one that runs this test; setting one up is what CI does first.
    "python3 bootstrap.py demo": "recordtrail demo",
    "python3 bootstrap.py test": "true",
    "python3 bootstrap.py install": "true",
    "source .venv/bin/activate": "true",
}

Typed = Callable[[Path], list[tuple[Block, list[int], str]]]
"""Types a page's commands; gives for each ``sh`` block the exit codes and all that was printed."""


@pytest.fixture
def typed(tmp_path: Path, prefect_home: Path) -> Typed:
    checkout = tmp_path / "checkout"
    # README shows that the first night of a new folder makes Prefect's database; in the tutorial's it is there.
    shutil.copytree(prefect_home, checkout / "first-steps" / "prefect")
    shutil.copytree(ROOT / "samples" / "inbox", checkout / "samples" / "inbox")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, arguments in (("recordtrail", "-m flows.cli"), ("python", "")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {arguments} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("RECORDTRAIL_", "PREFECT_"))}
    environment = {**ours, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}

    def type_page(page: Path) -> list[tuple[Block, list[int], str]]:
        found = [block for block in blocks(page) if block.language in ("sh", "toml")]
        script = []
        for number, block in enumerate(found):
            if block.language == "toml":  # a file that the reader writes; its first line says which
                path = block.text.splitlines()[0].removeprefix("# ")
                script += [f"cat > {shlex.quote(path)} <<'@@'", block.text + "@@"]
                continue
            for step in steps(block):
                command = _BOOTSTRAP.get(step.command, step.command)
                script += [command, f'printf "\\n{_MARK} {number} $?\\n"']
        done = subprocess.run(
            ["bash", "-c", "\n".join(script)],
            cwd=checkout,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=900,
            check=False,
        )
        printed = [""] * len(found)
        codes: list[list[int]] = [[] for _ in found]
        for said, number_, code in re.findall(rf"(.*?)^{_MARK} (\d+) (\d+)$", done.stdout, re.MULTILINE | re.DOTALL):
            printed[int(number_)] += said
            codes[int(number_)].append(int(code))
        return [entry for entry in zip(found, codes, printed, strict=True) if entry[0].language == "sh"]

    return type_page


@pytest.mark.slow
@pytest.mark.parametrize("page", [README, TUTORIAL], ids=lambda page: page.name)
def test_commands_run_and_print_what_the_page_says(typed: Typed, page: Path) -> None:
    text_after = _text_after(page)
    for block, codes, printed in typed(page):
        where = f"{page.name}, line {block.line}\n{printed}"
        assert codes == [step.exit_code for step in steps(block)], where
        missing = [line for line in text_after.get(block.line, []) if not _is_printed(line, printed)]
        assert missing == [], where


def test_a_line_is_found_whatever_its_spaces_and_where_it_is_left_open() -> None:
    printed = "  1   13  \nPublished full-20251101T000000Z-ab.duckdb (content ab).\n"
    assert _is_printed("1 13", printed)
    assert _is_printed("Published full-….duckdb (content …).", printed)
    assert _is_printed("…", printed)
    assert not _is_printed("1 14", printed)
    assert not _is_printed("Published full-….duckdb (content …)!", printed)


def _text_after(page: Path) -> dict[int, list[str]]:
    """Line of an ``sh`` block -> the lines of the ``text`` block that follows it before any other ``sh`` block."""
    expected: dict[int, list[str]] = {}
    last: int | None = None
    for block in blocks(page):
        if block.language == "sh":
            last = block.line
        elif block.language == "text" and last is not None:
            expected[last] = [line for line in block.text.splitlines() if line.strip()]
    return expected


def _is_printed(line: str, printed: str) -> bool:
    """Whether a line of *printed* holds the words of *line*; ``…`` stands for anything, spaces for any spaces."""
    # The environment of a reader is .venv; here the program is on the PATH.
    words = line.replace(".venv/bin/recordtrail", "recordtrail").split()
    pattern = r"\s+".join(".*".join(map(re.escape, word.split("…"))) for word in words)
    return any(re.search(pattern, one) for one in printed.splitlines())
