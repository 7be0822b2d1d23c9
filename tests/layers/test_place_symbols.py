"""Symbols of places: one outline each, readable in grey, chosen by what a category is called."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from geodata.errors import InvalidInput
from geodata.i18n import Text
from geodata.model import PlaceCategory
from layers.colour import contrast
from layers.places.symbol_choice import check_symbol, choose_symbols
from layers.places.symbol_shapes import COLOURS, OUTLINES, SIGNS

NAMES = (
    "Trạm y tế", "Điểm du lịch cộng đồng", "Camera an ninh", "Công trình nước sạch",
    "Trường tiểu học", "Trường mầm non",
)  # fmt: skip


def categories(*names: str) -> list[PlaceCategory]:
    return [PlaceCategory(f"c{n}", Text(name, "")) for n, name in enumerate(names)]


def test_the_sign_follows_from_the_name() -> None:
    signs = [symbol.sign for symbol in choose_symbols(categories(*NAMES)).values()]
    assert signs == ["health", "tourism", "camera", "water", "school", "school"]


def test_a_symbol_that_the_catalogue_names_goes_before_the_name() -> None:
    chosen = choose_symbols([PlaceCategory("a", Text("Trường học"), symbol="office")])
    assert chosen["a"].sign == "office"
    with pytest.raises(InvalidInput):
        check_symbol(PlaceCategory("a", Text("Trường học"), symbol="skull"))


@pytest.mark.parametrize("number", [6, len(OUTLINES), 3 * len(OUTLINES)])
def test_no_two_categories_are_drawn_alike(number: int) -> None:
    chosen = choose_symbols(categories(*["Trường học"] * number)).values()
    drawn = [(symbol.outline, symbol.colour) for symbol in chosen]
    assert len(set(drawn)) == number
    assert len({outline for outline, _ in drawn}) == min(number, len(OUTLINES))


def test_a_white_sign_stands_out_on_every_fill() -> None:
    assert all(contrast(colour, "#ffffff") >= 4.5 for colour in COLOURS)


def test_paths_use_only_what_both_screen_and_sheet_draw_and_stay_in_their_square() -> None:
    command = re.compile(r"[MLCZ]")
    for paths, low, high in ((OUTLINES, 0, 24), (SIGNS, -6.5, 6.5)):
        for shape in paths.values():
            path = getattr(shape, "path", shape)
            assert re.fullmatch(r"[MLCZ0-9. -]+", path)
            assert path.startswith("M")
            assert path.endswith("Z")
            numbers = [float(each) for each in command.sub(" ", path).split()]
            assert len(numbers) % 2 == 0
            assert all(low <= number <= high for number in numbers)
    assert all(one != other for one, other in pairwise(sorted(OUTLINES)))
