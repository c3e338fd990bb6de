"""Whose connection is it? On a machine with several users, loopback alone keeps nobody out.

Linux tells the user of every socket in ``/proc/net/tcp``. Elsewhere nothing is known, and nobody is refused for it.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import sys
from pathlib import Path

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_LOCAL, _REMOTE, _USER = 1, 2, 7
"""Columns of the tables."""


def is_other_user(host: str, port: int, server_port: int, tables: tuple[Path, ...] = _TABLES) -> bool:
    """Whether the connection from *host* and *port* of this machine to *server_port* is another user's.

    Root is nobody else: it can read the data folder anyway.
    """
    try:
        local = f"{_hexadecimal(host)}:{port:04X}"
    except ValueError:
        return False
    for table in tables:
        with contextlib.suppress(OSError), table.open(encoding="ascii") as lines:
            next(lines, None)
            for line in lines:
                columns = line.split()
                if columns[_LOCAL] == local and columns[_REMOTE].endswith(f":{server_port:04X}"):
                    return int(columns[_USER]) not in (0, os.getuid())
    return False


def _hexadecimal(host: str) -> str:
    """An address as the tables write it: words of 32 bits in the order of this machine."""
    packed = ipaddress.ip_address(host).packed
    words = (packed[start : start + 4] for start in range(0, len(packed), 4))
    return "".join((word[::-1] if sys.byteorder == "little" else word).hex().upper() for word in words)
