"""Boundary files as they come: read, joined to units by code or by name, and cut as law says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely

from geodata.build.territory_recipe import TerritoryRecipe
from geodata.build.unit_kinds import split_full_name
from geodata.build.unit_register import name_keys
from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message
from geodata.model import Unit
from geodata.readers.limits import too_large, too_much
from geodata.succession.crosswalk_chain import units_valid_on
from geodata.text_io import display_path
from geodata.vietnamese_names import match_key

_STARTS = {
    ".gpkg": b"SQLite format 3\0",
    ".geojson": b"{",
    ".json": b"{",
    ".shp": b"\x00\x00\x27\x0a",
    ".fgb": b"fgb",
    ".parquet": b"PAR1",
}
"""Kinds of boundary files by suffix, and how each begins: none of them leads to another file."""

_MOST_BYTES, _MOST_FEATURES = 2_000_000_000, 200_000


def official_outlines(
    recipe: TerritoryRecipe, units: Sequence[Unit], crs: str
) -> dict[str, shapely.Geometry]:
    """Official outlines of today's communes by unit id, in ``crs``."""
    table = recipe.file.successors
    frame = _read_outlines(recipe, table.file, (table.code,), crs)
    shapes = {
        str(code): shape
        for code, shape in zip(frame[table.code], frame.geometry, strict=True)
        if shape is not None
    }
    today = units_valid_on(units, "commune", recipe.merger)
    _require_same(set(shapes), {unit.code for unit in today}, table.file)
    return {unit.unit_id: _areal(shapes[unit.code]) for unit in today}


def old_outlines(
    recipe: TerritoryRecipe, units: Sequence[Unit], crs: str
) -> dict[str, shapely.Geometry]:
    """Old outlines by the id of the unit valid at the horizon, in ``crs``.

    Joined by district and name, with their ranks or, where that leaves no doubt, without, since the
    file has no codes in use. Where no predecessors are known there are none.

    Raises
    ------
    FileFault
        A name finds no unit or several, a unit finds no outline or two; all of them are listed.
    """
    if recipe.file.predecessors is None:
        return {}
    table = recipe.file.predecessors.outlines
    frame = _read_outlines(recipe, table.file, (table.district, table.name), crs)
    communes = units_valid_on(units, "commune", recipe.horizon)
    finder = OutlineFinder(communes, units)
    found: dict[str, shapely.Geometry] = {}
    unknown, doubled = [], []
    for district, name, shape in zip(
        frame[table.district], frame[table.name], frame.geometry, strict=True
    ):
        identity = finder.find(str(district), str(name))
        if not identity or shape is None:
            unknown.append(f"{name} ({district})")
        elif identity in found:
            doubled.append(f"{name} ({district})")
        else:
            found[identity] = _areal(shape)
    lost = [finder.written(unit) for unit in communes if unit.unit_id not in found]
    if unknown or doubled or lost:
        raise FileFault(
            Message("Outlines and communes do not match one to one"),
            found="; ".join((*unknown, *(f"2 × {name}" for name in doubled))) or "–",
            allowed=tuple(lost),
            remedy=Message(
                "Write the names as the register does, with rank and district, name another "
                "column in inputs/territory.toml, or add the spelling to aliases.csv"
            ),
            where=table.file,
        )
    return found


class OutlineFinder:
    """Finds communes by the names of an outline: each with its rank, or bare where none other fits.

    Parameters
    ----------
    communes
        Those that have outlines.
    units
        All units, the districts of the communes among them.
    """

    def __init__(self, communes: Sequence[Unit], units: Sequence[Unit]) -> None:
        self._districts = {unit.unit_id: unit for unit in units if unit.level == "district"}
        self._known: dict[tuple[str, str, str], set[str]] = {}
        for unit in communes:
            district = self._districts[unit.parent_id or ""]
            above = {match_key(district.full_name.vi), *name_keys(district)}
            for key in product(above, (unit.kind, ""), name_keys(unit)):
                self._known.setdefault(key, set()).add(unit.unit_id)

    def find(self, district: str, name: str) -> str:
        """Id of the one commune of the names; empty where there is none or more than one."""
        try:
            kind, short = split_full_name(name)
        except InvalidInput:
            kind, short = "", name
        found = self._known.get((match_key(district), kind, match_key(short)), set())
        return next(iter(found)) if len(found) == 1 else ""

    def written(self, unit: Unit) -> str:
        """A commune as an outline names it."""
        return f"{unit.full_name.vi} ({self._districts[unit.parent_id or ''].full_name.vi})"


def _read_outlines(
    recipe: TerritoryRecipe, name: str, columns: tuple[str, ...], crs: str
) -> gpd.GeoDataFrame:
    path = recipe.inputs / name
    verify_outlines(path, columns)
    frame = gpd.read_file(path).to_crs(crs)
    frame[list(columns)] = frame[list(columns)].fillna("")
    return frame


def verify_outlines(path: Path, columns: tuple[str, ...]) -> None:
    """Whether a boundary file is there and has the fields a recipe names; no shape is read.

    Raises
    ------
    FileFault
        The file is missing, too large or of no known format, or lacks a field or a coordinate
        system.
    """
    where = display_path(path)
    if not path.exists():
        remedy = Message("Put the file into the folder of the inputs, or correct its name")
        raise FileFault(Message("The boundary file is missing"), remedy=remedy, where=where)
    _verify_kind(path, where)
    try:
        about = pyogrio.read_info(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        what = Message("The boundary file cannot be read")
        raise FileFault(what, found=str(error), where=where) from None
    if about["features"] > _MOST_FEATURES:
        what = Message("The boundary file has too many features")
        raise too_much(what, about["features"], _MOST_FEATURES, where)
    fields = tuple(about["fields"])
    if lost := [column for column in columns if column not in fields]:
        what = Message("The boundary file lacks a field")
        remedy = Message("Name one of its fields in inputs/territory.toml")
        raise FileFault(what, ", ".join(lost), fields, remedy, where)
    if about["crs"] is None:
        what = Message("The boundary file has no coordinate system")
        raise FileFault(what, where=where)


def _verify_kind(path: Path, where: str) -> None:
    """Refuse a file that is too large, or of a kind that may lead to other files."""
    start = _STARTS.get(path.suffix.lower())
    if start is None:
        what = Message("The boundary file cannot be read")
        raise FileFault(what, path.suffix, tuple(_STARTS), where=where)
    if (size := path.stat().st_size) > _MOST_BYTES:
        what = Message("The file is too large")
        raise too_large(what, size, _MOST_BYTES, where)
    with path.open("rb") as file:
        head = file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if not head.startswith(start):
        what = Message("The boundary file cannot be read")
        raise FileFault(
            what, found=head[:20].decode("latin-1"), allowed=(path.suffix,), where=where
        )


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
