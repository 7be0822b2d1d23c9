"""``/terrain``: the map in 3D, its policy, its elevations, and its words without any."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient

from geodata.store import Store
from portal.app import create_app
from tests.raster_layers import CLASSES, registered


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, lai_chau_store: Store) -> FlaskClient:
    folder = tmp_path_factory.mktemp("instance")
    registered(folder, np.full((100, 120), 1, "uint8"), style="classes", classes=CLASSES)
    heights = np.full((100, 120), 1234.5, "float32")
    registered(folder, heights, id="heights", style="hillshade", unit="m", credit="Cơ quan X")
    return create_app({"PORTAL_INSTANCE": folder}, lai_chau_store).test_client()


def test_without_elevations_the_page_says_which_to_fetch_and_runs_nothing(
    tmp_path: Path, lai_chau_store: Store
) -> None:
    bare = create_app({"PORTAL_INSTANCE": tmp_path}, lai_chau_store).test_client()
    page = bare.get("/terrain?lang=en")
    assert page.status_code == 200
    assert "Copernicus DEM GLO-30" in page.text
    assert "portal raster register FILE... --preset copernicus_dem" in page.text
    assert "/static/terrain." not in page.text


def test_the_policy_lets_the_page_run_its_own_worker_and_nothing_else(client: FlaskClient) -> None:
    policy = client.get("/terrain").headers["Content-Security-Policy"]
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["worker-src"] == "'self'"
    assert parts["default-src"] == "'none'"
    assert re.fullmatch(r"'nonce-[\w-]+'", parts["script-src"])
    assert "unsafe" not in policy
    assert "blob" not in policy
    assert "worker-src" not in client.get("/").headers["Content-Security-Policy"]


def test_the_page_draws_the_figures_of_its_address_over_its_elevations(client: FlaskClient) -> None:
    page = client.get("/terrain?indicator=population_density&rasters=heights&lang=en").text
    found = re.search(r'id="terrain-document">(.*?)</script>', page, re.DOTALL)
    assert found
    document = json.loads(found[1])
    assert len(document["fills"]) == len(document["figures"]) == 38
    assert all(re.fullmatch(r"#[0-9a-f]{6}", fill) for fill in document["fills"].values())
    assert len(set(document["fills"].values())) > 3
    assert document["figures"]["03390-20250701"]["text"].startswith("107")
    assert client.get(document["tiles"].format(z=9, x=402, y=223)).mimetype == "image/png"
    assert client.get(document["worker"]).status_code == 200
    assert "Cơ quan X" in page


def test_only_elevations_are_given_as_elevations(client: FlaskClient) -> None:
    assert client.get("/rasters/given/elevations/9/402/223.png").status_code == 404
    assert client.get("/rasters/heights/elevations/99/0/0.png").status_code == 400
    assert client.get("/terrain?level=hamlet").status_code == 400
