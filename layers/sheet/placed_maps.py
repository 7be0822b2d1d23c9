"""The maps of a sheet in their places, laid out until every name stands on them or in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.errors import InvalidInput
from layers.layer_view import LayerView
from layers.sheet.label_placement import Placement
from layers.sheet.layout import SheetLayout, lay_out_sheet
from layers.sheet.layout_request import LayoutRequest
from layers.sheet.map_geometry import (
    PRINT_TOLERANCE,
    MapGeometry,
    detail_for_tolerance,
    map_geometry,
)
from layers.sheet.map_panel import MapPanel
from layers.sheet.options import FULL_EXTENT, VIEW_EXTENT
from layers.sheet.place_marks import PlaceMarks, place_marks
from layers.sheet.unit_names import NamesApart, place_unit_names
from layers.sheet.viewport import Viewport, fit_extent

if TYPE_CHECKING:
    from geodata.store.interface import Store

_MARGIN = 2.5
_ROOMY = 1.6
"""Radius of the circle in a usual unit below which its outline is drawn thinner, mm."""
_NAMED = 75.0
"""Narrowest of several maps on which names are written, mm."""


@dataclass(frozen=True, slots=True)
class PlacedMap:
    """A map in its box, without its pictures, and where its names stand."""

    panel: MapPanel
    names: Placement


def lay_out_with_names(
    request: LayoutRequest, store: Store
) -> tuple[LayoutRequest, SheetLayout, Sequence[PlacedMap | None]]:
    """The layout whose footer lists exactly the names that its maps have no room for.

    A list of names takes room from the maps, which may cost another name its own. What was listed
    once stays listed, so that this ends.

    Returns
    -------
    tuple
        The request with that footer, its layout, and its maps; None for one without shapes.
    """
    sheet = lay_out_sheet(request)
    apart = NamesApart(
        unnamed=any(not _is_named(request, sheet, i) for i in range(len(sheet.plan.cells))),
        without_country=sheet.without_country,
    )
    request, sheet, apart = _with_list(request, apart, sheet)
    while True:
        panels = [_panel(request, sheet, store, place) for place in range(len(sheet.plan.cells))]
        maps = [
            None if panel is None else PlacedMap(panel, place_unit_names(panel, apart.keys))
            for panel in panels
        ]
        more = apart.with_more([each.names for each in maps if each], request.content)
        if more is None:
            return request, sheet, maps
        request, sheet, apart = _with_list(request, more, sheet)


def _with_list(
    request: LayoutRequest, apart: NamesApart, last: SheetLayout
) -> tuple[LayoutRequest, SheetLayout, NamesApart]:
    """The layout with a list of names, or with their number where the list has no room."""
    content, brief = request.content, request.options.page().brief
    if not apart.text(content, brief=brief) and content.lineage is None:
        return request, last, apart
    listing = replace(request, footer=request.footer.with_names(apart, content, brief=brief))
    try:
        sheet = lay_out_sheet(listing)
    except InvalidInput:
        if apart.counted:
            raise
        return _with_list(request, apart.only_counted(), last)
    if sheet.without_country and not apart.without_country:
        return _with_list(request, replace(apart, without_country=True), sheet)
    return listing, sheet, apart


def view_geometry(
    layer_view: LayerView, store: Store, detail: int, meridian: float | None
) -> MapGeometry | None:
    """The units that a view shows, on the plane of a meridian."""
    return map_geometry(store, layer_view.layer.level, layer_view.layer.drawn_on, detail, meridian)


def _is_named(request: LayoutRequest, sheet: SheetLayout, place: int) -> bool:
    return len(request.content.maps) == 1 or sheet.plan.cells[place].width >= _NAMED


def _panel(request: LayoutRequest, sheet: SheetLayout, store: Store, place: int) -> MapPanel | None:
    layer_view, options = request.content.maps[place].layer_view, request.options
    overview = request.overview
    if request.overviews[place] is None:
        return None
    viewport = fit_extent(request.extent, sheet.plan.cells[place], _MARGIN)
    pixel = 25.4 / options.dpi if options.format == "png" else 0.0
    detail = detail_for_tolerance(max(PRINT_TOLERANCE, pixel) / viewport.scale)
    shown = view_geometry(layer_view, store, detail, overview.meridian if overview else None)
    if shown is None:
        return None
    several = len(request.content.maps) > 1
    return MapPanel(
        layer_view=layer_view,
        geometry=shown,
        viewport=viewport,
        visible=visible_units(shown, viewport),
        numbers=request.footer.numbers[place],
        chosen="" if options.extent in (FULL_EXTENT, VIEW_EXTENT) else options.extent,
        bw=options.bw,
        size=max(min(4.8, sheet.size), sheet.size * (0.72 if several else 0.8)),
        symbol_scale=sheet.symbol_scale,
        largest=request.content.legend_of(place).largest,
        weight=_weight(shown, viewport, sheet.size) * (0.75 if several else 1.0),
        named=_is_named(request, sheet, place),
        marked=request.content.maps[place].marked,
        marks=_marks(request, shown, viewport, sheet.size * (0.8 if several else 1.0)),
    )


def _marks(
    request: LayoutRequest, shown: MapGeometry, viewport: Viewport, size: float
) -> PlaceMarks | None:
    """The places on a map; None where the layer has none."""
    if not request.places.categories:
        return None
    return place_marks(request.places, viewport, shown.meridian, size)


def _weight(shown: MapGeometry, viewport: Viewport, size: float) -> float:
    """Factor of the widths of lines: thinner where units are too small for the usual ones."""
    usual = float(np.median(shown.anchors[:, 2])) * viewport.scale
    return max(0.7, size / 8.5) * min(1.0, max(0.25, usual / _ROOMY))


def visible_units(shown: MapGeometry, viewport: Viewport) -> list[int]:
    """Places of the units of which something can be seen."""
    west, south, east, north = viewport.extent
    bounds = shown.bounds
    inside = (bounds[:, 0] < east) & (bounds[:, 2] > west)
    inside &= (bounds[:, 1] < north) & (bounds[:, 3] > south)
    return [int(i) for i in inside.nonzero()[0]]
