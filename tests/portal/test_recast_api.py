"""Figures on the units of another day, as the API gives them: toy answers worked out by hand."""

import csv
import io
import json
from dataclasses import replace

import jsonschema
import pytest

from geodata.store import create_store
from portal.api.schemas import SCHEMAS
from portal.app import create_app

API = "/api/v1"
OLD, NEW = "2013-01-01", "2025-07-01"
# Old communes 01, 02, 05, 06 have 100, 200, 500 and 600 people and became 01; and so on.
MERGED = {"01": 1400, "03": 2200, "09": 4600, "11": 3800, "16": 1600}
LAYER = f"indicator=population&period=2019&level=commune&date={OLD}"


def get(client, path):
    response = client.get(API + path)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json()


def new(code):
    return f"900{code}-20250701"


def test_old_counts_add_up_on_new_units(toy):
    document = get(toy, f"/values?{LAYER}&on={NEW}")
    assert {unit: row[0] for unit, row in document["units"].items()} == {
        new(code): people for code, people in MERGED.items()
    }
    assert {row[2] for row in document["units"].values()} == {"summed"}
    assert document["boundaries"] == {"level": "commune", "date": NEW}
    assert document["layer"]["on"] == NEW
    assert document["recast"]["units"][new("01")]["coverage"] == 1
    assert [m["kind"] for m in document["legend"]["missing"]][-1] == "not_recoverable"
    assert "tính lại" in document["subtitle"]
    assert "5 cộng từ các đơn vị cũ" in document["summary"]


def test_the_query_with_on_gives_the_same_answer(toy):
    first = get(toy, f"/values?{LAYER}&on=2026-05-05&lang=en")
    assert f"on={NEW}" in first["query"]
    assert get(toy, f"/values?{first['query']}") == first


def test_the_own_day_means_as_published_then(toy):
    same = get(toy, f"/values?{LAYER}&on=2020-01-01")
    assert same == get(toy, f"/values?{LAYER}")
    assert same["recast"] is None
    assert len(same["legend"]["missing"]) == 3


def test_a_density_is_rebuilt_from_people_and_area(toy):
    document = get(
        toy,
        f"/values?indicator=population_density&period=2019&level=commune&date={OLD}&on={NEW}",
    )
    units = toy.get(f"{API}/units?level=commune&date={NEW}").get_json()["items"]
    areas = {unit["id"]: unit["shape_area_km2"] for unit in units}
    for code in ("01", "03", "09", "11"):
        expected = MERGED[code] / areas[new(code)]
        assert document["units"][new(code)][0] == pytest.approx(expected, rel=1e-4)
        assert document["units"][new(code)][2] == "summed"


def test_new_counts_go_back_as_estimates_and_keep_their_total(toy):
    query = f"indicator=population&period=2025&level=commune&date={NEW}&on={OLD}"
    document = get(toy, f"/values?{query}")
    values = {unit: row for unit, row in document["units"].items() if row[0] is not None}
    assert values["90001-20130101"][2] == "estimated"
    # 401 people of 01 by the census: 100 of 1,400.
    assert values["90001-20130101"][0] == pytest.approx(401 * 100 / 1400)
    # 06 published a figure of its own for 2025, which stands; 16 was never divided.
    assert values["90006-20130101"][:1] + values["90006-20130101"][2:3] == [1700, "published"]
    assert values["90016-20130101"][2] == "summed"
    assert document["legend"]["estimated"] == 14


def test_a_card_lists_what_a_value_came_from(toy):
    card = get(toy, f"/cards/{new('01')}?{LAYER}&on={NEW}")
    assert card["value"] is None
    assert card["missing"] is None
    recast = card["recast"]
    assert (recast["value"], recast["status"]) == (1400, "summed")
    assert recast["status_label"] == "Cộng từ các đơn vị cũ"
    assert [part["amount"] for part in recast["contributions"]] == [100, 200, 500, 600]
    assert all(part["source"]["id"] == "grid" for part in recast["contributions"])
    assert card["rank"]["rank"] == 5


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        (f"/values?{LAYER}&on=tomorrow", "on"),
        (f"/values?{LAYER}&on=1900-01-01", "on"),
        (f"/values?indicator=population&period=2024-H1&level=district&date={OLD}&on={NEW}", "on"),
        (f"/compare?{LAYER}&mode=sideways", "mode"),
        (f"/compare?{LAYER}&period2=nine", "period2"),
        ("/balance?indicator=population_density", "indicator"),
        ("/succession?from=1900-01-01", "from"),
        (f"/succession?level=district&to={NEW}", "to"),
        ("/succession?level=planet", "level"),
    ],
)
def test_what_cannot_be_recast_is_refused_by_name(toy, path, parameter):
    response = toy.get(API + path)
    assert response.status_code == 400
    error = response.get_json()["error"]
    assert error["parameter"] == parameter
    assert error["allowed"]


