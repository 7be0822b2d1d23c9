"""``portal raster register | list | unregister``."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from geodata.rasters.raster_layer import raster_layers
from portal.cli import main
from tests.raster_files import PLACES, write_raster


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path / "instance"))

    def command(*words: str) -> Result:
        return CliRunner().invoke(main, ["raster", *words])

    return command


def codes(path: Path) -> str:
    values = np.full((60, 80), 10, "uint8")
    values[:, 40:] = 40
    return str(write_raster(path, values, PLACES["EPSG:4326"]))


def test_a_preset_brings_title_classes_colours_and_credit(run, tmp_path: Path) -> None:
    given = codes(tmp_path / "cover.tif")
    answer = run("register", given, "--preset", "esa_worldcover", "--json")
    assert answer.exit_code == 0, answer.output
    document = json.loads(answer.stdout)
    assert (document["id"], document["style"]) == ("esa_worldcover", "classes")
    assert [(each["code"], each["colour"]) for each in document["classes"]] == [
        (10, "#006400"), (40, "#f096ff"),
    ]  # fmt: skip
    assert "ESA WorldCover" in document["credit"]
    (layer,) = raster_layers(tmp_path / "instance" / "rasters")
    assert layer.id == "esa_worldcover"


def test_elevations_of_the_preset_become_a_hillshade_in_metres(run, tmp_path: Path) -> None:
    path = write_raster(tmp_path / "dem.tif", np.full((60, 80), 900, "float32"))
    answer = run("register", str(path), "--preset", "copernicus_dem", "--json")
    assert answer.exit_code == 0, answer.output
    document = json.loads(answer.stdout)
    assert (document["style"], document["unit"]) == ("hillshade", "m")


def test_rasters_are_listed_and_taken_away(run, tmp_path: Path) -> None:
    given = codes(tmp_path / "cover.tif")
    words = ("--id", "cover", "--title", "Lớp phủ", "--class", "10=Rừng=#0A640A")
    assert run("register", given, *words).exit_code == 0
    listed = run("list", "--lang", "en").stdout
    assert "cover: Lớp phủ; classes" in listed
    assert "taken away: cover" in run("unregister", "cover", "--lang", "en").stdout
    assert run("list").stdout == ""
    assert Path(given).is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--id", "x", "--title", "T", "--class", "ten=Forest"), "Not a class of a raster"),
        (("--id", "x", "--title", "T", "--class", "10=Forest=green"), "Not a class of a raster"),
        (("--id", "x", "--title", "T", "--draw", "classes"), "codes have no meaning"),
        (("--title", "T"), "id of the raster"),
        (("--id", "x"), "no title"),
    ],
)
def test_a_refusal_says_what_to_do(run, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    answer = run("register", codes(tmp_path / "cover.tif"), *words)
    assert answer.exit_code == 2
    assert said in answer.output
    assert not [*(tmp_path / "instance").glob("rasters/*")]
