"""The small line of an indicator's periods: one length of period, doubt told apart."""

import dataclasses

import pytest

from portal.serializers.trend import MIN_POINTS, trend

PROVINCE = "12-20040101"


@pytest.fixture
def cover(lai_chau_store):
    return lai_chau_store.indicator("forest_cover_rate")


@pytest.fixture
def figure(lai_chau_store, cover):
    return lai_chau_store.series(PROVINCE, cover.id)[0]


def over(figure, *periods, **changes):
    """Copies of a figure over other periods, one more each time."""
    return [
        dataclasses.replace(figure, period=period, value=10.0 + i, **changes)
        for i, period in enumerate(periods)
    ]


YEARS = ("2020", "2021", "2022", "2024")


def test_points_lie_in_time_and_between_the_lowest_and_the_highest(cover, figure):
    found = trend(cover, over(figure, *YEARS), "vi")
    assert [p["y"] for p in found["points"]] == [0, 0.3333, 0.6667, 1]
    assert [round(p["x"], 2) for p in found["points"]] == [0, 0.25, 0.5, 1]
    assert (found["first"], found["last"]) == ("năm 2020: 10,00%", "năm 2024: 13,00%")


def test_half_years_and_plans_do_not_stand_beside_years(cover, figure):
    mixed = over(figure, *YEARS) + over(figure, "2024-H1", "2025-H1")
    plans = over(figure, "2025", "2026", status="plan")
    assert len(trend(cover, mixed + plans, "vi")["points"]) == len(YEARS)


def test_an_actual_figure_stands_before_an_estimate(cover, figure):
    estimates = over(figure, "2024", status="estimate")
    found = trend(cover, over(figure, *YEARS) + estimates, "en")
    assert found["last"].endswith("13.00%")


def test_doubtful_points_are_told_apart(cover, figure):
    figures = over(figure, *YEARS, "2025")
    figures[4] = dataclasses.replace(figures[4], doubt=cover.name)
    found = trend(cover, figures, "vi")
    assert [p["doubtful"] for p in found["points"]] == [0, 0, 0, 0, 1]
    assert found["last"] == "năm 2024: 13,00%", "the words beside the line end on sound figures"


def test_an_impossible_figure_is_no_point(cover, figure):
    figures = over(figure, *YEARS, "2025")
    figures[4] = dataclasses.replace(figures[4], doubt=cover.name, impossible=True)
    found = trend(cover, figures, "vi")
    assert len(found["points"]) == len(YEARS)
    assert "2025" not in found["all"]


def test_a_line_ends_where_the_concept_changes_and_at_nothing_else(cover, figure):
    figures = over(figure, *YEARS, "2025", "2026")
    assert trend(cover, figures, "vi")["lines"] == [[0, 1, 2, 3, 4, 5]]
    for at, concept in {0: "survey", 2: "survey", 3: "review", 5: "review"}.items():
        figures[at] = dataclasses.replace(figures[at], concept=concept)
    figures[4] = dataclasses.replace(figures[4], doubt=cover.name)
    assert trend(cover, figures, "vi")["lines"] == [[0, 1, 2], [3, 5]]


def test_few_or_equal_figures_make_no_line(cover, figure):
    assert trend(cover, over(figure, *YEARS[: MIN_POINTS - 1]), "vi") is None
    equal = [dataclasses.replace(one, value=5.0) for one in over(figure, *YEARS)]
    assert trend(cover, equal, "vi") is None
    assert trend(cover, [], "vi") is None


def test_the_line_is_on_the_page_with_its_figures_in_words(client):
    body = client.get(f"/units/{PROVINCE}").get_data(as_text=True)
    assert 'class="trend-line"' in body
    assert "năm 2004: 35,00%" in body
