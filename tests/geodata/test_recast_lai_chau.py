"""The real mergers: nothing is lost between the units of 2013, 2020 and 2025, in any direction."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from geodata.dataset import Dataset, default_folder, read_shipped
from geodata.model import Succession
from geodata.recast.balance import balance
from geodata.recast.recast import recast
from geodata.succession.chains import ancestor, areas, compose, units_on
from geodata.succession.crosswalk import Crosswalk
from geodata.succession.explorer import formations, formed_from
from geodata.succession.shares import check_shares
from geodata.succession.table import old_new_table

CENSUS = dt.date(2019, 4, 1)
BEFORE = dt.date(2025, 6, 30)
NOW = dt.date(2025, 7, 1)
TOTAL = 460_196


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    if not (default_folder() / "shipped" / "succession.csv").is_file():
        pytest.skip("the dataset is not built")
    return read_shipped(default_folder())


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
        return compose(units, dataset.successions, start, end, "commune", sizes=sizes, **levels)

    return made


def indicator(dataset, name="population"):
    return dataset.catalogue.indicators[name]


def code(units, text, day):
    """The commune of a code on a day."""
    return next(u for u in units_on(units.values(), "commune", day) if u.code == text)


def test_shares_of_every_unit_sum_to_one(dataset):
    assert check_shares(dataset.successions) == ()


@pytest.mark.parametrize(
    "wanted",
    [
        (BEFORE, "commune", 106),
        (NOW, "commune", 38),
        (BEFORE, "district", 8),
        (NOW, "province", 1),
    ],
)
def test_census_is_kept_on_the_units_of_every_day(dataset, table, census, wanted):
    day, level, count = wanted
    crosswalk = table(CENSUS, day, to_level=level)
    result = recast(indicator(dataset), "2019-04-01", crosswalk, census)
    assert len(result.records) == count
    assert sum(record.value for record in result.records.values()) == pytest.approx(TOTAL)
    assert {record.coverage for record in result.records.values()} == {1.0}


def test_balance_by_district_leaves_nothing(dataset, units, table, census):
    districts = {u: ancestor(u, units, CENSUS, "district") for u in census}
    result = recast(indicator(dataset), "2019-04-01", table(CENSUS, NOW), census)
    sheet = balance(result, districts)
    assert len(sheet.rows) == 8
    assert sheet.total.after == pytest.approx(TOTAL)
    assert all(row.residual == pytest.approx(0) and not row.missing for row in sheet.rows)
    assert sheet.unreached == {}


def test_there_and_back_again(dataset, units, table, census):
    there = recast(indicator(dataset), "2019-04-01", table(CENSUS, NOW), census).records
    values = {
        unit: dataclasses.replace(next(iter(census.values())), unit_id=unit, value=record.value)
        for unit, record in there.items()
    }
    back = recast(indicator(dataset), "2019-04-01", table(NOW, CENSUS), values).records
    # Split by the very people that were summed, everyone is back where they were.
    assert {unit: record.value for unit, record in back.items()} == pytest.approx(
        {unit: seen.value for unit, seen in census.items()}
    )
    alone = [unit for unit, record in back.items() if record.status == "summed"]
    assert {units[unit].name.vi for unit in alone} >= {"Mù Cả", "Tà Tổng"}


def test_binh_lu_from_three(dataset, units, table, census):
    binh_lu = code(units, "03390", NOW)
    parts = formed_from(
        binh_lu.unit_id, units, dataset.successions, {"area": areas(units.values())}
    )
    assert {part.old.name.vi for part in parts} == {"Tam Đường", "Bình Lư", "Sơn Bình"}
    record = recast(indicator(dataset), "2019-04-01", table(CENSUS, NOW), census).records[
        binh_lu.unit_id
    ]
    olds = [part.old.unit_id for part in parts]
    assert (record.value, record.status) == (sum(census[old].value for old in olds), "summed")


def test_doan_ket_from_five_and_mu_ca_unchanged(dataset, units, table, census):
    found = {
        item.unit.name.vi: item
        for item in formations(units, dataset.successions, NOW, {"area": areas(units.values())})
    }
    assert len(found) == 38
    assert len(found["Đoàn Kết"].parts) == 5
    records = recast(indicator(dataset), "2019-04-01", table(CENSUS, NOW), census).records
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
    in_2020 = recast(kind, "2019-04-01", compose(units, rows, CENSUS, day, "commune"), census)
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
    now = recast(kind, "2019-04-01", compose(units, rows, CENSUS, NOW, "commune"), census)
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
        kind, "2019-04-01", table(CENSUS, NOW, to_level="province"), {}, numerators=census,
        denominators=homes, denominator=indicator(dataset, "households"),
    )  # fmt: skip
    (record,) = result.records.values()
    assert record.value == pytest.approx(TOTAL / sum(homes[unit].value for unit in census))
    assert record.status == "summed"


def test_open_table_names_every_old_and_new_unit(dataset, units, table):
    text = old_new_table(table(CENSUS, NOW), units)
    assert len(text.splitlines()) >= 109
    for day in (CENSUS, NOW):
        assert all(unit.unit_id in text for unit in units_on(units.values(), "commune", day))


def test_doubt_about_nam_loong_is_said_where_the_step_is_shown(dataset, units):
    old = code(units, "03403", CENSUS).unit_id
    (step,) = [row for row in dataset.successions if row.from_id == old]
    assert "Quyết Thắng" in step.legal_basis.vi
    assert "not known" in step.legal_basis["en"]
