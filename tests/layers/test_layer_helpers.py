"""The small rules of charts, classes, colours and sheets, each on figures of its own."""

from __future__ import annotations

import datetime as dt
import math
from types import SimpleNamespace as Some

import numpy as np
import pytest
import shapely

from layers.charts.axes import time_span, year_ticks
from layers.charts.histogram import _class_of, _edges
from layers.charts.time_series import _meet
from layers.classification import Classes, _scale
from layers.comparison import value_ranks
from layers.formatting import floor_to_round_number
from layers.palettes import _sides
from layers.places.clusters import _near
from layers.rasters.web_mercator import latitude_scale
from layers.sheet import label_placement
from layers.sheet.canvas import ALERT, INK
from layers.sheet.label_placement import LabelCandidate, _number_alone, note_marker_size
from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect, stack_blocks
from layers.sheet.layout_request import printable_area
from layers.sheet.map_furniture import (
    _extent_frame,
    _multiples,
    draw_qr,
    extent_indicator_block,
    scale_bar_size,
)
from layers.sheet.map_grid import MapGrid
from layers.unit_views import UnitView

DAY = dt.date


@pytest.mark.parametrize(
    ("first", "last", "most", "years"),
    [
        (DAY(2020, 1, 1), DAY(2022, 1, 1), 3, [2020, 2021, 2022]),
        (DAY(2020, 1, 2), DAY(2022, 1, 1), 3, [2021, 2022]),
        (DAY(2020, 1, 1), DAY(2022, 1, 1), 2, [2020, 2022]),
        (DAY(2019, 1, 1), DAY(2030, 1, 1), 3, [2020, 2025, 2030]),
    ],
)
def test_years_are_marked_where_there_is_room(first, last, most: int, years: list[int]) -> None:
    assert year_ticks(first, last, most) == years


@pytest.mark.parametrize(
    ("days", "span"),
    [
        ([DAY(2020, 6, 1), DAY(2022, 3, 1)], (DAY(2020, 1, 1), DAY(2023, 1, 1))),
        ([DAY(2020, 6, 1), DAY(2022, 1, 1)], (DAY(2020, 1, 1), DAY(2022, 1, 1))),
        ([DAY(2022, 1, 1)], (DAY(2022, 1, 1), DAY(2023, 1, 1))),
    ],
)
def test_an_axis_of_time_is_of_whole_years(days, span) -> None:
    assert time_span(days) == span


@pytest.mark.parametrize(("number", "columns"), [(1, 4), (16, 8), (4, 4), (30, 12)])
def test_a_histogram_has_twice_the_root_of_the_number_of_values(number: int, columns: int) -> None:
    edges = _edges([0.0, 10.0, 20.0], number)
    assert (len(edges) - 1) % 2 == 0
    assert abs(len(edges) - 1 - columns) <= 1
    assert (edges[0], edges[-1]) == (0.0, 20.0)
    np.testing.assert_allclose(np.diff(edges), 20 / (len(edges) - 1))


def legend_class(lower: float, upper: float, isolated: bool = False) -> Some:
    return Some(lower=lower, upper=upper, isolated=isolated)


@pytest.mark.parametrize(
    ("value", "place"), [(1.0, 0), (1.5, 2), (5.0, 1), (6.0, 1), (6.5, 2), (10.0, 2), (99.0, 2)]
)
def test_a_value_is_of_the_isolated_class_or_of_the_first_that_reaches_it(value, place) -> None:
    classes = [legend_class(0, 1), legend_class(5, 6, isolated=True), legend_class(1, 10)]
    assert _class_of(value, classes) == place


@pytest.mark.parametrize(
    ("other", "meet"),
    [
        ((10, 0, 20, 10), False),
        ((9, 0, 20, 10), True),
        ((0, 10, 10, 20), False),
        ((2, 2, 3, 3), True),
    ],
)
def test_words_that_share_an_edge_do_not_meet(other, meet: bool) -> None:
    assert _meet((0, 0, 10, 10), other) is meet
    assert _meet(other, (0, 0, 10, 10)) is meet


