"""A Prefect home whose database is there already: making one takes longer than a night on a few files."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path


def prefect_home_once(folder: Path) -> Path:
    """The home in *folder*, made by whichever process of the tests comes first; to be copied."""
    home = folder / "prefect-home"
    with (folder / "prefect-home.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            making = folder / "prefect-home.making"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            # Never the database that the environment of whoever runs the tests may name.
            ours = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
            subprocess.run(
                [sys.executable, "-m", "prefect", "server", "database", "upgrade", "-y"],
                env={**ours, "PREFECT_HOME": str(making), "DO_NOT_TRACK": "1"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=True,
            )
            making.rename(home)
    return home
