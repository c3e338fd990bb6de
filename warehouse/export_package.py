"""``datapackage.json`` of an export: what the files hold, as a Frictionless Data Package says it (version 1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.export import Column, ExportedFile

PACKAGE = "datapackage.json"
CHECKSUMS = "SHA256SUMS"

_TYPES = {
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "FLOAT": "number",
    "DOUBLE": "number",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
_FORMULAS = (
    "A cell that begins with = + - @ (also as wide signs), a tab, a line end or an apostrophe has one apostrophe put"
    " before it: take one leading apostrophe off every cell to have the text as it was."
)
_RIGHTS = (
    "Public records as the agencies released them; whose rights there are in a record, its agency says. Quote figures"
    " with the citation of the rows behind them: agency, request, production date, file, page, row and SHA-256 are in"
    " the column citation."
)
_MASKED = (
    "Plates, accounts, e-mail addresses and case numbers are keyed tokens, and free text keeps words of a fixed list"
    " only; [scrubbed] is our mark, no agency's."
)
_WHOLE = "Everything as printed, personal data among it: not to be shared."


def package_json(
    files: Sequence[ExportedFile],
    file_format: str,
    kind: str,
    content_hash: str,
    built: datetime,
    key_id: str | None,
) -> str:
    """The description of *files*, as JSON text. *key_id* names the key of the tokens, in an analyst export."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package" if file_format == "csv" else "data-package",
        "name": f"recordtrail-{kind}-{content_hash[:12]}",
        "title": "Records releases from licence-plate-reader audits",
        "description": f"{_MASKED if kind == 'analyst' else _WHOLE} Times are naive UTC.",
        "version": content_hash[:12],
        "created": built.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "rights": _RIGHTS,
        "recordtrail": {"snapshot": kind, "content_hash": content_hash, "key_id": key_id},
        "resources": [_resource(file, file_format) for file in files],
    }
    if file_format == "csv":
        package["recordtrail"]["formula_cells"] = _FORMULAS
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(file: ExportedFile, file_format: str) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": file.relation,
        "path": file.file_name,
        "description": file.comment,
        "format": file_format,
        "bytes": file.byte_count,
        "hash": f"sha256:{file.sha256}",
        "rows": file.row_count,
        "schema": {
            "fields": [_field(column, file_format) for column in file.columns],
            "missingValues": [""],
        },
    }
    if file_format == "csv":
        resource |= {
            "profile": "tabular-data-resource",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {
                "delimiter": ",",
                "quoteChar": '"',
                "doubleQuote": True,
                "header": True,
                "lineTerminator": "\n",
            },
        }
    else:
        resource["mediatype"] = "application/vnd.apache.parquet"
    return resource


def _field(column: Column, file_format: str) -> dict[str, Any]:
    kind = _TYPES.get(column.data_type, "array" if column.data_type.endswith("[]") else "object")
    described: dict[str, Any] = {"name": column.name, "type": kind, "description": column.comment}
    if kind == "datetime" and file_format == "csv":
        described["format"] = "%Y-%m-%dT%H:%M:%S"
    return described
