"""What is decided about a figure, a list or a request by more than one thing at once."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace as Some

import pytest

from geodata.dataset import Dataset
from geodata.dataset_files import read_dataset_files
from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Text
from geodata.list_import.list_questions import list_questions_document
from geodata.places.list_check import _tell_doubled
from geodata.rasters.presets import read_preset
from geodata.rasters.raster_recipe import RasterPaths
from geodata.rasters.request import RasterRequest, requested_recipe
from geodata.store import Store
from geodata.table_import.checks.value_checks import ValueRules
from geodata.table_import.layout_records import CellPlace
from geodata.table_import.report_records import Answers, Finding, ImportedValue
from tests.checked_tables import INDICATORS

PATHS = RasterPaths(("a.tif",), condition="b.tif")
POPULATION, POVERTY = INDICATORS[0], INDICATORS[3]


def figure(value: float | None) -> ImportedValue:
    return ImportedValue(
        "u", "i", "", "2024", "actual", value, "", CellPlace("Biểu", 2, 3), str(value)
    )


def code_of(rules: ValueRules, value: float | None) -> str:
    broken = rules.violation(figure(value), "Xã Ánh Đào")
    assert broken is None or value is None or rules.suspects([value]) == [0]
    return broken.code if broken else ""


@pytest.mark.parametrize(
    ("value", "never_zero", "code"),
    [
        (None, True, ""), (0.0, False, ""), (0.0, True, "V09"), (1.0, True, ""),
        (-1.0, False, "V04"), (0.4, False, "V06"), (5210.5, False, "V06"), (5210.0, False, ""),
    ],
)  # fmt: skip
def test_a_number_of_people_is_whole_and_no_less_than_none(
    value: float | None, never_zero: bool, code: str
) -> None:
    assert code_of(ValueRules(POPULATION, never_zero), value) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [(0.0, ""), (100.0, ""), (100.01, "V05"), (-0.01, "V04"), (0.004, "V10"), (0.006, "")],
)
def test_a_rate_lies_between_nought_and_a_hundred_and_is_told_where_it_reads_as_nought(
    value: float, code: str
) -> None:
    assert code_of(ValueRules(POVERTY, never_zero=False), value) == code
    open_above = ValueRules(replace(POVERTY, maximum=None), never_zero=False)
    assert code_of(open_above, value) == code
    of_nothing = ValueRules(replace(POVERTY, maximum=None, denominator=None), never_zero=False)
    assert code_of(of_nothing, value) == ("" if code == "V05" else code)


@pytest.mark.parametrize(
    ("value", "code"), [(9.0, "V04"), (10.0, ""), (20.0, ""), (21.0, "V04"), (15.5, "V06")]
)
def test_a_figure_outside_its_usual_range_is_unusual_and_one_at_its_ends_is_not(
    value: float, code: str
) -> None:
    usual = replace(POPULATION, usual_range=(10.0, 20.0))
    assert code_of(ValueRules(usual, never_zero=False), value) == code


@pytest.mark.parametrize(
    ("symbol", "kind", "decimals", "whole"),
    [
        ("người", "count", 0, True), ("người", "count", 1, False), ("người", "amount", 0, False),
        ("ha", "count", 0, False), ("người/km²", "count", 0, False), ("m³/ngày", "count", 0, False),
    ],
)  # fmt: skip
def test_what_is_counted_is_whole_unless_it_is_measured_or_a_rate(
    symbol: str, kind: str, decimals: int, whole: bool
) -> None:
    measure = replace(POPULATION.measure_unit, symbol=Text(symbol))
    indicator = replace(POPULATION, measure_unit=measure, kind=kind, decimals=decimals)
    assert ValueRules(indicator, never_zero=False).is_whole is whole


def test_what_was_confirmed_with_a_reason_is_not_asked_again() -> None:
    def finding(code: str, severity: str, reason: str = "") -> Finding:
        return Finding(code, severity, Text(code), reason=reason)  # type: ignore[arg-type]

    findings = (
        finding("D1", "confirm"), finding("D2", "confirm", "vì thế"), finding("D3", "note"),
    )  # fmt: skip
    open_question = Some(
        answer=None, candidates=(), kind="commune", written="Xã A", key="a", parent="", first_row=2
    )
    answered = Some(**vars(open_question) | {"answer": "98001-20250701"})
    report = Some(questions=(open_question, answered), findings=findings, answers=Answers())
    asked = list_questions_document(report, "en")["questions"]  # type: ignore[arg-type]
    assert [(each["kind"], each["text"]) for each in asked] == [
        ("commune", "Xã A"), ("confirm", "D1"),
    ]  # fmt: skip
    assert asked[0]["choices"] == [{"answer": "ignore"}]


@pytest.mark.parametrize(("named", "words"), [(True, "of this name"), (False, "very point")])
def test_a_second_place_is_told_by_its_name_or_by_its_point(named: bool, words: str) -> None:
    told: list[str] = []
    findings = Some(add=lambda check, what, *_, **__: told.append(what["en"]))
    rows = [Some(row=Some(number=number), name="Trường A") for number in (5, 9)]
    _tell_doubled(rows[1], rows[0], named, findings)  # type: ignore[arg-type]
    assert words in told[0]
    assert "Row 5" in told[0]


def test_a_request_takes_from_the_preset_what_it_does_not_say() -> None:
    preset = read_preset("hansen_forest_change")
    own = preset.figures[0]
    other = (own.threshold or 0) + 7
    taken = requested_recipe(RasterRequest(operation=own.operation), PATHS, preset)
    said = requested_recipe(
        RasterRequest(operation=own.operation, classes=(3,), threshold=other, indicator="mine",
                      period="2020"), PATHS, preset,
    )  # fmt: skip
    (like,), (mine,) = taken.statistics, said.statistics
    assert (like.indicator, like.classes, like.threshold) == (
        own.indicator, own.classes, own.threshold,
    )  # fmt: skip
    assert (mine.indicator, mine.classes, mine.threshold) == ("mine", (3,), other)
    assert (taken.period, said.period) == (preset.period, "2020")


@pytest.mark.parametrize(
    ("period", "indicator", "option"),
    [("", "forest_area", "--period"), ("2020", "", "--indicator")],
)
def test_without_a_preset_period_and_indicator_are_asked_for(
    period: str, indicator: str, option: str
) -> None:
    request = RasterRequest(operation="mean", period=period, indicator=indicator)
    with pytest.raises(InvalidInput) as refused:
        requested_recipe(request, PATHS, None)
    assert option in refused.value.message("en")


@pytest.mark.parametrize(
    ("name", "indicator", "period", "found"),
    [
        ("worldpop", "", "", {"population_gridded"}),
        ("worldpop", "population_2020", "", {"population_2020"}),
        ("viirs_night_lights", "night_radiance_mean", "", {"night_radiance_mean"}),
        ("viirs_night_lights", "light", "", "several figures"),
        ("hansen_forest_change", "", "2024", {"tree_cover_left_share"}),
        ("hansen_forest_change", "", "1999", "no such period"),
    ],
)
def test_the_one_indicator_of_a_preset_may_be_stored_under_another_name(
    name: str, indicator: str, period: str, found: set[str] | str
) -> None:
    request = RasterRequest(indicator=indicator, period=period)
    if isinstance(found, str):
        with pytest.raises(InvalidInput, match=found):
            requested_recipe(request, PATHS, read_preset(name))
        return
    recipe = requested_recipe(request, PATHS, read_preset(name))
    assert {figure.indicator for figure in recipe.statistics} == found


def test_a_store_keeps_how_exact_the_lines_of_every_unit_are(
    lam_khe_store: Store, lam_khe_dataset: Dataset
) -> None:
    assert lam_khe_dataset.accuracies
    assert sorted(lam_khe_store.accuracies(), key=str) == sorted(
        lam_khe_dataset.accuracies, key=str
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("events.toml", 'date = "2025-07-01"', 'date = "2024-07-01"', "belongs to one event"),
        ("events.toml", "crosswalk = true", "crosswalk = false", "belongs to one event"),
        ("dataset.toml", 'id = "', 'id = "../', "Malformed id"),
    ],
)
def test_what_contradicts_the_crosswalk_or_names_no_folder_is_told(
    tmp_path: Path, file: str, old: str, new: str, words: str
) -> None:
    source = Path(__file__).parents[1] / "synthetic" / "lam_khe"
    folder = Path(shutil.copytree(source, tmp_path / "lam_khe"))
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FileFault) as refused:
        read_dataset_files(folder)
    assert words in refused.value.message("en")
