"""Tie a program to the life of the process that started it: ``python -m flows.tether PARENT_PID -- PROGRAM …``.

When the parent dies, even by ``kill -9``, the program is killed. On Linux the kernel does it: a parent-death signal is
set, then the program takes this process's place. The signal belongs to the *thread* that started us, so start from a
thread that lives as long as the process. Elsewhere a watchdog stays in between and looks every half second.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time

from flows.processes import is_alive, kill_group

_PR_SET_PDEATHSIG = 1
_POLL_SECONDS = 0.5


def tethered(command: list[str]) -> list[str]:
    """The command line that runs *command* tied to this process."""
    return [sys.executable, "-m", "flows.tether", str(os.getpid()), "--", *command]


SCHEDULER_VARIABLE = "RECORDTRAIL_SCHEDULER_PID"


def tie_to_scheduler() -> None:
    """In a flow run that `recordtrail schedule` started: end when it ends. Prefect's runner is not our code."""
    scheduler = os.environ.get(SCHEDULER_VARIABLE)
    if scheduler is not None and int(scheduler) != os.getpid():
        end_with(int(scheduler))


def end_with(pid: int) -> None:
    """End this process when process *pid* does; for processes that somebody else starts for us."""

    def watch() -> None:
        while is_alive(pid):
            time.sleep(_POLL_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="tether").start()


def main(arguments: list[str]) -> int:
    """Become the program, or stay and watch; returns its exit code."""
    parent, command = int(arguments[0]), arguments[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died before the signal was set
            return 1
        os.execvp(command[0], command)
    with subprocess.Popen(command) as program:
        while program.poll() is None and os.getppid() == parent:
            time.sleep(_POLL_SECONDS)
        if program.poll() is None:
            kill_group(os.getpgid(0))
    return program.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
