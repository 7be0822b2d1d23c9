"""What a sheet is laid out from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from layers.places.place_view import NO_PLACES, PlaceView
from layers.rasters.raster_view import RasterView
from layers.sheet.canvas import Canvas
from layers.sheet.footer import Footer
from layers.sheet.layout_block import Rect
from layers.sheet.locator_map import CountryOutline
from layers.sheet.map_geometry import MapGeometry
from layers.sheet.options import SheetOptions
from layers.sheet.sheet_content import SheetContent
from layers.sheet.viewport import Extent, Viewport


@dataclass(frozen=True, slots=True)
class Insets:
    """The small maps of a layout.

    Parameters
    ----------
    country
        Size of the one of the country, as a share of the usual one; 0 for none.
    units
        Whether there is one of the units, where the map shows a part of them.
    """

    country: float
    units: bool


@dataclass(frozen=True, slots=True)
class LayoutRequest:
    """A sheet to be laid out.

    Parameters
    ----------
    overviews
        For each map all units in the coarsest lines; None where there are no shapes.
    extent
        What the maps show, metres on the plane.
    country
        What lies around, where a small map is to show it.
    islands
        The islands that stand apart on a map of the country, and what draws the units on them in
        the scale of symbols given.
    places
        The places over the maps.
    rasters
        The rasters under their lines.
    """

    content: SheetContent
    footer: Footer
    overviews: tuple[MapGeometry | None, ...]
    extent: Extent
    options: SheetOptions
    country: CountryOutline | None = None
    islands: tuple[CountryOutline, Callable[[Canvas, Viewport, float], None]] | None = None
    places: PlaceView = NO_PLACES
    rasters: tuple[RasterView, ...] = ()

    @property
    def aspect(self) -> float:
        """Width over height of what the maps show."""
        west, south, east, north = self.extent
        return (east - west) / (north - south)

    @property
    def overview(self) -> MapGeometry | None:
        """The first map's units, or those of the first that has some."""
        return next((each for each in self.overviews if each is not None), None)


def printable_area(request: LayoutRequest) -> Rect:
    """The page less its margins."""
    page = request.options.page()
    edge = page.margins
    width, height = page.width - edge.left - edge.right, page.height - edge.top - edge.bottom
    return Rect(edge.left, edge.top, width, height)
