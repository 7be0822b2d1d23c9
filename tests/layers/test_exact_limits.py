"""What a layer, its colours and its sheet decide exactly at their limits."""

from __future__ import annotations

from types import SimpleNamespace as Some

import numpy as np
import pytest

from geodata.errors import InvalidInput
from layers.class_shares import _amounts
from layers.classification import _check_thresholds
from layers.classification_schemes import geometric, natural_breaks
from layers.colour import encoded, linear
from layers.formatting import round_half_up
from layers.layer_query import MAX_TITLE_LENGTH, read_title
from layers.palette_choice import has_both_signs
from layers.rasters.raster_choice import MOST_RASTERS, read_raster_choices
from layers.rasters.raster_colours import RasterLegendRow
from layers.rasters.raster_tile import _meets
from layers.rasters.web_mercator import raster_picture
from layers.sheet import fonts
from layers.sheet.footer import _sources
from layers.sheet.label_placement import _settings
from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect
from layers.sheet.layout_parts import bold_heading_lines
from layers.sheet.layout_solver import _below, _beside, _columns
from layers.sheet.map_furniture import degrees_label, draw_note_marker, length_label, scale_number
from layers.sheet.map_geometry import DETAIL_TOLERANCES, detail_for_tolerance
from layers.sheet.map_grid import MapGrid
from layers.sheet.placed_maps import visible_units
from layers.sheet.print_fills import legend_fills
from layers.sheet.raster_marks import raster_legend_block

BOX = Rect(10, 20, 30, 40)


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Rect(40, 20, 5, 5), False),
        (Rect(39.5, 20, 5, 5), True),
        (Rect(5, 20, 5, 5), False),
        (Rect(5, 20, 5.5, 5), True),
        (Rect(10, 60, 5, 5), False),
        (Rect(10, 59.5, 5, 5), True),
        (Rect(10, 15, 5, 5), False),
        (Rect(10, 15, 5, 5.5), True),
    ],
)
def test_boxes_that_share_an_edge_do_not_overlap(other: Rect, overlaps: bool) -> None:
    assert BOX.overlaps(other) is overlaps
    assert other.overlaps(BOX) is overlaps


@pytest.mark.parametrize(
    ("other", "within"),
    [
        (BOX, True),
        (Rect(9.5, 20, 30, 40), False),
        (Rect(10, 19.5, 30, 40), False),
        (Rect(10, 20, 30.5, 40), False),
        (Rect(10, 20, 30, 40.5), False),
        (BOX.inset(1), True),
    ],
)
def test_a_box_contains_what_reaches_its_edges_and_not_beyond(other: Rect, within: bool) -> None:
    assert BOX.contains(other) is within


def block(width: float, height: float) -> LayoutBlock:
    return LayoutBlock(width, height, lambda *_: None)


GRID = MapGrid(count=1, aspect=1.0, gap=2.0, heading_height=0.0, legend_height=0.0, min_width=10.0)


@pytest.mark.parametrize(("heights", "fits"), [((9, 10), True), ((9, 10.5), False)])
def test_blocks_beside_a_map_may_fill_its_height(heights: tuple[float, ...], fits: bool) -> None:
    blocks = [block(10, height) for height in heights]
    assert (_beside(Rect(0, 0, 100, 20), GRID, blocks, 1.0) is not None) is fits


@pytest.mark.parametrize(("width", "fits"), [(20.5, False), (22.0, True), (21.2, False)])
def test_blocks_beside_a_map_leave_it_some_width(width: float, fits: bool) -> None:
    assert (_beside(Rect(0, 0, width, 20), GRID, [block(20, 5)], 1.0) is not None) is fits


@pytest.mark.parametrize(
    ("width", "height", "fits"),
    [(20, 5, True), (20.5, 5, False), (20, 19, False), (20, 18.5, True)],
)
def test_blocks_below_a_map_may_be_as_wide_and_leave_it_some_height(width, height, fits) -> None:
    assert (_below(Rect(0, 0, 20, 20), GRID, [block(width, height)], 1.0) is not None) is fits


@pytest.mark.parametrize(("width", "columns"), [(22.0, 2), (21.5, 1)])
def test_blocks_stand_side_by_side_where_they_just_fit(width: float, columns: int) -> None:
    assert len(_columns(width, [block(10, 5), block(10, 5)], 1.0)) == columns


