"""The crosswalk of two days' units from their shapes, where no succession links them.

A legal table says what became of a unit and outranks geometry, so it is used alone as soon as one
row of it leads from a unit that ended to one that began between the two days. Only where there is
none are the shapes laid over each other and figures split by area (areal weighting: Goodchild and
Lam 1980). Every link between different units is then an estimate, also one that holds all of its
source, for a border drawn twice is never the same line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

import geopandas as gpd
import numpy as np

from geodata.model import Level, Succession, Unit
from geodata.recast.areal_overlay import OverlayTable, overlay
from geodata.succession.crosswalk import AreaOverlay, Crosswalk, Floats, Link
from geodata.succession.crosswalk_chain import units_valid_on

SLIVER = 0.02
"""Share of a unit below which a piece, a gap or an overhang is the drawing's, not the land's."""


def needs_overlay(
    units: Mapping[str, Unit],
    successions: Iterable[Succession],
    level: Level,
    start: dt.date,
    end: dt.date,
) -> bool:
    """Whether units of a level were replaced between two days and no succession says by which.

    Villages never need it: their shapes are cells around points, and their figures are not split.
    """
    first, last = sorted((start, end))
    ended = {
        u.unit_id for u in units_valid_on(units.values(), level, first) if not u.valid_on(last)
    }
    begun = {
        u.unit_id for u in units_valid_on(units.values(), level, last) if not u.valid_on(first)
    }
    if level == "village" or not ended or not begun:
        return False
    return not any(row.from_id in ended or row.to_id in begun for row in successions)


def overlay_crosswalk(
    units: Mapping[str, Unit],
    level: Level,
    days: tuple[dt.date, dt.date],
    shapes: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame],
    crs: str,
) -> Crosswalk:
    """Lay the units of one day over those of another.

    Parameters
    ----------
    days
        Day of the source units and of the target units.
    shapes
        Their shapes, with ``unit_id`` and a CRS (`geodata.store.interface.Store.boundaries`).
    crs
        The metric CRS areas are measured in.

    Returns
    -------
    Crosswalk
        With every unit of either day, weight ``area`` and its ``overlay`` set. Units valid on both
        days are whole and keep to themselves. What lies outside of all targets is lost, unless it
        is less than `SLIVER` of its source; a part of a target that no source covers counts
        against its coverage in the same way.
    """
    froms, tos = (
        [unit.unit_id for unit in units_valid_on(units.values(), level, day)] for day in days
    )
    stayed = set(froms) & set(tos)
    old, new = (frame[~frame["unit_id"].isin(stayed)] for frame in shapes)
    found = overlay(old, new, crs, sliver=SLIVER)
    shares, parts = _completed(found)
    pairs = [
        (found.crosswalk.sources[i], found.crosswalk.targets[j])
        for i, j in zip(found.crosswalk.row, found.crosswalk.col, strict=True)
    ]
    links = [
        Link(source, target, False, {"area": share})
        for (source, target), share in zip(pairs, shares.tolist(), strict=True)
    ]
    links += [Link(unit, unit, True, {}) for unit in stayed]
    table = Crosswalk.from_links(links, {}, froms, tos)
    part_of = dict(zip(pairs, parts.tolist(), strict=True))
    kept = [part_of.get((link.source, link.target), 1.0) for link in table.links()]
    known = np.ones(len(kept), dtype=bool)
    drawn = {found.crosswalk.sources[k] for k in np.flatnonzero(found.outside < SLIVER)}
    return replace(
        table,
        parts={**table.parts, "area": np.array(kept, dtype=float)},
        parts_known={**table.parts_known, "area": known},
        incomplete_sources=frozenset(set(froms) - drawn - stayed),
        overlay=AreaOverlay(found.slivers, found.sliver_area_km2),
    )


def _completed(found: OverlayTable) -> tuple[Floats, Floats]:
    """Shares and parts by link; sums that fall short of one by a sliver are raised to one."""
    table = found.crosswalk
    sides = (table.shares["area"], table.row, len(table.sources)), (
        table.parts["area"], table.col, len(table.targets),
    )  # fmt: skip
    scaled = []
    for values, index, length in sides:
        total = np.bincount(index, values, length)
        nearly = (total > 1 - SLIVER) & (total > 0)
        scaled.append(values / np.where(nearly, total, 1.0)[index])
    return scaled[0], scaled[1]
