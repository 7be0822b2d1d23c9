"""Registered rasters: those an instance can draw under its units, each in a folder of its own.

``<folder>/<id>/cells.tif`` is a copy of the part around the units, in tiles with overviews, and
``layer.json`` says what it shows and how it is drawn.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from geodata.errors import FileFault, unknown_name
from geodata.i18n import Message, Text
from geodata.rasters.raster_id import RASTER_ID

RasterStyle = Literal["hillshade", "classes", "ramp"]
RASTER_STYLES: tuple[RasterStyle, ...] = ("hillshade", "classes", "ramp")
"""Elevations as light and shadow, codes of classes by colour, values by a colour ramp."""
CELLS_FILE, RECORD_FILE = "cells.tif", "layer.json"

Bounds = tuple[float, float, float, float]
"""West, south, east, north, degrees."""


@dataclass(frozen=True, slots=True)
class RasterClass:
    """A class of land cover or the like.

    Parameters
    ----------
    code
        Value of its cells.
    colour
        ``#rrggbb``; empty where neither a preset nor the file names one.
    """

    code: int
    name: Text
    colour: str = ""


@dataclass(frozen=True, slots=True)
class RasterLayer:
    """A registered raster.

    Parameters
    ----------
    id
        Its name in addresses and commands.
    style
        How it is drawn; one of `RASTER_STYLES`.
    unit
        Symbol of the unit of its values; empty for classes.
    classes
        What its codes mean, in the order of the legend; none unless ``style`` is ``classes``.
    low, high
        Values at the ends of the colour ramp.
    z_factor
        Metres for one unit of its elevations.
    credit, licence, url, period
        Whom to name, under which terms it may be shown, where it is from, which time it shows.
    bounds
        West, south, east, north of its cells, degrees.
    cell_size
        Side of a cell on the ground at its middle, metres.
    stamp
        Another one whenever its cells or its record change.
    path
        Its cells: a GeoTIFF of one band with overviews.
    """

    id: str
    title: Text
    style: RasterStyle
    unit: str
    classes: tuple[RasterClass, ...]
    low: float
    high: float
    z_factor: float
    credit: str
    licence: str
    url: str
    period: str
    bounds: Bounds
    cell_size: float
    stamp: str = ""
    path: Path = Path()

    @property
    def categorical(self) -> bool:
        """Whether its values are codes, between which nothing can be interpolated."""
        return self.style == "classes"

    def class_of(self, code: float) -> RasterClass | None:
        """The class of a code; None for a code that means nothing here."""
        return next((each for each in self.classes if each.code == code), None)


def layer_document(layer: RasterLayer) -> dict[str, Any]:
    """The record of a layer as JSON."""
    return {
        "title": {"vi": layer.title.vi, "en": layer.title.en},
        "style": layer.style,
        "unit": layer.unit,
        "classes": [
            {"code": each.code, "vi": each.name.vi, "en": each.name.en, "colour": each.colour}
            for each in layer.classes
        ],
        "low": layer.low,
        "high": layer.high,
        "z_factor": layer.z_factor,
        "credit": layer.credit,
        "licence": layer.licence,
        "url": layer.url,
        "period": layer.period,
        "bounds": list(layer.bounds),
        "cell_size": layer.cell_size,
        "stamp": layer.stamp,
    }


def raster_layer(folder: Path, raster_id: str) -> RasterLayer:
    """A registered raster by its id.

    Raises
    ------
    NotFound
        There is none of this id.
    FileFault
        Its record is damaged.
    """
    # The id is part of a path: nothing but plain ids ever gets there.
    record = folder / raster_id / RECORD_FILE
    if not RASTER_ID.fullmatch(raster_id) or not record.is_file():
        what = Message("There is no such raster")
        remedy = Message("Register it with `portal raster register`, or choose another")
        raise unknown_name(what, raster_id, _ids(folder), remedy)
    found = record.stat()
    return _read(record, found.st_mtime_ns, found.st_size)


def raster_layers(folder: Path) -> tuple[RasterLayer, ...]:
    """All registered rasters, sorted by id; see `raster_layer`."""
    return tuple(raster_layer(folder, each) for each in _ids(folder))


def _ids(folder: Path) -> list[str]:
    found = (path.parent.name for path in folder.glob(f"*/{RECORD_FILE}"))
    return sorted(each for each in found if RASTER_ID.fullmatch(each))


@lru_cache(maxsize=64)
def _read(record: Path, _changed: int, _size: int) -> RasterLayer:
    try:
        written: Mapping[str, Any] = json.loads(record.read_text(encoding="utf-8"))
        style = written["style"]
        if style not in RASTER_STYLES:
            raise ValueError(style)
        plain = RasterLayer(
            id=record.parent.name,
            title=Text.of(written["title"]),
            style=style,
            unit=written["unit"],
            classes=tuple(
                RasterClass(int(each["code"]), Text.of(each), each["colour"])
                for each in written["classes"]
            ),
            low=float(written["low"]),
            high=float(written["high"]),
            z_factor=float(written["z_factor"]),
            credit=written["credit"],
            licence=written["licence"],
            url=written["url"],
            period=written["period"],
            bounds=cast(Bounds, tuple(float(each) for each in written["bounds"])),
            cell_size=float(written["cell_size"]),
        )
        return replace(plain, stamp=written["stamp"], path=record.with_name(CELLS_FILE))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FileFault(
            Message("The record of a registered raster is damaged"),
            found=str(error),
            remedy=Message("Register the raster again with --replace"),
            where=f"{record.parent.name}/{record.name}",
        ) from None
