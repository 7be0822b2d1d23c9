"""The figures of a map with their shapes: GeoJSON, GeoPackage, TopoJSON (EPSG:4326)."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from geodata.store import Store
from geodata.topojson import encode
from layers.layer_view import LayerView
from layers.places.place_view import resolve_places
from portal.caching.response_cache import compact_json
from portal.export.data.places import places_frame
from portal.export.data.tables import COLUMNS, rows

_DETAIL = 3
_PLACES = 1e-6
"""Degrees to which coordinates are written: a tenth of a metre."""
_gdal_settings = Lock()


def units_frame(layer_view: LayerView, store: Store) -> gpd.GeoDataFrame:
    """The rows of a map with the finest shapes; units without a shape are left out."""
    layer = layer_view.layer
    table = pd.DataFrame(rows(layer_view, store), columns=list(COLUMNS))
    measured = layer_view.indicator.kind != "category"
    table = table.astype({"coverage": "float64", **({"value": "float64"} if measured else {})})
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


def geopackage(layer_view: LayerView, store: Store) -> bytes:
    """A GeoPackage with the table ``map`` and any ``places`` over it, dated by the dataset."""
    shown = units_frame(layer_view, store)
    layers = {"map": shown}
    places = resolve_places(store, layer_view.layer.places)
    if places.placed:
        layers["places"] = places_frame(places, store, layer_view.layer.language)
    stamp = f"{store.info.reference_date.isoformat()}T00:00:00.000Z"
    target = io.BytesIO()
    with _gdal_settings:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": stamp})
        try:
            _write_layers(layers, target)
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    return target.getvalue()


def _write_layers(layers: dict[str, gpd.GeoDataFrame], target: io.BytesIO) -> None:
    """Write the layers into one GeoPackage; GDAL appends to files only, not to bytes."""
    if len(layers) == 1:
        for name, frame in layers.items():
            pyogrio.write_dataframe(frame, target, layer=name, driver="GPKG")
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.gpkg"
        for name, frame in layers.items():
            kind = "Point" if name == "places" else "MultiPolygon"
            pyogrio.write_dataframe(
                frame, path, layer=name, driver="GPKG", append=path.exists(), geometry_type=kind
            )
        target.write(path.read_bytes())
