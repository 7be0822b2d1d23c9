"""The synthetic province and the skeleton of a new one, served, compared and exported."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from openpyxl import load_workbook
from PIL import Image

from geodata.dataset import Dataset, read_dataset
from portal.app import create_app
from portal.cli import main

LAYER = "indicator=population_density&level=commune"
BEFORE = "period=2019-04-01&date=2025-06-30"
PAGES = (
    "/",
    "/compare",
    "/mergers",
    "/balance",
    "/method",
    "/indicators",
    "/sources",
    "/about",
    "/guide",
)


def client_of(folder: Path, instance: Path) -> FlaskClient:
    app = create_app({"PORTAL_INSTANCE": instance, "PORTAL_DATASET": folder})
    return app.test_client()


@pytest.fixture(scope="module")
def lam_khe(lam_khe_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(lam_khe_folder, tmp_path_factory.mktemp("lam_khe_instance"))


@pytest.fixture(scope="module")
def new_place(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A dataset as `portal dataset new` and `portal dataset build` make it."""
    root = tmp_path_factory.mktemp("new")
    folder = root / "my_place"
    environment = {"PORTAL_DATASET": str(folder), "PORTAL_INSTANCE": str(root / "instance")}
    runner = CliRunner(env=environment)
    made = runner.invoke(main, ["dataset", "new", str(folder)])
    assert made.exit_code == 0, made.output
    assert f"PORTAL_DATASET={folder} portal dataset build --inputs {folder}" in made.output
    built = runner.invoke(main, ["dataset", "build", "--inputs", str(folder)])
    assert built.exit_code == 0, built.output
    checked = runner.invoke(main, ["dataset", "check", "--inputs", str(folder)])
    assert checked.exit_code == 0, checked.output
    return client_of(folder, root / "instance")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("place", ["lam_khe", "new_place"])
def test_every_page_is_served(
    request: pytest.FixtureRequest, place: str, page: str, lang: str
) -> None:
    client: FlaskClient = request.getfixturevalue(place)
    answer = client.get(f"{page}?lang={lang}")
    assert answer.status_code == 200
    assert "Lai Châu" not in answer.text


@pytest.mark.slow
def test_every_unit_has_its_page(lam_khe: FlaskClient, lam_khe_dataset: Dataset) -> None:
    for unit in lam_khe_dataset.units:
        answer = lam_khe.get(f"/units/{unit.unit_id}")
        assert answer.status_code == 200
        assert unit.full_name.vi in answer.text


def test_old_figures_are_recast_on_the_new_communes(lam_khe: FlaskClient) -> None:
    url = "/api/v1/compare?indicator=population&level=commune"
    answer = lam_khe.get(url).json
    assert answer["left"]["legend"]["total"] == 16
    assert answer["right"]["legend"]["total"] == 5
    assert answer["right"]["legend"]["with_value"] == 5


@pytest.mark.slow
@pytest.mark.parametrize("layer", [LAYER, f"{LAYER}&{BEFORE}"])
def test_a_map_and_its_table_are_exported(lam_khe: FlaskClient, layer: str) -> None:
    picture = lam_khe.get(f"/export/sheet.png?{layer}&preset=half-page&dpi=96")
    assert picture.status_code == 200
    colours = Image.open(io.BytesIO(picture.data)).convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 20
    workbook = load_workbook(io.BytesIO(lam_khe.get(f"/export/data.xlsx?{layer}").data))
    names = {str(cell.value) for sheet in workbook for row in sheet.rows for cell in row}
    assert any("Hang Dơi" in name for name in names)


@pytest.mark.slow
def test_a_comparison_is_exported(lam_khe: FlaskClient) -> None:
    answer = lam_khe.get("/export/difference.png?indicator=population_density&dpi=96")
    assert answer.status_code == 200
    assert answer.mimetype == "image/png"


@pytest.mark.slow
def test_a_province_without_a_merger_is_exported(new_place: FlaskClient) -> None:
    assert new_place.get(f"/export/sheet.png?{LAYER}&preset=half-page&dpi=96").status_code == 200
    assert "Xã Mẫu Hai" in new_place.get(f"/export/data.csv?{LAYER}").text


@pytest.mark.slow
def test_all_faults_are_told_on_the_terminal(lam_khe_copy: Path) -> None:
    path = lam_khe_copy / "inputs" / "tables.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('"census-2019"', '"census"').replace('"forest_area"', '"forest"')
    path.write_text(text, encoding="utf-8")
    runner = CliRunner(env={"PORTAL_DATASET": str(lam_khe_copy)})
    refused = runner.invoke(main, ["dataset", "build", "--inputs", str(lam_khe_copy)])
    assert refused.exit_code == 2
    for words in ("Không có nguồn này", "There is no such source", "Không có chỉ tiêu này"):
        assert words in refused.output
    assert "2 lỗi" in refused.output
    assert read_dataset(lam_khe_copy).observations
