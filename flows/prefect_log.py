"""Prefect's log: to its API all of it, to the terminal only what our own command line does not tell better."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

from records.errors import PipelineError

_REPEATED = ("Crash detected!", "Finished in state Failed(")
"""What Prefect says after an error that it has logged with its traceback already."""


@contextlib.contextmanager
def quiet_prefect_log() -> Iterator[None]:
    """For the body of the ``with``; at its end waits until the API has the log, while its server still lives."""
    from prefect.logging.configuration import setup_logging
    from prefect.logging.handlers import APILogHandler

    setup_logging()
    handlers = logging.getLogger().handlers
    for handler in handlers:
        handler.addFilter(_is_told_by_nobody_else)
    try:
        yield
    finally:
        APILogHandler().flush()
        for handler in handlers:
            handler.removeFilter(_is_told_by_nobody_else)


def _is_told_by_nobody_else(record: logging.LogRecord) -> bool:
    """Our own errors end in one line with advice; Prefect would add a traceback. So would it for Ctrl-C and SIGTERM."""
    is_our_error = record.exc_info is not None and isinstance(record.exc_info[1], PipelineError)
    return not is_our_error and not record.getMessage().startswith(_REPEATED)
