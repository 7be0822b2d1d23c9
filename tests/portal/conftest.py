"""Apps over the toy dataset and over the one that comes with the package."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.store import Store
from portal.app import create_app
from portal.config import read_settings
from portal.export.parse import parse_export
from portal.export.spec import ExportSpec


@pytest.fixture(scope="session")
def toy_app(tmp_path_factory, toy_folder, toy_store: Store) -> Flask:
    instance = tmp_path_factory.mktemp("toy_instance")
    return create_app({"PORTAL_INSTANCE": instance, "PORTAL_DATASET": toy_folder}, toy_store)


@pytest.fixture
def toy(toy_app: Flask) -> FlaskClient:
    return toy_app.test_client()


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
