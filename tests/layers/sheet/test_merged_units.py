"""A sheet of before and after: the mergers, their decree, and what lines alone have moved."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from werkzeug.datastructures import MultiDict

from geodata.recast.service import all_successions
from geodata.store import Store
from layers.comparison import Comparison, compare, comparison_layer
from layers.layer import Layer
from layers.layer_view import resolve_layer
from layers.sheet import SheetOptions
from layers.sheet.canvas import Canvas
from layers.sheet.footer import Footer, build_footer
from layers.sheet.merged_units import bounds_text, lineage_of, moved_by_lines
from layers.sheet.render import compose_sheet, draw_sheet
from layers.sheet.sheet_content import layer_content
from portal.export.sheets import SHEETS
from portal.parameters.reader import read_parameters

pytestmark = pytest.mark.slow

PAIR = {
    "indicator": "population_density", "period": "2019-04-01", "level": "commune",
    "date": "2020-02-01", "on": "2025-07-01",
}  # fmt: skip


def comparison(store: Store, period2: str = "") -> Comparison:
    layer, on = comparison_layer(PAIR, store)
    return compare(layer, store, on, period2)


def foot(store: Store, query: dict[str, str], **options: object) -> Footer:
    content = SHEETS["pair"].show(
        read_parameters(SHEETS["pair"].parameters, MultiDict(query)), store
    )
    asked = SheetOptions(**options)
    page = asked.page()
    return draw_sheet(Canvas(page.width, page.height), content, store, asked)


def test_every_merger_stands_on_the_sheet_with_its_decree(lai_chau_store: Store) -> None:
    said = foot(lai_chau_store, PAIR).names
    assert "1670/NQ-UBTVQH15" in said
    formed: dict[str, list[str]] = {}
    for row in all_successions(lai_chau_store):
        if row.date == dt.date(2025, 7, 1) and row.from_id != row.to_id:
            formed.setdefault(row.to_id, []).append(row.from_id)
    lineage = lineage_of(comparison(lai_chau_store), lai_chau_store)
    assert lineage is not None
    merged = {new for new, olds in formed.items() if len(olds) > 1}
    communes = {new for new in merged if lai_chau_store.unit(new).level == "commune"}
    assert set(lineage.parts) == communes
    for new in communes:
        assert set(lineage.parts[new]) == set(formed[new])
        for unit in (new, *formed[new]):
            assert lai_chau_store.unit(unit).name.vi in said


def test_a_slide_has_the_mergers_in_its_small_print(lai_chau_store: Store) -> None:
    found = foot(lai_chau_store, PAIR, preset="slide")
    assert "←" not in found.names
    assert any("1670/NQ-UBTVQH15" in line and "←" in line for line in found.small_print())


@pytest.mark.parametrize("period2", ["", "2025-07-01"])
def test_units_that_lines_alone_moved_are_marked(lai_chau_store: Store, period2: str) -> None:
    found = comparison(lai_chau_store, period2)
    moved = moved_by_lines(found, lai_chau_store)
    lineage = lineage_of(found, lai_chau_store)
    assert lineage is not None
    assert moved.classes
    classes = {unit: view.class_index for unit, view in found.left.unit_views.items()}
    for new, (largest, *_) in lineage.parts.items():
        redrawn = found.base.unit_views[new].class_index
        after = found.right.unit_views[new].class_index
        alone = classes[largest] is not None and classes[largest] != redrawn == after
        assert (new in moved.classes) == (alone and redrawn is not None)
    for _, was, now in moved.ranks:
        assert was != now
        assert 1 <= min(was, now) <= max(was, now) <= 38


def test_the_largest_part_is_the_one_with_most_people(lai_chau_store: Store) -> None:
    lineage = lineage_of(comparison(lai_chau_store), lai_chau_store)
    assert lineage is not None
    people = {
        figure.unit_id: figure.value
        for figure in lai_chau_store.observations(indicator="population").items
        if figure.period == "2019-04-01"
    }
    known = [olds for olds in lineage.parts.values() if all(old in people for old in olds)]
    assert len(known) > 20
    for olds in known:
        assert people[olds[0]] == max(people[old] for old in olds)


def test_nothing_is_merged_where_time_runs_backwards(lai_chau_store: Store) -> None:
    query = {"indicator": "population_density", "period": "2025-07-01", "level": "commune",
             "date": "2025-07-01", "on": "2020-02-01"}  # fmt: skip
    layer, on = comparison_layer(query, lai_chau_store)
    back = compare(layer, lai_chau_store, on)
    assert lineage_of(back, lai_chau_store) is None
    assert moved_by_lines(back, lai_chau_store).classes == frozenset()


def test_bounds_of_estimates_stand_on_the_sheet(lam_khe_store: Store) -> None:
    query = {"indicator": "population", "level": "commune", "date": "2020-01-01",
             "on": "2025-07-01"}  # fmt: skip
    view = resolve_layer(Layer.from_query(query, lam_khe_store), lam_khe_store)
    bounded = {
        unit
        for unit, each in view.unit_views.items()
        if each.recast and each.recast.low is not None and each.recast.low != each.recast.high
    }
    assert bounded
    said = bounds_text(view)
    assert said.count(" – ") == len(bounded)
    content = layer_content(view)
    footer = build_footer(content, lam_khe_store, SheetOptions(), math.nan, "")
    assert any(entry.text == said for entry in footer.fixed)
    assert compose_sheet(content, lam_khe_store, SheetOptions(preset="half-page"))
