"""A new indicator is made in a form by the rules of the catalogue's files."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.catalogue import Catalogue, read_catalogue
from geodata.dataset import default_dataset_folder
from geodata.table_import.column_records import NewIndicator
from geodata.table_import.columns.indicator_form import IndicatorFaults
from geodata.table_import.columns.new_indicators import new_indicator

MOTORCYCLES = {
    "name_vi": "Số hộ có xe máy",
    "name_en": "Households with a motorcycle",
    "definition_vi": "Số hộ có ít nhất một xe máy.",
    "definition_en": "Households that own at least one motorcycle.",
    "theme": "poverty",
    "measure_unit": "household",
    "kind": "count",
    "direction": "up",
    "decimals": "0",
    "minimum": "0",
}
SHARE = MOTORCYCLES | {
    "name_vi": "Tỷ lệ hộ có xe máy",
    "name_en": "Share of households with a motorcycle",
    "measure_unit": "percent",
    "kind": "ratio",
    "denominator": "households",
    "decimals": "2",
    "maximum": "100",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(default_dataset_folder())


def faults(catalogue: Catalogue, form: dict[str, str], *made: NewIndicator) -> dict[str, str]:
    with pytest.raises(IndicatorFaults) as raised:
        new_indicator(form, catalogue, "commune", made)
    return {field: fault.what["en"] for field, fault in raised.value.by_field.items()}


def test_an_indicator_is_made_of_a_form(catalogue: Catalogue) -> None:
    made = new_indicator(MOTORCYCLES, catalogue, "commune")
    indicator = made.indicator
    assert (indicator.id, indicator.theme, indicator.kind, indicator.decimals) == (
        "households_with_a_motorcycle", "poverty", "count", 0
    )  # fmt: skip
    assert (indicator.minimum, indicator.maximum) == (0.0, None)
    assert indicator.levels == ("province", "district", "commune")
    assert not made.theme_name


def test_a_share_takes_its_factor_from_its_unit_of_measure(catalogue: Catalogue) -> None:
    count = new_indicator(MOTORCYCLES, catalogue, "commune")
    share = new_indicator(
        SHARE | {"numerator": count.indicator.id}, catalogue, "commune", [count]
    ).indicator
    assert (share.numerator, share.denominator, share.ratio_factor) == (
        "households_with_a_motorcycle", "households", 100.0
    )  # fmt: skip


def test_a_theme_and_a_unit_of_measure_can_be_new(catalogue: Catalogue) -> None:
    form = MOTORCYCLES | {
        "theme": "",
        "theme_name_vi": "Phương tiện",
        "theme_name_en": "Vehicles",
        "measure_unit": "",
        "measure_unit_name_vi": "chiếc",
        "measure_unit_name_en": "vehicles",
    }
    made = new_indicator(form, catalogue, "commune")
    assert (made.indicator.theme, made.theme_name.vi) == ("vehicles", "Phương tiện")
    assert made.indicator.measure_unit.symbol.vi == "chiếc"
    again = form | {"name_vi": "Số ô tô", "name_en": "Cars"}
    second = new_indicator(again, catalogue, "commune", [made])
    assert second.indicator.theme == "vehicles"
    assert second.indicator.measure_unit == made.indicator.measure_unit


def test_a_theme_written_like_one_that_is_there_is_that_one(catalogue: Catalogue) -> None:
    name = catalogue.themes["forest"].name
    form = MOTORCYCLES | {
        "theme": "", "theme_name_vi": name.vi.lower(), "theme_name_en": name.en
    }  # fmt: skip
    made = new_indicator(form, catalogue, "commune")
    assert (made.indicator.theme, bool(made.theme_name)) == ("forest", False)


def test_an_empty_form_is_told_all_that_it_lacks(catalogue: Catalogue) -> None:
    assert list(faults(catalogue, {})) == [
        "name_vi", "name_en", "definition_vi", "definition_en", "theme", "measure_unit", "kind",
        "direction", "decimals",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field", "what"),
    [
        ({"theme": "nowhere"}, "theme", "There is no such theme"),
        ({"measure_unit": "parsec"}, "measure_unit", "There is no such unit of measure"),
        ({"kind": "guess"}, "kind", "The value is not in the list"),
        ({"decimals": "9"}, "decimals", "The number is out of range"),
        ({"decimals": "two"}, "decimals", "Not a number"),
        ({"minimum": "5", "maximum": "1"}, "maximum", "Not a range"),
        ({"minimum": "", "maximum": "1"}, "minimum", "A highest value needs a lowest one"),
        ({"levels": "galaxy"}, "levels", "The level is not in the list"),
        ({"kind": "ratio"}, "denominator", "A ratio must name its denominator"),
        ({"kind": "ratio", "denominator": "x"}, "denominator", "There is no such indicator"),
        ({"name_vi": "SỐ HỘ NGHÈO"}, "name_vi", "There is an indicator of this name"),
        ({"name_vi": "Số\u200ehộ\x07"}, "name_vi", "The text holds a control character"),
        ({"name_en": "x" * 200}, "name_en", "The text is too long"),
    ],
)
def test_a_wrong_field_is_told_by_its_name(
    catalogue: Catalogue, change: dict[str, str], field: str, what: str
) -> None:
    assert faults(catalogue, MOTORCYCLES | change) == {field: what}


def test_two_new_indicators_of_like_names_have_ids_of_their_own(catalogue: Catalogue) -> None:
    first = new_indicator(MOTORCYCLES, catalogue, "commune")
    second = new_indicator(
        MOTORCYCLES | {"name_vi": "Hộ có xe", "name_en": "Households with a motorcycle!"},
        catalogue,
        "commune",
        [first],
    )
    assert second.indicator.id == "households_with_a_motorcycle_2"


def test_bounds_are_read_as_offices_write_numbers(catalogue: Catalogue) -> None:
    form = SHARE | {"minimum": "0,5", "maximum": "99.5"}
    indicator = new_indicator(form, catalogue, "commune").indicator
    assert (indicator.minimum, indicator.maximum) == (0.5, 99.5)
    usual = {"usual_minimum": "1,5", "usual_maximum": "40"}
    assert new_indicator(form | usual, catalogue, "commune").indicator.usual_range == (1.5, 40.0)


@pytest.mark.parametrize(
    ("usual", "field"),
    [
        ({"usual_minimum": "2"}, "usual_maximum"),
        ({"usual_maximum": "2"}, "usual_minimum"),
        ({"usual_minimum": "40", "usual_maximum": "2"}, "usual_maximum"),
        ({"usual_minimum": "2", "usual_maximum": "400"}, "usual_maximum"),
    ],
)
def test_a_usual_range_has_two_ends_within_what_is_possible(
    catalogue: Catalogue, usual: dict[str, str], field: str
) -> None:
    with pytest.raises(IndicatorFaults) as refused:
        new_indicator(SHARE | {"minimum": "0", "maximum": "100"} | usual, catalogue, "commune")
    assert list(refused.value.by_field) == [field]


@pytest.mark.slow
@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from([*MOTORCYCLES, "levels", "extreme"]), st.text(max_size=20)))
def test_whatever_is_filled_in_gives_an_indicator_or_faults_by_field(
    catalogue: Catalogue, change: dict[str, str]
) -> None:
    fields = {*MOTORCYCLES, "levels", "extreme", "denominator", "maximum"}
    try:
        made = new_indicator(MOTORCYCLES | change, catalogue, "commune")
    except IndicatorFaults as error:
        told = set(error.by_field)
    else:
        told = set()
        assert made.indicator.id.isascii()
    assert told <= fields
