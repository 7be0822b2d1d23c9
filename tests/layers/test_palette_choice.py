"""One rule gives every indicator its palette; the catalogue may only vary it within the family."""

from __future__ import annotations

import pytest

from geodata.catalogue import Catalogue, read_catalogue
from geodata.dataset import default_dataset_folder
from geodata.errors import PortalError
from layers.palette_choice import (
    check_palette,
    default_palette,
    difference_palette,
    indicator_palette,
)
from layers.palettes import PALETTES
from portal.catalogue_checks import check_symbology
from tests.build_helpers import catalogue as catalogue_of
from tests.build_helpers import indicator


@pytest.fixture(scope="module")
def lai_chau() -> Catalogue:
    return read_catalogue(default_dataset_folder())


@pytest.mark.parametrize(
    ("theme", "ramp"),
    [
        ("forest", "greens"),
        ("poverty", "orange_reds"),
        ("tourism", "blue_purples"),
        ("infrastructure", "teal_blues"),
        ("population", "yellow_browns"),
        ("terrain", "earths"),
    ],
)
def test_more_is_better_and_neither_take_the_ramp_of_the_theme(theme: str, ramp: str) -> None:
    for direction in ("up", "neutral"):
        assert default_palette(indicator("x", "count", theme=theme, direction=direction)) == ramp


def test_less_is_better_takes_the_warm_ramp_in_every_theme() -> None:
    for theme in ("forest", "infrastructure", "population", "a theme of another province"):
        assert (
            default_palette(indicator("x", "count", theme=theme, direction="down")) == "orange_reds"
        )


def test_a_theme_without_a_ramp_of_its_own_still_has_a_palette() -> None:
    assert PALETTES[default_palette(indicator("x", "ratio", theme="health"))].type == "sequential"


@pytest.mark.parametrize("direction", ["up", "down", "neutral"])
def test_what_has_both_signs_diverges_as_differences_do(direction) -> None:
    growth = indicator("x", "ratio", direction=direction, minimum=-100.0, maximum=None)
    assert default_palette(growth) == difference_palette(direction)
    assert PALETTES[default_palette(growth)].type == "diverging"


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        ("ratio", -50.0, 9000.0),  # heights: a few metres below the sea are no second side
        ("extreme", -50.0, 60.0),
        ("ratio", 0.0, 100.0),
        ("ratio", None, None),
        ("count", None, None),
    ],
)
def test_what_lies_on_one_side_of_zero_does_not_diverge(kind, low, high) -> None:
    found = default_palette(indicator("x", kind, theme="forest", minimum=low, maximum=high))
    assert PALETTES[found].type == "sequential"


def test_the_catalogue_overrides_the_rule_within_its_family() -> None:
    lit = indicator("x", "ratio", theme="terrain", palette="night_lights")
    assert indicator_palette(lit) == "night_lights"
    check_palette(lit)
    assert indicator_palette(indicator("x", "ratio", theme="terrain", palette="")) == "earths"


@pytest.mark.parametrize(
    ("changes", "instead"),
    [
        ({"palette": "brown_teal", "theme": "forest"}, "greens"),
        ({"palette": "greens", "minimum": -100.0, "direction": "up"}, "purple_green"),
        ({"palette": "rainbow"}, ""),
    ],
    ids=["diverging on one side", "sequential over both signs", "unknown"],
)
def test_the_check_of_a_dataset_refuses_a_palette_of_the_other_family(changes, instead) -> None:
    wrong = indicator("x", "ratio", **changes)
    with pytest.raises(PortalError):
        check_palette(wrong)
    (fault,) = check_symbology(catalogue_of(wrong))
    assert changes["palette"] in str(fault)
    assert instead in fault.remedy["vi"]
    assert instead in fault.remedy["en"]


def test_the_shipped_catalogue_names_a_palette_only_where_it_differs(lai_chau: Catalogue) -> None:
    own = {i.id for i in lai_chau.indicators.values() if i.palette}
    assert own == {"night_light_mean", "night_light_lit_share"}
    assert [i for i in lai_chau.indicators.values() if i.palette == default_palette(i)] == []
    assert list(check_symbology(lai_chau)) == []
