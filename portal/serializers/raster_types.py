"""The documents about registered rasters, field by field."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict


class RasterLegendRowDocument(TypedDict):
    """A colour of a raster and what it means."""

    label: Annotated[str, "The class, or the value with its unit"]
    colour: Annotated[str, "#rrggbb"]


class RasterDocument(TypedDict):
    """A registered raster."""

    id: Annotated[str, "Its id, as the parameter rasters of a map names it"]
    name: Annotated[str, "What it shows"]
    style: Annotated[Literal["hillshade", "classes", "ramp"], "How it is drawn"]
    unit: Annotated[str, "Symbol of the unit of its values; empty for classes"]
    period: Annotated[str, "Which time it shows; empty where nobody said"]
    opacity: Annotated[int, "Opacity unless the map says another, per cent"]
    bounds: Annotated[tuple[float, float, float, float], "West, south, east, north, degrees"]
    cell_size: Annotated[float, "Side of a cell on the ground, metres"]
    tiles: Annotated[str, "Address of its tiles, 256 pixels, Web Mercator, XYZ"]
    deepest_zoom: Annotated[int, "The zoom beyond which there are no tiles"]
    legend: Annotated[list[RasterLegendRowDocument], "Its colours; none for a hillshade"]
    credit: Annotated[str, "Whom to name"]
    licence: Annotated[str, "Terms under which it may be shown"]
    url: Annotated[str, "Where it is from"]


class RastersDocument(TypedDict):
    """The registered rasters of the portal."""

    items: Annotated[list[RasterDocument], "By id"]


class RasterValueDocument(TypedDict):
    """What a raster says at a place."""

    id: Annotated[str, "Id of the raster"]
    name: Annotated[str, "What the raster shows"]
    value: Annotated[float | None, "Value of the cell, or the code of its class; null for none"]
    unit: Annotated[str, "Symbol of the unit of the value; empty for classes"]
    text: Annotated[str, "The value with its unit, the class, or that nothing is known here"]


class RasterValuesDocument(TypedDict):
    """What rasters say at a place."""

    lon: Annotated[float, "Longitude, degrees"]
    lat: Annotated[float, "Latitude, degrees"]
    items: Annotated[list[RasterValueDocument], "In the order of the request"]
