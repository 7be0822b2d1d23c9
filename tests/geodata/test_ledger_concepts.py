"""By which concept a published figure is counted: stated, kept, served and taken back."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_helpers import PIGS, SHIPPED, UNITS, because, cell, key, may_all, report, request
from sqlalchemy import Engine, update

from geodata.build.dataset_writer import write_dataset
from geodata.errors import InvalidInput
from geodata.i18n import Text
from geodata.ledger import revision_tables as tables
from geodata.ledger.correcting import correct, undo
from geodata.ledger.database import open_ledger, writing
from geodata.ledger.ledger_checks import verify
from geodata.ledger.ledger_records import Cell, FigureCorrection
from geodata.ledger.publishing import publish
from geodata.ledger.served_store import refresh_store
from geodata.model import Concept, Observation
from geodata.store import Store, open_store
from geodata.table_import.answers_json import answers_document, read_answers
from geodata.table_import.column_records import ColumnMeaning, NewIndicator
from geodata.table_import.columns.column_concepts import stating_concepts
from geodata.table_import.report_records import Answers, ImportReport
from tests.toy import tables as tables_of_toy

CENSUS = Concept("census", Text("Tổng điều tra", "Census"), Text("Người", "People"))
REGISTER = Concept("register", Text("Sổ đăng ký", "Register"), Text("Người", "People"))
SINCE = dt.date(2025, 7, 1)
POPULATION = ("Dân số",)


def counted(value: float, concept: str, *new: Concept, indicator: str = "population",
            period: str = "2026") -> ImportReport:  # fmt: skip
    """A table of one figure, with what is stated of its column."""
    said = ColumnMeaning(4, POPULATION, "value", indicator, concept=concept)
    made = report([cell(UNITS[0], float(value), indicator=indicator, period=period)])
    answers = replace(made.answers, columns={POPULATION: said}, new_concepts=new)
    return replace(made, columns=(replace(said, period=period),), answers=answers)


def served_figure(
    engine: Engine, path: Path, folder: Path, indicator: str = "population", period: str = "2026"
) -> tuple[Observation, list[str]]:
    """The figure as readers get it, and the concepts that the store knows."""
    assert refresh_store(engine, path, folder)
    with closing(open_store(path)) as store:
        concepts = [one.id for one in store.concepts()]
        return store.values(indicator, period, "commune", SINCE)[UNITS[0]], concepts


@pytest.fixture
def served(tmp_path: Path) -> Path:
    return tmp_path / "served.gpkg"


def test_what_is_said_of_all_columns_holds_for_those_of_which_nothing_else_is_said() -> None:
    one = ColumnMeaning(2, ("a",), "value", "population")
    other = ColumnMeaning(3, ("b",), "value", "population")
    aside = ColumnMeaning(4, ("c",), "skip")
    said = Answers(concept="census", columns={("b",): replace(other, concept="register")})
    found = stating_concepts((one, other, aside), said)
    assert [each.concept for each in found] == ["census", "register", ""]


def test_answers_keep_concepts_as_a_document() -> None:
    column = ColumnMeaning(0, POPULATION, "value", status="", concept="register")
    new = (replace(CENSUS, comparable=False, indicators=("pigs",)),)
    said = Answers(concept="census", new_concepts=new, columns={POPULATION: column})
    assert read_answers(json.dumps(answers_document(said))) == said


def test_a_published_figure_states_its_concept_to_readers_and_its_correction_too(
    ledger: Engine, toy_store: Store, toy_copy: Path, served: Path
) -> None:
    publish(ledger, toy_store, counted(100, "census", CENSUS), request(), may_all)
    figure, concepts = served_figure(ledger, served, toy_copy)
    assert (figure.value, figure.concept, concepts) == (100, "census", ["census"])
    for number, (old, new) in enumerate(((100.0, 101.0), (101.0, 102.0)), start=1):
        correction = FigureCorrection(key(UNITS[0]), new, Cell(number, True, old))
        correct(ledger, toy_store, correction, because("Đọc nhầm"), may_all)
    figure, concepts = served_figure(ledger, served, toy_copy)
    assert (figure.value, figure.concept, concepts) == (102, "census", ["census"])
    assert verify(ledger) == ()


def test_the_correction_of_a_shipped_figure_is_counted_as_that_figure(
    ledger: Engine, toy_copy: Path, served: Path
) -> None:
    (toy_copy / "concepts.toml").write_text(
        '[[concept]]\nid = "census"\nname = { vi = "Tổng điều tra", en = "Census" }\n'
        'definition = { vi = "Người", en = "People" }\n'
        'indicators = ["population"]\nsources = ["report"]\n',
        encoding="utf-8",
    )
    shipped = tables_of_toy()
    told = [replace(one, concept="census" if one.source_id == "report" else "")
            for one in shipped.observations]  # fmt: skip
    write_dataset(toy_copy, replace(shipped, observations=told))
    assert refresh_store(ledger, served, toy_copy)
    for value in (1_650.0, 1_660.0):
        with closing(open_store(served)) as store:
            correct(ledger, store, FigureCorrection(SHIPPED, value), because("Nhầm"), may_all)
        assert refresh_store(ledger, served, toy_copy)
        with closing(open_store(served)) as store:
            found = store.observations(indicator="population", period="2024").items
            shown = {one.value: one.concept for one in found if one.unit_id == SHIPPED.unit_id}
        assert shown[value] == "census"
    (toy_copy / "concepts.toml").unlink()
    write_dataset(toy_copy, shipped)
    assert served_figure_of(ledger, served, toy_copy) == ""
    assert verify(ledger) == ()


def served_figure_of(engine: Engine, path: Path, folder: Path) -> str:
    """The concept of the corrected figure after the dataset was read anew."""
    path.unlink()
    assert refresh_store(engine, path, folder)
    with closing(open_store(path)) as store:
        found = store.observations(indicator="population", period="2024").items
        return next(one.concept for one in found if one.unit_id == SHIPPED.unit_id)


def test_a_concept_is_gone_with_the_publication_that_brought_it(
    ledger: Engine, toy_store: Store, toy_copy: Path, served: Path
) -> None:
    publish(ledger, toy_store, counted(100, "census", CENSUS), request(), may_all)
    other = counted(50, "register", REGISTER, period="2024")
    publish(ledger, toy_store, other, request(), may_all)
    assert served_figure(ledger, served, toy_copy)[1] == ["census", "register"]
    undo(ledger, 2, because("Nhầm"), may_all)
    figure, concepts = served_figure(ledger, served, toy_copy)
    assert (figure.concept, concepts) == ("census", ["census"])


def test_a_concept_made_with_a_new_indicator_is_that_of_its_later_figures(
    ledger: Engine, toy_store: Store, toy_copy: Path, served: Path
) -> None:
    made = replace(CENSUS, indicators=("pigs",))
    first = counted(7, "census", made, indicator="pigs")
    pigs = NewIndicator(replace(PIGS, theme="population"))
    first = replace(first, answers=replace(first.answers, new_indicators=(pigs,)))
    publish(ledger, toy_store, first, request(), may_all)
    assert refresh_store(ledger, served, toy_copy)
    with closing(open_store(served)) as store:
        later = counted(8, "", indicator="pigs", period="2025")
        publish(ledger, store, later, request(), may_all)
    figure, _ = served_figure(ledger, served, toy_copy, "pigs", "2025")
    assert (figure.value, figure.concept) == (8, "census")


def test_a_concept_that_nobody_knows_is_refused(ledger: Engine, toy_store: Store) -> None:
    with pytest.raises(InvalidInput, match="There is no such concept"):
        publish(ledger, toy_store, counted(100, "cencus", CENSUS), request(), may_all)


def test_a_concept_altered_in_the_ledger_is_found_out(tmp_path: Path, toy_store: Store) -> None:
    engine = open_ledger(tmp_path / "other.sqlite")
    publish(engine, toy_store, counted(100, "census", CENSUS), request(), may_all)
    with writing(engine) as connection:
        connection.exec_driver_sql("DROP TRIGGER stated_concepts_no_update")
        connection.execute(update(tables.stated_concepts).values(concept="register"))
    assert any("was altered" in fault["en"] for fault in verify(engine))
    engine.dispose()
