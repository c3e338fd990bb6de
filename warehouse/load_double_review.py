"""The figures of blind double review into ``core.double_review``."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from records.double_review import DoubleRate
from warehouse.flat import registered

_COLUMNS = {
    "round_number": "int32",
    "target_kind": "string",
    "field": "string",
    "class": "string",
    "class_size": "int64",
    "sampled_count": "int32",
    "read_twice_count": "int32",
    "agreed_count": "int32",
    "agreed_low": "double",
    "agreed_high": "double",
    "settled_count": "int32",
    "unreadable_count": "int32",
    "abstained_count": "int32",
    "error_count": "int32",
    "error_share": "double",
    "error_low": "double",
    "error_high": "double",
    "unsettled_count": "int32",
}
_DIGITS = 6
"""Of a share: machines whose roots differ in the last bit make the same content."""


def load_double_review(connection: duckdb.DuckDBPyConnection, rates: Sequence[DoubleRate]) -> None:
    """Fill ``core.double_review``; what nobody has read twice yet tells nothing and is left out."""
    rows = [_row(rate) for rate in rates if rate.read_twice]
    with registered(connection, "given", _COLUMNS, rows):
        connection.execute("INSERT INTO core.double_review BY NAME FROM given ORDER BY ALL")


def _row(rate: DoubleRate) -> tuple[object, ...]:
    error, agreement = rate.error, rate.agreement
    return (
        rate.round_number,
        rate.target_kind,
        rate.field,
        rate.class_name,
        rate.class_size,
        rate.sampled,
        rate.read_twice,
        rate.agreed,
        round(agreement.low, _DIGITS),
        round(agreement.high, _DIGITS),
        rate.settled,
        rate.unreadable,
        rate.abstained,
        rate.errors,
        None if error.share is None else round(error.share, _DIGITS),
        round(error.low, _DIGITS),
        round(error.high, _DIGITS),
        rate.unsettled,
    )
