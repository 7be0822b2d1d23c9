"""The served store is the shipped dataset and the ledger, made whole and swapped by one rename."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from ledger_helpers import (
    FARMING,
    PIGS,
    SHIPPED,
    UNITS,
    because,
    cell,
    doubtful,
    key,
    may_all,
    report,
    request,
    table,
)
from sqlalchemy import Engine

from geodata.dataset import Dataset, read_dataset, read_dataset_info
from geodata.errors import InvalidInput, StoreFault
from geodata.ledger.correcting import correct, undo
from geodata.ledger.database import open_ledger
from geodata.ledger.history import history
from geodata.ledger.ledger_checks import verify
from geodata.ledger.ledger_records import FigureCorrection
from geodata.ledger.publishing import publish
from geodata.ledger.served_store import figures_not_shown, make_store, refresh_store
from geodata.recast.service import ObservationQuery, recast_observations
from geodata.store import Store, create_store, open_store
from geodata.table_import.column_records import NewIndicator
from geodata.table_import.report_records import ImportedValue, ImportReport, Marker

pytestmark = pytest.mark.slow

REFORM = "2025-07-01"


@dataclass
class Instance:
    """A dataset, its ledger and its store."""

    folder: Path
    path: Path
    ledger: Engine

    def open(self) -> Store:
        return open_store(self.path)

    def publish(self, what: ImportReport) -> None:
        with closing(self.open()) as store:
            publish(self.ledger, store, what, request(), may_all)

    def refresh(self) -> bool:
        return refresh_store(self.ledger, self.path, self.folder)


@pytest.fixture
def instance(tmp_path: Path, toy_folder: Path, toy_dataset: Dataset) -> Iterator[Instance]:
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    create_store(tmp_path / "toy.gpkg", toy_dataset).close()
    yield Instance(toy_folder, tmp_path / "toy.gpkg", ledger)
    ledger.dispose()


def value_of(store: Store, unit: str, period: str = "2026", indicator: str = "population") -> Any:
    day = store.info.timeline[-1].date
    return store.values(indicator, period, "commune", day).get(unit)


def test_a_published_figure_is_served_with_its_source_and_its_cell(instance: Instance) -> None:
    instance.publish(report([doubtful(cell(UNITS[0], 410.0, 7), "chưa chắc"), cell(UNITS[1], 5.0)]))
    assert instance.refresh()
    with closing(instance.open()) as store:
        figure = value_of(store, UNITS[0])
        assert (figure.value, figure.doubt.vi) == (410.0, "chưa chắc")
        assert figure.quote == "bao_cao.xlsx, BC!D7: 410"
        source = store.source(figure.source_id)
        assert (source.id, source.number, source.date) == (
            "publication-1", "15/BC-UBND", "2026-07-05",
        )  # fmt: skip
        assert source.title.vi == "Báo cáo dân số"
        assert "2026" in {entry.period for entry in store.coverage("population")}
    assert not instance.refresh()


def test_a_correction_stands_before_what_it_corrects(instance: Instance) -> None:
    with closing(instance.open()) as store:
        correct(
            instance.ledger, store, FigureCorrection(SHIPPED, 1650.0), because("in sai"), may_all
        )
    instance.refresh()
    with closing(instance.open()) as store:
        page = store.observations(unit=SHIPPED.unit_id, indicator="population", period="2024")
        assert [(f.value, f.source_id) for f in page.items] == [
            (1650.0, "correction-1"), (1600.0, "report"), (1601.0, "hearsay"),
        ]  # fmt: skip
        assert page.items[0].quote == "in sai"


def test_a_corrected_publication_stays_beside_its_correction(instance: Instance) -> None:
    instance.publish(table({UNITS[0]: 1.0}))
    with closing(instance.open()) as store:
        fixed = FigureCorrection(key(UNITS[0]), 2.0)
        correct(instance.ledger, store, fixed, because("sai"), may_all)
    instance.refresh()
    with closing(instance.open()) as store:
        figure = value_of(store, UNITS[0])
        (other,) = store.alternatives(figure)
        assert (figure.value, other.value, other.source_id) == (2.0, 1.0, "publication-1")


def test_a_withdrawn_figure_is_neither_drawn_nor_in_a_series(instance: Instance) -> None:
    shipped = key(UNITS[0], period="2025")
    with closing(instance.open()) as store:
        correct(instance.ledger, store, FigureCorrection(shipped, None), because("x"), may_all)
        assert value_of(store, UNITS[0], "2025") is not None
    instance.refresh()
    with closing(instance.open()) as store:
        assert value_of(store, UNITS[0], "2025") is None
        assert all(f.period != "2025" for f in store.series(UNITS[0], "population"))


def test_figures_of_old_units_are_kept_on_them_and_recast_on_those_of_today(
    instance: Instance,
) -> None:
    parts = [f"900{number:02}-20130101" for number in (1, 2, 5, 6)]
    instance.publish(report([cell(unit, 10.0, period="2018") for unit in parts]))
    instance.refresh()
    with closing(instance.open()) as store:
        old, new = (step.date for step in store.info.timeline)
        assert store.values("population", "2018", "commune", old).keys() == set(parts)
        asked = ObservationQuery("population", "2018", "commune", old)
        record = recast_observations(store, asked, new).records[UNITS[0]]
    assert (record.value, record.status) == (40.0, "summed")


def test_taking_back_leaves_the_portal_as_it_was(instance: Instance) -> None:
    before = content(instance.path)
    new = report(
        [cell(UNITS[0], 3.0, indicator="pigs"), cell(UNITS[1], 9.0)],
        new=(NewIndicator(PIGS, FARMING),),
    )
    instance.publish(new)
    instance.refresh()
    with closing(instance.open()) as store:
        assert store.indicator("pigs").name.vi == "Đàn lợn"
        assert [theme.id for theme in store.themes()] == ["population", "farming"]
    undo(instance.ledger, 1, because("nhầm"), may_all)
    instance.refresh()
    after = content(instance.path)
    assert after.pop("dataset") != before.pop("dataset")  # It says up to which revision it is.
    assert after == before


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that a store holds but the keys of rows and the order of figures of one layer."""
    found = {}
    with closing(sqlite3.connect(path)) as store:
        named = "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')"
        for name, kind in store.execute(named).fetchall():
            if name.startswith(("sqlite_", "rtree_")) and kind == "table":
                continue
            rows = store.execute(f'SELECT * FROM "{name}"')
            keys = ("fid", "last_change", "OGC_FID")
            kept = [n for n, column in enumerate(rows.description) if column[0] not in keys]
            picked = [tuple(row[n] for n in kept) for row in rows]
            ordered = name in ("themes", "indicators", "sources")
            about = name == "gpkg_contents"
            picked = [row[:3] + row[4:] if about else row for row in picked]
            found[name] = picked if ordered else sorted(picked, key=repr)
    return found


