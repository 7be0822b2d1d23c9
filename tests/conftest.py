"""Datasets and stores shared by the tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from toy import build_toy

from geodata.dataset import Dataset, default_dataset_folder, read_dataset
from geodata.store import Store, create_store


@pytest.fixture(scope="session")
def toy_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy dataset on disk, not to be changed; its report stands in ``../seeds``."""
    return build_toy(tmp_path_factory.mktemp("toy") / "dataset")


@pytest.fixture
def toy_copy(toy_folder: Path, tmp_path: Path) -> Path:
    """A copy of the toy dataset that a test may spoil."""
    shutil.copytree(toy_folder.parent / "seeds", tmp_path / "seeds")
    return Path(shutil.copytree(toy_folder, tmp_path / "dataset"))


@pytest.fixture(scope="session")
def toy_dataset(toy_folder: Path) -> Dataset:
    """The toy dataset as read."""
    return read_dataset(toy_folder)


@pytest.fixture(scope="session")
def lai_chau_dataset() -> Dataset:
    """The dataset that comes with the package."""
    return read_dataset(default_dataset_folder())


@pytest.fixture(scope="session")
def lai_chau_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the store of the dataset that comes with the package stands."""
    return tmp_path_factory.mktemp("store") / "lai_chau.gpkg"


@pytest.fixture(scope="session")
def lai_chau_store(lai_chau_path: Path, lai_chau_dataset: Dataset) -> Iterator[Store]:
    """A store of the dataset that comes with the package."""
    store = create_store(lai_chau_path, lai_chau_dataset)
    yield store
    store.close()
