"""``inputs/vectors.toml``: layers of features, and the figures of units computed from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from geodata.catalogue import Catalogue
from geodata.dataset_files import references
from geodata.errors import InvalidInput
from geodata.faults import FaultCollector
from geodata.i18n import Message
from geodata.model import STATUSES
from geodata.period import parse_period
from geodata.toml_reader import TableReader, read_table_array
from geodata.vectors.feature_filter import FeatureFilter
from geodata.vectors.vector_recipe import (
    MEASURES,
    VECTOR_OPERATIONS,
    WAY_STARTS,
    Destination,
    VectorFigure,
    VectorRecipe,
    verify_extent,
    verify_figure,
)


def read_vector_recipes(
    path: Path, catalogue: Catalogue, faults: FaultCollector
) -> tuple[VectorRecipe, ...]:
    """Read ``vectors.toml``; there are no layers where there is no such file.

    Raises
    ------
    FileFault
        The file is no TOML, or ``faults`` raises the first fault.
    """
    return read_table_array(path, "vector", faults, lambda entry: _recipe(entry, catalogue))


def _recipe(entry: TableReader, catalogue: Catalogue) -> VectorRecipe:
    recipe = VectorRecipe(
        file=entry.string("file"),
        layer=entry.string("layer", ""),
        source=references.source(entry, catalogue.sources),
        period=entry.parsed("period", lambda text: parse_period(text).code, ""),
        exactness=entry.text("exactness"),
        statistics=tuple(_figure(each, catalogue) for each in entry.tables("statistic")),
        where=entry.where,
        status=entry.choice("status", STATUSES, "estimate"),
        extent=_extent(entry),
        min_coverage=entry.number("min_coverage", 0.95),
        seat_doubt=entry.text("seat_doubt", ""),
    )
    if not recipe.statistics:
        remedy = Message("Add a [[vector.statistic]] with indicator and operation")
        entry.report("statistic", Message("Nothing is computed from the layer"), "", remedy=remedy)
    return recipe


def _extent(entry: TableReader) -> tuple[float, ...]:
    extent = tuple(entry.numbers("extent", []))
    _reported(entry, "extent", lambda: verify_extent(extent, entry.where))
    return extent


def _reported(entry: TableReader, field: str, verify: Callable[[], None]) -> None:
    """Report what does not hold together as a fault of a field of the entry."""
    try:
        verify()
    except InvalidInput as fault:
        entry.report(field, fault.what, fault.found, fault.allowed, fault.remedy)


def _figure(entry: TableReader, catalogue: Catalogue) -> VectorFigure:
    figure = VectorFigure(
        indicator=references.indicator(entry, catalogue.indicators),
        operation=entry.choice("operation", VECTOR_OPERATIONS),
        where=_filters(entry),
        subject=entry.text("subject", ""),
        distance_m=entry.number("distance_m", None),
        measure=entry.choice("measure", MEASURES, "ellipsoid"),
        complete=entry.take("complete", (bool,), False),
        network=entry.take("network", (bool,), False),
        start=entry.choice("from", WAY_STARTS, "seat"),
        to=_destination(entry.table("to")) if entry.has("to") else None,
        join_m=entry.number("join_m", 15.0),
        access_m=entry.number("access_m", 1000.0),
        min_led=entry.number("min_led", 0.5),
    )
    _reported(entry, "operation", lambda: verify_figure(figure, entry.where))
    return figure


def _destination(entry: TableReader) -> Destination:
    lonlat = None
    if entry.has("lon") or entry.has("lat"):
        lonlat = entry.number("lon"), entry.number("lat")
    where = _filters(entry)
    destination = Destination(where, lonlat, entry.text("name"))
    if bool(where) == (lonlat is not None):
        what = Message("Name either the features or the place that the way leads to")
        entry.report("where", what, "")
    return destination


def _filters(entry: TableReader) -> tuple[FeatureFilter, ...]:
    """The table ``where`` of an entry: columns with the list of their values."""
    if not entry.has("where"):
        return ()
    table = entry.table("where")
    filters = [
        FeatureFilter(column, tuple(table.items(column, (str,)))) for column in table.remaining()
    ]
    return tuple(filters)
