"""Tiles, lists and readings of registered rasters over HTTP."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient
from jsonschema import validate
from PIL import Image

from geodata.rasters.raster_layer import raster_layer
from geodata.store import Store
from portal.app import create_app
from portal.rasters.tiles import RasterTiles
from tests.raster_files import PLACES
from tests.raster_layers import CLASSES, centre_of, registered

DEGREES = PLACES["EPSG:4326"]
TILE = "/rasters/given/9/402/223.png"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("instance")
    codes = np.ones((100, 120), "uint8")
    codes[:, 60:] = 2
    codes[5, 5] = 9
    registered(folder, codes, style="classes", classes=CLASSES, credit="Cơ quan X")
    heights = np.full((100, 120), 1234.5, "float32")
    registered(folder, heights, id="heights", style="hillshade", unit="m")
    return folder


@pytest.fixture(scope="module")
def client(folder: Path, lai_chau_store: Store) -> FlaskClient:
    return create_app({"PORTAL_INSTANCE": folder}, lai_chau_store).test_client()


def test_a_tile_is_a_png_kept_for_good_under_its_stamp(client: FlaskClient, folder: Path) -> None:
    layer = raster_layer(folder / "rasters", "given")
    answer = client.get(f"{TILE}?v={layer.stamp}")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert "immutable" in answer.headers["Cache-Control"]
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert picture.size == (256, 256)
    tag = answer.headers["ETag"]
    assert client.get(TILE, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(TILE).headers["Cache-Control"] == "no-cache"
    assert client.get(f"{TILE}?v=another").headers["Cache-Control"] == "no-cache"


def test_a_raster_registered_anew_has_other_tiles_at_once(
    tmp_path: Path, lai_chau_store: Store
) -> None:
    client = create_app({"PORTAL_INSTANCE": tmp_path}, lai_chau_store).test_client()
    assert client.get("/api/v1/rasters").json["items"] == []
    registered(tmp_path, np.full((100, 120), 1, "uint8"), style="classes", classes=CLASSES)
    first, listed = client.get(TILE).data, client.get("/api/v1/rasters").json["items"]
    registered(tmp_path, np.full((100, 120), 2, "uint8"), style="classes", classes=CLASSES)
    assert client.get(TILE).data != first
    assert client.get("/api/v1/rasters").json["items"] != listed


@pytest.mark.parametrize(
    "address",
    ["given/99/0/0", "given/9/-1/2", "given/9/402/512", f"given/9/{'9' * 400}/1", "given/x/y/z"],
)
def test_a_tile_that_there_is_not_is_refused(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/rasters/{address}.png?lang=en")
    assert answer.status_code == 400
    assert "There is no such tile" in answer.text


@pytest.mark.parametrize("name", ["other", "..%2F..", ".given", "GIVEN", "given%00"])
def test_a_raster_that_is_not_registered_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/rasters/{name}/9/402/223.png").status_code == 404


def test_no_more_tiles_are_kept_than_their_bound_allows(folder: Path) -> None:
    layer = raster_layer(folder / "rasters", "given")
    tiles = RasterTiles(max_bytes=30_000)
    for column in range(400, 440):
        tiles.tile(layer, (9, column, 223))
    kept = [tiles.cache.get(key) for key in tiles.cache.recent_keys()]
    assert 0 < len(kept) < 40
    assert sum(each.size for each in kept if each) <= 30_000


def test_the_list_says_what_drawing_a_raster_needs(client: FlaskClient) -> None:
    document = client.get("/api/v1/rasters?lang=en").json
    given, heights = document["items"]
    assert [row["label"] for row in given["legend"]] == ["Forest", "Water"]
    assert (given["credit"], given["style"], heights["style"]) == (
        "Cơ quan X", "classes", "hillshade",
    )  # fmt: skip
    schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    validate(document, {**schemas["Rasters"], "components": {"schemas": schemas}})
    tile = given["tiles"].format(z=9, x=402, y=223)
    assert client.get(tile).status_code == 200


def test_a_place_is_told_its_class_or_its_value_with_the_unit(client: FlaskClient) -> None:
    lon, lat = centre_of(DEGREES, 10, 10)
    document = client.get(f"/api/v1/raster-values?lon={lon:.6f}&lat={lat:.6f}&lang=en").json
    told = {each["id"]: (each["value"], each["text"]) for each in document["items"]}
    assert told == {"given": (1.0, "Forest"), "heights": (1234.5, "1,235\u00a0m")}
    schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    validate(document, {**schemas["RasterValues"], "components": {"schemas": schemas}})
    lon, lat = centre_of(DEGREES, 10, 60)
    one = client.get(f"/api/v1/raster-values?lon={lon:.6f}&lat={lat:.6f}&rasters=given:40").json
    assert [(each["value"], each["text"]) for each in one["items"]] == [(2.0, "Nước")]
    beyond = client.get("/api/v1/raster-values?lon=10&lat=10&rasters=given").json["items"]
    assert [(each["value"], each["text"]) for each in beyond] == [
        (None, "không có giá trị tại đây")
    ]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("lat=22", "lon"), ("lon=181&lat=22", "lon"), ("lon=1e2&lat=22", "lon"),
     ("lon=103&lat=NaN", "lat"), ("lon=103&lat=22&rasters=A", "rasters"),
     ("lon=103&lat=22&rasters=given:101", "rasters"),
     ("lon=103&lat=22&rasters=a,b,c,d", "rasters")],
)  # fmt: skip
def test_a_reading_that_cannot_be_is_refused(
    client: FlaskClient, query: str, parameter: str
) -> None:
    answer = client.get(f"/api/v1/raster-values?{query}")
    assert (answer.status_code, answer.json["error"]["parameter"]) == (400, parameter)


def test_the_panel_says_which_elevations_to_fetch_where_there_is_no_raster(
    client: FlaskClient, tmp_path: Path, lai_chau_store: Store
) -> None:
    bare = create_app({"PORTAL_INSTANCE": tmp_path}, lai_chau_store).test_client()
    said = bare.get("/rasters/panel?lang=en").text
    assert "Copernicus DEM GLO-30" in said
    assert "portal raster register FILE... --preset copernicus_dem" in said
    listed = client.get("/rasters/panel?lang=en").text
    assert 'data-raster="given"' in listed
    assert "Copernicus" not in listed


def test_the_address_of_a_map_keeps_its_rasters(client: FlaskClient) -> None:
    page = client.get("/?rasters=given:60,heights&lang=en").text
    assert '"rasters":"given:60,heights"' in page
    assert 'id="rasters"' in page
    assert client.get("/?rasters=No%20such").status_code == 400


SHEET = "/export/sheet.png?lang=en&preset=half-page&dpi=96"


def test_a_sheet_shows_the_rasters_of_its_address_and_is_drawn_anew_with_them(
    tmp_path: Path, lai_chau_store: Store
) -> None:
    client = create_app({"PORTAL_INSTANCE": tmp_path}, lai_chau_store).test_client()
    codes = np.full((100, 120), 1, "uint8")
    registered(tmp_path, codes, style="classes", classes=CLASSES)
    plain, shown = client.get(SHEET), client.get(f"{SHEET}&rasters=given")
    assert shown.status_code == 200
    assert shown.data != plain.data
    registered(tmp_path, codes + 1, style="classes", classes=CLASSES)
    anew = client.get(f"{SHEET}&rasters=given")
    assert anew.data != shown.data
    assert anew.headers["ETag"] != shown.headers["ETag"]


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [("rasters=gone", 404, "rasters"), ("rasters=given:101", 400, "rasters"),
     ("rasters=given&bw=1", 400, "bw")],
)  # fmt: skip
def test_a_sheet_without_what_it_asks_for_is_refused(
    client: FlaskClient, query: str, status: int, parameter: str
) -> None:
    answer = client.get(f"{SHEET}&{query}", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]["parameter"]) == (status, parameter)
