"""Every code of an error or issue that the code base can emit, found by reading the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from records.documents import DocumentState

PACKAGES = ("records", "extractors", "warehouse", "review", "flows")
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)*\Z")
_FROM_THE_LOAD = {DocumentState.SET_ASIDE.value}
"""Written by SQL (warehouse/load_issues.py): a document set aside is an issue of that name."""


def emitted_codes(root: Path) -> dict[str, str]:
    """Code -> the file that emits it."""
    found: dict[str, str] = dict.fromkeys(_FROM_THE_LOAD, "warehouse/load_issues.py")
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            for code in codes_in(ast.parse(path.read_text(encoding="utf-8"))):
                found.setdefault(code, path.relative_to(root).as_posix())
    return found


def codes_in(tree: ast.Module) -> set[str]:
    """Codes of error classes (``code = "…"``), and of issues: wherever a severity follows a code, and what is handed
    to a function that makes an issue of its parameter ``code``."""
    makers = dict(_makers(tree))
    codes: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(body=body):
                codes.update(_class_codes(body))
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args, keywords=keywords):
                codes.update(_before_severity(args))
                if name in ("Issue", "PageIssue") and args:
                    codes.update(_constant(args[0]))
                if name in makers and len(args) > makers[name]:
                    codes.update(_constant(args[makers[name]]))
                codes.update(code for k in keywords if k.arg == "code" for code in _constant(k.value))
            case ast.Tuple(elts=elements):
                codes.update(_before_severity(elements))
    return codes


def _makers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Functions with a parameter ``code``, and its place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args]
            if "code" in names:
                yield node.name, names.index("code")


def _class_codes(body: list[ast.stmt]) -> Iterator[str]:
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="code")], value=value):
                yield from _constant(value)


def _before_severity(nodes: list[ast.expr]) -> Iterator[str]:
    for code, severity in pairwise(nodes):
        match severity:
            case ast.Attribute(value=ast.Name(id="Severity")):
                yield from _constant(code)


def _constant(node: ast.expr) -> Iterator[str]:
    for inner in (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and _CODE.match(inner.value):
            yield inner.value
