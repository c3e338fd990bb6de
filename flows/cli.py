"""The command ``recordtrail``: its help, exit codes and commands. The work is in the modules that commands import.

Those imports stand inside the commands on purpose: ``recordtrail --help`` must not wait for Prefect or DuckDB.
"""

from __future__ import annotations

import signal
import sys

import typer

from flows import cli_care, cli_decide, cli_look, cli_night, cli_report, cli_review, cli_share
from flows.exit_codes import ExitCode

_EPILOG = "**Exit codes**\n\n" + "\n\n".join(f"{code.value}  {code.meaning}" for code in ExitCode)

app = typer.Typer(
    name="recordtrail",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
    epilog=_EPILOG,
    help="From records releases (audit-log PDFs) to a DuckDB warehouse in which every value knows its place on a page."
    "\n\nPut each release into a folder of its own under the data folder's `inbox/`, with a `release.toml` that says"
    " whose it is, then run `recordtrail nightly`. `recordtrail demo` shows it all on invented records.",
)

_COMMANDS = {
    "Begin": (cli_night.demo, cli_care.doctor),
    "Every night": (cli_night.nightly, cli_night.ingest, cli_night.schedule, cli_care.retry),
    "Look": (cli_look.status, cli_look.sql, cli_report.report, cli_report.diff, cli_look.trace, cli_look.cite),
    "Share": (cli_share.export, cli_share.rollback, cli_share.prune),
    "Decide": (cli_review.review, cli_decide.decide, cli_decide.decisions, cli_decide.double_review),
}
for _panel, _commands in _COMMANDS.items():
    for _command in _commands:
        app.command(rich_help_panel=_panel)(_command)


def main() -> None:
    """The console script."""
    signal.signal(signal.SIGTERM, _terminated)
    app()


def _terminated(_signal: int, _frame: object) -> None:
    sys.exit(ExitCode.TERMINATED)


if __name__ == "__main__":
    main()
