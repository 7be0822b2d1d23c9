"""A dataset small enough to check by hand: 16 old communes in a grid become 5 new ones.

::

    old communes              since 2025-07-01
    01 02 | 03 04             01 01 | 03 03
    05 06 | 07 08             01 01 | 03 03
    09 10 | 11 12             09 09 | 11 11
    13 14 | 15 16             09 09 | 11 16

The bar divides the two districts, which end with the reform. Three indicators: population, area and
density; old commune 6 has a doubtful figure beside a good one.
"""

from __future__ import annotations

import datetime as dt
from itertools import product
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from pyproj import Geod

from geodata.build.dataset_writer import DatasetTables, write_dataset
from geodata.i18n import Text
from geodata.model import Observation, PositionalAccuracy, Succession, Unit
from geodata.vietnamese_names import without_diacritics

REFORM = dt.date(2025, 7, 1)
HORIZON = dt.date(2013, 1, 1)
PROVINCE = "99-20000101"
# Successor of each old commune, row by row.
SUCCESSORS = (1, 1, 3, 3, 1, 1, 3, 3, 9, 9, 11, 11, 9, 9, 11, 16)
NAMES = (
    "Ánh Đào", "Bản Lầu", "Cốc Pàng", "Đá Đỏ", "Hòa Bình", "Hưng Hóa", "Khe Mo", "Lũng Pô",
    "Mường Én", "Nà Hỳ", "Ô Quy Hồ", "Pa Ủ", "Quảng Lâm", "Suối Ơn", "Tà Hừa", "Ứng Hòe",
)  # fmt: skip
NEW_NAMES = {1: "Hòa Bình", 3: "Đá Đỏ", 9: "Mường Én", 11: "Ô Quy Hồ", 16: "Ứng Hòe"}
GEOD = Geod(ellps="WGS84")
WEST, NORTH, SIDE = 103.0, 22.4, 0.1

DESCRIPTION = """
id = "toy"
title = { vi = "Ô lưới", en = "Grid" }
metric_crs = "EPSG:32648"
local_crs = "EPSG:9205"
reference_date = "2026-06-30"
default_theme = "population"
[[timeline]]
date = "2013-01-01"
name = { vi = "Trước 01/7/2025", en = "Before 1 July 2025" }
[[timeline]]
date = "2025-07-01"
name = { vi = "Từ 01/7/2025", en = "Since 1 July 2025" }
"""
THEMES = """
[population]
name = { vi = "Dân số", en = "Population" }
"""
MEASURE_UNITS = """
[person]
symbol = { vi = "người", en = "people" }
name = { vi = "người", en = "people" }
space = true
[km2]
symbol = { vi = "km²", en = "km²" }
name = { vi = "ki-lô-mét vuông", en = "square kilometres" }
space = true
[person_per_km2]
symbol = { vi = "người/km²", en = "people/km²" }
name = { vi = "người trên ki-lô-mét vuông", en = "people per square kilometre" }
space = true
"""
INDICATORS = """
[[indicator]]
id = "population"
name = { vi = "Dân số", en = "Population" }
definition = { vi = "Số người thường trú.", en = "Usual residents." }
measure_unit = "person"
kind = "count"
direction = "neutral"
decimals = 0
range = [0]
levels = ["province", "district", "commune", "village"]
classification = { scheme = "quantiles", classes = 5 }
palette = "yellow_browns"
style = "symbols"

[[indicator]]
id = "natural_area"
name = { vi = "Diện tích tự nhiên", en = "Natural area" }
definition = { vi = "Diện tích trong địa giới.", en = "Area within the boundary." }
measure_unit = "km2"
kind = "count"
direction = "neutral"
decimals = 2
range = [0]
levels = ["province", "district", "commune"]
style = "symbols"

[[indicator]]
id = "population_density"
group = { vi = "Mật độ", en = "Density" }
name = { vi = "Mật độ dân số", en = "Population density" }
definition = { vi = "Số người trên một km².", en = "People per km²." }
measure_unit = "person_per_km2"
kind = "ratio"
numerator = "population"
denominator = "natural_area"
ratio_factor = 1
direction = "neutral"
decimals = 1
range = [0]
levels = ["commune"]
not_applicable_kinds = ["township"]
classification = { scheme = "thresholds", classes = 3, thresholds = [10, 20] }
style = "choropleth"
"""
SOURCES = """
[[source]]
id = "grid"
kind = "boundaries"
title = { vi = "Lưới ô vuông", en = "The grid" }
rank = 1

[[source]]
id = "report"
kind = "report"
title = { vi = "Báo cáo dân số", en = "Report on population" }
number = "01/BC"
date = "2024-06"
file = "report.txt"
rank = 2

[[source]]
id = "hearsay"
kind = "collected"
title = { vi = "Ghi chép" }

[[source]]
id = "unused"
kind = "collected"
title = { vi = "Không dùng đến" }
"""
REPORT = "Dân số xã Hưng Hóa là 1.600 người;\nước cả năm 2025 đạt **1,7** nghìn người.\n"


