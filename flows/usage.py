"""A slip of who typed the command, found before anything was done."""

from __future__ import annotations

from records.errors import ConfigurationError


class UsageError(ConfigurationError):
    """Nothing was done: the run is not kept in the ledger, or `status` would call it the last one, and failed."""
