"""What every backend of the facts must do with indicators that are broken down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pytest
from store_homes import HOMES

from geodata.dataset import Dataset
from geodata.errors import NotFound
from geodata.store import Store, create_store

BEFORE = dt.date(2020, 1, 1)


@pytest.fixture(scope="module", params=HOMES)
def broken_down(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    lam_khe_dataset: Dataset,
) -> Iterator[Store]:
    """A store of a province whose area of forest is broken down by origin."""
    address = HOMES[request.param](tmp_path_factory.mktemp("broken_down"))
    with closing(create_store(address, lam_khe_dataset)) as store:
        yield store


def test_code_lists_come_back_in_their_order(broken_down: Store, lam_khe_dataset: Dataset) -> None:
    assert broken_down.dimensions() == tuple(lam_khe_dataset.catalogue.dimensions.values())
    assert [code.id for code in broken_down.dimensions()[0].codes] == ["natural", "planted"]


def test_parts_follow_their_indicator_only_where_they_are_asked_for(
    broken_down: Store, lam_khe_dataset: Dataset
) -> None:
    every = tuple(lam_khe_dataset.catalogue.indicators.values())
    assert broken_down.indicators(parts=True) == every
    assert broken_down.indicators() == tuple(one for one in every if not one.whole)
    parts = broken_down.parts("forest_area")
    assert [part.id for part in parts] == [
        "forest_area[origin:natural]", "forest_area[origin:planted]",
    ]  # fmt: skip
    assert broken_down.parts("population") == broken_down.parts(parts[0].id) == ()
    with pytest.raises(NotFound):
        broken_down.parts("nothing")


def test_a_former_id_leads_to_the_part_that_bears_its_figures(broken_down: Store) -> None:
    moved = broken_down.moved_indicator("natural_forest_area")
    assert moved == broken_down.indicator("forest_area[origin:natural]")
    assert broken_down.moved_indicator("forest_area") is None


def test_figures_of_parts_are_series_of_their_own(broken_down: Store) -> None:
    def drawn(series: str) -> dict[str, float]:
        figures = broken_down.values(series, "2024", "commune", BEFORE)
        return {unit: figure.value for unit, figure in figures.items()}

    whole, natural, planted = (
        drawn("forest_area" + part) for part in ("", "[origin:natural]", "[origin:planted]")
    )
    assert len(whole) == 16
    for unit, value in whole.items():
        assert natural[unit] + planted[unit] == pytest.approx(value)
    [figure] = broken_down.observations(
        indicator="forest_area[origin:planted]", period="2026-H1"
    ).items
    assert (figure.value, broken_down.alternatives(figure)) == (1000.0, ())
    assert {row.indicator for row in broken_down.coverage("forest_area[origin:planted]")} == {
        "forest_area[origin:planted]"
    }


@pytest.mark.slow
def test_qgis_reads_the_parts_under_plain_names_of_columns(
    tmp_path: Path, lam_khe_dataset: Dataset
) -> None:
    path = tmp_path / "lam_khe.gpkg"
    create_store(path, lam_khe_dataset).close()
    frame = gpd.read_file(path, layer="units_commune_2013_01_01")
    parts = frame["forest_area_natural"] + frame["forest_area_planted"]
    assert len(frame) == 16
    assert parts.tolist() == pytest.approx(frame["forest_area"].tolist())
