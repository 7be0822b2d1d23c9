"""Files in the form their reader needs: local CSV, the province's plane, QGIS, and all origins."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pyogrio
import pytest
from flask.testing import FlaskClient

from portal.app_state import app_state
from portal.export.parse import parse_export
from portal.export.render import render

RECAST = (
    "indicator=population_density&period=2019-04-01&level=commune&date=2020-02-01&on=2025-07-01"
)
TODAY = "indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"


def table(client: FlaskClient, query: str, separator: str = ",") -> list[dict[str, str]]:
    answer = client.get(f"/export/data.csv?{query}")
    assert answer.status_code == 200
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def read(cell: str) -> str:
    """A cell as a spreadsheet shows it: a formula that gives a text is that text."""
    formula = re.fullmatch(r'="(.*)"', cell)
    return formula[1] if formula else cell


def test_a_recast_figure_leaves_with_all_that_its_card_knows(client: FlaskClient) -> None:
    for row in table(client, f"{RECAST}&lang=en"):
        assert row["status"] == "summed"
        assert all(row[name] for name in ("source_id", "source", "inputs"))
    (row,) = (r for r in table(client, f"{RECAST}&lang=en") if r["name"] == "Ban Bo")
    card = client.get(f"/api/v1/cards/{row['unit_id']}?{RECAST}&lang=en").get_json()
    parts = card["recast"]["contributions"]
    assert len(parts) == 4
    for part in parts:
        assert part["unit"]["full_name"] in row["inputs"]
        assert part["source"]["id"] in row["source_id"]
    assert "5091" in row["quote"]
    assert "3658" in row["quote"]


def test_an_estimate_leaves_with_its_weight_and_bounds(lam_khe_client: FlaskClient) -> None:
    query = "indicator=population&level=commune&date=2020-01-01&on=2025-07-01&lang=en"
    rows = table(lam_khe_client, query)
    values = lam_khe_client.get(f"/api/v1/values?{query}").get_json()["recast"]["units"]
    estimated = [row for row in rows if row["status"] == "estimated"]
    assert estimated
    for row in estimated:
        told = values[row["unit_id"]]
        assert row["weight"] == told["weight"]
        for end in ("low", "high"):
            assert row[end] == ("" if told[end] is None else str(told[end]))


def test_a_value_is_rounded_as_its_class_and_stands_unrounded_beside(client: FlaskClient) -> None:
    shown = [row for row in table(client, f"{RECAST}&lang=en") if row["value"]]
    assert all(len(row["value"].partition(".")[2]) <= 1 for row in shown)
    assert any(len(row["value_unrounded"].partition(".")[2]) > 3 for row in shown)
    for row in shown:
        assert abs(float(row["value"]) - float(row["value_unrounded"])) <= 0.05 + 1e-9


def test_the_local_form_opens_right_in_a_vietnamese_spreadsheet(client: FlaskClient) -> None:
    plain = table(client, TODAY)
    local = table(client, f"{TODAY}&form=local", ";")
    assert [len(row) for row in local] == [len(row) for row in plain]
    for one, other in zip(plain, local, strict=True):
        assert other["Mã đơn vị"] == f'="{one["Mã đơn vị"]}"'
        assert read(other["Kỳ"]) == one["Kỳ"] == "2025-07-01"
        assert "." not in other["Giá trị"]
        assert float(other["Giá trị"].replace(",", ".") or 0) == float(one["Giá trị"] or 0)


@pytest.mark.parametrize(
    ("file", "query"),
    [("data.xlsx", "form=local"), ("data.geojson", "crs=vn2000"), ("places.geojson", "form=local")],
)
def test_a_form_that_a_format_does_not_have_is_refused(
    client: FlaskClient, file: str, query: str
) -> None:
    answer = client.get(f"/export/{file}?{query}&lang=en", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.get_json()["error"]["parameter"] == query.split("=", maxsplit=1)[0]


@pytest.fixture
def package(client: FlaskClient, tmp_path: Path) -> Path:
    path = tmp_path / "map.gpkg"
    path.write_bytes(client.get(f"/export/data.gpkg?{TODAY}&crs=vn2000").data)
    return path


def test_a_geopackage_is_in_the_plane_of_the_province_where_that_is_asked(
    client: FlaskClient, package: Path
) -> None:
    assert pyogrio.read_info(package, layer="map")["crs"] == "EPSG:9205"
    west, south, east, north = pyogrio.read_dataframe(package, layer="map").total_bounds
    assert 400_000 < west < east < 620_000
    assert 2_390_000 < south < north < 2_540_000


def test_a_geopackage_is_of_version_1_3_with_columns_named_in_vietnamese(package: Path) -> None:
    with closing(sqlite3.connect(package)) as found:
        assert found.execute("PRAGMA user_version").fetchone() == (10300,)
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = dict(found.execute("SELECT column_name, name FROM gpkg_data_columns").fetchall())
        columns = {row[1] for row in found.execute("PRAGMA table_info(map)")}
        known = {row[0] for row in found.execute("SELECT extension_name FROM gpkg_extensions")}
    assert names["code"] == "Mã đơn vị"
    assert set(names) == columns - {"fid", "geom"}
    assert "gpkg_schema" in known


def test_a_geopackage_opens_in_qgis_in_the_classes_of_the_map(
    client: FlaskClient, package: Path
) -> None:
    with closing(sqlite3.connect(package)) as found:
        table, column, default, style = found.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
        ).fetchone()
        listed = found.execute("SELECT data_type FROM gpkg_contents WHERE table_name = ?",
                               ("layer_styles",)).fetchone()  # fmt: skip
        shown = {row[0] for row in found.execute('SELECT DISTINCT "class" FROM map')} - {""}
    assert (table, column, default, listed) == ("map", "geom", 1, ("attributes",))
    root = ET.fromstring(style)
    categories = {each.get("value"): each.get("symbol") for each in root.iter("category")}
    assert shown <= set(categories)
    legend = client.get(f"/api/v1/values?{TODAY}").get_json()["legend"]
    symbols = {each.get("name"): each for each in root.find("renderer-v2/symbols")}
    for row in legend["classes"]:
        first = symbols[categories[row["label"]]].find("layer/Option/Option[@name='color']")
        red, green, blue, _ = map(int, first.get("value").split(","))
        assert f"#{red:02x}{green:02x}{blue:02x}" == row["colour"]
    aliases = {each.get("field"): each.get("name") for each in root.iter("alias")}
    assert aliases["name"] == "Tên"


def test_a_geopackage_of_a_count_has_symbols_by_value(client: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "count.gpkg"
    path.write_bytes(client.get("/export/data.gpkg?indicator=population&lang=en").data)
    with closing(sqlite3.connect(path)) as found:
        (style,) = found.execute("SELECT styleQML FROM layer_styles").fetchone()
    root = ET.fromstring(style)
    assert root.find("renderer-v2").get("type") == "singleSymbol"
    (expression,) = (
        each.get("value") for each in root.iter("Option") if each.get("name") == "expression"
    )
    assert 'sqrt(abs(coalesce("value", 0))' in expression


def test_a_geopackage_is_the_same_each_time(client: FlaskClient, package: Path) -> None:
    with client.application.app_context():
        state = app_state()
        spec = parse_export(f"/export/data.gpkg?{TODAY}&crs=vn2000", state.store, state.settings)
        assert render(spec, state.store) == package.read_bytes()
