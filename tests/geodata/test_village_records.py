"""Villages known by name: what the shipped dataset says of them, and what a check refuses."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from geodata.build.village_records import read_village_records
from geodata.catalogue import read_catalogue
from geodata.check.succession_checks import check_succession
from geodata.check.village_checks import check_villages
from geodata.dataset import Dataset, default_dataset_folder
from geodata.errors import FileFault
from geodata.model import Unit, VillageMention

BINH_LU = "03390-20250701"


def villages_of(dataset: Dataset, commune: str) -> list[Unit]:
    return [u for u in dataset.units if u.level == "village" and u.parent_id == commune]


def test_the_villages_binh_lu_reports_name_are_listed_and_five_have_an_area(
    lai_chau_dataset,
) -> None:
    found = villages_of(lai_chau_dataset, BINH_LU)
    names = {unit.name.vi for unit in found}
    assert {"Chu Va 6", "Chu Va 8", "Nà Khan", "Nà Phát", "Thác Tình", "46"} <= names
    assert len(names) == 18
    shaped = {unit.unit_id for unit in found if unit.boundary_quality != "none"}
    assert len(shaped) == 5
    assert set(lai_chau_dataset.boundaries[3]["unit_id"]) & {u.unit_id for u in found} == shaped


def test_the_rearrangement_of_2026_is_told_and_no_village_is_said_to_have_joined_another(
    lai_chau_dataset,
) -> None:
    change = next(c for c in lai_chau_dataset.changes if c.commune_id == BINH_LU)
    assert (change.before, change.after) == (("hamlet:35",), ("village:8", "hamlet:14"))
    assert "từ 35 bản còn 08 thôn, 14 bản" in change.quote
    assert change.doubt
    ids = {unit.unit_id for unit in lai_chau_dataset.units if unit.level == "village"}
    joining = [s for s in lai_chau_dataset.successions if {s.from_id, s.to_id} & ids]
    assert {step.date for step in joining} == {dt.date(2025, 7, 1)}
    assert len({step.to_id for step in joining}) == len(joining)


def test_every_village_of_the_open_list_of_2021_is_there(lai_chau_dataset) -> None:
    carried = {step.to_id for step in lai_chau_dataset.successions}
    mentions = (m for m in lai_chau_dataset.mentions if m.unit_id not in carried)
    listed = [m for m in mentions if m.period == "2020/2021"]
    assert len(listed) == 278
    counts = Counter(m.unit_id[:5] for m in listed)
    assert counts["03387"] == 22  # Tân Phong


def test_a_quote_names_the_village_it_stands_for(lai_chau_dataset) -> None:
    for mention in lai_chau_dataset.mentions:
        assert not mention.quote or mention.name in mention.quote


def with_unit(dataset: Dataset, old: Unit, **fields: object) -> Dataset:
    units = tuple(replace(u, **fields) if u is old else u for u in dataset.units)
    return replace(dataset, units=units)


def with_mention(dataset: Dataset, **fields: object) -> Dataset:
    first = next(m for m in dataset.mentions if m.quote)
    mentions = tuple(replace(m, **fields) if m is first else m for m in dataset.mentions)
    return replace(dataset, mentions=mentions)


def first_village(dataset: Dataset) -> Unit:
    return villages_of(dataset, BINH_LU)[0]


PLANTED: dict[str, tuple[str, Callable[[Dataset], Dataset]]] = {
    "parent": (
        "A village must lie in a commune",
        lambda d: with_unit(d, first_village(d), parent_id="12-20040101"),
    ),
    "code": (
        "The code is not of the commune",
        lambda d: with_unit(d, first_village(d), code="99999001"),
    ),
    "doubled": (
        "The name stands twice in one commune",
        lambda d: with_unit(d, first_village(d), name=villages_of(d, BINH_LU)[1].name),
    ),
    "kind": (
        "There is no such kind of village",
        lambda d: with_unit(d, first_village(d), kind="commune"),
    ),
    "unnamed": (
        "No document names the village",
        lambda d: replace(
            d, mentions=tuple(m for m in d.mentions if m.unit_id != first_village(d).unit_id)
        ),
    ),
    "quote": (
        "The name does not stand in the quote",
        lambda d: with_mention(d, quote="tại bản khác"),
    ),
    "no quote": ("A name of a document without a quote", lambda d: with_mention(d, quote="")),
    "number": (
        "The number does not stand in the quote",
        lambda d: replace(
            d, changes=tuple(replace(c, before=("hamlet:36",)) for c in d.changes if c.quote)
        ),
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_is_found(lai_chau_dataset, planted: str) -> None:
    message, plant = PLANTED[planted]
    assert not list(check_villages(lai_chau_dataset))
    faults = [fault.message("en") for fault in check_villages(plant(lai_chau_dataset))]
    assert any(message in fault for fault in faults)


def test_a_village_that_ends_alone_needs_a_successor(lai_chau_dataset) -> None:
    village = first_village(lai_chau_dataset)
    ended = with_unit(lai_chau_dataset, village, valid_to=dt.date(2026, 6, 1))
    faults = [fault.message("en") for fault in check_succession(ended)]
    assert any("ended without successor" in f and village.unit_id in f for f in faults)


def test_one_number_may_not_stand_for_two_names(lai_chau_dataset, tmp_path) -> None:
    source = default_dataset_folder() / "villages"
    target = tmp_path / "villages"
    target.mkdir()
    for name in ("names.csv", "changes.csv"):
        (target / name).write_bytes((source / name).read_bytes())
    lines = (target / "names.csv").read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[3] = cells[5] = "Khác Hẳn"
    lines.insert(2, ",".join(cells))
    (target / "names.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(FileFault) as refusal:
        read_village_records(
            tmp_path, read_catalogue(default_dataset_folder()), lai_chau_dataset.units
        )
    assert refusal.value.where == "names.csv:3 number"


def test_a_mention_is_a_record_of_one_village(lai_chau_dataset) -> None:
    units = {unit.unit_id for unit in lai_chau_dataset.units if unit.level == "village"}
    assert {m.unit_id for m in lai_chau_dataset.mentions} == units
    assert all(isinstance(m, VillageMention) for m in lai_chau_dataset.mentions)
