"""A disk that takes nothing: what needs none works, and the rest is told in words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from geodata.dataset import read_dataset
from geodata.store import create_store

pytestmark = pytest.mark.processes

resource = pytest.importorskip("resource")
ADDRESS = "/export/sheet.png?indicator=population"


@pytest.fixture
def environment(tmp_path: Path, toy_folder: Path) -> dict[str, str]:
    """Of an instance whose store is there, and of a user without a home."""
    dataset = read_dataset(toy_folder)
    create_store(tmp_path / f"{dataset.info.id}.gpkg", dataset).close()
    return {
        **os.environ,
        "PORTAL_INSTANCE": str(tmp_path),
        "PORTAL_DATASET": str(toy_folder),
        "HOME": "/proc",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def run_without_room(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess:
    """Run the command line where no file may have a single byte."""
    return subprocess.run(
        [sys.executable, "-c", "from portal.cli import main; main()", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )


@pytest.mark.parametrize("arguments", [("export", ADDRESS, "-o", "map.png"), ("serve",)])
def test_no_folder_for_temporary_files_is_told_in_words(
    environment: dict[str, str], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = run_without_room(environment, *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "There is no folder for temporary files" in done.stderr
    assert "TMPDIR" in done.stderr


def test_a_file_that_has_no_room_is_told_in_words(
    environment: dict[str, str], tmp_path: Path
) -> None:
    # The library of drawing may keep its cache; the file itself finds no room.
    environment["MPLCONFIGDIR"] = str(tmp_path)
    target = tmp_path / "map.png"
    done = run_without_room(environment, "export", ADDRESS, "-o", str(target))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert f"{target}: The file cannot be written" in done.stderr
    assert not target.exists()
