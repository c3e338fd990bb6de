"""What `recordtrail review` gives the review page: pages drawn by children, and the door's key."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import secrets
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from flows import store
from flows.child import Children
from flows.extract import child_limits
from flows.ledger import open_ledger
from flows.morning import account
from flows.paths import DataFolder
from flows.peers import is_other_user
from flows.pictures import password_of
from flows.settings import Settings, variable_of
from records.errors import ConfigurationError, LimitError
from review.web.house import House

_SECRET_BYTES = 32
_PICTURE_BYTES = 64 * 1024 * 1024
"""A PNG of a page may have that much."""


class Drawer:
    """Draws pages of stored documents, one child at a time, under tighter limits than those of a night."""

    def __init__(self, folder: DataFolder, settings: Settings) -> None:
        self._folder = folder
        self._settings = replace(
            settings,
            workers=1,
            child_wall_seconds=min(settings.child_wall_seconds, settings.review_draw_seconds),
            child_cpu_seconds=min(settings.child_cpu_seconds, max(1, round(settings.review_draw_seconds))),
            child_output_bytes=min(settings.child_output_bytes, _PICTURE_BYTES),
        )
        # Not the folder of a run: that one is emptied when a night begins.
        work = folder.review / "work"
        work.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._children = Children(self._settings, work)

    def __call__(self, document_id: str, pages: Sequence[tuple[int, Path]], scale: float) -> None:
        """Draw *pages* into their files at *scale* pixels per point. Raises ``PipelineError``."""
        with contextlib.closing(open_ledger(self._folder.ledger)) as ledger:
            password = password_of(self._folder, ledger, document_id)
        job = {
            "command": "render",
            "source": str(store.path_of(self._folder.store, document_id)),
            "scale": scale,
            "pictures": [{"page_number": number, "out": str(path), "marks": []} for number, path in pages],
            "limits": child_limits(self._settings),
            "password": password,
        }
        try:
            self._children.run(job)
        except LimitError as error:
            raise LimitError(
                f"The page could not be drawn: {error}",
                f"If this file is trusted, set {variable_of('review_draw_seconds')} or the child's limit that is named"
                " higher and start the review page anew.",
            ) from error

    def stop(self) -> None:
        """End what is being drawn."""
        self._children.stop()


def secret_of(folder: DataFolder) -> bytes:
    """The key that signs the sessions of this data folder; made once, for the owner's eyes only."""
    path = folder.review / "session.key"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_SECRET_BYTES))
    secret = path.read_bytes()
    if len(secret) < _SECRET_BYTES:
        raise ConfigurationError(
            f"{path.name} is cut short.", f"Delete {path.name} in the data folder's review/; everybody logs in anew."
        )
    return secret


def house_of(folder: DataFolder, settings: Settings, draw: Drawer, reviewer: str, password: str, host: str) -> House:
    """What the review page of *folder* is made with, for an address of this machine."""
    return House(
        snapshot=folder.full_snapshot,
        decisions=folder.decisions,
        pictures=folder.review / "pictures",
        secret=secret_of(folder),
        draw=draw,
        ledger=lambda: account(folder),
        reviewer=reviewer,
        password=password,
        hosts=frozenset(filter(None, [urlsplit(settings.review_url).hostname])),
        is_stranger=is_other_user,
        is_loopback=is_loopback(host),
        is_https=urlsplit(settings.review_url).scheme == "https",
        pictures_bytes=settings.review_cache_bytes,
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach *host*."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