@pytest.mark.parametrize(
    ("shown", "scale"), [([-2.0, 3.0], 1.0), ([-4e100, 3e100], 4e100), ([0.0, 1e100], 1.0)]
)
def test_only_values_beyond_all_measure_are_scaled(shown: list[float], scale: float) -> None:
    assert _scale(shown) == scale


def test_equal_values_share_a_place_and_doubtful_ones_have_none() -> None:
    views = {
        unit: Some(value=value, doubtful=unit == "e")
        for unit, value in zip("abcdef", (5.0, 7.0, 5.0, 1.0, 9.0, None), strict=True)
    }
    assert value_ranks(views, Some(kind="count")) == {"b": 1, "a": 2, "c": 2, "d": 4}
    assert value_ranks(views, Some(kind="category")) == {}


@pytest.mark.parametrize(
    ("value", "floor"),
    [(1, 1), (1.9, 1), (2, 2), (4.9, 2), (5, 5), (9.9, 5), (10, 10), (0.3, 0.2), (730, 500)],
)
def test_a_length_is_floored_to_one_two_or_five(value: float, floor: float) -> None:
    assert floor_to_round_number(value) == floor


@pytest.mark.parametrize(
    ("lower", "breaks", "more", "sides"),
    [
        (-4, (-2, 0, 3), {}, (2, 1)),
        (-4, (-2, 1, 3), {}, (1, 1)),
        (1, (2, 3), {}, (0, 2)),
        (0, (2, 3), {}, (0, 1)),
        (-4, (-2, 0), {}, (2, 0)),
        (-4, (-2, 0), {"open_ended": True}, (1, 0)),
        (1, (2, 3), {"open_ended": True}, (0, 1)),
        (-1, (-1, 0, 2), {"single_valued": True}, (1, 1)),
    ],
)
def test_classes_lie_below_or_above_the_middle(lower, breaks, more, sides) -> None:
    classes = Some(**{"lower": lower, "breaks": breaks, "single_valued": False,
                      "open_ended": False} | more)  # fmt: skip
    assert _sides(classes, 0) == sides


@pytest.mark.parametrize(("radius", "near"), [(5.0, True), (4.9, False), (5.1, True)])
def test_points_are_near_within_the_radius(radius: float, near: bool) -> None:
    assert _near(np.array([[1.0, 1.0], [4.0, 5.0]]), 0, 1, radius) is near


def test_a_unit_of_web_mercator_is_shorter_away_from_the_equator() -> None:
    assert latitude_scale(Some(bounds=(0, 59, 1, 61))) == pytest.approx(0.5)
    assert latitude_scale(Some(bounds=(0, -1, 1, 1))) == pytest.approx(1)


@pytest.mark.parametrize(("numbered", "lines"), [(False, ("a",)), (True, ("a", "bc"))])
def test_a_label_is_as_wide_as_its_longest_line_and_its_number(
    monkeypatch, numbered, lines
) -> None:
    monkeypatch.setattr(label_placement, "text_width", lambda text, _: 3.0 * len(text))
    width, height = label_placement._measure(lines, 10, numbered)
    number = note_marker_size(10) + 0.5 if numbered else 0
    assert width == pytest.approx(3 * max(map(len, lines)) + 0.4 + number)
    line = 10 * MM_PER_POINT * label_placement.LINE_HEIGHT
    assert height == pytest.approx(len(lines) * line + 0.2)


def test_the_number_of_a_note_stands_beside_what_is_taken() -> None:
    candidate = LabelCandidate(name="", shape=None, x=50, y=50, rank=0, number="1", clearance=0)
    side = note_marker_size(10)
    page = Rect(0, 0, 100, 100)
    free = _number_alone(candidate, 10, page, ())
    assert free is not None
    assert (free.box.width, free.box.height) == (side, side)
    assert abs(free.box.x + side / 2 - 50) <= 1.3 * side
    taken = Rect(50 - 0.6 * side, 50 - 0.6 * side, 1.2 * side, 1.2 * side)
    beside = _number_alone(candidate, 10, page, (taken,))
    assert beside is not None
    assert not beside.box.overlaps(taken)
    assert _number_alone(candidate, 10, page, (page,)) is None


