"""Boundary files as they come: read, joined to units by code or by name, and cut as law says."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import shapely

from geodata.build.territory_recipe import TerritoryRecipe
from geodata.build.unit_kinds import split_full_name
from geodata.build.unit_register import name_keys, units_valid_on
from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.model import Unit
from geodata.vietnamese_names import match_key


def official_outlines(
    recipe: TerritoryRecipe, units: Sequence[Unit], crs: str
) -> dict[str, shapely.Geometry]:
    """Official outlines of today's communes by unit id, in ``crs``."""
    options = recipe.settings["successors"]
    frame = _read_outlines(recipe, options["file"], crs)
    shapes = {
        str(code): shape for code, shape in zip(frame[options["code"]], frame.geometry, strict=True)
    }
    today = units_valid_on(units, "commune", recipe.merger)
    _require_same(set(shapes), {unit.code for unit in today}, options["file"])
    return {unit.unit_id: _areal(shapes[unit.code]) for unit in today}


def old_outlines(
    recipe: TerritoryRecipe, units: Sequence[Unit], crs: str
) -> dict[str, shapely.Geometry]:
    """Old outlines by the id of the unit valid at the horizon, in ``crs``.

    Joined by district, rank and name, since the file has no codes in use.

    Raises
    ------
    FileFault
        A name finds no unit, a unit finds no outline, or one finds two; all of them are listed.
    """
    options = recipe.settings["predecessors"]["outlines"]
    frame = _read_outlines(recipe, options["file"], crs)
    districts = {unit.unit_id: unit for unit in units if unit.level == "district"}
    finder: dict[tuple[str, str, str], str] = {}
    communes = units_valid_on(units, "commune", recipe.horizon)
    for unit in communes:
        district = match_key(districts[unit.parent_id or ""].full_name.vi)
        for key in name_keys(unit):
            finder[district, unit.kind, key] = unit.unit_id
    found: dict[str, shapely.Geometry] = {}
    faults = []
    for district, name, shape in zip(
        frame[options["district"]], frame[options["name"]], frame.geometry, strict=True
    ):
        kind, short = split_full_name(name)
        identity = finder.get((match_key(district), kind, match_key(short)), "")
        if not identity or identity in found:
            faults.append(f"{name} ({district})")
        found[identity] = _areal(shape)
    faults += [unit.full_name.vi for unit in communes if unit.unit_id not in found]
    if faults:
        raise FileFault(
            Message("Names match nothing or match twice"),
            found="; ".join(faults),
            remedy=Message("add the spelling to aliases.csv"),
            where=options["file"],
        )
    return found


def _read_outlines(recipe: TerritoryRecipe, name: str, crs: str) -> gpd.GeoDataFrame:
    path = recipe.inputs / name
    if not path.exists():
        raise FileFault(Message("The boundary file is missing"), str(path))
    return gpd.read_file(path).to_crs(crs)


def _areal(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a shape, made valid, without parts under one square metre."""
    polygons = [part for part in shapely.get_parts(shapely.make_valid(shape)) if part.area > 1]
    return polygons[0] if len(polygons) == 1 else shapely.union_all(polygons)


def _require_same(found: set[str], expected: set[str], where: str) -> None:
    if found != expected:
        raise FileFault(
            Message("Codes in the file differ from the register"),
            found=", ".join(sorted(found ^ expected)),
            where=where,
        )
