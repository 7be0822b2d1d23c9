"""The two sentences of a unit's page say what its figures say, for every commune of today."""

import dataclasses
import datetime as dt
import re
import statistics

import pytest

from geodata.unit_profile import CARD_BLOCKS, UnitProfile, read_unit_profile
from portal.serializers.unit_lead import lead_sentences, stand_outs
from portal.serializers.unit_profile import key_figures, themes_of
from tests.toy import PROVINCE, district_id, new_id

TODAY = dt.date(2025, 7, 1)


def lead(store, unit_id, language="en"):
    unit = store.unit(unit_id)
    themes = themes_of(store, unit, language)
    return lead_sentences(store, unit, themes, key_figures(store, unit, language), language)


def test_what_a_unit_is_and_was_formed_from(toy_store):
    first, second = lead(toy_store, new_id(16))
    assert first.startswith("Ung Hoe ward is a ward of O Luoi province (since 1 July 2025)")
    assert "formed" not in first, "of one unit alone it was not formed"
    assert "population 416\u00a0people" in first
    assert "population 416\u00a0people, the highest of 5 (2025)" in second
    first, _ = lead(toy_store, new_id(11), "vi")
    assert "hình thành từ" in first
    assert " xã " in first.split("hình thành từ")[1], "ranks are small within a sentence"
    assert first.count("xã Khe Mo") == 0


def test_a_unit_without_siblings_says_what_it_consists_of(toy_store):
    assert lead(toy_store, PROVINCE)[1] == "It consists of 4 communes and 1 ward."
    assert lead(toy_store, district_id(1))[1] == "It consists of 8 communes."


@pytest.mark.slow
def test_where_each_unit_stands_out_is_true(lai_chau_store):
    """Ranks counted anew from the values of the map, without those that are in doubt."""
    units = lai_chau_store.units(level="commune", date=TODAY).items
    named = 0
    for unit in units:
        rows = {
            row["id"]: row for t in themes_of(lai_chau_store, unit, "vi") for row in t["indicators"]
        }
        for found in stand_outs(lai_chau_store, unit, themes_of(lai_chau_store, unit, "vi")):
            period = rows[found.indicator]["latest"]["period"]
            values = lai_chau_store.values(found.indicator, period, "commune", TODAY)
            sound = {key: o.value for key, o in values.items() if not o.doubt}
            own = sound.pop(unit.unit_id)
            beyond = [v for v in sound.values() if (v > own if found.highest else v < own)]
            assert (found.rank, found.of) == (len(beyond) + 1, len(sound) + 1)
            assert own not in sound.values(), "nobody shares the place"
            assert (
                found.highest == (own > statistics.median([*sound.values(), own]))
                or found.rank > 15
            )
            named += 1
        sentences = lead(lai_chau_store, unit.unit_id, "vi")
        assert len(sentences) == 2
        assert sum(len(re.findall(r"(?:cao|thấp) (?:nhất|thứ)", s)) for s in sentences) <= 3
    assert named > 2 * len(units)


def test_a_dataset_sets_what_is_shown_and_in_which_order(tmp_path):
    assert read_unit_profile(tmp_path) == UnitProfile(card=CARD_BLOCKS)
    (tmp_path / "unit_profile.toml").write_text('card = ["source", "figure"]\nstands_out = ["x"]\n')
    found = read_unit_profile(tmp_path)
    assert found.card == ("source", "figure")
    assert UnitProfile.from_text(found.to_text()) == found
    (tmp_path / "unit_profile.toml").write_text('card = ["weather"]\n')
    with pytest.raises(Exception, match="weather"):
        read_unit_profile(tmp_path)


def test_only_named_indicators_tell_where_a_unit_stands_out(toy_store):
    unit = toy_store.unit(new_id(16))
    themes = themes_of(toy_store, unit, "en")
    assert len(stand_outs(toy_store, unit, themes)) == 2
    before = toy_store.info
    try:
        toy_store.info = dataclasses.replace(
            before, profile=UnitProfile(stands_out=("population_density",))
        )
        (only,) = stand_outs(toy_store, unit, themes)
    finally:
        toy_store.info = before
    assert only.indicator == "population_density"
