"""Sheets look as they did: small pictures compared with a tolerance, grey but for the palettes.

Run with ``SHEET_GOLDEN=write`` to make the pictures anew, and look at them before committing.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from layers.palettes import PALETTES
from layers.sheet import PRESETS

FOLDER = Path(__file__).parent / "golden"
BINH_LU = "03390-20250701"
OLD = {"indicator": "population_density", "level": "commune", "date": "2020-02-01"}
COMPARED = {
    "indicator": "population_density", "period": "2019-04-01", "level": "commune",
    "date": "2020-02-01", "on": "2025-07-01",
}  # fmt: skip
LONG = "Số hộ nghèo và cận nghèo đa chiều được hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế "
Case = tuple[str, dict[str, str], dict[str, object]]
CASES: dict[str, Case] = {
    **{preset: ("sheet", {}, {"preset": preset}) for preset in PRESETS},
    "bw-106-units": ("sheet", OLD, {"preset": "a4-portrait", "bw": True, "graticule": True}),
    "symbols-english": (
        "sheet", {"indicator": "population", "lang": "en"}, {"preset": "square"}
    ),
    "one-unit": ("sheet", {}, {"preset": "half-page", "extent": BINH_LU}),
    "no-data": (
        "sheet", {"indicator": "forest_cover_rate", "period": "2011"}, {"preset": "half-page"}
    ),
    "long-title": ("sheet", {"title": LONG * 2}, {"office": LONG, "note": LONG * 3}),
    "all-doubtful": ("sheet", {}, {"preset": "half-page", "doubtful": True}),
    "view": (
        "sheet", {"palette": "teal_blues"},
        {"preset": "square", "extent": "view", "bbox": (103.2, 22.1, 103.8, 22.6)},
    ),
    "places": (
        "sheet",
        {"indicator": "natural_area",
         "places": "lodging,attraction,viewpoint,peak,community_tourism_village,hydropower_plant"},
        {"preset": "a4-portrait"},
    ),
    "pair": ("pair", COMPARED | {"period2": "2025-07-01"}, {}),
    "pair-redrawn-bw": ("pair", COMPARED, {"preset": "half-page", "bw": True}),
    "difference": (
        "difference", COMPARED | {"period2": "2025-07-01", "measure": "relative"},
        {"preset": "half-page"},
    ),
    "multiples": (
        "multiples",
        {"period": "2000", "indicator": "elevation_lowest", "level": "commune",
         "indicators": "elevation_lowest,elevation_mean,elevation_highest,relief"},
        {"preset": "a4-portrait"},
    ),
    "multiples-apart": (
        "multiples",
        {"level": "commune", "date": "2025-07-01", "indicator": "population_density",
         "indicators": "population_density,elevation_mean,land_above_1000m_share"},
        {"preset": "slide"},
    ),
}  # fmt: skip
RASTER_CASES = {"raster-land-cover": "cover:70", "raster-hillshade": "relief:60"}
"""Sheets with rasters, which another module draws: name -> the parameter ``rasters``."""


def small(content: bytes) -> Image.Image:
    """A sheet at half its size in 16 greys, which is what is kept."""
    picture = Image.open(io.BytesIO(content)).convert("L")
    half = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)
    return half.point(lambda level: level // 16 * 17)


@pytest.mark.parametrize("name", CASES)
def test_a_sheet_looks_as_it_did(name: str, make_of) -> None:
    kind, query, options = CASES[name]
    found = small(make_of(kind, query, dpi=96, public_url="https://map.example", **options))
    path = FOLDER / f"{name}.png"
    if os.environ.get("SHEET_GOLDEN") == "write":
        found.save(path, optimize=True, bits=4)
    wanted = Image.open(path).convert("L")
    assert found.size == wanted.size
    difference = np.abs(np.asarray(found, dtype=int) - np.asarray(wanted, dtype=int))
    assert difference.mean() < 2.5
    assert (difference > 96).mean() < 0.01


RAMPS = [name for name, palette in PALETTES.items() if palette.type != "qualitative"]


@pytest.mark.parametrize("palette", RAMPS)
def test_a_palette_colours_a_sheet_as_it_did(palette: str, make_of) -> None:
    query = {"palette": palette, "classes": "7"}
    content = make_of("sheet", query, dpi=96, preset="half-page")
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    found = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)
    path = FOLDER / "palettes" / f"{palette}.png"
    if os.environ.get("SHEET_GOLDEN") == "write":
        found.quantize(32).save(path, optimize=True)
    wanted = Image.open(path).convert("RGB")
    assert found.size == wanted.size
    difference = np.abs(np.asarray(found, dtype=int) - np.asarray(wanted, dtype=int))
    # The two palettes most alike in lightness, earths and blue-purples, differ by 3.
    assert difference.mean() < 2


def test_every_ramp_has_its_picture() -> None:
    assert {path.stem for path in (FOLDER / "palettes").glob("*.png")} == set(RAMPS)


def test_the_pictures_kept_are_few_and_small() -> None:
    kept = list(FOLDER.glob("*.png"))
    assert {path.stem for path in kept} == {*CASES, *RASTER_CASES}
    assert len(kept) < 26
    assert all(path.stat().st_size < 60_000 for path in kept)
