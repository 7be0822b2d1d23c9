"""The boundaries of a level as TopoJSON, field by field.

Reference: The TopoJSON Format Specification (Bostock and Metcalf 2013, version 1.0.0).
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict


class TopologyTransform(TypedDict):
    """From the whole numbers of the arcs to degrees (WGS 84): times scale, plus translate."""

    scale: Annotated[tuple[float, float], "Steps of the grid along x and y, degrees"]
    translate: Annotated[tuple[float, float], "Longitude and latitude of the grid's origin"]


class UnitGeometry(TypedDict):
    """The shape of a unit."""

    type: Annotated[
        Literal["Polygon", "MultiPolygon"] | None, "Null where the unit is smaller than the grid"
    ]
    id: Annotated[str, "Code and first day of the unit"]
    properties: Annotated[
        dict[str, str], "code, kind, names, parent, quality of the boundary; empty ones left out"
    ]
    arcs: NotRequired[
        Annotated[
            list[list[int]] | list[list[list[int]]],
            "Arcs of each ring, of a MultiPolygon by polygon; ~i is arc i backwards",
        ]
    ]


class UnitGeometries(TypedDict):
    """The shapes of all units."""

    type: Annotated[Literal["GeometryCollection"], "That it is a collection"]
    geometries: Annotated[list[UnitGeometry], "One for each unit"]


class TopologyObjects(TypedDict):
    """The layers of a topology."""

    units: Annotated[UnitGeometries, "The units of the level"]


class TopologyDocument(TypedDict):
    """Boundaries that neighbours share, each written once."""

    type: Annotated[Literal["Topology"], "That it is a topology"]
    transform: Annotated[TopologyTransform, "From the grid to degrees"]
    objects: Annotated[TopologyObjects, "The layers"]
    arcs: Annotated[
        list[list[tuple[int, int]]],
        "Lines of positions on the grid: the first as it is, each other one as the step to it",
    ]
