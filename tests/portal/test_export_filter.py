"""Units picked on the map: in tables and on sheets, and told where a file is of all of them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from geodata.errors import InvalidInput
from geodata.store import Store
from layers.layer import Layer
from layers.layer_view import resolve_layer
from layers.unit_filter import UnitFilter, parse_conditions, picked_units
from portal.cli import main

TODAY = "indicator=population_density&level=commune&date=2025-07-01"
WHERE = "population_density>100;natural_area<=300"


def rows(client: FlaskClient, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/export/data.csv?{query}&lang=en")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def of(client: FlaskClient, indicator: str) -> dict[str, float]:
    query = f"indicator={indicator}&level=commune&date=2025-07-01"
    return {row["unit_id"]: float(row["value_unrounded"]) for row in rows(client, query)
            if row["value"]}  # fmt: skip


def test_a_table_has_the_units_that_meet_every_condition(client: FlaskClient) -> None:
    density, area = of(client, "population_density"), of(client, "natural_area")
    wanted = {u for u in density if density[u] > 100 and area.get(u, 1e9) <= 300}
    found = rows(client, f"{TODAY}&where={WHERE}")
    assert {row["unit_id"] for row in found} == wanted
    assert 0 < len(wanted) < 38


def test_a_table_has_the_units_that_lie_in_the_one_asked_for(client: FlaskClient) -> None:
    query = "indicator=population_density&level=commune&date=2020-02-01&period=2019-04-01"
    district = "107-20200201"
    parents = client.get("/api/v1/units?level=district&date=2020-02-01").get_json()["items"]
    district = parents[0]["id"]
    inside = client.get(
        f"/api/v1/units?parent={district}&level=commune&date=2020-02-01&limit=200"
    ).get_json()["items"]
    found = rows(client, f"{query}&within={district}")
    assert {row["unit_id"] for row in found} == {each["id"] for each in inside}


def test_a_class_is_met_by_its_name_only(lam_khe_store: Store) -> None:
    layer = Layer.from_query({"indicator": "difficulty_area"}, lam_khe_store)
    view = resolve_layer(layer, lam_khe_store)
    code = "area_1"
    chosen = UnitFilter(parse_conditions(f"difficulty_area={code}"))
    found = picked_units(view, chosen, lam_khe_store)
    by_class = {
        unit
        for unit, each in view.unit_views.items()
        if each.value is not None and view.indicator.category_at(each.value).id == code
    }
    assert found == by_class != set()
    never = UnitFilter(parse_conditions("difficulty_area>1"))
    assert picked_units(view, never, lam_khe_store) == set()


def test_a_sheet_colours_the_picked_units_and_says_which_they_are(client: FlaskClient) -> None:
    whole = client.get(f"/export/sheet.svg?{TODAY}").get_data(as_text=True)
    part = client.get(f"/export/sheet.svg?{TODAY}&where={WHERE}").get_data(as_text=True)
    said = " ".join(re.findall(r"<text[^>]*>([^<]+)</text>", part))
    assert "Chỉ các đơn vị lọc theo: Mật độ dân số &gt; 100,0" in said
    n = len(rows(client, f"{TODAY}&where={WHERE}"))
    assert f"{n}/38" in said
    assert f"{n}/{n} đơn vị có số liệu" in said
    assert len(re.findall("fill: #", part)) != len(re.findall("fill: #", whole)) or part != whole


@pytest.mark.parametrize("text", ["poverty_rate", "a>1;b", ">3", ";".join(["a>1"] * 7)])
def test_what_is_no_condition_is_refused_and_named(client: FlaskClient, text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_conditions(text)
    answer = client.get(f"/export/data.csv?{TODAY}&where={text}&lang=en")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["parameter"] == "where"


def test_an_indicator_or_a_unit_that_is_not_there_is_refused(client: FlaskClient) -> None:
    for query, name in (("where=nothing>1", "where"), ("within=99999-20250701", "within")):
        answer = client.get(f"/export/sheet.png?{TODAY}&{query}&lang=en")
        assert answer.status_code in (400, 404)
        assert answer.get_json()["error"]["parameter"] == name


def test_the_panel_hands_the_picking_on_and_says_where_it_does_not_apply(
    client: FlaskClient,
) -> None:
    page = client.get(f"/export/panel?{TODAY}&where={WHERE}&lang=en").get_data(as_text=True)
    assert re.search(r'href="/export/data\.csv\?[^"]*where=population_density%3E100', page)
    assert re.search(r'href="/export/data\.csv\?[^"]*form=local"', page)
    assert re.search(r'href="/export/data\.gpkg\?[^"]*crs=vn2000"', page)
    told = re.search(r'<p class="export-hint" data-kinds="([^"]*)">[^<]*all units', page)
    assert told is not None
    assert told[1].split() == ["multiples", "atlas", "report", "map"]
    plain = client.get(f"/export/panel?{TODAY}&lang=en").get_data(as_text=True)
    assert "it is of all units" not in plain


def test_the_terminal_says_that_a_document_of_all_units_does_not_pick(
    toy_folder: Path, tmp_path: Path
) -> None:
    environment = {"PORTAL_DATASET": str(toy_folder), "PORTAL_INSTANCE": str(tmp_path / "i")}
    run = CliRunner().invoke(
        main,
        ["export", "/?indicator=population&where=population>1", "-o", str(tmp_path / "m.html")],
        env=environment,
    )
    assert run.exit_code == 0
    assert "where: this kind of file is of all units" in run.stderr
