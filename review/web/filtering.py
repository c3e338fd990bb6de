"""The filters of the queue in addresses, and the addresses of its pages."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Form, Query

from review.naming import word_of
from review.queue import Filters

Word = Annotated[str, Query(max_length=300)]
Id = Annotated[str, Form(max_length=300)]
"""The longest is the id of a release, which is the name of a folder."""
Place = Annotated[int, Query(ge=0, le=2**31 - 1)]
"""A number of an item; 0 is before the first."""


def _filters(
    kind: Word = "", release: Word = "", document: Word = "", code: Word = "", field_is: Word = "", show: Word = ""
) -> Filters:
    return Filters(kind, release, document, code, field_is, show if show in ("decided", "all") else "")


TheFilters = Annotated[Filters, Depends(_filters)]


def words(filters: Filters) -> dict[str, str]:
    """The filters as parameters of an address; ``field`` names the value there, so its filter has another name."""
    return {"field_is" if name == "field" else name: said for name, said in filters.words().items()}


def address(id: str, field: str, filters: Filters) -> str:
    """The page of a value, within the filters."""
    parameters: dict[str, Any] = {**words(filters), "id": id, "field": word_of(field)}
    return f"/queue?{urlencode(parameters)}"


def address_behind(place: int, filters: Filters) -> str:
    """What leads to the next open value behind a *place* in the queue."""
    return f"/queue/next?{urlencode(words(filters) | {'after': place})}"
