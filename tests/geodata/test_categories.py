"""Named classes as values: in the catalogue, documents, tables and the store, over a merger."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.build.document_observations import scan_document_observations
from geodata.catalogue import Catalogue, read_catalogue, read_indicator
from geodata.category_list import read_category, with_category_places
from geodata.check import check_dataset
from geodata.dataset import Dataset, read_dataset
from geodata.dataset_files import read_dataset_files
from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Text
from geodata.model import Category, Indicator, Observation
from geodata.recast.inputs import RecastInputs
from geodata.recast.rules import RecastResult, recast
from geodata.recast.service import ObservationQuery, recast_observations
from geodata.record_codec import from_older_row, from_row, read_csv, to_csv, to_row
from geodata.store import Store
from geodata.succession.crosswalk import Crosswalk, Link
from geodata.toml_reader import TableReader
from tests.build_helpers import indicator

BEFORE, SINCE = dt.date(2013, 1, 1), dt.date(2025, 7, 1)
CLASSES = tuple(Category(f"area_{n}", Text(f"Khu vực {n}", f"Area {n}")) for n in (1, 2, 3))
AREA = indicator("area", "category", decimals=0, minimum=None, categories=CLASSES, ordered=True)
ENTRY = {
    "id": "area",
    "name": {"vi": "Khu vực", "en": "Area"},
    "definition": {"vi": "Khu vực", "en": "Area"},
    "kind": "category",
    "levels": ["commune"],
    "categories": [
        {"id": "a", "name": {"vi": "Một", "en": "One"}},
        {"id": "b", "name": {"vi": "Hai", "en": "Two"}},
    ],
}


def read(changes: dict[str, object]) -> Indicator:
    entry = {key: value for key, value in {**ENTRY, **changes}.items() if value is not None}
    reader = TableReader("x.toml [area]", entry)
    found = read_indicator(reader, "t", {})
    reader.finish()
    return found


# The catalogue


def test_a_category_lists_its_classes_in_their_order() -> None:
    found = read({"ordered": True, "direction": "down"})
    assert found.category_ids == ("a", "b")
    assert found.categories[1].name == Text("Hai", "Two")
    assert (found.ordered, found.direction, found.measure_unit.id) == (True, "down", "")
    assert [found.place_of("a"), found.place_of("b")] == [1.0, 2.0]
    assert found.category_at(2.0) == found.categories[1]
    assert [found.category_at(place) for place in (0.0, 3.0, 1.5)] == [None] * 3


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"range": [0, 1]}, "range"),
        ({"denominator": "people"}, "denominator"),
        ({"numerator": "people"}, "numerator"),
        ({"ratio_factor": 100}, "ratio_factor"),
        ({"decimals": 1}, "decimals"),
        ({"measure_unit": "percent"}, "measure_unit"),
        ({"extreme": "highest"}, "extreme"),
        ({"classification": {"scheme": "quantiles"}}, "classification"),
        ({"direction": "up"}, "direction"),
        ({"categories": None}, "categories"),
        ({"categories": ENTRY["categories"][:1]}, "categories"),  # type: ignore[index]
        ({"categories": [*ENTRY["categories"], ENTRY["categories"][0]]}, "categories"),  # type: ignore[index, misc]
        ({"categories": [{"id": "A b", "name": {"vi": "x", "en": "y"}}] * 2}, "id"),
        ({"kind": "count", "measure_unit": None}, "categories"),
        ({"ordered": "yes"}, "ordered"),
        (
            {
                "ordered": True,
                "categories": [
                    {"id": "a", "name": {"vi": "x", "en": "x"}, "colour": "blue"},
                    {"id": "b", "name": {"vi": "y", "en": "y"}},
                ],
            },
            "colour",
        ),
    ],
)
def test_a_field_that_a_category_cannot_have_is_a_fault(
    changes: dict[str, object], where: str
) -> None:
    with pytest.raises(FileFault) as caught:
        read(changes)
    assert str(caught.value.where).endswith(where)


def test_the_classes_survive_the_store_and_the_ledger() -> None:
    assert from_row(Indicator, to_row(AREA)) == AREA
    assert from_row(Indicator, to_row(indicator("people"))) == indicator("people")


def test_an_indicator_that_a_ledger_kept_before_there_were_categories_is_read() -> None:
    row = to_row(indicator("people"))
    older = {name: row[name] for name in row if name not in ("categories", "ordered")}
    assert from_older_row(Indicator, older) == indicator("people")
    with pytest.raises(KeyError):
        from_older_row(Indicator, {name: row[name] for name in older if name != "kind"})


# Documents and tables


def rows(folder: Path, *lines: str) -> Path:
    header = (
        "unit_id,indicator,period,status,value,source,quote,scale,stated_percent,basis,method_vi,"
        "method_en,doubt_vi,doubt_en,note_vi,note_en,quality,printed"
    )
    (folder / "observations").mkdir()
    (folder / "observations/x.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
    return folder


def documents(folder: Path) -> tuple[list[Observation], list[FileFault]]:
    from tests.build_helpers import catalogue

    return scan_document_observations(folder, catalogue(AREA, indicator("people")))


def test_a_document_names_the_class_by_its_code(tmp_path: Path) -> None:
    line = '98001-20250701,area,2025,actual,area_3,report,"xã thuộc khu vực III",,,,,,,,,,,'
    found, faults = documents(rows(tmp_path, line))
    assert faults == []
    assert [(each.category, each.value) for each in found] == [("area_3", 3.0)]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("area_4,report,q,,,,,,,,,,,", "value"),
        ("3,report,q,,,,,,,,,,,", "value"),
        (",report,q,,,,,,,,,,,", "value"),
        ("area_1,report,q,10,,,,,,,,,,", "scale"),
        ("area_1,report,q,,97,,,,,,,,,", "stated_percent"),
        ("area_1,report,q,,,,,,vì,why,,,read_as,3", "printed"),
    ],
)
def test_a_number_or_an_unknown_class_is_a_fault_of_its_cell(
    tmp_path: Path, cells: str, column: str
) -> None:
    found, faults = documents(rows(tmp_path, f"98001-20250701,area,2025,actual,{cells}"))
    assert found == []
    assert [str(each.where).rpartition(" ")[2] for each in faults] == [column]


def test_a_class_where_a_number_belongs_is_a_fault(tmp_path: Path) -> None:
    line = "98001-20250701,people,2025,actual,area_1,report,q,,,,,,,,,,,"
    found, faults = documents(rows(tmp_path, line))
    assert (found, len(faults)) == ([], 1)


def test_the_nearest_class_is_named_where_a_cell_is_misspelt() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_category("area_ 2", AREA)
    assert "area_2" in caught.value.allowed_text("en")
    assert read_category(" area_2 ", AREA) == "area_2"
    assert read_category("II", AREA, {"II": "area_2"}) == "area_2"
    with pytest.raises(InvalidInput):
        read_category("area_2", AREA, {"II": "area_2"})


def figure_of(dataset: Dataset, unit: str, name: str) -> Observation:
    (found,) = [o for o in dataset.observations if (o.unit_id, o.indicator) == (unit, name)]
    return found


def test_words_of_a_table_become_the_codes_they_stand_for(lam_khe_dataset: Dataset) -> None:
    found = figure_of(lam_khe_dataset, "98005-20130101", "difficulty_area")
    assert (found.category, found.value) == ("area_2", 2.0)
    assert found.quote == "98005,Xã Ao Sen,II,suối"
    assert not any(
        o.unit_id == "98014-20130101" and o.indicator == "water_supply"
        for o in lam_khe_dataset.observations
    ), "an empty cell is no class"


def test_a_table_that_maps_a_word_to_no_class_is_refused(lam_khe_copy: Path) -> None:
    path = lam_khe_copy / "inputs/tables.toml"
    path.write_text(path.read_text().replace('I = "area_1"', 'I = "area_9"'))
    with pytest.raises(FileFault) as caught:
        read_dataset_files(lam_khe_copy)
    assert "area_9" in caught.value.message("en")


def test_nothing_is_summed_of_classes(lam_khe_dataset: Dataset) -> None:
    """Districts have no class, though all of their communes have one."""
    units = {o.unit_id for o in lam_khe_dataset.observations if o.category}
    assert {len(unit.split("-")[0]) for unit in units} == {5}


# Shipped tables and the store


def test_the_place_of_a_class_follows_the_catalogue_not_the_table(lam_khe_copy: Path) -> None:
    """A catalogue whose list was turned round gives every figure the new place of its class."""
    path = lam_khe_copy / "indicators/services.toml"
    lines = path.read_text().splitlines(keepends=True)
    first, third = (next(line for line in lines if f'id = "area_{n}"' in line) for n in (1, 3))
    text = path.read_text()
    path.write_text(text.replace(first, "@").replace(third, first).replace("@", third))
    found = figure_of(read_dataset(lam_khe_copy), "98003-20130101", "difficulty_area")
    assert (found.category, found.value) == ("area_3", 1.0)


@pytest.mark.parametrize(("code", "name"), [("area_7", "area"), ("", "area"), ("area_1", "people")])
def test_a_shipped_figure_of_no_class_is_refused(code: str, name: str) -> None:
    known = {"area": AREA, "people": indicator("people")}
    figure = Observation("98001-20250701", name, "2025", "actual", 1.0, "register", category=code)
    with pytest.raises(FileFault, match="no such class"):
        with_category_places([figure], known, "observations.csv")


def test_the_check_of_a_dataset_finds_a_figure_without_its_class(lam_khe_copy: Path) -> None:
    path = lam_khe_copy / "shipped/observations.csv"
    figures = read_csv(Observation, path)
    spoilt = [replace(o, category="area_1") if o.indicator == "population" else o for o in figures]
    path.write_text(to_csv(Observation, spoilt))
    found = {fault.message("en") for fault in check_dataset(lam_khe_copy, lam_khe_copy)}
    assert any("no such class" in message and "area_1" in message for message in found)


def test_the_store_gives_back_class_and_place(lam_khe_store: Store) -> None:
    found = lam_khe_store.values("difficulty_area", "2024", "commune", BEFORE)
    assert Counter(each.category for each in found.values()) == {
        "area_1": 2,
        "area_2": 5,
        "area_3": 9,
    }
    assert lam_khe_store.indicator("difficulty_area").category_ids == ("area_1", "area_2", "area_3")


# Over a merger

OLD = "abcdef"
LINKS = [
    Link("a", "P", True, {}),
    Link("b", "P", True, {}),
    Link("c", "Q", True, {}),
    Link("d", "Q", False, {"area": 0.25, "population": 0.5}),
    Link("d", "R", False, {"area": 0.75, "population": 0.5}),
    Link("e", "R", True, {}),
    Link("f", "S", True, {}),
]
SIZES = {
    "area": {"a": 3.0, "b": 1.0, "c": 1.0, "d": 4.0, "e": 1.0, "f": 2.0},
    "population": {"a": 10.0, "b": 30.0, "c": 10.0, "d": 20.0, "e": 30.0, "f": 5.0},
}
TABLE = Crosswalk.from_links(LINKS, SIZES)


def put(classes: dict[str, str], published: dict[str, str] | None = None) -> RecastResult:
    def seen(named: dict[str, str]) -> dict[str, Observation]:
        return {
            unit: Observation(
                unit, "area", "2024", "actual", AREA.place_of(name), "register", category=name
            )
            for unit, name in named.items()
        }

    return recast(AREA, "2024", TABLE, RecastInputs(seen(classes), published=seen(published or {})))


ALL_ONE = dict.fromkeys(OLD, "area_1")


def test_a_unit_whose_former_units_are_all_of_a_class_is_of_it() -> None:
    record = put(ALL_ONE).records["P"]
    assert (record.value, record.status) == (1.0, "unanimous")
    assert [(c.category, c.units, c.area, c.people) for c in record.composition] == [
        ("area_1", 2, 1.0, 1.0)
    ]


def test_a_unit_of_differing_former_units_is_mixed_with_the_shares_and_never_the_majority() -> None:
    record = put({**ALL_ONE, "a": "area_3"}).records["P"]
    assert (record.value, record.status) == (None, "mixed")
    assert [(c.category, c.units, c.area, c.people) for c in record.composition] == [
        ("area_1", 1, 0.25, 0.75),
        ("area_3", 1, 0.75, 0.25),
    ]
    assert {c.observation.unit_id for c in record.contributions} == {"a", "b"}


def test_what_took_in_a_part_of_a_divided_unit_of_the_same_class_is_an_estimate() -> None:
    record = put(ALL_ONE).records["Q"]
    assert (record.value, record.status) == (1.0, "estimated")


def test_a_part_of_a_divided_unit_counts_with_its_own_share() -> None:
    shares = put({**ALL_ONE, "d": "area_2"}).records["Q"].composition
    assert [(c.category, c.units, c.area, c.people) for c in shares] == [
        ("area_1", 1, 0.5, 0.5),
        ("area_2", 1, 0.5, 0.5),
    ]


def test_a_former_unit_without_a_class_leaves_the_class_of_the_whole_unknown() -> None:
    record = put({"b": "area_1"}).records["P"]
    assert (record.value, record.status, record.missing) == (None, "not_recoverable", ("a",))
    assert [(c.category, c.units) for c in record.composition] == [("area_1", 1), ("", 1)]
    assert put({"b": "area_1"}).records["R"].status == "no_data"


def test_the_units_own_class_wins_over_the_mixture() -> None:
    result = put({**ALL_ONE, "a": "area_3"}, published={"P": "area_2"})
    assert (result.records["P"].value, result.records["P"].status) == (2.0, "published")
    assert result.computed["P"].status == "mixed"


def test_several_units_have_no_class_together() -> None:
    unknown = Crosswalk.from_links([Link("d", "Q", False, {}), Link("d", "R", False, {})], {})
    figure = Observation("d", "area", "2024", "actual", 1.0, "register", category="area_1")
    assert recast(AREA, "2024", unknown, RecastInputs({"d": figure})).joint_values == ()


@pytest.mark.slow
@given(st.lists(st.sampled_from(["area_1", "area_2", "area_3", ""]), min_size=6, max_size=6))
def test_shares_add_up_and_a_class_is_one_that_all_have(names: list[str]) -> None:
    classes = {unit: name for unit, name in zip(OLD, names, strict=True) if name}
    for target, record in put(classes).records.items():
        olds = [link.source for link in LINKS if link.target == target]
        found = {classes.get(old, "") for old in olds}
        if record.status == "no_data":
            assert found == {""}
            continue
        assert sum(each.units for each in record.composition) == len(olds)
        for weight in ("area", "people"):
            parts = [getattr(each, weight) for each in record.composition]
            assert sum(parts) == pytest.approx(1)
        if record.value is not None:
            assert found == {AREA.category_ids[int(record.value) - 1]}
        else:
            assert len(found) > 1


def test_the_arrays_of_a_country_say_what_the_records_say() -> None:
    result = put({**ALL_ONE, "a": "area_3"}).records
    values = [np.nan if r.value is None else r.value for r in result.values()]
    assert np.array_equal(result.arrays.value, values, equal_nan=True)


def test_the_synthetic_province_over_its_merger(lam_khe_store: Store) -> None:
    query = ObservationQuery("difficulty_area", "2024", "commune", BEFORE)
    found = recast_observations(lam_khe_store, query, SINCE).records
    assert {unit[:5]: record.status for unit, record in found.items()} == {
        "98001": "mixed",
        "98003": "unanimous",
        "98009": "mixed",
        "98011": "mixed",
        "98016": "unanimous",
    }
    divided = found["98001-20250701"].composition
    assert [(each.category, each.units) for each in divided] == [("area_1", 2), ("area_2", 2)]
    assert sum(each.people or 0 for each in divided) == pytest.approx(1)


def test_the_catalogue_of_the_synthetic_province_is_read_whole(lam_khe_folder: Path) -> None:
    found: Catalogue = read_catalogue(lam_khe_folder)
    water = found.indicators["water_supply"]
    assert [each.colour for each in water.categories] == ["blue", "green", "orange"]
    assert (water.ordered, water.direction) == (False, "neutral")
