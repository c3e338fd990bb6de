"""From a fresh clone to a running Recordtrail, with nothing but Python 3.11+.

    python3 bootstrap.py demo     set up, then run the whole pipeline on samples/
    python3 bootstrap.py test     set up, then lint, type check and test (what follows goes to pytest)
    python3 bootstrap.py install  set up only
    python3 bootstrap.py lock     work out the two lock files anew (needs uv; --upgrade takes newer releases)

Setting up fills `.venv` beside this file with exactly what the lock names: every file checked by its hash, wheels
only, so that nothing is built and no package's own code runs while it is installed. It is skipped when the locks
have not changed. Standard library only, and its syntax is that of Python 3.8, so that an older one gets to the line
that says so.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Recordtrail needs Python 3.11 or newer; this is %d.%d (%s).\n"
        "Start it with a newer one, for example: python3.11 bootstrap.py demo" % (*sys.version_info[:2], sys.executable)
    )

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "recordtrail-installed.json"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}
CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "tests": ["pytest"],
}
NO_VENV = """\
This Python ({python}) cannot make virtual environments: its ensurepip module is missing.
Debian and Ubuntu ship it apart. Any one of these helps; then run the same command again:
    sudo apt install python{major}.{minor}-venv
    {python} -m pip install --user virtualenv     (used instead when it is there)
    another Python 3.11+ to start bootstrap.py with, from python.org, uv or pyenv"""
NOT_OURS = """\
{venv} was not made by bootstrap.py, so it is left alone.
Move it away or delete it, then run the same command again."""

FROM_INSIDE = """\
{venv} has to be made anew, which this Python, its own, cannot do.
Leave the environment (deactivate), then run the same command again."""


def main(arguments: Sequence[str]) -> int:
    """Run one of the commands above; the exit code is that of the first step that failed."""
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if command == "demo":
        return install("runtime") or run("demo", [program("recordtrail"), "demo", *rest])
    if command == "test":
        return install("dev") or check(rest)
    if command == "install" and not rest:
        return install("runtime")
    if command == "lock" and rest in ([], ["--upgrade"]):
        return lock(rest)
    print(__doc__)
    return 0 if command in ("-h", "--help", "help") else 2


def install(wanted: str) -> int:
    """Make `.venv` hold what the lock of `wanted` names, and this project; does nothing when it already does."""
    have, goal = read_stamp(), fingerprints(wanted)
    if have.items() >= goal.items():
        return 0
    # Packages that a changed lock no longer names would stay behind in an old environment; adding to one is fine.
    adding = all(have.get(key) == goal[key] for key in ("python", "runtime")) and have.get(wanted) in (
        None,
        goal[wanted],
    )
    if not adding:
        have = {}
        if code := make_venv():
            return code
    if have.get(wanted) != goal[wanted]:
        packages = sum(line[:1].isalnum() for line in (ROOT / LOCKS[wanted]).read_text(encoding="utf-8").splitlines())
        # --no-deps: the lock is complete, and pip must not look for anything beside it.
        options = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--requirement", LOCKS[wanted]]
        if code := run(f"install the {packages} packages of {LOCKS[wanted]}", [*pip(), "--no-compile", *options]):
            return code
        # pip compiles on one core. What does not compile is of another Python and never imported: no failure.
        run("compile them", [program("python"), "-m", "compileall", "-qq", "-j", "0", str(VENV)])
    # The build backend comes from the lock too: an isolated build would fetch one that no hash vouches for.
    editable = ["--no-deps", "--no-build-isolation", "--editable", "."]
    if code := run("install recordtrail", [*pip(), *editable]):
        return code
    STAMP.write_text(json.dumps({**have, **goal}, indent=1) + "\n", encoding="utf-8")
    return 0


def check(pytest_arguments: Sequence[str]) -> int:
    """Run every check, also after one failed; the exit code is the first that was not zero."""
    first_failure = 0
    for name, (tool, *options) in CHECKS.items():
        extra = pytest_arguments if tool == "pytest" else ()
        code = run(name, [program(tool), *options, *extra])
        first_failure = first_failure or code
    return first_failure


def lock(options: Sequence[str]) -> int:
    """Write both locks: the larger one first, the smaller one with the same versions."""
    uv = shutil.which("uv")
    if uv is None:
        print("`bootstrap.py lock` needs uv on the PATH: pip install uv", file=sys.stderr)
        return 1
    # --universal: one lock for every system and Python; --no-emit-index-url: a lock names versions and hashes, no host.
    compile_one = [uv, "pip", "compile", "pyproject.toml", "--group", "build", "--quiet", "--universal"]
    compile_one += ["--python-version", "3.11", "--fork-strategy", "fewest", "--only-binary", ":all:"]
    compile_one += ["--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "python3 bootstrap.py lock"]
    dev, runtime = LOCKS["dev"], LOCKS["runtime"]
    if code := run(f"lock {dev}", [*compile_one, *options, "--extra", "dev", "--output-file", dev]):
        return code
    # uv keeps the versions that it finds in the file it writes to: this way both locks agree.
    shutil.copyfile(ROOT / dev, ROOT / runtime)
    return run(f"lock {runtime}", [*compile_one, "--output-file", runtime])


def make_venv() -> int:
    """Make an empty `.venv`, whatever was in it; by virtualenv where Python comes without ensurepip."""
    if VENV.exists() and not STAMP.exists():
        print(NOT_OURS.format(venv=VENV), file=sys.stderr)
        return 1
    if Path(sys.prefix) == VENV:
        print(FROM_INSIDE.format(venv=VENV), file=sys.stderr)
        return 1
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        maker = "venv"
    elif importlib.util.find_spec("virtualenv"):
        maker = "virtualenv"
    else:
        major, minor = sys.version_info[:2]
        print(NO_VENV.format(python=sys.executable, major=major, minor=minor), file=sys.stderr)
        return 1
    if VENV.exists():
        shutil.rmtree(VENV)
    # The stamp first: a set-up that is interrupted from here on is known to be ours and is begun anew.
    VENV.mkdir()
    STAMP.write_text("{}\n", encoding="utf-8")
    return run(f"make {VENV.name} by {maker}", [sys.executable, "-m", maker, str(VENV)])


def pip() -> list[str]:
    """The start of an install command; asks nothing, since nobody may be there to answer."""
    return [program("python"), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]


def program(name: str) -> str:
    """A program of the environment."""
    return str(PROGRAMS / (f"{name}.exe" if os.name == "nt" else name))


def fingerprints(wanted: str) -> dict[str, str]:
    """What the environment depends on. The development lock holds all of the runtime lock, so it stands for both."""
    files = {"project": "pyproject.toml", "runtime": LOCKS["runtime"], wanted: LOCKS[wanted]}
    python = f"{sys.implementation.cache_tag} {sys.base_prefix} {VENV}"
    return {"python": python} | {key: hashlib.sha256((ROOT / f).read_bytes()).hexdigest() for key, f in files.items()}


def read_stamp() -> dict[str, str]:
    """What was installed last; empty when that is unknown or its Python is gone."""
    with contextlib.suppress(OSError, ValueError):
        if Path(program("python")).exists():
            return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    return {}


def run(step: str, command: Sequence[str]) -> int:
    """Run one step in the project's folder, say how long it took and pass its exit code on."""
    print(f"== {step}", flush=True)
    # A PYTHONPATH or PYTHONHOME of the caller would put other packages before those of the lock.
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    while True:
        try:
            code = process.wait()
            break
        except KeyboardInterrupt:
            # The step was interrupted by the same key; it may need a moment to stop in order.
            continue
    code = code if code >= 0 else 128 - code  # ended by a signal: as a shell would say it
    print(f"== {step}: {'done' if code == 0 else f'exit code {code}'}, {time.monotonic() - started:.1f} s", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
