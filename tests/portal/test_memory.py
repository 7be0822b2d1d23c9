"""A flood of sheets leaves the server about as large as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAM = """
from portal.cli.memory import configure_malloc, release_memory
configure_malloc()
import sys
from portal.app import create_app

def megabytes():
    release_memory()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 // 1_000_000

client = create_app({"PORTAL_INSTANCE": sys.argv[1]}).test_client()
sheet = "/export/sheet.png?indicator=population&dpi=96&title="
assert client.get(sheet + "first").status_code == 200
before = megabytes()
for number in range(4):
    assert client.get(f"{sheet}{number}").status_code == 200
print(megabytes() - before)
"""


@pytest.mark.processes
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_what_sheets_took_is_given_back(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path)],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    # Four sheets leave 200 MB behind where nothing is collected.
    assert int(done.stdout) < 60
