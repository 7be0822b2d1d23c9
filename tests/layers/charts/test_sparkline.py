"""The small line of an indicator's periods: one length of period, doubt told apart."""

import dataclasses

import pytest

from geodata.i18n import Text
from layers.charts.figure_series import figure_series
from layers.charts.sparkline import MIN_POINTS, sparkline, trend_of
from tests.toy import new_id

YEARS = ("2026", "2027", "2028", "2030")
DOUBT = Text("Không khớp", "Does not match")


@pytest.fixture
def figure(toy_store):
    return toy_store.series(new_id(1), "population")[0]


@pytest.fixture
def trend(toy_store):
    indicator, unit = toy_store.indicator("population"), toy_store.unit(new_id(1))

    def made(figures, language="vi"):
        return trend_of(figure_series(toy_store, unit, indicator, figures, language), indicator)

    return made


def over(figure, *periods, **changes):
    """Copies of a figure over other periods, one more each time."""
    return [
        dataclasses.replace(figure, period=period, value=1000.0 + i, **changes)
        for i, period in enumerate(periods)
    ]


def test_points_lie_in_time_and_between_the_lowest_and_the_highest(trend, figure):
    found = trend(over(figure, *YEARS))
    assert [p.y for p in found.points] == [0, 0.3333, 0.6667, 1]
    assert [round(p.x, 2) for p in found.points] == [0, 0.25, 0.5, 1]
    assert (found.first, found.last) == ("năm 2026: 1.000\u00a0người", "năm 2030: 1.003\u00a0người")


def test_half_years_and_plans_do_not_stand_beside_years(trend, figure):
    mixed = over(figure, *YEARS) + over(figure, "2030-H1", "2031-H1")
    plans = over(figure, "2032", "2033", status="plan")
    assert len(trend(mixed + plans).points) == len(YEARS)


def test_an_actual_figure_stands_before_an_estimate(trend, figure):
    estimates = over(figure, "2030", status="estimate")
    assert trend(over(figure, *YEARS) + estimates, "en").last.endswith("1,003\u00a0people")


def test_doubtful_points_are_told_apart(trend, figure):
    figures = over(figure, *YEARS, "2031")
    figures[4] = dataclasses.replace(figures[4], doubt=DOUBT)
    found = trend(figures)
    assert [p.doubtful for p in found.points] == [0, 0, 0, 0, 1]
    assert "2030" in found.last, "the words beside the line end on sound figures"
    assert sparkline(found, "Dân số").__html__().count("is-doubtful") == 1


def test_an_impossible_figure_is_no_point(trend, figure):
    figures = over(figure, *YEARS, "2031")
    figures[4] = dataclasses.replace(figures[4], doubt=DOUBT, impossible=True)
    found = trend(figures)
    assert len(found.points) == len(YEARS)
    assert "2031" not in found.words


def test_a_line_ends_where_the_concept_changes_and_at_nothing_else(trend, figure):
    figures = over(figure, *YEARS, "2031", "2032")
    assert trend(figures).lines == ((0, 1, 2, 3, 4, 5),)
    for at, concept in {0: "survey", 2: "survey", 3: "review", 5: "review"}.items():
        figures[at] = dataclasses.replace(figures[at], concept=concept)
    figures[4] = dataclasses.replace(figures[4], doubt=DOUBT)
    assert trend(figures).lines == ((0, 1, 2), (3, 5))


def test_few_or_equal_figures_make_no_line(trend, figure):
    assert trend(over(figure, *YEARS[: MIN_POINTS - 1])) is None
    assert trend([dataclasses.replace(one, value=5.0) for one in over(figure, *YEARS)]) is None
    assert trend([]) is None
