"""A series over time: true distances, shapes by status, visible breaks, values written."""

import dataclasses
import re
from xml.etree import ElementTree

import pytest

from geodata.i18n import Text
from layers.charts.figure_series import figure_series
from layers.charts.time_series import NARROW, WIDE, series_key, time_series_chart
from tests.toy import new_id


@pytest.fixture
def series(toy_store):
    unit, indicator = toy_store.unit(new_id(1)), toy_store.indicator("population")
    template = toy_store.series(new_id(1), "population")[0]

    def made(*rows):
        figures = [dataclasses.replace(template, **row) for row in rows]
        return figure_series(toy_store, unit, indicator, figures, "en")

    return made


@pytest.fixture
def drawn(toy_store):
    indicator = toy_store.indicator("population")

    def made(found, width=WIDE):
        return time_series_chart(found, indicator, "en", width)

    return made


def row(period, value=100.0, **more):
    return {"period": period, "value": value, **more}


def marks_of(chart):
    root = ElementTree.fromstring(chart.__html__())
    return [node for node in root.iter() if "series-mark" in node.get("class", "")]


def test_marks_are_as_far_apart_as_their_days(series, drawn):
    chart = drawn(series(row("2026"), row("2027", 120.0), row("2030", 140.0)))
    first, second, third = (float(mark.get("cx")) for mark in marks_of(chart))
    assert (third - second) / (second - first) == pytest.approx(3, rel=0.01)


def test_every_status_has_a_shape_of_its_own(series, drawn):
    found = series(
        row("2026"), row("2027", status="estimate"), row("2028", status="plan"),
        row("2029", status="target"),
    )  # fmt: skip
    shapes = [(node.tag, node.get("fill")) for node in marks_of(drawn(found))]
    assert len(set(shapes)) == 4
    key = [each.words for each in series_key(found, "en")]
    assert key == ["Actual", "Estimate", "Plan", "Target"]


@pytest.mark.parametrize(
    ("rows", "kind", "words"),
    [
        (
            [row("2026", concept="census"), row("2027", 9.0, concept="survey")],
            "concept",
            "Concept changes: census → survey",
        ),
        (
            [row("2024", basis="restated"), row("2026", 9.0)],
            "boundaries",
            "Boundaries change on 1 July 2025: earlier figures are restated",
        ),
        ([row("2026"), row("2027", 9.0, source_id="hearsay")], "source", "Source changes"),
    ],
)
def test_a_series_breaks_where_concept_boundaries_or_source_change(
    series, drawn, rows, kind, words
):
    found = series(*rows)
    assert [each.kind for each in found.breaks] == [kind]
    chart = drawn(found).__html__()
    assert f"series-break-head is-{kind}" in chart
    # Figures of two sources are joined by dashes, those of two concepts or boundaries by nothing.
    assert ("series-line is-seam" in chart) == (kind == "source")
    assert ('class="series-line"' in chart) is False
    assert words in [each.words for each in series_key(found, "en")]


def test_a_half_year_is_not_joined_to_a_year(series):
    assert series(row("2026"), row("2027-H1"), row("2028")).runs == ((0, 2), (1,))


def test_values_are_written_where_they_do_not_meet(series, drawn):
    few = drawn(series(row("2026", 1234.0), row("2028", 5678.0))).__html__()
    assert ">1,234<" in few
    assert ">5,678<" in few
    rows = [row(f"{2026 + at // 12}-{at % 12 + 1:02}", 1000.0 + at) for at in range(48)]
    crowded = drawn(series(*rows), NARROW)
    written = re.findall(r'class="series-value"[^>]*>([\d,]+)<', crowded.__html__())
    assert {"1,000", "1,047"} <= set(written), "the first and the last come first"
    assert len(written) < 48
    assert crowded.label.count(";") == 47, "the words have them all"


def test_a_doubtful_value_is_marked_and_no_line_goes_through_it(series, drawn):
    doubt = Text("Không khớp", "Does not match")
    found = series(row("2026"), row("2027", 9.0, doubt=doubt), row("2028", 120.0))
    assert found.runs == ((0, 2),)
    assert ">! 9<" in drawn(found).__html__()


def test_one_figure_makes_no_chart(series, drawn):
    assert drawn(series(row("2026"))) is None
