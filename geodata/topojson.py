"""Polygons that share borders, written as TopoJSON and read back.

Every shared border is stored once, so neighbours meet without gap or overlap wherever the file is
drawn. Positions are whole multiples of one grid step counted from longitude and latitude zero:
encoding any part of a coverage gives the same points, and encoding twice changes nothing.

The format is TopoJSON 1.0 (https://github.com/topojson/topojson-specification).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message, Verbatim
from geodata.text_io import display_path, read_json

GRID_STEP = 5e-5
"""Default grid step, degrees: about 5.5 m north-south."""

MAX_POSITIONS = 20_000_000
"""Most points a topology may unfold to; the country's communes in full detail have fewer."""

# What a document that is JSON but no topology leads to while it is taken apart.
_MALFORMED = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
    shapely.errors.ShapelyError,
)  # fmt: skip

Integers = NDArray[np.int64]


def encode(
    frame: gpd.GeoDataFrame,
    object_name: str,
    quantisation: float = GRID_STEP,
    properties: Sequence[str] = (),
    id_column: str | None = "unit_id",
) -> dict[str, Any]:
    """One layer of polygons as a quantised topology.

    Parameters
    ----------
    frame
        Polygons or multipolygons in EPSG:4326 whose neighbours share identical coordinates.
    object_name
        Name of the object in the topology.
    quantisation
        Grid step, degrees. A polygon smaller than the grid becomes a null geometry.
    properties
        Columns to carry as properties; what is missing is null.
    id_column
        Column written as the geometries' ``id``, None for none.

    Raises
    ------
    InvalidInput
        The frame is not in EPSG:4326 or holds something else than polygons.
    """
    return encode_layers({object_name: frame}, quantisation, properties, id_column)


def encode_layers(
    objects: Mapping[str, gpd.GeoDataFrame],
    quantisation: float = GRID_STEP,
    properties: Sequence[str] = (),
    id_column: str | None = "unit_id",
) -> dict[str, Any]:
    """Several layers as one topology; borders are shared between layers too. See `encode`."""
    shapes = {name: _Shapes.of(frame, quantisation) for name, frame in objects.items()}
    points = np.concatenate([s.points for s in shapes.values()] or [np.empty((0, 2), np.int64)])
    origin = points.min(axis=0) if len(points) else np.zeros(2, np.int64)
    keys = _keys(points, origin)
    sizes = np.concatenate([s.ring_sizes for s in shapes.values()] or [np.empty(0, np.int64)])
    arcs = _Arcs(points - origin, keys, sizes)
    topology: dict[str, Any] = {
        "type": "Topology",
        "transform": {
            "scale": [quantisation, quantisation],
            "translate": [_tidy(value * quantisation, quantisation) for value in origin.tolist()],
        },
        "objects": {},
        "arcs": [],
    }
    ring = 0
    for name, frame in objects.items():
        refs = arcs.references[ring : ring + len(shapes[name].ring_sizes)]
        ring += len(shapes[name].ring_sizes)
        topology["objects"][name] = {
            "type": "GeometryCollection",
            "geometries": _geometries(frame, shapes[name], refs, properties, id_column),
        }
    topology["arcs"] = [_delta(arc) for arc in arcs.arcs]
    return topology


def decode(source: Path | Mapping[str, Any], object_name: str | None = None) -> gpd.GeoDataFrame:
    """Read polygons from a topology.

    Parameters
    ----------
    source
        Path of a TopoJSON file, or the parsed document.
    object_name
        The object to read; None reads all, in the order of the file.

    Returns
    -------
    GeoDataFrame
        EPSG:4326; columns ``object``, ``id`` (where the file has ids), the properties, geometry.

    Raises
    ------
    FileFault
        The file is no topology of polygons in degrees, unfolds to more than `MAX_POSITIONS`
        points, or has no such object.
    """
    topology = _read(source)
    try:
        return _decoded(topology, object_name)
    except _MALFORMED as error:
        what = Message("Not a valid TopoJSON file")
        fault = FileFault(what, found=repr(error))
    except FileFault as error:
        fault = error
    fault.where = display_path(source) if isinstance(source, Path) else ""
    raise fault


def _decoded(topology: Mapping[str, Any], object_name: str | None) -> gpd.GeoDataFrame:
    names = list(topology["objects"]) if object_name is None else [object_name]
    if missing := [name for name in names if name not in topology["objects"]]:
        raise FileFault(
            Message("The boundary file has no such object"),
            found=missing[0],
            allowed=tuple(topology["objects"]),
        )
    arcs = _absolute(topology)
    _refuse_excess([topology["objects"][name]["geometries"] for name in names], arcs)
    rows: list[dict[str, Any]] = []
    shapes: list[shapely.Geometry | None] = []
    for name in names:
        for geometry in topology["objects"][name]["geometries"]:
            identity = {"id": geometry["id"]} if "id" in geometry else {}
            rows.append({"object": name, **identity, **geometry.get("properties", {})})
            shapes.append(_shape(geometry, arcs))
    return gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")