@pytest.mark.parametrize(("width", "choices"), [(22.0, [1, 2]), (21.5, [1]), (5.0, [1])])
def test_maps_stand_in_a_row_while_they_are_wide_enough(width, choices) -> None:
    grid = MapGrid(
        count=2, aspect=1.0, gap=2.0, heading_height=0.0, legend_height=0.0, min_width=10.0
    )
    assert grid._choices(width) == choices


@pytest.mark.parametrize(
    ("metres", "label"), [(1000, "1 km"), (999, "999 m"), (1500, "1,5 km"), (0.5, "0,5 m")]
)
def test_a_length_is_in_kilometres_from_one_on(metres: float, label: str) -> None:
    assert length_label(metres, "vi") == label


@pytest.mark.parametrize(("whole", "shown"), [(1000, "0,5"), (999, "500"), (2000, "0,5")])
def test_the_numbers_of_a_scale_are_in_the_unit_of_the_whole(whole: float, shown: str) -> None:
    assert scale_number(500, whole, "vi") == shown


@pytest.mark.parametrize(
    ("value", "label"), [(0, "0°00'E"), (102.5, "102°30'E"), (-0.25, "0°15'W"), (1, "1°00'E")]
)
def test_degrees_name_their_half_of_the_globe(value: float, label: str) -> None:
    assert degrees_label(value, "EW") == label


@pytest.mark.parametrize(("number", "share"), [("9", 0.78), ("10", 0.6)])
def test_the_number_of_a_note_is_smaller_when_it_has_two_digits(number: str, share: float) -> None:
    written: list[float] = []
    canvas = Some(circle=lambda *_, **__: None, text=lambda *a, **_: written.append(a[3]))
    draw_note_marker(canvas, 0, 0, number, size=10, bw=False)
    assert written == [10 * share]


def test_boundaries_may_stray_by_just_the_tolerance() -> None:
    for detail, error in DETAIL_TOLERANCES.items():
        assert detail_for_tolerance(error) == detail
        assert detail_for_tolerance(error + 0.5) == detail


def test_a_name_of_one_word_stands_in_one_line() -> None:
    def broken(name: str) -> list[tuple[str, ...]]:
        return [lines for lines, size in _settings(name, 5) if size == 5]

    assert broken("Tam") == [("Tam",)]
    assert broken("Tam Đường") == [("Tam Đường",), ("Tam", "Đường")]
    assert broken("Tân Phong A") == [("Tân Phong A",), ("Tân", "Phong A"), ("Tân", "Phong", "A")]


