"""What a start and a first picture do not wait for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal.app import create_app

LATE = ("mapclassify", "sklearn", "scipy", "rasterio")


@pytest.mark.processes
def test_the_app_starts_without_the_libraries_that_the_first_map_alone_needs():
    program = f"import sys, portal.app; print(*(m for m in {LATE!r} if m in sys.modules))"
    root = Path(__file__).parents[2]
    started = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert started.stdout.split() == []


def test_the_first_picture_waits_for_no_style_sheet(client):
    answer = client.get("/")
    head = answer.text.partition("</head>")[0]
    assert "<style>" in head
    waited_for = re.sub(r"<noscript>.*?</noscript>", "", head, flags=re.DOTALL)
    links = re.findall(r'<link rel="stylesheet"[^>]*>', waited_for)
    assert all(" disabled" in link for link in links)


@pytest.mark.processes
def test_a_start_removes_what_killed_writers_left_and_nothing_of_a_living_one(
    tmp_path: Path, toy_folder: Path
) -> None:
    settings = {"PORTAL_INSTANCE": tmp_path, "PORTAL_DATASET": toy_folder}
    create_app(settings)
    (store,) = tmp_path.glob("*.gpkg")
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    left = [store.with_name(f".{store.name}.{killed.pid}.0a.part{end}") for end in ("", "-journal")]
    alive = store.with_name(f".{store.name}.{os.getpid()}.0b.part")
    for path in (*left, alive):
        path.write_bytes(b"")
    create_app(settings)
    assert [path.exists() for path in left] == [False, False]
    assert alive.exists()
    assert store.exists()
