"""Bars, histograms and axes: lengths in proportion, counts that add up, nothing unescaped."""

from xml.etree import ElementTree

import pytest

from layers.charts import svg
from layers.charts.axes import value_ticks
from layers.charts.bars import Bar, share_bar, value_bars
from layers.charts.histogram import histogram
from layers.charts.strip_plot import strip_plot
from layers.legend import LegendClass


def widths(chart, name):
    root = ElementTree.fromstring(chart.__html__())
    return [float(n.get("width")) for n in root.iter() if n.get("class") == name]


def test_bars_are_as_long_as_their_values_and_begin_at_zero():
    (short,), (long,) = (widths(c, "value-bar") for c in value_bars([Bar(10.0), Bar(40.0)]))
    assert long / short == pytest.approx(4, rel=0.01)
    charts = value_bars([Bar(-10.0), Bar(10.0)])
    (left,), (right,) = (widths(chart, "value-bar") for chart in charts)
    assert left == right


def test_shares_fill_the_bar():
    chart = share_bar([Bar(1.0, "#111111"), Bar(3.0, "#222222")], "one, three")
    assert widths(chart, "share") == [160, 480]
    assert share_bar([Bar(0.0)], "nothing") is None


def test_the_columns_of_a_histogram_hold_every_value_once(toy_store):
    classes = (
        LegendClass(0, 10, "0–10", "#111111", 3),
        LegendClass(10, 40, "10–40", "#222222", 2),
    )
    indicator = toy_store.indicator("population")
    chart = histogram([1.0, 4.0, 10.0, 11.0, 40.0], classes, indicator, "en")
    root = ElementTree.fromstring(chart.__html__())
    columns = [n for n in root.iter() if n.get("class") == "column"]
    colours = [n.get("fill") for n in columns]
    assert set(colours) == {"#111111", "#222222"}
    unit = min(float(n.get("height")) for n in columns)
    assert sum(float(n.get("height")) for n in columns) == pytest.approx(5 * unit, rel=0.01)
    assert "0–10: 3" in chart.label
    assert histogram([5.0, 5.0], classes, indicator, "en") is None


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0.2, 0.9, [0, 0.5, 1]), (95, 99, [95, 96, 97, 98, 99]), (-3, 8, [-5, 0, 5, 10])],
)
def test_ticks_are_round_and_enclose_the_values(low, high, ticks):
    assert value_ticks(low, high, 4) == ticks


def test_words_are_text_and_never_markup():
    chart = svg.Chart.of((1, 1), '"><script>', (svg.text(0, 0, "<b>", "n"),), "c")
    assert "<script>" not in chart.__html__()
    assert "&lt;b&gt;" in chart.__html__()


def test_a_strip_reaches_to_ones_own_value():
    root = ElementTree.fromstring(strip_plot([1.0, 2.0], 5.0, "five").__html__())
    (dot,) = (node for node in root.iter() if node.get("class") == "strip-own")
    assert float(dot.get("cx")) == 154
