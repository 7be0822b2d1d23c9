"""A theme and an indicator open on the fullest map there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.i18n import Text
from geodata.model import Theme
from geodata.store import Store
from geodata.store.interface import IndicatorCoverage
from layers.default_selection import (
    FigureSelection,
    complete_selection,
    opening_coverage,
    opening_indicator,
    opening_series,
)
from layers.sparse_map import is_sparse

OLD, NEW = dt.date(2020, 2, 1), dt.date(2025, 7, 1)


def covered(indicator: str, with_value: int, total: int = 38, date: dt.date = NEW,
            status: str = "actual") -> IndicatorCoverage:  # fmt: skip
    return IndicatorCoverage(indicator, "commune", date, "2024", status, with_value, total)


def store_of(rows: Sequence[IndicatorCoverage], kinds: dict[str, str]) -> Store:
    """What the choice asks of a store: the indicators of one theme and where they have figures."""
    indicators = tuple(
        SimpleNamespace(id=each, kind=kind, levels=("commune",), whole=True)
        for each, kind in kinds.items()
    )
    found: Any = SimpleNamespace(
        info=SimpleNamespace(timeline=[SimpleNamespace(date=OLD), SimpleNamespace(date=NEW)]),
        indicators=lambda theme: indicators,
        coverage=lambda indicator: tuple(row for row in rows if row.indicator == indicator),
    )
    return cast(Store, found)


THEME = Theme("roads", Text("Đường", "Roads"), "official")


@pytest.mark.parametrize(
    ("rows", "opened"),
    [
        ([covered("official", 30), covered("estimate", 38)], "official"),
        ([covered("official", 2), covered("estimate", 38)], "estimate"),
        ([covered("official", 2), covered("places", 38), covered("estimate", 38)], "estimate"),
        ([covered("official", 2), covered("places", 38)], "places"),
        ([covered("official", 2), covered("estimate", 4)], "official"),
        ([covered("official", 2), covered("estimate", 1, 1)], "official"),
        ([covered("estimate", 106, 106, OLD), covered("places", 20)], "places"),
        ([covered("official", 106, 106, OLD), covered("estimate", 38)], "official"),
        ([], "official"),
    ],
)
def test_a_theme_opens_with_its_lead_unless_only_another_makes_a_map(
    rows: list[IndicatorCoverage], opened: str
) -> None:
    store = store_of(rows, {"official": "ratio", "places": "count", "estimate": "ratio"})
    assert opening_indicator(store, THEME) == opened


@given(
    st.lists(
        st.builds(
            covered,
            st.just("x"),
            st.integers(1, 38),
            st.just(38),
            st.sampled_from([OLD, NEW]),
            st.sampled_from(["actual", "plan"]),
        ),
        min_size=1,
    )
)
def test_no_sparse_map_of_actual_figures_opens_where_a_whole_one_is_there(
    rows: list[IndicatorCoverage],
) -> None:
    store = store_of(rows, {"x": "ratio"})
    opened = opening_coverage(store, store.indicators("any")[0])
    assert opened is not None
    whole = [row for row in rows if row.status_group == "actual" and row.with_value > 1
             and not is_sparse(row.with_value, row.total)]  # fmt: skip
    assert not whole or opened in whole


def test_the_list_counts_the_units_of_the_map_that_opens(lai_chau_store: Store) -> None:
    for indicator in lai_chau_store.indicators():
        listed = opening_coverage(lai_chau_store, indicator)
        if listed is None:
            continue
        series = opening_series(lai_chau_store, indicator)
        chosen = complete_selection(lai_chau_store, series, FigureSelection())
        assert (chosen.level, chosen.date, chosen.period, chosen.status) == (
            listed.level, listed.step_date, listed.period, listed.status_group
        )  # fmt: skip


@pytest.mark.parametrize("theme", ["forest", "poverty", "tourism", "infrastructure", "population"])
def test_no_theme_opens_on_a_sparse_map_where_it_has_a_whole_one(
    lai_chau_store: Store, theme: str
) -> None:
    found = next(each for each in lai_chau_store.themes() if each.id == theme)
    opened = opening_coverage(
        lai_chau_store, lai_chau_store.indicator(opening_indicator(lai_chau_store, found))
    )
    rows = [opening_coverage(lai_chau_store, i) for i in lai_chau_store.indicators(theme)]
    whole = [r for r in rows if r and r.with_value > 1 and not is_sparse(r.with_value, r.total)]
    assert opened is not None
    assert not whole or not is_sparse(opened.with_value, opened.total)
