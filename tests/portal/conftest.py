"""Apps over the toy dataset and over the one that comes with the package."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.store import Store
from portal.app import create_app
from portal.config import read_settings
from portal.export.parse import parse_export
from portal.export.spec import ExportSpec
from portal.ledger_engine import ledger_of
from tests.portal.office import make_account, sign_in


@pytest.fixture(scope="session")
def toy_app(tmp_path_factory, toy_folder, toy_store: Store) -> Flask:
    instance = tmp_path_factory.mktemp("toy_instance")
    return create_app({"PORTAL_INSTANCE": instance, "PORTAL_DATASET": toy_folder}, toy_store)


@pytest.fixture
def toy(toy_app: Flask) -> FlaskClient:
    return toy_app.test_client()


@pytest.fixture(scope="session")
def office_instance(tmp_path_factory, toy_folder: Path) -> Path:
    """The folder of a portal of the toy dataset with one account, ``office``; to be copied."""
    folder = tmp_path_factory.mktemp("office") / "instance"
    made = create_app({"PORTAL_INSTANCE": folder, "PORTAL_DATASET": toy_folder})
    make_account(made, "office")
    ledger_of(made).get().dispose()
    return folder


@pytest.fixture
def office_app(tmp_path: Path, office_instance: Path, toy_folder: Path) -> Flask:
    """A portal of its own over the toy dataset, with an account that may write everything."""
    shutil.copytree(office_instance, tmp_path / "instance")
    return create_app({"PORTAL_INSTANCE": tmp_path / "instance", "PORTAL_DATASET": toy_folder})


@pytest.fixture
def office(office_app: Flask) -> FlaskClient:
    """Somebody signed in to `office_app`."""
    client = office_app.test_client()
    sign_in(client, "office")
    return client


@pytest.fixture(scope="session")
def app(tmp_path_factory, lai_chau_store: Store) -> Flask:
    return create_app({"PORTAL_INSTANCE": tmp_path_factory.mktemp("instance")}, lai_chau_store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def spec_of(tmp_path_factory) -> Callable[..., ExportSpec]:
    """The specification of an address, under settings that differ from the defaults as told."""
    instance = tmp_path_factory.mktemp("parsing")

    def parse(store: Store, address: str, logo: bytes = b"", **settings: object) -> ExportSpec:
        return parse_export(
            address, store, read_settings({"PORTAL_INSTANCE": instance, **settings}), logo
        )

    return parse


@pytest.fixture(scope="session")
def lam_khe_app(tmp_path_factory, lam_khe_folder, lam_khe_store: Store) -> Flask:
    """An app over the synthetic province, which has places."""
    instance = tmp_path_factory.mktemp("lam_khe_app")
    settings = {"PORTAL_INSTANCE": instance, "PORTAL_DATASET": lam_khe_folder}
    return create_app(settings, lam_khe_store)


@pytest.fixture
def lam_khe_client(lam_khe_app: Flask) -> FlaskClient:
    return lam_khe_app.test_client()
