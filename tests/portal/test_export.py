"""Files to take away: limits, tags, equal bytes on the web and in the terminal, safe tables."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from PIL import Image

from geodata.store import Store
from layers.sheet import SheetOptions
from portal.cli import main
from portal.export.data import DATA_TYPES
from portal.export.data.csv_form import escape_formula
from portal.export.data.tables import COLUMNS, HEADERS
from portal.export.data.workbook import append_row
from portal.export.sheet_files import MAX_PIXELS, SHEET_TYPES
from portal.parameters.declared_files import SHEET

LAYER = "indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
SMALL = f"/export/sheet.png?{LAYER}&preset=half-page&dpi=96"


@pytest.mark.parametrize(("extension", "mimetype"), [*SHEET_TYPES.items(), *DATA_TYPES.items()])
def test_every_file_comes_with_its_type_and_a_tag(
    client: FlaskClient, extension: str, mimetype: str
) -> None:
    kind = "sheet" if extension in SHEET_TYPES else "data"
    url = f"/export/{kind}.{extension}?{LAYER}&lang=en" + ("&dpi=96" if kind == "sheet" else "")
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.mimetype == mimetype
    assert (
        f"population_density_2025-07-01_commune_2025-07-01.{extension}"
        in (answer.headers["Content-Disposition"])
    )
    again = client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


def test_options_change_the_sheet_and_its_tag(client: FlaskClient) -> None:
    plain, copied = client.get(SMALL), client.get(f"{SMALL}&bw=1")
    assert plain.data != copied.data
    assert plain.headers["ETag"] != copied.headers["ETag"]
    assert (
        Image.open(io.BytesIO(plain.data)).size == SheetOptions(preset="half-page", dpi=96).pixels()
    )


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("dpi=95", 400, "dpi"),
        ("dpi=601", 400, "dpi"),
        ("dpi=1e3", 400, "dpi"),
        ("preset=a0", 400, "preset"),
        ("width=100", 400, "height"),
        ("width=59&height=100", 400, "width"),
        ("width=nan&height=100", 400, "width"),
        ("width=601&height=100", 400, "width"),
        ("bw=yes", 400, "bw"),
        ("extent=99999-20250701", 404, "extent"),
        ("note=" + "x" * 501, 400, "note"),
        ("office=" + "x" * 121, 400, "office"),
        ("extent=view", 400, "bbox"),
        ("bbox=103,22,104,23", 400, "bbox"),
        ("extent=view&bbox=104,22,103,23", 400, "bbox"),
        ("extent=view&bbox=103,22,103.001,23", 400, "bbox"),
        ("extent=view&bbox=103,22,104", 400, "bbox"),
        ("extent=view&bbox=nan,22,104,23", 400, "bbox"),
        ("extent=view&bbox=0,0,1,1", 400, "bbox"),
        ("width=600&height=600&dpi=600", 413, "dpi"),
        ("unknown=1", 400, "unknown"),
        ("indicator=nothing", 404, "indicator"),
    ],
)
def test_refusals_have_the_shape_of_every_error(
    client: FlaskClient, query: str, status: int, parameter: str
) -> None:
    answer = client.get(f"/export/sheet.png?{query}&lang=en")
    assert answer.status_code == status
    error = answer.get_json()["error"]
    assert error["status"] == status
    assert error["parameter"] == parameter
    assert error["message"]


def test_a_person_with_a_wrong_link_reads_a_page_and_a_program_json(client: FlaskClient) -> None:
    path = f"/export/sheet.png?{LAYER}&preset=a5"
    seen = "text/html,application/xhtml+xml,application/xml;q=0.9,image/png,*/*;q=0.8"
    page = client.get(path, headers={"Accept": seen})
    assert (page.status_code, page.mimetype) == (400, "text/html")
    for words in ("a4-landscape", '<code class="muted">preset</code>'):
        assert words in page.get_data(as_text=True)
    for accept in ("*/*", "application/json", "image/avif,image/png,image/*,*/*;q=0.8", ""):
        answer = client.get(path, headers={"Accept": accept})
        assert answer.get_json()["error"]["parameter"] == "preset"
        assert "Accept" in answer.headers["Vary"]
    api = client.get("/api/v1/values?indicator=nothing", headers={"Accept": seen})
    assert api.mimetype == "application/json"


def test_the_largest_sheet_is_an_a3_at_600_dpi() -> None:
    width, height = SheetOptions(preset="a3-landscape", dpi=600).pixels()
    assert width * height <= MAX_PIXELS


@pytest.mark.parametrize("path", ["sheet.gif", "map.png", "data.exe", "sheet."])
def test_files_that_are_not_made_are_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/export/{path}").status_code == 404


def test_a_parameter_is_declared_for_every_option() -> None:
    unsaid = {"format", "public_url", "address", "logo", "bare"}
    options = set(SheetOptions.__dataclass_fields__) - unsaid
    # The address only says whether; which grid is drawn is the operator's. Rasters are the layer's.
    own = options - {"relief", "rasters"}
    assert {parameter.name for parameter in SHEET} == own | {"hillshade"}


def test_a_busy_server_answers_429(client: FlaskClient, app, monkeypatch) -> None:
    threads = app.extensions["portal.export"].threads
    monkeypatch.setattr(threads, "limits", replace(threads.limits, callers=0))
    answer = client.get(f"{SMALL}&note=busy")
    assert answer.status_code == 429
    assert answer.get_json()["error"]["code"] == "busy"


def test_a_csv_opens_in_excel_and_runs_nothing(client: FlaskClient) -> None:
    content = client.get(f"/export/data.csv?{LAYER}&lang=en").data
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 38
    row = next(r for r in rows if r["unit_id"] == "03390-20250701")
    assert row["code"] == "03390"
    assert float(row["value"]) > 0
    assert row["doubt"]
    assert row["source"]


def test_the_header_is_vietnamese_and_in_english_files_the_names_programs_use(client) -> None:
    def header(query: str) -> list[str]:
        content = client.get(f"/export/data.csv?{LAYER}{query}").data.decode("utf-8-sig")
        return next(csv.reader(io.StringIO(content)))

    assert header("") == [each["vi"] for each in HEADERS.values()]
    assert header("")[:2] == ["Mã định danh đơn vị", "Mã đơn vị"]
    assert header("&lang=en") == list(COLUMNS)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_texts_that_a_spreadsheet_would_run_are_kept_from_it(text: str) -> None:
    assert escape_formula(text) == f"'{text}"
    assert escape_formula(-1.5) == -1.5
    assert escape_formula("xã") == "xã"


def test_a_workbook_has_numbers_sources_and_notes(client: FlaskClient) -> None:
    url = f"/export/data.xlsx?{LAYER}"
    book = load_workbook(io.BytesIO(client.get(url).data))
    assert book.sheetnames == ["Số liệu", "Nguồn", "Ghi chú"]
    rows = list(book["Số liệu"].iter_rows(values_only=True))
    assert rows[0] == tuple(header["vi"] for header in HEADERS.values())
    values = [row[COLUMNS.index("value")] for row in rows[1:]]
    assert {type(value) for value in values} <= {float, int, type(None)}
    assert sum(value is not None for value in values) > 30
    assert all(isinstance(row[1], str) for row in rows[1:])
    assert book["Nguồn"].max_row > 1
    assert "Mật độ dân số" in book["Ghi chú"]["A1"].value


def test_shapes_come_with_the_figures(client: FlaskClient, tmp_path: Path) -> None:
    collection = json.loads(client.get(f"/export/data.geojson?{LAYER}").data)
    assert len(collection["features"]) == 38
    for feature in collection["features"]:
        found = feature["properties"]
        assert (found["value"] is None) == bool(found["missing"])
    topology = json.loads(client.get(f"/export/data.topojson?{LAYER}").data)
    assert len(topology["objects"]["units"]["geometries"]) == 38
    path = tmp_path / "map.gpkg"
    path.write_bytes(client.get(f"/export/data.gpkg?{LAYER}").data)
    frame = gpd.read_file(path, layer="map")
    assert len(frame) == 38
    assert frame.crs.to_epsg() == 4326
    assert frame["value"].notna().sum() > 30


@pytest.mark.parametrize("extension", DATA_TYPES)
def test_a_map_that_lacks_most_figures_is_written_in_every_format(
    client: FlaskClient, extension: str
) -> None:
    answer = client.get(f"/export/data.{extension}?indicator=forest_cover_rate&level=commune")
    assert answer.status_code == 200
    if extension == "topojson":
        units = json.loads(answer.data)["objects"]["units"]["geometries"]
        values = [unit["properties"]["value"] for unit in units]
        assert 0 < values.count(None) < len(values)


def test_every_file_is_the_same_in_two_runs(lai_chau_store: Store) -> None:
    from layers.layer import Layer
    from layers.layer_view import resolve_layer
    from portal.export.data import data_file

    view = resolve_layer(Layer.from_query({}, lai_chau_store), lai_chau_store)
    for extension in DATA_TYPES:
        assert data_file(view, lai_chau_store, extension) == data_file(
            view, lai_chau_store, extension
        ), extension


@pytest.mark.slow
def test_the_terminal_writes_what_the_server_answers(
    toy: FlaskClient, toy_folder: Path, tmp_path: Path
) -> None:
    env = {"PORTAL_INSTANCE": str(tmp_path / "home"), "PORTAL_DATASET": str(toy_folder)}
    path = "/export/sheet.svg?indicator=population&lang=en"
    target = tmp_path / "map.svg"
    result = CliRunner().invoke(main, ["export", path, "-o", str(target)], env=env)
    assert result.exit_code == 0, result.output
    assert target.read_bytes() == toy.get(path).data
    page = "https://map.example/?indicator=population&lang=en&unit=90001-20250701&sort=name"
    table = tmp_path / "map.csv"
    result = CliRunner().invoke(main, ["export", page, "-o", str(table)], env=env)
    assert result.exit_code == 0, result.output
    assert table.read_bytes() == toy.get("/export/data.csv?indicator=population&lang=en").data


def test_the_terminal_refuses_in_words(toy_folder: Path, tmp_path: Path) -> None:
    env = {"PORTAL_INSTANCE": str(tmp_path / "home"), "PORTAL_DATASET": str(toy_folder)}
    result = CliRunner().invoke(main, ["export", "/", "-o", str(tmp_path / "map.gif")], env=env)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "sheet.png" in result.output


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", "ftp://x", "https://x/?q"])
def test_a_public_address_is_an_address(url: str) -> None:
    from geodata.errors import InvalidInput
    from portal.config import read_settings

    with pytest.raises(InvalidInput):
        read_settings({"PORTAL_PUBLIC_URL": url})
    assert read_settings({"PORTAL_PUBLIC_URL": "https://x.vn/ban-do/"}).public_url == (
        "https://x.vn/ban-do"
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_of_a_workbook_that_looks_like_a_formula_is_marked_as_text(text: str) -> None:
    book = Workbook(write_only=True)
    append_row(book.create_sheet(), [text, -1.5, "xã"])
    target = io.BytesIO()
    book.save(target)
    cells = next(load_workbook(target).active.iter_rows())
    assert [cell.data_type for cell in cells] == ["s", "n", "s"]
    assert cells[0].value.replace("_x000D_", "\r") == text
    assert [bool(cell.quotePrefix) for cell in cells] == [True, False, False]


@pytest.mark.parametrize("file", ["data.csv", "data.xlsx", "map.html", "report.docx", "atlas.pdf"])
def test_a_file_without_a_place_for_a_logo_takes_no_post(client: FlaskClient, file: str) -> None:
    answer = client.post(f"/export/{file}?{LAYER}")
    assert answer.status_code == 405
    assert {each.strip() for each in answer.headers["Allow"].split(",")} == {
        "GET", "HEAD", "OPTIONS",
    }  # fmt: skip
    assert client.post("/export/data.exe").status_code == 404
