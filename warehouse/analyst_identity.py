"""What tells one analyst file from another."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.analyst_policy import policy_hash
from warehouse.analyst_tokens import key_id


@dataclass(frozen=True, slots=True)
class Identity:
    """What an analyst file is of: the same identity means the same content."""

    content_hash: str
    """Of the build that was masked."""
    key_id: str
    policy_hash: str


def identity(content_hash: str, key: bytes) -> Identity:
    """The identity of the analyst file that :func:`warehouse.analyst.build_analyst` would make of that build."""
    return Identity(content_hash, key_id(key), policy_hash())
