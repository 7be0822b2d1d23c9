"""A raster that cannot be what it says is refused with words, before and while it is read."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
import rasterio
from raster_files import PLACES, box, figures, value, write_raster
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import Affine

from geodata.errors import FileFault, InvalidInput, PortalError
from geodata.rasters.source import open_raster
from geodata.rasters.statistic import Statistic, verify_statistic

PLACE = PLACES["EPSG:4326"]
UNIT = box(PLACE, 1, 1, 7, 7)
MEAN = Statistic("mean")
ONES = np.ones((8, 8), "uint8")


def refused(path: Path | str, *statistics: Statistic, **how: object) -> str:
    with pytest.raises(PortalError) as fault:
        figures(path, [UNIT], *(statistics or (MEAN,)), **how)
    assert fault.value.message("vi") != fault.value.message("en")
    return fault.value.message("en")


def test_a_raster_without_a_coordinate_system_is_refused(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "x.tif", ONES, PLACE._replace(crs=""), crs=None)
    assert "no coordinate system" in refused(path)


@pytest.mark.parametrize(
    ("transform", "words"),
    [
        (Affine(0.004, 0.001, 103, 0.001, -0.004, 22.5), "do not run along the axes"),
        (Affine(0, 0.005, 103, 0.005, 0, 22.5), "do not run along the axes"),
        (Affine.identity(), "does not say where its cells lie"),
        (Affine(500, 0, 300_000, 0, -500, 2_490_000), "beyond the globe"),
    ],
)
def test_cells_that_lie_askew_or_nowhere_are_refused(
    tmp_path: Path, transform: Affine, words: str
) -> None:
    path = tmp_path / "x.tif"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(
            path, "w", driver="GTiff", width=8, height=8, count=1, dtype="uint8", crs="EPSG:4326",
            transform=None if transform == Affine.identity() else transform,
        ) as raster:  # fmt: skip
            raster.write(ONES, 1)
    assert words in refused(path)


@pytest.mark.parametrize(
    ("left", "top", "words"),
    [
        # A grid of cell middles ends a cell beyond the pole or the meridian at most.
        (-1.0, 91.0, ""),
        (-1.0, 91.5, "beyond the globe"),
        (-1.0, -83.0, ""),
        (-1.0, -83.5, "beyond the globe"),
        (353.0, 4.0, ""),
        (353.5, 4.0, "beyond the globe"),
        (-361.0, 4.0, ""),
        (-361.5, 4.0, "beyond the globe"),
    ],
)
def test_a_grid_lies_on_the_globe_or_a_cell_beyond(
    tmp_path: Path, left: float, top: float, words: str
) -> None:
    path = tmp_path / "x.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=8, height=8, count=1, dtype="uint8", crs="EPSG:4326",
        transform=Affine(1, 0, left, 0, -1, top),
    ) as raster:  # fmt: skip
        raster.write(ONES, 1)
    if words:
        assert words in refused(path)
    else:
        with open_raster([str(path)]) as source:
            assert source.grid.columns == 8


def test_a_band_that_is_not_there_and_bands_nobody_chose_are_refused(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "x.tif", np.stack([ONES, ONES * 2]))
    with rasterio.open(path, "r+") as raster:
        raster.set_band_description(2, "nightlights")
    assert "several bands" in refused(path)
    assert "1, 2 (nightlights)" in refused(path, band=3)
    assert value(path, UNIT, MEAN, band=2) == 2


def test_classes_of_which_none_occurs_are_refused_with_those_that_do(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "x.tif", np.where(np.eye(8), 10, 40).astype("uint8"))
    told = refused(path, Statistic("share", (11, 12)))
    assert "None of the classes occurs" in told
    assert "'11, 12'" in told
    assert "10, 40" in told
    assert "-3, 300" in refused(
        write_raster(tmp_path / "signed.tif", np.where(np.eye(8), -3, 300).astype("int16")),
        Statistic("share", (11,)),
    )
    # One of two is enough: there may be no mangroves here.
    assert value(path, UNIT, Statistic("share", (10, 95))) > 0


def test_a_raster_of_another_place_is_refused_with_both_extents(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "x.tif", ONES, PLACE._replace(left=10.0, top=50.0))
    told = refused(path)
    assert "lies elsewhere" in told
    assert "10, 50" in told
    assert "103.005" in told


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no GeoTIFF"),
        (b"GIF89a" + b"x" * 100, "no GeoTIFF"),
        (b"<VRTDataset rasterXSize='1' rasterYSize='1'/>", "VRT"),
        (b"II*\0" + b"\xff" * 200, "cannot be read"),
    ],
)
def test_what_is_no_geotiff_is_refused_whatever_its_name(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "x.tif"
    path.write_bytes(content)
    assert words in refused(path)


@pytest.mark.parametrize(
    "address",
    ["gone.tif", "/vsicurl/http://127.0.0.1:9/x.tif", "/vsizip/x.zip/x.tif", "s3://bucket/x.tif",
     "file:///etc/passwd", "GTIFF_DIR:1:x.tif", "/proc/self/mem", "."],
)  # fmt: skip
def test_an_address_that_leads_elsewhere_is_refused(address: str) -> None:
    told = refused(address)
    assert "no such raster" in told or "no GeoTIFF" in told or "cannot be read" in told


def test_a_server_is_asked_only_where_the_operator_names_it() -> None:
    assert "only where its address is given" in refused("http://127.0.0.1:9/x.tif")


def test_a_file_that_is_cut_off_is_refused_and_gives_no_figure(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    values = rng.integers(0, 255, (600, 600)).astype("uint8")
    path = write_raster(
        tmp_path / "x.tif", values, PLACE._replace(side=0.0001), tiled=True, blockxsize=64,
        blockysize=64,
    )  # fmt: skip
    path.write_bytes(path.read_bytes()[:150_000])
    assert "read" in refused(path)


def test_a_block_that_unfolds_to_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=20_000, height=20_000, count=1, dtype="uint8",
        crs="EPSG:4326", transform=Affine(1e-5, 0, 103, 0, -1e-5, 22.5), tiled=True,
        blockxsize=16_384, blockysize=16_384, compress="deflate", sparse_ok=True,
    ):  # fmt: skip
        pass
    assert path.stat().st_size < 10_000
    assert "unfolds to too much" in refused(path)


def test_more_cells_than_can_be_read_are_refused_before_any_is(tmp_path: Path) -> None:
    path = tmp_path / "large.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=200_000, height=200_000, count=1, dtype="uint8",
        crs="EPSG:4326", transform=Affine(1e-7, 0, 103.005, 0, -1e-7, 22.495), tiled=True,
        blockxsize=4096, blockysize=4096, compress="deflate", sparse_ok=True,
    ):  # fmt: skip
        pass
    assert "too many cells" in refused(path)


def test_tiles_of_different_cells_are_refused(tmp_path: Path) -> None:
    one = write_raster(tmp_path / "one.tif", ONES)
    other = write_raster(
        tmp_path / "other.tif", ONES, PLACE._replace(left=PLACE.left + 8.5 * PLACE.side)
    )
    with pytest.raises(FileFault, match=r"other\.tif: The files are no tiles of one raster"):
        figures([str(one), str(other)], [UNIT], MEAN)


def test_values_that_are_no_plain_numbers_are_refused(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "x.tif", ONES.astype("complex64"))
    assert "no plain numbers" in refused(path)


def test_nothing_beside_the_file_is_read(tmp_path: Path) -> None:
    """Not a mask of another file, nor statistics or a system that stand beside it."""
    path = write_raster(tmp_path / "x.tif", ONES, crs=None)
    (tmp_path / "x.prj").write_text(rasterio.crs.CRS.from_epsg(4326).to_wkt(), encoding="utf-8")
    (tmp_path / "x.tif.aux.xml").write_text(
        "<PAMDataset><SRS>EPSG:4326</SRS></PAMDataset>", encoding="utf-8"
    )
    assert "no coordinate system" in refused(path)


@pytest.mark.parametrize(
    ("statistic", "words"),
    [
        (Statistic("share"), "needs classes"),
        (Statistic("area"), "needs classes"),
        (Statistic("share_above"), "needs threshold"),
        (Statistic("weighted_mean"), "needs weights"),
        (Statistic("mean", (1,)), "does not use classes"),
        (Statistic("sum", threshold=3), "does not use threshold"),
    ],
)
def test_an_operation_is_refused_without_what_it_needs(statistic: Statistic, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        verify_statistic(statistic, weighted=False)


def test_no_raster_is_refused() -> None:
    with pytest.raises(InvalidInput, match="No raster"), open_raster([]):
        pass
