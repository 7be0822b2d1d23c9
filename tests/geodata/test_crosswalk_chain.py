"""Toy chains of events with answers worked out by hand."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io

import pytest

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Text
from geodata.model import (
    Classification,
    Indicator,
    MeasureUnit,
    Observation,
    Succession,
    Unit,
)
from geodata.recast.balance_sheet import balance_sheet
from geodata.recast.inputs import RecastInputs
from geodata.recast.rules import recast
from geodata.succession.crosswalk import Crosswalk
from geodata.succession.crosswalk_chain import ancestor, compose_crosswalk, unit_areas
from geodata.succession.crosswalk_table import COLUMNS, crosswalk_csv
from geodata.succession.lineage import (
    predecessor_steps,
    predecessor_value_range,
    successor_steps,
    unit_formations,
)
from geodata.succession.shares import (
    check_shares,
    joint_sizes,
    require_shares,
    units_with_unknown_border,
)

Y0, Y1, Y2 = dt.date(2000, 1, 1), dt.date(2010, 1, 1), dt.date(2020, 1, 1)


def unit(name, start, end, area=1.0, *, parent="d1", level="commune"):
    text = Text(name, name)
    return Unit(
        name, name[:2], level, level, text, text, parent, start, end, area, area,
        "", None, None, "official", "s",
    )  # fmt: skip


def event(old, new, date, whole=True, *shares):
    area, people = (*shares, None, None)[:2]
    return Succession(old, new, date, Text("NQ", "Res."), whole, area, people, "s")


def everything(*units):
    top = unit("p", dt.date(1990, 1, 1), None, level="province", parent=None)
    districts = [
        unit(name, dt.date(1990, 1, 1), None, level="district", parent="p") for name in ("d1", "d2")
    ]
    return {u.unit_id: u for u in (top, *districts, *units)}


@pytest.fixture
def chain():
    """A is divided between X and Y in 2010 (1/4 and 3/4 of its people, 1/2 and 1/2 of its land);
    X and Y, with B, become Z in 2020, while C stays.
    """
    units = everything(
        unit("A", Y0, Y1, 10),
        unit("B", Y0, Y2, 5),
        unit("C", Y0, None, 3, parent="d2"),
        unit("K", Y0, Y1, 6),
        unit("L", Y0, Y1, 2),
        unit("X", Y1, Y2, 11),
        unit("Y", Y1, Y2, 7),
        unit("Z", Y2, None, 23),
    )
    rows = [
        event("A", "X", Y1, False, 0.5, 0.25),
        event("A", "Y", Y1, False, 0.5, 0.75),
        event("K", "X", Y1),
        event("L", "Y", Y1),
        event("X", "Z", Y2),
        event("Y", "Z", Y2),
        event("B", "Z", Y2),
    ]
    return units, rows


PEOPLE = {"A": 400.0, "B": 50.0, "C": 30.0, "K": 100.0, "L": 300.0, "X": 200.0, "Y": 600.0}


def found(table: Crosswalk):
    return {(link.source, link.target): link for link in table.links()}


def test_one_event_carries_the_shares_of_parts(chain):
    units, rows = chain
    links = found(compose_crosswalk(units, rows, Y0, Y1, "commune"))
    assert links["A", "X"].shares == {"area": 0.5, "population": 0.25}
    assert not links["A", "X"].whole
    assert links["K", "X"].whole
    assert links["C", "C"].whole


def test_parts_that_meet_again_are_whole_again(chain):
    units, rows = chain
    table = compose_crosswalk(units, rows, Y0, Y2, "commune")
    assert all(link.whole for link in table.links())
    assert {(link.source, link.target) for link in table.links()} == {
        *((name, "Z") for name in "ABKL"),
        ("C", "C"),
    }


def test_backward_goes_by_the_sizes_of_the_predecessors(chain):
    units, rows = chain
    links = found(compose_crosswalk(units, rows, Y1, Y0, "commune", sizes={"population": PEOPLE}))
    # X had 1/4 of A's 400 people and K's 100: half and half.
    assert links["X", "A"].shares["population"] == pytest.approx(0.5)
    assert links["X", "K"].shares["population"] == pytest.approx(0.5)
    # By land: 5 of A and 6 of K.
    assert links["X", "A"].shares["area"] == pytest.approx(5 / 11)
    assert links["C", "C"].whole


def test_backward_over_two_events(chain):
    units, rows = chain
    links = found(compose_crosswalk(units, rows, Y2, Y0, "commune", sizes={"population": PEOPLE}))
    assert links["Z", "A"].shares["population"] == pytest.approx(400 / 850)
    assert not links["Z", "A"].whole


def test_up_the_hierarchy_parts_meet_in_one_district(chain):
    units, rows = chain
    table = compose_crosswalk(units, rows, Y0, Y1, "commune", to_level="district")
    assert {(link.source, link.target): link.whole for link in table.links()} == {
        **{(name, "d1"): True for name in "ABKL"},
        ("C", "d2"): True,
    }
    back = compose_crosswalk(units, rows, Y2, Y0, "commune", to_level="district")
    assert found(back)["Z", "d1"].whole  # whichever way Z divides, all of it was in d1


def test_never_down_the_hierarchy(chain):
    units, rows = chain
    with pytest.raises(InvalidInput):
        compose_crosswalk(units, rows, Y0, Y1, "district", to_level="commune")


def test_unit_that_ends_nowhere_is_torn_and_not_whole():
    units = everything(unit("A", Y0, Y1), unit("X", Y1, None), unit("Y", Y1, Y2))
    rows = [event("A", "X", Y1, False, 0.4, None), event("A", "Y", Y1, False, 0.6, None)]
    for level in ("commune", "district"):
        (link,) = compose_crosswalk(units, rows, Y0, Y2, "commune", to_level=level).links()
        assert not link.whole
        assert link.shares == {"area": pytest.approx(0.4)}


def test_rounded_shares_sum_to_one_exactly():
    units = everything(unit("A", Y0, Y1), *(unit(n, Y1, None) for n in "XYZ"))
    rows = [event("A", n, Y1, False, 0.3333) for n in "XYZ"]
    links = compose_crosswalk(units, rows, Y0, Y1, "commune").links()
    assert sum(link.shares["area"] for link in links) == pytest.approx(1, abs=1e-15)


def test_circle_is_refused():
    units = everything(unit("A", Y0, Y1), unit("B", Y0, Y1))
    with pytest.raises(FileFault, match="circle"):
        compose_crosswalk(units, [event("A", "B", Y1), event("B", "A", Y1)], Y0, Y2, "commune")


def test_ancestor_takes_the_version_of_the_day():
    units = everything(unit("A", Y0, Y2, parent="e-old"))
    for name, start, end in (("e-old", Y0, Y1), ("e-new", Y1, None)):
        units[name] = unit(name, start, end, level="district", parent="p")
    assert ancestor("A", units, Y0, "district") == "e-old"
    assert ancestor("A", units, Y1, "district") == "e-new"
    assert ancestor("A", units, Y1, "province") == "p"


def test_table_names_every_column_and_every_unit(chain):
    units, rows = chain
    units["N"] = unit("N", Y1, None)  # comes out of nothing
    units["AA"] = unit("AA", Y0, Y1)  # becomes nothing
    table = compose_crosswalk(units, rows, Y0, Y1, "commune", sizes={"population": PEOPLE})
    text = crosswalk_csv(table, units)
    lines = list(csv.DictReader(io.StringIO(text)))
    assert list(lines[0]) == list(COLUMNS)
    assert all(note["vi"] and note["en"] for note in COLUMNS.values())
    a_x = next(line for line in lines if (line["from_id"], line["to_id"]) == ("A", "X"))
    assert (a_x["whole"], a_x["share_area"], a_x["share_population"]) == ("false", "0.5", "0.25")
    assert a_x["part_population"] == "0.5"
    assert a_x["share_households"] == ""
    assert [line["to_id"] for line in lines if not line["from_id"]] == ["N"]
    assert [line["from_id"] for line in lines if not line["to_id"]] == ["AA"]
    pairs = [(line["from_id"] or "~", line["to_id"]) for line in lines]
    assert pairs == sorted(pairs)
    assert "\r" not in text


def test_explorer_tells_both_ways(chain):
    units, rows = chain
    sizes = {"population": PEOPLE, "area": unit_areas(units.values())}
    parts = predecessor_steps("Y", units, rows, sizes)
    assert [part.old.unit_id for part in parts] == ["A", "L"]
    assert parts[0].of_old == {"area": 0.5, "population": 0.75}
    assert parts[0].of_new["population"] == pytest.approx(0.5)
    assert parts[0].of_new["area"] == pytest.approx(5 / 7)
    assert [part.new.unit_id for part in successor_steps("A", units, rows, sizes)] == ["Y", "X"]
    assert successor_steps("C", units, rows, sizes) == ()


def test_formations_name_the_old_districts(chain):
    units, rows = chain
    rows = [*rows, event("C", "Z", Y2)]
    units["C"] = unit("C", Y0, Y2, 3, parent="d2")
    (formation,) = unit_formations(units, rows, Y2, {"area": unit_areas(units.values())})
    assert formation.districts == ("d1", "d2")
    assert len(formation.parts) == 4


def test_spread_says_who_had_the_lowest_and_who_has_none(chain):
    units, rows = chain
    parts = predecessor_steps("Z", units, rows, {})
    values = {n: Observation(n, "i", "2015", "actual", v, "s") for n, v in (("X", 4.0), ("B", 9.0))}
    seen = predecessor_value_range(parts, values)
    assert (seen.low.unit_id, seen.high.unit_id, seen.width) == ("X", "B", 5.0)
    assert seen.without_value == ("Y",)
    assert predecessor_value_range(parts, {}) is None


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([event("A", "X", Y1, False, 0.5), event("A", "Y", Y1, False, 0.4)], "sum to one"),
        ([event("A", "X", Y1), event("A", "Y", Y1, False, 0.4)], "other parts"),
        ([event("A", "X", Y1), event("A", "X", Y1)], "twice"),
        ([event("A", "X", Y1, False), event("A", "Y", Y1, False)], "no share is known and no"),
        ([event("A", "X", Y1, False, 1.5), event("A", "Y", Y1, False, -0.5)], "outside"),
        ([event("A", "X", Y1, False, 0.5, 1.0), event("A", "Y", Y1, False, 0.5)], "Only some"),
    ],
)
def test_shares_that_do_not_add_up_are_named(rows, words):
    assert any(words in fault.what["en"] for fault in check_shares(rows))
    with pytest.raises(FileFault, match="A 2010-01-01"):
        require_shares(rows)


def test_parts_of_unknown_size_must_say_why():
    rows = [event("A", to, Y1, False) for to in "XY"]
    told = [dataclasses.replace(row, note=Text("Chưa rõ", "Not known")) for row in rows]
    require_shares(told)
    (fault,) = check_shares([told[0], rows[1]])
    assert (fault.from_id, fault.found) == ("A", "Y")
    assert "no reason" in fault.what["en"]


def test_parts_of_unknown_size_meet_again_and_weigh_nothing_until_then():
    units = everything(
        unit("A", Y0, Y1, 4), unit("B", Y0, Y1, 6), unit("X", Y1, Y2, 9), unit("Y", Y1, Y2, 1),
        unit("Z", Y2, None, 10),
    )  # fmt: skip
    units |= {name: dataclasses.replace(units[name], official_area_km2=None) for name in "XY"}
    note = Text("Chưa rõ", "Not known")
    rows = [
        *(dataclasses.replace(event("A", to, Y1, False), note=note) for to in "XY"),
        event("B", "X", Y1), event("X", "Z", Y2), event("Y", "Z", Y2),
    ]  # fmt: skip
    assert units_with_unknown_border(rows) == {"X", "Y"}
    first = found(compose_crosswalk(units, rows, Y0, Y1, "commune"))
    assert (first["A", "X"].whole, first["A", "X"].shares) == (False, {})
    assert found(compose_crosswalk(units, rows, Y0, Y2, "commune"))["A", "Z"].whole
    assert found(compose_crosswalk(units, rows, Y0, Y1, "commune", to_level="district"))[
        "A", "d1"
    ].whole
    back = found(compose_crosswalk(units, rows, Y2, Y0, "commune"))
    assert back["Z", "A"].shares["area"] == pytest.approx(0.4)
    for day, said in ((Y1, "Not known"), (Y2, "")):
        table = crosswalk_csv(compose_crosswalk(units, rows, Y0, day, "commune"), units, rows)
        lines = list(csv.DictReader(io.StringIO(table)))
        assert {row["note_en"] for row in lines if row["from_id"] == "A"} == {said}
        assert {row["share_area"] for row in lines if row["from_id"] == "A"} == {"1" * (not said)}
    # How Z divides between X and Y is as unknown as the shapes of these.
    assert not compose_crosswalk(units, rows, Y1, Y2, "commune").parts_known["area"].any()


def test_what_is_known_of_units_together_gives_the_parts_of_the_others():
    """X and Y have A's and B's land together, so C is 3 / (4 + 6 + 3 + 7) of Z by hand."""
    units = everything(
        unit("A", Y0, Y1, 4), unit("B", Y0, Y1, 6), unit("X", Y1, Y2, 9), unit("Y", Y1, Y2, 1),
        unit("C", Y0, Y2, 3), unit("D", Y0, Y2, 7), unit("Z", Y2, None, 20),
    )  # fmt: skip
    units |= {name: dataclasses.replace(units[name], official_area_km2=None) for name in "XY"}
    note = Text("Chưa rõ", "Not known")
    rows = [
        *(dataclasses.replace(event("A", to, Y1, False), note=note) for to in "XY"),
        event("B", "X", Y1), *(event(old, "Z", Y2) for old in "XYCD"),
    ]  # fmt: skip
    sizes = {"area": unit_areas(units.values(), units_with_unknown_border(rows))}
    assert joint_sizes(rows, sizes) == {"area": [({"X", "Y"}, 10)]}
    parts = {part.old.unit_id: part.of_new for part in predecessor_steps("Z", units, rows, sizes)}
    assert parts == {"C": {"area": 0.15}, "D": {"area": 0.35}, "X": {}, "Y": {}}
    # Back from Z, C and D have their share; X and Y have the rest, who knows how.
    table = compose_crosswalk(units, rows, Y2, Y1, "commune")
    back = found(table)
    assert back["Z", "C"].shares["area"] == pytest.approx(0.15)
    assert (back["Z", "X"].shares, back["Z", "Y"].shares) == ({}, {})
    kind = Indicator(
        "people", "t", Text(""), Text(""), Text(""),
        MeasureUnit("person", Text(""), Text(""), True), "count", None, None, None,
        "up", 0, 0.0, None, ("commune",), (), Classification(), "g", "s",
    )  # fmt: skip
    result = recast(
        kind,
        "2025",
        table,
        RecastInputs({"Z": Observation("Z", "people", "2025", "actual", 200.0, "s")}),
    )
    assert result.records["C"].value == pytest.approx(30)
    assert (result.records["C"].status, result.records["C"].weight) == ("estimated", "area")
    assert (result.records["X"].status, result.records["X"].high) == ("not_recoverable", 200)
    sheet = balance_sheet(result)
    assert (sheet.total.after, sheet.total.undivided) == (pytest.approx(100), pytest.approx(100))
    assert sheet.total.residual == pytest.approx(0)


def test_shares_that_add_up_pass(chain):
    require_shares(chain[1])


def test_sizes_are_known_together_as_soon_as_those_of_all_parts_are():
    note = Text("Chưa rõ", "Not known")
    rows = [
        *(dataclasses.replace(event("A", to, Y1, False), note=note) for to in "XY"),
        event("B", "X", Y1),
    ]  # fmt: skip
    together = {"area": [({"X", "Y"}, 10)]}
    assert joint_sizes(rows, {"area": {"A": 4, "B": 6}}) == together
    assert joint_sizes(rows, {"area": {"A": 4, "B": 6, "C": 9}}) == together
    assert joint_sizes(rows, {"area": {"A": 4, "C": 6}}) == {"area": []}
    elsewhere = [*rows, event("B", "Z", Y1, False)]
    assert joint_sizes(elsewhere, {"area": {"A": 4, "B": 6}}) == {"area": []}
