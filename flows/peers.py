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
        places = {f"{address}:{port:04X}" for address in _hexadecimals(host)}
    except ValueError:
        return False
    for table in tables:
        with contextlib.suppress(OSError), table.open(encoding="ascii") as lines:
            next(lines, None)
            for line in lines:
                columns = line.split()
                if columns[_LOCAL] in places and columns[_REMOTE].endswith(f":{server_port:04X}"):
                    return int(columns[_USER]) not in (0, os.getuid())
    return False


def _hexadecimals(host: str) -> list[str]:
    """An address as the tables write it: words of 32 bits in the order of this machine. One of IPv4 may also be
    reached from a socket of IPv6, which is listed under its mapped address."""
    address = ipaddress.ip_address(host)
    forms = [address.packed]
    if address.version == 4:
        forms.append(ipaddress.ip_address(f"::ffff:{address}").packed)
    elif (plain := address.ipv4_mapped) is not None:
        forms.append(plain.packed)
    return [_written(packed) for packed in forms]


def _written(packed: bytes) -> str:
    words = (packed[start : start + 4] for start in range(0, len(packed), 4))
    return "".join((word[::-1] if sys.byteorder == "little" else word).hex().upper() for word in words)
