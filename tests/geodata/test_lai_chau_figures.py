"""Figures of the shipped dataset against sums and facts known beforehand."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.dataset import Dataset, default_dataset_folder
from geodata.model import Observation

PROVINCE = "12-20040101"
CENSUS_DAY, REGISTER_DAY = "2019-04-01", "2025-07-01"


@pytest.fixture(scope="module")
def figures(lai_chau_dataset: Dataset) -> dict[tuple[str, str, str, str], Observation]:
    """One figure for unit, indicator, period and source."""
    return {
        (o.unit_id, o.indicator, o.period, o.source_id): o for o in lai_chau_dataset.observations
    }


def communes(dataset: Dataset, day: str) -> list[str]:
    date = dt.date.fromisoformat(day)
    return [u.unit_id for u in dataset.units if u.level == "commune" and u.valid_on(date)]


def test_the_census_counts_every_commune_of_its_day(lai_chau_dataset, figures) -> None:
    ids = communes(lai_chau_dataset, CENSUS_DAY)
    values = [figures[i, "population", CENSUS_DAY, "census-2019"].value for i in ids]
    assert len(values) == 108
    assert sum(values) == 460_196


@pytest.mark.parametrize(
    ("indicator", "total"),
    [
        ("population", 460_196),
        ("population[residence:urban]", 81_889),
        ("population[residence:rural]", 378_307),
    ],
)
def test_the_census_adds_up_to_the_province(figures, indicator: str, total: int) -> None:
    province = figures[PROVINCE, indicator, CENSUS_DAY, "census-2019"]
    assert (province.value, province.coverage) == (total, 1.0)
    assert province.method
    assert not province.quote


def test_districts_of_the_census_day_are_sums_of_their_communes(figures) -> None:
    # TP Lai Châu with Nậm Loỏng and without Sùng Phài, as on the day of the census.
    city = figures["105-20130101", "population", CENSUS_DAY, "census-2019"]
    assert city.value == 12_930 + 7_078 + 6_881 + 4_738 + 2_847 + 4_916 + 2_381
    assert ("105-20200201", "population", CENSUS_DAY, "census-2019") not in figures


def test_the_register_covers_every_commune_of_today(lai_chau_dataset, figures) -> None:
    ids = communes(lai_chau_dataset, REGISTER_DAY)
    areas = [figures[i, "natural_area", REGISTER_DAY, "register-2025"].value for i in ids]
    assert len(areas) == 38
    assert sum(areas) == pytest.approx(9068.73)
    assert all((i, "population", REGISTER_DAY, "register-2025") in figures for i in ids)


@pytest.mark.parametrize(
    ("unit_id", "value", "before"),
    [("03487-20250701", 911, "7,862"), ("03613-20250701", 0, "9,739")],
    ids=["Lê Lợi", "Nậm Sỏ"],
)
def test_wrong_values_of_the_register_are_kept_and_doubted(
    figures, unit_id: str, value: float, before: str
) -> None:
    found = figures[unit_id, "population", REGISTER_DAY, "register-2025"]
    assert found.value == value
    assert before in found.doubt.en
    assert before.replace(",", ".") in found.doubt.vi
    density = figures[unit_id, "population_density", REGISTER_DAY, "register-2025"]
    assert before in density.doubt.en


def test_only_odd_populations_of_the_register_are_doubted(figures) -> None:
    doubted = {
        unit_id
        for (unit_id, indicator, _, source), o in figures.items()
        if (indicator, source) == ("population", "register-2025") and o.doubt and o.quote
    }
    # Bình Lư: its own report says 18,072. Mù Cả: grew by 44 % with unchanged borders.
    assert doubted == {"03487-20250701", "03613-20250701", "03390-20250701", "03451-20250701"}


def test_the_density_of_binh_lu(figures) -> None:
    density = figures["03390-20250701", "population_density", REGISTER_DAY, "register-2025"]
    assert density.value == pytest.approx(18_606 / 173.91, abs=1e-4)
    assert density.method
    assert "18,072" in density.doubt.en


def test_every_unit_has_every_figure_of_the_grids(lai_chau_dataset, figures) -> None:
    indicators = [i for i in lai_chau_dataset.catalogue.indicators.values() if i.theme == "terrain"]
    assert len(indicators) == 7
    found = [o for o in figures.values() if o.indicator in {i.id for i in indicators}]
    units = lai_chau_dataset.units
    shaped = [u for u in units if u.boundary_quality != "none" and not u.drawn_from_points]
    assert len(found) == len(shaped) * len(indicators)
    assert all(o.method and o.coverage and o.coverage > 0.99 for o in found)


def test_heights_are_in_order_and_the_brightest_commune_is_the_town(figures) -> None:
    heights = {k[0]: o.value for k, o in figures.items() if k[1] == "elevation_mean"}
    for unit_id, mean in heights.items():
        low, high, relief = (
            figures[unit_id, name, "2000", "elevation-viewfinder-15s"].value
            for name in ("elevation_lowest", "elevation_highest", "relief")
        )
        assert low <= mean <= high
        assert relief == high - low
    lights = {
        k[0]: o.value
        for k, o in figures.items()
        if k[1] == "night_light_mean" and k[0].endswith("20250701") and len(k[0]) == 14
    }
    assert max(lights, key=lights.__getitem__) == "03408-20250701"  # phường Tân Phong


def test_the_mean_height_agrees_with_another_elevation_model(figures) -> None:
    """997.03 m by the 90 m grid of SRTM, as collected from choisy/srtmvn."""
    province = figures[PROVINCE, "elevation_mean", "2000", "elevation-viewfinder-15s"].value
    assert province == pytest.approx(997.03, abs=5)


def test_the_mean_height_of_the_province_is_that_of_either_set_of_communes(
    lai_chau_dataset, figures
) -> None:
    province = figures[PROVINCE, "elevation_mean", "2000", "elevation-viewfinder-15s"].value
    for day in (CENSUS_DAY, REGISTER_DAY):
        ids = set(communes(lai_chau_dataset, day))
        areas = {u.unit_id: u.shape_area_km2 for u in lai_chau_dataset.units if u.unit_id in ids}
        heights = (figures[i, "elevation_mean", "2000", "elevation-viewfinder-15s"] for i in ids)
        summed = sum(height.value * areas[height.unit_id] for height in heights)
        assert summed / sum(areas.values()) == pytest.approx(province, abs=1)


def test_every_indicator_stands_under_a_heading(lai_chau_dataset) -> None:
    listed = lai_chau_dataset.catalogue.indicators.values()
    assert [i.id for i in listed if not (i.group.vi and i.group["en"])] == []
    headings: dict[str, list[str]] = {}
    for indicator in listed:
        named = headings.setdefault(indicator.theme, [])
        if not named or named[-1] != indicator.group.vi:
            named.append(indicator.group.vi)
    # A heading that comes back later would split its indicators in the menu.
    assert all(len(named) == len(set(named)) for named in headings.values())


def test_names_fit_a_menu(lai_chau_dataset) -> None:
    listed = lai_chau_dataset.catalogue.indicators.values()
    assert [i.name.vi for i in listed if len(i.name.vi) > 45 and not i.whole] == []


PHONG_THO = "109-20130101"
REPORT_2024 = "phong-tho-375-bc-ubnd-2024-06-25"


@pytest.mark.parametrize(
    ("indicator", "value"),
    [("deforestation_cases", 1 + 5), ("forest_destroyed_area", 0.762 + 0.25903)],
)
def test_parts_of_a_whole_are_no_rivals(lai_chau_dataset, indicator: str, value: float) -> None:
    found = [
        o
        for o in lai_chau_dataset.observations
        if (o.unit_id, o.indicator, o.source_id) == (PHONG_THO, indicator, REPORT_2024)
    ]
    assert [o.value for o in found] == [pytest.approx(value)]
    assert found[0].method
    assert not found[0].doubt


def test_figures_that_disagree_are_few_and_all_doubted(lai_chau_dataset) -> None:
    """One document, one thing, two values: only where the document contradicts itself."""
    groups: dict[tuple[str, ...], list[Observation]] = {}
    for o in lai_chau_dataset.observations:
        key = (o.unit_id, o.indicator, o.period, o.status, o.source_id)
        groups.setdefault(key, []).append(o)
    rivals = {key[1]: group for key, group in groups.items() if len(group) > 1}
    assert set(rivals) == {"population_hygienic_water_rate", "tourism_revenue"}
    assert all(o.doubt for group in rivals.values() for o in group)
    # What the document says first, in its main part, is what is shown.
    assert [o.value for o in rivals["tourism_revenue"]] == [221.87, 221.9]
    assert [o.printed for o in rivals["tourism_revenue"]] == [None, 0.2219]
    assert [o.value for o in rivals["population_hygienic_water_rate"]] == [100, 98.5]


def test_a_commune_plan_is_not_that_of_its_companies(lai_chau_dataset) -> None:
    plans = {
        o.indicator: o.value
        for o in lai_chau_dataset.observations
        if (o.unit_id, o.period, o.status) == ("03637-20250701", "2026", "plan")
    }
    assert plans["afforestation_area"] == 160
    assert plans["afforestation_area[planter:enterprise]"] == 140


def test_roads_reach_every_unit_of_every_era_and_levels_agree(lai_chau_dataset) -> None:
    figures = {
        each.unit_id: each
        for each in lai_chau_dataset.observations
        if each.indicator == "road_length_main"
    }
    # Known of the map: trunk, primary and secondary together are about 1,065 km.
    assert figures["12-20040101"].value == pytest.approx(1065, rel=0.01)
    for level in ("commune", "district"):
        for step in lai_chau_dataset.info.timeline:
            units = [
                unit
                for unit in lai_chau_dataset.units
                if unit.level == level and unit.valid_on(step.date)
            ]
            if units:
                total = sum(figures[unit.unit_id].value for unit in units)
                assert total == pytest.approx(figures["12-20040101"].value, rel=1e-3)
    assert {each.status for each in figures.values()} == {"estimate"}
    assert all(each.method for each in figures.values())


def test_ways_from_seats_and_from_roads_are_figures_of_their_own(lai_chau_dataset) -> None:
    """The seats of 48 of the 106 former communes are known to no map; their roads are."""
    units = {unit.unit_id: unit for unit in lai_chau_dataset.units}
    merger = dt.date(2025, 7, 1)

    def reached(indicator: str) -> dict[str, int]:
        found = [o.unit_id for o in lai_chau_dataset.observations if o.indicator == indicator]
        present = [u for u in found if units[u].valid_on(merger)]
        former = [u for u in found if units[u].valid_to == merger]
        return {
            f"{level} {name}": sum(units[u].level == level for u in group)
            for level in ("district", "commune")
            for name, group in (("present", present), ("former", former))
        }

    for goal in ("town", "trunk"):
        seats = reached(f"road_distance_to_{goal}")
        roads = reached(f"road_distance_to_{goal}_mean")
        assert (seats["commune present"], seats["commune former"], seats["district former"]) == (
            38, 58, 8,
        )  # fmt: skip
        assert (roads["commune present"], roads["commune former"], roads["district former"]) == (
            38, 106, 8,
        )  # fmt: skip
    means = [o for o in lai_chau_dataset.observations if o.indicator.endswith("_mean")]
    ways = [o for o in means if o.indicator.startswith("road_distance")]
    assert all("Mean of the shortest ways" in o.method.en for o in ways)
    assert all(0.5 <= o.coverage <= 1 for o in ways)


def test_what_is_of_the_open_map_is_shipped_apart_under_its_licence() -> None:
    shipped = default_dataset_folder() / "shipped"
    for table in ("observations", "places"):
        assert "osm-2021-08" not in (shipped / f"{table}.csv").read_text(encoding="utf-8")
        assert "osm-2021-08" in (shipped / f"{table}.odbl.csv").read_text(encoding="utf-8")
    notice = (shipped / "LICENCE.odbl.txt").read_text(encoding="utf-8")
    assert "OpenStreetMap contributors" in notice


def test_infrastructure_opens_on_a_map_of_every_unit(lai_chau_dataset, lai_chau_store) -> None:
    theme = next(each for each in lai_chau_store.themes() if each.id == "infrastructure")
    rows = lai_chau_store.coverage(theme.lead)
    full = {(row.level, row.step_date, row.with_value) for row in rows}
    for step in lai_chau_dataset.info.timeline:
        units = [u for u in lai_chau_dataset.units if u.level == "commune"]
        count = sum(unit.valid_on(step.date) for unit in units)
        assert ("commune", step.date, count) in full


def test_a_figure_of_three_districts_together_is_put_down_to_none_of_them(lai_chau_dataset) -> None:
    found = {
        (each.unit_id[:3], each.period): each.value
        for each in lai_chau_dataset.observations
        if each.indicator == "households_piped_water_rate"
    }
    assert {code for code, _ in found} == {"105", "106", "109", "110", "111"}
    assert found["105", "2019-04-01"] == 94.2
    definition = lai_chau_dataset.catalogue.indicators["households_piped_water_rate"].definition
    assert "7,4%" in definition.vi
