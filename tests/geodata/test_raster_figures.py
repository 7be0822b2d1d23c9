"""What a recipe makes of a raster: figures with method and coverage, units left out and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from build_helpers import catalogue, indicator, unit
from raster_files import PLACES, box, write_raster

from geodata.build.zonal_statistics import zonal_observations
from geodata.dataset_files.raster_recipes import read_raster_recipes
from geodata.errors import FileFault, InvalidInput
from geodata.faults import RAISE_FIRST, FaultCollector
from geodata.i18n import Text
from geodata.rasters.raster_recipe import RasterFigure, RasterPaths, RasterRecipe, UnitSelection
from geodata.rasters.unit_figures import raster_figures

PLACE = PLACES["EPSG:4326"]
OLD = replace(unit("00001-20130101"), valid_to=dt.date(2025, 7, 1))
NEW, SMALL, OUTSIDE = (unit(f"0000{n}-20250701") for n in (2, 3, 4))
SHAPES = {
    OLD.unit_id: box(PLACE, 0, 0, 4, 4),
    NEW.unit_id: box(PLACE, 0, 0, 8, 4),
    SMALL.unit_id: box(PLACE, 1.2, 1.2, 1.6, 1.8),
    OUTSIDE.unit_id: box(PLACE, 6, 0, 12, 4),
}
MEANT = {name: indicator(name) for name in ("mean", "share", "people")}


def recipe(*figures: RasterFigure, **about: object) -> RasterRecipe:
    return RasterRecipe(
        file="grid.tif",
        source="register",
        period="2020",
        coarseness=Text("ô thô", "coarse cells"),
        statistics=figures or (RasterFigure("mean", "mean"),),
        where="rasters.toml [raster #1]",
        **about,  # type: ignore[arg-type]
    )


@pytest.fixture
def grid(tmp_path: Path) -> Path:
    """Eight by four cells, the right half without data from the seventh column on."""
    values = np.arange(32, dtype="int16").reshape(4, 8)
    values[:, 7] = -1
    return write_raster(tmp_path / "grid.tif", values, nodata=-1)


def outcome(path: Path, made: RasterRecipe):
    return raster_figures(
        made, RasterPaths((str(path),)), [OLD, NEW, SMALL, OUTSIDE], SHAPES, MEANT
    )


def test_units_of_all_days_get_their_figures_in_one_pass(grid: Path) -> None:
    found = outcome(grid, recipe())
    values = {each.unit.unit_id: each for each in found.figures}
    assert values.keys() == {OLD.unit_id, NEW.unit_id}
    assert values[OLD.unit_id].value == pytest.approx(13.5, abs=0.01)
    assert values[OLD.unit_id].coverage == 1.0
    assert values[NEW.unit_id].coverage == pytest.approx(7 / 8)
    assert values[NEW.unit_id].cells == pytest.approx(28)


def test_below_the_stated_coverage_and_number_of_cells_there_is_no_figure_and_why_is_said(
    grid: Path,
) -> None:
    found = outcome(grid, recipe())
    why = {each.unit.unit_id: each.why["en"] for each in found.left_out}
    assert why == {
        OUTSIDE.unit_id: "only 16.7% of it has data, 50.0% is needed",
        SMALL.unit_id: "only 0.2 cells lie in it, 1 are needed",
    }
    found = outcome(grid, recipe(min_coverage=0.1, min_cells=0))
    assert not found.left_out
    found = outcome(grid, recipe(min_coverage=0.9))
    assert [each.unit.unit_id for each in found.figures] == [OLD.unit_id]


def test_what_adds_up_needs_nearly_the_whole_unit(grid: Path) -> None:
    found = outcome(grid, recipe(RasterFigure("people", "sum")))
    assert [each.unit.unit_id for each in found.figures] == [OLD.unit_id]
    assert found.figures[0].value == sum(r * 8 + c for r in range(4) for c in range(4))


def test_a_figure_of_few_cells_is_doubtful(grid: Path) -> None:
    found = outcome(grid, recipe(few_cells=20))
    doubts = {each.unit.unit_id: each.doubt.en for each in found.figures}
    assert doubts[OLD.unit_id] == "It rests on 16 cells of the raster only"
    assert not doubts[NEW.unit_id]


def test_only_the_units_asked_for_get_figures(grid: Path) -> None:
    day = UnitSelection("commune", dt.date(2025, 7, 1))
    found = outcome(grid, recipe(units=(day,)))
    assert [each.unit.unit_id for each in found.figures] == [NEW.unit_id]
    with pytest.raises(InvalidInput, match="No unit with a shape"):
        outcome(grid, recipe(units=(UnitSelection("district"),)))


def test_the_method_names_classes_condition_and_coarseness(grid: Path, tmp_path: Path) -> None:
    made = recipe(
        RasterFigure("share", "share", (1, 2)),
        class_names={1: Text("rừng", "forest")},
        condition="cover.tif",
        condition_above=30,
    )
    cover = write_raster(tmp_path / "cover.tif", np.full((4, 8), 80, "uint8"))
    paths = RasterPaths((str(grid),), condition=str(cover))
    found = raster_figures(made, paths, [OLD], SHAPES, MEANT)
    method = found.figures[0].method
    assert method.en.startswith("Share of the true area in classes 1 (forest), 2, cells on the")
    assert method.en.endswith("only cells where cover.tif is above 30; coarse cells")
    assert "1 (rừng), 2" in method.vi
    assert method.vi.endswith("ô thô")


def test_a_scale_turns_the_raster_into_the_unit_of_measure(grid: Path) -> None:
    found = outcome(grid, recipe(RasterFigure("mean", "mean", scale=0.1)))
    assert found.figures[0].value == pytest.approx(1.35, abs=0.01)


RECIPE = """
[[raster]]
file = "grid.tif"
source = "register"
period = "2000"
coarseness = { vi = "ô thô", en = "coarse cells" }
min_cells = 0
units = [{ level = "commune", valid_on = "2014-01-01" }]
[[raster.statistic]]
indicator = "mean"
operation = "mean"
[[raster.statistic]]
indicator = "share"
operation = "share_above"
threshold = 10
period = "2001"
"""


def read(folder: Path, text: str, faults: FaultCollector = RAISE_FIRST) -> tuple[RasterRecipe, ...]:
    path = folder / "rasters.toml"
    path.write_text(text, encoding="utf-8")
    about = catalogue(indicator("mean"), indicator("share"))
    return read_raster_recipes(path, about, faults)


def test_a_dataset_s_recipe_gives_observations_that_say_how_they_came_about(grid: Path) -> None:
    [made] = read(grid.parent, RECIPE)
    frame = gpd.GeoDataFrame({"unit_id": list(SHAPES)}, geometry=list(SHAPES.values()), crs=4326)
    about = catalogue(indicator("mean"), indicator("share"))
    found = zonal_observations(made, grid.parent, frame, [OLD, NEW], about)
    told = [(o.unit_id, o.indicator, o.period, round(o.value)) for o in found]
    assert told == [
        (OLD.unit_id, "mean", "2000", 14),
        (OLD.unit_id, "share", "2001", 56),
    ]
    assert {(o.coverage, o.quote, o.source_id, o.status) for o in found} == {
        (1.0, "", "register", "actual")
    }
    assert found[1].method.vi.startswith("Phần diện tích thật có giá trị trên 10")


def test_a_preset_gives_what_an_entry_leaves_out(tmp_path: Path) -> None:
    text = """