def test_a_name_is_set_smaller_before_it_is_left_out_and_never_below_what_is_read() -> None:
    assert [size for _, size in _settings("Tam", 10)] == [10, 8.8, 7.6]
    assert [size for _, size in _settings("Tam", 5)] == [5, 4.4]
    assert [size for _, size in _settings("Tam", 4)] == [4]
    assert min(size for _, size in _settings("12", 6)) >= 3.6


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each letter is one millimetre wide."""
    monkeypatch.setattr(fonts, "text_width", lambda text, *_: float(len(text)))


@pytest.mark.usefixtures("letters")
def test_a_text_is_cut_that_is_wider_than_its_room() -> None:
    assert fonts.truncate_text("abcd", 8, 4) == "abcd"
    assert fonts.truncate_text("abcde", 8, 4) == "abc…"
    assert fonts.truncate_text("ab de", 8, 4) == "ab…"


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("abcd", ["abcd"]),
        ("abcdefgh", ["abcd", "efgh"]),
        ("abcde", ["abcd", "e"]),
        ("ab/defghij", ["ab/", "defg", "hij"]),
        ("abc def", ["abc", "def"]),
    ],
)
def test_a_word_wider_than_a_line_is_cut_into_lines(word: str, pieces: list[str]) -> None:
    assert fonts._pieces(word, 8, 4, "regular") == pieces


@pytest.mark.parametrize(
    ("maps", "widest", "lines"),
    [(1, 37.5, 1), (1, 38.0, 2), (4, 37.5, 1), (5, 25.0, 1), (5, 26, 2)],
)
def test_headings_take_two_lines_that_are_wider_than_one(monkeypatch, maps, widest, lines) -> None:
    monkeypatch.setattr("layers.sheet.layout_parts.text_width", lambda *_: widest)
    request = Some(content=Some(maps=[Some(heading=("x",))] * maps))
    assert bold_heading_lines(request, 8, Rect(0, 0, 100, 100)) == lines


def row(lower: float, upper: float) -> Some:
    return Some(lower=lower, upper=upper, colour="#ffffff", isolated=False)


def test_a_class_at_nought_leans_to_neither_side() -> None:
    fills = legend_fills([row(-2, 0), row(0, 0), row(0, 3)], bw=True, two_sided=True)
    signs = [each.hatch[:1] if each.hatch else "" for each in fills]
    assert signs[0] == "\\"
    assert signs[-1] == "/"


@pytest.mark.parametrize(("sizes", "known"), [({"a": 1.0}, True), ({"a": 0.0}, False), ({}, False)])
def test_a_share_is_of_something(sizes: dict[str, float], known: bool) -> None:
    (amount,) = _amounts(["x"], {"a": "x"}, {"area": sizes, "population": sizes})
    assert bool(amount.shares) is known


def test_thresholds_rise() -> None:
    _check_thresholds([1.0, 2.0])
    for wrong in ([1.0, 1.0], [2.0, 1.0]):
        with pytest.raises(InvalidInput):
            _check_thresholds(wrong)


def test_classes_that_grow_by_a_factor_begin_above_nought() -> None:
    np.testing.assert_allclose(geometric(np.array([1.0, 8.0]), 3), [2, 4, 8])
    np.testing.assert_allclose(geometric(np.array([0.0, 7.0]), 3), [1, 3, 7])


def test_the_transfer_curve_of_srgb_is_one_curve() -> None:
    grey = np.linspace(0, 1, 101)
    np.testing.assert_allclose(encoded(linear(grey)), grey, atol=1e-6)
    assert linear(np.array(0.04)) == pytest.approx(0.04 / 12.92)
    assert encoded(np.array(0.003)) == pytest.approx(0.003 * 12.92)


@pytest.mark.parametrize(("value", "rounded"), [(2.5, 3), (-2.5, -3), (1e15 + 0.5, 1e15 + 0.5)])
def test_halves_are_rounded_away_from_nought_as_far_as_there_are_any(value, rounded) -> None:
    assert round_half_up(value, 0) == rounded


def test_a_title_is_as_long_as_allowed() -> None:
    assert read_title("x" * MAX_TITLE_LENGTH) == "x" * MAX_TITLE_LENGTH
    with pytest.raises(InvalidInput):
        read_title("x" * (MAX_TITLE_LENGTH + 1))


@pytest.mark.parametrize(
    ("low", "high", "both"),
    [(-10, 100, True), (-9, 100, False), (0, 100, False), (None, 100, False), (-1, None, True)],
)
def test_nought_parts_values_that_reach_a_tenth_below_it(low, high, both: bool) -> None:
    assert has_both_signs(Some(minimum=low, maximum=high, kind="ratio")) is both


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("a:100", True),
        ("a:101", False),
        ("a:0", True),
        ("a:", False),
        ("a:-1", False),
        ("a,a", False),
    ],
)
def test_the_opacity_of_a_raster_is_a_share_in_per_cent(text: str, valid: bool) -> None:
    if valid:
        assert len(read_raster_choices(text)) == 1
    else:
        with pytest.raises(InvalidInput):
            read_raster_choices(text)


def test_as_many_rasters_as_allowed_lie_over_each_other() -> None:
    names = [f"r{chr(97 + n)}" for n in range(MOST_RASTERS + 1)]
    assert len(read_raster_choices(",".join(names[:-1]))) == MOST_RASTERS
    with pytest.raises(InvalidInput):
        read_raster_choices(",".join(names))


@pytest.mark.parametrize(
    ("bounds", "seen"),
    [
        ((0, 0, 10, 10), True),
        ((10, 0, 12, 10), False),
        ((9, 0, 12, 10), True),
        ((-2, 0, 0, 10), False),
        ((-2, 0, 1, 10), True),
        ((0, 10, 10, 12), False),
        ((0, 9, 10, 12), True),
        ((0, -2, 10, 0), False),
        ((0, -2, 10, 1), True),
    ],
)
def test_of_a_unit_that_touches_the_edge_nothing_is_seen(bounds, seen: bool) -> None:
    shown = Some(bounds=np.array([bounds], dtype=float))
    assert visible_units(shown, Some(extent=(0, 0, 10, 10))) == ([0] if seen else [])


NORTH = 85.0511287798066
"""Of the uppermost tiles, degrees."""


@pytest.mark.parametrize(
    ("bounds", "meets"),
    [
        ((0.0, 0.0, 10.0, 10.0), True),
        ((-10.0, 0.0, 0.0, 10.0), False),
        ((180.0, 0.0, 190.0, 10.0), False),
        ((179.0, 0.0, 190.0, 10.0), True),
        ((0.0, -10.0, 10.0, 0.0), False),
        ((0.0, NORTH + 1e-6, 10.0, 89.0), False),
        ((0.0, 84.0, 10.0, 89.0), True),
    ],
)
def test_a_tile_and_a_raster_that_touch_have_no_ground_in_common(bounds, meets: bool) -> None:
    assert _meets(Some(bounds=bounds), 1, 1, 0) is meets


@pytest.mark.parametrize(
    "bounds", [(10.0, 0.0, 12.0, 10.0), (0.0, 10.0, 10.0, 12.0), (-2.0, 0.0, 0.0, 10.0)]
)
def test_no_picture_is_made_of_what_only_touches_a_raster(bounds) -> None:
    assert raster_picture(Some(bounds=(0.0, 0.0, 10.0, 10.0)), bounds) is None


def test_a_footer_names_four_sources_and_counts_the_rest(monkeypatch) -> None:
    monkeypatch.setattr("layers.sheet.footer.source_citation", lambda source, _: source)
    assert _sources(list("abcd"), "vi") == "a; b; c; d"
    assert _sources(list("abcdef"), "en").startswith("a; b; c; d; ")
    assert "2" in _sources(list("abcdef"), "en")


@pytest.mark.filterwarnings("ignore:Numba")
def test_natural_classes_are_exact_up_to_the_bound(monkeypatch) -> None:
    path = "layers.classification_schemes._FISHER_LIMIT"
    values = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    monkeypatch.setattr(path, 6)
    np.testing.assert_array_equal(natural_breaks(values, 2), [2, 12])
    monkeypatch.setattr(path, 2)
    np.testing.assert_array_equal(natural_breaks(values, 2), [0, 12])


class Drawing:
    """What is drawn, by its upper left corner in mm."""

    def __init__(self) -> None:
        self.texts: list[tuple[str, float, float]] = []
        self.boxes: list[tuple[str, Rect]] = []

    def text(self, x: float, y: float, text: str, *_: object, **__: object) -> None:
        self.texts.append((text, round(x, 2), round(y, 2)))

    def rectangle(self, box: Rect, fill: str = "", **_: object) -> None:
        if fill:
            self.boxes.append((fill, box))


@pytest.mark.parametrize(("count", "shown", "rest"), [(15, 15, ()), (16, 14, ("… + 2",))])
def test_a_legend_of_many_classes_of_a_raster_is_cut_short(monkeypatch, count, shown, rest) -> None:
    rows = [RasterLegendRow(f"class {n}", f"#{n:06x}") for n in range(count)]
    monkeypatch.setattr("layers.sheet.raster_marks.raster_legend", lambda *_: rows)
    view = Some(layer=Some(title={"en": "Land cover"}))
    em = 10 * MM_PER_POINT
    part, drawing = raster_legend_block([view, view], 10, "en"), Drawing()
    part.draw(drawing, Rect(5, 7, part.width, part.height))
    labels = [each.label for each in rows[:shown]]
    assert [text for text, _, _ in drawing.texts] == ["Land cover", *labels, *rest] * 2
    assert [fill for fill, _ in drawing.boxes] == [each.colour for each in rows[:shown]] * 2
    for (_, x, y), (_, box) in zip(drawing.texts[1:], drawing.boxes[:shown], strict=False):
        # Each colour stands at the left of its words and reaches above and below their foot.
        assert box.x == 5
        assert (box.width, box.height) == pytest.approx((2.5 * em, 1.22 * em))
        assert x == pytest.approx(5 + 3.2 * em, abs=0.01)
        assert box.bottom > y > box.y + 0.5 * em
    tops = [box.y for _, box in drawing.boxes[:shown]]
    np.testing.assert_allclose(np.diff(tops), 1.62 * em)
    first, second = (y for text, _, y in drawing.texts if text == "Land cover")
    assert first == pytest.approx(7 + em, abs=0.01)
    assert second - first == pytest.approx((part.height + 0.6 * em) / 2, abs=0.01)
    assert max(box.bottom for _, box in drawing.boxes) <= 7 + part.height
    assert part.width > 3.2 * em
