"""The largest sheet in a process of its own, whose memory is measured."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from geodata.store import Store

MOST_MB = 600
SCRIPT = """
import sys
from pathlib import Path
from geodata.store import open_store
from layers.layer import Layer
from layers.sheet import SheetOptions, render_sheet

store = open_store(Path(sys.argv[1]))
layer = Layer.from_query({"lang": "en"}, store)
options = SheetOptions(preset="a3-landscape", dpi=600, bw=True, public_url="https://map.example")
assert render_sheet(layer, store, options)[:4] == b"\\x89PNG"
# The peak of this program alone; what getrusage gives counts the one that started it.
status = Path("/proc/self/status").read_text().splitlines()
print(next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_an_a3_at_600_dpi_stays_below_600_mb(lai_chau_store: Store, lai_chau_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(lai_chau_path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(done.stdout) < MOST_MB
