"""The browser modules that need no browser, by node's own test runner."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"


def node() -> str:
    """The node that came from the package index, where it is installed, or the machine's."""
    beside = str(Path(sys.executable).parent)
    path = shutil.which("node", path=beside) or shutil.which("node")
    if path is None:
        pytest.skip("Node.js is not installed")
    return path


@pytest.mark.processes
def test_modules():
    tests = sorted(str(path) for path in (STATIC / "js" / "test").glob("*.test.js"))
    run = subprocess.run(
        [node(), "--test", *tests], cwd=STATIC, capture_output=True, text=True, check=False
    )
    assert tests
    assert run.returncode == 0, run.stdout + run.stderr


def test_files_of_the_browser_code_stay_short():
    written = [
        path
        for pattern in ("*.js", "*.mjs", "js/**/*.js", "js/**/*.mjs", "js/**/*.ts", "css/*.css")
        for path in STATIC.glob(pattern)
    ]
    # What is made from the schemas of the API is as long as they are.
    written = [path for path in written if path.name != "api_documents.d.ts"]
    lines = {path.name: path.read_text(encoding="utf-8").count("\n") for path in written}
    assert len(lines) > 50
    assert {name: n for name, n in lines.items() if n >= 400} == {}


def test_lock_file_names_no_registry():
    locked = json.loads((STATIC / "package-lock.json").read_text())["packages"]
    assert [name for name, package in locked.items() if "resolved" in package] == []
