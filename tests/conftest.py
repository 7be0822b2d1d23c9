"""What all tests share: datasets and stores, tiers of tests, and patience with a busy machine."""

from __future__ import annotations

import gc
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from toy import build_toy

from geodata.build.pipeline import build_dataset
from geodata.dataset import Dataset, default_dataset_folder, read_dataset
from geodata.ledger import passwords
from geodata.store import Store, create_store

# How long an example takes depends on what else the machine does, so no test says it: speed is a
# matter of tests/benchmarks. A list of health checks at a test takes the place of this one.
settings.register_profile(
    "any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any_machine")
# A glance at each property, for `make test-fast`; `make test` tries as many examples as ever.
settings.register_profile("few_examples", settings.get_profile("any_machine"), max_examples=15)

# Thousands of tests and what they share stay until the end: looking for garbage among them at the
# usual rate took a third of the time of all tests.
gc.set_threshold(100_000, 50, 1000)

TIERS = {
    "browser": {"browser"},
    "shipped": {"lai_chau_dataset", "lai_chau_path", "lai_chau_store"},
}
"""The fixtures whose use, also by way of others, puts a test into a tier of pyproject.toml."""
MAY_START_PROGRAMS = ("browser", "packaging", "processes", "shipped", "slow")

_programs: list[str] = []


def _note_program(event: str, told: tuple[object, ...]) -> None:
    if event == "subprocess.Popen":
        _programs.append(str(told[0]))


sys.addaudithook(_note_program)


def pytest_collection_finish() -> None:
    """Leave out of every later search for garbage what was imported and collected.

    Programs that libraries ask about the machine while they are imported are no test's.
    """
    _programs.clear()
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Spare what pytest looks for at the end, five times, all that every test left behind."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test by the fixtures it uses, so that nobody keeps a list of slow tests."""
    for item in items:
        for tier, fixtures in TIERS.items():
            if fixtures.intersection(getattr(item, "fixturenames", ())):
                item.add_marker(tier)


@pytest.fixture(autouse=True)
def no_process_of_a_fast_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep ``make test-fast`` fast: who starts a program, also by a fixture, has a mark."""
    yield
    started = list(_programs)
    _programs.clear()
    if started and not any(map(request.node.get_closest_marker, MAY_START_PROGRAMS)):
        pytest.fail(f"starts {started[0]}: give it pytest.mark.processes", pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def readers_wait_for_workers() -> Iterator[None]:
    """Workers give way to all other work: on a busy machine a reader of theirs waits longer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("portal.export.service.CALLER_SECONDS", 600.0)
        yield


class CompiledTemplates(BytecodeCache):
    """Templates that one app has compiled, for all other apps of the process."""

    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def templates_are_compiled_once() -> Iterator[None]:
    """Hundreds of apps are made for the tests, and each would compile its templates anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": CompiledTemplates()})
        yield


@pytest.fixture(scope="session", autouse=True)
def costly_hasher() -> Iterator[PasswordHasher]:
    """The hasher of passwords, in whose place Argon2id at its least cost serves the tests."""
    costly = passwords._HASHER
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(passwords, "_HASHER", cheap)
        yield costly


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
def toy_store(tmp_path_factory: pytest.TempPathFactory, toy_dataset: Dataset) -> Iterator[Store]:
    """The store of the toy dataset."""
    store = create_store(tmp_path_factory.mktemp("toy_store") / "toy.gpkg", toy_dataset)
    yield store
    store.close()


@pytest.fixture(scope="session")
def lam_khe_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic province as built from its own inputs, not to be changed."""
    source = Path(__file__).parent / "synthetic" / "lam_khe"
    skipped = shutil.ignore_patterns("shipped")
    folder = tmp_path_factory.mktemp("synthetic") / "lam_khe"
    shutil.copytree(source, folder, ignore=skipped)
    build_dataset(folder, folder)
    return folder


@pytest.fixture
def lam_khe_copy(lam_khe_folder: Path, tmp_path: Path) -> Path:
    """A copy of the synthetic province, inputs and shipped tables, that a test may spoil."""
    return Path(shutil.copytree(lam_khe_folder, tmp_path / "lam_khe"))


@pytest.fixture(scope="session")
def lam_khe_dataset(lam_khe_folder: Path) -> Dataset:
    """The synthetic province as read."""
    return read_dataset(lam_khe_folder)


@pytest.fixture(scope="session")
def lam_khe_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the store of the synthetic province stands."""
    return tmp_path_factory.mktemp("lam_khe_store") / "lam_khe.gpkg"


@pytest.fixture(scope="session")
def lam_khe_store(lam_khe_path: Path, lam_khe_dataset: Dataset) -> Iterator[Store]:
    """A store of the synthetic province, which has places."""
    store = create_store(lam_khe_path, lam_khe_dataset)
    yield store
    store.close()


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
