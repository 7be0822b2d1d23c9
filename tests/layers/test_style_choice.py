"""The style of a layer: the reader's, else the catalogue's, else that of its kind of indicator."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

import pytest

from geodata.catalogue import read_catalogue
from geodata.errors import InvalidInput, NotFound
from geodata.i18n import LANGUAGES
from geodata.model import Kind
from geodata.store import create_store
from layers.layer import Layer
from layers.sheet.small_multiples import maps_by_indicator
from layers.styles import STYLES, check_style, offered_styles
from layers.styles.choropleth import Choropleth
from layers.symbology import default_symbology
from portal.catalogue_checks import check_symbology
from tests.build_helpers import catalogue as catalogue_of
from tests.build_helpers import indicator

KINDS = get_args(Kind)
OF_RATIOS = tuple(name for name in offered_styles() if "ratio" in STYLES[name].suits)


@pytest.fixture(scope="module")
def store(tmp_path_factory, toy_dataset):
    made = create_store(tmp_path_factory.mktemp("styles") / "toy.gpkg", toy_dataset)
    yield made
    made.close()


class _ForCounts(Choropleth):
    id = "for_counts"
    suits = frozenset({"count"})


@pytest.mark.parametrize("style", offered_styles())
def test_the_style_of_the_catalogue_is_the_layers_unless_the_reader_chooses(style) -> None:
    for kind in ("count", "ratio"):
        assert default_symbology(indicator("x", kind, style=style)).style == style


def test_without_a_style_the_kind_decides() -> None:
    chosen = {kind: default_symbology(indicator("x", kind, style="")).style for kind in KINDS}
    assert chosen == {
        "count": "symbols",
        "ratio": "choropleth",
        "extreme": "choropleth",
        "category": "categories",
    }


def test_a_catalogue_may_leave_the_style_out(toy_copy) -> None:
    path = toy_copy / "indicators" / "population.toml"
    path.write_text(re.sub(r"style = .*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    read = read_catalogue(toy_copy)
    assert {each.style for each in read.indicators.values()} == {""}
    assert list(check_symbology(read)) == []


def test_an_unknown_style_in_the_catalogue_is_met_with_words(toy_copy) -> None:
    path = toy_copy / "indicators" / "population.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('style = "choropleth"', 'style = "bars"'), encoding="utf-8")
    (fault,) = check_symbology(read_catalogue(toy_copy))
    assert fault.where == "indicators/population.toml [population_density] style"
    assert (fault.found, fault.allowed) == ("bars", tuple(offered_styles()))
    for language in LANGUAGES:
        assert "choropleth" in fault.remedy[language]


def test_a_style_that_does_not_suit_is_refused_in_the_catalogue(monkeypatch) -> None:
    monkeypatch.setitem(STYLES, "for_counts", _ForCounts())
    wrong = indicator("x", "ratio", style="for_counts")
    (fault,) = check_symbology(catalogue_of(wrong))
    assert (fault.found, fault.allowed) == ("for_counts", OF_RATIOS)
    assert list(check_symbology(catalogue_of(replace(wrong, kind="count")))) == []


def test_a_style_that_does_not_suit_is_refused_in_an_address(store, monkeypatch) -> None:
    monkeypatch.setitem(STYLES, "for_counts", _ForCounts())
    Layer.from_query({"indicator": "population", "style": "for_counts"}, store)
    with pytest.raises(InvalidInput) as refused:
        Layer.from_query({"indicator": "population_density", "style": "for_counts"}, store)
    assert refused.value.where == "style"
    assert refused.value.allowed == OF_RATIOS


def test_maps_of_indicators_a_style_does_not_suit_keep_their_own(lai_chau_store, monkeypatch):
    class ForExtremes(Choropleth):
        id = "for_extremes"
        suits = frozenset({"extreme"})

    monkeypatch.setitem(STYLES, "for_extremes", ForExtremes())
    query = {"indicator": "elevation_lowest", "level": "commune", "style": "for_extremes"}
    layer = Layer.from_query(query, lai_chau_store)
    names = ["elevation_lowest", "elevation_mean"]
    assert {lai_chau_store.indicator(name).measure_unit.id for name in names} == {"metre"}
    content = maps_by_indicator(layer, names, lai_chau_store)
    assert [each.layer_view.legend.style for each in content.maps] == ["for_extremes", "choropleth"]
    assert not content.shared


def test_a_style_nobody_registered_is_not_found() -> None:
    with pytest.raises(NotFound) as missing:
        check_style("bars", indicator("x"))
    assert missing.value.allowed == tuple(offered_styles())
