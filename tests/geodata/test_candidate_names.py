"""Units that are proposed beside each other are told apart by their names."""

from __future__ import annotations

from geodata.store import Store
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.units.candidate_names import candidate_names


def test_units_of_one_name_are_told_with_the_day_since_which_they_are(toy_store: Store) -> None:
    index = StoreFacts(toy_store).index
    by_name: dict[str, list[str]] = {}
    for unit in index.units:
        by_name.setdefault(unit.full_name.vi, []).append(unit.unit_id)
    namesakes = next(ids for ids in by_name.values() if len(ids) > 1)
    alone = next(ids[0] for ids in by_name.values() if len(ids) == 1)
    names = candidate_names([*namesakes, alone], index)
    assert len({names[each]["en"] for each in namesakes}) == len(namesakes)
    assert all("since" in names[each]["en"] for each in namesakes)
    assert "since" not in names[alone]["en"]
    own = candidate_names(namesakes, index, in_vietnamese=True)
    assert all(
        own[each]["en"].startswith(index.units[index.kinship.position[each]].full_name.vi)
        for each in namesakes
    )
