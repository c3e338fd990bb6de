"""`recordtrail demo`: the whole pipeline on the synthetic samples, in a data folder of its own."""

from __future__ import annotations

import shlex
import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path

from rich.console import Console

from flows.paths import DataFolder
from flows.sql import Answer, ask
from flows.table_output import plain
from flows.words import count
from records.errors import ConfigurationError
from warehouse.query import connect

DEFAULT_FOLDER = Path("data") / "demo"
_LOADED = (
    "select agency, file_name, page_count, row_count, mark_count, sharing_count from out.document_status"
    " where document_state = 'loaded' order by agency, file_name"
)
_ONE_SETTING = (
    "select mark_id, label, state, as_of_date, citation from out.hotlist_setting"
    " where topic = 'immigration_violator' and state in ('on', 'off') order by as_of_date desc, mark_id limit 1"
)
_ONE_ROW = (
    'select row_id, org_name, searched_datetime, r."reason", citation from out.audit_search r'
    " where r.reason is not null order by row_id limit 1"
)


def copy_samples(folder: DataFolder) -> None:
    """Copy the sample releases into the inbox. A folder that holds other releases is refused."""
    with as_file(files("samples") / "inbox") as samples:
        if not samples.is_dir():
            raise ConfigurationError(
                "The samples are not installed.", "Run `recordtrail demo` from a full installation."
            )
        ours = {release.name for release in samples.iterdir()}
        if folder.inbox.is_dir() and {release.name for release in folder.inbox.iterdir()} - ours:
            raise ConfigurationError(
                f"{folder.root} holds releases that are no samples.",
                "Give the demo a folder of its own: --data FOLDER.",
            )
        for source in sorted(path for path in samples.rglob("*") if path.is_file()):
            target = folder.inbox / source.relative_to(samples)
            if not target.is_file() or target.read_bytes() != source.read_bytes():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)


def show_result(folder: DataFolder, console: Console) -> None:
    """Print what was loaded, one row with its citation, and the next commands to try."""
    with connect(folder.full_snapshot) as connection:
        loaded = ask(connection, _LOADED, 60)
        row = ask(connection, _ONE_ROW, 60)
        setting = ask(connection, _ONE_SETTING, 60)
    _say(console, "\nLoaded:")
    for agency, file_name, pages, *held in loaded.rows:
        nouns = ("row", "mark", "organization")
        told = [count(number, noun) for number, noun in zip(held, nouns, strict=True) if number]
        _say(console, f"  {agency}: {file_name}, {', '.join((count(pages, 'page'), *told))}")
    if setting.rows:
        _say(console, "\nOne setting of a hotlist, read from a picture:")
        _show_row(console, setting)
    if row.rows:
        _say(console, "\nOne row of an audit log, and where it is printed:")
        _show_row(console, row)
        recordtrail = _program()
        data = shlex.quote(_shortest(folder.root))
        row_id = row.rows[0][0]
        _say(console, "\nNext:")
        for command in (
            f"{recordtrail} status --data {data}",
            f"{recordtrail} trace {row_id} --data {data}",
            *(f"{recordtrail} trace {mark_id} --data {data}" for mark_id, *_ in setting.rows),
            f'{recordtrail} sql --data {data} "select search_type, count(*) from out.audit_search group by all"',
            f"{recordtrail} nightly --data {data}",
        ):
            _say(console, f"  {command}")


def _show_row(console: Console, answer: Answer) -> None:
    for column, value in zip(answer.columns, answer.rows[0], strict=True):
        _say(console, f"  {column}: {value}")


def _program() -> str:
    """How to call this program from here: it may live in an environment that is not on the PATH."""
    called = Path(sys.argv[0])
    if shutil.which("recordtrail") or called.suffix == ".py":
        return "recordtrail"
    return shlex.quote(_shortest(called.absolute()))


def _shortest(path: Path) -> str:
    cwd = Path.cwd()
    return str(path.relative_to(cwd)) if path.is_relative_to(cwd) else str(path)


def _say(console: Console, line: str) -> None:
    console.print(plain(line), markup=False, highlight=False, soft_wrap=True)
