"""Which part of the plane the maps of a sheet show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from pyproj import Transformer

from geodata.errors import InvalidInput, PortalError, unknown_name
from geodata.i18n import Message
from layers.sheet.locator_map import CountryOutline
from layers.sheet.map_geometry import MapGeometry, projection
from layers.sheet.options import FULL_EXTENT, VIEW_EXTENT, SheetOptions
from layers.sheet.sheet_content import SheetContent
from layers.sheet.viewport import Extent

_NOWHERE: Extent = (0.0, 0.0, 1.4, 1.0)
_STEPS = 9


def map_extent(
    content: SheetContent,
    overviews: Sequence[MapGeometry | None],
    options: SheetOptions,
    national: CountryOutline | None = None,
) -> Extent:
    """The extent of every map of a sheet, metres on the plane.

    Parameters
    ----------
    overviews
        The units of each map, on one plane.
    national
        The country, where the maps show it: its islands stand apart.

    Raises
    ------
    NotFound
        The extent is no unit of any map.
    InvalidInput
        The view shows none of the units.
    """
    shown = [each for each in overviews if each is not None]
    if options.extent == VIEW_EXTENT and options.bbox is not None:
        return _seen(options.bbox, shown)
    if options.extent != FULL_EXTENT:
        return _around(options.extent, content, shown)
    if not shown:
        return _NOWHERE
    return _union([national.mainland_extent(each) if national else each.extent for each in shown])


def units_in_focus(
    overviews: Sequence[MapGeometry | None], extent: Extent, options: SheetOptions
) -> set[str]:
    """Ids of the units a sheet is about; none in particular where it shows all."""
    if options.extent == FULL_EXTENT:
        return set()
    found: set[str] = set()
    for each in overviews:
        if each is not None:
            own = options.extent in each.unit_ids
            places = each.neighbours(options.extent) if own else each.units_within(extent)
            found |= {each.unit_ids[i] for i in places}
    return found


def _around(unit_id: str, content: SheetContent, shown: Sequence[MapGeometry]) -> Extent:
    for each in shown:
        if unit_id in each.unit_ids:
            bounds = each.bounds[each.neighbours(unit_id)]
            return _union([(w, s, e, n) for w, s, e, n in bounds.tolist()])
    raise no_such_extent(unit_id, [unit for m in content.maps for unit in m.layer_view.units])


def no_such_extent(extent: str, units: Iterable[str]) -> PortalError:
    """The refusal of an extent that is none of the units on the maps."""
    what = Message("There is no such unit on the map")
    fault = unknown_name(what, extent, (FULL_EXTENT, VIEW_EXTENT, *dict.fromkeys(units)))
    fault.where = "extent"
    return fault


def _seen(bbox: Extent, shown: Sequence[MapGeometry]) -> Extent:
    if not shown:
        return _NOWHERE
    west, south, east, north = bbox
    across, up = np.linspace(west, east, _STEPS), np.linspace(south, north, _STEPS)
    edge = np.array([(x, y) for x in across for y in up])
    plane = Transformer.from_crs("EPSG:4326", projection(shown[0].meridian), always_xy=True)
    xs, ys = plane.transform(edge[:, 0], edge[:, 1])
    extent = (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))
    if not any(each.units_within(extent) for each in shown):
        raise InvalidInput(
            Message("The view shows none of the units"),
            found=",".join(f"{each:g}" for each in bbox),
            remedy=Message("Choose another view"),
            where="bbox",
        )
    return extent


def _union(extents: Sequence[Extent]) -> Extent:
    wests, souths, easts, norths = zip(*extents, strict=True)
    return min(wests), min(souths), max(easts), max(norths)