def write_topojson(topology: Mapping[str, Any], path: Path) -> None:
    """Write a topology; equal topologies give equal bytes."""
    text = json.dumps(topology, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


@dataclass
class _Shapes:
    """Rings of one layer on the grid, without closing points; offsets as in GeoArrow."""

    points: Integers
    ring_sizes: Integers
    polygons: list[list[list[int]]]
    """For each geometry its polygons, each a list of ring numbers."""

    @classmethod
    def of(cls, frame: gpd.GeoDataFrame, step: float) -> _Shapes:
        _require_polygons(frame)
        oriented = shapely.orient_polygons(frame.geometry.values)
        points: list[Integers] = []
        polygons: list[list[list[int]]] = []
        for geometry in oriented:
            polygons.append([])
            for polygon in shapely.get_parts(geometry):
                rings = [_on_grid(ring, step) for ring in shapely.get_rings(polygon)]
                if len(rings[0]) < 3:
                    continue
                kept = [ring for ring in rings if len(ring) >= 3]
                polygons[-1].append(list(range(len(points), len(points) + len(kept))))
                points.extend(kept)
        sizes = np.array([len(ring) for ring in points], np.int64)
        return cls(np.concatenate(points or [np.empty((0, 2), np.int64)]), sizes, polygons)


def _require_polygons(frame: gpd.GeoDataFrame) -> None:
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        raise InvalidInput(
            Message("Boundaries must be in WGS 84"),
            found=str(frame.crs),
            allowed=("EPSG:4326",),
            remedy=Message("reproject them first"),
        )
    kinds = set(frame.geometry.geom_type.dropna()) - {"Polygon", "MultiPolygon"}
    if kinds:
        raise InvalidInput(
            Message("Boundaries must be polygons"),
            found=", ".join(sorted(kinds)),
            allowed=("Polygon", "MultiPolygon"),
        )


def _on_grid(ring: shapely.LinearRing, step: float) -> Integers:
    """Grid points of a ring without its closing point and without repeats."""
    points = np.rint(shapely.get_coordinates(ring)[:-1] / step).astype(np.int64)
    return points[(points != np.roll(points, 1, axis=0)).any(axis=1)]


def _keys(points: Integers, origin: Integers) -> Integers:
    """One number for each position."""
    height = int(points[:, 1].max() - origin[1]) + 1 if len(points) else 1
    keys: Integers = (points[:, 0] - origin[0]) * height + (points[:, 1] - origin[1])
    return keys


@dataclass
class _Arcs:
    """Rings cut where borders meet; each stretch is kept once, whichever way it is walked."""

    points: Integers
    keys: Integers
    ring_sizes: Integers
    arcs: list[Integers] = field(init=False, default_factory=list)
    references: list[list[int]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._known: dict[bytes, int] = {}
        starts = np.concatenate([[0], np.cumsum(self.ring_sizes)]).astype(np.int64)
        junction = self._junctions(starts)
        for first, last in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
            self.references.append(self._cut(np.arange(first, last), junction))

    def _junctions(self, starts: Integers) -> NDArray[np.bool_]:
        """Positions at which two rings, or one ring twice, do not pass between the same neighbours.

        Follows the join step of the reference implementation: elsewhere borders run together.
        """
        before = np.arange(-1, len(self.keys) - 1)
        after = np.arange(1, len(self.keys) + 1)
        before[starts[:-1]] = starts[1:] - 1
        after[starts[1:] - 1] = starts[:-1]
        sides = np.sort(np.stack([self.keys[before], self.keys[after]]), axis=0)
        order = np.lexsort((sides[1], sides[0], self.keys))
        key, low, high = self.keys[order], sides[0][order], sides[1][order]
        differs = (key[1:] == key[:-1]) & ((low[1:] != low[:-1]) | (high[1:] != high[:-1]))
        return np.isin(self.keys, key[1:][differs])

    def _cut(self, ring: Integers, junction: NDArray[np.bool_]) -> list[int]:
        cuts = np.flatnonzero(junction[ring])
        if not len(cuts):
            ring = np.roll(ring, -int(self.keys[ring].argmin()))
            return [self._reference(np.append(ring, ring[0]))]
        ring = np.roll(ring, -int(cuts[0]))
        bounds = [*(cuts - cuts[0]).tolist(), len(ring)]
        ring = np.append(ring, ring[0])
        return [self._reference(ring[first : last + 1]) for first, last in pairwise(bounds)]

    def _reference(self, stretch: Integers) -> int:
        keys = self.keys[stretch]
        backwards = keys[::-1].tobytes()
        forwards = keys.tobytes()
        turned = backwards < forwards
        known = self._known.get(backwards if turned else forwards)
        if known is None:
            known = self._known[backwards if turned else forwards] = len(self.arcs)
            self.arcs.append(self.points[stretch[::-1] if turned else stretch])
        return ~known if turned else known


def _geometries(
    frame: gpd.GeoDataFrame,
    shapes: _Shapes,
    references: list[list[int]],
    properties: Sequence[str],
    id_column: str | None,
) -> list[dict[str, Any]]:
    table = frame.reindex(columns=list(properties)).astype(object)
    columns = table.where(table.notna(), None).to_dict("records")
    ids = frame[id_column].tolist() if id_column in frame.columns else None
    geometries = []
    for number, polygons in enumerate(shapes.polygons):
        arcs = [[references[ring] for ring in polygon] for polygon in polygons]
        kind = {0: None, 1: "Polygon"}.get(len(arcs), "MultiPolygon")
        geometry: dict[str, Any] = {"type": kind}
        if arcs:
            geometry["arcs"] = arcs[0] if len(arcs) == 1 else arcs
        if ids is not None:
            geometry["id"] = ids[number]
        if properties:
            geometry["properties"] = columns[number]
        geometries.append(geometry)
    return geometries


def _delta(arc: Integers) -> list[list[int]]:
    steps: list[list[int]] = np.concatenate([arc[:1], np.diff(arc, axis=0)]).tolist()
    return steps


def _tidy(value: float, step: float) -> float:
    """``value`` without the noise of binary fractions, so that equal points are equal floats."""
    return round(value, math.ceil(-math.log10(step)) + 2)


def _read(source: Path | Mapping[str, Any]) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], read_json(source)) if isinstance(source, Path) else source


