"""Places and villages in the ledger: published, counted, compared, taken back, brought again."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from ledger_helpers import LAN, MINH, PIGS, SOURCE, UNITS, because, cell, may_all, report
from sqlalchemy import Engine

from geodata.dataset import Dataset, read_dataset
from geodata.errors import Conflict, InvalidInput, NotPermitted
from geodata.i18n import Text
from geodata.ledger.conflicts import PublicationConflict
from geodata.ledger.correcting import undo, undo_plan
from geodata.ledger.database import LEDGER_FILE, open_ledger
from geodata.ledger.history import diff_records, history, records_of, trace_record
from geodata.ledger.ledger_checks import verify
from geodata.ledger.ledger_export import export_csv, export_json_lines
from geodata.ledger.ledger_records import PublicationRequest, Receipt, Writer
from geodata.ledger.list_content import (
    COMPLETE,
    ListContent,
    ListedRecord,
    PlaceScope,
    hash_of_list,
    place_content,
    villages_content,
)
from geodata.ledger.list_publishing import plan_list_publication, publish_list
from geodata.ledger.listed_records import RecordKey, RecordState
from geodata.ledger.publishing import publish
from geodata.ledger.record_differences import entry_differences
from geodata.ledger.revision_writer import NewEntries
from geodata.ledger.served_store import make_store, refresh_store
from geodata.model import Place, PlaceCategory
from geodata.store import Store, create_store, open_store
from geodata.store.village_imports import read_imports
from geodata.villages.import_record import ImportedVillage, VillageImport

pytestmark = pytest.mark.slow

TODAY = dt.date(2025, 7, 1)
SCHOOLS = replace(
    PIGS, id="schools", theme="population", name=Text("Số trường", "Number of schools"),
    levels=("province", "commune"),
)  # fmt: skip
SCHOOL = PlaceCategory("school", Text("Trường học", "Schools"), "school", "population", "schools")
NEW = NewEntries(indicators=[SCHOOLS], place_categories=[SCHOOL])


def place(name: str, unit: str = UNITS[0], lon: float = 103.05) -> Place:
    """A school of the first commune."""
    return Place(
        f"school-{name.lower()}-{unit[:5]}", name, "school", lon, 22.35, unit, unit, "agrees",
        (("Năm", "2015"),), "", f"{name} | Trường học",
    )  # fmt: skip


def listed(*places: Place, scope: PlaceScope | None = None, name: str = "truong.xlsx") -> Any:
    """A list of schools."""
    records = {
        RecordKey("place", one.id): ListedRecord(place_content(one), "DS", str(row))
        for row, one in enumerate(places, 2)
    }
    if scope is not None and scope.communes is None:
        records[RecordKey("complete", "school")] = ListedRecord(COMPLETE)
    return ListContent(name, "", records, scope or PlaceScope(), NEW)


def villages(commune: str, *names: str, **about: Any) -> VillageImport:
    """A list of villages around points."""
    row = {UNITS[4]: (103.35, 22.06), UNITS[0]: (103.05, 22.35)}[commune]
    rows = tuple(
        ImportedVillage(f"b.csv:{n}", "hamlet", name, row[0] + n / 500, row[1], population=10.0 * n)
        for n, name in enumerate(names, 1)
    )
    return VillageImport(commune, "Danh sách bản", rows, file="b.csv", period="2026", **about)


def village_list(*imports: VillageImport) -> ListContent:
    """A list of the villages of some communes."""
    records = {
        RecordKey("villages", one.commune_id): ListedRecord(villages_content(one))
        for one in imports
    }
    return ListContent("b.csv", "", records)


@dataclass
class Office:
    """An instance of the toy dataset with its ledger."""

    folder: Path
    path: Path
    dataset: Dataset
    ledger: Engine

    def publish(self, content: ListContent, writer: Writer = LAN, **about: Any) -> Receipt:
        asked = PublicationRequest(writer, "Danh sách trường", SOURCE, **about)
        return publish_list(self.ledger, self.dataset, content, asked, may_all)

    def served(self) -> Store:
        refresh_store(self.ledger, self.path, self.folder)
        return open_store(self.path)

    def names(self) -> list[str]:
        with closing(self.served()) as store:
            return [one.name for one in store.places().items]

    def counts(self, period: str = "2026-07-05") -> dict[str, float | None]:
        with closing(self.served()) as store:
            return {
                unit: figure.value
                for unit, figure in store.values("schools", period, "commune", TODAY).items()
            }


@pytest.fixture
def office(tmp_path: Path, toy_folder: Path, toy_dataset: Dataset) -> Iterator[Office]:
    ledger = open_ledger(tmp_path / LEDGER_FILE)
    create_store(tmp_path / "toy.gpkg", toy_dataset).close()
    yield Office(toy_folder, tmp_path / "toy.gpkg", toy_dataset, ledger)
    ledger.dispose()


def test_published_places_are_served_with_category_source_and_counts(office: Office) -> None:
    office.publish(listed(place("A"), place("B", UNITS[1], 103.25)))
    with closing(office.served()) as store:
        (one, two) = store.places().items
        assert (one.name, one.columns, one.source_id) == ("A", (("Năm", "2015"),), "publication-1")
        assert store.source(one.source_id).number == "15/BC-UBND"
        assert [c.name.vi for c in store.place_categories()] == ["Trường học"]
        assert two.unit_id == UNITS[1]
        (province,) = store.values("schools", "2026-07-05", "province", TODAY).values()
        assert province.value == 2
        assert store.source(province.source_id).title.vi == SOURCE.title
    assert office.counts() == {UNITS[0]: 1.0, UNITS[1]: 1.0}
    assert verify(office.ledger) == ()


def test_a_list_that_tells_all_of_them_takes_the_others_away_and_makes_zero_of_none(
    office: Office,
) -> None:
    office.publish(listed(place("A"), place("B", UNITS[1], 103.25)))
    everywhere = PlaceScope(frozenset({"school"}), None)
    receipt = office.publish(listed(place("A"), place("C"), scope=everywhere))
    assert dict(receipt.revision.counts) == {
        "added": 2, "changed": 0, "removed": 1, "unchanged": 1, "blank": 0, "doubtful": 0,
    }  # fmt: skip
    assert office.names() == ["A", "C"]
    assert office.counts() == {UNITS[0]: 2.0} | dict.fromkeys(UNITS[1:], 0.0)


def test_a_list_of_some_communes_leaves_the_places_of_the_others_alone(office: Office) -> None:
    office.publish(listed(place("A"), place("B", UNITS[1], 103.25)))
    here = PlaceScope(frozenset({"school"}), frozenset({UNITS[0]}))
    office.publish(listed(place("C"), scope=here))
    assert sorted(office.names()) == ["B", "C"]
    assert office.counts() == {UNITS[0]: 1.0, UNITS[1]: 1.0}  # Not complete: no zero elsewhere.


def test_a_list_taken_back_is_gone_and_taking_that_back_brings_it_again(office: Office) -> None:
    office.publish(listed(place("A")))
    assert undo_plan(office.ledger, 1).count == 1
    undo(office.ledger, 1, because("nhầm tệp"), may_all, seen=1)
    with closing(office.served()) as store:
        assert store.places().items == ()
        assert store.place_categories() == ()
        assert "schools" not in {one.id for one in store.indicators()}
    undo(office.ledger, 2, because("đúng tệp"), may_all)
    assert office.names() == ["A"]
    assert office.counts() == {UNITS[0]: 1.0}
    assert verify(office.ledger) == ()


def test_a_place_changed_later_stays_when_the_earlier_list_is_taken_back(office: Office) -> None:
    office.publish(listed(place("A"), place("B")))
    office.publish(listed(place("A", lon=103.06)), MINH)
    plan = undo_plan(office.ledger, 1)
    assert [change.key.id for change in plan.records] == ["school-b-90001"]
    ((kept),) = plan.kept_records
    assert (kept.key.id, kept.changed_by.account_name) == ("school-a-90001", "Minh")
    undo(office.ledger, 1, because("sai"), may_all)
    with closing(office.served()) as store:
        assert [(one.name, one.lon) for one in store.places().items] == [("A", 103.06)]
        assert store.place_category("school").name.vi == "Trường học"


def test_a_shipped_place_can_be_taken_away_and_comes_back(tmp_path, office: Office) -> None:
    shipped = replace(place("Cũ"), source_id="report")
    catalogue = replace(office.dataset.catalogue, place_categories={"school": SCHOOL})
    dataset = replace(office.dataset, catalogue=catalogue, places=(shipped,))
    everywhere = PlaceScope(frozenset({"school"}), None)
    asked = PublicationRequest(LAN, "Danh sách trường", SOURCE)
    content = replace(listed(place("A"), scope=everywhere), brought=NewEntries())
    publish_list(office.ledger, dataset, content, asked, may_all)

    def served() -> list[tuple[str, str]]:
        made = make_store(office.ledger, tmp_path / "own.gpkg", dataset, ())
        with closing(made) as store:
            return [(one.name, one.source_id) for one in store.places().items]

    assert served() == [("A", "publication-1")]
    undo(office.ledger, 1, because("sai"), may_all)
    assert served() == [("Cũ", "report")]


def test_the_same_list_again_says_that_nothing_is_new(office: Office) -> None:
    office.publish(listed(place("A")))
    with pytest.raises(InvalidInput, match="L04"):
        office.publish(listed(place("A")))
    plan = plan_list_publication(office.ledger, office.dataset, listed(place("A")))
    assert (plan.changes, plan.counts["unchanged"], plan.based_on) == ((), 1, 1)


def test_the_second_of_two_editors_is_told_whose_place_changed_meanwhile(office: Office) -> None:
    office.publish(listed(place("A")))
    office.publish(listed(place("A", lon=103.06)), MINH, based_on=1)
    with pytest.raises(PublicationConflict) as found:
        office.publish(listed(place("A", lon=103.07)), based_on=1)
    assert "Minh, 2" in found.value.found
    office.publish(listed(place("B")), based_on=1)  # Another place is no conflict.
    assert sorted(office.names()) == ["A", "B"]


def test_a_list_that_gives_something_else_than_its_preview_is_refused(office: Office) -> None:
    seen = hash_of_list(listed(place("A")))
    with pytest.raises(Conflict):
        office.publish(listed(place("A"), place("B")), preview_hash=seen)
    assert office.publish(listed(place("A")), preview_hash=seen).revision.number == 1


def test_the_same_request_twice_is_carried_out_once(office: Office) -> None:
    first = office.publish(listed(place("A")), request_id="r")
    again = office.publish(listed(place("A")), request_id="r")
    assert (again.repeated, again.revision.number) == (True, first.revision.number)


def test_rights_are_asked_for_every_commune_that_a_list_changes(office: Office) -> None:
    asked: list[set[str]] = []

    def refuse(_: object, units: Any) -> None:
        asked.append(set(units))
        raise NotPermitted(Text("no"))

    def attempt(content: ListContent) -> None:
        request = PublicationRequest(LAN, "x", SOURCE)
        with pytest.raises(NotPermitted):
            publish_list(office.ledger, office.dataset, content, request, refuse)

    office.publish(listed(place("A")))
    attempt(listed(replace(place("A"), unit_id=UNITS[1])))  # It moves: both communes count.
    attempt(listed(place("A"), scope=PlaceScope(frozenset({"school"}), None)))
    with pytest.raises(NotPermitted):
        undo(office.ledger, 1, because("sai"), refuse)
    assert asked == [{UNITS[0], UNITS[1]}, set(UNITS), {UNITS[0]}]
    assert history(office.ledger).total == 1


def test_two_publications_cannot_give_one_id_to_two_kinds_of_place(office: Office) -> None:
    office.publish(listed(place("A")))
    other = replace(SCHOOL, name=Text("Chợ", "Markets"))
    content = replace(listed(place("B")), brought=NewEntries(place_categories=[other]))
    with pytest.raises(Conflict):
        office.publish(content)


def test_what_was_published_is_traced_compared_and_exported(office: Office) -> None:
    office.publish(listed(place("A")))
    office.publish(listed(place("A", lon=103.06)), MINH)
    entries = trace_record(office.ledger, RecordKey("place", "school-a-90001"))
    assert [(e.revision.number, e.change.sheet, e.change.address) for e in entries] == [
        (2, "DS", "2"), (1, "DS", "2"),
    ]  # fmt: skip
    (found,) = diff_records(office.ledger, 0, 2)
    assert (found.before.present, found.after.document["lon"]) == (False, 103.06)
    assert [change.key.kind for change in records_of(office.ledger, 2)] == ["place"]
    lines = [json.loads(line) for line in export_json_lines(office.ledger)]
    assert [line["records"][0]["new"]["record"]["lon"] for line in lines] == [103.05, 103.06]
    assert [line.count("place school-a-90001") for line in export_csv(office.ledger)] == [0, 1, 1]


def test_a_record_altered_behind_the_ledgers_back_is_found(office: Office) -> None:
    office.publish(listed(place("A")))
    file = str(office.ledger.url.database)
    if office.ledger.dialect.name != "sqlite":
        pytest.skip("the file is altered as SQLite keeps it")
    office.ledger.dispose()
    with closing(sqlite3.connect(file)) as database, database:
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("UPDATE record_changes SET new_content = 'x'")
        database.execute("UPDATE current_records SET content = '{}'")
    assert [fault["en"] for fault in verify(office.ledger)] == [
        "What holds now is not what was published last: place school-a-90001"
    ]
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("DROP TRIGGER record_changes_no_update")
        database.execute("UPDATE record_changes SET new_content = '{}'")
    assert verify(office.ledger)[0]["en"] == "Publication 1 was altered: its hash is another"


def test_figures_published_after_a_list_leave_its_places_and_counts_as_they_are(
    office: Office,
) -> None:
    office.publish(listed(place("A")))
    with closing(office.served()) as store:
        figures = report([cell(UNITS[1], 9.0, indicator="schools", period="2026-07-05")])
        asked = PublicationRequest(LAN, "Số trường", SOURCE)
        publish(office.ledger, store, figures, asked, may_all)
    assert office.counts() == {UNITS[0]: 1.0, UNITS[1]: 9.0}
    assert office.names() == ["A"]


def test_villages_are_published_by_commune_and_taken_back(office: Office) -> None:
    office.publish(village_list(villages(UNITS[4], "Một", "Hai"), villages(UNITS[0], "Ba")))
    with closing(office.served()) as store:
        found = [u.name.vi for u in store.units(level="village").items]
        assert sorted(found) == ["Ba", "Hai", "Một"]
        assert store.info.version.partition(".r")[0] != office.dataset.info.version
    office.publish(village_list(villages(UNITS[4], "Một", "Hai", "Bốn")), MINH)
    plan = undo_plan(office.ledger, 1)
    assert [change.key.id for change in plan.records] == [UNITS[0]]
    assert [kept.key.id for kept in plan.kept_records] == [UNITS[4]]
    undo(office.ledger, 2, because("thừa một bản"), may_all)
    with closing(office.served()) as store:
        found = [u.name.vi for u in store.units(level="village").items]
        assert sorted(found) == ["Ba", "Hai", "Một"]
    undo(office.ledger, 1, because("sai tất cả"), may_all)
    with closing(office.served()) as store:
        assert store.units(level="village").items == ()
        assert store.info.version.partition(".r")[0] == office.dataset.info.version


def test_villages_loaded_before_there_was_one_door_are_entered_in_the_ledger_once(
    office: Office,
) -> None:
    create_store(office.path, office.dataset, [villages(UNITS[4], "Một")]).close()
    for _ in range(2):
        make_store(
            office.ledger, office.path, read_dataset(office.folder), read_imports(office.path)
        ).close()
        (entry,) = history(office.ledger).items
        assert (entry.title, entry.file_name, entry.counts["added"]) == (
            "Danh sách bản", "b.csv", 1,
        )  # fmt: skip
    undo(office.ledger, 1, because("bỏ"), may_all)
    make_store(
        office.ledger, office.path, read_dataset(office.folder), read_imports(office.path)
    ).close()
    with closing(open_store(office.path)) as store:
        assert store.units(level="village").items == ()
    assert verify(office.ledger) == ()


def test_villages_that_came_went_and_changed_are_told_and_no_others() -> None:
    def village(name: str, people: int = 10) -> dict[str, Any]:
        figures = {"lon": 103.1, "lat": 22.1, "population": people, "households": 2}
        return {"kind": "bản", "name": name, "joined_name": "", "wkt": "", **figures}

    def state(*rows: dict[str, Any]) -> RecordState:
        return RecordState(1, json.dumps({"title": "Danh sách", "rows": rows}))

    before = state(village("Một"), village("Hai"), village("Ba"))
    after = state(village("Một"), village("Hai", 11), village("Bốn"))
    told = entry_differences(RecordKey("villages", UNITS[0]), before, after)
    assert [(d.change, d.name, [(f.name, f.before, f.after) for f in d.fields]) for d in told] == [
        ("changed", "Hai", [("population", "10", "11")]), ("removed", "Ba", []),
        ("added", "Bốn", []),
    ]  # fmt: skip