def test_a_store_brought_up_is_the_store_made_anew(instance: Instance) -> None:
    for turn in range(3):
        new = (NewIndicator(PIGS, FARMING),) if turn == 1 else ()
        extra = [cell(UNITS[2], 7.0 + turn, indicator="pigs")] if turn else []
        figures = [cell(unit, 10.0 * n + turn) for n, unit in enumerate(UNITS[:4])]
        instance.publish(report([*figures, *extra], new=new))
        with closing(instance.open()) as store:
            fixed = FigureCorrection(replace_period(turn), 50.0 + turn)
            correct(instance.ledger, store, fixed, because("sai"), may_all)
        instance.refresh()
    undo(instance.ledger, 5, because("nhầm"), may_all)
    assert instance.refresh()
    anew = instance.path.with_name("anew.gpkg")
    make_store(instance.ledger, anew, read_dataset(instance.folder), ()).close()
    assert content(instance.path) == content(anew)
    with closing(sqlite3.connect(instance.path)) as store:
        assert store.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def replace_period(turn: int) -> Any:
    return key(UNITS[0], period=("2025", "2026", "2026")[turn])


def test_a_publication_that_was_not_shown_is_made_up_for_by_whoever_comes_next(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance.publish(table({UNITS[0]: 1.0}))
    old = instance.path.read_bytes()

    def killed(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed)
        with pytest.raises(StoreFault, match="No space left"):
            instance.refresh()
    assert instance.path.read_bytes() == old
    assert [path.name for path in instance.path.parent.glob(".*.part*")] == []
    instance.publish(table({UNITS[1]: 2.0}))
    assert instance.refresh()
    with closing(instance.open()) as store:
        assert [value_of(store, unit).value for unit in UNITS[:2]] == [1.0, 2.0]


def test_a_reader_of_the_old_store_reads_the_old_state_to_the_end(instance: Instance) -> None:
    instance.publish(table({UNITS[0]: 1.0, UNITS[1]: 1.0}))
    instance.refresh()
    with closing(instance.open()) as old:
        instance.publish(table({UNITS[0]: 2.0, UNITS[1]: 2.0}))
        instance.refresh()
        with closing(instance.open()) as new:
            for store, value in ((old, 1.0), (new, 2.0)):
                assert {value_of(store, unit).value for unit in UNITS[:2]} == {value}


def test_a_newer_dataset_takes_the_ledger_and_lists_what_has_no_place_in_it(
    instance: Instance, toy_copy: Path, toy_dataset: Dataset
) -> None:
    instance.publish(table({UNITS[0]: 1.0, UNITS[4]: 5.0}))
    instance.refresh()
    units = tuple(unit for unit in toy_dataset.units if unit.unit_id != UNITS[4])
    kept = {unit.unit_id for unit in units}
    newer = replace(
        toy_dataset,
        info=replace(toy_dataset.info, version="0123456789ab"),
        units=units,
        successions=tuple(s for s in toy_dataset.successions if s.to_id in kept),
        observations=tuple(o for o in toy_dataset.observations if o.unit_id in kept),
        accuracies=tuple(a for a in toy_dataset.accuracies if a.unit_id in kept),
        boundaries={
            detail: frame[frame["unit_id"].isin(kept)]
            for detail, frame in toy_dataset.boundaries.items()
        },
    )
    with closing(make_store(instance.ledger, instance.path, newer, ())) as store:
        assert value_of(store, UNITS[0]).value == 1.0
        assert figures_not_shown(instance.ledger, store) == (key(UNITS[4]),)
        assert store.info.version.startswith("0123456789ab.r2-")
    last = history(instance.ledger).items[0]
    assert (last.kind, last.base_version) == ("base_change", "0123456789ab")
    # With the old dataset again, what had no place is there again.
    assert instance.refresh()
    with closing(instance.open()) as store:
        assert value_of(store, UNITS[4]).value == 5.0


def test_another_ledger_than_the_one_a_store_was_made_of_makes_it_anew(
    instance: Instance, tmp_path: Path
) -> None:
    instance.publish(table({UNITS[0]: 1.0}))
    instance.refresh()
    other = open_ledger(tmp_path / "other.sqlite")
    assert refresh_store(other, instance.path, instance.folder)
    with closing(instance.open()) as store:
        assert value_of(store, UNITS[0]) is None
        assert store.info.version == read_dataset_info(instance.folder).version
    other.dispose()


def test_units_and_shapes_keep_their_version_when_figures_change(instance: Instance) -> None:
    with closing(instance.open()) as store:
        before = store.info
    instance.publish(table({UNITS[0]: 1.0}))
    instance.refresh()
    with closing(instance.open()) as store:
        assert store.info.version != before.version
        assert store.info.shape_version == before.shape_version
        assert store.info.shipped_version == before.version


def test_a_published_figure_that_cannot_be_right_is_marked_as_a_shipped_one_is(
    instance: Instance,
) -> None:
    figures = [cell(UNITS[0], 0.0), cell(UNITS[1], 5.0)]
    instance.publish(report(figures))
    assert instance.refresh()
    anew = instance.path.with_name("anew.gpkg")
    make_store(instance.ledger, anew, read_dataset(instance.folder), ()).close()
    for path in (instance.path, anew):
        with closing(open_store(path)) as store:
            nobody, some = (value_of(store, unit) for unit in UNITS[:2])
            assert (nobody.value, nobody.impossible, some.impossible) == (0.0, True, False)
            assert "nobody" in nobody.doubt.en or "has people" in nobody.doubt.en
            assert not some.doubt


def test_a_published_figure_states_the_concept_of_its_indicator(
    instance: Instance, toy_copy: Path
) -> None:
    instance = replace(instance, folder=toy_copy)
    concept = """[[concept]]
id = "register"
name = { vi = "Sổ đăng ký", en = "Register" }
definition = { vi = "Người đăng ký.", en = "People registered." }
indicators = ["population"]
since = "2026-01-01"
"""
    (instance.folder / "concepts.toml").write_text(concept, encoding="utf-8")
    make_store(None, instance.path, read_dataset(instance.folder), ()).close()
    instance.publish(table({UNITS[0]: 7.0}))
    assert instance.refresh()
    with closing(open_store(instance.path)) as store:
        assert value_of(store, UNITS[0]).concept == "register"


def marked(unit: str, marker: Marker) -> ImportedValue:
    return replace(cell(unit, None), marker=marker, raw="x")


def test_what_a_table_says_cannot_be_or_is_kept_back_is_served_as_that(instance: Instance) -> None:
    instance.publish(report([cell(UNITS[0], 1.0), cell(UNITS[1], 2.0)]))
    signs = [marked(UNITS[1], "not_applicable"), marked(UNITS[2], "withheld")]
    blank = marked(UNITS[0], "missing")
    instance.publish(report([*signs, blank, cell(UNITS[3], 4.0)]))
    assert instance.refresh()
    anew = instance.path.with_name("anew.gpkg")
    make_store(instance.ledger, anew, read_dataset(instance.folder), ()).close()
    assert content(instance.path) == content(anew)
    with closing(instance.open()) as store:
        assert store.absences("population", "2026") == {
            UNITS[1]: "not_applicable", UNITS[2]: "not_published",
        }  # fmt: skip
        assert value_of(store, UNITS[0]).value == 1.0, "a blank takes nothing away"
        assert value_of(store, UNITS[1]) is None
    undo(instance.ledger, 2, because("nhầm"), may_all)
    assert instance.refresh()
    with closing(instance.open()) as store:
        assert store.absences("population", "2026") == {}
        assert value_of(store, UNITS[1]).value == 2.0
    assert verify(instance.ledger) == ()


def test_the_same_sign_again_changes_nothing_and_a_figure_takes_its_place(
    instance: Instance,
) -> None:
    instance.publish(report([marked(UNITS[0], "withheld"), cell(UNITS[1], 2.0)]))
    with pytest.raises(InvalidInput, match="L04"):
        instance.publish(report([marked(UNITS[0], "withheld"), cell(UNITS[1], 2.0)]))
    instance.publish(report([cell(UNITS[0], 9.0)]))
    assert instance.refresh()
    with closing(instance.open()) as store:
        assert store.absences("population", "2026") == {}
        assert value_of(store, UNITS[0]).value == 9.0
