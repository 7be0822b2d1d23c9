"""Villages published by the one door, and where they are then shown; they are synthetic."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.app import create_app
from portal.app_state import open_or_create_store
from portal.cli import main
from portal.config import read_settings
from tests.toy import build_toy, new_id
from tests.village_lists import make_account

pytestmark = pytest.mark.slow

TABLE = Path(__file__).parent.parent / "synthetic" / "villages_ung_hoe.csv"
COMMUNE = new_id(16)
ABOUT = ("--as", "villages", "--title", "Danh sách thử", "--account", "lan")
TOLD = ("--period", "2026", "--merged-on", "2026-06-01")
LOAD = (
    *("data", "publish", str(TABLE), *ABOUT, *TOLD),
    *("--source-title", "Danh sách thử", "--source-issuer", "UBND phường Ứng Hòe"),
)
TAKE_BACK = ("data", "undo", "1", "--reason", "bỏ", "--account", "lan", "--write")
LAYER = "indicator=population&period=2026&level=village&date=2025-07-01"


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    folder = build_toy(tmp_path / "dataset")
    monkeypatch.setenv("PORTAL_DATASET", str(folder))
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path / "instance"))
    make_account(tmp_path / "instance")
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(main, [*arguments])


@pytest.fixture(scope="module")
def loaded_app(tmp_path_factory, toy_folder):
    """A portal whose villages are loaded, for the tests that only read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTAL_DATASET", str(toy_folder))
        instance = tmp_path_factory.mktemp("villages")
        patch.setenv("PORTAL_INSTANCE", str(instance))
        make_account(instance)
        assert run(*LOAD, "--write").exit_code == 0
        settings = read_settings({})
        store = open_or_create_store(settings)
    with_places = {"PORTAL_INSTANCE": settings.instance, "PORTAL_DATASET": settings.dataset}
    yield create_app(with_places, store)
    store.close()


@pytest.fixture
def client(loaded_app):
    return loaded_app.test_client()


def test_publishing_is_a_dry_run_unless_told_to_write(place) -> None:
    result = run(*LOAD)
    assert result.exit_code == 0, result.output
    assert "Chưa ghi gì" in result.output
    assert "+ Thử Một 90016-20250701" in result.output
    assert json.loads(run("data", "list", "--json").output)["total"] == 0


def test_the_report_names_what_was_met_and_comes_in_english_too(place) -> None:
    output = run("data", "check", str(TABLE), *TOLD, "--source-title", "x", "--lang", "en").output
    assert "0 known villages, 8 new" in output
    assert "A column names villages: “Tên bản”" in output
    assert "Thử Nghiệm is formed of Thử Một, Thử Hai" in output


def test_what_a_list_of_villages_leaves_open_is_asked(place) -> None:
    told = run("data", "check", str(TABLE), "--json")
    document = json.loads(told.output)
    assert (told.exit_code, document["kind"], document["publishable"]) == (3, "villages", False)
    assert {each["code"] for each in document["findings"] if each["severity"] == "question"} == {
        "D20", "G12", "G13",
    }  # fmt: skip


def test_faults_of_the_rows_end_the_command_and_nothing_is_written(place) -> None:
    wrong = place / "wrong.csv"
    text = TABLE.read_text(encoding="utf-8").replace("Thử Ba,103.362", "Thử Hai,103.362")
    wrong.write_text(text, encoding="utf-8")
    result = run("data", "publish", str(wrong), *LOAD[3:], "--write", "--json")
    assert result.exit_code == 2
    (found,) = (e for e in json.loads(result.output)["findings"] if e["severity"] == "error")
    assert (found["code"], [p["row"] for p in found["places"]]) == ("G02", [4])
    assert json.loads(run("data", "list", "--json").output)["total"] == 0


def test_a_divided_village_is_refused_with_the_way_to_write_it(place) -> None:
    divided = place / "divided.csv"
    row = "90016,Bản Thử Một,103.316,22.084,100,20,Bản Thử Ba"
    divided.write_text(f"{TABLE.read_text(encoding='utf-8').rstrip()}\n{row}\n", encoding="utf-8")
    result = run("data", "publish", str(divided), *LOAD[3:], "--write", "--lang", "en")
    assert result.exit_code == 2
    assert "divided" in result.output
    assert "list after the rearrangement" in result.output


def villages_served() -> list[str]:
    with closing(open_or_create_store(read_settings({}))) as store:
        return [unit.name.vi for unit in store.units(level="village").items]


def test_what_was_published_is_shown_compared_and_can_be_taken_back(place) -> None:
    assert run(*LOAD, "--write").exit_code == 0
    assert "Thử Một" in villages_served()
    assert "+ Thử Một 90016-20250701" in run("data", "show", "1").output
    assert "+ Thử Một 90016-20250701" in run("data", "diff", "0", "1").output
    assert run(*TAKE_BACK[:-1]).exit_code == 0
    assert "Thử Một" in villages_served()
    assert run(*TAKE_BACK).exit_code == 0
    assert villages_served() == []
    assert run(*TAKE_BACK).exit_code == 2
    assert run("data", "verify").exit_code == 0


def test_a_new_store_of_the_dataset_keeps_what_was_published(place) -> None:
    assert run(*LOAD, "--write").exit_code == 0
    assert run("init").exit_code == 0
    assert "Thử Một" in villages_served()


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
    assert "6 thôn, bản có vùng hoặc ranh giới trên bản đồ" in page
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
    assert "portal data publish" in error["remedy"]
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
    assert run(*TAKE_BACK).exit_code == 0
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
    assert run("data", "publish", str(table), *ABOUT, "--write").exit_code == 0
    client = create_app().test_client()
    levels = {level["id"]: level for level in client.get("/api/v1/catalogue").json["levels"]}
    assert "2025-07-01" in levels["village"]["dates"]
    own = client.get(f"/api/v1/units/{COMMUNE}").json["villages"]["lists"][0]
    page = client.get(own["map_url"])
    assert page.status_code == 200
    assert "Thử Tám" in page.get_data(as_text=True)


def test_with_villages_in_two_communes_the_link_leads_to_the_one(place) -> None:
    other = place / "other.csv"
    other.write_text("Tên bản,Kinh độ,Vĩ độ\nBản X,103.05,22.35\nBản Y,103.15,22.25\n", "utf-8")
    assert run(*LOAD, "--write").exit_code == 0
    assert (
        run("data", "publish", str(other), *ABOUT, "--commune", "90001", "--write").exit_code == 0
    )
    settings = read_settings({})
    store = open_or_create_store(settings)
    with_places = {"PORTAL_INSTANCE": settings.instance, "PORTAL_DATASET": settings.dataset}
    answer = create_app(with_places, store).test_client().get(f"/api/v1/units/{COMMUNE}").json
    assert "view=22.0500,103.3500," in answer["villages"]["lists"][0]["map_url"]
    store.close()
