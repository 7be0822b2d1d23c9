"""Lists of the state that the shipped dataset holds as categories."""

from __future__ import annotations

from collections import Counter

from geodata.dataset import Dataset


def test_every_commune_of_today_is_on_the_list_of_specially_difficult_ones_or_not(
    lai_chau_dataset: Dataset,
) -> None:
    name = "specially_difficult_commune"
    found = [o for o in lai_chau_dataset.observations if o.indicator == name]
    assert Counter(o.category for o in found) == {"listed": 32, "not_listed": 6}
    assert len({o.unit_id for o in found}) == 38
    source = lai_chau_dataset.catalogue.sources["specially-difficult-2026"]
    assert source.number == "113/QĐ-UBND"
    assert all("second-hand" in o.note.en.lower() and o.quote for o in found)
