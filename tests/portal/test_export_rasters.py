"""Rasters named in the address of a file are drawn in it, or refused in words."""

from __future__ import annotations

import base64
import io
import json
import re
from pathlib import Path

import docx
import numpy as np
import pytest
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader

from geodata.i18n import Text
from geodata.rasters.raster_layer import RasterClass
from geodata.store import Store
from portal.app import create_app
from tests.raster_layers import registered

pytestmark = pytest.mark.slow

FOREST = (0, 100, 0)
SHOWN = RasterClass(1, Text("rừng thử", "trial forest"), "#006400")
UNIT = "03394-20250701"
LAYER = "indicator=population_density&level=commune&date=2025-07-01&lang=en"
ATLAS = f"/export/atlas.pdf?{LAYER}"
ATLAS_OF_UNIT = f"{ATLAS}&units={UNIT}"
ATLAS_OF_INDICATOR = f"{ATLAS}&pages=indicators&indicators=elevation_mean"
REPORT = f"/export/report.docx?{LAYER}&indicators=elevation_mean&dpi=96"
MAP = f"/export/map.html?{LAYER}"
CREDIT = "Rasters: a test (Office X)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("instance")
    codes = np.full((100, 120), 1, "uint8")
    registered(folder, codes, style="classes", classes=(SHOWN,), credit="Office X")
    return folder


@pytest.fixture(scope="module")
def client(folder: Path, lai_chau_store: Store) -> FlaskClient:
    return create_app({"PORTAL_INSTANCE": folder}, lai_chau_store).test_client()


def has_forest(picture: Image.Image) -> bool:
    """Whether more than a swatch of a picture has the colour of the raster's class."""
    return int((np.asarray(picture.convert("RGB")) == FOREST).all(axis=2).sum()) > 2000


def pictures_of(document: docx.document.Document) -> list[Image.Image]:
    parts = document.part.related_parts.values()
    found = [part.blob for part in parts if part.content_type == "image/png"]
    return [Image.open(io.BytesIO(blob)) for blob in found]


@pytest.mark.parametrize("address", [ATLAS_OF_UNIT, ATLAS_OF_INDICATOR])
def test_the_maps_of_an_atlas_show_the_rasters_of_its_address(
    client: FlaskClient, address: str
) -> None:
    plain, shown = (
        PdfReader(io.BytesIO(client.get(each).data))
        for each in (address, f"{address}&rasters=given:100")
    )
    for atlas, drawn in ((plain, False), (shown, True)):
        page = atlas.pages[1]
        words = re.sub(r"\s+", " ", page.extract_text())
        assert any(has_forest(each.image) for each in page.images) == drawn
        assert (CREDIT in words) == drawn
        assert ("Trial forest" in words) == drawn


def test_the_maps_of_a_report_show_the_rasters_of_its_address(client: FlaskClient) -> None:
    for address, drawn in ((REPORT, False), (f"{REPORT}&rasters=given:100", True)):
        document = docx.Document(io.BytesIO(client.get(address).data))
        assert [has_forest(each) for each in pictures_of(document)] == [drawn]
        assert (CREDIT in [line.text for line in document.paragraphs]) == drawn


def test_a_map_in_one_file_brings_the_rasters_of_its_address(client: FlaskClient) -> None:
    assert 'id="rasters"' not in client.get(MAP).text
    page = client.get(f"{MAP}&rasters=given:60").text
    found = re.search(r'<script type="application/json" id="rasters">(.*?)</script>', page)
    assert found is not None
    (carried,) = json.loads(found[1])
    assert (carried["opacity"], carried["multiplied"]) == (60, False)
    kind, content = carried["image"].split(";base64,")
    assert kind == "data:image/png"
    with Image.open(io.BytesIO(base64.b64decode(content))) as picture:
        assert has_forest(picture)
    (south, west), (north, east) = carried["bounds"]
    assert (west, south, east, north) == pytest.approx((103.0, 22.0, 103.6, 22.5), abs=0.002)
    assert "Trial forest" in page
    assert "Source: Office X" in page


@pytest.mark.parametrize("address", [ATLAS_OF_UNIT, REPORT])
@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [("rasters=gone", 404, "rasters"), ("rasters=given&bw=1", 400, "bw")],
)
def test_a_document_without_the_rasters_it_asks_for_is_refused(
    client: FlaskClient, address: str, query: str, status: int, parameter: str
) -> None:
    answer = client.get(f"{address}&{query}", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]["parameter"]) == (status, parameter)


def test_a_map_in_one_file_without_the_rasters_it_asks_for_is_refused(client: FlaskClient) -> None:
    answer = client.get(f"{MAP}&rasters=gone", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]["parameter"]) == (404, "rasters")


@pytest.mark.parametrize("name", ["data.csv", "data.xlsx", "data.geojson", "places.csv"])
def test_files_without_pictures_say_that_they_carry_no_rasters(
    client: FlaskClient, name: str
) -> None:
    answer = client.get(f"/export/{name}?{LAYER}&rasters=given")
    assert answer.status_code == 400
    assert answer.json["error"]["parameter"] == "rasters"
    assert client.get(f"/export/{name}?{LAYER}").status_code == 200


def test_the_panel_leads_to_files_of_figures_without_rasters(client: FlaskClient) -> None:
    text = client.get(f"/export/panel?{LAYER}&rasters=given").text
    files = re.findall(r'href="/export/(sheet|data)\.\w+\?([^"]*)"', text)
    assert {("rasters" in query) for kind, query in files if kind == "data"} == {False}
    assert {("rasters" in query) for kind, query in files if kind == "sheet"} == {True}
