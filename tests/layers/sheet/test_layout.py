"""The parts of a layout: wrapping, labels without overlap, round scales, lines drawn once."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InvalidInput, NotFound
from geodata.store import Store
from layers.layer import Layer
from layers.sheet import PRESETS, SheetOptions
from layers.sheet.fonts import text_width, wrap_text
from layers.sheet.label_placement import LabelCandidate, place_labels
from layers.sheet.layout_block import LayoutBlock, Rect
from layers.sheet.layout_solver import _beside, solve_layout
from layers.sheet.map_furniture import length_label, round_length
from layers.sheet.map_geometry import boundary_lines, map_geometry
from layers.sheet.map_grid import MapGrid
from layers.sheet.options import custom_preset


@given(st.text(max_size=300), st.floats(5, 20), st.floats(20, 200))
def test_no_line_is_wider_than_its_column(text: str, size: float, width: float) -> None:
    for line in wrap_text(text, size, width, max_lines=3):
        assert text_width(line, size) <= width + 1e-6


@given(st.text("abcmwW.", min_size=1, max_size=200), st.floats(5, 12), st.floats(20, 100))
def test_a_word_too_long_for_a_line_is_cut_and_loses_nothing(
    word: str, size: float, width: float
) -> None:
    lines = wrap_text(word, size, width)
    assert "".join(lines) == word
    # A cut is made near the end of the line, not after its first letter.
    assert all(text_width(line, size) > 0.6 * width for line in lines[:-1])


@given(st.floats(1e-6, 1e-1), st.floats(20, 100))
def test_a_scale_bar_is_round_and_fits(scale: float, longest: float) -> None:
    metres = round_length(scale, longest)
    assert metres * scale <= longest * (1 + 1e-6)
    assert f"{metres:.3e}"[:5] in ("1.000", "2.000", "5.000")


def test_lengths_are_written_as_the_reader_writes_numbers() -> None:
    assert length_label(20_000, "vi") == "20 km"
    assert length_label(500, "en") == "500 m"


def test_names_never_overlap_and_numbers_are_never_lost() -> None:
    square = shapely.box(0, 0, 12, 12)
    candidates = [
        LabelCandidate(
            f"Đơn vị {i}", square, 6 + i % 3, 6 + i // 3, float(i), "1" if i == 7 else "",
            unit_id=str(i),
        )
        for i in range(9)
    ]  # fmt: skip
    names = place_labels(candidates, 7, Rect(0, 0, 40, 40), [])
    boxes = [each.box for each in names.placed]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])
    assert any(each.candidate.number == "1" for each in names.placed)
    shown = {each.candidate.unit_id for each in names.placed if each.lines}
    assert names.left_out == {str(i) for i in range(9)} - shown != set()


def test_lines_between_units_are_drawn_once_and_by_kind() -> None:
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    lines = boundary_lines(np.array([left, right]), ["a", "a"], [False, True])
    assert [len(line) for line in lines["indicative"]] == [2]
    assert lines["plain"] == []
    assert sum(shapely.length(shapely.LineString(line)) for line in lines["frame"]) == 6
    other = boundary_lines(np.array([left, right]), ["a", "b"], [False, False])
    assert len(other["above"]) == 1
    around = boundary_lines(np.array([left, right]), ["a", "a"], [True, True], [True, False])
    assert [len(line) for line in around["derived"]] == [2]
    assert around["indicative"] == []


def test_the_old_communes_have_dashed_lines_and_districts_around_them(
    lai_chau_store: Store,
) -> None:
    day = lai_chau_store.info.timeline[1].date
    shown = map_geometry(lai_chau_store, "commune", day, 1)
    assert shown is not None
    assert len(shown.unit_ids) == 106
    assert shown.lines["indicative"]
    assert shown.lines["above"]
    assert shown.above == "district"


@given(st.floats(60, 300), st.floats(40, 300), st.floats(0.4, 2.5))
def test_a_plan_keeps_everything_apart(width: float, height: float, aspect: float) -> None:
    body = Rect(10, 10, width, height)
    blocks = [LayoutBlock(30, 20, lambda *_: None), LayoutBlock(25, 8, lambda *_: None),
              LayoutBlock(40, 9, lambda *_: None)]  # fmt: skip
    plan = solve_layout(body, MapGrid(aspect), blocks, 8, 0.3)
    if plan is None:
        return
    boxes = [plan.map, *plan.places]
    loose = Rect(body.x - 1e-6, body.y - 1e-6, body.width + 2e-6, body.height + 2e-6)
    assert all(loose.contains(box) for box in boxes)
    shrunk = [box.inset(1e-6) for box in boxes]
    assert not any(a.overlaps(b) for i, a in enumerate(shrunk) for b in shrunk[i + 1 :])


def test_office_pages_keep_the_margins_of_decree_30() -> None:
    for name, preset in PRESETS.items():
        if name.startswith("a"):
            edge = preset.margins
            assert 20 <= edge.top <= 25
            assert 20 <= edge.bottom <= 25
            assert 30 <= edge.left <= 35
            assert 15 <= edge.right <= 20


def test_a_page_too_small_and_a_unit_unknown_are_refused(make, lai_chau_store: Store) -> None:
    with pytest.raises(NotFound) as caught:
        make({}, extent="99999-20250701")
    assert caught.value.where == "extent"
    with pytest.raises(InvalidInput):
        make({"title": "Rất dài " * 20}, width=60.0, height=60.0, dpi=96, note="Ghi chú " * 60)
    assert custom_preset(100, 80).size < custom_preset(400, 300).size


def test_pixels_follow_size_and_dpi() -> None:
    assert SheetOptions(preset="a4-landscape", dpi=300).pixels() == (3508, 2480)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("query", [
    {"indicator": "population", "lang": "en"},
    {"indicator": "population_density", "level": "district", "date": "2020-02-01"},
    {"indicator": "population", "level": "province", "date": "2025-07-01"},
    {"title": "Một tiêu đề dài đến mức không tờ giấy nào đủ chỗ cho nó trên một dòng " * 2},
])  # fmt: skip
def test_every_preset_takes_every_layer(
    make, lai_chau_store: Store, preset: str, query: dict[str, str]
) -> None:
    Layer.from_query(query, lai_chau_store)
    assert make(query, preset=preset, format="svg", note="Ghi chú " * 30)


@pytest.mark.parametrize(("spare", "fits"), [(-1.0, False), (0.0, False), (1e-3, True)])
def test_a_map_beside_its_legend_has_room_of_its_own(spare: float, fits: bool) -> None:
    # A gap of zero keeps the arithmetic exact: the legend alone takes all of the width.
    blocks = [LayoutBlock(50.0, 10.0, lambda *_: None)]
    body = Rect(0.0, 0.0, 50.0 + spare, 100.0)
    assert (_beside(body, MapGrid(1.0), blocks, 0.0) is not None) == fits
