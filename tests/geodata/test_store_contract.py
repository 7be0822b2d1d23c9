"""What every backend of the facts must do; see `store_homes`."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import shapely
from store_homes import HOMES
from toy import NEW_NAMES, PROVINCE, REFORM, district_id, new_id, old_id

from geodata.dataset import Dataset
from geodata.errors import InvalidInput, NotFound, PortalError, StoreFault
from geodata.i18n import Text
from geodata.store import Store, create_store, open_store

BEFORE = dt.date(2020, 1, 1)


@pytest.fixture(scope="module", params=HOMES)
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return HOMES[request.param](tmp_path_factory.mktemp("backend"))


@pytest.fixture(scope="module")
def store(address: str, toy_dataset: Dataset) -> Iterator[Store]:
    create_store(address, toy_dataset).close()
    opened = open_store(address)
    yield opened
    opened.close()


def test_the_description_comes_back(store: Store, toy_dataset: Dataset) -> None:
    assert store.info == dataclasses.replace(toy_dataset.info, folder=None)


def test_the_catalogue_comes_back_in_its_order(store: Store, toy_dataset: Dataset) -> None:
    assert store.themes() == tuple(toy_dataset.catalogue.themes.values())
    assert store.indicators() == tuple(toy_dataset.catalogue.indicators.values())
    assert store.indicators(theme="population") == store.indicators()
    assert store.indicator("population_density").classification.thresholds == (10.0, 20.0)
    assert store.indicator("population_density").not_applicable_kinds == ("township",)


def test_sources_that_nothing_was_taken_from_are_left_out(store: Store) -> None:
    assert [source.id for source in store.sources()] == ["grid", "report", "hearsay"]
    assert store.source("report").number == "01/BC"


def test_every_unit_comes_back(store: Store, toy_dataset: Dataset) -> None:
    page = store.units()
    assert page.total == len(toy_dataset.units) == 24
    assert set(page.items) == set(toy_dataset.units)
    assert store.unit(old_id(6)).aliases == ("Hưng Hoá cũ",)


def test_units_of_a_level_and_day(store: Store) -> None:
    today = store.units(level="commune", date=REFORM).items
    assert {unit.unit_id for unit in today} == {new_id(number) for number in NEW_NAMES}
    assert store.units(level="commune", date=REFORM - dt.timedelta(days=1)).total == 16
    assert store.units(level="commune", date=dt.date(2012, 12, 31)).total == 0
    assert store.units(level="district", date=REFORM).total == 0
    assert store.units(level="province", date=REFORM).total == 1


def test_units_stand_in_dictionary_order_and_levels_from_above(store: Store) -> None:
    names = [unit.name.vi for unit in store.units(level="commune", date=BEFORE).items]
    assert names[:4] == ["Ánh Đào", "Bản Lầu", "Cốc Pàng", "Đá Đỏ"]
    assert names.index("Ô Quy Hồ") < names.index("Pa Ủ")
    assert store.units().items[0].level == "province"


def test_units_page_by_page(store: Store) -> None:
    first = store.units(limit=10)
    second = store.units(limit=10, offset=10)
    last = store.units(limit=10, offset=20)
    assert (first.total, first.next_offset, second.next_offset, last.next_offset) == (
        24,
        10,
        20,
        None,
    )
    assert first.items + second.items + last.items == store.units().items


def test_a_list_without_a_limit_is_whole(store: Store) -> None:
    for page in (store.units(), store.observations()):
        assert len(page.items) == page.total > 0
        assert page.next_offset is None
    assert store.units(limit=0).items == ()


def test_units_by_parent_and_by_part_of_a_name(store: Store) -> None:
    assert store.units(parent=district_id(1)).total == 8
    assert [u.unit_id for u in store.units(q="quy ho", date=REFORM).items] == [new_id(11)]
    assert store.units(q="!!").total == 0


def test_a_code_gives_all_its_units(store: Store) -> None:
    assert [unit.unit_id for unit in store.versions("90001")] == [old_id(1), new_id(1)]
    assert [unit.name.vi for unit in store.versions("90001")] == ["Ánh Đào", "Hòa Bình"]


def test_children_and_succession(store: Store) -> None:
    assert len(store.children(PROVINCE)) == 7
    assert len(store.children(district_id(2))) == 8
    assert store.children(new_id(1)) == ()
    formed = [step.from_id for step in store.predecessors(new_id(1))]
    assert formed == [old_id(1), old_id(2), old_id(5), old_id(6)]
    assert [step.to_id for step in store.successors(old_id(16))] == [new_id(16)]
    assert store.successors(new_id(16)) == ()


def test_search_ignores_diacritics_and_says_what_a_unit_became(store: Store) -> None:
    hit = store.search("hung hoa")[0]
    assert (hit.unit.unit_id, hit.matched_name) == (old_id(6), "Hưng Hóa")
    assert [unit.unit_id for unit in hit.current] == [new_id(1)]


def test_search_puts_the_unit_of_today_first(store: Store) -> None:
    assert [hit.unit.unit_id for hit in store.search("hoa binh")] == [new_id(1), old_id(5)]
    assert store.search("hoa binh")[0].current == ()
    assert [hit.unit.unit_id for hit in store.search("90001")][:2] == [new_id(1), old_id(1)]


def test_search_puts_the_exact_spelling_first(store: Store) -> None:
    # "Ứng Hòe" and "Hưng Hóa" both hold "ung ho"; the one that begins with it is nearer.
    assert [hit.unit.name.vi for hit in store.search("ung ho")] == [
        "Ứng Hòe",
        "Ứng Hòe",
        "Hưng Hóa",
    ]
    assert store.search("Tà Hừa")[0].unit.unit_id == old_id(15)


def test_search_knows_aliases_ranks_and_other_tone_places(store: Store) -> None:
    assert store.search("Hưng Hoá cũ")[0].matched_name == "Hưng Hoá cũ"
    assert store.search("Hoà Bình")[0].unit.unit_id == new_id(1)
    assert store.search("xã pa ủ")[0].unit.unit_id == old_id(12)


@pytest.mark.parametrize(
    "q", ["", "   ", "%", "_", "'", '"; DROP TABLE units', "\x00", "x" * 10_000]
)
def test_search_takes_anything_typed(store: Store, q: str) -> None:
    assert store.search(q) == ()


def test_search_stops_at_the_limit(store: Store) -> None:
    assert len(store.search("90", limit=3)) == 3


def test_observations_come_back_whole(store: Store, toy_dataset: Dataset) -> None:
    page = store.observations()
    assert page.total == len(toy_dataset.observations)
    assert sorted(page.items, key=repr) == sorted(toy_dataset.observations, key=repr)


def test_observations_by_each_condition(store: Store) -> None:
    assert store.observations(unit=old_id(6), indicator="population").total == 6
    assert store.observations(unit_code="90001").total == 4
    assert {o.unit_id for o in store.observations(unit_code="90001").items} == {
        old_id(1),
        new_id(1),
    }
    assert store.observations(period="2024").total == 2
    assert store.observations(status="plan").total == 1
    assert store.observations(source="hearsay").total == 2
    assert store.observations(unit=PROVINCE).total == 0


def test_observations_page_by_page(store: Store) -> None:
    whole = store.observations().items
    pages, offset = [], 0
    while True:
        page = store.observations(limit=7, offset=offset)
        pages += page.items
        if page.next_offset is None:
            break
        offset = page.next_offset
    assert tuple(pages) == whole


def test_values_are_one_per_unit_in_force(store: Store) -> None:
    values = store.values("population", "2019", "commune", BEFORE)
    assert list(values) == [old_id(number) for number in range(1, 17)]
    assert values[old_id(7)].value == 700
    assert store.values("population", "2019", "commune", REFORM) == {}
    assert store.values("population", "2024-H1", "district", BEFORE)[district_id(1)].value == 9000


def test_an_undoubted_figure_is_shown_before_a_doubtful_one(store: Store) -> None:
    shown = store.values("population", "2019", "commune", BEFORE)[old_id(6)]
    assert (shown.value, shown.source_id) == (600, "grid")
    other = store.alternatives(shown)
    assert [(o.value, bool(o.doubt)) for o in other] == [(1600, True)]
    assert store.alternatives(other[0]) == (shown,)


def test_the_better_kind_of_source_is_shown_first(store: Store) -> None:
    shown = store.values("population", "2024", "commune", BEFORE)[old_id(6)]
    assert (shown.value, shown.source_id) == (1600, "report")


def test_an_estimate_stands_in_and_a_plan_is_apart(store: Store) -> None:
    assert store.values("population", "2025", "commune", BEFORE)[old_id(6)].status == "estimate"
    assert store.values("population", "2025", "commune", BEFORE, "plan")[old_id(6)].value == 1600
    assert store.values("population", "2025", "commune", BEFORE, "target") == {}


def test_series_holds_the_preferred_figure_of_each_period_and_status(store: Store) -> None:
    series = store.series(old_id(6), "population")
    assert [(o.period, o.status, o.value) for o in series] == [
        ("2019", "actual", 600),
        ("2024", "actual", 1600),
        ("2025", "estimate", 1700),
        ("2025", "plan", 1600),
    ]


def test_all_series_of_a_unit_are_what_each_is_asked_alone(store: Store) -> None:
    found = store.all_series(old_id(6))
    assert len(found) > 1
    assert "population" in found
    assert found == {each: store.series(old_id(6), each) for each in found}
    with_parts = [each.id for each in store.indicators(parts=True)]
    assert set(found) == {each for each in with_parts if store.series(old_id(6), each)}
    with pytest.raises(NotFound):
        store.all_series("99999-20250701")


def test_coverage_counts_units_in_force(store: Store) -> None:
    counted = {
        (c.level, c.step_date, c.period, c.status_group): (c.with_value, c.total)
        for c in store.coverage("population")
    }
    horizon = store.info.timeline[0].date
    assert counted == {
        ("commune", horizon, "2019", "actual"): (16, 16),
        ("commune", horizon, "2024", "actual"): (1, 16),
        ("commune", horizon, "2025", "actual"): (1, 16),
        ("commune", horizon, "2025", "plan"): (1, 16),
        ("commune", REFORM, "2025", "actual"): (5, 5),
        ("district", horizon, "2024-H1", "actual"): (1, 2),
    }
    assert {c.indicator for c in store.coverage()} == {"population", "population_density"}


def test_the_first_map_is_a_complete_rate_of_today(store: Store) -> None:
    assert store.default_layer() == ("population_density", "2025", "commune", REFORM)


def test_boundaries_carry_names_and_tile(store: Store) -> None:
    frame = store.boundaries("commune", REFORM, 3)
    assert list(frame.columns) == [
        "unit_id", "code", "kind", "name_vi", "name_en", "full_name_vi", "full_name_en",
        "parent_id", "boundary_quality", "drawn_from", "geometry",
    ]  # fmt: skip
    assert frame.crs.to_epsg() == 4326
    assert list(frame["unit_id"]) == sorted(frame["unit_id"])
    assert shapely.coverage_is_valid(frame.geometry.values)
    assert shapely.area(frame.geometry.values).sum() == pytest.approx(0.16)
    assert len(store.boundaries("commune", BEFORE, 1)) == 16


def test_the_boundary_of_one_unit_is_unchanged(store: Store, toy_dataset: Dataset) -> None:
    shape = store.boundary(new_id(11), 3).geometry.iloc[0]
    shipped = toy_dataset.boundaries[3].set_index("unit_id").geometry[new_id(11)]
    assert shapely.equals(shape, shipped)


def test_no_units_give_an_empty_frame_of_the_same_form(store: Store) -> None:
    frame = store.boundaries("village", REFORM, 2)
    assert frame.empty
    assert frame.crs.to_epsg() == 4326
    assert "full_name_en" in frame.columns


def test_positional_accuracies(store: Store) -> None:
    assert len(store.accuracies()) == 21
    accuracy = store.accuracy(old_id(1))
    assert accuracy is not None
    assert accuracy.outside_share == 0.01
    assert store.accuracy(PROVINCE) is None


UNKNOWN: dict[str, Callable[[Store], object]] = {
    "unit": lambda s: s.unit("99999-20250701"),
    "children": lambda s: s.children("x"),
    "code": lambda s: s.versions("1"),
    "indicator": lambda s: s.indicator("gdp"),
    "theme": lambda s: s.indicators(theme="sport"),
    "source": lambda s: s.source("nobody"),
    "series": lambda s: s.series(old_id(1), "gdp"),
    "values": lambda s: s.values("gdp", "2019", "commune", BEFORE),
    "observations of a unit": lambda s: s.observations(unit="x"),
    "observations of a code": lambda s: s.observations(unit_code="x"),
    "boundary": lambda s: s.boundary("x", 1),
    "truth": lambda s: s.accuracy("x"),
    "parent": lambda s: s.units(parent="x"),
}


@pytest.mark.parametrize("ask", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_something_unknown_is_named(store: Store, ask: Callable[[Store], object]) -> None:
    with pytest.raises(NotFound) as refused:
        ask(store)
    assert refused.value.found
    assert refused.value.message("vi") != refused.value.message("en")


INVALID: dict[str, Callable[[Store], object]] = {
    "level": lambda s: s.units(level="ward"),  # type: ignore[arg-type]
    "period": lambda s: s.values("population", "June", "commune", BEFORE),
    "values level": lambda s: s.values("population", "2019", "x", BEFORE),  # type: ignore[arg-type]
    "values status": lambda s: s.values("population", "2019", "commune", BEFORE, "rumour"),
    "status": lambda s: s.observations(status="rumour"),  # type: ignore[arg-type]
    "detail": lambda s: s.boundaries("commune", BEFORE, 4),
}


@pytest.mark.parametrize("ask", INVALID.values(), ids=INVALID.keys())
def test_a_value_outside_its_list_is_met_with_the_list(
    store: Store, ask: Callable[[Store], object]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask(store)
    assert refused.value.found
    assert refused.value.allowed_text("vi")


@pytest.mark.slow
def test_it_serves_many_threads(store: Store) -> None:
    def work(number: int) -> int:
        values = store.values("population", "2019", "commune", BEFORE)
        shapes = store.boundaries("commune", BEFORE, 1)
        return len(values) + len(shapes) + len(store.search("hoa")) + number * 0

    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(work, range(60))) == {16 + 16 + len(store.search("hoa"))}


@pytest.mark.slow
def test_a_new_store_replaces_the_old_one(toy_dataset: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "store.gpkg"
    first = create_store(path, toy_dataset)
    info = dataclasses.replace(toy_dataset.info, version="second")
    create_store(path, dataclasses.replace(toy_dataset, info=info)).close()
    assert first.values("population", "2019", "commune", BEFORE)  # the open one is not disturbed
    assert open_store(path).info.version == "second"
    first.close()


def test_an_address_of_an_unknown_home_is_refused() -> None:
    with pytest.raises(StoreFault, match="no such kind"):
        open_store("mysql://localhost/portal")


def test_a_dataset_without_figures_says_so(toy_dataset: Dataset, tmp_path: Path) -> None:
    empty = dataclasses.replace(toy_dataset, observations=())
    store = create_store(tmp_path / "empty.gpkg", empty)
    assert store.coverage() == ()
    with pytest.raises(PortalError, match="no figures"):
        store.default_layer()


def test_names_are_kept_as_text(toy_dataset: Dataset, tmp_path: Path) -> None:
    hostile = "<script>alert('x')</script> \" ; DROP TABLE units; \u202e"
    units = tuple(
        dataclasses.replace(unit, name=Text(hostile, hostile))
        if unit.unit_id == new_id(1)
        else unit
        for unit in toy_dataset.units
    )
    store = create_store(tmp_path / "x.gpkg", dataclasses.replace(toy_dataset, units=units))
    assert store.unit(new_id(1)).name.vi == hostile
    assert store.boundary(new_id(1), 1)["name_vi"].iloc[0] == hostile
