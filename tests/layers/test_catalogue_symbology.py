"""Every indicator that ships can be drawn as its catalogue says."""

from __future__ import annotations

import pytest

from geodata.catalogue import Catalogue, read_catalogue
from geodata.dataset import default_dataset_folder
from layers.classification_schemes import SCHEMES
from layers.palette_choice import indicator_palette
from layers.palettes import PALETTES


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(default_dataset_folder())


def test_schemes_and_palettes_of_the_catalogue_are_known(catalogue: Catalogue) -> None:
    chosen = [
        (i.id, i.classification.scheme, indicator_palette(i)) for i in catalogue.indicators.values()
    ]
    assert [found for found in chosen if found[1] not in SCHEMES] == []
    assert [found for found in chosen if found[2] not in PALETTES] == []


def test_thresholds_stand_exactly_where_the_scheme_asks_for_them(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators.values():
        given = bool(indicator.classification.thresholds)
        assert given == (indicator.classification.scheme == "thresholds"), indicator.id


def test_thresholds_lie_within_the_range(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators.values():
        for threshold in indicator.classification.thresholds:
            assert indicator.minimum is None or threshold > indicator.minimum, indicator.id
            assert indicator.maximum is None or threshold < indicator.maximum, indicator.id


def test_only_what_may_fall_below_zero_is_diverging(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators.values():
        if PALETTES[indicator_palette(indicator)].type == "diverging":
            assert indicator.minimum is None or indicator.minimum < 0, indicator.id


def test_counts_are_drawn_as_symbols_and_rates_as_fills(catalogue: Catalogue) -> None:
    measured = (i for i in catalogue.indicators.values() if i.kind != "category")
    styles = {(i.kind, i.style) for i in measured}
    assert styles <= {("count", "symbols"), ("ratio", "choropleth"), ("extreme", "choropleth")}
