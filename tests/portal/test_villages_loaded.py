"""`portal villages`, and where loaded villages are then shown; the villages are synthetic."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from geodata.store.village_imports import exclusive_writer
from portal.app import create_app
from portal.app_state import open_or_create_store
from portal.cli import main
from portal.config import read_settings
from tests.toy import build_toy, new_id

pytestmark = pytest.mark.slow

TABLE = Path(__file__).parent.parent / "synthetic" / "villages_ung_hoe.csv"
COMMUNE = new_id(16)
LOAD = (
    *("villages", "load", str(TABLE), "--period", "2026", "--merged-on", "2026-06-01"),
    *("--source-title", "Danh sách thử", "--source-issuer", "UBND phường Ứng Hòe"),
)
LAYER = "indicator=population&period=2026&level=village&date=2025-07-01"


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    folder = build_toy(tmp_path / "dataset")
    monkeypatch.setenv("PORTAL_DATASET", str(folder))
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path / "instance"))
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(main, [*arguments])


@pytest.fixture(scope="module")
def loaded_app(tmp_path_factory, toy_folder):
    """A portal whose villages are loaded, for the tests that only read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTAL_DATASET", str(toy_folder))
        patch.setenv("PORTAL_INSTANCE", str(tmp_path_factory.mktemp("villages")))
        assert run(*LOAD, "--write").exit_code == 0
        settings = read_settings({})
        store = open_or_create_store(settings)
    with_places = {"PORTAL_INSTANCE": settings.instance, "PORTAL_DATASET": settings.dataset}
    yield create_app(with_places, store)
    store.close()


@pytest.fixture
def client(loaded_app):
    return loaded_app.test_client()


def test_loading_is_a_dry_run_unless_told_to_write(place) -> None:
    result = run(*LOAD)
    assert result.exit_code == 0
    assert "Mới: 8" in result.output
    assert "Chạy thử" in result.output
    assert not (place / "instance").exists()


def test_the_report_comes_in_english_too(place) -> None:
    output = run(*LOAD, "--lang", "en").output
    assert "New: 8" in output
    assert "power diagram" in output


def test_faults_of_the_rows_end_the_command_and_nothing_is_written(place) -> None:
    wrong = place / "wrong.csv"
    text = TABLE.read_text(encoding="utf-8").replace("Thử Ba,103.362", "Thử Hai,103.362")
    wrong.write_text(text, encoding="utf-8")
    result = run("villages", "load", str(wrong), *LOAD[3:], "--write")
    assert result.exit_code == 1
    assert "wrong.csv:4 Thử Hai ~ wrong.csv:3 Thử Hai" in result.output
    assert not (place / "instance").exists()


def test_a_divided_village_is_refused_with_the_way_to_write_it(place) -> None:
    divided = place / "divided.csv"
    row = "90016,Bản Thử Một,103.316,22.084,100,20,Bản Thử Ba"
    divided.write_text(f"{TABLE.read_text(encoding='utf-8').rstrip()}\n{row}\n", encoding="utf-8")
    result = run("villages", "load", str(divided), *LOAD[3:], "--write", "--lang", "en")
    assert result.exit_code == 1
    assert "Divided among several villages: Thử Một" in result.output
    assert "load the list after the rearrangement" in result.output
    assert not (place / "instance").exists()


def test_what_was_loaded_is_listed_and_can_be_taken_away(place) -> None:
    assert run(*LOAD, "--write").exit_code == 0
    assert "Danh sách thử" in run("villages", "list").output
    assert run("villages", "remove", "90016").exit_code == 0
    assert "Danh sách thử" in run("villages", "list").output
    assert run("villages", "remove", "90016", "--write").exit_code == 0
    assert "Danh sách thử" not in run("villages", "list").output
    assert run("villages", "remove", "90016", "--write").exit_code == 1


def test_a_new_store_of_the_dataset_keeps_what_was_loaded(place) -> None:
    assert run(*LOAD, "--write").exit_code == 0
    assert run("init").exit_code == 0
    assert "Danh sách thử" in run("villages", "list").output


def test_the_map_offers_and_draws_the_villages(client) -> None:
    levels = {level["id"] for level in client.get("/api/v1/catalogue").json["levels"]}
    assert "village" in levels
    values = client.get(f"/api/v1/values?{LAYER}").json
    assert (values["legend"]["with_value"], values["legend"]["total"]) == (6, 6)
    assert values["sources"][0]["title_line"].startswith("Danh sách thử")
    shapes = client.get("/api/v1/boundaries/village.topojson?date=2025-07-01&detail=3").json
    assert len(shapes["objects"]["units"]["geometries"]) == 6
    page = client.get(f"/?{LAYER}").get_data(as_text=True)
    assert "Thôn Thử Nghiệm" in page or "Thử Nghiệm" in page


def test_the_commune_lists_its_villages_with_what_joined_what(client) -> None:
    page = client.get(f"/units/{COMMUNE}").get_data(as_text=True)
    assert "Thôn Thử Nghiệm" in page
    assert "nhập vào Thôn Thử Nghiệm" in page
    assert "6 thôn, bản có vị trí hoặc ranh giới do địa phương nạp" in page
    assert "Danh sách thử" in page


def test_a_village_says_that_an_office_loaded_it_and_what_its_area_is(client) -> None:
    found = client.get("/api/v1/units?level=village&q=Nghiem").json["items"][0]
    assert found["boundary_quality"] == "indicative"
    page = client.get(found["url"]).get_data(as_text=True)
    assert "Danh sách thử" in page
    assert "không phải ranh giới đo đạc" in page


