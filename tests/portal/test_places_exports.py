"""Places in the files to take away: workbook, GeoPackage, table, points."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pyogrio
import pytest
from flask.testing import FlaskClient

LAYER = "indicator=population_density&level=commune&places=school,tourist_site"


def test_the_workbook_has_a_sheet_of_places(lam_khe_client: FlaskClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(lam_khe_client.get(f"/export/data.xlsx?{LAYER}").data))
    rows = [*book["Địa điểm"].iter_rows(values_only=True)]
    assert len(rows) == 1 + 8
    assert rows[0][-2:] == ("Năm xây dựng", "Số phòng học")
    known = {row[1]: row for row in rows[1:]}
    assert known["Thác Bạc"][4:6] == (103.7, 21.12)
    assert known["Trường Mầm non Lũng Mận"][4] is None
    assert known["Trường THCS Lam Khê"][-1] == "16"
    assert any(
        "Danh sách địa điểm" in str(row[1]) for row in book["Nguồn"].iter_rows(values_only=True)
    )


def test_a_workbook_without_places_is_as_before(lam_khe_client: FlaskClient) -> None:
    answer = lam_khe_client.get("/export/data.xlsx?indicator=population_density")
    assert openpyxl.load_workbook(io.BytesIO(answer.data)).sheetnames == [
        "Số liệu",
        "Nguồn",
        "Ghi chú",
    ]


def test_the_geopackage_has_a_layer_of_points(lam_khe_client: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "m.gpkg"
    path.write_bytes(lam_khe_client.get(f"/export/data.gpkg?{LAYER}").data)
    layers = {name: kind for name, kind in pyogrio.list_layers(path) if kind}
    assert layers == {"map": "MultiPolygon", "places": "Point"}
    frame = pyogrio.read_dataframe(path, layer="places")
    assert len(frame) == 8
    assert frame.crs.to_epsg() == 4326
    years = frame.set_index("Mã định danh địa điểm")["Năm xây dựng"]
    assert years["school-truong-thcs-lam-khe-98001"] == "2019"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_places_alone_are_a_table(lam_khe_client: FlaskClient, lang: str) -> None:
    text = lam_khe_client.get(f"/export/places.csv?{LAYER}&lang={lang}").data.decode("utf-8-sig")
    rows = [*csv.reader(io.StringIO(text))]
    assert len(rows) == 9
    assert ("category" in rows[0]) == (lang == "en")
    assert 'Hang Dơi "cổ"' in {row[1] for row in rows}


def test_the_places_alone_are_points(lam_khe_client: FlaskClient) -> None:
    document = lam_khe_client.get(f"/export/places.geojson?{LAYER}").get_json()
    assert len(document["features"]) == 8
    assert sum(feature["geometry"] is None for feature in document["features"]) == 1


def test_without_any_named_all_places_are_taken(
    lam_khe_client: FlaskClient, toy: FlaskClient
) -> None:
    address = "/export/places.geojson?indicator=population"
    assert len(lam_khe_client.get(address).get_json()["features"]) == 11
    assert toy.get(address).get_json()["features"] == []
