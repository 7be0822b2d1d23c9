"""What the pages of a unit and the documents of several maps choose among figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace as Some

import pytest

from geodata.errors import NotFound
from geodata.model import Observation
from geodata.store import Store
from layers.layer import Layer
from portal.export.page_selection import _of_unit, _well_covered, select_layers
from portal.serializers.unit_recast import _is_informative, _usable_coverage, recast_themes
from portal.serializers.unit_theme import latest_figures, targets, units_below
from tests.kept_lines import hold
from tests.portal.test_answers_kept import lines_of, plain

FOLDER = Path(__file__).parent / "kept"
PROVINCE, LAM_KHE, OLD_LAM_KHE = "98-20040101", "98001-20250701", "98001-20130101"


@pytest.mark.parametrize(
    "unit_id", ["98001-20250701", "98003-20250701", "98009-20130101", "98001-20130101"]
)
def test_figures_put_on_a_unit_from_other_days_are_as_they_were(
    unit_id: str, lam_khe_store: Store
) -> None:
    themes = recast_themes(lam_khe_store, lam_khe_store.unit(unit_id), "en")
    lines = [line for theme in themes for line in lines_of(theme["id"], plain(theme))]
    hold(FOLDER / "recast", unit_id, lines)


@pytest.mark.parametrize(
    ("record", "days", "informative"),
    [
        (("published", 5.0, 1.0), 1, False), (("no_data", None, None), 1, False),
        (("summed", 5.0, 0.9), 1, True), (("summed", 5.0, 0.89), 1, False),
        (("estimated", 5.0, None), 1, False), (("unknown", None, None), 1, True),
        (("unknown", None, None), -1, False), (("unknown", None, None), 0, False),
    ],
)  # fmt: skip
def test_a_line_is_given_to_what_covers_enough_and_to_earlier_figures_that_give_nothing(
    record: tuple[str, float | None, float | None], days: int, informative: bool,
    lam_khe_store: Store,
) -> None:  # fmt: skip
    status, value, coverage = record
    unit = lam_khe_store.unit(LAM_KHE)
    day = unit.valid_from.replace(day=unit.valid_from.day + 5)
    row = Some(level="commune", step_date=day.replace(day=day.day - days))
    told = Some(status=status, value=value, coverage=coverage)
    unit = replace(unit, valid_from=day)
    assert _is_informative(told, row, unit, 0.9) is informative  # type: ignore[arg-type]
    above = Some(level="province", step_date=row.step_date)
    if value is None:
        assert not _is_informative(told, above, unit, 0.9)  # type: ignore[arg-type]


def test_figures_of_other_days_go_before_those_of_the_level_below(lam_khe_store: Store) -> None:
    unit = lam_khe_store.unit(LAM_KHE)
    today, before = unit.valid_from, unit.valid_from.replace(year=2013)
    rows = [Some(level=level, step_date=day) for level in ("village", "commune", "district")
            for day in (before, today)]  # fmt: skip
    found = _usable_coverage(tuple(rows), unit)  # type: ignore[arg-type]
    assert [(each.level, each.step_date) for each in found] == [("commune", before)]
    province = replace(unit, level="province")
    found = _usable_coverage(tuple(rows), province)  # type: ignore[arg-type]
    assert [(each.level, each.step_date) for each in found] == [
        ("district", today), ("district", before), ("commune", today), ("commune", before),
    ]  # fmt: skip


def figure(period: str, status: str = "actual") -> dict[str, str]:
    return {"period": period, "status": status}


def row(name: str, *figures: dict[str, str], whole: str = "") -> dict[str, object]:
    return {"name": name, "url": f"/{name}", "whole": whole, "figures": list(figures)}


FOUND = {
    "indicators": [
        row("part", figure("2024"), whole="a"),
        row("planned", figure("2026", "plan"), figure("2025"), figure("2024", "estimate")),
        row("aimed", figure("2021/2030", "target"), figure("2031"), figure("2030", "estimate")),
        row("missed", figure("2027", "target"), figure("2028"), figure("2026")),
    ]
}  # fmt: skip


def test_the_latest_figures_are_of_what_happened_and_wholes_go_before_their_parts() -> None:
    assert [(each["name"], each["period"]) for each in latest_figures(FOUND)] == [
        ("planned", "2025"), ("aimed", "2031"), ("missed", "2028"), ("part", "2024"),
    ]  # fmt: skip
    assert latest_figures(None) == []


def test_a_target_stands_beside_what_was_reached_within_its_time() -> None:
    told = [
        (each["name"], each["figure"]["period"], each["reached"] and each["reached"]["period"])
        for each in targets(FOUND)
    ]
    assert told == [
        ("aimed", "2021/2030", "2030"), ("missed", "2027", None), ("planned", "2026", None),
    ]  # fmt: skip
    assert targets(None) == []


@pytest.mark.parametrize("theme", ["population", "services", "forest"])
def test_the_units_below_have_the_latest_of_what_most_of_them_have(
    theme: str, lam_khe_store: Store
) -> None:
    found = next((each for each in lam_khe_store.themes() if each.id == theme), None)
    if found is None:
        pytest.skip(f"no theme {theme}")
    (province,) = lam_khe_store.units(level="province", limit=1).items
    below = units_below(lam_khe_store, province, found, "en")
    hold(FOLDER / "below", theme, list(lines_of("", plain(below))))


def observation(store: Store, period: str, **more: object) -> Observation:
    return replace(store.series(LAM_KHE, "population")[0], period=period, **more)


@pytest.mark.parametrize(
    ("figures", "period"),
    [
        ([("2024", {}), ("2025", {})], "2025"), ([("2025", {}), ("2024", {})], "2025"),
        ([("2025", {"status": "plan"}), ("2024", {})], "2024"),
        ([("2025", {"impossible": True}), ("2024", {})], "2024"), ([], None),
    ],
)  # fmt: skip
def test_a_map_of_a_unit_shows_its_latest_possible_figure(
    figures: list[tuple[str, dict[str, object]]], period: str | None, lam_khe_store: Store
) -> None:
    given = [observation(lam_khe_store, when, **more) for when, more in figures]
    store = Some(observations=lambda unit: Some(items=given), indicators=lam_khe_store.indicators)
    layer = Layer.from_query({"indicator": "population"}, lam_khe_store)
    found = _of_unit(store, LAM_KHE, layer)  # type: ignore[arg-type]
    assert found == ({"population": period} if period else {})


def test_a_document_has_maps_of_what_enough_units_have() -> None:
    layer = Some(level="commune", date="2025-07-01", status="actual")

    def coverage(indicator: str, with_value: int, **more: object) -> Some:
        told = {"level": "commune", "step_date": "2025-07-01", "status_group": "actual"}
        told["period"] = "2025"
        return Some(indicator=indicator, with_value=with_value, total=100, **told | more)

    rows = [
        coverage("many", 90), coverage("few", 1), coverage("planned", 90, status_group="plan"),
        coverage("older", 90, step_date="2013-01-01"), coverage("above", 90, level="province"),
        coverage("none", 0), coverage("other", 90),
    ]  # fmt: skip
    store = Some(coverage=lambda: rows)
    found = _well_covered(store, layer)  # type: ignore[arg-type]
    assert found == {("many", "2025"), ("other", "2025")}


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"theme": "nothing"}, "theme"), ({"indicators": ["nothing"]}, "indicators"),
        ({"theme": "population"}, None), ({"indicators": ["population"]}, None),
    ],
)  # fmt: skip
def test_maps_of_an_unknown_theme_or_indicator_are_refused_by_their_parameter(
    asked: dict[str, object], where: str | None, lam_khe_store: Store
) -> None:
    layer = Layer.from_query({"indicator": "population"}, lam_khe_store)
    if where is None:
        found = select_layers(lam_khe_store, layer, asked)
        assert "population" in [each.indicator for each in found.maps]
    else:
        with pytest.raises(NotFound) as refused:
            select_layers(lam_khe_store, layer, asked)
        assert refused.value.where == where