def build_toy(folder: Path) -> Path:
    """Write the whole dataset under ``folder`` and its one report under ``folder.parent/seeds``."""
    files = {
        "dataset.toml": DESCRIPTION,
        "themes.toml": THEMES,
        "measure_units.toml": MEASURE_UNITS,
        "indicators/population.toml": INDICATORS,
        "sources/all.toml": SOURCES,
        "../seeds/report.txt": REPORT,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_dataset(folder, tables())
    return folder


def tables() -> DatasetTables:
    """The tables as the build would make them."""
    shapes = _shapes()
    units = _units(shapes)
    levels = {unit.unit_id: unit.level for unit in units}
    frame = gpd.GeoDataFrame(
        {"unit_id": list(shapes), "level": [levels[unit_id] for unit_id in shapes]},
        geometry=list(shapes.values()),
        crs="EPSG:4326",
    )
    accuracies = [
        PositionalAccuracy(
            unit.unit_id,
            unit.official_area_km2,
            _area(shapes[unit.unit_id]),
            0.0,
            12.5,
            None if unit.valid_to is None else 0.01,
        )
        for unit in units
        if unit.level == "commune"
    ]
    steps = _successions()
    return DatasetTables(units, steps, _observations(), dict.fromkeys((1, 2, 3), frame), accuracies)


def old_id(number: int) -> str:
    """Unit id of an old commune, 1 to 16."""
    return f"900{number:02}-20130101"


def new_id(number: int) -> str:
    """Unit id of a new commune: 1, 3, 9, 11 or 16."""
    return f"900{number:02}-20250701"


def district_id(number: int) -> str:
    """Unit id of a district: 1 is the western, 2 the eastern."""
    return f"90{number}-20130101"


def _shapes() -> dict[str, shapely.Geometry]:
    cells = {}
    for row, column in product(range(4), range(4)):
        west, north = WEST + column * SIDE, NORTH - row * SIDE
        box = shapely.box(west, north - SIDE, west + SIDE, north)
        cells[row * 4 + column + 1] = shapely.set_precision(box, 1e-6)
    shapes = {old_id(number): cell for number, cell in cells.items()}
    for new in NEW_NAMES:
        parts = [cells[n] for n, successor in enumerate(SUCCESSORS, 1) if successor == new]
        shapes[new_id(new)] = shapely.coverage_union_all(parts)
    for district in (1, 2):
        parts = [cell for n, cell in cells.items() if _district(n) == district]
        shapes[district_id(district)] = shapely.coverage_union_all(parts)
    shapes[PROVINCE] = shapely.coverage_union_all(list(cells.values()))
    return shapes


def _district(number: int) -> int:
    return 1 if (number - 1) % 4 < 2 else 2


def _area(shape: shapely.Geometry) -> float:
    return round(abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e6, 4)


_RANKS = {"commune": "Xã", "ward": "Phường", "rural_district": "Huyện", "province": "Tỉnh"}


def _units(shapes: dict[str, shapely.Geometry]) -> list[Unit]:
    units = [_unit(PROVINCE, ("province", "province"), "Ô Lưới", None, shapes)]
    for number, name in ((1, "Tây"), (2, "Đông")):
        rank = ("district", "rural_district")
        units.append(_unit(district_id(number), rank, name, PROVINCE, shapes))
    for number, name in enumerate(NAMES, 1):
        parent = district_id(_district(number))
        units.append(_unit(old_id(number), ("commune", "commune"), name, parent, shapes))
    for number, name in NEW_NAMES.items():
        kind = "ward" if number == 16 else "commune"
        units.append(_unit(new_id(number), ("commune", kind), name, PROVINCE, shapes))
    return units


def _unit(
    unit_id: str,
    rank: tuple[str, str],
    name: str,
    parent: str | None,
    shapes: dict[str, shapely.Geometry],
) -> Unit:
    code, day = unit_id.split("-")
    level, kind = rank
    ends = day == f"{HORIZON:%Y%m%d}"
    area = _area(shapes[unit_id])
    plain = without_diacritics(name)
    return Unit(
        unit_id=unit_id,
        code=code,
        level=level,  # type: ignore[arg-type]
        kind=kind,
        name=Text(name, plain),
        full_name=Text(f"{_RANKS[kind]} {name}", f"{plain} {kind}"),
        parent_id=parent,
        valid_from=dt.datetime.strptime(day, "%Y%m%d").date(),  # noqa: DTZ007
        valid_to=REFORM if ends else None,
        official_area_km2=area,
        shape_area_km2=area,
        seat="",
        seat_lon=None,
        seat_lat=None,
        boundary_quality="indicative" if ends else "generalised",
        source_id="grid",
        aliases=("Hưng Hoá cũ",) if unit_id == old_id(6) else (),
    )


def _successions() -> list[Succession]:
    law = Text("Nghị quyết 1", "Resolution 1")
    return [
        Succession(old_id(number), new_id(new), REFORM, law, True, 1.0, 1.0, "grid")
        for number, new in enumerate(SUCCESSORS, 1)
    ]


def _density(unit_id: str, period: str, value: float) -> Observation:
    method = Text("Dân số chia diện tích", "Population over area")
    return Observation(
        unit_id, "population_density", period, "actual", value, "grid", method=method, coverage=1.0
    )


def _figure(unit_id: str, period: str, value: float, **more: Any) -> Observation:
    fields = {"status": "actual", "source_id": "grid"} | more
    return Observation(unit_id, "population", period, value=value, **fields)


def _observations() -> list[Observation]:
    figures = []
    for number in range(1, 17):
        figures.append(_figure(old_id(number), "2019", 100.0 * number))
        figures.append(_density(old_id(number), "2019", float(number)))
    for number in NEW_NAMES:
        figures.append(_figure(new_id(number), "2025", 400.0 + number))
        figures.append(_density(new_id(number), "2025", 4.0 + number))
    report = {"source_id": "report", "quote": "Dân số xã Hưng Hóa là 1.600 người"}
    estimate = {"source_id": "report", "quote": "ước cả năm 2025 đạt **1,7** nghìn người"}
    doubt = Text("Khác tổng điều tra", "Differs from the census")
    return [
        *figures,
        _figure(old_id(6), "2019", 1600.0, doubt=doubt, **report),
        _figure(old_id(6), "2024", 1600.0, **report),
        _figure(old_id(6), "2024", 1601.0, source_id="hearsay"),
        _figure(old_id(6), "2025", 1700.0, status="estimate", scale=1000.0, **estimate),
        _figure(old_id(6), "2025", 1600.0, status="plan", **report),
        _figure(district_id(1), "2024-H1", 9000.0, source_id="hearsay"),
    ]
