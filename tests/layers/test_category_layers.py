"""Maps of named classes: colours, legend, words and tables, and what is never made of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from geodata.errors import InvalidInput, NotFound
from geodata.i18n import Text
from geodata.model import Category
from geodata.store import Store
from layers.comparison import compare
from layers.formatting import format_bare_value, format_value, plain_value
from layers.layer import Layer
from layers.layer_view import LayerView, resolve_layer
from layers.palette_choice import check_palette
from layers.palettes import QUALITATIVE_COLOURS, ramp_colours
from layers.recast_layer import recast_remark
from layers.sheet.legend_panel import extreme_value_lines
from layers.sheet.ranking_table import rank_units
from layers.sheet.sheet_content import SheetMap, layer_content
from layers.styles import check_style
from tests.build_helpers import indicator

SINCE = "2025-07-01"
OLD = {"indicator": "difficulty_area", "period": "2024", "level": "commune", "date": "2013-01-01"}
WATER = {**OLD, "indicator": "water_supply"}
CLASSES = (Category("a", Text("Một", "One"), "red"), Category("b", Text("Hai", "Two")))
NAMED = indicator(
    "x", "category", decimals=0, minimum=None, palette="", style="", categories=CLASSES
)


def view_of(store: Store, query: dict[str, str]) -> LayerView:
    return resolve_layer(Layer.from_query(query, store), store)


def test_the_legend_lists_every_class_in_its_order_with_its_count(lam_khe_store: Store) -> None:
    legend = view_of(lam_khe_store, {**OLD, "lang": "en"}).legend
    assert [(row.label, row.count) for row in legend.classes] == [
        ("Area I", 2),
        ("Area II", 5),
        ("Area III", 9),
    ]
    assert legend.with_value == legend.total == 16


def test_an_empty_class_stays_so_that_maps_of_two_years_have_one_legend(
    lam_khe_store: Store,
) -> None:
    query = {**OLD, "period": "2025-12-31", "date": SINCE}
    assert [row.count for row in view_of(lam_khe_store, query).legend.classes] == [2, 1, 2]
    water = view_of(lam_khe_store, {**WATER, "on": SINCE}).legend
    assert [row.count for row in water.classes] == [1, 1, 1]


def test_an_ordered_list_is_a_ramp_and_others_have_contrasting_colours(
    lam_khe_store: Store,
) -> None:
    ordered = view_of(lam_khe_store, OLD).legend.classes
    assert tuple(row.colour for row in ordered) == ramp_colours("orange_reds", 3)
    others = view_of(lam_khe_store, WATER).legend.classes
    assert [row.colour for row in others] == [
        QUALITATIVE_COLOURS[name] for name in ("blue", "green", "orange")
    ]


def test_a_mixed_unit_has_a_sign_of_its_own_and_no_class(lam_khe_store: Store) -> None:
    view = view_of(lam_khe_store, {**OLD, "on": SINCE, "lang": "en"})
    mixed = view.unit_views["98011-20250701"]
    assert (mixed.class_index, mixed.value, mixed.missing) == (None, None, "mixed")
    counts = {row.kind: row.count for row in view.legend.missing}
    assert counts["mixed"] == 3
    assert view.legend.with_value == 2
    assert "Mixed classes: 3" in view.summary


def test_maps_of_numbers_say_nothing_of_mixed_units(lam_khe_store: Store) -> None:
    query = {"indicator": "population", "period": "2019-04-01", "date": "2013-01-01", "on": SINCE}
    kinds = [row.kind for row in view_of(lam_khe_store, query).legend.missing]
    assert "mixed" not in kinds


def test_the_summary_counts_the_classes_and_names_no_highest(lam_khe_store: Store) -> None:
    summary = view_of(lam_khe_store, {**OLD, "lang": "en"}).summary
    assert "Area I: 2; Area II: 5; Area III: 9" in summary
    assert "highest" not in summary


def test_values_are_written_by_name_and_given_to_programs_by_code() -> None:
    assert format_value(2.0, NAMED, "vi") == format_bare_value(2.0, NAMED, "vi") == "Hai"
    assert plain_value(1.0, NAMED) == "a"
    assert plain_value(1.0, indicator("people")) == 1.0


def test_a_sheet_lists_units_by_class_without_ranks(lam_khe_store: Store) -> None:
    shown = layer_content(view_of(lam_khe_store, {**OLD, "lang": "en"})).maps[0]
    rows = rank_units(shown, {})
    assert [row.value for row in rows] == ["Area I"] * 2 + ["Area II"] * 5 + ["Area III"] * 9
    assert {row.place for row in rows} == {""}
    assert [row.name for row in rows[:2]] == ["Ben Da", "Lam Khe"]


def test_a_sheet_names_no_highest_class(lam_khe_store: Store) -> None:
    content = layer_content(view_of(lam_khe_store, OLD))
    assert isinstance(content.maps[0], SheetMap)
    assert extreme_value_lines(content.legends[0]) == []


def test_what_a_mixed_unit_is_made_of_is_said_in_words(lam_khe_store: Store) -> None:
    view = view_of(lam_khe_store, {**OLD, "on": SINCE, "lang": "en"})
    record = view.unit_views["98011-20250701"].recast
    said = recast_remark(record, view.indicator, "en")
    assert said.startswith("The source units are of different classes: Area II (1 former unit, ")
    assert "of the area" in said
    assert "of the people" in said
    assert recast_remark(None, view.indicator, "en") == ""


def test_nothing_is_subtracted_or_ranked_between_classes(lam_khe_store: Store) -> None:
    layer = Layer.from_query(OLD, lam_khe_store)
    found = compare(layer, lam_khe_store, dt.date(2025, 7, 1), "2025-12-31")
    changes = [*found.redrawing.values(), *found.real.values(), *found.whole.values()]
    assert changes
    assert {change.difference for change in changes} == {None}
    assert {change.percent for change in changes} == {None}


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({**WATER, "palette": "greens"}, "palette"),
        ({**OLD, "palette": "contrasts"}, "palette"),
        ({**OLD, "style": "choropleth"}, "style"),
        ({**OLD, "style": "symbols"}, "style"),
        ({"indicator": "population", "palette": "contrasts"}, "palette"),
        ({"indicator": "population", "style": "categories"}, "style"),
    ],
)
def test_a_drawing_that_classes_or_numbers_cannot_have_is_refused(
    lam_khe_store: Store, query: dict[str, str], where: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        Layer.from_query(query, lam_khe_store)
    assert refused.value.where == where


def test_the_catalogue_is_told_of_colours_and_palettes_that_do_not_fit() -> None:
    check_palette(NAMED)
    with pytest.raises(NotFound):
        check_palette(replace(NAMED, categories=(replace(CLASSES[0], colour="pink"), CLASSES[1])))
    with pytest.raises(InvalidInput):
        check_palette(replace(NAMED, palette="greens"))
    with pytest.raises(InvalidInput):
        check_palette(replace(NAMED, ordered=True, palette="contrasts"))
    with pytest.raises(InvalidInput):
        check_style("choropleth", NAMED)
