"""An indicator by code lists on pages, in the API and in files; former addresses lead on."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from geodata.store import Store
from layers.layer import Layer

NATURAL = "breakdown=origin:natural"


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    text = client.get(address).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_layer_names_the_part_and_its_address_is_read_back(lam_khe_store: Store) -> None:
    query = {"indicator": "forest_area", "breakdown": "origin:natural", "period": "2024"}
    layer = Layer.from_query(query, lam_khe_store)
    assert layer.indicator == "forest_area[origin:natural]"
    assert (layer.measured, layer.breakdown) == ("forest_area", "origin:natural")
    assert dict(list(layer.to_query().items())[:3]) == query
    assert Layer.from_query(layer.to_query(), lam_khe_store) == layer


def test_the_map_shows_the_figures_of_the_part_under_its_name(lam_khe_client: FlaskClient) -> None:
    ask = "/api/v1/values?indicator=forest_area&period=2024&level=commune&date=2013-01-01&lang=en"
    whole, natural, planted = (
        lam_khe_client.get(f"{ask}{part}").json
        for part in ("", "&" + NATURAL, "&breakdown=origin:planted")
    )
    assert natural["layer"]["indicator"] == "forest_area"
    assert natural["layer"]["breakdown"] == "origin:natural"
    assert natural["title"].startswith("Area of natural forest")
    assert planted["title"].startswith("Area of forest – Planted forest")
    for unit, (value, *_) in whole["units"].items():
        parts = natural["units"][unit][0] + planted["units"][unit][0]
        assert parts == pytest.approx(value)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("indicator=forest_area&breakdown=origin:burnt", ["origin:natural", "origin:planted"]),
        ("indicator=forest_area&breakdown=natural", ["dimension:code"]),
        ("indicator=population&breakdown=origin:natural", ["not broken down like this"]),
    ],
)
def test_another_breakdown_is_refused_with_those_there_are(
    lam_khe_client: FlaskClient, asked: str, words: list[str]
) -> None:
    answer = lam_khe_client.get(f"/api/v1/values?{asked}&lang=en")
    assert answer.status_code == 400
    assert answer.json["error"]["parameter"] == "breakdown"
    assert all(word in answer.text for word in words)


def test_observations_name_indicator_and_dimensions_apart(lam_khe_client: FlaskClient) -> None:
    ask = f"/api/v1/observations?indicator=forest_area&{NATURAL}&period=2026-H1"
    [figure] = lam_khe_client.get(ask).json["items"]
    assert (figure["indicator"], figure["dimensions"]) == ("forest_area", "origin:natural")
    assert (figure["series"], figure["value"]) == ("forest_area[origin:natural]", 1905.4)
    [whole] = lam_khe_client.get(
        "/api/v1/observations?indicator=forest_area&period=2026-H1&status=actual"
    ).json["items"]
    assert (whole["dimensions"], whole["value"]) == ("", 2905.4)


def test_the_api_lists_code_lists_and_the_parts_of_an_indicator(
    lam_khe_client: FlaskClient,
) -> None:
    [origin] = lam_khe_client.get("/api/v1/dimensions?lang=en").json["items"]
    assert (origin["id"], origin["name"], origin["total"]) == (
        "origin", "Origin of the forest", "All forest",
    )  # fmt: skip
    assert [code["id"] for code in origin["codes"]] == ["natural", "planted"]
    plain = lam_khe_client.get("/api/v1/indicators?theme=forest").json
    assert [each["id"] for each in plain["items"]] == ["forest_cover_rate", "forest_area"]
    assert plain["items"][1]["breakdowns"] == [["origin"]]
    with_parts = lam_khe_client.get("/api/v1/indicators?theme=forest&parts=1").json
    natural = with_parts["items"][2]
    assert (natural["whole"], natural["dimensions"]) == ("forest_area", "origin:natural")
    assert natural == lam_khe_client.get(f"/api/v1/indicators/forest_area?{NATURAL}").json


@pytest.mark.parametrize(
    ("former", "present"),
    [
        (
            "/?indicator=natural_forest_area&period=2024",
            f"/?period=2024&indicator=forest_area&{NATURAL}",
        ),
        ("/indicators/natural_forest_area?lang=en", f"/indicators/forest_area?lang=en&{NATURAL}"),
        ("/api/v1/indicators/natural_forest_area", f"/api/v1/indicators/forest_area?{NATURAL}"),
        (
            "/api/v1/values?indicator=natural_forest_area&lang=en",
            f"/api/v1/values?lang=en&indicator=forest_area&{NATURAL}",
        ),
    ],
)  # fmt: skip
def test_a_former_address_leads_to_the_present_one(
    lam_khe_client: FlaskClient, former: str, present: str
) -> None:
    answer = lam_khe_client.get(former)
    assert (answer.status_code, answer.location) == (308, present)
    assert lam_khe_client.get(present).status_code == 200


def test_a_form_that_is_sent_is_not_led_elsewhere(lam_khe_client: FlaskClient) -> None:
    assert lam_khe_client.post("/?indicator=natural_forest_area").status_code == 405


def test_the_page_of_an_indicator_leads_to_its_parts(lam_khe_client: FlaskClient) -> None:
    page = lam_khe_client.get("/indicators/forest_area?lang=en").text
    assert f"/indicators/forest_area?{NATURAL}&amp;lang=en" in page
    part = lam_khe_client.get(f"/indicators/forest_area?{NATURAL}&lang=en").text
    assert "<h1>Area of natural forest</h1>" in part
    assert 'href="/indicators/forest_area?lang=en"' in part


def test_the_list_of_indicators_shows_parts_beneath_their_indicator(
    lam_khe_client: FlaskClient,
) -> None:
    page = lam_khe_client.get("/indicators?lang=en").text
    assert page.index("/indicators/forest_area?lang=en") < page.index(f"{NATURAL}&amp;lang=en")


def test_the_controls_offer_the_parts_with_what_they_cover(lam_khe_client: FlaskClient) -> None:
    page = lam_khe_client.get(
        f"/?indicator=forest_area&{NATURAL}&period=2024&level=commune&date=2013-01-01&lang=en"
    ).text
    assert '<option value="">All forest (16/16)</option>' in page
    assert '<option value="origin:natural" selected>Natural forest (16/16)</option>' in page
    assert '<optgroup label="Origin of the forest">' in page
    other = lam_khe_client.get("/?indicator=population").text
    assert 'id="breakdown-field" hidden' in other


def test_an_indicator_without_a_total_opens_with_a_part(client: FlaskClient) -> None:
    shown = client.get("/api/v1/values?indicator=irrigated_area").json
    assert shown["layer"]["breakdown"] == "crop:spring_rice"
    assert shown["legend"]["with_value"] == 1


def test_tables_carry_indicator_and_dimensions(lam_khe_client: FlaskClient) -> None:
    ask = f"indicator=forest_area&{NATURAL}&period=2024&level=commune&date=2013-01-01&lang=en"
    listed = rows(lam_khe_client, f"/export/data.csv?{ask}")
    assert {(row["indicator"], row["dimensions"]) for row in listed} == {
        ("forest_area", "origin:natural")
    }
    assert {row["indicator_name"] for row in listed} == {"Area of natural forest"}


def test_the_parts_of_lai_chau_are_those_that_were_indicators(lai_chau_store: Store) -> None:
    parts = [one for one in lai_chau_store.indicators(parts=True) if one.former_ids]
    assert len(parts) == 73
    for part in parts:
        [former] = part.former_ids
        moved = lai_chau_store.moved_indicator(former)
        assert moved == part
        assert Layer.from_query({"indicator": former}, lai_chau_store).indicator == part.id


def test_a_list_of_indicators_names_parts_in_brackets_and_by_former_ids(
    client: FlaskClient,
) -> None:
    ask = "indicator=canal_length&level=commune&date=2025-07-01"
    wanted = "canal_length[lining:lined,manager:company],canal_length_earth"
    sheet = client.get(f"/export/multiples.svg?{ask}&indicators={wanted}")
    assert sheet.status_code == 200
    assert "Kênh kiên cố do công ty quản lý" in sheet.text
    assert "Chiều dài kênh đất" in sheet.text
    refused = client.get(f"/export/multiples.svg?{ask}&indicators=canal_length[lining:x],schools")
    assert refused.status_code == 404


def test_the_name_of_a_file_has_plain_letters(client: FlaskClient) -> None:
    answer = client.get("/export/data.csv?indicator=canal_length&breakdown=lining:lined")
    name = answer.headers["Content-Disposition"].partition("filename=")[2]
    assert re.fullmatch(r"\"?canal_length-lining-lined-_2025-H1_commune_2025-07-01\.csv\"?", name)


CARD = "/api/v1/cards/98001-20250701?period=2026-H1&level=commune&date=2025-07-01&lang=en"


@pytest.mark.parametrize("shown", ["", "origin:natural"])
def test_the_card_lists_total_and_parts_whichever_is_shown(
    lam_khe_client: FlaskClient, shown: str
) -> None:
    part = f"&breakdown={shown}" if shown else ""
    found = lam_khe_client.get(f"{CARD}&indicator=forest_area{part}").json["parts"]
    [group] = found["groups"]
    listed = [found["total"], *group["items"]]
    assert [each["breakdown"] for each in listed] == ["", "origin:natural", "origin:planted"]
    assert [each["breakdown"] for each in listed if each["shown"]] == [shown]
    total, *parts = [each["value"] for each in listed]
    assert total == pytest.approx(sum(parts))
    for each in listed:
        card = lam_khe_client.get(f"{CARD.split('?', maxsplit=1)[0]}?{each['query']}").json
        assert card["value"]["value"] == each["value"]


def test_the_card_has_no_parts_where_none_is_known(lam_khe_client: FlaskClient) -> None:
    assert lam_khe_client.get(f"{CARD}&indicator=population").json["parts"] is None
    recast = CARD.replace("2026-H1", "2024").replace("date=2025-07-01", "date=2013-01-01")
    card = lam_khe_client.get(f"{recast}&indicator=forest_area&on=2025-07-01").json
    assert card["recast"]["status"] != "published"
    assert card["parts"] is None


@pytest.mark.parametrize(("lang", "words"), [("vi", "Các phần theo phân tổ (2)"),
                                             ("en", "Broken down into parts (2)")])  # fmt: skip
def test_the_page_of_a_unit_shows_parts_below_their_indicator(
    lam_khe_client: FlaskClient, lang: str, words: str
) -> None:
    page = lam_khe_client.get(f"/units/98001-20250701?lang={lang}").text
    [row] = re.findall(
        r'<tbody class="summary-parts">.*?</td></tr></tbody>\s*</table>', page, re.DOTALL
    )
    assert words in row
    assert "<details data-printed>" in row
    assert row.count('class="summary is-part"') == 2
    name = {"vi": "Diện tích rừng tự nhiên", "en": "Area of natural forest"}[lang]
    assert page.count(f">{name}</a>") == row.count(f">{name}</a>") == 1
