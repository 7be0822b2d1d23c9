"""Registered rasters on paper: in their place, multiplied, with legend and credit."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pypdf
import pytest
import shapely
from PIL import Image
from pyproj import Transformer

from geodata.errors import NotFound
from geodata.i18n import Text
from layers.layer import Layer
from layers.layer_view import resolve_layer
from layers.rasters.raster_choice import RasterChoice
from layers.rasters.raster_view import resolve_rasters
from layers.sheet.layout_block import Rect
from layers.sheet.map_geometry import projection
from layers.sheet.raster_marks import raster_image
from layers.sheet.relief import relief_pixels
from layers.sheet.viewport import fit_extent
from tests.layers.sheet.test_golden import FOLDER, RASTER_CASES, small
from tests.raster_files import PLACES, Place
from tests.raster_layers import CLASSES, centre_of, registered

pytestmark = pytest.mark.slow

WHOLE = Place("EPSG:4326", 102.0, 23.0, 0.01)
FLAT = 180 / 255
"""Light on level ground: the sine of 45 degrees, as a grey."""
ROWS, COLUMNS = np.mgrid[0:160, 0:240]


@pytest.fixture(scope="module")
def rasters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stripes of land cover, ridges and level ground all over the province."""
    folder = tmp_path_factory.mktemp("rasters")
    codes = ((ROWS // 8 + COLUMNS // 8) % 2 + 1).astype("uint8")
    cover = {"title": Text("Lớp phủ", "Land cover"), "credit": "Cơ quan X", "period": "2021"}
    registered(folder, codes, WHOLE, id="cover", style="classes", classes=CLASSES, **cover)
    ridges = (900 + 500 * np.sin((ROWS + COLUMNS) / 3)).astype("float32")
    relief = {"title": Text("Bóng địa hình", "Hillshade"), "credit": "Copernicus"}
    registered(folder, ridges, WHOLE, id="relief", style="hillshade", unit="m", **relief)
    level = np.full((160, 240), 700, "float32")
    registered(folder, level, WHOLE, id="level", style="hillshade", unit="m")
    return folder / "rasters"


@pytest.mark.parametrize("crs", PLACES)
def test_every_cell_stands_where_it_lies_on_the_plane_of_the_sheet(
    tmp_path: Path, crs: str
) -> None:
    place = PLACES[crs]
    rows, columns = np.mgrid[0:20, 0:20]
    codes = ((rows + columns) % 2 + 1).astype("uint8")
    registered(tmp_path, codes, place, style="classes", classes=CLASSES)
    (view,) = resolve_rasters((RasterChoice("given", 100),), tmp_path / "rasters")
    turn = Transformer.from_crs(4326, projection(103.0), always_xy=True)
    x, y = turn.transform(*zip(*(centre_of(place, r, c) for r in (0, 19) for c in (0, 19)),
                               strict=True))  # fmt: skip
    viewport = fit_extent((min(x), min(y), max(x), max(y)), Rect(10, 20, 150, 120), 10)
    pixels = raster_image(view, viewport, 103.0)
    height, width, _ = pixels.shape
    for row in range(20):
        for column in range(20):
            plane = np.array([turn.transform(*centre_of(place, row, column))])
            ((across, down),) = viewport.points(plane)
            at = (int((down - 20) / 120 * height), int((across - 10) / 150 * width))
            expected = (0, 100, 0, 255) if (row + column) % 2 == 0 else (0, 100, 200, 255)
            assert tuple(pixels[at]) == expected, (row, column)


def test_a_hillshade_is_multiplied_with_the_colours_of_the_classes(
    make, rasters: Path, lai_chau_store
) -> None:
    options = {"preset": "half-page", "dpi": 96}
    sheet = make({"rasters": "level:100"}, rasters=rasters, **options)
    pixels = np.asarray(Image.open(io.BytesIO(sheet)).convert("RGB"), dtype=float)
    legend = resolve_layer(Layer.from_query({}, lai_chau_store), lai_chau_store).legend
    for row in legend.classes:
        colour = np.array([int(row.colour[n : n + 2], 16) for n in (1, 3, 5)])
        multiplied = (np.abs(pixels - colour * FLAT).max(axis=2) <= 2).sum()
        as_they_are = (np.abs(pixels - colour).max(axis=2) <= 1).sum()
        assert multiplied > 4 * as_they_are > 0, "the map is darker than its legend"


def test_the_relief_of_a_sheet_is_the_hillshade_of_the_same_grid(rasters: Path) -> None:
    (view,) = resolve_rasters((RasterChoice("relief"),), rasters)
    turn = Transformer.from_crs(4326, projection(103.0), always_xy=True)
    west, south = turn.transform(102.6, 21.9)
    extent = (west, south, west + 60_000, south + 60_000)
    viewport = fit_extent(extent, Rect(0, 0, 60, 60), 0)
    chosen = Image.fromarray(raster_image(view, viewport, 103.0)[..., 3])
    units = [shapely.box(west, south, west + 30_000, south + 60_000)]
    asked = Image.fromarray(relief_pixels(view.layer.path, viewport, 103.0, units)[..., 3])
    dark = [np.asarray(each.resize((300, 300), Image.Resampling.BOX), dtype=int)
            for each in (chosen, asked)]  # fmt: skip
    assert np.abs(dark[0] - dark[1])[:, :149].mean() < 2
    assert np.ptp(dark[0]) > 25
    assert not dark[1][:, 151:].any(), "on the units alone"


@pytest.mark.parametrize(("name", "query"), RASTER_CASES.items())
def test_a_sheet_with_a_raster_looks_as_it_did(make, rasters: Path, name: str, query: str) -> None:
    found = small(make({"rasters": query}, rasters=rasters, preset="half-page", dpi=96))
    path = FOLDER / f"{name}.png"
    if os.environ.get("SHEET_GOLDEN") == "write":
        found.save(path, optimize=True, bits=4)
    wanted = np.asarray(Image.open(path).convert("L"), dtype=int)
    differing = np.abs(np.asarray(found, dtype=int) - wanted) > 17
    assert differing.mean() < 0.01


def test_legend_and_credit_stand_on_the_sheet(make, rasters: Path) -> None:
    pdf = make(
        {"rasters": "cover,relief", "lang": "en"}, rasters=rasters, format="pdf",
        preset="a4-landscape",
    )  # fmt: skip
    text = " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    for said in ("Land cover", "Forest", "Water", "light from the north-west",
                 "Land cover, 2021 (Cơ quan X); Hillshade (Copernicus)"):  # fmt: skip
        assert said in text
    assert b"<image" in make({"rasters": "cover"}, rasters=rasters, format="svg")


def test_a_raster_that_is_not_registered_is_refused_by_name(make, rasters: Path) -> None:
    with pytest.raises(NotFound) as refused:
        make({"rasters": "gone"}, rasters=rasters, preset="half-page", dpi=96)
    assert refused.value.where == "rasters"
    assert refused.value.found == "gone"
