"""``hillshade=1`` draws relief where there is a grid of elevations; elsewhere it is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from flask.testing import FlaskClient

from geodata.store import Store
from portal.app import create_app

ADDRESS = "/export/sheet.png?indicator=population_density&lang=en&preset=half-page&dpi=96"


@pytest.fixture(scope="module")
def hilly(tmp_path_factory: pytest.TempPathFactory, lai_chau_store: Store) -> FlaskClient:
    folder = tmp_path_factory.mktemp("hilly")
    rows, columns = np.mgrid[0:200, 0:300]
    heights = (1000 + 700 * np.sin((rows + columns) / 5)).astype("float32")
    with rasterio.open(
        folder / "heights.tif", "w", driver="GTiff", width=300, height=200, count=1,
        dtype="float32", crs="EPSG:4326",
        transform=rasterio.Affine(2.2 / 300, 0, 102, 0, -1.5 / 200, 23),
    ) as target:  # fmt: skip
        target.write(heights, 1)
    settings = {"PORTAL_INSTANCE": folder, "PORTAL_RELIEF": folder / "heights.tif"}
    return create_app(settings, lai_chau_store).test_client()


def test_the_operators_grid_is_drawn_when_asked_for(hilly: FlaskClient) -> None:
    plain, shaded = hilly.get(ADDRESS), hilly.get(f"{ADDRESS}&hillshade=1")
    assert (plain.status_code, shaded.status_code) == (200, 200)
    assert plain.data != shaded.data
    assert hilly.get(f"{ADDRESS}&hillshade=0").data == plain.data


def test_relief_on_black_and_white_is_refused(hilly: FlaskClient) -> None:
    answer = hilly.get(f"{ADDRESS}&hillshade=1&bw=1", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json["error"]["parameter"] == "hillshade"


def test_the_panel_offers_relief_only_where_there_is_a_grid(
    hilly: FlaskClient, lai_chau_store: Store, tmp_path: Path
) -> None:
    bare = create_app({"PORTAL_INSTANCE": tmp_path}, lai_chau_store).test_client()
    assert b'name="hillshade"' in hilly.get("/export/panel").data
    assert b'name="hillshade"' not in bare.get("/export/panel").data
    answer = bare.get(f"{ADDRESS}&hillshade=1", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert "PORTAL_RELIEF" in answer.json["error"]["allowed"]