[[raster]]
file = "grid.tif"
source = "register"
preset = "mcd12c1"
few_cells = 9
[[raster.statistic]]
indicator = "share"
operation = "share"
classes = [2]
"""
    [made] = read(tmp_path, text)
    assert (made.period, made.status, made.min_cells, made.few_cells) == ("2019", "estimate", 3, 9)
    assert made.missing == (255,)
    assert made.class_names[2].en == "evergreen broadleaf forest"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (('"mean"\noperation = "mean"', '"mean"\noperation = "median"'), "operation"),
        (("threshold = 10", ""), "threshold"),
        (("min_cells = 0", "min_cells = -1"), "min_cells"),
        (("min_cells = 0", "min_coverage = 95"), "min_coverage"),
        (("min_cells = 0", 'preset = "landsat"'), "preset"),
        (("min_cells = 0", 'status = "sure"'), "status"),
        (('level = "commune"', 'level = "canton"'), "level"),
        (("min_cells = 0", "minimum = 3"), "minimum"),
        (('"mean"\noperation = "mean"', '"mean"\noperation = "weighted_mean"'), "statistic"),
    ],
)
def test_a_wrong_field_of_a_recipe_is_named(
    tmp_path: Path, change: tuple[str, str], field: str
) -> None:
    with pytest.raises(FileFault, match=field):
        read(tmp_path, RECIPE.replace(*change))


def test_a_raster_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match=r"gone\.tif: There is no such raster"):
        outcome(tmp_path / "gone.tif", recipe())
