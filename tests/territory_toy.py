"""Input files of a made-up province: a 4x4 grid of old communes that became 5 new ones.

::

    old communes              since 2025-07-01
    01 02 | 03 04             01 01 | 03 03
    05 06 | 07 08             01 01 | 03 03
    09 10 | 11 12             09 09 | 11 11
    13 14 | 15 16             09 09 | 11 16

The old lines stray by some tens of metres, commune 14 was drawn in the wrong place, and in 2020
commune 02 went into commune 01.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import shapely
from shapely.affinity import translate

from geodata.build.territory import BuiltTerritory, build_territory
from geodata.build.territory_recipe import TerritoryRecipe, read_aliases
from geodata.build.unit_register import build_units
from geodata.dataset_files.events_file import read_events_file
from geodata.dataset_files.territory_file import read_territory_file
from geodata.faults import RAISE_FIRST

SUCCESSORS = (1, 1, 3, 3, 1, 1, 3, 3, 9, 9, 11, 11, 9, 9, 11, 16)
SIDE = 2000.0
EAST, NORTH = 300_000.0, 2_400_000.0
NAMES = (
    "Ánh", "Bản", "Cốc", "Đá", "Hòa", "Ia", "Khe", "Lũng",
    "Mường", "Nà", "Ô", "Pa", "Quảng", "Suối", "Tà", "Ứng",
)  # fmt: skip

CRS = "EPSG:32648"
RECIPE = """
[limits]
area_difference = 0.02
outside_share = 0.10
added_share = 0.10
deviation_m = 60.0
[details]
1 = 300.0
2 = 100.0
3 = 30.0
[division]
spacing_m = 25.0
margin_m = 30.0
minimum_share = 0.05
[province]
code = "99"
full_name = "Tỉnh Ô Lưới"
valid_from = "2000-01-01"
official_area_km2 = 64.0
source = "new-lines"
boundary_quality = "generalised"
[horizon]
date = "2013-01-01"
[districts]
source = "old-lines"
boundary_quality = "indicative"
until = "2025-07-01"
[successors]
date = "2025-07-01"
file = "new.gpkg"
code = "code"
source = "new-lines"
boundary_quality = "generalised"
[successors.register]
file = "new.csv"
code = "code"
name = "name"
area = "area"
seat = "seat"
lon = "lon"
lat = "lat"
[predecessors]
source = "old-lines"
boundary_quality = "indicative"
crosswalk = { file = "crosswalk.csv", old = "old", new = "new" }
outlines = { file = "old.gpkg", district = "district", name = "name" }
[predecessors.register]
file = "old.csv"
code = "code"
name = "name"
district_code = "dc"
district = "district"
"""
EVENTS = """
[[former]]
code = "90001"
full_name = "Xã Ánh"
district = "901"
until = "2020-02-01"
[[former]]
code = "90002"
full_name = "Xã Bản"
district = "901"
until = "2020-02-01"
[[event]]
date = "2020-02-01"
source = "law"
legal_basis = { vi = "Luật", en = "Law" }
created = ["90001"]
changes = [
  { from = "90001-20130101", to = "90001-20200201" },
  { from = "90002-20130101", to = "90001-20200201" },
]
[[event]]
date = "2025-07-01"
source = "law"
legal_basis = { vi = "Luật", en = "Law" }
crosswalk = true
"""


def cell(number: int) -> shapely.Polygon:
    """Square of old commune ``number`` (1 to 16)."""
    row, column = divmod(number - 1, 4)
    west, south = EAST + column * SIDE, NORTH + (3 - row) * SIDE
    return shapely.box(west, south, west + SIDE, south + SIDE)


def new_shapes() -> dict[int, shapely.Geometry]:
    """Official outlines of the new communes; neighbours do not share all their points."""
    shapes = {}
    for new in sorted(set(SUCCESSORS)):
        merged = shapely.union_all(
            [cell(old) for old in range(1, 17) if SUCCESSORS[old - 1] == new]
        )
        shapes[new] = shapely.segmentize(merged.normalize(), 300.0 + 40 * new)
    return shapes


def old_shapes() -> dict[int, shapely.Geometry]:
    """Old outlines: each moved a little, the fourteenth a long way."""
    shapes = {n: translate(cell(n), 40 * (n % 3 - 1), 50 * (n % 2) - 25) for n in range(1, 17)}
    shapes[14] = translate(shapes[14], 0, -3 * SIDE)
    return shapes


SOURCES = ("new-lines", "old-lines", "law")


def toy_territory(folder: Path, inputs: Path) -> BuiltTerritory:
    """The territory that is built from the files of `write_inputs`."""
    recipe = TerritoryRecipe(
        read_territory_file(folder / "inputs" / "territory.toml", SOURCES, RAISE_FIRST),
        read_events_file(folder / "events.toml", SOURCES, RAISE_FIRST),
        read_aliases(folder),
        inputs,
    )
    return build_territory(recipe, CRS, *build_units(recipe))


def write_inputs(folder: Path, inputs: Path) -> None:
    """Write the dataset folder and its input files."""
    (folder / "inputs").mkdir(parents=True)
    inputs.mkdir(parents=True)
    (folder / "inputs" / "territory.toml").write_text(RECIPE, encoding="utf-8")
    (folder / "events.toml").write_text(EVENTS, encoding="utf-8")
    (folder / "aliases.csv").write_text(
        "unit_id,alias,source_id\n90008-20130101,Lúng,old-lines\n", encoding="utf-8"
    )
    _write_tables(inputs)
    spelling = {**dict(enumerate(NAMES, 1)), 8: "Lúng"}
    old = old_shapes()
    frame = gpd.GeoDataFrame(
        {
            "district": [district(n)[1] for n in old],
            "name": [f"Xã {spelling[n]}" for n in old],
        },
        geometry=list(old.values()),
        crs=32648,
    )
    frame.to_crs(4326).to_file(inputs / "old.gpkg")
    new = new_shapes()
    codes = [f"900{n:02}" for n in new]
    frame = gpd.GeoDataFrame({"code": codes}, geometry=list(new.values()), crs=32648)
    frame.to_crs(4326).to_file(inputs / "new.gpkg")


def district(number: int) -> tuple[str, str]:
    """Code and name of the district of an old commune: west or east."""
    return ("901", "Huyện Tây") if (number - 1) % 4 < 2 else ("902", "Huyện Đông")


def _write_tables(inputs: Path) -> None:
    old = ["code,name,dc,district"]
    crosswalk = ["old,new"]
    for number, name in enumerate(NAMES, 1):
        if number == 2:
            continue
        old.append(f"900{number:02},Xã {name},{','.join(district(number))}")
        crosswalk.append(f"900{number:02},900{SUCCESSORS[number - 1]:02}")
    new = ["code,name,area,seat,lon,lat"]
    for number, shape in new_shapes().items():
        area = shape.area / 1e6 * (1.5 if number == 16 else 1)  # One wrong figure in the register.
        new.append(f"900{number:02},Xã {NAMES[number - 1]},{area},,,")
    for name, lines in {"old": old, "crosswalk": crosswalk, "new": new}.items():
        (inputs / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
