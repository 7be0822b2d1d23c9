"""From how many units or changes on most of them say what is usual, and how far off is odd."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Some

import pytest
from build_helpers import catalogue, figure, indicator

from geodata.doubts import DOUBT_RULES, ComparedFigures, Doubt
from geodata.doubts.rules import courses
from geodata.doubts.rules.courses import SeriesStep
from geodata.i18n import Text
from geodata.model import Observation, Succession
from geodata.table_import.checks import course_checks, sum_checks

TO_2025 = dt.date(2025, 7, 1)
CATALOGUE = catalogue(
    indicator("people"),
    indicator("visits", flow=True),
    indicator("rate", "ratio", denominator="people", ratio_factor=100.0),
)


def doubts(rule: str, *figures: Observation, became: tuple[Succession, ...] = ()) -> list[Doubt]:
    return list(DOUBT_RULES[rule].find(ComparedFigures(CATALOGUE, figures, became)))


def merged(growths: list[float]) -> list[tuple[int, bool]]:
    """Places among the growths, and whether the figure is impossible, of what is doubted."""
    became, figures = [], []
    for number, growth in enumerate(growths):
        old, new = f"{3000 + number:05d}-20130101", f"{4000 + number:05d}-20250701"
        became.append(Succession(old, new, TO_2025, "", True, 1.0, 1.0, 1.0, "register"))
        figures.append(figure(new, "people", 1_000 * growth, period="2026"))
        figures.append(figure(old, "people", 1_000, period="2024"))
    found = doubts("unlike_predecessors", *figures, became=tuple(became))
    return [(doubt.figures[0] // 2, doubt.impossible) for doubt in found]


@pytest.mark.parametrize(
    ("growths", "doubted"),
    [
        ([2.1] * 8, []),
        ([2.1] * 7, [(place, False) for place in range(7)]),
        ([2.0] * 7, []),
        ([0.5] * 7, []),
        ([2.0] * 7 + [2.5], []),
        ([2.0] * 7 + [2.6], [(7, False)]),
        ([1.0] * 8 + [0.2], [(8, True)]),
        ([1.0] * 7 + [0.2], [(7, False)]),
        ([1.0] * 8 + [0.25], [(8, False)]),
    ],
)
def test_eight_merged_units_show_the_usual_growth_and_fewer_are_held_against_twice(
    growths, doubted
) -> None:
    assert merged(growths) == doubted


@pytest.mark.parametrize(
    ("usual", "far", "doubted"),
    [
        ([100, 110, 90, 105, 95, 100, 102], [9_000_000], [7]),
        ([100, 110, 90, 105, 95, 100], [9e6], []),
    ],
)
def test_a_unit_is_far_from_the_others_where_there_are_eight(usual, far, doubted) -> None:
    values = [*usual, *far]
    figures = [figure(f"{3000 + n:05d}-20250701", "people", v) for n, v in enumerate(values)]
    assert [doubt.figures[0] for doubt in doubts("far_from_others", *figures)] == doubted


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([100, 101, 102, 103, 104, 300], "no other change of the series is like it"),
        ([100, 101, 102, 103, 300], "the year before"),
    ],
)
def test_five_changes_of_a_series_show_the_usual_one(values, words: str) -> None:
    figures = [
        figure("03390-20250701", "people", value, period=str(2018 + year))
        for year, value in enumerate(values)
    ]
    (doubt,) = doubts("far_from_series", *figures)
    assert words in doubt.sentence.en


COUNT = Some(
    name=Text("Lượt khách", "Visits"), kind="count", ratio_factor=None,
    measure_unit=Some(name=Text("lượt", "visits")),
)  # fmt: skip


def falling(pairs: list[tuple[float, float]]) -> list[str]:
    """The units whose sum of a year is told to be less than that of its first half."""
    halves = {str(n): half for n, (half, _) in enumerate(pairs)}
    years = {str(n): Some(value=year, raw="", place=str(n)) for n, (_, year) in enumerate(pairs)}
    table = Some(
        numbers={("visits", (), "2025", "actual"): years},
        indicators={"visits": COUNT},
        known_by_period=lambda *_: {("2025-H1", "actual"): halves},
        series_of=lambda *_: (),
        unit_name=Text,
    )
    return [each.place for each in course_checks._falling_sums(table)]


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ([(10, 20)] * 4 + [(10, 9)], ["4"]),
        ([(10, 20)] * 3 + [(10, 9)], []),
        ([(10, 12)] * 4 + [(10, 9)], ["4"]),
        ([(10, 11)] * 4 + [(10, 9)], []),
        ([(10, 20)] * 4 + [(0, 9)], []),
        ([(10, 20)] * 5 + [(10, 10)], []),
        ([(10, 20)] * 5 + [(10, 0)], ["5"]),
    ],
)
def test_a_sum_over_the_year_falls_where_five_units_show_that_it_grows_by_a_fifth(
    pairs, told
) -> None:
    assert falling(pairs) == told


def earlier(pairs: list[tuple[float, float]], same_kind: bool = True) -> Some:
    told = {
        str(n): (before, Some(value=after, place=None, raw="", unit_id=str(n)))
        for n, (before, after) in enumerate(pairs)
    }
    return Some(pairs=told, series=(), period="2024", same_kind=same_kind, recast=())


@pytest.mark.parametrize(
    ("pairs", "jumped"),
    [
        ([(100.0, 400.0)] * 5, 0),
        ([(100.0, 400.0)] * 4, 4),
        ([(100.0, 250.0)] * 4, 0),
        ([(100.0, 100.0)] * 4 + [(100.0, 250.0)], 0),
        ([(100.0, 100.0)] * 4 + [(100.0, 251.0)], 1),
    ],
)
def test_five_units_of_a_table_show_the_usual_change(pairs, jumped: int, monkeypatch) -> None:
    monkeypatch.setattr(course_checks, "_jump", lambda *_, slip: slip)
    assert len(list(course_checks._jumps(None, COUNT, earlier(pairs)))) == jumped


@pytest.mark.parametrize(
    ("pairs", "same_kind", "told"),
    [
        ([(1.0, 10.0)] * 5 + [(1.0, 0.1)] * 5, True, 0),
        ([(1.0, 10.0)] * 5 + [(1.0, 100.0)] * 4, True, 9),
        ([(1.0, 10.0)] * 5, False, 0),
        ([(1.0, 100.0)] * 5, False, 5),
        ([(0.0, 10.0)] + [(1.0, 10.0)] * 4, True, 0),
    ],
)
def test_a_column_is_of_another_magnitude_where_half_of_its_units_are(
    pairs, same_kind, told: int
) -> None:
    assert len(list(course_checks._magnitude(COUNT, earlier(pairs, same_kind)))) == told


@pytest.mark.parametrize(
    ("stated", "told"), [(30.0, 0), (32.0, 0), (28.0, 0), (32.5, 1), (27.5, 1)]
)
def test_a_stated_total_may_be_off_by_what_rounding_explains(
    stated: float, told: int, monkeypatch
) -> None:
    monkeypatch.setattr(sum_checks, "sum_tolerance", lambda _: 2.0)
    table = Some(
        meanings=[Some(column=2, indicator="visits", scale=1.0)],
        values=[Some(value=value, place=2) for value in (10.0, None, 20.0)],
        column_of=lambda place: place,
        totals=[Some(place=2, stated=stated, total=30.0, label="Tổng")],
        resolved=True,
        indicators={"visits": COUNT},
    )
    assert len(list(sum_checks._stated_totals(table))) == told


@pytest.mark.parametrize(
    ("figures", "whole", "told"),
    [
        ((500.0, 495.0), 1000.0, 0),
        ((500.0, 494.0), 1000.0, 1),
        ((500.0, 500.0), 995.0, 0),
        ((500.0, 500.0), 994.0, 1),
        ((None, 1000.0), 1000.0, 0),
        ((0.0, 0.0), 0.0, 0),
    ],
)
def test_rows_may_add_up_to_half_a_per_cent_off_the_unit_above(
    figures, whole: float, told: int, monkeypatch
) -> None:
    monkeypatch.setattr(sum_checks, "units_below", lambda _: {"12": frozenset("ab")})
    monkeypatch.setattr(sum_checks, "_wrong_sum", lambda *_: "wrong")
    known = {("12", "2025", "actual"): Some(value=whole, doubtful=False)}
    rows = {unit: Some(value=value) for unit, value in zip("ab", figures, strict=True)}
    table = Some(
        numbers={("visits", (), "2025", "actual"): rows},
        indicators={"visits": COUNT},
        known=lambda *_: known,
    )
    assert list(sum_checks._upper_units(table)) == ["wrong"] * told


@pytest.mark.parametrize(
    ("beside", "unlike"),
    [((), True), ((0.4,), True), ((0.5,), False), ((-0.9,), True), ((0.4, 0.6), False)],
)
def test_a_jump_is_unlike_the_changes_beside_it_where_none_goes_half_as_far(beside, unlike) -> None:
    steps = [SeriesStep(0, 1, 365, change) for change in beside]
    assert courses._unlike(SeriesStep(0, 1, 365, 1.0), steps) is unlike
