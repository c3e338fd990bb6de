"""The build keeps within its memory, whatever the number of rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from records.parts import MANIFEST
from tests.unit.parts_factory import PartsFactory, document_id
from warehouse.resources import MIB, Resources

_BUILD = r"""
import re, sys
from datetime import datetime
from pathlib import Path
from records.documents import DocumentState, SourceDocument
from records.release import Receipt, Release
from warehouse.build import BuildInputs, Resources, build
parts = {folder.name: folder / "f" for folder in Path(sys.argv[1]).iterdir()}
documents = [SourceDocument(name, "a.pdf", 1, "application/pdf", DocumentState.LOADED) for name in parts]
receipts = [Receipt("r", name, f"{name}.pdf", datetime(2026, 1, 1)) for name in parts]
inputs = BuildInputs([Release("r")], receipts, documents, (), parts)
result = build(inputs, Path(sys.argv[2]), Resources(threads=2))
# Not ru_maxrss: the system counts in it what the process that started this one held.
peak = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
print(result.row_counts["raw.audit_row"], int(peak[1]) // 1024)
"""


def test_resources_become_duckdbs_settings(tmp_path: Path) -> None:
    config = Resources(300 * MIB, 3).config(tmp_path)
    assert (config["memory_limit"], config["threads"], config["temp_directory"]) == (f"{300 * MIB}B", 3, str(tmp_path))
    assert "threads" not in Resources().config(tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system counts memory in another way")
def test_the_build_of_many_rows_stays_small(tmp_path: Path) -> None:
    texts = [[f"{n:012x}", f"Officer {n % 300}", "Example PD", "theft of a vehicle " * 3] for n in range(5_000)]
    log = PartsFactory("log", ["ID", "Name", "Org Name", "Reason"], [list(row) for row in texts])
    whole = log.write(tmp_path / "whole")
    manifest = json.loads((whole / MANIFEST).read_text(encoding="utf-8"))
    for number in range(60):
        folder = tmp_path / "parts" / document_id(str(number)) / "f"
        folder.mkdir(parents=True)
        for file in whole.iterdir():
            if file.name != MANIFEST:
                os.link(file, folder / file.name)
        (folder / MANIFEST).write_text(json.dumps(manifest | {"document_id": folder.parent.name}), encoding="utf-8")
    command = [sys.executable, "-c", _BUILD, str(tmp_path / "parts"), str(tmp_path / "b.duckdb")]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True, timeout=240
    )
    rows, peak_mib = map(int, done.stdout.split())
    assert rows == 300_000
    assert peak_mib < 500  # 362 measured; far more when a step holds all rows
