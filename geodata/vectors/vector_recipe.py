"""What is computed from a layer of features: the recipe that a dataset or a command states."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from geodata.computed_figures import ComputedFigures
from geodata.errors import InvalidInput
from geodata.i18n import Message, Text
from geodata.model import Indicator, Status, Unit
from geodata.vectors.feature_filter import FeatureFilter

VectorOperation = Literal["length", "density", "count", "share_within", "nearest"]
VECTOR_OPERATIONS: tuple[VectorOperation, ...] = get_args(VectorOperation)

WayStart = Literal["seat", "network"]
WAY_STARTS: tuple[WayStart, ...] = get_args(WayStart)

MeasuredIn = Literal["ellipsoid", "plane"]
MEASURES: tuple[MeasuredIn, ...] = get_args(MeasuredIn)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the way from a seat leads.

    Parameters
    ----------
    where
        The features of which the nearest is meant; none where it is a place.
    lonlat
        Longitude and latitude of a place, degrees; None where features are meant.
    name
        What it is called in the words of the method.
    """

    where: tuple[FeatureFilter, ...] = ()
    lonlat: tuple[float, float] | None = None
    name: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class VectorFigure:
    """One figure computed from features for every unit.

    Parameters
    ----------
    indicator
        Id of the indicator it becomes.
    operation
        ``length`` of lines, km; ``density``, km per 100 km² of the drawn shape; ``count`` of
        points; ``share_within``, per cent of the area within ``distance_m`` of the features (with
        0, that polygons cover); ``nearest``, km from the unit's seat to the nearest.
    where
        The features that are meant; all where none is named.
    subject
        What they are called in the words of the method; empty says the filter itself.
    distance_m
        Metres; only for ``share_within``.
    measure
        Lengths on the ``ellipsoid``, or in the ``plane`` of the dataset's metric system.
    complete
        Whether the layer lists every point: only then a unit without any has none.
    network
        Whether ``nearest`` goes along the features, to ``to``; else straight.
    start
        Where the way of ``nearest`` begins: at the unit's ``seat``, or everywhere on the lines of
        the ``network`` in the unit, of which it is the mean.
    to
        Where the way leads; None goes to the nearest of the features.
    join_m
        The widest gap between the end of a line and another that the network closes, metres.
    access_m
        The longest straight way from a seat to the network, metres.
    min_led
        Share of the length of a unit's lines from which a way must lead there, for the mean.
    """

    indicator: str
    operation: VectorOperation
    where: tuple[FeatureFilter, ...] = ()
    subject: Text = field(default_factory=lambda: Text(""))
    distance_m: float | None = None
    measure: MeasuredIn = "ellipsoid"
    complete: bool = False
    network: bool = False
    start: WayStart = "seat"
    to: Destination | None = None
    join_m: float = 15.0
    access_m: float = 1000.0
    min_led: float = 0.5


VectorOutcome = ComputedFigures[VectorFigure]
"""What a layer of features gives."""


@dataclass(frozen=True, slots=True)
class VectorRecipe:
    """A layer of features and what is computed from it.

    Parameters
    ----------
    file
        Name of the file in the folder of the inputs.
    layer
        Its layer; may be empty where the file has one.
    source
        Id of the source of the layer.
    period
        Code of the period that the layer shows.
    exactness
        What is known of how complete and exact it is, said with every figure.
    statistics
        The figures that are computed.
    where
        The entry of the recipe, for messages.
    status
        Status of the figures.
    extent
        West, south, east and north of the area that the layer was collected for, degrees; empty
        takes the rectangle around its features.
    min_coverage
        Share of a unit that must lie in the area of the layer.
    seat_doubt
        Said with a distance from a seat whose position the dataset does not list in
        ``inputs/seats.csv``.
    """

    file: str
    layer: str
    source: str
    period: str
    exactness: Text
    statistics: tuple[VectorFigure, ...]
    where: str
    status: Status = "estimate"
    extent: tuple[float, ...] = ()
    min_coverage: float = 0.95
    seat_doubt: Text = field(default_factory=lambda: Text(""))


def wants(figure: VectorFigure, unit: Unit, indicator: Indicator) -> bool:
    """Whether a unit is to get a figure."""
    return (
        figure.indicator == indicator.id
        and unit.level in indicator.levels
        and unit.kind not in indicator.not_applicable_kinds
    )


def verify_figure(figure: VectorFigure, where: str) -> None:
    """Refuse a figure that lacks what its operation needs, or states what it does not use.

    Raises
    ------
    InvalidInput
        It does.
    """
    within, nearest = figure.operation == "share_within", figure.operation == "nearest"
    if within != (figure.distance_m is not None):
        what = Message("A distance belongs to share_within, and to it alone")
        raise InvalidInput(what, found=figure.operation, where=where)
    if figure.distance_m is not None and not 0 <= figure.distance_m <= 1e5:
        what = Message("Not a distance in metres")
        raise InvalidInput(
            what, found=f"{figure.distance_m:g}", allowed=("0 … 100000",), where=where
        )
    if (figure.network or figure.to is not None) and not nearest:
        what = Message("A network and a destination belong to nearest, and to it alone")
        raise InvalidInput(what, found=figure.operation, where=where)
    if figure.network and figure.to is None:
        what = Message("A way along a network needs a destination")
        remedy = Message("Name the features or the place that it leads to")
        raise InvalidInput(what, remedy=remedy, where=where)
    if figure.start == "network" and not figure.network:
        what = Message("A way begins on the network only where it goes along one")
        raise InvalidInput(what, found=figure.operation, where=where)


def recipe_document(recipe: VectorRecipe) -> dict[str, Any]:
    """A recipe as a document for the ledger, from which its figures can be computed again."""
    return {
        "computed_from": "vector",
        "file": recipe.file,
        "layer": recipe.layer,
        "status": recipe.status,
        "extent": list(recipe.extent),
        "min_coverage": recipe.min_coverage,
        "statistics": [_figure_document(each, recipe.period) for each in recipe.statistics],
    }


def verify_extent(extent: tuple[float, ...], where: str) -> None:
    """Refuse what is no rectangle of longitudes and latitudes.

    Raises
    ------
    InvalidInput
        It is none.
    """
    if not extent:
        return
    sound = len(extent) == 4 and extent[0] < extent[2] and extent[1] < extent[3]
    if not sound or max(map(abs, extent[::2])) > 180 or max(map(abs, extent[1::2])) > 90:
        what = Message("Not a rectangle of longitudes and latitudes")
        found = ", ".join(f"{degrees:g}" for degrees in extent)
        form = Message("west, south, east, north in degrees")
        raise InvalidInput(what, found=found, allowed=form, where=where)


def _figure_document(figure: VectorFigure, period: str) -> dict[str, Any]:
    to = figure.to
    return {
        "indicator": figure.indicator,
        "operation": figure.operation,
        "period": period,
        "where": [each.words for each in figure.where],
        "distance_m": figure.distance_m,
        "measure": figure.measure,
        "complete": figure.complete,
        "network": figure.network,
        "from": figure.start,
        "to": None
        if to is None
        else {"where": [each.words for each in to.where], "lonlat": to.lonlat, "name": to.name.en},
        "join_m": figure.join_m if figure.network else None,
        "access_m": figure.access_m if figure.network else None,
        "min_led": figure.min_led if figure.start == "network" else None,
    }
