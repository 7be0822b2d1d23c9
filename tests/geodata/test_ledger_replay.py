"""Whatever is published, corrected and taken back in whatever order, the ledger stays whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_helpers import SHIPPED, UNITS, because, cell, key, may_all, new_ledger, report, request
from sqlalchemy import Engine

from geodata.errors import InvalidInput, NotFound
from geodata.ledger.correcting import correct, held_now, undo
from geodata.ledger.current_cells import ShippedFigures
from geodata.ledger.database import reading
from geodata.ledger.history import diff
from geodata.ledger.ledger_checks import verify
from geodata.ledger.ledger_records import FigureCorrection, SeriesKey
from geodata.ledger.published_state import read_published
from geodata.ledger.publishing import last_revision, publish
from geodata.store import Store

pytestmark = pytest.mark.slow

KEYS = (*(key(unit) for unit in UNITS[:3]), key(UNITS[0], period="2025"), SHIPPED)
"""Cells without a shipped figure, and two that have one."""

VALUES = st.sampled_from([0.0, 0.1, 1.0, 401.0, 1600.0, 1e15, 2.5e-7])
PUBLISH = st.tuples(
    st.just("publish"),
    st.dictionaries(st.sampled_from(KEYS), VALUES | st.none(), min_size=1),
)
CORRECT = st.tuples(st.just("correct"), st.tuples(st.sampled_from(KEYS), VALUES | st.none()))
UNDO = st.tuples(st.just("undo"), st.integers(1, 8))
ACTS = st.lists(PUBLISH | CORRECT | UNDO, max_size=9)
EASY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def a_ledger() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = new_ledger(Path(folder))
        yield engine
        engine.dispose()


def carry_out(engine: Engine, store: Store, act: tuple[str, object]) -> bool:
    """Whether there was anything to do."""
    kind, what = act
    try:
        if kind == "publish":
            cells = [
                cell(k.unit_id, v, n, period=k.period) for n, (k, v) in enumerate(what.items())
            ]
            publish(engine, store, report(cells), request(), may_all)
        elif kind == "correct":
            correct(engine, store, FigureCorrection(*what), because("sai"), may_all)
        else:
            undo(engine, min(what, last_revision(engine)) or 1, because("nhầm"), may_all)
    except (InvalidInput, NotFound):
        return False  # Nothing would change, or nothing is there to be taken back.
    return True


def state(engine: Engine, store: Store) -> dict[SeriesKey, float | None]:
    return {each: held_now(engine, store, each).value for each in KEYS}


@EASY
@given(acts=ACTS)
def test_base_and_changes_give_what_holds_in_any_order(acts: list, toy_store: Store) -> None:
    with a_ledger() as engine:
        shipped = ShippedFigures(toy_store)
        states = [{each: shipped.cell(each).value for each in KEYS}]
        for act in acts:
            if carry_out(engine, toy_store, act):
                states.append(state(engine, toy_store))
        assert verify(engine) == ()
        assert last_revision(engine) == len(states) - 1
        for number, before in enumerate(states):
            differ = {
                d.key: (d.before.value, d.after.value)
                for d in diff(engine, number, len(states) - 1, toy_store)
            }
            assert differ == {
                each: (before[each], states[-1][each])
                for each in KEYS
                if before[each] != states[-1][each]
            }
        with reading(engine) as connection:
            published = read_published(connection, {})
        told = {
            SeriesKey(o.indicator, "", o.period, o.status, o.unit_id): o.value
            for o in reversed(published.observations)
        }
        for each in KEYS:
            now = held_now(engine, toy_store, each)
            if now.origin:
                unit = (each.unit_id, each.indicator, each.period, each.status)
                assert (unit in published.withdrawn) == (not now.present)
                assert told.get(each) == now.value or not now.present


@EASY
@given(acts=ACTS, last=PUBLISH)
def test_taking_back_at_once_restores_all_and_again_brings_all(
    acts: list, last: tuple, toy_store: Store
) -> None:
    with a_ledger() as engine:
        for act in acts:
            carry_out(engine, toy_store, act)
        before = state(engine, toy_store)
        if not carry_out(engine, toy_store, last):
            assert state(engine, toy_store) == before
            return
        after, number = state(engine, toy_store), last_revision(engine)
        undo(engine, number, because("nhầm"), may_all)
        assert state(engine, toy_store) == before
        undo(engine, number + 1, because("không nhầm"), may_all)
        assert state(engine, toy_store) == after
        assert verify(engine) == ()
