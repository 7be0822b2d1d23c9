"""A layer is its query; what a map says about missing, doubtful and estimated figures is true."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InvalidInput, NotFound
from geodata.store import create_store
from layers.classification_schemes import SCHEMES
from layers.labels import date_text, unit_kinds_heading, validity_text
from layers.layer import Layer
from layers.layer_query import LAYER_PARAMETERS
from layers.layer_view import missing_kind, resolve_layer
from layers.legend import MISSING_KINDS
from layers.palettes import PALETTES, ramp_colours
from layers.styles import STYLES, offered_styles
from layers.styles.proportional_symbols import (
    MAX_RADIUS,
    legend_symbol_values,
    symbol_classes,
    symbol_radius,
)
from layers.symbology import symbolise

REFORM = "2025-07-01"


@pytest.fixture(scope="module")
def store(tmp_path_factory, toy_dataset):
    made = create_store(tmp_path_factory.mktemp("layers") / "toy.gpkg", toy_dataset)
    yield made
    made.close()


def density(**query):
    return {"indicator": "population_density", "level": "commune", "date": REFORM, **query}


choices = st.fixed_dictionaries(
    {},
    optional={
        "indicator": st.sampled_from(["population", "population_density", "natural_area"]),
        "period": st.sampled_from(["2024", "2025", "2026-H1", "2026/2030", "2025-01/2025-09"]),
        "level": st.sampled_from(["province", "commune"]),
        "date": st.sampled_from(["2013-01-01", "2019-05-06", "2025-07-01", "2026-02-03"]),
        "status": st.sampled_from(["actual", "plan", "target"]),
        "scheme": st.sampled_from([s for s in SCHEMES if s != "thresholds"]),
        "classes": st.integers(3, 9).map(str),
        "thresholds": st.lists(st.integers(-99, 99), min_size=1, max_size=8, unique=True).map(
            lambda numbers: ",".join(str(n) for n in sorted(numbers))
        ),
        "palette": st.sampled_from(
            sorted(name for name, palette in PALETTES.items() if palette.type != "qualitative")
        ),
        "style": st.sampled_from(
            sorted(n for n, s in offered_styles().items() if "count" in s.suits)
        ),
        "title": st.text(max_size=40),
        "lang": st.sampled_from(["vi", "en"]),
    },
)


@pytest.mark.slow
@settings(max_examples=80)
@given(choices)
def test_a_layer_survives_its_own_address(store, query):
    layer = Layer.from_query(query, store)
    canonical = layer.to_query()
    assert list(canonical) == [name for name in LAYER_PARAMETERS if name in canonical]
    again = Layer.from_query(canonical, store)
    assert again == layer
    assert again.to_query() == canonical


def test_defaults_are_left_out_of_the_address(store):
    query = density(period="2025", palette="yellow_browns", scheme="thresholds", lang="vi")
    assert set(Layer.from_query(query, store).to_query()) == {
        "indicator", "period", "level", "date",
    }  # fmt: skip


def test_any_day_of_a_step_is_the_step(store):
    layer = Layer.from_query(density(period="2025", date="2026-01-31"), store)
    assert layer.date == dt.date(2025, 7, 1)


def test_nothing_asked_gives_the_default_layer(store):
    layer = Layer.from_query({}, store)
    indicator, period, level, date = store.default_layer()
    assert (layer.indicator, layer.period, layer.level, layer.date) == (
        indicator, period, level, date,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "where", "error"),
    [
        ({"indicator": "no_such"}, "indicator", NotFound),
        ({"period": "last year"}, "period", InvalidInput),
        ({"level": "hamlet"}, "level", InvalidInput),
        ({"level": "district", "date": REFORM}, "level", InvalidInput),
        ({"date": "01/07/2025"}, "date", InvalidInput),
        ({"date": "1999-01-01"}, "date", InvalidInput),
        ({"status": "estimate"}, "status", InvalidInput),
        ({"scheme": "jenks"}, "scheme", InvalidInput),
        ({"classes": "2"}, "classes", InvalidInput),
        ({"classes": "1e1"}, "classes", InvalidInput),
        ({"thresholds": "1,x"}, "thresholds", InvalidInput),
        ({"thresholds": "3,2"}, "thresholds", InvalidInput),
        ({"thresholds": "1,2,3,4,5,6,7,8,9,10"}, "thresholds", InvalidInput),
        ({"palette": "rainbow"}, "palette", NotFound),
        ({"style": "3d"}, "style", InvalidInput),
        ({"lang": "fr"}, "lang", InvalidInput),
        ({"title": "x" * 201}, "title", InvalidInput),
    ],
)
def test_a_bad_parameter_is_named(store, query, where, error):
    with pytest.raises(error) as caught:
        Layer.from_query(query, store)
    assert caught.value.where == where
    assert caught.value.found


def test_counts_are_steered_to_symbols_and_can_be_overridden(store):
    query = {"indicator": "population", "level": "commune", "date": "2013-01-01"}
    steered = resolve_layer(Layer.from_query(query, store), store)
    assert steered.legend.style == "symbols"
    assert steered.legend.symbols
    assert "ký hiệu" in steered.legend.notes[0]
    shaded = resolve_layer(Layer.from_query({**query, "style": "choropleth"}, store), store)
    assert len(shaded.legend.classes) > 1
    assert "tô nền màu" in shaded.legend.notes[0]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_counts_of_a_legend_add_up(store, language):
    for indicator in store.indicators():
        query = {"indicator": indicator.id, "lang": language, "style": "choropleth"}
        layer_view = resolve_layer(Layer.from_query(query, store), store)
        legend = layer_view.legend
        assert [m.kind for m in legend.missing] == list(MISSING_KINDS)
        assert sum(c.count for c in legend.classes) == legend.with_value
        assert legend.with_value + sum(m.count for m in legend.missing) == legend.total
        for unit_view in layer_view.unit_views.values():
            assert (unit_view.observation is None) == (unit_view.missing is not None)
        assert layer_view.summary.startswith(layer_view.title)


def test_the_three_kinds_of_missing(store):
    indicator = dataclasses.replace(
        store.indicator("population_density"), not_applicable_kinds=("ward",)
    )
    unit = store.units(level="commune", date=dt.date(2025, 7, 1)).items[0]
    ward = dataclasses.replace(unit, kind="ward")
    assert missing_kind(unit, indicator, "commune", late=False) == "no_data"
    assert missing_kind(unit, indicator, "commune", late=True) == "not_published"
    assert missing_kind(ward, indicator, "commune", late=True) == "not_applicable"
    assert missing_kind(unit, indicator, "district", late=False) == "not_applicable"
    gone = dataclasses.replace(unit, valid_to=dt.date(2025, 7, 1))
    for begins, kind in ((dt.date(2025, 7, 1), "not_applicable"), (dt.date(2025, 1, 1), "no_data")):
        assert missing_kind(gone, indicator, "commune", late=False, begins=begins) == kind


def test_a_period_after_the_reference_date_is_not_yet_published(store):
    layer_view = resolve_layer(Layer.from_query(density(period="2027"), store), store)
    counts = {m.kind: m.count for m in layer_view.legend.missing}
    assert counts["no_data"] == 0
    assert counts["not_published"] > 0
    planned = resolve_layer(Layer.from_query(density(period="2027", status="plan"), store), store)
    assert {m.kind: m.count for m in planned.legend.missing}["not_published"] == 0


def test_an_empty_map_has_a_truthful_legend(store):
    layer_view = resolve_layer(
        Layer.from_query(density(period="1999", scheme="quantiles"), store), store
    )
    assert layer_view.legend.classes == ()
    assert layer_view.legend.with_value == 0
    assert "0/5" in layer_view.summary


def test_titles_in_both_languages(store):
    vi = resolve_layer(Layer.from_query(density(period="2025"), store), store)
    assert vi.title == "Mật độ dân số, năm 2025 (người/km²)"
    assert vi.subtitle.endswith("· ranh giới từ 01/7/2025")
    en = resolve_layer(
        Layer.from_query(density(period="2025", lang="en", status="plan"), store), store
    )
    assert en.title == "Population density, plan, 2025 (people/km²)"
    own = resolve_layer(
        Layer.from_query(density(period="2025", title="<b>Mật độ</b>"), store), store
    )
    assert own.title == "<b>Mật độ</b>"


def test_a_diverging_palette_turns_round_where_less_is_better(store):
    indicator = dataclasses.replace(store.indicator("population_density"), direction="down")
    layer = Layer.from_query(density(period="2025", palette="brown_teal"), store)
    chosen = {"scheme": "quantiles", "classes": 5, "palette": "brown_teal"}
    drawing = dataclasses.replace(layer.defaults, **chosen)
    _, rows = symbolise([1, 2, 3, 4, 5], drawing, indicator, "vi")
    assert tuple(r.colour for r in rows) == ramp_colours("brown_teal", 5)[::-1]


def test_the_area_of_a_circle_is_the_value():
    assert symbol_radius(100, 100) == MAX_RADIUS
    assert symbol_radius(25, 100) == MAX_RADIUS / 2
    assert symbol_radius(0, 0) == 0
    assert legend_symbol_values([3, 870], 0) == (500, 200, 50)
    assert legend_symbol_values([0.2], 0) == (0.0,)
    assert legend_symbol_values([], 0) == ()


def test_symbols_of_both_signs_have_two_classes(store):
    assert symbol_classes([-3, 0, 5], 0).counts == (2, 1)
    assert symbol_classes([4, 5], 0).counts == (2,)
    assert len(symbol_classes([], 0)) == 0
    sizes = STYLES["symbols"].legend_symbols([1000], store.indicator("population"), "vi")
    assert (sizes[0].label, sizes[0].radius) == ("1.000", MAX_RADIUS)


def test_words_of_dates_and_kinds():
    assert date_text(dt.date(2025, 7, 1), "vi") == "01/7/2025"
    assert date_text(dt.date(2025, 2, 11), "vi") == "11/02/2025"
    assert date_text(dt.date(2025, 7, 1), "en") == "1 July 2025"
    assert unit_kinds_heading(["ward", "commune", "commune"], "commune", "vi") == "Xã, phường"
    assert (
        unit_kinds_heading(["city", "rural_district"], "district", "en")
        == "Cities, rural districts"
    )
    first, reform = dt.date(2013, 1, 1), dt.date(2025, 7, 1)
    assert validity_text(first, reform, first, "vi") == "đến trước 01/7/2025"
    assert validity_text(reform, None, first, "vi") == "từ 01/7/2025"
    assert validity_text(first, None, first, "en") == "in force"


def test_no_class_of_the_legend_begins_above_its_end(store):
    layer = Layer.from_query(density(period="2025"), store)
    limits = {"scheme": "thresholds", "thresholds": (10.0, 20.0, 30.0)}
    drawing = dataclasses.replace(layer.defaults, **limits)
    _, rows = symbolise([25.0, 27.0], drawing, store.indicator("population_density"), "vi")
    assert [row.count for row in rows] == [0, 0, 2, 0]
    assert all(row.lower <= row.upper for row in rows)


def test_a_style_that_does_not_suit_the_indicator_is_refused(store, monkeypatch):
    monkeypatch.setattr(STYLES["symbols"], "suits", frozenset({"count"}))
    with pytest.raises(InvalidInput) as caught:
        Layer.from_query(density(style="symbols"), store)
    assert (caught.value.where, caught.value.found) == ("style", "symbols")
    assert Layer.from_query(density(indicator="population", style="symbols"), store).style
