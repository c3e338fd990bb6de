"""Progress of a run in the terminal: bars where somebody looks, plain lines elsewhere.

Documents are named by the first twelve digits of their id: plain output ends up in logs, and a file's name can name a
person.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from flows.ledger_documents import Standing
from flows.words import count

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

SHORT = 12
"""Digits of a document's id that people see; ``retry`` takes them."""


class Progress(Protocol):
    """What a run tells while it works. May be called from any thread."""

    def say(self, text: str) -> None: ...
    def tell(self, lines: Iterable[str]) -> None: ...
    def expect(self, number: int) -> None:
        """So many documents are going to be read."""

    def start(self, document_id: str) -> None: ...
    def pages(self, document_id: str, done: int, pages: int) -> None: ...
    def finish(self, document_id: str, standing: Standing) -> None: ...
    def left_out(self, document_id: str, standing: Standing) -> None:
        """The warehouse is built without a document that was read."""


class PlainProgress:
    """One line per document, nothing in between."""

    def say(self, text: str) -> None:
        print(text, flush=True)

    def tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.say(line)

    def expect(self, number: int) -> None:
        if number:
            self.say(f"{count(number, 'document')} to read.")

    def start(self, document_id: str) -> None:
        pass

    def pages(self, document_id: str, done: int, pages: int) -> None:
        pass

    def finish(self, document_id: str, standing: Standing) -> None:
        self.say(f"{document_id[:SHORT]}  {in_words(standing)}")

    def left_out(self, document_id: str, standing: Standing) -> None:
        self.say(f"{document_id[:SHORT]}  {in_words(standing)}")


class SilentProgress(PlainProgress):
    """Nothing at all: for ``--json``."""

    def say(self, text: str) -> None:
        pass


class BarProgress(PlainProgress):
    """A bar per document that is being read, and the plain lines above them."""

    def __init__(self, bars: RichProgress) -> None:
        self._bars = bars
        self._mutex = threading.Lock()
        self._bar_of: dict[str, TaskID] = {}
        self._all: TaskID | None = None

    def say(self, text: str) -> None:
        self._bars.console.print(text, markup=False, highlight=False)

    def expect(self, number: int) -> None:
        super().expect(number)
        if number > 1:
            self._all = self._bars.add_task("documents", total=number)

    def start(self, document_id: str) -> None:
        with self._mutex:
            self._bar_of[document_id] = self._bars.add_task(document_id[:SHORT], total=None)

    def pages(self, document_id: str, done: int, pages: int) -> None:
        with self._mutex:
            if document_id in self._bar_of:
                self._bars.update(self._bar_of[document_id], completed=done, total=pages)

    def finish(self, document_id: str, standing: Standing) -> None:
        with self._mutex:
            self._bars.remove_task(self._bar_of.pop(document_id))
            if self._all is not None:
                self._bars.advance(self._all)
        super().finish(document_id, standing)


@contextmanager
def terminal_progress(is_silent: bool = False) -> Iterator[Progress]:
    """Bars on a terminal, plain lines elsewhere, nothing when silent."""
    if is_silent:
        yield SilentProgress()
    elif not sys.stdout.isatty():
        yield PlainProgress()
    else:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description:12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, transient=True) as bars:
            yield BarProgress(bars)


def in_words(standing: Standing) -> str:
    """A standing as one line: ``loaded: 36 pages, 412 rows``."""
    if standing.error_code is not None:
        return f"{standing.state.value} ({standing.error_code}): {standing.reason}"
    if standing.reason is not None:
        return f"{standing.state.value}: {standing.reason}"
    held = {"row": standing.row_count, "mark": standing.mark_count, "organization": standing.sharing_count}
    told = [count(number, word) for word, number in held.items() if number] or [count(0, "row")]
    return f"{standing.state.value}: {', '.join((count(standing.page_count or 0, 'page'), *told))}"