def test_both_sides_of_a_comparison_have_the_same_classes(toy):
    document = get(toy, f"/compare?{LAYER}&on={NEW}&style=choropleth&scheme=quantiles&classes=4")
    sides = [document[side]["legend"]["classes"] for side in ("left", "right")]
    keys = ("lower", "upper", "colour", "label")
    assert [[row[k] for k in keys] for row in sides[0]] == [
        [row[k] for k in keys] for row in sides[1]
    ]
    pooled = document["legend"]["classes"]
    assert [row["count"] for row in pooled] == [
        a["count"] + b["count"] for a, b in zip(*sides, strict=True)
    ]
    assert sum(row["count"] for row in pooled) == 16 + 5


def test_redrawn_lines_are_told_apart_from_real_change(toy):
    document = get(toy, f"/compare?{LAYER}&on={NEW}&period2=2025")
    assert document["known"]["redrawing"]
    assert document["known"]["real"]
    moved = document["redrawing"]["units"]["90001-20130101"]
    assert (moved["before"], moved["after"], moved["difference"]) == (100, 1400, 1300)
    assert moved["to"]["id"] == new("01")
    assert (moved["rank_before"], moved["of_before"]) == (16, 16)
    assert (moved["rank_after"], moved["of_after"]) == (5, 5)
    real = document["real"]["units"][new("01")]
    assert (real["before"], real["after"], real["difference"]) == (1400, 401, -999)
    part = document["parts"]["90001-20130101"]
    assert part["total"] == part["redrawing"] + part["real"] == 401 - 100
    assert part["known"] == "both"
    assert document["difference"]["part"] == "real"
    assert document["real"]["changed"] == {
        "up": 0, "down": 5, "same": 0, "unknown": 0, "doubtful": 0,
    }  # fmt: skip


def test_where_only_one_part_is_known_the_answer_says_which(toy):
    document = get(toy, f"/compare?{LAYER}&on={NEW}")
    assert document["difference"]["part"] == "redrawing"
    assert document["known"] == {
        "redrawing": True, "real": False, "sentence": document["known"]["sentence"],
    }  # fmt: skip
    assert document["real"]["reason"]
    assert set(document["difference"]["units"]) == set(document["left"]["units"])
    before, after = document["redrawing"]["before"], document["redrawing"]["after"]
    assert (before["mean"], after["mean"]) == (13600 / 16, 13600 / 5)
    assert (before["sum"], after["sum"]) == (13600, 13600)


@pytest.mark.parametrize("measure", ["absolute", "relative"])
def test_differences_are_classed_about_zero(toy, measure):
    document = get(toy, f"/compare?{LAYER}&on={NEW}&period2=2025&measure={measure}")["difference"]
    classes = document["legend"]["classes"]
    middle = classes[len(classes) // 2]
    assert len(classes) % 2 == 1
    assert middle["lower"] < 0 < middle["upper"]
    assert middle["lower"] == -middle["upper"]
    for value, index, *_ in document["units"].values():
        assert classes[index]["lower"] - 0.05 <= value <= classes[index]["upper"] + 0.05
    if measure == "relative":
        assert document["units"][new("01")][0] == pytest.approx(-100 * 999 / 1400)
        assert document["measure_unit"]["symbol"] == "%"
        assert document["texts"][new("01")] == "-71,4%"


def test_a_comparison_without_a_period_takes_figures_of_former_units(toy, client):
    for app in (toy, client):
        document = get(app, "/compare")
        assert document["left"]["layer"]["date"] < document["right"]["boundaries"]["date"]
        assert document["redrawing"]["known"]


def test_the_balance_keeps_every_person(toy):
    sheet = get(toy, f"/balance?{LAYER}&on={NEW}")
    assert sheet["total"]["before"] == sheet["total"]["after"] == 13600
    assert [row["group"] for row in sheet["rows"]] == ["901-20130101", "902-20130101"]
    assert all(row["residual"] == 0 for row in sheet["rows"])
    assert sum(row["before"] for row in sheet["rows"]) == 13600
    rows = list(csv.DictReader(io.StringIO(toy.get(sheet["csv"]).get_data(as_text=True))))
    assert list(rows[0]) == list(sheet["columns"])
    assert rows[-1]["after"] == "13600"


def test_the_succession_table_names_every_pair_both_ways(toy):
    there = get(toy, "/succession")
    assert there["total"] == 16
    assert all(item["whole"] for item in there["items"])
    first = next(item for item in there["items"] if item["from"]["id"] == "90001-20130101")
    assert first["to"]["id"] == new("01")
    assert first["part"]["population"] == pytest.approx(100 / 1400, abs=1e-6)
    assert first["events"] == [
        {"date": NEW, "label": "01/7/2025", "legal_basis": "Nghị quyết 1", "note": ""}
    ]
    back = get(toy, f"/succession?from={NEW}&to={OLD}")
    assert back["total"] == 16
    assert sum(item["whole"] for item in back["items"]) == 1


def test_the_table_is_offered_as_a_file_with_a_documented_header(toy):
    document = get(toy, "/succession?lang=en")
    response = toy.get(document["csv"])
    assert response.mimetype == "text/csv"
    assert 'filename="succession.csv"' in response.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))
    assert len(rows) == 16
    assert list(rows[0]) == list(document["columns"])
    assert rows[0]["from_code"] == "90001"


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/compare", "Comparison"),
        ("/compare?indicator=population&period2=2025-07-01&measure=relative", "Comparison"),
        ("/values?indicator=population&on=2013-01-01", "Values"),
        ("/succession", "Successions"),
        ("/balance?indicator=population", "Balance"),
    ],
)
def test_answers_are_as_described(client, path, schema):
    document = {"components": {"schemas": SCHEMAS}, "$ref": f"#/components/schemas/{schema}"}
    answer = client.get(API + path)
    assert answer.status_code == 200
    jsonschema.Draft202012Validator(document).validate(json.loads(answer.data))


