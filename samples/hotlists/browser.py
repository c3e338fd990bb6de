"""A headless Chromium that lays out, shows and prints one page after another, spoken to through its own pipe."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import signal
import tempfile
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from samples import outside

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as the browser laid it out. Sizes in CSS pixels; ``found`` is what the script returned."""

    png: bytes
    width: int
    height: int
    found: Any
    pdf: bytes = b""
    """One PDF page of the same size, where it was asked for: 1 CSS pixel = 0.75 points."""


class Browser:
    """Context manager. :class:`samples.outside.ProgramMissingError` where there is no Chromium."""

    def __init__(self) -> None:
        self._program = outside.find(PROGRAMS)
        self._number = 0
        self._left = b""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="browser-", ignore_cleanup_errors=True)
        theirs_in, self._write = os.pipe()
        self._read, theirs_out = os.pipe()
        # Chromium expects its pipe at descriptors 3 and 4, where ours may already lie: out of the way first.
        far = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 20) for fd in (theirs_in, theirs_out)]
        quiet = os.open(os.devnull, os.O_RDWR)
        self._pid = os.posix_spawn(
            self._program,
            [
                self._program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--font-render-hinting=none",
                "--remote-debugging-pipe",
                f"--user-data-dir={self._folder.name}/profile",
                "about:blank",
            ],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, far[0], 3),
                (os.POSIX_SPAWN_DUP2, far[1], 4),
                *((os.POSIX_SPAWN_DUP2, quiet, fd) for fd in (0, 1, 2)),
            ],
            setsid=True,
        )
        for fd in (theirs_in, theirs_out, quiet, *far):
            os.close(fd)
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable")
        self._frame = self._ask("Page.getFrameTree")["frameTree"]["frame"]["id"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.killpg(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._read)
        os.close(self._write)
        self._folder.cleanup()

    def show(self, html: str, script: str, *, width: int, scale: float, prints: bool = False) -> Shown:
        """Lay out *html* at *width*, as high as it needs; run *script*; take the picture at *scale*."""
        self._size(width, 600, scale)
        self._ask("Page.setDocumentContent", frameId=self._frame, html=html)
        height = int(self._evaluate("Math.ceil(document.documentElement.getBoundingClientRect().height)"))
        self._size(width, height, scale)
        found = self._evaluate(script)
        png = base64.b64decode(self._ask("Page.captureScreenshot", format="png")["data"])
        return Shown(png, width, height, found, self._print(width, height) if prints else b"")

    def _print(self, width: int, height: int) -> bytes:
        answer = self._ask(
            "Page.printToPDF",
            printBackground=True,
            paperWidth=width / 96,
            paperHeight=(height + 1) / 96,
            **{f"margin{side}": 0 for side in ("Top", "Bottom", "Left", "Right")},
        )
        return base64.b64decode(answer["data"])

    def _size(self, width: int, height: int, scale: float) -> None:
        self._ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False
        )

    def _evaluate(self, script: str) -> Any:
        answer = self._ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise outside.PrintFailedError(f"the page's script failed: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if hasattr(self, "_session"):
            message["sessionId"] = self._session
        self._send(json.dumps(message).encode() + b"\0")
        while True:
            answer: dict[str, Any] = json.loads(self._next_message(method))
            if answer.get("id") == self._number:
                break
        if "error" in answer:
            raise outside.PrintFailedError(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._write, data) :]

    def _next_message(self, method: str) -> bytes:
        deadline = time.monotonic() + _PATIENCE
        while b"\0" not in self._left:
            ready, _, _ = select.select([self._read], [], [], max(0.0, deadline - time.monotonic()))
            piece = os.read(self._read, 1 << 20) if ready else b""
            if not piece:
                raise outside.PrintFailedError(f"Chromium gave no answer to {method}")
            self._left += piece
        message, _, self._left = self._left.partition(b"\0")
        return message
