"""Places in the API: GeoJSON with all that is known, and the points of a map."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import geopandas as gpd
import pytest
from flask.testing import FlaskClient

from geodata.dataset import Dataset
from geodata.store import create_store
from portal.serializers.places import place_feature

PLACES = "/api/v1/places"


def test_places_are_geojson_that_other_programs_read(
    lam_khe_client: FlaskClient, tmp_path: Path
) -> None:
    answer = lam_khe_client.get(PLACES)
    assert answer.get_json()["total"] == 11
    (tmp_path / "places.geojson").write_bytes(answer.data)
    frame = gpd.read_file(tmp_path / "places.geojson")
    assert len(frame) == 11
    assert frame.geometry.notna().sum() == 10


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("category=school", 5),
        ("category=school,tourist_site", 8),
        ("unit=98009-20250701", 4),
        ("unit=98009-20250701&category=school", 1),
        ("unit=98-20040101", 11),
    ],
)
def test_places_of_categories_and_units(lam_khe_client: FlaskClient, query, number) -> None:
    document = lam_khe_client.get(f"{PLACES}?{query}").get_json()
    assert document["total"] == len(document["features"]) == number


def test_the_list_goes_on_at_the_address_that_it_names(lam_khe_client: FlaskClient) -> None:
    first = lam_khe_client.get(f"{PLACES}?limit=8&category=school,tourist_site,health_station")
    rest = lam_khe_client.get(first.get_json()["next"]).get_json()
    assert len(rest["features"]) == 3
    assert rest["next"] is None


@pytest.mark.parametrize("query", ["category=market", "unit=98009-19990101", "category="])
def test_what_there_is_not_is_refused_with_words(lam_khe_client: FlaskClient, query) -> None:
    answer = lam_khe_client.get(f"{PLACES}?{query}")
    assert answer.status_code == (200 if query == "category=" else 404)
    if answer.status_code == 404:
        assert answer.get_json()["error"]["message"]


def test_a_place_says_where_it_comes_from(lam_khe_client: FlaskClient) -> None:
    address = f"{PLACES}/school-truong-tieu-hoc-lam-khe-98001"
    place = lam_khe_client.get(address).get_json()
    assert place["geometry"] == {"type": "Point", "coordinates": [103.685, 21.21]}
    known = place["properties"]
    assert known["columns"] == [
        {"name": "Năm xây dựng", "value": "2015"},
        {"name": "Số phòng học", "value": "12"},
    ]
    assert known["unit"]["full_name"] == "Phường Lam Khê"
    assert known["source_label"].startswith("Danh sách địa điểm")
    assert known["quote"].startswith("school,Trường Tiểu học Lam Khê")
    assert lam_khe_client.get(f"{PLACES}/nothing").status_code == 404


def test_a_map_gets_points_and_symbols_alone(lam_khe_client: FlaskClient) -> None:
    document = lam_khe_client.get("/api/v1/place-points?category=tourist_site,school").get_json()
    assert [category["id"] for category in document["categories"]] == ["school", "tourist_site"]
    assert [category["places"] for category in document["categories"]] == [5, 3]
    # One school has no position.
    assert len(document["points"]) == 7
    assert [1, 103.7, 21.12, "tourist_site-thac-bac-98009", "Thác Bạc"] in document["points"]
    outlines = {category["symbol"]["outline"] for category in document["categories"]}
    assert len(outlines) == 2


def test_a_dataset_without_places_answers_with_none(toy: FlaskClient) -> None:
    assert toy.get(PLACES).get_json() == {
        "type": "FeatureCollection", "categories": [], "features": [], "total": 0, "next": None,
    }  # fmt: skip
    assert toy.get("/api/v1/place-points").get_json() == {"categories": [], "points": []}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("check", "written", "words"),
    [
        ("agrees", "98001-20250701", ""),
        ("differs", "98003-20250701", "The list writes Go May commune"),
        ("unknown", "", "no known commune"),
        ("by_name", "98001-20250701", "position is not known"),
    ],
)
def test_what_is_to_be_said_of_the_commune_is_said(
    lam_khe_dataset: Dataset, tmp_path: Path, check, written, words
) -> None:
    place = dataclasses.replace(
        lam_khe_dataset.places[0], commune_check=check, written_unit_id=written
    )
    dataset = dataclasses.replace(lam_khe_dataset, places=(place,))
    store = create_store(tmp_path / "s.gpkg", dataset)
    feature = place_feature(store, store.place(place.id), "en")
    store.close()
    assert words in feature["properties"]["commune_note"]
    assert bool(words) == bool(feature["properties"]["commune_note"])


def test_a_portal_without_places_shows_no_control_for_them(toy: FlaskClient) -> None:
    page = toy.get("/").text
    assert 'id="places"' not in page
    assert "data-place=" not in page
    assert "unit-places" not in toy.get("/units/90001-20250701").text


def test_the_page_of_a_former_commune_lists_what_stands_in_it_now(
    lam_khe_client: FlaskClient,
) -> None:
    pages = [
        lam_khe_client.get(f"/units/{code}-20130101?lang=en").text for code in ("98009", "98010")
    ]
    assert any("Thác Bạc" in page or "Trạm y tế Hang Dơi" in page for page in pages)


def test_the_search_finds_places_by_name_without_diacritics(lam_khe_client: FlaskClient) -> None:
    found = lam_khe_client.get("/api/v1/search?q=hang doi").get_json()["items"]
    place = next(item for item in found if item["type"] == "place")
    assert (place["name"], place["category"]) == ('Hang Dơi "cổ"', "tourist_site")
    assert (place["lon"], place["lat"]) == (103.69, 21.15)
    assert place["url"] == "/?places=tourist_site&view=21.1500,103.6900,12"
    assert lam_khe_client.get(place["url"]).status_code == 200


def test_a_place_without_a_position_leads_to_the_list_of_its_commune(
    lam_khe_client: FlaskClient,
) -> None:
    features = lam_khe_client.get(PLACES).get_json()["features"]
    [unplaced] = [one for one in features if one["geometry"] is None]
    name = unplaced["properties"]["name"]
    found = lam_khe_client.get("/api/v1/search", query_string={"q": name}).get_json()["items"]
    place = next(item for item in found if item["id"] == unplaced["id"])
    assert place["url"] == f"{unplaced['properties']['unit']['url']}#unit-places"
    assert 'id="unit-places"' in lam_khe_client.get(place["url"].partition("#")[0]).text


def test_a_theme_chosen_without_an_indicator_keeps_the_places_of_the_address(
    lam_khe_client: FlaskClient,
) -> None:
    page = lam_khe_client.get("/?theme=services&places=school").text
    assert "places=school" in page.partition("</head>")[2]
    assert 'data-place="school" checked' in page