def test_the_census_of_2019_is_kept_by_former_district(client):
    sheet = get(client, "/balance?indicator=population&period=2019-04-01")
    assert sheet["total"]["before"] == sheet["total"]["after"] == 460_196
    assert len(sheet["rows"]) == 8
    assert sheet["unreached"] == []


def test_the_census_before_an_earlier_reform_fills_the_gaps_the_next_units_leave(client):
    """On the 106 of 2020 the census has 103 figures; the 38 of today have all their people."""
    query = "indicator=population&period=2019-04-01&level=commune&date=2020-02-01&on=2025-07-01"
    found = get(client, f"/values?{query}")
    assert found["legend"]["with_value"] == 38
    assert sum(row[0] for row in found["units"].values()) == 460_196
    card = get(client, f"/cards/03388-20250701?{query}")["recast"]
    assert (card["value"], card["status"]) == (21_973, "summed")
    assert "Nậm Loỏng" in {part["unit"]["name"] for part in card["contributions"]}
    query = query.replace("population&", "population_density&")
    assert get(client, f"/values?{query}")["legend"]["with_value"] == 38


PAIR = ["03386-20200201", "03403-20200201"]
OF_2013 = "period=2019-04-01&level=commune&date=2013-01-01"
ON_2020 = f"{OF_2013}&on=2020-02-01"


@pytest.mark.parametrize(
    ("indicator", "total"),
    [("population", 460_196), ("households", None), ("population[residence:rural]", None)],
)
def test_units_alone_and_together_keep_the_total_of_every_count(client, indicator, total):
    found = get(client, f"/values?indicator={indicator}&{ON_2020}")
    (both,) = found["together"]
    assert (both["units"], both["status"]) == (PAIR, "summed")
    alone = [row[0] for row in found["units"].values() if row[0] is not None]
    before = get(client, f"/values?indicator={indicator}&{OF_2013}")
    counted = sum(row[0] for row in before["units"].values() if row[0] is not None)
    assert sum(alone) + both["value"] == counted == (total or counted)
    assert set(both["sources"]) <= {source["id"] for source in found["sources"]}


def test_the_two_units_stay_blank_and_the_note_gives_their_figure_together(client):
    found = get(client, f"/values?indicator=population&{ON_2020}")
    assert [found["units"][unit] for unit in PAIR] == [[None, "not_recoverable"]] * 2
    sentence = (
        "Phường Quyết Thắng và xã Sùng Phài cùng nhau: 7.228\u00a0người; chưa có tài liệu chia"
    )
    assert found["legend"]["notes"][0] == found["together"][0]["sentence"] == sentence
    english = get(client, f"/values?indicator=population&{ON_2020}&lang=en")
    assert "together: 7,228\u00a0people; no document divides it" in english["legend"]["notes"][0]
    assert get(client, "/values?indicator=population")["together"] == []


