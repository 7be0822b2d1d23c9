"""What is said of groups of units, of values of rasters, and of a view that shows nothing."""

from __future__ import annotations

from types import SimpleNamespace as Some

import pytest

from geodata.errors import InvalidInput
from geodata.i18n import Text
from layers.counterpart import _measure, agreement
from layers.joint_values import join_names, joint_value_notes, joint_value_sentence
from layers.rasters.raster_colours import value_text
from layers.sheet.extent import _NOWHERE, _seen
from tests.checked_tables import INDICATORS


def named(*names: str) -> list[Some]:
    return [Some(full_name=Text(name, name)) for name in names]


@pytest.mark.parametrize(
    ("names", "language", "joined"),
    [
        (("Xã A", "Xã B"), "vi", "Xã A và xã B"), (("Xã A", "Xã B"), "en", "Xã A and Xã B"),
        (("Xã A", "Phường B", "Xã C"), "vi", "Xã A, phường B và xã C"),
        (("Xã A", "Phường B", "Xã C"), "en", "Xã A, Phường B and Xã C"),
    ],
)  # fmt: skip
def test_units_are_joined_to_one_phrase_whose_first_letter_alone_is_large(
    names: tuple[str, ...], language: str, joined: str
) -> None:
    assert join_names(named(*names), language) == joined  # type: ignore[arg-type]


UNITS = {each: Some(full_name=Text(each, each)) for each in ("A", "B", "C")}
PEOPLE = INDICATORS[0]


def joint(status: str = "summed", weight: str = "") -> Some:
    return Some(units=("A", "C"), record=Some(status=status, value=1200.0, weight=weight))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (joint(), "A and C together: 1,200\u00a0people;"),
        (joint("estimated"), "A and C together: 1,200\u00a0people (estimated by shares);"),
        (
            joint("estimated", weight="mine"),
            "A and C together: 1,200\u00a0people (estimated by shares: mine);",
        ),
        (joint(weight="mine"), "A and C together: 1,200\u00a0people;"),
    ],
)  # fmt: skip
def test_a_value_of_several_units_says_how_sure_it_is_only_where_it_is_estimated(
    found: Some, words: str
) -> None:
    said = joint_value_sentence(found, UNITS, PEOPLE, "en")  # type: ignore[arg-type]
    assert said.startswith(words)


@pytest.mark.parametrize(("number", "lines"), [(0, 0), (2, 2), (3, 3), (4, 4), (6, 4)])
def test_three_groups_are_named_below_a_map_and_the_rest_counted(number: int, lines: int) -> None:
    notes = joint_value_notes([joint()] * number, UNITS, PEOPLE, "en")  # type: ignore[arg-type]
    assert len(notes) == lines
    assert (f"{number - 3} more" in " ".join(notes)) is (number > 3)


def raster(categorical: bool = False, unit: str = "") -> Some:
    classes = {1.0: Some(name=Text("rừng", "forest"))}
    return Some(categorical=categorical, unit=unit, class_of=classes.get)


@pytest.mark.parametrize(
    ("layer", "value", "text"),
    [
        (raster(True), 1.0, "Forest"), (raster(True), 2.0, "2"), (raster(True, "m"), 3.5, "3.5"),
        (raster(), 0.0, "0"), (raster(), 1234.5, "1,235"), (raster(), 12.345, "12.3"),
        (raster(), -0.5, "-0.5"), (raster(), 0.012345, "0.0123"),
        (raster(unit="m"), 5.0, "5\u00a0m"),
    ],
)  # fmt: skip
def test_a_value_of_a_raster_is_its_class_or_no_less_than_three_digits_with_its_unit(
    layer: Some, value: float, text: str
) -> None:
    assert value_text(layer, value, "en") == text  # type: ignore[arg-type]


def test_a_view_without_units_is_refused_and_one_with_some_is_their_plane() -> None:
    def shown(within: bool) -> Some:
        return Some(meridian=103.75, units_within=lambda extent: within)

    box = (103.5, 22.0, 104.0, 22.5)
    assert _seen(box, []) == _NOWHERE
    west, south, east, north = _seen(box, [shown(False), shown(True)])  # type: ignore[list-item]
    assert east - west == pytest.approx(51_600, rel=0.01)
    assert north - south == pytest.approx(55_400, rel=0.01)
    assert west + east == pytest.approx(0.0, abs=1.0)
    with pytest.raises(InvalidInput) as refused:
        _seen(box, [shown(False)])  # type: ignore[list-item]
    assert refused.value.where == "bbox"


def indicator(kind: str = "ratio", unit: str = "%", decimals: int = 1) -> Some:
    return Some(kind=kind, measure_unit=unit, decimals=decimals)


@pytest.mark.parametrize(
    ("official", "estimate"),
    [
        (indicator(kind="category"), indicator()), (indicator(), indicator(kind="category")),
        (indicator(unit="ha"), indicator()),
    ],
)  # fmt: skip
def test_classes_and_figures_in_other_units_have_no_difference(
    official: Some, estimate: Some
) -> None:
    assert _measure(official, estimate) is None  # type: ignore[arg-type]


def test_those_farthest_apart_go_first_and_doubtful_ones_last() -> None:
    def pair(own: tuple[float | None, bool], _: object) -> Some:
        return Some(difference=own[0], doubtful=own[1])

    seen = {
        "near": (1.0, False), "far": (-9.0, False), "doubtful": (50.0, True), "none": (None, False),
        "alone": (3.0, False),
    }  # fmt: skip
    views = {name: Some(observation=each, value=1.0) for name, each in seen.items()}
    views["missing"] = Some(observation=(7.0, False), value=None)
    views["unknown"] = Some(observation=None, value=1.0)
    figures = {name: name for name in views if name != "alone"}
    category = indicator(kind="category")
    found = Some(figures=figures, pair=pair, indicators=(category, category))
    view = Some(unit_views=views, units=list(views))
    both = agreement(view, found)  # type: ignore[arg-type]
    assert list(both.pairs) == ["far", "near", "none", "doubtful"]
    assert both.total == len(views)
