"""The key of the tokens in the analyst file: kept outside of the data folder, made when it is first needed.

Whoever has the key can find out which plate a token stands for, by trying plates. Whoever loses it makes other tokens
from then on: they do not join with those of files that were given away.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from pathlib import Path

from flows.paths import DataFolder
from flows.settings import Settings, variable_of
from records.errors import ConfigurationError

_KEY = re.compile(r"[0-9a-f]{64}")


class MaskingKeyError(ConfigurationError):
    """The key is not there, not private or no key; the operator's move."""

    code = "masking_key"


def key_path(settings: Settings) -> Path:
    """Where the key is: the setting, or in the user's configuration folder."""
    if settings.masking_key != Path():
        return settings.masking_key.expanduser().absolute()
    base = os.environ.get("XDG_CONFIG_HOME", "").strip()
    return (Path(base) if base else Path("~/.config").expanduser()).absolute() / "recordtrail" / "masking.key"


def masking_key(settings: Settings, folder: DataFolder, was_used: bool) -> bytes:
    """The key; made, readable by its owner only, when there is none yet. Raises MaskingKeyError.

    *was_used*: an analyst file was published before. Then a missing key was lost, and a new one must not quietly take
    its place.
    """
    path = key_path(settings)
    if path.resolve().is_relative_to(folder.root.resolve()):
        raise MaskingKeyError(
            "The masking key lies in the data folder.",
            f"Keep it apart from what it protects: move it, and set {variable_of('masking_key')} to its place.",
        )
    if not path.exists():
        if was_used:
            raise MaskingKeyError(
                f"The masking key {path} is gone.",
                "Put it back from your backup. Without one: delete snapshots/analyst.duckdb and the analyst-… files"
                " beside it, and a new key is made; its tokens do not join with those that were given away.",
            )
        _make(path)
    return _read(path)


def find_key(settings: Settings) -> bytes | None:
    """The key, or None when there is none yet. Raises MaskingKeyError as :func:`masking_key` does; makes nothing."""
    path = key_path(settings)
    return _read(path) if path.exists() else None


def _make(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)  # never over a key that somebody else made in this moment
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    except OSError as error:
        raise _unusable(path, error.strerror or "it cannot be made") from error


def _read(path: Path) -> bytes:
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise MaskingKeyError(f"Others may read the masking key {path}.", f"chmod 600 {path}")
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, getattr(error, "strerror", None) or "it is no text") from error
    if not _KEY.fullmatch(text):
        raise _unusable(path, "it is not 64 hex digits")
    return bytes.fromhex(text)


def _unusable(path: Path, why: str) -> MaskingKeyError:
    return MaskingKeyError(
        f"The masking key {path} cannot be used: {why}.",
        f"Set {variable_of('masking_key')} to a file that holds 64 hex digits and that you alone may read, or to a"
        " place where it can be made.",
    )