def test_succession_and_exports_know_the_villages(client) -> None:
    unit = client.get("/api/v1/units?level=village&q=Nghiem").json["items"][0]
    formed = client.get(f"/api/v1/units/{unit['id']}").json["formed_from"]
    assert {one["name"] for one in formed} == {"Thử Một", "Thử Hai"}
    table = client.get(f"/export/data.csv?{LAYER}").get_data(as_text=True)
    assert "Thôn Thử Nghiệm" in table
    shapes = client.get(f"/export/data.geojson?{LAYER}").json
    assert len(shapes["features"]) == 6


def test_a_sheet_of_the_villages_says_what_their_areas_are(client) -> None:
    drawing = client.get(f"/export/sheet.svg?{LAYER}").get_data(as_text=True)
    assert "không phải ranh giới đo đạc" in drawing
    assert "Cạnh vùng vẽ từ vị trí, không đo đạc" in drawing
    assert "Ranh giới thôn, bản (tham khảo)" not in drawing


def test_the_commune_leads_to_its_villages_on_the_map(client) -> None:
    own = client.get(f"/api/v1/units/{COMMUNE}").json["villages"]["lists"][0]
    assert own["drawn"] == 6
    assert "level=village" in own["map_url"]
    assert "view=" not in own["map_url"]  # the map opens on the only commune that has villages
    assert client.get(own["map_url"]).status_code == 200


def test_the_map_says_since_when_the_villages_are_as_shown(client) -> None:
    assert "sắp xếp ngày 01/6/2026" in client.get(f"/api/v1/values?{LAYER}").json["subtitle"]


def test_the_page_of_comparison_takes_villages_too(client) -> None:
    assert client.get(f"/compare?{LAYER}").status_code == 200


def test_a_level_without_shapes_is_refused_with_the_way_out(place) -> None:
    settings = read_settings({})
    store = open_or_create_store(settings)
    with_places = {"PORTAL_INSTANCE": settings.instance, "PORTAL_DATASET": settings.dataset}
    error = (
        create_app(with_places, store).test_client().get(f"/api/v1/values?{LAYER}").json["error"]
    )
    assert "portal villages load" in error["remedy"]
    store.close()


def test_a_running_portal_takes_up_what_was_loaded(place) -> None:
    app = create_app()
    client = app.test_client()
    before = client.get("/api/v1/catalogue").json
    assert "village" not in {level["id"] for level in before["levels"]}
    assert "Thử Nghiệm" not in client.get(f"/units/{COMMUNE}").get_data(as_text=True)
    assert run(*LOAD, "--write").exit_code == 0
    levels = {level["id"] for level in client.get("/api/v1/catalogue").json["levels"]}
    assert "village" in levels
    assert "Thử Nghiệm" in client.get(f"/units/{COMMUNE}").get_data(as_text=True)
    assert client.get(f"/api/v1/values?{LAYER}").json["legend"]["with_value"] == 6
    assert run("villages", "remove", "90016", "--write").exit_code == 0
    assert client.get(f"/api/v1/values?{LAYER}").status_code == 400


def test_a_portal_keeps_its_store_when_what_takes_its_place_is_none(place) -> None:
    client = create_app().test_client()
    assert client.get("/api/v1/catalogue").status_code == 200
    (path,) = (place / "instance").glob("*.gpkg")
    path.with_suffix(".new").write_bytes(b"no store")
    path.with_suffix(".new").replace(path)
    assert client.get("/api/v1/catalogue").status_code == 200


def test_villages_without_any_figure_are_a_map_too(place) -> None:
    table = place / "plain.csv"
    rows = [line.split(",")[:4] for line in TABLE.read_text(encoding="utf-8").splitlines()]
    table.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    told = ("--source-title", "Danh sách thử", "--write")
    assert run("villages", "load", str(table), *told).exit_code == 0
    client = create_app().test_client()
    levels = {level["id"]: level for level in client.get("/api/v1/catalogue").json["levels"]}
    assert "2025-07-01" in levels["village"]["dates"]
    own = client.get(f"/api/v1/units/{COMMUNE}").json["villages"]["lists"][0]
    page = client.get(own["map_url"])
    assert page.status_code == 200
    assert "Thử Tám" in page.get_data(as_text=True)


def test_two_commands_do_not_write_the_store_at_once(place, monkeypatch) -> None:
    assert run(*LOAD, "--write").exit_code == 0
    (path,) = (place / "instance").glob("*.gpkg")
    monkeypatch.setattr("portal.cli.villages_commands._WAIT_SECONDS", 0.1)
    with exclusive_writer(path):
        refused = run("villages", "remove", "90016", "--write")
        assert refused.exit_code == 1
        assert "Một lệnh khác đang ghi kho dữ liệu" in refused.output
        assert "Another command is writing the store" in refused.output
        assert "Danh sách thử" in run("villages", "list").output  # Reading goes on meanwhile.
    assert run("villages", "remove", "90016", "--write").exit_code == 0


def test_with_villages_in_two_communes_the_link_leads_to_the_one(place) -> None:
    other = place / "other.csv"
    other.write_text("Tên bản,Kinh độ,Vĩ độ\nBản X,103.05,22.35\nBản Y,103.15,22.25\n", "utf-8")
    assert run(*LOAD, "--write").exit_code == 0
    told = ("--commune", "90001", "--source-title", "Danh sách khác", "--write")
    assert run("villages", "load", str(other), *told).exit_code == 0
    settings = read_settings({})
    store = open_or_create_store(settings)
    with_places = {"PORTAL_INSTANCE": settings.instance, "PORTAL_DATASET": settings.dataset}
    answer = create_app(with_places, store).test_client().get(f"/api/v1/units/{COMMUNE}").json
    assert "view=22.0500,103.3500," in answer["villages"]["lists"][0]["map_url"]
    store.close()
