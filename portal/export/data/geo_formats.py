"""The figures of a map with their shapes: GeoJSON and TopoJSON (EPSG:4326)."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from geodata.store import Store
from geodata.topojson import encode
from layers.layer_view import LayerView
from portal.caching.response_cache import compact_json
from portal.export.data.tables import COLUMNS, rows

_DETAIL = 3
_PLACES = 1e-6
"""Degrees to which coordinates are written: a tenth of a metre."""


def units_frame(layer_view: LayerView, store: Store) -> gpd.GeoDataFrame:
    """The rows of a map with the finest shapes; units without a shape are left out."""
    layer = layer_view.layer
    table = pd.DataFrame(rows(layer_view, store), columns=list(COLUMNS))
    measured = layer_view.indicator.kind != "category"
    numbers = ("coverage", "low", "high", "value_unrounded", *(("value",) if measured else ()))
    table = table.astype(dict.fromkeys(numbers, "float64"))
    shapes = store.boundaries(layer.level, layer.drawn_on, _DETAIL)[["unit_id", "geometry"]]
    joined = shapes.merge(table, on="unit_id", how="inner", validate="one_to_one")
    return gpd.GeoDataFrame(joined[[*COLUMNS, "geometry"]], geometry="geometry", crs="EPSG:4326")


def geojson(layer_view: LayerView, store: Store) -> bytes:
    """A feature collection (RFC 7946), missing values as null."""
    shown = units_frame(layer_view, store)
    features = [
        {
            "type": "Feature",
            "id": row["unit_id"],
            "properties": {c: None if pd.isna(row[c]) else row[c] for c in COLUMNS},
            "geometry": shapely.geometry.mapping(
                shapely.set_precision(shapely.orient_polygons(row["geometry"]), _PLACES,
                                      mode="pointwise")
            ),
        }
        for row in shown.to_dict("records")
    ]  # fmt: skip
    return compact_json(
        {"type": "FeatureCollection", "title": layer_view.title, "features": features}
    ).encode()


def topojson(layer_view: LayerView, store: Store) -> bytes:
    """One topology with the object ``units``; neighbours share their arcs."""
    return compact_json(
        encode(units_frame(layer_view, store), "units", properties=list(COLUMNS))
    ).encode()
