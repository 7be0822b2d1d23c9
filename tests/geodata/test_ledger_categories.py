"""Accounts bring numbers, so nothing of theirs becomes the value of a category."""

from __future__ import annotations

import pytest

from geodata.errors import InvalidInput
from geodata.ledger.value_bounds import verify_value
from geodata.store import Store
from geodata.table_import.columns.indicator_search import IndicatorSearch


def test_a_number_is_never_corrected_or_published_into_a_category(lam_khe_store: Store) -> None:
    indicator = lam_khe_store.indicator("difficulty_area")
    with pytest.raises(InvalidInput) as refused:
        verify_value(indicator, 2.0)
    assert refused.value.allowed == ("area_1", "area_2", "area_3")


def test_a_column_of_numbers_is_never_proposed_as_a_category(lam_khe_store: Store) -> None:
    search = IndicatorSearch(lam_khe_store.indicators(), "commune")
    assert "difficulty_area" not in {each.id for each in search.indicators}
    assert "population" in {each.id for each in search.indicators}
