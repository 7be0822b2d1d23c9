"""Lines of text that are kept beside the tests and held against what is there now."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path


def hold(folder: Path, name: str, lines: Sequence[str]) -> None:
    """Hold lines against those that are kept under a name.

    ``KEPT_LINES=write`` in the environment keeps the new ones in their place; read what has changed
    before committing them.
    """
    path = folder / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())[:60].strip('-')}.txt"
    if os.environ.get("KEPT_LINES") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert path.exists(), f"{path.name} is not kept yet: run the test with KEPT_LINES=write"
    kept = path.read_text(encoding="utf-8").splitlines()
    assert list(lines) == kept, "if this is what was meant, keep it with KEPT_LINES=write"
