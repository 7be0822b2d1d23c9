"""What a start and a first picture do not wait for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal.app import create_app

# The app and the worker import much in common, so one program tries both, each in a fork.
PROGRAM = """
import os, sys, geodata.store
for modules in sys.argv[1:]:
    if os.fork() == 0:
        for module in modules.split():
            __import__(module)
        print(*sys.modules, flush=True)
        os._exit(0)
    os.wait()
"""
IMPORTS = {
    "app": "portal.app",
    "command": "portal.cli portal.cli.data_commands",
    "worker": "portal.tasks.worker portal.export.render",
}
HEAVY = {"folium", "matplotlib", "openpyxl", "rasterio", "scipy", "xlsxwriter"}


@pytest.fixture(scope="module")
def imported() -> dict[str, set[str]]:
    """The modules that are there once the app, a command or the worker is imported."""
    started = subprocess.run(
        [sys.executable, "-c", PROGRAM, *IMPORTS.values()],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = (set(line.split()) for line in started.stdout.splitlines())
    return dict(zip(IMPORTS, found, strict=True))


@pytest.mark.processes
@pytest.mark.parametrize(
    ("program", "needed"), [("app", {"flask"}), ("command", {"click"}), ("worker", {"matplotlib"})]
)
def test_a_program_starts_without_the_libraries_that_few_of_its_tasks_need(
    imported, program: str, needed: set[str]
) -> None:
    assert imported[program] & (HEAVY | needed) == needed


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