def test_the_page_is_printed_on_within_its_margins() -> None:
    margins = Some(left=30, right=20, top=25, bottom=15)
    page = Some(width=210, height=297, margins=margins)
    request = Some(options=Some(page=lambda: page))
    assert printable_area(request) == Rect(30, 25, 160, 257)


def test_blocks_are_stacked_with_gaps_between_them() -> None:
    drawn: list[Rect] = []
    blocks = [
        LayoutBlock(w, h, lambda _, box: drawn.append(box)) for w, h in ((5, 2), (9, 3), (1, 4))
    ]
    stack = stack_blocks(*blocks, gap=0.5)
    assert (stack.width, stack.height) == (9, 10)
    stack.draw(None, Rect(10, 20, 9, 10))
    assert drawn == [Rect(10, 20, 9, 2), Rect(10, 22.5, 9, 3), Rect(10, 26, 9, 4)]


@pytest.mark.parametrize(
    ("low", "high", "multiples"),
    [(0.5, 2.5, [1, 2]), (1, 2, [1, 2]), (1.1, 1.9, []), (-1, 0, [-1, 0])],
)
def test_lines_stand_at_the_multiples_of_a_step(low, high, multiples: list[float]) -> None:
    assert _multiples(low, high, 1.0) == multiples
    np.testing.assert_allclose(_multiples(low / 4, high / 4, 0.25), np.array(multiples) / 4)


def test_the_scale_bar_grows_with_the_type() -> None:
    width, height = scale_bar_size(10)
    assert (width, height) == pytest.approx((170 * MM_PER_POINT, 31 * MM_PER_POINT))


def test_the_frame_of_an_extent_is_cut_at_the_map() -> None:
    viewport = Some(points=lambda corners: corners.copy(), box=Rect(0, 0, 10, 20))
    frame = _extent_frame(viewport, (-5, 2, 8, 30))
    assert frame.vertices.tolist() == [[0, 2], [8, 2], [8, 20], [0, 20], [0, 2]]


def test_a_code_fills_its_box_with_square_modules() -> None:
    paths = []
    canvas = Some(path=lambda path, **_: paths.append(path))
    draw_qr(canvas, Rect(10, 20, 21, 21), "abc")
    (path,) = paths
    corners = path.vertices.reshape(-1, 5, 2)
    assert (corners.min(), corners[..., 0].min(), corners[..., 1].min()) == (10, 10, 20)
    assert (corners[..., 0].max(), corners[..., 1].max()) == pytest.approx((31, 41))
    # A code of the smallest kind has 21 modules a side, the upper left one dark.
    np.testing.assert_allclose(corners[0], [(10, 20), (11, 20), (11, 21), (10, 21), (10, 20)])


@pytest.mark.parametrize(
    ("count", "width", "height", "columns", "scale"),
    [(1, 100, 50, 1, 45), (2, 100, 50, 2, 45), (2, 50, 100, 1, 44), (4, 100, 100, 2, 44)],
)
def test_maps_stand_where_they_are_largest(
    count, width, height, columns: int, scale: float
) -> None:
    grid = MapGrid(count=count, aspect=1.0, gap=2.0, heading_height=3.0, legend_height=2.0,
                   min_width=10.0)  # fmt: skip
    assert grid.columns(width, height) == columns
    assert grid.scale(width, height) == scale
    cells = grid.cells(Rect(5, 7, width, height))
    assert len(cells) == count
    assert (cells[0].x, cells[0].y) == (5, 10)
    assert max(cell.right for cell in cells) <= 5 + width + 1e-9
    assert max(cell.bottom for cell in cells) + 2 == pytest.approx(7 + height)
    assert not any(a.overlaps(b) for n, a in enumerate(cells) for b in cells[:n])
    assert {math.isclose(cell.width, cells[0].width) for cell in cells} == {True}


