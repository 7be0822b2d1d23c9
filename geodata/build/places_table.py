"""``places.csv``: the places of a dataset, and the communes they lie in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import geopandas as gpd
import numpy as np

from geodata.build.csv_rows import SourceRow, read_each_row
from geodata.catalogue import Catalogue
from geodata.dataset_files import DatasetFiles
from geodata.dataset_files.csv_columns import PLACES
from geodata.faults import RAISE_FIRST, FaultCollector
from geodata.i18n import Message
from geodata.model import CommuneCheck, Place, Unit
from geodata.parsing import parse_decimal
from geodata.places.doubled_places import doubled_places
from geodata.places.place_ids import place_ids
from geodata.point_tables.commune_position import CommuneLocator
from geodata.vietnamese_names import normalise


@dataclass(frozen=True, slots=True)
class PlaceFileRow:
    """A row of ``places.csv`` whose cells were verified.

    Parameters
    ----------
    lonlat
        Its position, degrees (WGS 84); None without one.
    """

    row: SourceRow
    lonlat: tuple[float, float] | None


def read_place_file(
    folder: Path,
    catalogue: Catalogue,
    units: Sequence[Unit],
    faults: FaultCollector = RAISE_FIRST,
) -> list[PlaceFileRow]:
    """Read ``places.csv`` of a dataset; no rows where there is no such file.

    Parameters
    ----------
    units
        Its units, to know the communes that rows write.
    faults
        Takes what is wrong with a row; the first fault is raised by default.

    Raises
    ------
    FileFault
        The table cannot be read at all.
    """
    path = folder / PLACES.path
    if not path.exists():
        return []
    today = {u.unit_id for u in units if u.level == "commune" and u.valid_to is None}
    read = partial(_verified, catalogue=catalogue, communes=today)
    return read_each_row(path, PLACES.column_names, read, faults)


def _verified(row: SourceRow, catalogue: Catalogue, communes: set[str]) -> PlaceFileRow:
    _verify_known(row, "category", catalogue.place_categories)
    _verify_known(row, "source", catalogue.sources)
    if not normalise(row.cells["name"]):
        raise row.fault("name", Message("The name is missing"))
    lonlat = _position(row)
    if row.cells["commune"]:
        _verify_known(row, "commune", dict.fromkeys(sorted(communes)))
    elif lonlat is None:
        what = Message("The place has no position, and no known commune is written")
        raise row.fault("commune", what)
    return PlaceFileRow(row, lonlat)


def _verify_known(row: SourceRow, column: str, known: Mapping[str, object]) -> None:
    if row.cells[column] not in known:
        raise row.fault(column, Message("The value is not in the list"), tuple(known)[:40])


def _position(row: SourceRow) -> tuple[float, float] | None:
    texts = row.cells["lon"].strip(), row.cells["lat"].strip()
    if not any(texts):
        return None
    for column, text in zip(("lon", "lat"), texts, strict=True):
        try:
            parse_decimal(text)
        except ValueError:
            form = Message("degrees with a decimal point")
            raise row.fault(column, Message("Not a coordinate"), form) from None
    return float(texts[0]), float(texts[1])


def located_places(
    rows: Sequence[PlaceFileRow],
    files: DatasetFiles,
    units: Sequence[Unit],
    finest: gpd.GeoDataFrame,
) -> tuple[Place, ...]:
    """The places of a dataset with the communes they lie in.

    Parameters
    ----------
    files
        The dataset's files, for its metric coordinate system.
    units, finest
        The dataset's units and its finest boundaries.

    Raises
    ------
    FileFault
        Places lie outside the dataset, or in another commune than the one written, or are listed
        twice; all such faults together.
    """
    if not rows:
        return ()
    faults = FaultCollector()
    placed = [row for row in rows if row.lonlat is not None]
    lonlat = np.array([row.lonlat for row in placed], dtype=float).reshape(-1, 2)
    locator = CommuneLocator(units, finest, files.info.metric_crs)
    inside = iter(locator.locate(lonlat, [row.row.cells["commune"] for row in placed]))
    communes = [each.row.cells["commune"] if each.lonlat is None else next(inside) for each in rows]
    for each, commune in zip(rows, communes, strict=True):
        _verify_commune(each.row, commune, faults)
    named = [
        (each.row.cells["category"], normalise(each.row.cells["name"]), commune)
        for each, commune in zip(rows, communes, strict=True)
    ]
    places = tuple(
        _place(each, identity, commune)
        for each, identity, commune in zip(rows, place_ids(named), communes, strict=True)
    )
    for later, earlier, _ in doubled_places(places):
        what = Message("The place stands twice in the list")
        faults.add(rows[later].row.fault("name", what, (rows[earlier].row.where,)))
    faults.raise_any()
    return places


def _verify_commune(row: SourceRow, found: str, faults: FaultCollector) -> None:
    written = row.cells["commune"]
    if not found:
        what = Message("The position lies outside the area that the dataset covers")
        faults.add(row.fault("lon", what))
    elif written and written != found:
        what = Message("The position lies in another commune than the one written")
        remedy = Message("Correct the position or the commune, or leave the commune empty")
        faults.add(row.fault("commune", what, (found,), remedy))


def _place(each: PlaceFileRow, identity: str, commune: str) -> Place:
    cells = each.row.cells
    check: CommuneCheck = "agrees" if cells["commune"] else "unwritten"
    lon, lat = each.lonlat or (None, None)
    return Place(
        id=identity,
        name=normalise(cells["name"]),
        category=cells["category"],
        lon=lon,
        lat=lat,
        unit_id=commune,
        written_unit_id=cells["commune"],
        commune_check=check if each.lonlat else "by_name",
        columns=tuple(
            (column, normalise(text))
            for column, text in cells.items()
            if column not in PLACES.column_names and text.strip()
        ),
        source_id=cells["source"],
        quote=each.row.verbatim,
    )
