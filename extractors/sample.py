"""A sample page: what the plan knows of a page before any table model is fitted."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.glyphs import PageContent
from extractors.header import find_headers
from extractors.labels import Header


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A sample page and the headers found on it."""

    content: PageContent
    headers: list[Header]


def sample_page(content: PageContent, known: list[Header]) -> SamplePage:
    """The page with the headers printed on it; *known* headers are looked for first, new ones are added to them."""
    headers = find_headers(content, known)
    keys = {header.key for header in known}
    known += [header for header in headers if header.key not in keys]
    return SamplePage(content, headers)