def _absolute(topology: Mapping[str, Any]) -> list[NDArray[np.float64]]:
    """Arcs in degrees."""
    transform = topology.get("transform")
    arcs = [np.asarray(arc, float) for arc in topology["arcs"]]
    if transform is not None:
        scale, translate = np.array(transform["scale"]), np.array(transform["translate"])
        decimals = math.ceil(-math.log10(scale.min())) + 2
        with np.errstate(all="ignore"):  # What is not finite is refused below.
            arcs = [np.round(a.cumsum(axis=0) * scale + translate, decimals) for a in arcs]
    for arc in arcs:
        _refuse_off_globe(arc)
    return arcs


def _refuse_off_globe(arc: NDArray[np.float64]) -> None:
    """Positions are degrees; metres of a projection or not a number would pass for shapes."""
    inside = np.abs(arc) <= np.array([180.0, 90.0])
    if not inside.all():
        raise FileFault(
            Message("A position is no longitude and latitude"),
            found=str(arc[~inside.all(axis=1)][0].tolist()),
            allowed=Verbatim("[-180, 180], [-90, 90]"),
        )


def _refuse_excess(collections: list[Any], arcs: list[NDArray[np.float64]]) -> None:
    """Count the positions before they are unfolded: arcs can be referred to without end."""
    sizes = [len(arc) for arc in arcs]
    total = sum(
        sizes[reference if reference >= 0 else ~reference]
        for geometries in collections
        for geometry in geometries
        for reference in _references(geometry.get("arcs", []))
    )
    if total > MAX_POSITIONS:
        raise FileFault(
            Message("The boundary file unfolds to too many points"),
            found=str(total),
            allowed=Message("at most {max_positions}", max_positions=MAX_POSITIONS),
        )


def _references(arcs: int | list[Any]) -> Iterator[int]:
    if isinstance(arcs, list):
        for each in arcs:
            yield from _references(each)
    else:
        yield arcs


def _shape(geometry: Mapping[str, Any], arcs: list[NDArray[np.float64]]) -> shapely.Geometry | None:
    if geometry["type"] is None:
        return None
    if geometry["type"] == "Polygon":
        return _polygon(geometry["arcs"], arcs)
    return shapely.MultiPolygon([_polygon(rings, arcs) for rings in geometry["arcs"]])


def _polygon(rings: list[list[int]], arcs: list[NDArray[np.float64]]) -> shapely.Polygon:
    exterior, *holes = [_ring(references, arcs) for references in rings]
    return shapely.Polygon(exterior, holes)


def _ring(references: list[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    stretches = [arcs[r] if r >= 0 else arcs[~r][::-1] for r in references]
    return np.concatenate([stretches[0], *(stretch[1:] for stretch in stretches[1:])])
