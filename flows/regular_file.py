"""Opening a file that came from outside: it may have become a link or a pipe since it was listed."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


class NotARegularFileError(Exception):
    """A link, pipe, device or socket took the file's place."""


def open_regular(path: Path) -> BinaryIO:
    """Open *path* for reading, unbuffered. Follows no link, waits for no pipe. Raises NotARegularFileError, OSError."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NotARegularFileError from error
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotARegularFileError
    return os.fdopen(handle, "rb", buffering=0)
