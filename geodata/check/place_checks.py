"""Verify that places have a known category, source and commune, and lie where they are counted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from geodata.check.check_faults import check_fault, table_cell
from geodata.dataset import DETAILS, Dataset
from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.model import Place
from geodata.point_tables.commune_position import CommuneLocator

_TABLE = "places"


def check_places(dataset: Dataset) -> Iterator[FileFault]:
    """Ids, categories, sources and communes; positions within the communes they are counted for."""
    today = {u.unit_id for u in dataset.units if u.level == "commune" and u.valid_to is None}
    seen: set[str] = set()
    for index, place in enumerate(dataset.places):
        if place.id in seen:
            said = Message("This id stands twice")
            yield check_fault(table_cell(_TABLE, index, "id"), said, place.id)
        seen.add(place.id)
        yield from _references(index, place, dataset, today)
    yield from _positions(dataset)


def _references(
    index: int, place: Place, dataset: Dataset, communes: set[str]
) -> Iterator[FileFault]:
    catalogue = dataset.catalogue
    if place.category not in catalogue.place_categories:
        said = Message("There is no such category of places")
        known = ", ".join(catalogue.place_categories)
        yield check_fault(table_cell(_TABLE, index, "category"), said, place.category, known)
    if place.source_id not in catalogue.sources:
        said = Message("There is no such source")
        yield check_fault(table_cell(_TABLE, index, "source_id"), said, place.source_id)
    for field in ("unit_id", "written_unit_id"):
        named = getattr(place, field)
        if named not in communes and (named or field == "unit_id"):
            said = Message("There is no such commune today")
            yield check_fault(table_cell(_TABLE, index, field), said, named)


def _positions(dataset: Dataset) -> Iterator[FileFault]:
    placed = [
        (index, place)
        for index, place in enumerate(dataset.places)
        if place.lon is not None and place.lat is not None
    ]
    if not placed:
        return
    finest = dataset.boundaries[DETAILS[-1]]
    locator = CommuneLocator(dataset.units, finest, dataset.info.metric_crs)
    lonlat = np.array([(place.lon, place.lat) for _, place in placed], dtype=float)
    inside = locator.locate(lonlat, [place.unit_id for _, place in placed])
    for (index, place), found in zip(placed, inside, strict=True):
        if found != place.unit_id:
            said = Message("The position lies in another commune than the one written")
            yield check_fault(table_cell(_TABLE, index, "unit_id"), said, place.unit_id, found)
