"""``inputs/territory.toml``: how the units and their boundaries are made from input files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, fields
from pathlib import Path
from typing import get_args

from geodata.dataset import DETAILS
from geodata.dataset_files import references
from geodata.faults import FaultCollector
from geodata.i18n import Message
from geodata.model import BoundaryQuality
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, read_toml

QUALITIES: tuple[BoundaryQuality, ...] = get_args(BoundaryQuality)


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
        Between the official line and the shipped one, metres.
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
    """The province itself; its official area (km²) may be unknown."""

    code: str
    full_name: str
    valid_from: dt.date
    official_area_km2: float | None
    source: str
    boundary_quality: BoundaryQuality


@dataclass(frozen=True, slots=True)
class DistrictsTable:
    """Districts, made of the predecessors of the communes; they ended on ``until``."""

    source: str
    boundary_quality: BoundaryQuality
    until: dt.date


@dataclass(frozen=True, slots=True)
class InputTable:
    """A table among the inputs (CSV or XLSX) and the names of its columns.

    Parameters
    ----------
    sheet
        Sheet of a workbook; empty where it has one.
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
    """Boundaries of the predecessors, joined by the names of commune and district."""

    file: str
    district: str
    name: str


@dataclass(frozen=True, slots=True)
class SuccessorsTable:
    """Today's communes: official lines, joined by code, and their register."""

    date: dt.date
    file: str
    code: str
    source: str
    boundary_quality: BoundaryQuality
    register: InputTable


@dataclass(frozen=True, slots=True)
class PredecessorsTable:
    """Communes until today's: register, crosswalk to today's, and old outlines."""

    source: str
    boundary_quality: BoundaryQuality
    register: InputTable
    crosswalk: InputTable
    outlines: OutlinesTable


@dataclass(frozen=True, slots=True)
class OfficialArea:
    """An area known from a decree or a report, km²."""

    unit: str
    km2: float
    source: str


@dataclass(frozen=True, slots=True)
class TerritoryFile:
    """The whole file.

    Parameters
    ----------
    details
        Tolerance of the simplification for each of `geodata.dataset.DETAILS`, metres.
    horizon
        The date from which communes and districts are known; that of today's communes where
        there are no others.
    districts, predecessors
        None where only today's communes are known.
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


_UNDIVIDED = DivisionTable(spacing_m=25.0, margin_m=30.0, minimum_share=0.05)
"""Where every commune of the horizon is one of today's, none of this is used."""

_BEFORE = ("horizon", "districts", "division", "predecessors")
"""Tables that stand together, or not at all where nothing is known of earlier communes."""


def read_territory_file(
    path: Path, sources: Collection[str], faults: FaultCollector
) -> TerritoryFile:
    """Read ``territory.toml``.

    Parameters
    ----------
    sources
        Ids of the catalogue's sources.

    Raises
    ------
    FileFault
        The file is missing or no TOML, or ``faults`` raises the first fault.
    """
    file = TableReader(display_path(path), read_toml(path), faults)
    earlier = any(file.has(name) for name in _BEFORE)
    successors = _successors(file.table("successors", required=True), sources)
    territory = TerritoryFile(
        limits=_limits(file.table("limits", required=True)),
        details=_details(file.table("details", required=True)),
        division=_division(file.table("division", required=True)) if earlier else _UNDIVIDED,
        province=_province(file.table("province", required=True), sources),
        horizon=_horizon(file.table("horizon", required=True)) if earlier else successors.date,
        districts=_districts(file.table("districts", required=True), sources) if earlier else None,
        successors=successors,
        predecessors=_predecessors(file.table("predecessors", required=True), sources)
        if earlier
        else None,
        official_areas=tuple(_official_area(e, sources) for e in file.tables("official_area")),
    )
    file.finish()
    if territory.horizon > successors.date:
        what = Message("The horizon lies after the day of today's communes")
        file.report("[horizon] date", what, territory.horizon.isoformat())
    return territory


def _limits(entry: TableReader) -> AccuracyLimits:
    limits = AccuracyLimits(*(entry.positive(field.name) for field in fields(AccuracyLimits)))
    entry.finish()
    return limits


def _details(entry: TableReader) -> dict[int, float]:
    details = {detail: entry.positive(str(detail)) for detail in DETAILS}
    entry.finish()
    return details


def _division(entry: TableReader) -> DivisionTable:
    division = DivisionTable(*(entry.positive(field.name) for field in fields(DivisionTable)))
    entry.finish()
    return division


def _quality(entry: TableReader) -> BoundaryQuality:
    return entry.choice("boundary_quality", QUALITIES)


def _province(entry: TableReader, sources: Collection[str]) -> ProvinceTable:
    province = ProvinceTable(
        code=entry.string("code"),
        full_name=entry.string("full_name"),
        valid_from=entry.date("valid_from"),
        official_area_km2=entry.number("official_area_km2", None),
        source=references.source(entry, sources),
        boundary_quality=_quality(entry),
    )
    entry.finish()
    return province


def _horizon(entry: TableReader) -> dt.date:
    date = entry.date("date")
    entry.finish()
    return date


def _districts(entry: TableReader, sources: Collection[str]) -> DistrictsTable:
    districts = DistrictsTable(
        references.source(entry, sources), _quality(entry), entry.date("until")
    )
    entry.finish()
    return districts


def _successors(entry: TableReader, sources: Collection[str]) -> SuccessorsTable:
    register = entry.table("register", required=True)
    successors = SuccessorsTable(
        date=entry.date("date"),
        file=entry.string("file"),
        code=entry.string("code"),
        source=references.source(entry, sources),
        boundary_quality=_quality(entry),
        register=_input_table(register, ("code", "name"), ("area", "seat", "lon", "lat")),
    )
    entry.finish()
    return successors


def _predecessors(entry: TableReader, sources: Collection[str]) -> PredecessorsTable:
    register = entry.table("register", required=True)
    crosswalk = entry.table("crosswalk", required=True)
    outlines = entry.table("outlines", required=True)
    predecessors = PredecessorsTable(
        source=references.source(entry, sources),
        boundary_quality=_quality(entry),
        register=_input_table(register, ("code", "name", "district_code", "district")),
        crosswalk=_input_table(crosswalk, ("old", "new")),
        outlines=OutlinesTable(
            outlines.string("file"), outlines.string("district"), outlines.string("name")
        ),
    )
    outlines.finish()
    entry.finish()
    return predecessors


def _input_table(
    entry: TableReader, needed: tuple[str, ...], optional: tuple[str, ...] = ()
) -> InputTable:
    columns = {name: entry.string(name) for name in needed}
    columns |= {name: entry.string(name) for name in optional if entry.has(name)}
    table = InputTable(entry.string("file"), entry.string("sheet", ""), columns, entry.where)
    entry.finish()
    return table


def _official_area(entry: TableReader, sources: Collection[str]) -> OfficialArea:
    area = OfficialArea(
        references.unit(entry, "unit"), entry.positive("km2"), references.source(entry, sources)
    )
    entry.finish()
    return area
