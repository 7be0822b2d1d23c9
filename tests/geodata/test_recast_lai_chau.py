"""The real mergers: nothing is lost between the units of 2013, 2020 and 2025, in any direction."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from geodata.dataset import Dataset, default_dataset_folder, read_dataset
from geodata.model import Succession
from geodata.recast.balance_sheet import balance_sheet
from geodata.recast.inputs import RecastInputs
from geodata.recast.rules import recast
from geodata.succession.crosswalk import Crosswalk
from geodata.succession.crosswalk_chain import (
    ancestor,
    compose_crosswalk,
    unit_areas,
    units_valid_on,
)
from geodata.succession.crosswalk_table import crosswalk_csv
from geodata.succession.lineage import predecessor_steps, unit_formations
from geodata.succession.shares import check_shares, units_with_unknown_border

CENSUS = dt.date(2019, 4, 1)
BEFORE = dt.date(2025, 6, 30)
NOW = dt.date(2025, 7, 1)
TOTAL = 460_196


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    if not (default_dataset_folder() / "shipped" / "succession.csv").is_file():
        pytest.skip("the dataset is not built")
    return read_dataset(default_dataset_folder())


@pytest.fixture(scope="module")
def units(dataset):
    return {unit.unit_id: unit for unit in dataset.units}


@pytest.fixture(scope="module")
def census(dataset, units):
    found = {
        seen.unit_id: seen
        for seen in dataset.observations
        if seen.indicator == "population" and seen.period == "2019-04-01"
        if units[seen.unit_id].level == "commune"
    }
    if sum(seen.value for seen in found.values()) != TOTAL:
        pytest.skip("the census is not loaded commune by commune")
    return found


@pytest.fixture
def table(dataset, units, census):
    people = {unit: seen.value for unit, seen in census.items()}
    sizes = {"population": people}

    def made(start: dt.date, end: dt.date, **levels) -> Crosswalk:
        return compose_crosswalk(
            units, dataset.successions, start, end, "commune", sizes=sizes, **levels
        )

    return made


def indicator(dataset, name="population"):
    return dataset.catalogue.indicators[name]


def code(units, text, day):
    """The commune of a code on a day."""
    return next(u for u in units_valid_on(units.values(), "commune", day) if u.code == text)


def test_shares_of_every_unit_sum_to_one(dataset):
    assert check_shares(dataset.successions) == ()


@pytest.mark.parametrize(
    "wanted",
    [
        (CENSUS, "commune", 108),
        (NOW, "commune", 38),
        (BEFORE, "district", 8),
        (CENSUS, "district", 8),
        (NOW, "province", 1),
    ],
)
def test_census_is_kept_on_the_units_of_every_day(dataset, table, census, wanted):
    day, level, count = wanted
    crosswalk = table(CENSUS, day, to_level=level)
    result = recast(indicator(dataset), "2019-04-01", crosswalk, RecastInputs(census))
    assert len(result.records) == count
    assert sum(record.value for record in result.records.values()) == pytest.approx(TOTAL)
    assert {record.status for record in result.records.values()} == {"summed"}
    assert {record.coverage for record in result.records.values()} == {1.0}


def test_census_is_kept_on_the_106_of_2020_though_two_cannot_be_told_apart(
    dataset, units, table, census
):
    result = recast(indicator(dataset), "2019-04-01", table(CENSUS, BEFORE), RecastInputs(census))
    sheet = balance_sheet(result, {u: ancestor(u, units, CENSUS, "district") for u in census})
    assert len(result.records) == 106
    assert (sheet.total.before, sheet.total.residual) == (TOTAL, 0)
    assert all(row.residual == 0 for row in sheet.rows)
    # What is not placed are the people of the units of which Nậm Loỏng became a part, and its own.
    sung_phai, quyet_thang, nam_loong = (
        census[code(units, text, CENSUS).unit_id].value for text in ("03397", "03386", "03403")
    )
    assert sheet.total.undivided == sung_phai + quyet_thang + nam_loong
    assert sheet.total.after == TOTAL - sheet.total.undivided
    assert set(sheet.unreached) == {"03386-20200201", "03403-20200201"}
    for unit, least in (("03386-20200201", quyet_thang), ("03403-20200201", sung_phai)):
        record = result.records[unit]
        assert (record.value, record.status) == (None, "not_recoverable")
        assert (record.low, record.high) == (least, least + nam_loong)
        assert "shares of its parts are not known" in record.reason["en"]
        assert {part.share for part in record.contributions} == {1.0, None}


def test_nam_loong_is_divided_in_2020_and_whole_again_in_2025(dataset, units, table, census):
    old = code(units, "03403", CENSUS).unit_id
    in_2020 = [link for link in table(CENSUS, BEFORE).links() if link.source == old]
    assert {link.target for link in in_2020} == {"03386-20200201", "03403-20200201"}
    assert all(not link.whole and not link.shares for link in in_2020)
    (now,) = [link for link in table(CENSUS, NOW).links() if link.source == old]
    assert (now.target, now.whole) == ("03388-20250701", True)
    records = recast(
        indicator(dataset), "2019-04-01", table(CENSUS, NOW), RecastInputs(census)
    ).records
    doan_ket = records["03388-20250701"]
    fed = {part.observation.unit_id[:5]: part.share for part in doan_ket.contributions}
    assert set(fed.values()) == {1.0}
    assert "03403" in fed
    assert doan_ket.value == sum(census[code(units, each, CENSUS).unit_id].value for each in fed)
    assert doan_ket.status == "summed"


def test_what_is_not_known_of_nam_loong_is_said_wherever_it_matters(dataset, units):
    old = code(units, "03403", CENSUS).unit_id
    steps = [row for row in dataset.successions if row.from_id == old]
    for step in steps:
        assert (step.whole, step.share_area, step.share_population) == (False, None, None)
        for words in ("Quyết Thắng", "Sùng Phài"):
            assert words in step.note.vi
            assert words in step.note["en"]
        accuracy = next(each for each in dataset.accuracies if each.unit_id == step.to_id)
        assert "is not known" in accuracy.note["en"]
        assert units[step.to_id].boundary_quality == "indicative"
        on_shape = [s for s in dataset.observations if s.unit_id == step.to_id and s.method]
        assert on_shape
        assert all("is not known" in seen.doubt["en"] for seen in on_shape)
    # No share is made up of a shape, either: what nobody knows is weighed by nobody.
    sizes = unit_areas(units.values(), units_with_unknown_border(dataset.successions))
    assert not {step.to_id for step in steps} & sizes.keys()


@pytest.mark.parametrize("name", ["Mường Mít", "Ta Gia"])
def test_old_lines_that_stray_do_not_move_people(dataset, units, table, census, name):
    """Their old outlines lie elsewhere, and the law says where they went: the law holds."""
    (old,) = [u for u in units_valid_on(units.values(), "commune", CENSUS) if u.name.vi == name]
    accuracy = next(each for each in dataset.accuracies if each.unit_id == old.unit_id)
    assert accuracy.outside_share > 0.1
    assert accuracy.note["en"]
    (link,) = [link for link in table(CENSUS, NOW).links() if link.source == old.unit_id]
    assert link.whole
    records = recast(
        indicator(dataset), "2019-04-01", table(CENSUS, NOW), RecastInputs(census)
    ).records
    parts = {part.observation.unit_id: part for part in records[link.target].contributions}
    assert (parts[old.unit_id].share, records[link.target].status) == (1.0, "summed")


def test_households_give_shares_where_a_district_was_divided(dataset, units):
    steps = [row for row in dataset.successions if row.from_id == "106-20130101"]
    homes = {
        seen.unit_id: seen.value
        for seen in dataset.observations
        if seen.indicator == "households" and seen.period == "2019-04-01"
    }
    of_district = [
        u.unit_id
        for u in units_valid_on(units.values(), "commune", CENSUS)
        if ancestor(u.unit_id, units, CENSUS, "district") == "106-20130101"
    ]
    went = homes[code(units, "03397", CENSUS).unit_id]
    share = {step.to_id: step.share_households for step in steps}
    expected = went / sum(homes[u] for u in of_district)
    assert share["105-20200201"] == pytest.approx(expected, abs=5e-5)
    assert sum(share.values()) == pytest.approx(1)
    assert all("GSO" in step.note.vi for step in steps)


def test_balance_by_district_leaves_nothing(dataset, units, table, census):
    districts = {u: ancestor(u, units, CENSUS, "district") for u in census}
    result = recast(indicator(dataset), "2019-04-01", table(CENSUS, NOW), RecastInputs(census))
    sheet = balance_sheet(result, districts)
    assert len(sheet.rows) == 8
    assert sheet.total.after == pytest.approx(TOTAL)
    assert all(row.residual == pytest.approx(0) and not row.missing for row in sheet.rows)
    assert sheet.unreached == {}


def test_there_and_back_again(dataset, units, table, census):
    there = recast(
        indicator(dataset), "2019-04-01", table(CENSUS, NOW), RecastInputs(census)
    ).records
    values = {
        unit: dataclasses.replace(next(iter(census.values())), unit_id=unit, value=record.value)
        for unit, record in there.items()
    }
    back = recast(
        indicator(dataset), "2019-04-01", table(NOW, CENSUS), RecastInputs(values)
    ).records
    # Split by the very people that were summed, everyone is back where they were.
    assert {unit: record.value for unit, record in back.items()} == pytest.approx(
        {unit: seen.value for unit, seen in census.items()}
    )
    alone = [unit for unit, record in back.items() if record.status == "summed"]
    assert {units[unit].name.vi for unit in alone} >= {"Mù Cả", "Tà Tổng"}


def test_binh_lu_from_three(dataset, units, table, census):
    binh_lu = code(units, "03390", NOW)
    parts = predecessor_steps(
        binh_lu.unit_id, units, dataset.successions, {"area": unit_areas(units.values())}
    )
    assert {part.old.name.vi for part in parts} == {"Tam Đường", "Bình Lư", "Sơn Bình"}
    record = recast(
        indicator(dataset), "2019-04-01", table(CENSUS, NOW), RecastInputs(census)
    ).records[binh_lu.unit_id]
    olds = [part.old.unit_id for part in parts]
    assert (record.value, record.status) == (sum(census[old].value for old in olds), "summed")


def test_doan_ket_from_five_and_mu_ca_unchanged(dataset, units, table, census):
    found = {
        item.unit.name.vi: item
        for item in unit_formations(
            units, dataset.successions, NOW, {"area": unit_areas(units.values())}
        )
    }
    assert len(found) == 38
    assert len(found["Đoàn Kết"].parts) == 5
    records = recast(
        indicator(dataset), "2019-04-01", table(CENSUS, NOW), RecastInputs(census)
    ).records
    for name in ("Mù Cả", "Tà Tổng"):
        item = found[name]
        (part,) = item.parts
        assert records[item.unit.unit_id].value == census[part.old.unit_id].value


def divided(dataset, units):
    """The successions with Nậm Loỏng divided in 2020 among three neighbours, shares supposed."""
    rows = [
        row for row in dataset.successions if units[row.from_id].code != "03403" or row.date == NOW
    ]
    old = code(units, "03403", CENSUS)
    first = next(row for row in dataset.successions if row.from_id == old.unit_id)
    shares = {"03403": (0.7, 0.4), "03386": (0.2, 0.35), "03389": (0.1, 0.25)}
    day = first.date
    return day, [
        *rows,
        *(
            Succession(
                old.unit_id, code(units, to, day).unit_id, day, first.legal_basis, False, *share,
                first.source_id,
            )
            for to, share in shares.items()
        ),
    ]  # fmt: skip


def test_nam_loong_divided_is_estimated_in_2020_and_exact_again_in_2025(dataset, units, census):
    day, rows = divided(dataset, units)
    old = code(units, "03403", CENSUS).unit_id
    kind = indicator(dataset)
    in_2020 = recast(
        kind,
        "2019-04-01",
        compose_crosswalk(units, rows, CENSUS, day, "commune"),
        RecastInputs(census),
    )
    parts = [
        (record, part)
        for record in in_2020.records.values()
        for part in record.contributions
        if part.observation.unit_id == old
    ]
    assert sum(part.share for _, part in parts) == pytest.approx(1)
    assert {record.status for record, _ in parts} == {"estimated"}
    assert all(record.low < record.high for record, _ in parts)
    assert sum(r.value for r in in_2020.records.values()) == pytest.approx(TOTAL)
    now = recast(
        kind,
        "2019-04-01",
        compose_crosswalk(units, rows, CENSUS, NOW, "commune"),
        RecastInputs(census),
    )
    doan_ket = now.records[code(units, "03388", NOW).unit_id]
    assert (doan_ket.status, doan_ket.weight) == ("summed", "")


def test_household_size_is_rebuilt_and_not_averaged(dataset, units, table, census):
    homes = {
        seen.unit_id: seen
        for seen in dataset.observations
        if seen.indicator == "households" and seen.period == "2019-04-01"
    }
    if not set(census) <= set(homes):
        pytest.skip("households are not loaded")
    kind = indicator(dataset, "household_size")
    result = recast(
        kind,
        "2019-04-01",
        table(CENSUS, NOW, to_level="province"),
        RecastInputs(
            {},
            numerators=census,
            denominators=homes,
            denominator=indicator(dataset, "households"),
        ),
    )
    (record,) = result.records.values()
    assert record.value == pytest.approx(TOTAL / sum(homes[unit].value for unit in census))
    assert record.status == "summed"


def test_open_table_names_every_old_and_new_unit(dataset, units, table):
    text = crosswalk_csv(table(CENSUS, NOW), units)
    assert len(text.splitlines()) >= 109
    for day in (CENSUS, NOW):
        assert all(unit.unit_id in text for unit in units_valid_on(units.values(), "commune", day))
