"""The default backend is a GeoPackage by the rules of OGC 12-128r17, GDAL and QGIS."""

from __future__ import annotations

import dataclasses
import math
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely
from toy import new_id, old_id

from geodata.dataset import Dataset
from geodata.errors import StoreFault
from geodata.i18n import Text
from geodata.record_codec import column_names
from geodata.store import create_store, open_store, schema
from geodata.store.geometry_type import from_geopackage, to_geopackage
from geodata.store.observation_rows import observation_rows

VIEWS = {
    "units_province_2013_01_01",
    "units_district_2013_01_01",
    "units_commune_2013_01_01",
    "units_commune_2025_07_01",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, toy_dataset: Dataset) -> Path:
    target = tmp_path_factory.mktemp("gpkg") / "Ô lưới 100% #1?.gpkg"
    create_store(target, toy_dataset).close()
    return target


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(path)
    yield opened
    opened.close()


def test_the_file_says_what_it_is(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
    assert connection.execute("PRAGMA user_version").fetchone() == (10300,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_gdal_lists_shapes_views_and_tables(path: Path) -> None:
    layers = dict(pyogrio.list_layers(path))
    assert layers.keys() >= VIEWS
    assert all(layers[view] == "MultiPolygon" for view in VIEWS | {"boundaries"})
    assert layers["observations"] is None
    assert set(layers) == VIEWS | {table.name for table in schema.metadata.sorted_tables}


def test_a_view_carries_names_and_figures_for_qgis(path: Path) -> None:
    frame = pyogrio.read_dataframe(path, layer="units_commune_2025_07_01").set_index("unit_id")
    assert frame.crs.to_epsg() == 4326
    assert len(frame) == 5
    row = frame.loc[new_id(11)]
    assert (row["name"], row["full_name"], row["parent_name"]) == (
        "Ô Quy Hồ",
        "Xã Ô Quy Hồ",
        "Ô Lưới",
    )
    assert (row["population"], row["population_density"]) == (411.0, 15.0)
    assert shapely.is_valid(row["geometry"])


def test_a_view_shows_the_preferred_figure_and_no_other(path: Path) -> None:
    frame = pyogrio.read_dataframe(path, layer="units_commune_2013_01_01").set_index("unit_id")
    assert len(frame) == 16
    assert frame.loc[old_id(6), "population"] == 600.0


def test_a_doubt_stands_beside_the_figure(tmp_path: Path, toy_dataset: Dataset) -> None:
    kept = tuple(
        o
        for o in toy_dataset.observations
        if (o.unit_id, o.indicator, o.period) != (old_id(6), "population", "2019") or o.doubt
    )
    target = tmp_path / "doubt.gpkg"
    create_store(target, dataclasses.replace(toy_dataset, observations=kept)).close()
    frame = pyogrio.read_dataframe(target, layer="units_commune_2013_01_01").set_index("unit_id")
    assert frame.loc[old_id(6), "population"] == 1600.0
    assert frame.loc[old_id(6), "population_doubt"] == "Khác tổng điều tra"
    assert not frame.loc[old_id(7), "population_doubt"]
    assert "population_density_doubt" not in frame.columns


@pytest.mark.slow
def test_an_impossible_figure_has_no_value_to_draw_and_its_reason(
    tmp_path: Path, toy_dataset: Dataset
) -> None:
    reason = Text("Dân số: nguồn này 911 người", "Population: this source 911 people")
    wrong = [
        dataclasses.replace(o, value=911.0, impossible=True, doubt=reason)
        if (o.unit_id, o.indicator, o.period) == (old_id(7), "population", "2019")
        else o
        for o in toy_dataset.observations
    ]
    target = tmp_path / "impossible.gpkg"
    create_store(target, dataclasses.replace(toy_dataset, observations=tuple(wrong))).close()
    frame = pyogrio.read_dataframe(target, layer="units_commune_2013_01_01").set_index("unit_id")
    assert math.isnan(frame.loc[old_id(7), "population"])
    assert frame.loc[old_id(7), "population_impossible"] == reason.vi
    assert frame.loc[old_id(5), "population"] == 500.0
    assert frame["population_impossible"].count() == 1
    titles = pyogrio.read_dataframe(
        target, sql="SELECT title FROM gpkg_data_columns WHERE column_name='population_impossible'"
    )
    assert titles["title"].iloc[0] == "Dân số: số liệu không thể có"


def test_ogrinfo_opens_it_without_a_warning(path: Path) -> None:
    ogrinfo = shutil.which("ogrinfo")
    if ogrinfo is None:
        pytest.skip("ogrinfo is not installed")
    command = [ogrinfo, "-ro", "-al", "-so", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Warning" not in done.stdout + done.stderr
    assert "ERROR" not in done.stdout + done.stderr
    assert "Layer name: units_commune_2025_07_01" in done.stdout


def test_contents_name_every_table_with_the_extent_of_its_shapes(
    connection: sqlite3.Connection,
) -> None:
    contents = {
        name: (kind, extent, srs, change)
        for name, kind, change, *extent, srs in connection.execute(
            "SELECT table_name, data_type, last_change, min_x, min_y, max_x, max_y, srs_id"
            " FROM gpkg_contents"
        )
    }
    kind, extent, srs, change = contents["units_commune_2025_07_01"]
    assert (kind, srs, change) == ("features", 4326, "2026-06-30T00:00:00.000Z")
    assert extent == pytest.approx([103.0, 22.0, 103.4, 22.4])
    assert contents["observations"][:3] == ("attributes", [None] * 4, None)


def test_geometry_columns_are_declared(connection: sqlite3.Connection) -> None:
    rows = connection.execute("SELECT * FROM gpkg_geometry_columns").fetchall()
    kinds = {name: (column, kind, *rest) for name, column, kind, *rest in rows}
    assert kinds.pop("places") == ("geom", "POINT", 4326, 0, 0)
    assert set(kinds) == VIEWS | {"boundaries", "surroundings"}
    assert set(kinds.values()) == {("geom", "MULTIPOLYGON", 4326, 0, 0)}


def test_the_three_reference_systems_are_there(connection: sqlite3.Connection) -> None:
    rows = dict(connection.execute("SELECT srs_id, definition FROM gpkg_spatial_ref_sys"))
    assert set(rows) == {-1, 0, 4326}
    assert rows[4326].startswith("GEOGCS[")


def test_every_table_of_ours_has_an_integer_key(connection: sqlite3.Connection) -> None:
    for table in schema.metadata.sorted_tables:
        info = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
        assert [(name, kind) for _, name, kind, _, _, key in info if key] == [("fid", "INTEGER")]


def test_the_spatial_index_holds_every_shape(connection: sqlite3.Connection) -> None:
    extension = "SELECT table_name, column_name, scope FROM gpkg_extensions WHERE extension_name=?"
    found = connection.execute(extension, ["gpkg_rtree_index"]).fetchall()
    assert found == [("boundaries", "geom", "write-only")]
    inside = connection.execute(
        "SELECT unit_id FROM boundaries JOIN rtree_boundaries_geom ON id = fid"
        " WHERE detail = 3 AND minx >= 103.29 AND maxy <= 22.11"
    ).fetchall()
    assert sorted(unit_id for (unit_id,) in inside) == [old_id(16), new_id(16)]


def test_the_spatial_index_follows_an_edit_in_gdal(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path / "edited.gpkg"))
    shape = shapely.MultiPolygon([shapely.box(10, 10, 11, 11)])
    # A fresh unit, so that the foreign key and the key of unit and detail hold.
    row = {"unit_id": [old_id(1)], "detail": [9], "geometry": [shape]}
    frame = gpd.GeoDataFrame(row, crs="EPSG:4326")
    pyogrio.write_dataframe(frame, copy, layer="boundaries", driver="GPKG", append=True)
    connection = sqlite3.connect(copy)
    found = connection.execute("SELECT count(*) FROM rtree_boundaries_geom WHERE maxx < 12")
    assert found.fetchone() == (1,)
    connection.close()


def test_columns_of_the_views_have_titles(connection: sqlite3.Connection) -> None:
    query = "SELECT title FROM gpkg_data_columns WHERE table_name=? AND column_name=?"
    (title,) = connection.execute(query, ["units_commune_2025_07_01", "population"]).fetchone()
    assert title == "Dân số, năm 2025 (người)"
    named = connection.execute("SELECT table_name, column_name FROM gpkg_data_columns").fetchall()
    for table, column in named:
        assert connection.execute(f'SELECT "{column}" FROM "{table}" LIMIT 1').fetchall()


def test_foreign_keys_hold(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    declared = connection.execute("PRAGMA foreign_key_list(observations)").fetchall()
    assert {row[2] for row in declared} == {"units", "indicators", "sources"}


@pytest.mark.slow
def test_a_figure_of_an_unknown_unit_is_not_stored(tmp_path: Path, toy_dataset: Dataset) -> None:
    stray = dataclasses.replace(toy_dataset.observations[0], unit_id="x")
    broken = dataclasses.replace(toy_dataset, observations=(*toy_dataset.observations, stray))
    target = tmp_path / "broken.gpkg"
    with pytest.raises(Exception, match="FOREIGN KEY"):
        create_store(target, broken)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_store(tmp_path: Path, toy_dataset: Dataset) -> None:
    target = tmp_path / "store.gpkg"
    create_store(target, toy_dataset).close()
    before = target.read_bytes()
    with pytest.raises(KeyError):
        create_store(target, dataclasses.replace(toy_dataset, boundaries={3: {}}))  # type: ignore[dict-item]
    assert target.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["store.gpkg"]


@pytest.mark.processes
def test_what_a_killed_writer_left_is_swept(tmp_path: Path, toy_dataset: Dataset) -> None:
    finished = subprocess.Popen([sys.executable, "-c", ""])
    finished.wait()
    left = tmp_path / f".store.gpkg.{finished.pid}.ab.part"
    alive = tmp_path / f".store.gpkg.{os.getpid()}.cd.part"
    left.write_bytes(b"half")
    alive.write_bytes(b"half")
    create_store(tmp_path / "store.gpkg", toy_dataset).close()
    assert sorted(file.name for file in tmp_path.iterdir()) == [alive.name, "store.gpkg"]


def test_serving_cannot_write(path: Path) -> None:
    before = path.read_bytes()
    store = open_store(path)
    with pytest.raises(Exception, match="readonly"):
        store._engine.connect().exec_driver_sql("DELETE FROM units")  # type: ignore[attr-defined]
    store.close()
    assert path.read_bytes() == before


def test_no_store_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(StoreFault) as refused:
        open_store(tmp_path / "none.gpkg")
    assert "portal init" in refused.value.remedy["vi"]
    assert not (tmp_path / "none.gpkg").exists()


def test_a_foreign_file_is_refused(tmp_path: Path, toy_dataset: Dataset) -> None:
    text = tmp_path / "text.gpkg"
    text.write_text("not a database" * 100, encoding="utf-8")
    empty = tmp_path / "empty.gpkg"
    empty.touch()
    other = tmp_path / "other.gpkg"
    toy_dataset.boundaries[1].to_file(other, driver="GPKG")
    for file in (text, empty, other):
        with pytest.raises(StoreFault) as refused:
            open_store(file)
        assert "portal init" in refused.value.message("en")


def test_a_store_of_another_version_is_refused(path: Path, tmp_path: Path) -> None:
    old = Path(shutil.copy(path, tmp_path / "old.gpkg"))
    connection = sqlite3.connect(old)
    connection.execute("UPDATE dataset SET schema_version = 0")
    connection.commit()
    connection.close()
    with pytest.raises(StoreFault, match="another version") as refused:
        open_store(old)
    assert refused.value.found == "0"


def test_a_truncated_store_is_refused(path: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gpkg"
    cut.write_bytes(path.read_bytes()[:8192])
    with pytest.raises(StoreFault):
        open_store(cut)


def test_geometry_binary_is_the_standards() -> None:
    shape = shapely.MultiPolygon([shapely.box(103, 22, 104, 23)])
    blob = to_geopackage(shape)
    assert blob[:4] == b"GP\x00\x03"
    assert int.from_bytes(blob[4:8], "little") == 4326
    assert from_geopackage(blob) == shape


@pytest.mark.parametrize("flags", [0b0001, 0b0011, 0b0101, 0b0111, 0b1001])
def test_every_kind_of_envelope_is_skipped(flags: int) -> None:
    shape = shapely.Point(1, 2)
    size = (0, 32, 48, 48, 64)[flags >> 1]
    blob = b"GP\x00" + bytes([flags]) + bytes(4) + bytes(size) + shapely.to_wkb(shape)
    assert from_geopackage(blob) == shape


def test_tables_have_the_columns_of_their_records(toy_dataset: Dataset) -> None:
    from geodata import model

    records = {
        schema.units: model.Unit,
        schema.successions: model.Succession,
        schema.observations: model.Observation,
        schema.indicators: model.Indicator,
        schema.sources: model.Source,
        schema.themes: model.Theme,
        schema.accuracies: model.PositionalAccuracy,
    }
    for table, record in records.items():
        names = [column.name for column in table.columns if column.name != "fid"]
        assert tuple(names[: len(column_names(record))]) == column_names(record)
    (row,) = observation_rows(toy_dataset.observations[:1], toy_dataset.catalogue.sources)
    assert {"fid", *row} == {column.name for column in schema.observations.columns}