@pytest.mark.parametrize("missing", [None, "no_value", "impossible"])
@pytest.mark.parametrize("doubt", ["", "Contradicted"])
def test_what_is_drawn_is_doubtful_where_a_figure_it_came_from_is(missing, doubt: str) -> None:
    figure = Some(doubt=doubt, value=3.0, status="actual")
    recast = Some(contributions=(Some(observation=figure),), value=3.0, status="recast")
    drawn = missing is None
    for view in (UnitView(figure, 0, missing), UnitView(None, 0, missing, recast=recast)):
        assert view.doubtful is bool(drawn and doubt)
        assert view.value == (3.0 if drawn else None)
        assert bool(view.status) is drawn
    difference = Some(doubtful=bool(doubt), value=1.0, status="difference")
    assert UnitView(None, 0, missing, difference=difference).doubtful is bool(doubt)
    assert not UnitView(None, None, "no_value").doubtful
    assert UnitView(figure, 0, missing).impossible is (figure if missing == "impossible" else None)


@pytest.mark.parametrize(
    ("index", "ends", "label"),
    [
        (0, None, "≤ 5"),
        (0, (2.0, 12.0), "2 – 5"),
        (0, (5.0, 12.0), "≤ 5"),
        (0, (6.0, 12.0), "≤ 5"),
        (1, (2.0, 12.0), "> 5 – 10"),
        (2, (2.0, 12.0), "> 10 – 12"),
        (2, None, "> 10"),
        (2, (2.0, 7.0), "> 10"),
    ],
)
def test_an_open_class_is_named_by_the_values_in_it(index: int, ends, label: str) -> None:
    classes = Classes(2.0, (5.0, 10.0, 20.0), (1, 1, 1), 0, open_ended=True)
    assert classes.label(index, "en", ends) == label


def test_the_only_class_is_named_by_both_of_its_ends() -> None:
    classes = Classes(2.0, (20.0,), (2,), 0, open_ended=True)
    assert classes.label(0, "en", (2.0, 12.0)) == "2 – 12"
    assert classes.label(0, "en", (2.0, 2.0)) == "2"
    assert classes.label(0, "en", (None, 12.0)) == "≤ 12"


def test_the_small_map_frames_what_the_large_one_shows() -> None:
    drawn = []
    canvas = Some(
        path=lambda path, fill="", edge="", width=0.0: drawn.append((path, fill, edge)),
        lines=lambda lines, colour, width: None,
    )
    square = shapely.box(0, 0, 100, 100)
    kinds = ("plain", "indicative", "derived", "above", "frame")
    whole = Some(extent=(0.0, 0.0, 100.0, 100.0), unit_ids=("a", "b"), shapes=(square, square),
                 lines=dict.fromkeys(kinds, ()))  # fmt: skip
    block = extent_indicator_block(whole, "b", (20.0, 30.0, 60.0, 90.0), 40.0, bw=False)
    block.draw(canvas, Rect(0, 0, 40.0, block.height))
    assert [(fill, edge) for _, fill, edge in drawn] == [("#e6e9eb", ""), (ALERT, ""), ("", ALERT)]
    corners = drawn[-1][0].vertices
    (west, north), (east, south) = corners.min(axis=0), corners.max(axis=0)
    assert (east - west) / (south - north) == pytest.approx(40 / 60)
    drawn.clear()
    alone = extent_indicator_block(whole, "c", (20.0, 30.0, 60.0, 90.0), 40.0, bw=True)
    alone.draw(canvas, Rect(0, 0, 40.0, alone.height))
    assert [(fill, edge) for _, fill, edge in drawn] == [("#e6e9eb", ""), ("", INK)]
