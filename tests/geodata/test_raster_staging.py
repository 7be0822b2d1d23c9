"""A registration that is killed leaves nothing behind, and takes nothing away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from geodata.i18n import Text
from geodata.rasters.raster_layer import RECORD_FILE, raster_layer, raster_layers
from geodata.rasters.registration import RasterRegistration, register_raster
from geodata.rasters.staging import clear_staging, remove_raster_layer, staging_folder
from tests.raster_files import PLACES, write_raster
from tests.raster_layers import area_of, registered

SMALL = np.arange(100, dtype="float32").reshape(10, 10)
DEGREES = PLACES["EPSG:4326"]

KILLED = """
import os, signal, sys
from pathlib import Path
from geodata.i18n import Text
from geodata.rasters.registration import RasterRegistration, register_raster
said = RasterRegistration((sys.argv[1],), "test", Text("thử", "a test"), "ramp")
area = tuple(map(float, sys.argv[3:]))
register_raster(Path(sys.argv[2]), said, area, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
"""


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """The folder of registered rasters after a registration was killed on its way."""
    raster = write_raster(tmp_path / "given.tif", SMALL)
    folder = tmp_path / "rasters"
    area = map(str, area_of(DEGREES, 10, 10))
    command = [sys.executable, "-c", KILLED, str(raster), str(folder), *area]
    done = subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": os.getcwd()})
    assert done.returncode == -9
    assert hidden(folder)
    return folder


@pytest.mark.processes
@pytest.mark.slow
def test_what_a_killed_registration_leaves_goes_at_the_next_start(killed: Path) -> None:
    clear_staging(killed)
    assert hidden(killed) == []
    assert raster_layers(killed) == ()


@pytest.mark.processes
@pytest.mark.slow
def test_what_a_killed_registration_leaves_goes_with_the_next_one(killed: Path) -> None:
    layer = registered(killed.parent, SMALL)
    assert raster_layers(killed) == (layer,)
    assert hidden(killed) == []


def test_a_registration_that_is_running_is_left_alone(tmp_path: Path) -> None:
    folder, seen = tmp_path / "rasters", []

    def meanwhile(*_: int) -> None:
        clear_staging(folder)
        seen.append(hidden(folder))

    raster = write_raster(tmp_path / "given.tif", SMALL)
    said = RasterRegistration((str(raster),), "test", Text("thử", "a test"), "ramp")
    layer = register_raster(folder, said, area_of(DEGREES, 10, 10), meanwhile)
    assert len(seen[0]) == 2, "the folder and its lock"
    assert raster_layers(folder) == (layer,)
    assert hidden(folder) == []


@pytest.mark.parametrize("ready", [True, False])
def test_a_raster_that_was_being_replaced_is_there_again(tmp_path: Path, *, ready: bool) -> None:
    layer, folder = registered(tmp_path, SMALL), tmp_path / "rasters"
    aside = folder / f".{layer.id}.{'0' * 32}"
    (folder / layer.id).rename(aside.with_name(f"{aside.name}.earlier"))
    aside.mkdir()
    if ready:
        (aside / RECORD_FILE).write_text("{}", encoding="utf-8")
    clear_staging(folder)
    if ready:
        assert (folder / layer.id / RECORD_FILE).read_text(encoding="utf-8") == "{}"
    else:
        assert raster_layer(folder, layer.id) == layer
    assert hidden(folder) == []


def test_a_raster_being_taken_away_does_not_come_back(tmp_path: Path) -> None:
    layer, folder = registered(tmp_path, SMALL), tmp_path / "rasters"
    (folder / layer.id).rename(folder / f".{layer.id}.{'0' * 32}.removed")
    clear_staging(folder)
    assert raster_layers(folder) == ()
    assert hidden(folder) == []
    again = registered(tmp_path, SMALL)
    assert remove_raster_layer(folder, again.id) == again
    assert hidden(folder) == []


def test_other_hidden_files_stay(tmp_path: Path) -> None:
    (tmp_path / ".gitkeep").touch()
    clear_staging(tmp_path)
    clear_staging(tmp_path / "none")
    assert hidden(tmp_path) == [".gitkeep"]


def test_a_failure_leaves_no_staging_folder(tmp_path: Path) -> None:
    def failing() -> None:
        with staging_folder(tmp_path, "test") as aside:
            (aside / "cells").touch()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        failing()
    assert hidden(tmp_path) == []
