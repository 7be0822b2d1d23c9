"""Rasters are registered whole or not at all, as a bounded copy that nothing leads out of."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import rasterio

from geodata.errors import FileFault, InvalidInput, NotFound, PortalError
from geodata.i18n import Text
from geodata.rasters.raster_layer import raster_layer, raster_layers
from geodata.rasters.registration import RasterRegistration, register_raster
from geodata.rasters.staging import remove_raster_layer
from geodata.rasters.warped_cells import value_at
from tests.raster_files import PLACES, Place, write_raster
from tests.raster_layers import CLASSES, area_of, centre_of, registered

DEGREES = PLACES["EPSG:4326"]
SMALL = np.arange(100, dtype="float32").reshape(10, 10)


def said(path: Path, **more: object) -> RasterRegistration:
    given = {"id": "test", "title": Text("thử", "a test"), "style": "ramp"}
    return RasterRegistration((str(path),), **{**given, **more})  # type: ignore[arg-type]


def test_what_was_registered_is_found_again(tmp_path: Path) -> None:
    layer = registered(tmp_path, SMALL, unit="m", credit="Cơ quan X", period="2020")
    assert raster_layer(tmp_path / "rasters", "given") == layer
    assert raster_layers(tmp_path / "rasters") == (layer,)
    assert (layer.unit, layer.credit, layer.period) == ("m", "Cơ quan X", "2020")
    assert layer.title["en"] == "a test"
    assert remove_raster_layer(tmp_path / "rasters", "given") == layer
    assert raster_layers(tmp_path / "rasters") == ()
    assert not (tmp_path / "rasters" / "given").exists()


def test_only_the_part_around_the_units_is_kept_and_every_cell_keeps_its_place(
    tmp_path: Path,
) -> None:
    place = Place("EPSG:4326", 102.0, 24.0, 0.005)
    rows, columns = np.mgrid[0:600, 0:700]
    path = write_raster(tmp_path / "wide.tif", (rows * 1000 + columns).astype("float32"), place)
    area = (103.0, 22.0, 103.5, 22.5)
    layer = register_raster(tmp_path / "rasters", said(path), area)
    with rasterio.open(layer.path) as kept:
        assert max(kept.shape) <= 128
    for row, column in ((301, 201), (350, 250), (399, 299)):
        assert value_at(layer, *centre_of(place, row, column)) == row * 1000 + column
    assert value_at(layer, *centre_of(place, 10, 10)) is None


def test_overviews_lie_exactly_on_the_cells(tmp_path: Path) -> None:
    values = np.arange(700 * 900, dtype="float32").reshape(700, 900)
    layer = registered(tmp_path, values, Place("EPSG:32648", 300_000.0, 2_490_000.0, 30.0))
    with rasterio.open(layer.path) as kept:
        factors = kept.overviews(1)
        assert max(kept.width, kept.height) / max(factors) <= 256
        assert all(kept.width % each == 0 and kept.height % each == 0 for each in factors)
    with rasterio.open(layer.path, overview_level=0) as coarse:
        assert coarse.transform.a == 60.0
        assert coarse.read(1)[5, 7] == pytest.approx(values[10:12, 14:16].mean())


def test_tiles_of_one_raster_become_one(tmp_path: Path) -> None:
    values = np.arange(200, dtype="float32").reshape(10, 20)
    east = Place("EPSG:4326", DEGREES.left + 10 * DEGREES.side, DEGREES.top, DEGREES.side)
    files = (
        write_raster(tmp_path / "west.tif", values[:, :10]),
        write_raster(tmp_path / "east.tif", values[:, 10:], east),
    )
    request = RasterRegistration(tuple(map(str, files)), "both", Text("hai mảnh"), "ramp")
    layer = register_raster(tmp_path / "rasters", request, area_of(DEGREES, 10, 20))
    for row, column in ((0, 0), (4, 9), (4, 10), (9, 19)):
        assert value_at(layer, *centre_of(DEGREES, row, column)) == values[row, column]


def test_the_colours_of_the_file_are_taken_where_nobody_names_others(tmp_path: Path) -> None:
    codes = np.array([[1, 2], [2, 1]], "uint8").repeat(5, 0).repeat(5, 1)
    path = write_raster(tmp_path / "coloured.tif", codes)
    with rasterio.open(path, "r+") as raster:
        raster.write_colormap(1, {1: (10, 20, 30, 255), 2: (40, 50, 60, 255)})
    classes = (CLASSES[0], CLASSES[1].__class__(2, Text("nước"), ""))
    layer = register_raster(
        tmp_path / "rasters", said(path, style="classes", classes=classes),
        area_of(DEGREES, 10, 10),
    )  # fmt: skip
    assert [each.colour for each in layer.classes] == ["#006400", "#28323c"]


def test_another_of_the_same_id_takes_its_place_only_when_that_is_said(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "one.tif", SMALL)
    area, folder = area_of(DEGREES, 10, 10), tmp_path / "rasters"
    first = register_raster(folder, said(path), area)
    with pytest.raises(InvalidInput, match="--replace"):
        register_raster(folder, said(path), area)
    again = register_raster(folder, said(path, title=Text("khác"), replaces=True), area)
    assert again.stamp != first.stamp
    assert raster_layer(folder, "test").title["vi"] == "khác"
    assert [each.name for each in folder.iterdir()] == ["test"]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"id": "../etc"}, "id of the raster"),
        ({"id": "Ảnh"}, "id of the raster"),
        ({"id": ""}, "id of the raster"),
        ({"title": Text("")}, "no title"),
        ({"style": "classes"}, "codes have no meaning"),
        ({"style": "classes", "classes": (CLASSES[0].__class__(777, Text("x")),)}, "None of the"),
        ({"band": 2}, "no such band"),
    ],
)
def test_what_cannot_be_registered_leaves_nothing(
    tmp_path: Path, more: dict[str, object], error: str
) -> None:
    path = write_raster(tmp_path / "one.tif", SMALL)
    with pytest.raises(PortalError, match=error):
        register_raster(tmp_path / "rasters", said(path, **more), area_of(DEGREES, 10, 10))
    assert [*tmp_path.glob("rasters/*")] == []


def test_no_file_that_leads_to_others_is_opened(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "one.tif", SMALL)
    vrt = tmp_path / "list.tif"
    vrt.write_text(
        f'<VRTDataset rasterXSize="10" rasterYSize="10"><VRTRasterBand dataType="Float32" band="1">'
        f"<SimpleSource><SourceFilename>{path}</SourceFilename></SimpleSource></VRTRasterBand>"
        "</VRTDataset>"
    )
    for address in (str(vrt), f"/vsizip/{path}", "/vsicurl/http://127.0.0.1:9/x.tif"):
        with pytest.raises(FileFault):
            register_raster(tmp_path / "rasters", said(Path(address)), area_of(DEGREES, 10, 10))


def test_cells_put_in_the_place_of_the_copy_are_opened_as_geotiff_only(tmp_path: Path) -> None:
    layer = registered(tmp_path, SMALL)
    layer.path.write_text("<VRTDataset rasterXSize='10' rasterYSize='10'/>")
    with pytest.raises(FileFault, match="cannot be read"):
        value_at(layer, *centre_of(DEGREES, 1, 1))


def test_a_raster_elsewhere_is_refused(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "one.tif", SMALL)
    with pytest.raises(FileFault, match="lies elsewhere"):
        register_raster(tmp_path / "rasters", said(path), (10.0, 50.0, 11.0, 51.0))


def test_too_many_cells_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=60_000, height=60_000, count=1, dtype="uint8",
        crs="EPSG:4326", transform=rasterio.Affine(1e-5, 0, 103, 0, -1e-5, 22.6), tiled=True,
        SPARSE_OK=True,
    ):  # fmt: skip
        pass
    with pytest.raises(FileFault, match="too many cells"):
        register_raster(tmp_path / "rasters", said(path), (103.0, 22.0, 103.6, 22.6))


def test_unknown_and_damaged_rasters_are_told(tmp_path: Path) -> None:
    layer = registered(tmp_path, SMALL)
    for name in ("other", "..", "given/../given"):
        with pytest.raises(NotFound, match="no such raster"):
            raster_layer(tmp_path / "rasters", name)
    record = layer.path.with_name("layer.json")
    written = json.loads(record.read_text())
    record.write_text(json.dumps({**written, "style": "hologram"}))
    with pytest.raises(FileFault, match="damaged"):
        raster_layer(tmp_path / "rasters", "given")


def test_values_that_are_none_stay_none(tmp_path: Path) -> None:
    values = SMALL.copy()
    values[3, 3], values[4, 4], values[5, 5] = -9999, math.nan, 1e38
    layer = registered(tmp_path, values, nodata=-9999)
    for cell in (3, 4, 5):
        assert value_at(layer, *centre_of(DEGREES, cell, cell)) is None
    assert (layer.low, layer.high) == pytest.approx((1.96, 97.04), abs=1)
