"""How a field is named in addresses and forms.

A field may be a printed header: of any length, over several lines. Browsers change line breaks in forms, and servers
refuse long addresses, so that a name that would not come back as it went is told by its hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

HASHED = "sha256:"
_PLAIN = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,200}\Z")


def word_of(field: str) -> str:
    """The word for *field*: the name itself, or its hash."""
    if _PLAIN.match(field) and not field.startswith(HASHED):
        return field
    return HASHED + hashlib.sha256(field.encode()).hexdigest()


def field_of(word: str, fields: Iterable[str]) -> str:
    """That of *fields* for which *word* stands; *word* itself where none is."""
    return next((field for field in fields if word_of(field) == word), word) if word.startswith(HASHED) else word


def is_word(text: str) -> bool:
    """Whether *text* could stand for a field."""
    return _PLAIN.match(text) is not None
