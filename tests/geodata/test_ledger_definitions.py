"""An indicator that a table made is defined otherwise later, as an entry that can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from ledger_helpers import (
    FARMING,
    LAN,
    MINH,
    PIGS,
    UNITS,
    because,
    cell,
    may_all,
    report,
    request,
)
from sqlalchemy import Connection, Engine

from geodata.catalogue import Catalogue
from geodata.category_list import NO_MEASURE_UNIT
from geodata.dataset import Dataset
from geodata.errors import Conflict, InvalidInput, NotFound, NotPermitted
from geodata.i18n import Message, Text
from geodata.ledger.correcting import undo, undo_plan
from geodata.ledger.database import open_ledger
from geodata.ledger.definitions import redefined_indicators
from geodata.ledger.history import diff_records, records_of
from geodata.ledger.ledger_checks import verify
from geodata.ledger.ledger_export import export_json_lines
from geodata.ledger.publishing import publish
from geodata.ledger.record_differences import entry_differences
from geodata.ledger.redefining import DefinitionChange, held_indicator, redefine
from geodata.ledger.served_store import make_store, refresh_store
from geodata.model import Category, Indicator
from geodata.store import Store, open_store
from geodata.table_import.column_records import NewIndicator
from geodata.table_import.columns.changed_indicators import changed_indicator, form_of_indicator
from geodata.table_import.columns.indicator_form import IndicatorFaults
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.redefined import with_present_definitions
from geodata.table_import.report_records import Answers

pytestmark = pytest.mark.slow

BREEDS = replace(
    PIGS, id="breed", kind="category", direction="neutral", decimals=0, minimum=None,
    measure_unit=NO_MEASURE_UNIT, name=Text("Giống", "Breed"),
    definition=Text("Giống lợn chính.", "The main breed."),
    categories=(Category("local", Text("Bản địa", "Local")), Category("bred", Text("Lai", "Bred"))),
)  # fmt: skip


@dataclass
class Instance:
    """A dataset, its ledger and its store, brought up after every act."""

    folder: Path
    path: Path
    ledger: Engine

    def open(self) -> Store:
        return open_store(self.path)

    def publish(self, value: float, unit: str = UNITS[0], new: Indicator | None = PIGS) -> None:
        made = (NewIndicator(new, FARMING),) if new else ()
        with closing(self.open()) as store:
            figures = report([cell(unit, value, indicator="pigs")], f"{unit}{value}", made)
            publish(self.ledger, store, figures, request(), may_all)
        self.refresh()

    def redefine(self, reason: str = "sai tên", **changes: object) -> int:
        stay = bool(changes.pop("stay", False))
        new = replace(held_indicator(self.ledger, "pigs"), **changes)  # type: ignore[arg-type]
        with closing(self.open()) as store:
            change = DefinitionChange(NewIndicator(new), figures_stay=stay)
            receipt = redefine(self.ledger, store, change, because(reason), may_all)
        self.refresh()
        return receipt.revision.number

    def undo(self, number: int) -> None:
        undo(self.ledger, number, because("nhầm"), may_all)
        self.refresh()

    def refresh(self) -> None:
        refresh_store(self.ledger, self.path, self.folder)

    def served(self, name: str = "pigs") -> Indicator:
        with closing(self.open()) as store:
            return store.indicator(name)


@pytest.fixture
def instance(tmp_path: Path, toy_folder: Path, toy_dataset: Dataset) -> Iterator[Instance]:
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    path = tmp_path / "store.gpkg"
    make_store(ledger, path, toy_dataset, ()).close()
    made = Instance(toy_folder, path, ledger)
    made.publish(12.0)
    yield made
    ledger.dispose()


def test_a_definition_is_changed_with_who_when_and_why_and_taken_back(instance: Instance) -> None:
    name = Text("Tổng đàn lợn", "Pigs in all")
    number = instance.redefine("tên theo Nghị quyết 12", name=name, decimals=1, direction="up")
    assert instance.served() == replace(PIGS, name=name, decimals=1, direction="up")
    (change,) = records_of(instance.ledger, number)
    (told,) = entry_differences(change.key, change.old, change.new)
    assert {(each.name, each.before, each.after) for each in told.fields} == {
        ("name_vi", "Đàn lợn", "Tổng đàn lợn"),
        ("name_en", "Pigs", "Pigs in all"),
        ("decimals", "0", "1"),
        ("direction", "neutral", "up"),
    }
    line = list(export_json_lines(instance.ledger))[-1]
    assert "tên theo Nghị quyết 12" in line
    assert "Tổng đàn lợn" in line
    assert [each.key.id for each in diff_records(instance.ledger, 1, 2)] == ["pigs"]
    instance.undo(number)
    assert instance.served() == PIGS
    assert verify(instance.ledger) == ()
    instance.undo(3)
    assert instance.served().name == name


def test_a_definition_changed_twice_returns_to_the_one_between(instance: Instance) -> None:
    instance.redefine(decimals=1)
    last = instance.redefine(decimals=2)
    instance.undo(last)
    assert instance.served().decimals == 1
    # The first is still there to be taken back.
    instance.undo(2)
    assert instance.served().decimals == 0
    assert verify(instance.ledger) == ()


def test_figures_are_judged_anew_by_the_definition(instance: Instance) -> None:
    instance.redefine(maximum=50.0)
    with closing(instance.open()) as store:
        (figure,) = store.observations(indicator="pigs").items
        assert figure.value == 12.0
    with pytest.raises(InvalidInput, match=r"would be impossible.*12"):
        instance.redefine(maximum=5.0)


def test_a_unit_of_measure_is_renamed_only_where_the_figures_stay_right(instance: Instance) -> None:
    unit = replace(PIGS.measure_unit, id="herd", symbol=Text("đàn", "herds"))
    with pytest.raises(InvalidInput, match="none is converted"):
        instance.redefine(measure_unit=unit)
    number = instance.redefine(measure_unit=unit, stay=True)
    assert instance.served().measure_unit.symbol.vi == "đàn"
    # What is published by the new unit keeps it: taking back would tell those figures falsely.
    instance.publish(7.0, UNITS[1], None)
    plan = undo_plan(instance.ledger, number)
    assert (plan.count, [each.changed_by.number for each in plan.kept_records]) == (0, [3])
    with pytest.raises(InvalidInput, match="No cell would return"):
        instance.undo(number)


def test_an_edit_of_a_definition_meets_the_rules_of_the_ledger(instance: Instance) -> None:
    with pytest.raises(InvalidInput, match="Nothing would change"):
        instance.redefine()
    with pytest.raises(InvalidInput, match="needs its reason"):
        instance.redefine("  ", decimals=1)
    with pytest.raises(InvalidInput, match="of this level"):
        instance.redefine(levels=("province",))
    with pytest.raises(InvalidInput, match="must name its denominator"):
        instance.redefine(kind="ratio", stay=True)
    with pytest.raises(NotFound, match="No publication made"):
        held_indicator(instance.ledger, "population")
    with closing(instance.open()) as store:
        new = NewIndicator(replace(PIGS, decimals=3))
        seen = DefinitionChange(new, seen=replace(PIGS, decimals=2))
        with pytest.raises(Conflict, match="meanwhile"):
            redefine(instance.ledger, store, seen, because("x"), may_all)

        def may_none(connection: Connection, units: Collection[str]) -> None:
            assert units == {UNITS[0]}
            raise NotPermitted(Message("The account has been disabled"))

        with pytest.raises(NotPermitted):
            redefine(instance.ledger, store, DefinitionChange(new), because("x", MINH), may_none)
    assert instance.served() == PIGS


def test_what_ratios_are_made_of_stays_a_count(instance: Instance) -> None:
    share = replace(
        PIGS, id="pig_share", kind="ratio", denominator="pigs", ratio_factor=100.0,
        name=Text("Tỷ lệ lợn nái", "Share of sows"),
    )  # fmt: skip
    with closing(instance.open()) as store:
        figures = [cell(UNITS[0], 5.0, indicator="pig_share")]
        made = report(figures, "b", (NewIndicator(share, FARMING),))
        publish(instance.ledger, store, made, request(), may_all)
    instance.refresh()
    with pytest.raises(InvalidInput, match="rests on the sums"):
        instance.redefine(kind="extreme", stay=True)


def test_a_class_that_figures_have_stays_and_others_come_along(
    instance: Instance,
) -> None:
    value = replace(cell(UNITS[0], None, indicator="breed"), category="bred", marker="", raw="Lai")
    with closing(instance.open()) as store:
        made = report([value], "c", (NewIndicator(BREEDS, FARMING),))
        publish(instance.ledger, store, made, request(), may_all)
    instance.refresh()
    with closing(instance.open()) as store:
        present = held_indicator(instance.ledger, "breed")
        catalogue = _catalogue(store)
        form = form_of_indicator(present)
        assert changed_indicator(form, catalogue, present).indicator == present
        wild = form | {"class_3_vi": "Rừng", "class_3_en": "Wild", "class_2_vi": "Lai F1"}
        new = changed_indicator(wild, catalogue, present)
        redefine(instance.ledger, store, DefinitionChange(new), because("thêm"), may_all)
    instance.refresh()
    classes = [(each.id, each.name.vi) for each in instance.served("breed").categories]
    assert classes == [("local", "Bản địa"), ("bred", "Lai F1"), ("wild", "Rừng")]
    with closing(instance.open()) as store:
        present = held_indicator(instance.ledger, "breed")
        gone = form_of_indicator(present) | {"class_2_vi": "", "class_2_en": ""}
        new = changed_indicator(gone, catalogue, present)
        with pytest.raises(InvalidInput, match="would be impossible"):
            redefine(instance.ledger, store, DefinitionChange(new), because("bớt"), may_all)


def test_the_form_of_a_definition_has_the_rules_of_the_catalogue(instance: Instance) -> None:
    with closing(instance.open()) as store:
        catalogue, present = _catalogue(store), instance.served()
        form = form_of_indicator(present)
        assert changed_indicator(form, catalogue, present).indicator == present
        theme = {"theme": "", "theme_name_vi": "Thú y", "theme_name_en": "Animals"}
        new = changed_indicator(form | theme, catalogue, present)
        assert (new.indicator.id, new.indicator.theme) == ("pigs", "animals")
        # What is not said in English is as in Vietnamese, also once that has changed.
        named = changed_indicator(form | {"name_vi": "Lợn", "name_en": ""}, catalogue, present)
        assert named.indicator.name == Text("Lợn", "Lợn")
        later = form_of_indicator(named.indicator)
        assert later["name_en"] == ""
        assert changed_indicator(later, catalogue, present).indicator.name == Text("Lợn", "Lợn")
        for change, field in (
            ({"name_vi": ""}, "name_vi"),
            ({"decimals": "9"}, "decimals"),
            ({"name_vi": catalogue.indicators["population"].name.vi}, "name_vi"),
        ):
            with pytest.raises(IndicatorFaults) as refused:
                changed_indicator(form | change, catalogue, present)
            assert list(refused.value.by_field) == [field]
        with pytest.raises(InvalidInput, match="Numbers cannot become classes"):
            changed_indicator(form | {"kind": "category"}, catalogue, present)
        change = DefinitionChange(new)
        redefine(instance.ledger, store, change, because("chuyển chủ đề", LAN), may_all)
    instance.refresh()
    with closing(instance.open()) as store:
        assert store.indicator("pigs").theme == "animals"
        assert "animals" in {theme.id for theme in store.themes()}


def test_a_recipe_of_before_makes_the_indicator_as_it_is_now(instance: Instance) -> None:
    instance.redefine(decimals=1)
    kept = Answers(new_indicators=(NewIndicator(PIGS, FARMING),))
    redefined = redefined_indicators(instance.ledger)
    (now,) = with_present_definitions(kept, redefined).new_indicators
    assert now.indicator.decimals == 1
    other = Answers(new_indicators=(NewIndicator(replace(PIGS, minimum=None), FARMING),))
    assert with_present_definitions(other, redefined) == other
    # Taken back, the figures go; the definition comes again with the next table.
    instance.undo(1)
    with closing(instance.open()) as store, pytest.raises(NotFound):
        store.indicator("pigs")
    instance.publish(3.0, new=now.indicator)
    assert instance.served().decimals == 1
    instance.undo(4)
    instance.publish(3.0, new=replace(PIGS, decimals=3))
    assert instance.served().decimals == 3
    assert verify(instance.ledger) == ()


def _catalogue(store: Store) -> Catalogue:
    return StoreFacts(store).catalogue
