"""A figure that a source gives for several units together stands with them and for none alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.build.joint_figures import read_joint_figures
from geodata.catalogue import read_catalogue
from geodata.dataset import Dataset
from geodata.errors import FileFault
from geodata.store import Store
from layers.joint_values import joint_values_of
from layers.layer import Layer
from layers.layer_view import resolve_layer
from portal.serializers.unit_card import card_document

TOGETHER = ("107-20130101", "108-20130101", "112-20130101")
CENSUS = {
    "indicator": "households_piped_water_rate",
    "period": "2019-04-01",
    "level": "district",
    "date": "2013-01-01",
}
HEADER = "unit_ids,indicator,period,status,value,source,quote,note_vi,note_en\n"


def test_a_map_says_what_three_districts_have_together_and_colours_none_of_them(
    lai_chau_store: Store,
) -> None:
    view = resolve_layer(Layer.from_query(CENSUS, lai_chau_store), lai_chau_store)
    [found] = view.joint_values
    assert (found.units, found.record.value) == (TOGETHER, 7.4)
    assert found.sources == ("census-water-2009-2019",)
    assert not [unit for unit in TOGETHER if view.unit_views.get(unit)
                and view.unit_views[unit].value is not None]  # fmt: skip
    assert any("cùng nhau: 7,4%" in note for note in view.legend.notes)


def test_the_card_of_one_of_them_tells_the_figure_of_all(lai_chau_store: Store) -> None:
    card = card_document(lai_chau_store, TOGETHER[0], Layer.from_query(CENSUS, lai_chau_store))
    assert card["value"] is None
    assert card["together"] is not None
    assert "7,4%" in card["together"]["sentence"]
    other = card_document(lai_chau_store, "109-20130101", Layer.from_query(CENSUS, lai_chau_store))
    assert other["together"] is None


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"level": "commune"}, id="another level"),
        pytest.param({"status": "plan"}, id="plans"),
        pytest.param({"indicator": "households"}, id="another indicator"),
    ],
)
def test_no_other_map_takes_the_figure(lai_chau_store: Store, other: dict[str, str]) -> None:
    layer = Layer.from_query(CENSUS | other, lai_chau_store)
    assert not resolve_layer(layer, lai_chau_store).joint_values


def test_figures_on_the_units_of_another_day_are_recast_as_before(lai_chau_store: Store) -> None:
    layer = Layer.from_query(CENSUS | {"on": "2020-02-01"}, lai_chau_store)
    assert all(not found.stated_by for found in joint_values_of(layer, lai_chau_store))


FAULTS = {
    "one unit": ("90001-20130101,population,2025,actual,7,grid,,,", "two units or more"),
    "two levels": (
        "90001-20130101|901-20130101,population,2025,actual,7,grid,,,",
        "two units or more",
    ),
    "no such unit": ("90001-20130101|9-1,population,2025,actual,7,grid,,,", "unit_ids"),
    "no such indicator": (
        "90001-20130101|90002-20130101,populaton,2025,actual,7,grid,,,",
        "populaton",
    ),
    "no period": ("90001-20130101|90002-20130101,population,soon,actual,7,grid,,,", "soon"),
    "no number": ("90001-20130101|90002-20130101,population,2025,actual,x,grid,,,", "value"),
    "no source": ("90001-20130101|90002-20130101,population,2025,actual,7,grit,,,", "grit"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_row_that_is_wrong_is_refused_with_its_place(
    name: str, toy_copy: Path, toy_dataset: Dataset
) -> None:
    row, words = FAULTS[name]
    (toy_copy / "joint_figures.csv").write_text(HEADER + row + "\n", encoding="utf-8")
    catalogue = read_catalogue(toy_copy)
    with pytest.raises(FileFault) as refused:
        read_joint_figures(toy_copy, catalogue, toy_dataset.units)
    said = refused.value.message("en")
    assert "joint_figures.csv:2" in said
    assert words in said
