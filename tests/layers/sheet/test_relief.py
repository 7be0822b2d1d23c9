"""Relief is light and shadow on the colours of the units, from any grid with its CRS."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import rasterio
from PIL import Image

from geodata.errors import FileFault
from geodata.rasters.hillshade import hillshade

WEST, SOUTH, EAST, NORTH = 102.0, 21.5, 104.2, 23.0
FLAT = np.sin(np.radians(45))


def write_grid(path: Path, elevation: np.ndarray, crs: str | None = "EPSG:4326") -> Path:
    rows, columns = elevation.shape
    across, down = (EAST - WEST) / columns, (NORTH - SOUTH) / rows
    place = rasterio.Affine(across, 0, WEST, 0, -down, NORTH)
    with rasterio.open(
        path, "w", driver="GTiff", width=columns, height=rows, count=1, dtype="int16",
        crs=crs, transform=place, nodata=-9999,
    ) as target:  # fmt: skip
        target.write(elevation.astype("int16"), 1)
    return path


def ridges() -> np.ndarray:
    """Ridges from south-west to north-east, 1,500 m high."""
    rows, columns = np.mgrid[0:300, 0:400]
    return 1000 + 750 * np.sin((rows + columns) / 6)


def picture(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"), dtype=int)


def test_slopes_towards_the_sun_are_lighter_and_level_ground_is_neither() -> None:
    rows, columns = np.mgrid[0:9, 0:9] * 10.0
    assert hillshade(np.zeros((9, 9)), 10)[4, 4] == pytest.approx(FLAT)
    # Rising 1 m a metre to the south-east, the slope looks straight into the sun at 45 degrees.
    to_the_sun = hillshade((rows + columns) / np.sqrt(2), 10)[4, 4]
    assert to_the_sun == pytest.approx(1.0)
    assert hillshade(-(rows + columns) / np.sqrt(2), 10)[4, 4] == pytest.approx(0.0, abs=1e-9)


def test_relief_shades_the_units_and_nothing_else(make, tmp_path: Path) -> None:
    grid = write_grid(tmp_path / "ridges.tif", ridges())
    options = {"preset": "half-page", "dpi": 96}
    plain, shaded = make(**options), make(relief=grid, **options)
    changed = np.abs(picture(plain) - picture(shaded)).max(axis=2) > 6
    height, width = changed.shape
    assert 0.03 < changed.mean() < 0.4
    assert not changed[: height // 12].any(), "the title"
    assert not changed[:, int(width * 0.72) :].any(), "the key"
    assert make(relief=grid, **options, anew=True) == shaded


def test_level_ground_is_as_dark_as_a_registered_hillshade_has_it(make, tmp_path: Path) -> None:
    grid = write_grid(tmp_path / "plain.tif", np.full((30, 40), 800))
    options = {"preset": "half-page", "dpi": 96}
    plain, level = picture(make(**options)), picture(make(relief=grid, **options))
    # The grey of level ground at half opacity, on the units and nowhere else.
    darker = np.abs(level - plain * (1 - (1 - FLAT) / 2)).max(axis=2) <= 2
    same = np.abs(level - plain).max(axis=2) <= 2
    assert (darker | same).mean() > 0.97, "but for lines and names on the units"
    assert 0.05 < (darker & ~same).mean() < 0.5


def test_where_the_grid_is_silent_nothing_is_drawn(make, tmp_path: Path) -> None:
    elevation = ridges()
    elevation[:, 200:] = -9999
    grid = write_grid(tmp_path / "half.tif", elevation)
    options = {"preset": "half-page", "dpi": 96}
    changed = np.abs(picture(make(**options)) - picture(make(relief=grid, **options))).max(axis=2)
    places = np.flatnonzero((changed > 6).any(axis=0))
    assert len(places)
    assert places.max() < changed.shape[1] * 0.45


def test_pdf_and_svg_have_relief_too(make, tmp_path: Path) -> None:
    grid = write_grid(tmp_path / "ridges.tif", ridges())
    assert b"<image" in make(format="svg", preset="half-page", relief=grid)
    assert b"/Image" in make(format="pdf", preset="half-page", relief=grid)


@pytest.mark.parametrize("fault", ["no raster", "no CRS"])
def test_a_grid_that_cannot_be_read_is_named(make, tmp_path: Path, fault: str) -> None:
    path = tmp_path / "heights.tif"
    if fault == "no CRS":
        write_grid(path, ridges(), crs=None)
    else:
        path.write_bytes(b"II*\0 and then nothing")
    with pytest.raises(FileFault, match=r"heights\.tif: The grid of elevations cannot be read"):
        make(preset="half-page", dpi=96, relief=path)
