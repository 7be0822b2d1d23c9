"""The places over a map as a table and as points."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from geodata.i18n import Language, Message
from geodata.model import Place
from geodata.store import Store
from layers.layer import Layer
from layers.places.place_view import PlaceView, resolve_places
from portal.caching.response_cache import compact_json
from portal.export.data.csv_form import Cell, CsvForm, csv_bytes
from portal.serializers.entities import citation
from portal.serializers.places import commune_note, place_feature

HEADERS: dict[str, Message] = {
    "place_id": Message("place_id"),
    "name": Message("name"),
    "category": Message("category"),
    "category_name": Message("category_name"),
    "lon": Message("lon"),
    "lat": Message("lat"),
    "unit_id": Message("unit_id"),
    "commune_name": Message("commune_name"),
    "source_id": Message("source_id"),
    "source": Message("source"),
    "quote": Message("quote"),
    "note": Message("note"),
}
"""Columns by name with their headers, before the columns of the lists themselves."""


def chosen_places(layer: Layer, store: Store) -> PlaceView:
    """The places over a map; where it shows none, all that there are."""
    every = tuple(category.id for category in store.place_categories())
    return resolve_places(store, layer.places or every)


def place_table(
    view: PlaceView, store: Store, language: Language
) -> tuple[list[str], list[list[Cell]]]:
    """Header and rows: what is known of each place, then the columns of the lists themselves.

    A heading of a list that is one of ours too has an underline behind it.
    """
    headers = [header[language] for header in HEADERS.values()]
    own = list(dict.fromkeys(name for place in view.places for name, _ in place.columns))
    names = {category.id: category.name[language] for category in view.categories}
    rows = [
        [
            *_row(place, store, names, language),
            *(dict(place.columns).get(name, "") for name in own),
        ]
        for place in view.places
    ]
    return [*headers, *(f"{name}_" if name in headers else name for name in own)], rows


def _row(place: Place, store: Store, names: dict[str, str], language: Language) -> list[Cell]:
    return [
        place.id,
        place.name,
        place.category,
        names[place.category],
        place.lon,
        place.lat,
        place.unit_id,
        store.unit(place.unit_id).full_name[language],
        place.source_id,
        citation(store.source(place.source_id), language),
        place.quote,
        commune_note(store, place, language),
    ]


def places_csv(layer: Layer, store: Store, form: CsvForm = "plain") -> bytes:
    """The places as CSV."""
    header, rows = place_table(chosen_places(layer, store), store, layer.language)
    return csv_bytes([header, *rows], layer.language, form)


def places_geojson(layer: Layer, store: Store) -> bytes:
    """A feature collection (RFC 7946); a place without a position has no geometry."""
    view = chosen_places(layer, store)
    features = [place_feature(store, place, layer.language) for place in view.places]
    return compact_json({"type": "FeatureCollection", "features": features}).encode()


def places_frame(view: PlaceView, store: Store, language: Language) -> gpd.GeoDataFrame:
    """The table with its points, EPSG:4326; columns of the lists themselves as text."""
    header, rows = place_table(view, store, language)
    table = pd.DataFrame(rows, columns=header)
    points = [
        None if place.lon is None or place.lat is None else shapely.Point(place.lon, place.lat)
        for place in view.places
    ]
    return gpd.GeoDataFrame(table, geometry=points, crs="EPSG:4326")
