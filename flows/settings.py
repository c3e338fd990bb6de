"""Settings of a run: defaults, changed by ``RECORDTRAIL_*`` environment variables. Nothing happens at import."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from records.errors import ConfigurationError

PREFIX = "RECORDTRAIL_"
_MIB = 1024 * 1024


def _setting(
    default: Any, meaning: str, least: float = 0, choices: tuple[str, ...] = (), has_zero: bool = False
) -> Any:
    """*has_zero*: 0 is allowed below *least*, and *meaning* says what it stands for."""
    return field(default=default, metadata={"meaning": meaning, "least": least, "choices": choices, "zero": has_zero})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting; its variable is ``RECORDTRAIL_`` and the field's name in capitals."""

    data: Path = _setting(Path("data"), "the data folder; --data comes before it")
    workers: int = _setting(0, "child processes at a time; 0: one per core", least=0)
    engine: str = _setting(
        "auto",
        "which PDF engine reads: auto, pdfium, pdfplumber or both",
        choices=("auto", "pdfium", "pdfplumber", "both"),
    )
    max_file_bytes: int = _setting(2048 * _MIB, "larger files are quarantined, not copied", least=1)
    max_pages: int = _setting(20_000, "documents with more pages are quarantined", least=1)
    child_memory_bytes: int = _setting(2048 * _MIB, "memory of one child process", least=64 * _MIB)
    child_cpu_seconds: int = _setting(900, "processor time of one child process", least=1)
    child_wall_seconds: float = _setting(1800.0, "wall-clock time of one child process", least=1)
    child_output_bytes: int = _setting(2048 * _MIB, "largest file a child process may write", least=_MIB)
    settle_seconds: float = _setting(2.0, "a file changed this recently is looked at twice, so far apart", least=0)
    build_memory_bytes: int = _setting(
        0,
        "memory that DuckDB manages in a build, beyond which it spills to disk; 0: by the number of rows",
        least=128 * _MIB,
        has_zero=True,
    )
    keep_snapshots: int = _setting(3, "published snapshots kept", least=1)
    masking_key: Path = _setting(
        Path(), "file with the key of the analyst file's tokens; default: recordtrail/masking.key in ~/.config"
    )
    server_start_seconds: float = _setting(180.0, "how long Prefect's server may take to start", least=1)
    schedule_cron: str = _setting("0 2 * * *", "when `recordtrail schedule` runs the nightly")
    schedule_time_zone: str = _setting("UTC", "the time zone of schedule_cron")
    reviewer: str = _setting("", "who decides, in the decision log; --who comes before it; else the login")
    review_password: str = _setting("", "asked for by `recordtrail review`; --password-file comes before it")
    review_url: str = _setting("", "where people reach `recordtrail review`, if it is not the address that it prints")
    review_draw_seconds: float = _setting(30.0, "drawing a page for `recordtrail review` ends after this time", least=1)
    review_cache_bytes: int = _setting(512 * _MIB, "pictures of pages that `recordtrail review` keeps", least=_MIB)
    sql_timeout_seconds: float = _setting(60.0, "`recordtrail sql` interrupts a query after this time", least=0.1)

    @property
    def worker_count(self) -> int:
        """``workers``, or one per core."""
        return self.workers or os.cpu_count() or 1


def variable_of(name: str) -> str:
    """The environment variable of a setting: ``max_pages`` -> ``RECORDTRAIL_MAX_PAGES``."""
    return PREFIX + name.upper()


def load_settings(data: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; *data*, when given, is the data folder. Raises ConfigurationError."""
    environment = os.environ if environment is None else environment
    defaults = Settings()
    changes: dict[str, Any] = {}
    for setting in fields(Settings):
        text = environment.get(variable_of(setting.name))
        if text is not None and text.strip():
            default = getattr(defaults, setting.name)
            changes[setting.name] = _parse(setting.name, text.strip(), type(default), setting.metadata)
    if data is not None:
        changes["data"] = data
    return replace(defaults, **changes)


def _parse(name: str, text: str, kind: type[Any], metadata: Mapping[str, Any]) -> Any:
    if issubclass(kind, Path):
        return Path(text)
    if kind is str:
        if metadata["choices"] and text not in metadata["choices"]:
            raise _refused(name, "one of " + ", ".join(metadata["choices"]))
        return text
    least, has_zero = metadata["least"], metadata["zero"]
    expected = f"{'a whole number' if kind is int else 'a number'}, at least {least:,.10g}{' or 0' * has_zero}"
    try:
        value = kind(text.replace("_", ""))
    except ValueError as error:
        raise _refused(name, expected) from error
    if not math.isfinite(value) or (value < least and not (has_zero and value == 0)):
        raise _refused(name, expected)
    return value


def _refused(name: str, expected: str) -> ConfigurationError:
    return ConfigurationError(
        f"{variable_of(name)} is not {expected}.",
        f"Set {variable_of(name)} to {expected}, or unset it for the default.",
    )
