"""Presets: small rasters with the codes and layouts of the real ones give what geometry says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from build_helpers import unit
from raster_files import PLACES, Place, box, write_raster

from geodata.errors import NotFound
from geodata.rasters.presets import Preset, preset_names, read_preset
from geodata.rasters.raster_recipe import RasterOutcome, RasterPaths, RasterRecipe
from geodata.rasters.unit_figures import raster_figures

UNIT = unit("00001-20250701")


def recipe_of(preset: Preset) -> RasterRecipe:
    return RasterRecipe(
        file="x.tif",
        source="",
        period=preset.period,
        coarseness=preset.coarseness,
        statistics=preset.figures,
        where=preset.id,
        preset=preset.id,
        band=preset.band,
        missing=preset.missing,
        condition="second.tif" if preset.second else "",
        condition_above=preset.condition_above,
        status=preset.status,
        min_cells=preset.min_cells,
        few_cells=preset.few_cells,
        class_names=preset.class_names,
    )


def computed(name: str, paths: list[Path], place: Place, *, second: Path | None = None):
    preset = read_preset(name)
    where = RasterPaths(tuple(map(str, paths)), condition=str(second or ""))
    shapes = {UNIT.unit_id: box(place, 0, 0, 40, 40)}
    return raster_figures(recipe_of(preset), where, [UNIT], shapes, preset.indicators)


def values(found: RasterOutcome) -> dict[str, float]:
    assert not found.left_out
    return {f"{f.figure.indicator} {f.figure.period}".strip(): f.value for f in found.figures}


def halves(left: float, right: float, dtype: str) -> np.ndarray:
    """Forty by forty cells, a quarter of the columns of one value, the rest of the other."""
    cells = np.full((40, 40), right, dtype)
    cells[:, :10] = left
    return cells


def place_of(side: float) -> Place:
    return PLACES["EPSG:4326"]._replace(side=side)


def test_worldcover_counts_trees_and_mangroves_over_its_tiles(tmp_path: Path) -> None:
    place = place_of(1 / 12000)
    codes = halves(10, 30, "uint8")
    codes[:, 10:20] = 95
    west = write_raster(tmp_path / "w.tif", codes[:, :25], place, nodata=0)
    east = write_raster(
        tmp_path / "e.tif", codes[:, 25:], place._replace(left=place.left + 25 * place.side),
        nodata=0,
    )  # fmt: skip
    found = values(computed("esa_worldcover", [west, east], place))
    assert found["tree_cover_share"] == pytest.approx(50, abs=1e-3)
    hectares = 0.5 * 1600 * (place.side * 111_000) ** 2 * np.cos(np.radians(22.5)) / 1e4
    assert found["tree_cover_area"] == pytest.approx(hectares, rel=0.01)


def test_jaxa_counts_its_four_kinds_of_forest_and_rice(tmp_path: Path) -> None:
    place = place_of(1 / 11133)
    codes = halves(3, 4, "uint8")
    for number, code in enumerate((8, 9, 10, 11)):
        codes[number * 5 : number * 5 + 5, 10:] = code
    found = values(
        computed("jaxa_vietnam", [write_raster(tmp_path / "x.tif", codes, place)], place)
    )
    assert found["rice_share_satellite"] == pytest.approx(25, abs=1e-3)
    assert found["forest_share_satellite"] == pytest.approx(37.5, abs=1e-2)


def test_hansen_gives_a_yearly_series_that_loses_what_was_lost(tmp_path: Path) -> None:
    place = place_of(1 / 4000)
    lost = halves(5, 0, "uint8")  # lost in 2005
    lost[:, 10:20] = 24
    cover = np.full((40, 40), 31, "uint8")
    cover[:20] = 30  # not above
    loss = write_raster(tmp_path / "lossyear.tif", lost, place)
    second = write_raster(tmp_path / "treecover2000.tif", cover, place)
    found = values(computed("hansen_forest_change", [loss], place, second=second))
    assert len(found) == 25
    series = [found[f"tree_cover_left_share {year}"] for year in range(2000, 2025)]
    assert series[:5] == pytest.approx([50] * 5, abs=0.01)
    assert series[5:24] == pytest.approx([37.5] * 19, abs=0.01)
    assert series[24] == pytest.approx(25, abs=0.01)


def test_copernicus_gives_heights_and_the_share_of_high_land(tmp_path: Path) -> None:
    place = place_of(1 / 3600)
    heights = halves(1500.5, 300.25, "float32")
    found = values(
        computed("copernicus_dem", [write_raster(tmp_path / "x.tif", heights, place)], place)
    )
    assert found["elevation_mean"] == pytest.approx(0.25 * 1500.5 + 0.75 * 300.25, abs=0.01)
    assert (found["elevation_lowest"], found["elevation_highest"]) == (300.25, 1500.5)
    assert found["relief"] == 1200.25
    assert found["land_above_1000m_share"] == pytest.approx(25, abs=1e-3)


def test_viirs_gives_radiance_and_the_lit_share(tmp_path: Path) -> None:
    place = place_of(1 / 240)
    light = halves(2.0, 0.0, "float32")
    found = values(
        computed("viirs_night_lights", [write_raster(tmp_path / "x.tif", light, place)], place)
    )
    assert found["night_radiance_mean"] == pytest.approx(0.5, abs=1e-3)
    assert found["night_radiance_lit_share"] == pytest.approx(25, abs=1e-3)


def test_worldpop_adds_people_up_and_leaves_out_where_nobody_counted(tmp_path: Path) -> None:
    place = place_of(1 / 1200)
    people = halves(2.5, 0.5, "float32")
    people[0, 0] = -99999
    path = write_raster(tmp_path / "x.tif", people, place)
    found = values(computed("worldpop", [path], place))
    assert found["population_gridded"] == pytest.approx(399 * 2.5 + 1200 * 0.5, rel=1e-6)


def test_mcd12c1_gives_the_share_of_its_majority_class(tmp_path: Path) -> None:
    place = place_of(0.05)
    path = write_raster(tmp_path / "x.tif", halves(2, 8, "uint8"), place, nodata=255)
    found = computed("mcd12c1", [path], place)
    assert values(found)["evergreen_forest_share"] == pytest.approx(25, abs=0.01)
    assert "2 (evergreen broadleaf forest)" in found.figures[0].method.en
    assert read_preset("mcd12c1").status == "estimate"


def test_globcover_counts_its_forest_classes(tmp_path: Path) -> None:
    place = place_of(1 / 360)
    codes = halves(40, 130, "uint8")
    codes[:4] = 230
    path = write_raster(tmp_path / "x.tif", codes, place)
    found = computed("globcover", [path], place)
    assert values(found)["forest_share_globcover"] == pytest.approx(25, abs=1e-3)
    assert found.figures[0].coverage == pytest.approx(0.9, abs=1e-3)


def test_esa_cci_counts_the_classes_with_trees_in_the_band_of_its_year(tmp_path: Path) -> None:
    place = place_of(1 / 360)
    bands = np.stack([halves(10, 10, "uint8")] * 23 + [halves(50, 130, "uint8")])
    path = write_raster(tmp_path / "x.tif", bands, place)
    found = values(computed("esa_cci_land_cover", [path], place))
    assert found["forest_share_esa_cci"] == pytest.approx(25, abs=1e-3)


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_says_in_both_languages_what_it_is_and_whom_to_credit(name: str) -> None:
    preset = read_preset(name)
    for text in (preset.title, preset.download, preset.coarseness):
        assert text.vi
        assert text.en
        assert text.vi != text.en
    assert preset.source.title
    assert preset.source.issuer
    assert preset.source.licence
    assert preset.page.startswith("http")
    assert {figure.indicator for figure in preset.figures} == preset.indicators.keys()
    assert {one.theme for one in preset.indicators.values()} == preset.theme_names.keys()


def test_there_are_the_presets_that_were_promised() -> None:
    assert set(preset_names()) == {
        "copernicus_dem", "esa_cci_land_cover", "esa_worldcover", "globcover",
        "hansen_forest_change", "jaxa_vietnam", "mcd12c1", "viirs_night_lights", "worldpop",
    }  # fmt: skip
    with pytest.raises(NotFound, match="no such preset"):
        read_preset("../secrets")


@pytest.mark.parametrize(
    ("name", "bounds", "tiles"),
    [
        ("esa_worldcover", (102.3, 21.7, 104.0, 22.8), ["N21E102"]),
        ("esa_worldcover", (104.9, 20.9, 105.1, 21.1),
         ["N18E102", "N18E105", "N21E102", "N21E105"]),
        ("hansen_forest_change", (102.3, 21.7, 104.0, 22.8),
         ["lossyear_30N_100E", "cover2000_30N_100E"]),
        ("copernicus_dem", (102.3, 21.7, 103.2, 21.9), ["N21_00_E102_00", "N21_00_E103_00"]),
        ("copernicus_dem", (-0.5, -0.5, 0.5, -0.1), ["S01_00_W001_00", "S01_00_E000_00"]),
    ],
)  # fmt: skip
def test_the_tiles_of_an_area_are_named(
    name: str, bounds: tuple[float, float, float, float], tiles: list[str]
) -> None:
    pattern = read_preset(name).tiles
    assert pattern is not None
    found = pattern.covering(bounds)
    assert len(found) == len(tiles)
    for told, expected in zip(found, tiles, strict=True):
        assert expected in told
