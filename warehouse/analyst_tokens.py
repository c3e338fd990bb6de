"""Keyed tokens: the same value has the same token wherever it is printed, and without the key it tells nothing.

HMAC-SHA256 under a key that is kept outside of the data folder. A plain hash would not do: there are so few plates that
all of them can be hashed and compared.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable

_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
"""Tokens are written without digits and vowels, so that none can look like a plate or a name."""
_LENGTH = 16
"""64 bits: two of a million different plates share a token once in thirty million builds."""

TOKEN = re.compile(r"(?:plate|account|email|case|search|release)_[bcdfghj-np-t]{16}")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NO_PLATE = re.compile(r"(?:[^\w*?]|_)+")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def key_id(key: bytes) -> str:
    """Names *key* without telling it: two files with the same key id have the same tokens."""
    return hmac.digest(key, b"recordtrail key id", "sha256").hex()[:8]


def normalised(kind: str, text: str) -> str:
    """What a token is made of. Plates and cases: letters, digits and wildcards, capitals. Others: case and spaces do
    not count."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if kind in ("plate", "case"):
        return _NO_PLATE.sub("", text.upper())
    return " ".join(text.casefold().split())


def tokens(kind: str, key: bytes) -> Callable[[str], str]:
    """The function that masks values of *kind* (plate, account, case, search, release).

    An account that is an e-mail address gets an e-mail token. The UUID of a search is a random number of the vendor's
    and stays as it is.
    """

    def token(text: str) -> str:
        if kind == "search" and UUID.fullmatch(text.strip()):
            return text
        name = "email" if kind == "account" and _MAIL.fullmatch(text.strip()) else kind
        said = f"{name}\0{normalised(name, text)}".encode()
        digest = hmac.digest(key, said, "sha256").hex()
        return f"{name}_{digest[:_LENGTH].translate(_LETTERS)}"

    return token
