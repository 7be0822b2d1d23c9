"""What is shipped is what the build makes from the inputs; needs them (PORTAL_SHARED)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from geodata.build.input_folders import data_folder, find_input_file
from geodata.build.pipeline import build_dataset
from geodata.dataset import default_dataset_folder, read_manifest
from geodata.errors import FileFault


@pytest.mark.shipped
def test_the_build_gives_the_shipped_bytes(tmp_path: Path) -> None:
    shared = os.environ.get("PORTAL_SHARED")
    if not shared:
        pytest.skip("PORTAL_SHARED names no folder of inputs")
    folder = Path(shutil.copytree(default_dataset_folder(), tmp_path / "dataset"))
    shutil.rmtree(folder / "shipped")
    manifest = build_dataset(folder, Path(shared))
    made = {path.name: path.read_bytes() for path in (folder / "shipped").iterdir()}
    shipped = {
        path.name: path.read_bytes() for path in (default_dataset_folder() / "shipped").iterdir()
    }
    assert sorted(made) == sorted(shipped)
    assert [name for name in made if made[name] != shipped[name]] == []
    assert manifest.version == read_manifest(default_dataset_folder())["version"]


@pytest.mark.slow
def test_a_build_without_inputs_changes_nothing(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(default_dataset_folder(), tmp_path / "dataset"))
    before = {path.name: path.read_bytes() for path in (folder / "shipped").iterdir()}
    with pytest.raises(FileFault):
        build_dataset(folder, tmp_path / "nowhere")
    assert {path.name: path.read_bytes() for path in (folder / "shipped").iterdir()} == before


def test_inputs_are_found_in_their_two_folders_or_in_one(tmp_path: Path) -> None:
    flat, split = tmp_path / "flat", tmp_path / "split"
    for path in (flat / "a.txt", split / "seeds" / "a.txt", split / "data" / "b.csv"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert data_folder(flat) == flat
    assert data_folder(split) == split / "data"
    assert find_input_file(flat, "a.txt") == flat / "a.txt"
    assert find_input_file(split, "a.txt") == split / "seeds" / "a.txt"
    assert find_input_file(split, "b.csv") == split / "data" / "b.csv"
    assert find_input_file(split, "c.csv") is None