@pytest.mark.parametrize("unit", PAIR)
def test_the_card_of_either_unit_gives_the_figure_together_and_what_it_came_from(client, unit):
    card = get(client, f"/cards/{unit}?indicator=population&{ON_2020}")
    assert card["recast"]["status"] == "not_recoverable"
    both = card["together"]
    assert (both["value"], [each["id"] for each in both["units"]]) == (7_228, PAIR)
    assert sum(part["amount"] for part in both["contributions"]) == 7_228
    other = get(client, f"/cards/03387-20130101?indicator=population&{ON_2020}")
    assert other["together"] is None


def test_a_ratio_together_is_rebuilt_from_the_figures_together(client):
    def both(indicator):
        return get(client, f"/values?indicator={indicator}&{ON_2020}")["together"][0]["value"]

    assert both("household_size") == pytest.approx(both("population") / both("households"))


def test_page_table_files_and_sheet_say_what_is_known_together(client):
    query = f"indicator=population&{ON_2020}"
    rows = list(csv.DictReader(io.StringIO(
        client.get(f"/export/data.csv?{query}&lang=en").get_data().decode("utf-8-sig")
    )))  # fmt: skip
    assert sum(float(row["value"]) for row in rows if row["value"]) == 460_196
    assert rows[-1]["unit_id"] == "+".join(PAIR)
    page = client.get(f"/?{query}").get_data(as_text=True)
    table = page[page.index("<tfoot>") : page.index("</tfoot>")]
    assert "Phường Quyết Thắng và xã Sùng Phài" in table
    assert "7.228" in table
    unit = client.get(f"/units/{PAIR[0]}?figures=recast").get_data(as_text=True)
    assert "Phường Quyết Thắng và xã Sùng Phài cùng nhau: 7.228" in unit
    features = client.get(f"/export/data.geojson?{query}").get_json()["features"]
    noted = [f["id"] for f in features if "cùng nhau: 7.228" in f["properties"]["note"]]
    assert noted == PAIR


@pytest.fixture
def unlinked(tmp_path, toy_folder, toy_dataset):
    """A portal of the toy without a row that says what became of the old communes."""
    store = create_store(tmp_path / "toy.gpkg", replace(toy_dataset, successions=()))
    settings = {"PORTAL_INSTANCE": tmp_path / "instance", "PORTAL_DATASET": toy_folder}
    yield create_app(settings, store).test_client()
    store.close()


def test_figures_that_came_by_the_shapes_say_so(unlinked, toy):
    document = get(unlinked, f"/values?{LAYER}&on={NEW}&lang=en")
    described = {"components": {"schemas": SCHEMAS}, "$ref": "#/components/schemas/Recast"}
    jsonschema.Draft202012Validator(described).validate(document["recast"])
    assert document["recast"]["method"] == "overlay"
    assert document["units"][new("01")][0] == pytest.approx(MERGED["01"])
    assert document["recast"]["units"][new("01")]["status"] == "estimated"
    assert document["recast"]["units"][new("01")]["weight_label"] == "area"
    said = document["legend"]["notes"][0]
    assert "No legal table" in said
    assert "Units of the figures: Indicative boundary; of the map: Generalised boundary" in said
    by_law = get(toy, f"/values?{LAYER}&on={NEW}&lang=en")
    assert by_law["recast"]["method"] == "succession"
    assert not any("No legal table" in note for note in by_law["legend"]["notes"])


def test_the_page_of_such_a_map_carries_the_note(unlinked):
    page = unlinked.get(f"/?{LAYER}&on={NEW}").get_data(as_text=True)
    assert "Không có văn bản nào nối đơn vị của hai thời điểm" in page


def test_the_table_of_units_linked_by_shape_says_where_its_shares_come_from(unlinked, toy):
    where = f"from={OLD}&to={NEW}&level=commune"
    document = get(unlinked, f"/succession?{where}")
    assert document["method"] == "overlay"
    first = next(item for item in document["items"] if item["from"]["code"] == "90001")
    assert (first["to"]["code"], first["whole"], first["share"]) == ("90001", False, {"area": 1})
    rows = csv.DictReader(io.StringIO(unlinked.get(f"{API}/succession.csv?{where}").text))
    assert {row["note_en"][:9] for row in rows} == {"Estimated"}
    assert get(toy, f"/succession?{where}")["method"] == "succession"


def test_the_balance_of_an_overlay_counts_its_slivers(unlinked):
    sheet = get(unlinked, f"/balance?{LAYER}&on={NEW}")
    assert sheet["total"]["residual"] == pytest.approx(0, abs=1e-6)
    assert sheet["slivers"] == 0
