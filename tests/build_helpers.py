"""Small catalogues, units and figures for the tests of the build."""

from __future__ import annotations

import datetime as dt
from typing import Any

from geodata.catalogue import Catalogue
from geodata.i18n import Text
from geodata.model import Classification, Indicator, MeasureUnit, Observation, Source, Theme, Unit

TERRITORY = """
limits = { area_difference = 0.02, outside_share = 0.1, added_share = 0.1, deviation_m = 60 }
details = { 1 = 300, 2 = 100, 3 = 30 }
[province]
code = "99"
full_name = "Tỉnh Ô Lưới"
valid_from = "2000-01-01"
source = "grid"
boundary_quality = "generalised"
[successors]
date = "2025-07-01"
file = "new.gpkg"
code = "code"
source = "grid"
boundary_quality = "generalised"
register = { file = "new.csv", code = "code", name = "name" }
"""
"""``inputs/territory.toml`` for the toy dataset, as a province without a merger."""

REFORM = dt.date(2025, 7, 1)


def text(words: str) -> Text:
    return Text(words, words)


def indicator(indicator_id: str, kind: str = "count", **changes: Any) -> Indicator:
    values: dict[str, Any] = {
        "id": indicator_id,
        "theme": "population",
        "group": Text(""),
        "name": text(indicator_id.capitalize()),
        "definition": text(indicator_id),
        "measure_unit": MeasureUnit("person", Text("người", "people"), text("người"), True),
        "kind": kind,
        "numerator": None,
        "denominator": None,
        "ratio_factor": None,
        "direction": "neutral",
        "decimals": 1,
        "minimum": 0.0,
        "maximum": None,
        "levels": ("province", "district", "commune"),
        "not_applicable_kinds": (),
        "classification": Classification(),
        "palette": "greens",
        "style": "choropleth",
    }
    return Indicator(**{**values, **changes})


def catalogue(*indicators: Indicator) -> Catalogue:
    sources = {
        "register": Source("register", "register", text("Sổ"), date="2025", rank=1),
        "report": Source("report", "report", text("Báo cáo"), date="2025-06", rank=2),
        "news": Source("news", "collected", text("Báo"), date="2026", rank=3),
    }
    return Catalogue(
        {"population": Theme("population", text("Dân số"))},
        {},
        {entry.id: entry for entry in indicators},
        sources,
    )


POPULATION = indicator("population")
AREA = indicator("natural_area")
DENSITY = indicator(
    "population_density",
    "ratio",
    numerator="population",
    denominator="natural_area",
    ratio_factor=1.0,
)
URBAN = indicator("population_urban", not_applicable_kinds=("commune",))
GROWTH = indicator("population_growth", "ratio", denominator="population")
FOREST = indicator(
    "forest_cover", "ratio", denominator="natural_area", maximum=100.0, direction="down"
)


def unit(unit_id: str, level: str = "commune", parent: str | None = None, **changes: Any) -> Unit:
    code, _, day = unit_id.partition("-")
    values: dict[str, Any] = {
        "unit_id": unit_id,
        "code": code,
        "level": level,
        "kind": level,
        "name": text(code),
        "full_name": text(code),
        "parent_id": parent,
        "valid_from": dt.datetime.strptime(day, "%Y%m%d").replace(tzinfo=dt.UTC).date(),
        "valid_to": None,
        "official_area_km2": None,
        "shape_area_km2": None,
        "seat": "",
        "seat_lon": None,
        "seat_lat": None,
        "boundary_quality": "generalised",
        "source_id": "register",
    }
    return Unit(**{**values, **changes})


def figure(unit_id: str, indicator_id: str, value: float, **changes: Any) -> Observation:
    values: dict[str, Any] = {"period": "2025-07-01", "status": "actual", "source_id": "register"}
    return Observation(unit_id, indicator_id, value=value, **{**values, **changes})
