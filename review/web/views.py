"""Templates: everything in them is escaped, and a name that is missing is an error instead of nothing."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from review.naming import word_of
from review.web.ids import TRACED

LONGEST = 2_000
"""Characters of one value that a page shows; the rest is counted. A cell may hold megabytes."""
_MOST = 20_000
"""Characters of anything that a template puts out, whether it thought of that or not; a decision may have half."""

UNSURE = (
    "What you sent may have been logged or not: the page of decisions (/decisions) tells. Go back and send it again, if"
    " you like: the same form counts once."
)
"""Of an error that may have come after the decision was on disk."""

_ID = re.compile(rf"(?<![\w-]){TRACED.strip('^$')}(?![\w-])")


def page(request: Request, template: str, *, status_code: int = 200, **context: Any) -> HTMLResponse:
    """The page of a template of ``review/web/templates``, which also knows ``request``, ``session`` and ``snapshot``
    (None where the page does not look into one)."""
    session = getattr(request.state, "session", None)
    snapshot = getattr(request.state, "snapshot", None)
    text = environment().get_template(template).render(request=request, session=session, snapshot=snapshot, **context)
    return HTMLResponse(text, status_code)


@cache
def environment() -> Environment:
    """The environment of all templates."""
    made = Environment(
        loader=PackageLoader("review.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_bounded,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        cut=cut, thousands=thousands, when=when, words=words, points=points, plural=plural, named=word_of, linked=linked
    )
    made.globals.update(version=_version())
    return made


def cut(text: object, longest: int = LONGEST) -> str:
    """At most so many characters of a value, and how many there are more."""
    whole = "" if text is None else str(text)
    return whole if len(whole) <= longest else f"{whole[:longest]}… ({len(whole) - longest:,} more characters)"


def linked(text: str) -> Markup:
    """*text*, escaped, in which ids of rows, marks and lists are links."""
    return Markup(_ID.sub(r'<a href="/trace/\g<0>">\g<0></a>', str(escape(text))))


def _bounded(value: object) -> object:
    return cut(value, _MOST) if isinstance(value, str) and not isinstance(value, Markup) else value


def thousands(number: float | None) -> str:
    """12345 as ``12,345``; a dash for nothing."""
    return "–" if number is None else f"{number:,}"


def when(moment: datetime | str | None) -> str:
    """A naive UTC time as ``2026-11-22 02:30 UTC``; a dash for none."""
    return "–" if moment is None else f"{str(moment)[:16]} UTC"


def words(name: object) -> str:
    """A code as words: ``set_aside`` as ``set aside``."""
    return "" if name is None else str(name).replace("_", " ")


def points(number: float) -> str:
    """A coordinate without needless digits."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


def plural(number: int, noun: str) -> str:
    """``1 row``, ``2 rows``, ``2 entries``."""
    many = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"
    return f"{number:,} {noun if number == 1 else many}"


def _version() -> str:
    """Changes when a style sheet or script does: browsers then load it anew."""
    digest = hashlib.sha256()
    for asset in sorted(files("review.web").joinpath("static").iterdir(), key=lambda one: one.name):
        digest.update(asset.read_bytes())
    return digest.hexdigest()[:12]
