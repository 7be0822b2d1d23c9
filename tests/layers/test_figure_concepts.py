"""Figures counted by different concepts are compared with a word, or not at all."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from toy import new_id, old_id

from geodata.dataset import Dataset
from geodata.i18n import Text
from geodata.model import Concept
from geodata.store import Store, create_store
from layers.comparison import compare
from layers.difference import difference_view
from layers.layer import Layer
from layers.layer_view import resolve_layer

CENSUS = Concept("census", Text("Tổng điều tra", "Census"), Text("a", "a"))
REGISTER = Concept("register", Text("Sổ đăng ký", "Register"), Text("b", "b"))
COUNT = {"indicator": "population", "level": "commune", "lang": "en"}
REFORM = dt.date(2025, 7, 1)


@pytest.fixture
def store_of(tmp_path, toy_dataset: Dataset):
    """A store of the toy whose periods are counted by concepts of their own."""

    def make(comparable: bool, by_period: dict[str, str]) -> Store:
        concepts = (CENSUS, dataclasses.replace(REGISTER, comparable=comparable))
        figures = tuple(
            dataclasses.replace(o, concept=by_period.get(o.period, ""))
            for o in toy_dataset.observations
        )
        known = {each.id: each for each in concepts}
        catalogue = dataclasses.replace(toy_dataset.catalogue, concepts=known)
        made = dataclasses.replace(toy_dataset, observations=figures, catalogue=catalogue)
        return create_store(tmp_path / "toy.gpkg", made)

    return make


def compared(store: Store, **query: str):
    layer = Layer.from_query(COUNT | {"period": "2019", "date": "2013-01-01"} | query, store)
    return compare(layer, store, REFORM, "2025")


@pytest.mark.slow
def test_a_change_across_concepts_is_given_and_the_concepts_are_named(store_of) -> None:
    with_note = compared(store_of(True, {"2019": "census", "2025": "register"}))
    assert with_note.real[new_id(1)].difference == 401 - 1400
    [said] = [note for note in with_note.legend.notes if "concept" in note]
    assert said == (
        "The earlier figures follow the concept Census, the later ones Register: part of the "
        "change may come from that"
    )


@pytest.mark.slow
def test_no_change_is_given_where_concepts_cannot_be_compared(store_of) -> None:
    store = store_of(False, {"2019": "census", "2025": "register"})
    found = compared(store)
    change = found.real[new_id(1)]
    assert (change.before, change.after, change.difference, change.percent) == (
        1400,
        401,
        None,
        None,
    )
    assert all(each.difference is None for each in found.whole.values())
    assert any(each.difference is not None for each in found.redrawing.values())
    assert "cannot be compared, and no change is given" in found.concept_note["en"]
    drawn = difference_view(store, found, "absolute", "real")
    assert drawn.legend.with_value == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "concepts", [{}, {"2019": "census"}, dict.fromkeys(("2019", "2025"), "census")]
)
def test_nothing_is_said_where_concepts_are_one_or_not_stated(store_of, concepts) -> None:
    found = compared(store_of(False, concepts))
    assert found.concept_note is None
    assert found.real[new_id(1)].difference is not None


@pytest.mark.slow
def test_a_map_of_several_concepts_names_them(tmp_path, toy_dataset: Dataset) -> None:
    figures = tuple(
        dataclasses.replace(o, concept="census" if o.unit_id == old_id(1) else "register")
        for o in toy_dataset.observations
    )
    known = {each.id: each for each in (CENSUS, REGISTER)}
    catalogue = dataclasses.replace(toy_dataset.catalogue, concepts=known)
    made = dataclasses.replace(toy_dataset, observations=figures, catalogue=catalogue)
    store = create_store(tmp_path / "mixed.gpkg", made)
    layer = Layer.from_query(COUNT | {"period": "2019", "date": "2013-01-01"}, store)
    notes = resolve_layer(layer, store).legend.notes
    assert "The figures follow different concepts: Census; Register" in notes
    one = Layer.from_query(COUNT | {"period": "2025", "date": "2025-07-01"}, store)
    assert not any("concepts" in note for note in resolve_layer(one, store).legend.notes)
