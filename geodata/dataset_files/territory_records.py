"""What ``inputs/territory.toml`` says, table by table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geodata.dataset_files.csv_columns import ColumnSpec
from geodata.model import BoundaryQuality

SUCCESSOR_COLUMNS = (
    ColumnSpec("code", "text", "Column with the code of the commune, five digits as text."),
    ColumnSpec("name", "text", "Column with the full name of the commune, rank included."),
)
"""Columns that the register of today's communes must have."""

SUCCESSOR_OPTIONAL_COLUMNS = (
    ColumnSpec("area", "text", "Column with the official area, km²; may be left out."),
    ColumnSpec(
        "seat", "text", "Column with the address of the people's committee; may be left out."
    ),
    ColumnSpec(
        "lon", "text", "Column with the seat's longitude, degrees (WGS 84); may be left out."
    ),
    ColumnSpec(
        "lat", "text", "Column with the seat's latitude, degrees (WGS 84); may be left out."
    ),
)
"""Columns that the register of today's communes may have."""

PREDECESSOR_COLUMNS = (
    ColumnSpec("code", "text", "Column with the code of the earlier commune."),
    ColumnSpec("name", "text", "Column with its full name, rank included."),
    ColumnSpec("district_code", "text", "Column with the code of its district."),
    ColumnSpec("district", "text", "Column with the full name of its district."),
)
"""Columns that the register of the earlier communes must have."""

CROSSWALK_COLUMNS = (
    ColumnSpec("old", "text", "Column with the code of the earlier commune."),
    ColumnSpec("new", "text", "Column with the code of the commune of today it became part of."),
)
"""Columns that the crosswalk from the earlier communes to today's must have."""


@dataclass(frozen=True, slots=True)
class AccuracyLimits:
    """Limits above which the boundary report says something about a unit.

    Parameters
    ----------
    area_difference
        Share of the official area.
    outside_share
        Share of an old outline that lies outside its successor.
    added_share
        Share of the shipped shape of an old unit that lies outside its old outline.
    deviation_m
        Distance between the official line and the shipped one, metres.
    """

    area_difference: float
    outside_share: float
    added_share: float
    deviation_m: float


@dataclass(frozen=True, slots=True)
class DivisionTable:
    """How a successor is divided among its predecessors along their old outlines.

    Parameters
    ----------
    spacing_m
        Metres between the points by which the nearest predecessor is found.
    margin_m
        Metres by which old outlines are drawn in, so that overlaps fall to the nearest.
    minimum_share
        Share of an outline inside its successor below which it only gives a point.
    """

    spacing_m: float
    margin_m: float
    minimum_share: float


@dataclass(frozen=True, slots=True)
class ProvinceTable:
    """The province itself.

    Parameters
    ----------
    code
        Code of the province, as text.
    full_name
        Name with its rank, in Vietnamese.
    valid_from
        First day on which the province exists as it is.
    official_area_km2
        Area by decree or statistics, km²; left out where it is unknown.
    source
        Id of the source of the boundary.
    boundary_quality
        How the boundary came about.
    """

    code: str
    full_name: str
    valid_from: dt.date
    official_area_km2: float | None
    source: str
    boundary_quality: BoundaryQuality


@dataclass(frozen=True, slots=True)
class DistrictsTable:
    """Districts, made of the predecessors of the communes.

    Parameters
    ----------
    source
        Id of the source of the boundaries.
    boundary_quality
        How the boundaries came about.
    until
        First day on which there are no districts any more.
    """

    source: str
    boundary_quality: BoundaryQuality
    until: dt.date


@dataclass(frozen=True, slots=True)
class InputTable:
    """A table among the inputs (CSV or XLSX) and the names of its columns.

    Parameters
    ----------
    file
        Name of the CSV or XLSX file in the folder of the inputs.
    sheet
        Sheet of a workbook; left out where it has only one.
    columns
        From what a column holds to what the file calls it; columns the file lacks are left out.
    where
        The entry that names the file, for messages.
    """

    file: str
    sheet: str
    columns: dict[str, str]
    where: str


@dataclass(frozen=True, slots=True)
class OutlinesTable:
    """Boundaries of the predecessors, joined by the names of commune and district.

    Parameters
    ----------
    file
        Name of a file of polygons in the folder of the inputs, in any CRS that it names.
    district
        Attribute with the name of the district.
    name
        Attribute with the name of the commune.
    """

    file: str
    district: str
    name: str


@dataclass(frozen=True, slots=True)
class SuccessorsTable:
    """Today's communes: official lines, joined by code, and their register.

    Parameters
    ----------
    date
        First day of today's communes.
    file
        Name of the file of their polygons in the folder of the inputs, in any CRS that it names.
    code
        Attribute with the code of the commune.
    source
        Id of the source of the boundaries.
    boundary_quality
        How the boundaries came about.
    register
        Table with one row for every commune of today.
    """

    date: dt.date
    file: str
    code: str
    source: str
    boundary_quality: BoundaryQuality
    register: InputTable


@dataclass(frozen=True, slots=True)
class PredecessorsTable:
    """Communes until today's: register, crosswalk to today's, and old outlines.

    Parameters
    ----------
    source
        Id of the source of the old outlines.
    boundary_quality
        How the outlines came about.
    register
        Table with one row for every earlier commune.
    crosswalk
        Table that says which commune of today each earlier one became part of.
    outlines
        File of the old outlines.
    """

    source: str
    boundary_quality: BoundaryQuality
    register: InputTable
    crosswalk: InputTable
    outlines: OutlinesTable


@dataclass(frozen=True, slots=True)
class OfficialArea:
    """An area known from a decree or a report.

    Parameters
    ----------
    unit
        Unit: its code and first day, as ``03390-20250701``.
    km2
        The area, km².
    source
        Id of the source that states it.
    """

    unit: str
    km2: float
    source: str


@dataclass(frozen=True, slots=True)
class TerritoryFile:
    """The whole file.

    Parameters
    ----------
    limits
        Limits above which the boundary report says something.
    details
        Tolerance of the simplification for each of `geodata.dataset.DETAILS`, metres.
    division
        How divided successors are drawn.
    province
        The province itself.
    horizon
        The date from which communes and districts are known; that of today's communes where
        there are no others.
    districts
        The districts above the earlier communes; None where only today's communes are known.
    successors
        Today's communes.
    predecessors
        The earlier communes; None where only today's are known.
    official_areas
        Areas that decrees and reports state.
    """

    limits: AccuracyLimits
    details: dict[int, float]
    division: DivisionTable
    province: ProvinceTable
    horizon: dt.date
    districts: DistrictsTable | None
    successors: SuccessorsTable
    predecessors: PredecessorsTable | None
    official_areas: tuple[OfficialArea, ...]

    def input_tables(self) -> list[InputTable]:
        """The tables that are read to make the units."""
        before = self.predecessors
        return [self.successors.register, *([before.register, before.crosswalk] if before else [])]
