"""What the commands' exit codes mean, and which error ends with which."""

from __future__ import annotations

import enum

from records.errors import ConfigurationError, PipelineError, RunInProgressError, ToolError, WarehouseError


class ExitCode(enum.IntEnum):
    """Documented in ``recordtrail --help`` and stable: schedulers and monitors act on them."""

    FINE = 0
    UNEXPECTED = 1
    USAGE = 2
    NEEDS_PERSON = 3
    BUSY = 4
    NOT_PUBLISHED = 5
    TOOL = 6
    INTERRUPTED = 130
    TERMINATED = 143

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


_MEANINGS: dict[ExitCode, str] = {
    ExitCode.FINE: "all fine (or nothing new)",
    ExitCode.UNEXPECTED: "unexpected error; run again with --debug",
    ExitCode.USAGE: "wrong usage or configuration",
    ExitCode.NEEDS_PERSON: "finished; documents not told of before were quarantined or set aside (see status)",
    ExitCode.BUSY: "another run holds the data folder",
    ExitCode.NOT_PUBLISHED: "a check failed: nothing was published, the last snapshot still serves",
    ExitCode.TOOL: "a tool is missing or crashed (see doctor)",
    ExitCode.INTERRUPTED: "interrupted by Ctrl-C",
    ExitCode.TERMINATED: "stopped by SIGTERM",
}


def exit_code_of(error: PipelineError) -> ExitCode:
    """The exit code a run ends with when *error* stopped it."""
    match error:
        case RunInProgressError():
            return ExitCode.BUSY
        case ConfigurationError():
            return ExitCode.USAGE
        case PipelineError(code="unknown_id"):
            return ExitCode.USAGE
        case ToolError():
            return ExitCode.TOOL
        case WarehouseError():
            return ExitCode.NOT_PUBLISHED
        case _:
            return ExitCode.UNEXPECTED
