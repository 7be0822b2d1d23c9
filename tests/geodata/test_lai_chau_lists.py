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


def test_every_district_was_poor_or_had_left_poverty_or_was_on_no_list(
    lai_chau_dataset: Dataset,
) -> None:
    found = {o.unit_id: o for o in lai_chau_dataset.observations if o.indicator == "poor_district"}
    districts = [u for u in lai_chau_dataset.units if u.level == "district"]
    assert {u.unit_id for u in districts} == set(found)
    named = {cls: {u.name.vi for u in districts if found[u.unit_id].category == cls}
             for cls in ("poor", "left_poverty", "not_listed")}  # fmt: skip
    assert named == {
        "poor": {"Mường Tè", "Phong Thổ", "Sìn Hồ", "Nậm Nhùn"},
        "left_poverty": {"Than Uyên", "Tân Uyên"},
        "not_listed": {"Lai Châu", "Tam Đường"},
    }
    assert all("second-hand" in o.note.en.lower() and o.quote for o in found.values())
