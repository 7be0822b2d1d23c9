"""The documents about places, field by field."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from portal.serializers.document_types import UnitLink
from portal.serializers.list_types import ListEnd


class PlaceSymbolDocument(TypedDict):
    """How the places of a category are drawn: paths of SVG in a square of 24 by 24."""

    outline: Annotated[str, "Path of the outline, filled with the colour"]
    sign: Annotated[str, "Path of the sign, white, around the origin"]
    centre: Annotated[tuple[float, float], "Where the sign stands in the square"]
    scale: Annotated[float, "By what the sign is multiplied"]
    colour: Annotated[str, "Fill of the outline, #rrggbb"]


class PlaceCategoryDocument(TypedDict):
    """A category of places."""

    id: Annotated[str, "Id of the category"]
    name: Annotated[str, "Its name in the legend"]
    theme: Annotated[str, "Id of its theme; empty without one"]
    indicator: Annotated[str, "Id of the indicator that counts its places; empty without one"]
    complete: Annotated[bool, "Whether every place of the category is listed"]
    places: Annotated[int, "How many places it has"]
    symbol: Annotated[PlaceSymbolDocument, "How they are drawn"]


class OwnColumn(TypedDict):
    """A column of the list that nothing else is made of."""

    name: Annotated[str, "Its heading"]
    value: Annotated[str, "Its cell"]


class PointGeometry(TypedDict):
    """A point by RFC 7946."""

    type: Annotated[Literal["Point"], "Kind of the geometry"]
    coordinates: Annotated[tuple[float, float], "Longitude and latitude, degrees (WGS 84)"]


class PlaceProperties(TypedDict):
    """What is known of a place beside its position."""

    name: Annotated[str, "As the list writes it"]
    category: Annotated[str, "Id of the category"]
    category_label: Annotated[str, "The category in words"]
    unit: Annotated[UnitLink, "The commune it is counted for"]
    commune_check: Annotated[str, "agrees, differs, unwritten, unknown or by_name"]
    commune_note: Annotated[str, "What is to be said about the commune; empty where all agrees"]
    columns: Annotated[list[OwnColumn], "The other columns of the list"]
    source: Annotated[str, "Id of the source"]
    source_label: Annotated[str, "Title, number, issuer and date of the source"]
    source_url: Annotated[str, "Page of the source"]
    quote: Annotated[str, "The row of the file"]


class PlaceFeatureDocument(TypedDict):
    """One place as a feature of GeoJSON."""

    type: Annotated[Literal["Feature"], "Kind of the object"]
    id: Annotated[str, "Id of the place"]
    geometry: Annotated[PointGeometry | None, "Its position; null where it is not known"]
    properties: Annotated[PlaceProperties, "What is known of it"]


class PlacesDocument(ListEnd):
    """A stretch of the list of places as a feature collection of GeoJSON."""

    type: Annotated[Literal["FeatureCollection"], "Kind of the object"]
    categories: Annotated[list[PlaceCategoryDocument], "All categories that have places"]
    features: Annotated[list[PlaceFeatureDocument], "Places"]


class PlacePointsDocument(TypedDict):
    """The places of a map: only what is needed to draw them."""

    categories: Annotated[list[PlaceCategoryDocument], "The categories asked for"]
    points: Annotated[
        list[tuple[int, float, float, str, str]],
        "Number of the category in the list, longitude, latitude, id and name",
    ]
