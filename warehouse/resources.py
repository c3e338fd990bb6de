"""What DuckDB may use while it builds and publishes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Resources:
    """Memory that DuckDB manages itself, beyond which it spills to disk, and its threads; 0: one per core.

    The process needs about 130 MB more: DuckDB's code, what it allocates outside of its count, Python.
    """

    memory_bytes: int = 256 * MIB
    threads: int = 0
    advice: str = "Give the build more memory. Nothing was published; the last snapshot still serves."
    """What to do when the memory is too little."""

    def config(self, spill: Path) -> dict[str, str | bool | int | float | list[str]]:
        """DuckDB's settings; *spill* is where it puts what does not fit into memory."""
        threads: dict[str, str | bool | int | float | list[str]] = {"threads": self.threads} if self.threads else {}
        return threads | {
            "memory_limit": f"{self.memory_bytes}B",
            "temp_directory": str(spill),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }


DEFAULT = Resources()
