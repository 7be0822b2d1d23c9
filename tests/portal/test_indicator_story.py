"""The page of an indicator tells what is known, and draws nothing that few figures cannot bear."""

import re

import pytest

from portal.serializers.comparators import comparators
from portal.serializers.indicator_story import headline, ranking, read_story
from tests.toy import district_id, new_id, old_id


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.get_data(as_text=True)


@pytest.fixture
def story(toy_store):
    def read(indicator, unit=None, language="en"):
        chosen = toy_store.unit(unit) if unit else None
        return read_story(toy_store, toy_store.indicator(indicator), chosen, language)

    return read


def test_a_count_known_of_every_unit_is_added_up_and_a_ratio_never(toy_store, story):
    # 401 + 403 + 409 + 411 + 416 people; densities of 5, 7, 13, 15 and 20.
    assert headline(toy_store, story("population"))["text"] == "2,040\u00a0people"
    said = headline(toy_store, story("population_density"))
    assert said["text"].startswith("13.0"), "the middle one, no mean"
    assert "lowest 5.0" in said["said"]


def test_units_are_ranked_highest_first_with_bars_in_the_colours_of_the_map(story):
    rows = ranking(story("population_density", new_id(3)))
    assert [row["rank"] for row in rows] == [1, 2, 3, 4, 5]
    assert [row["chosen"] for row in rows] == [False, False, False, True, False]
    assert rows[0]["url"].startswith(f"/units/{new_id(16)}")
    colours = {re.search(r'fill="(#\w+)"', row["bar"].__html__())[1] for row in rows}
    assert len(colours) > 1


def test_a_chosen_unit_brings_the_map_of_its_own_day_and_level(story):
    view = story("population", old_id(6)).view
    assert (view.layer.level, view.layer.date.isoformat()) == ("commune", "2013-01-01")


def test_a_unit_stands_beside_its_former_district_its_neighbours_and_units_like_it(
    toy_store, story
):
    # Old commune 6 lies in the western district; of those with figures 2, 5, 7, 10 touch it.
    rows = comparators(toy_store, story("population", old_id(6)))
    by_group = {}
    for row in rows:
        by_group.setdefault(row["group"], []).append(row["id"])
    assert by_group["chosen unit"] == [old_id(6)]
    assert by_group["former district"] == [district_id(1)]
    assert by_group["neighbour"] == [old_id(n) for n in (2, 5, 7, 10)]
    assert by_group["similar unit"], "by their density"
    assert sum(len(ids) for ids in by_group.values()) == len({row["id"] for row in rows})


def test_few_figures_make_cards_and_no_ranking(client):
    body = page(client, "/indicators/forest_cover_rate?lang=en")
    assert 'class="story-cards"' in body
    assert "1 of 38 units have a figure" in body
    for drawn in ("rank-table", "histogram", 'class="preview"'):
        assert drawn not in body
    assert "series-chart" in body, "the province has a series all the same"


def test_named_classes_have_shares_and_no_ranking(client):
    body = page(client, "/indicators/specially_difficult_commune?lang=en")
    assert 'class="chart shares"' in body
    assert "32 (84.2%)" in body
    assert "rank-table" not in body


def test_a_broken_down_indicator_shows_its_parts(client):
    body = page(client, "/indicators/canal_length?lang=en")
    assert "79.19" in body
    assert "indicators/canal_length?breakdown=lining:lined" in body


def test_every_file_offered_is_made(client):
    body = page(client, "/indicators/population_density")
    links = re.findall(r'href="(/export/[^"]+\.csv[^"]*)" download', body)
    assert len(links) == 1
    assert client.get(links[0].replace("&amp;", "&")).status_code == 200


def test_an_unknown_unit_is_refused(client):
    assert client.get("/indicators/population?unit=nowhere").status_code == 404
