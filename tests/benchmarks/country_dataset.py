"""The communes of the country as a dataset that a store can be made of."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import pandas as pd
import shapely

from geodata.catalogue import Catalogue
from geodata.dataset import DETAILS, Dataset, DatasetInfo, TimelineStep
from geodata.i18n import Text
from geodata.model import (
    Classification,
    Indicator,
    Level,
    MeasureUnit,
    Observation,
    Source,
    Theme,
    Unit,
)
from geodata.vietnamese_names import without_diacritics

SINCE = dt.date(2025, 7, 1)
SOURCE = Source("made-up", "data", Text("Số liệu giả định", "Made-up figures"), date="2025")
THEME = Theme("made_up", Text("Giả định", "Made up"))
PERCENT = MeasureUnit("percent", Text("%", "%"), Text("phần trăm", "per cent"), space=False)
INDICATOR = Indicator(
    id="made_up_rate",
    theme=THEME.id,
    group=Text(""),
    name=Text("Tỷ lệ giả định", "Made-up rate"),
    definition=Text("Số liệu giả định để đo.", "Made-up figures to measure with."),
    measure_unit=PERCENT,
    kind="ratio",
    numerator=None,
    denominator="made_up_rate",
    ratio_factor=None,
    direction="up",
    decimals=2,
    minimum=0,
    maximum=100,
    levels=("commune",),
    not_applicable_kinds=(),
    classification=Classification("quantiles", 5),
    palette="greens",
    style="choropleth",
)
INFO = DatasetInfo(
    id="country",
    title=Text("Việt Nam", "Việt Nam"),
    version="c0117219c011",
    reference_date=dt.date(2026, 6, 30),
    timeline=(TimelineStep(SINCE, Text("Từ 01/7/2025", "Since 1 July 2025")),),
    metric_crs="EPSG:32648",
    default_theme=THEME.id,
)


def country_dataset(communes: gpd.GeoDataFrame) -> Dataset:
    """Communes under their provinces, with one indicator that covers them all.

    Parameters
    ----------
    communes
        As `benchmarks.country.simplified` gives them.
    """
    provinces = communes.dissolve("province_code", as_index=False)
    provinces["unit_id"] = provinces["province_code"].map(_id)
    return Dataset(
        info=INFO,
        catalogue=Catalogue(
            {THEME.id: THEME},
            {PERCENT.id: PERCENT},
            {INDICATOR.id: INDICATOR},
            {SOURCE.id: SOURCE},
        ),
        units=(*_provinces(provinces), *_communes(communes)),
        successions=(),
        observations=tuple(
            Observation(row.unit_id, INDICATOR.id, "2025", "actual", row.value, SOURCE.id)
            for row in communes.itertuples()
        ),
        boundaries=dict.fromkeys(DETAILS, _shapes(communes, provinces)),
        accuracies=(),
    )


def _id(code: str) -> str:
    return f"{code}-{SINCE:%Y%m%d}"


def _provinces(frame: gpd.GeoDataFrame) -> list[Unit]:
    rows = frame.itertuples()
    return [_unit("province", row.province_code, row.province, row.province) for row in rows]


def _communes(frame: gpd.GeoDataFrame) -> list[Unit]:
    return [
        _unit("commune", row.code, row.name, row.full_name, _id(row.province_code))
        for row in frame.itertuples()
    ]


def _unit(level: Level, code: str, name: str, full_name: str, parent: str | None = None) -> Unit:
    return Unit(
        unit_id=_id(code),
        code=code,
        level=level,
        kind="ward" if full_name.startswith("Phường") else level,
        name=Text(name, without_diacritics(name)),
        full_name=Text(full_name, without_diacritics(full_name)),
        parent_id=parent,
        valid_from=SINCE,
        valid_to=None,
        official_area_km2=None,
        shape_area_km2=None,
        seat="",
        seat_lon=None,
        seat_lat=None,
        boundary_quality="generalised",
        source_id=SOURCE.id,
    )


def _shapes(communes: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Both levels as a dataset's boundaries: ``unit_id``, ``level``, ``geometry``."""
    levels = [communes.assign(level="commune"), provinces.assign(level="province")]
    both = pd.concat([frame[["unit_id", "level", "geometry"]] for frame in levels])
    both = gpd.GeoDataFrame(both, crs="EPSG:4326")
    both["geometry"] = shapely.force_2d(both.geometry.to_numpy())
    return both.sort_values("unit_id", ignore_index=True)
