"""What the review page is given when it is made: where things are, who reviews, who may ask, and who draws pages.

Pages are parsed and drawn by children under limits, and the ledger belongs to the flows: both come in as functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Draw = Callable[[str, Sequence[tuple[int, Path]], float], None]
"""Draws pages of a document (its id; page numbers and the PNG files to write) at so many pixels per point. Raises
``PipelineError``."""


def _nobody(_host: str, _port: int, _own_port: int) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One data folder, as the review page sees it."""

    snapshot: Path
    """The symlink to the published full snapshot."""
    decisions: Path
    """The decision log."""
    pictures: Path
    """Folder of the pictures drawn before; made when missing, bounded by ``pictures_bytes``."""
    secret: bytes
    """Signs sessions; kept over restarts, so that nobody is thrown out by one."""
    draw: Draw
    ledger: Callable[[], Mapping[str, Any]]
    """What the ledger knows: ``runs``, ``documents`` and ``releases`` as lists of mappings; see flows/reviewing.py."""
    reviewer: str = ""
    """Who reviews when nobody says otherwise; empty: everybody has to say."""
    password: str = ""
    """Asked for at the door; empty only on loopback."""
    hosts: frozenset[str] = frozenset()
    """Names in a ``Host`` header that are answered, beside those of loopback."""
    is_stranger: Callable[[str, int, int], bool] = _nobody
    """Whether a connection (its address and port, and ours) of this machine is another user's."""
    is_loopback: bool = True
    """Whether only this machine can reach it. Elsewhere, numeric addresses are answered, too."""
    is_https: bool = False
    """Whether browsers come to it by https, through a proxy: then they send its cookie by nothing else."""
    pictures_bytes: int = 512 * 1024 * 1024
    query_seconds: float = 20.0
    """A query that takes longer is interrupted."""
