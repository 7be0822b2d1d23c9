"""The small rules of pages and previews, each on figures of its own."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from types import SimpleNamespace as Some

import numpy as np
import pytest
import shapely

from portal.docs.api_page import api_page
from portal.docs.toml_keys import _given
from portal.export.jobs import JobRegistry
from portal.http_errors import Busy
from portal.publishing.list_documents import _questions
from portal.serializers.class_shares import _sized
from portal.serializers.commune_villages import _MAP_PIXELS, _view
from portal.serializers.counterpart import _difference
from portal.serializers.found_places import matching_places
from portal.serializers.indicator_story import whole_unit
from portal.serializers.mergers import _best_coverage, crosswalk_downloads
from portal.serializers.unit_card import _plan_of, recast_rank
from portal.serializers.unit_lead import _stand_out
from portal.serializers.unit_profile import figure_in_series
from portal.webmap.comparison_context import levels_and_steps
from portal.webmap.indicator_menu import _coverage
from portal.webmap.map_context import _row
from portal.webmap.svg_preview import HATCH, LATTICE, PLAIN, _anchor, _ring_data, fill_of

DAY = dt.date(2025, 7, 1)


class KeptStore(Some):
    """A store of which answers are kept as long as it lives."""

    __hash__ = object.__hash__


def test_shares_are_told_in_per_cent_where_they_are_known() -> None:
    found = _sized({"area": 0.25}, "en")
    assert (found["area"], found["area_text"]) == (0.25, "25.0%")
    assert (found["people"], found["people_text"]) == (None, "")


@pytest.mark.parametrize(("share", "steps"), [(1.0, 0), (0.5, 4), (0.25, 8)])
def test_a_map_of_a_commune_is_as_near_as_its_longer_side_allows(share: float, steps: int) -> None:
    world = 360 * _MAP_PIXELS / 256

    def zoom(west: float, south: float, east: float, north: float) -> list[float]:
        bounds = np.array([west, south, east, north])
        store = Some(boundary=lambda *_: Some(total_bounds=bounds))
        return [float(each) for each in _view(store, Some(unit_id="a")).split(",")]

    lat, lon, near = zoom(100.0, 20.0, 100 + world * share, 20.2)
    assert (lat, lon) == (pytest.approx(20.1), pytest.approx(100 + world * share / 2, abs=1e-3))
    assert near == pytest.approx(steps / 4)
    assert zoom(100.0, 0.0, 100.1, world * share / 1.1)[2] == pytest.approx(steps / 4, abs=0.26)


def test_a_difference_has_no_noise_of_binary_fractions() -> None:
    assert _difference(Some(difference=0.1 + 0.2)) == 0.3
    assert _difference(Some(difference=None)) is None
    assert _difference(None) is None


def test_places_are_found_whose_names_begin_so_first(monkeypatch) -> None:
    names = [" cho tam duong", " duong lam", " sadu", " xa kho"]
    path = "portal.serializers.found_places._folded_places"
    monkeypatch.setattr(path, lambda _: [(name, name) for name in names])
    assert matching_places(None, "Dư") == [
        (" duong lam", True), (" cho tam duong", True), (" sadu", False),
    ]  # fmt: skip
    assert matching_places(None, " ") == []


def test_the_unit_above_all_is_the_only_one_without_another_above() -> None:
    def store(*parents: str) -> Some:
        units = [Some(parent_id=parent) for parent in parents]
        info = Some(timeline=[Some(date=DAY)])
        return KeptStore(info=info, units=lambda **_: Some(items=units))

    assert whole_unit(store("", "x")) is not None
    assert whole_unit(store("", "")) is None
    assert whole_unit(store()) is None


def coverage(with_value: int, **more: object) -> Some:
    told = {"level": "commune", "status_group": "actual", "step_date": dt.date(2020, 1, 1)}
    return Some(**told | {"with_value": with_value, "total": 10, "period": "2024"} | more)


def test_the_fullest_figures_before_a_merger_cover_half_of_the_units() -> None:
    unit = Some(level="commune", valid_from=DAY)
    assert _best_coverage([coverage(4)], unit) is None
    half, more, later = coverage(5), coverage(8), coverage(8, period="2025")
    assert _best_coverage([half], unit) is half
    assert _best_coverage([half, more, later], unit) is later
    wrong = [coverage(9, step_date=DAY), coverage(9, status_group="plan"), coverage(9, level="x")]
    assert _best_coverage(wrong, unit) is None


def test_tables_of_old_and_new_units_lead_from_each_step_to_the_next_and_back() -> None:
    days = [dt.date(2013, 1, 1), dt.date(2020, 1, 1), DAY]
    steps = [Some(date=day, name={"en": str(day.year)}) for day in days]
    names = [name for name, _ in crosswalk_downloads(Some(info=Some(timeline=steps)), "en")]
    assert names == ["2013 → 2025", "2025 → 2013", "2013 → 2020", "2020 → 2025"]
    assert crosswalk_downloads(Some(info=Some(timeline=steps[:1])), "en") == []


@pytest.mark.parametrize(
    ("plans", "found"),
    [
        (("2025",), "2025"),
        (("2025", "2025-H1"), "2025-H1"),
        (("2025", "2021/2025"), "2025"),
        (("2025-Q1",), None),
        (("2025-H2", "2024"), None),
    ],
)
def test_the_plan_of_a_figure_is_of_the_shortest_period_around_it(plans, found) -> None:
    series = tuple(Some(status="plan", impossible=False, period=period) for period in plans)
    plan = _plan_of(Some(period="2025-H1"), series)
    assert (plan and plan.period) == found
    others = (Some(status="actual", impossible=False, period="2025"),
              Some(status="plan", impossible=True, period="2025"))  # fmt: skip
    assert _plan_of(Some(period="2025-H1"), others) is None


def test_recast_values_have_a_rank_among_two_or_more(monkeypatch) -> None:
    path = "portal.serializers.unit_card.has_doubtful_input"
    monkeypatch.setattr(path, lambda record: record.doubtful)
    values = {"a": 5.0, "b": 7.0, "c": 5.0, "d": 9.0, "e": None}
    records = {unit: Some(value=value, doubtful=unit == "d") for unit, value in values.items()}
    ranks = {unit: recast_rank(records, unit, "en") for unit in records}
    assert {unit: rank and (rank["rank"], rank["of"]) for unit, rank in ranks.items()} == {
        "a": (2, 3), "b": (1, 3), "c": (2, 3), "d": None, "e": None,
    }  # fmt: skip
    assert recast_rank({"a": records["a"]}, "a", "en") is None
    assert recast_rank({"a": records["a"], "c": records["c"]}, "a", "en") is not None


def layer_row(level: str, date: str, total: int, with_value: int = 1, **more: str) -> dict:
    told = {"status": "actual", "period": "2024"} | more
    return {"level": level, "date": date, "total": total, "with_value": with_value, **told}


def test_what_can_be_compared_has_several_units() -> None:
    parts = [{"layers": [layer_row("district", "2020", 8)]}]
    layers = [layer_row("commune", "2025", 38), layer_row("province", "2013", 1)]
    catalogue = {
        "themes": [{"indicators": [{"layers": layers, "parts": parts}]}],
        "levels": [{"id": each} for each in ("province", "district", "commune")],
        "timeline": [{"date": each} for each in ("2013", "2020", "2025")],
    }
    found = levels_and_steps(catalogue, "commune")
    assert [each["id"] for each in found["levels"]] == ["district", "commune"]
    assert [each["date"] for each in found["steps"]] == ["2025"]


def test_the_menu_tells_the_fullest_period_of_the_map(monkeypatch) -> None:
    monkeypatch.setattr("portal.webmap.indicator_menu._fullness", lambda a, _: a["with_value"])
    day = DAY.isoformat()
    layers = [
        layer_row("commune", day, 10, 4), layer_row("commune", day, 10, 6, period="2025"),
        layer_row("commune", day, 10, 9, status="plan"), layer_row("district", day, 10, 10),
    ]  # fmt: skip
    entry = {"id": "a", "name": "A", "group": "", "layers": layers}
    found = _coverage(entry, Some(level="commune", date=DAY, status="actual"))
    assert (found["with_value"], found["total"], found["share"]) == (6, 10, 0.6)
    assert (found["periods"], found["best_level"]) == (2, "district")
    empty = _coverage({**entry, "layers": []}, Some(level="commune", date=DAY, status="actual"))
    assert (empty["with_value"], empty["total"], empty["share"]) == (0, 0, 0.0)
    assert (empty["periods"], empty["best_level"]) == (0, "")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ([None, "no_data"], {"value": None, "missing": "no_data", "printed": None}),
        ([None, "impossible", "120%"], {"value": None, "printed": "120%"}),
        ([5.0, 2, "actual", ""], {"value": 5.0, "index": 2, "estimate": False, "doubtful": False}),
        ([5.0, 0, "estimated", "why"], {"value": 5.0, "index": 0, "doubtful": True}),
    ],
)
def test_a_row_of_the_table_says_what_the_map_shows(cell, expected) -> None:
    found = _row("03390-20250701", "Bình Lư", cell)
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("cell", "fill"),
    [(None, HATCH), ([None, "no_data"], HATCH), ([None, "impossible"], LATTICE), ([1.0, 0], PLAIN)],
)
def test_a_unit_without_a_value_is_hatched(cell, fill: str) -> None:
    assert fill_of(cell, {}, Some(preview_fill=lambda *_: "")) == fill


def test_a_ring_is_written_by_its_steps() -> None:
    ring = np.array([[0.0, 10.0], [3.0, 10.0], [3.0, 10.0], [3.0, 6.0], [0.0, 10.0]])
    assert _ring_data(ring, 0.0, 10.0, 2.0) == "M0 0l6 0 0 8z"
    back = np.array([[2.0, 8.0], [1.0, 9.0], [1.0, 8.0], [2.0, 8.0]])
    assert _ring_data(back, 0.0, 10.0, 1.0) == "M2 2l-1-1 0 1z"
    assert _ring_data(np.zeros((4, 2)), 0.0, 0.0, 1.0) == ""


def test_a_symbol_stands_in_the_largest_part() -> None:
    shape = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(10, 10, 20, 20)])
    x, y = _anchor(shape, 0.0, 20.0, 10.0)
    assert abs(x - 150) <= 5
    assert abs(y - 50) <= 5


def test_as_many_jobs_wait_as_may(monkeypatch) -> None:
    monkeypatch.setattr("portal.export.jobs.MAX_JOBS", 2)
    monkeypatch.setattr("portal.export.jobs._waits_until", lambda _: float("inf"))
    queue = Some(submit=lambda task, *_: task, release=lambda *_: None)
    jobs = JobRegistry(queue)
    for _ in range(2):
        jobs.start(Some(active=True), None, "/export/a.png")
    with pytest.raises(Busy):
        jobs.start(Some(active=True), None, "/export/a.png")


@pytest.mark.parametrize(
    ("place", "of", "rank", "highest"),
    [(1, 5, 1, True), (3, 5, 3, True), (4, 5, 2, False), (5, 5, 1, False), (2, 4, 2, True),
     (3, 4, 2, False)],
)  # fmt: skip
def test_a_unit_is_counted_from_the_nearer_end(place, of, rank, highest) -> None:
    row = {"id": "a", "name": "A"}
    found = _stand_out(row, {"rank": place, "of": of, "value": "1", "period": "2025"})
    assert (found.rank, found.highest, found.of) == (rank, highest, of)


@pytest.mark.parametrize(
    ("status", "planned"),
    [("actual", True), ("estimate", True), ("plan", False), ("target", False)],
)
def test_only_what_happened_is_held_against_a_plan(toy_store, status, planned) -> None:
    planned_for = toy_store.observations(indicator="population", status="plan").items
    series = toy_store.series(planned_for[0].unit_id, "population")
    figure = replace(planned_for[0], status=status)
    shown = figure_in_series(toy_store, toy_store.indicator("population"), figure, series, "en")
    assert bool(shown["plan"]) is planned


def test_a_count_of_places_is_chosen_among_the_counts(toy_store) -> None:
    report = Some(questions=())
    offered = {name for name, _ in _questions(report, toy_store, "en")["indicators"]}
    kinds = {one.id: one.kind for one in toy_store.indicators()}
    assert offered == {name for name, kind in kinds.items() if kind == "count"}
    assert set(kinds) - offered


def test_the_type_of_a_key_is_that_of_what_is_given() -> None:
    assert _given(int | None) is int
    assert _given(str) is str
    several = int | str | None
    assert _given(several) == several
    assert _given(tuple[int, ...]) == tuple[int, ...]


def test_the_page_of_the_api_has_a_section_for_every_address(app) -> None:
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    page = api_page(app)
    for path, methods in document["paths"].items():
        for method in methods:
            assert re.search(rf"^#.*{method.upper()}.*{re.escape(path)}", page, re.MULTILINE)
    for name in document["components"]["schemas"]:
        assert re.search(rf"^#.*\b{name}\b", page, re.MULTILINE)
